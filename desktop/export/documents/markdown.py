"""Officers' Markdown as the blocks of a document.

It is CommonMark with two differences, both so that nothing typed is lost: a line end stays one, and what has no
place in a document stands there as it was typed. HTML is text, a picture is its words (nothing is ever fetched),
a link leads to the web or to a mailbox or is text, and what is nested beyond reason is text as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from desktop.export.documents.content import (
    LEVELS,
    Block,
    Bullets,
    Heading,
    Numbered,
    Paragraph,
    Quote,
    Rule,
    Span,
    Spans,
    address,
    item_blocks,
)
from desktop.text import clean

NESTED = 20
"""Levels of quotes and lists within one another; the parser leaves out what lies deeper, so then it is not asked."""
_LISTS = ("bullet_list_close", "ordered_list_close")


def blocks(text: str, under: int = 0) -> tuple[Block, ...]:
    """The blocks of a text whose headings stand `under` a heading of that level."""
    text = clean(text)[0]
    tokens = _parser().parse(text)
    if any(token.level >= NESTED - 1 for token in tokens):
        return plain(text)
    return tuple(_Reader(tokens, under).read())


def plain(text: str) -> tuple[Block, ...]:
    """A text that is no Markdown: a paragraph for what stands between empty lines."""
    return tuple(Paragraph((Span(part),)) for part in re.split(r"\n\s*\n", text.strip()) if part.strip())


def flat(text: str) -> str:
    """The words of a text on one line, without what sets them."""
    return " ".join(" ".join(_flat(block)) for block in blocks(text))


def _flat(part: Block) -> Iterator[str]:
    if isinstance(part, Heading):
        yield part.text
    elif isinstance(part, Paragraph | Quote):
        yield "".join(span.text for span in part.spans)
    elif isinstance(part, Bullets | Numbered):
        for item in part.items:
            for inner in item_blocks(item):
                yield from _flat(inner)


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": NESTED})
    # A line that begins with [word]: would vanish.
    parser.disable("reference")
    setattr(parser, "validateLink", lambda link: bool(address(link)))  # noqa: B010 - it is meant to be replaced
    return parser


@dataclass
class _Look:
    """How the text is set where the reader stands."""

    bold: int = 0
    italic: int = 0
    link: str = ""


class _Reader:
    """Goes through the tokens once."""

    def __init__(self, tokens: list[Token], under: int) -> None:
        self.tokens, self.under, self.at = tokens, under, 0

    def read(self, until: tuple[str, ...] = ()) -> list[Block]:
        """The blocks up to a token of one of these types, which is passed too."""
        found: list[Block] = []
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            self.at += 1
            if token.type in until:
                break
            found += self._block(token)
        return found

    def _block(self, token: Token) -> list[Block]:
        if token.type == "heading_open":
            level = min(LEVELS, self.under + int(token.tag[1:]))
            return [Heading("".join(span.text for span in self._inline()), level)]
        if token.type in ("bullet_list_open", "ordered_list_open"):
            items = tuple(self._items())
            if token.type == "bullet_list_open":
                return [Bullets(items)]
            return [Numbered(items, int(token.attrs.get("start", 1)))]
        if token.type == "blockquote_open":
            inner = self.read(("blockquote_close",))
            return [Quote(each.spans) if isinstance(each, Paragraph) else each for each in inner]
        if token.type in ("code_block", "fence"):
            code = "\n".join(part for part in (token.info.strip(), token.content.rstrip("\n")) if part)
            return [Paragraph((Span(code),))] if code.strip() else []
        if token.type == "hr":
            return [Rule()]
        if token.type == "inline":
            spans = _spans(token)
            return [Paragraph(spans)] if spans else []
        return []

    def _inline(self) -> Spans:
        """What stands in the block that was just opened."""
        token = self.tokens[self.at]
        self.at += 2
        return _spans(token)

    def _items(self) -> list[tuple[Block, ...]]:
        items = []
        while self.tokens[self.at].type not in _LISTS:
            self.at += 1
            items.append(tuple(self.read(("list_item_close",))))
        self.at += 1
        return items


def _spans(inline: Token) -> Spans:
    """The text within a block, neighbours of one look joined."""
    look, found = _Look(), list[Span]()
    for token in inline.children or ():
        kind, step = token.type, token.nesting
        if kind.startswith("strong_"):
            look.bold += step
        elif kind.startswith("em_"):
            look.italic += step
        elif kind.startswith("link_"):
            look.link = address(str(token.attrs.get("href", ""))) if step > 0 else ""
        text = "\n" if kind in ("softbreak", "hardbreak") else token.content
        link = look.link
        if kind == "image":
            link = link or address(str(token.attrs.get("src", "")))
            text = text or link
        if text:
            span = Span(text, bool(look.bold), bool(look.italic), link)
            if found and replace(found[-1], text=text) == span:
                found[-1] = replace(span, text=found[-1].text + text)
            else:
                found.append(span)
    return tuple(found)

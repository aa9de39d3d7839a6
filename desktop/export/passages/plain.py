"""Plain text: which encoding it is in, which of its lines are wrapped, and Markdown's marks taken away."""

from __future__ import annotations

import codecs
import re
from dataclasses import replace
from itertools import pairwise

from desktop.export.passages import headings
from desktop.export.passages.errors import ReadError
from desktop.export.passages.lines import Line, finished, join_to, words
from desktop.i18n import _
from desktop.text import clean

WRAPPED = 130
"""Characters of the longest usual line of a text that is wrapped."""
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_KANA = re.compile("[\u3041-\u3096\u30a1-\u30fa\u30fc]")
_STRANGE = re.compile("[\uff61-\uff9f\ue000-\uf8ff]")
_NOT_TEXT = re.compile(b"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_HEADING = re.compile(r"#{1,6}\s+(?=\S)")
_BOLD_OPENS = re.compile(r"(?:\*\*|__)(?=\S)")
_BOLD_CLOSES = {mark: re.compile(rf"(?<=\S){re.escape(mark)}") for mark in ("**", "__")}
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!$~|>])")
_RULE = re.compile(r"\s*(?:[-*_=]\s*){3,}$")
_BULLET = re.compile(r"\s*(?:([•◦▪‣●○■□◆・])|[*–—-]|\(?(?:\d{1,2}|[a-zA-Z]|[ivx]{1,4})[.)])\s")


_NUMBERED = re.compile(
    r"(?:[0-9０-９]{1,2}[.．、]|[(（][0-9０-９]{1,2}[)）])\s*[\u3041-\u9fff]|第[0-9０-９一二三四五六七八九十]+[章節部編条]"
)
"""Where a line begins in Japanese, which sets no empty lines."""
# No bracket within: each one is then read from its own beginning to the next, and none twice.
_LINK = re.compile(r"\[([^\[\]\n]+)\]\((?:https?:|mailto:|#|/)[^\[)\s]*\)")
_ROW = re.compile(r"\s*\|(.+)\|\s*$")
_ROW_RULE = re.compile(r"[\s|:-]+$")


def decode(content: bytes) -> str:
    """The text in the first encoding that makes sense of it. Raises `ReadError` where none does."""
    for bom, encoding in _BOMS:
        if content.startswith(bom):
            try:
                return content.decode(encoding)
            except UnicodeDecodeError:
                raise ReadError(_broken()) from None
    if _NOT_TEXT.search(content[:100_000].replace(b"\x0c", b"")):
        raise ReadError(
            _("This file holds no text, whatever its name says. Choose a .txt, .docx or .pdf file.")
        )
    for encoding in ("utf-8", "cp932", "euc_jp", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding not in ("cp932", "euc_jp") or _is_japanese(text):
            return text
    return content.decode("latin-1")


def _broken() -> str:
    return _("This text is damaged: its bytes do not fit its encoding. Save it again as UTF-8.")


def _is_japanese(text: str) -> bool:
    """Bytes of Western texts can pass for Japanese, but then as rare signs without kana."""
    foreign = sum(character > "\x7f" for character in text)
    return foreign == 0 or (
        len(_KANA.findall(text)) >= foreign * 0.1 and len(_STRANGE.findall(text)) <= foreign * 0.1
    )


def lines(content: bytes) -> list[Line]:
    """The lines of a text; those of a wrapped one joined to paragraphs."""
    pages = decode(content).replace("\r\n", "\n").split("\f")
    found: list[Line] = []
    for number, page in enumerate(pages, start=1):
        gap = 1
        for raw in clean(page)[0].split("\n"):
            if not raw.strip() or _RULE.match(raw) or ("|" in raw and _ROW_RULE.match(raw)):
                gap += 1
                continue
            found.append(_line(raw, number if len(pages) > 1 else None, gap))
            gap = 0
    return _unwrapped(found) if _is_wrapped(found) else found


def _line(raw: str, page: int | None, gap: int) -> Line:
    heading = _heading(raw)
    row = _ROW.match(raw)
    text = _LINK.sub(r"\1", _without_bold(heading or raw))
    if row:
        text = "\t".join(cell.strip() for cell in row[1].split("|"))
    return Line(_ESCAPE.sub(r"\1", text), "heading" if heading else None, page, gap)


def _heading(raw: str) -> str:
    """The words of a heading; empty where a line is none."""
    marked = _HEADING.match(raw)
    if marked is None:
        return ""
    text = raw[marked.end() :].rstrip()
    return text.rstrip("#").rstrip() or text


def _without_bold(text: str) -> str:
    """A text without the marks around what is bold; in time that grows as the text does, whatever is in it."""
    found: list[str] = []
    done = at = 0
    unclosed = set[str]()
    while opens := _BOLD_OPENS.search(text, at):
        mark = opens[0]
        closes = None if mark in unclosed else _BOLD_CLOSES[mark].search(text, opens.end() + 1)
        if closes is None:
            unclosed.add(mark)  # what nothing closes from here on, nothing closes further on
            at = opens.start() + 1
        else:
            found += text[done : opens.start()], text[opens.end() : closes.start()]
            done = at = closes.end()
    return "".join((*found, text[done:]))


def _is_wrapped(found: list[Line]) -> bool:
    """Whether sentences run over line ends without an empty line between."""
    plain = [line for line in found if "\t" not in line.text]
    lengths = sorted(len(line.text) for line in plain)
    if len(lengths) < 2 or lengths[len(lengths) * 95 // 100] > WRAPPED:
        return False
    run_on = sum(
        one.kind is other.kind is None and not other.gap and not finished(one.text)
        for one, other in pairwise(plain)
    )
    return run_on * 4 >= len(plain)


def _unwrapped(found: list[Line]) -> list[Line]:
    """Paragraphs of wrapped lines: they end at an empty line, a short last line, an indent or a bullet."""
    width = max(sorted(len(line.text) for line in found)[len(found) * 9 // 10], 1)
    known = words(line.text for line in found)
    joined: list[tuple[Line, list[str]]] = []
    last, broken = "", False
    for line in found:
        indent = len(line.text) - len(line.text.lstrip())
        short = finished(last) and len(last) < width * 0.75
        begins = indent > len(last) - len(last.lstrip()) + 1 and finished(last)
        apart = bool(line.gap or line.kind or short or begins or "\t" in line.text)
        named = headings.of_notes(line.text.strip()) or headings.opens(line.text.strip())
        apart = apart or named or line.text[0] == "\u3000" or bool(_NUMBERED.match(line.text)) or broken
        broken = named or bool(_NUMBERED.match(line.text) and len(line.text) < width * 0.75)
        bullet = _BULLET.match(line.text)
        if bullet and joined:
            # the number that ends a sentence may begin a line, too
            before = finished(last) or last.endswith((":", ";", ",")) or _BULLET.match(joined[-1][1][0])
            apart = apart or bool(bullet[1] or before)
        if joined and not apart and joined[-1][0].kind is None and "\t" not in last:
            join_to(joined[-1][1], line.text.strip(), known)
        else:
            joined.append((line, [line.text]))
        last = line.text
    return [replace(line, text="".join(pieces)) for line, pieces in joined]

"""The blocks of a document in the HTML that Qt's rich text draws well, for paper and for the screen alike.

Everything is escaped and nothing is fetched: there are no pictures, no scripts and no style sheets in it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from html import escape

from desktop.export import palette
from desktop.export.documents.content import (
    LEVELS,
    Block,
    Bullets,
    Document,
    Facts,
    Heading,
    Numbered,
    Paragraph,
    Quote,
    Rule,
    Span,
    Spans,
    Table,
    address,
    cleaned,
    item_blocks,
)

TITLE, SUBTITLE, SMALL = 1.9, 1.1, 0.92
"""Sizes as multiples of the body's."""
HEADINGS = {1: "h3", 2: "h4", 3: "h4"}
"""Qt gives each heading a size of its own, whatever it is told: h3 is 1.2 times the body's, h4 the same."""
NEW_PAGE = "page-break-before:always"
LABELS = 24
"""Per cent of the width that the labels of facts take."""


@dataclass(frozen=True)
class Look:
    """Colours as `#RRGGBB`, sizes in points; as it stands, those of paper. `tones`: ink and ground of each RAG."""

    size: float = 10.0
    line: int = 110
    """Per cent of a font's own distance from line to line."""
    text: str = f"#{palette.TEXT}"
    muted: str = f"#{palette.MUTED}"
    hairline: str = f"#{palette.HAIRLINE}"
    accent: str = f"#{palette.ACCENT}"
    band: str = f"#{palette.ACCENT_GROUND}"
    tones: dict[str, tuple[str, str]] = field(
        default_factory=lambda: {
            key: (f"#{ink}", f"#{ground}") for key, (ink, ground) in palette.TONES.items()
        }
    )


PAPER = Look()


@dataclass
class Breaks:
    """Where a page begins: before headings, by their number in the text; before rows, by table and row."""

    headings: set[int] = field(default_factory=set)
    rows: set[tuple[int, int]] = field(default_factory=set)


def page(document: Document, look: Look = PAPER, breaks: Breaks | None = None) -> str:
    """The whole document, without what stands at the head and foot of its pages."""
    document = cleaned(document)
    title = f"font-size:{look.size * TITLE:.1f}pt;font-weight:600;color:{look.text}"
    parts = [_block("p", _text(document.title), title, 0, 2)]
    if document.subtitle:
        below = f"font-size:{look.size * SUBTITLE:.1f}pt;color:{look.muted}"
        parts.append(_block("p", _text(document.subtitle), below, 0, 10))
    return f"<html><body>{''.join(parts)}{body(document.blocks, look, breaks)}</body></html>"


def body(blocks: Iterable[Block], look: Look = PAPER, breaks: Breaks | None = None) -> str:
    """Blocks one after another."""
    setter = _Setter(look, breaks or Breaks())
    return "".join(setter.block(block) for block in blocks)


class _Setter:
    """Sets one text; it counts headings and tables as it goes."""

    def __init__(self, look: Look, breaks: Breaks) -> None:
        self.look, self.breaks = look, breaks
        self.headings = self.tables = 0

    def block(self, block: Block) -> str:
        if isinstance(block, Heading):
            return self._heading(block)
        if isinstance(block, Paragraph):
            return self._paragraph(block.spans)
        if isinstance(block, Bullets):
            return f'<ul style="{_margins(0, 6)}">{self._items(block.items)}</ul>'
        if isinstance(block, Numbered):
            return f'<ol start="{block.start}" style="{_margins(0, 6)}">{self._items(block.items)}</ol>'
        if isinstance(block, Quote):
            return self._quote(block)
        if isinstance(block, Facts):
            return self._facts(block)
        if isinstance(block, Table):
            return self._table(block)
        if isinstance(block, Rule):
            line = f"border-top:1px solid {self.look.hairline}"
            return _table(f'<tr><td style="{line};font-size:2pt">&nbsp;</td></tr>')

    def _heading(self, block: Heading) -> str:
        level = max(1, min(block.level, LEVELS))
        color = {1: self.look.accent, 2: self.look.text, 3: self.look.muted}[level]
        style = f"font-weight:600;color:{color}"
        if self.headings in self.breaks.headings:
            style += f";{NEW_PAGE}"
        self.headings += 1
        return _block(
            HEADINGS[level], _text(block.text), style, {1: 14, 2: 10, 3: 8}[level], {1: 5, 2: 3, 3: 2}[level]
        )

    def _paragraph(self, spans: Spans, below: int = 6, style: str = "") -> str:
        return _block("p", self._spans(spans), f"line-height:{self.look.line}%;{style}", 0, below)

    def _items(self, items: tuple[Spans | tuple[Block, ...], ...]) -> str:
        return "".join(f"<li>{self._item(item_blocks(item))}</li>" for item in items)

    def _item(self, blocks: tuple[Block, ...]) -> str:
        """In a list a heading is a bold line, and paragraphs stand closer."""
        parts = []
        for block in blocks:
            if isinstance(block, Heading):
                block = Paragraph((Span(block.text, bold=True),))
            parts.append(
                self._paragraph(block.spans, 3) if isinstance(block, Paragraph) else self.block(block)
            )
        return "".join(parts)

    def _quote(self, block: Quote) -> str:
        source = (Span(f"\n{block.source}", muted=True),) if block.source else ()
        style = f"border-left:3px solid {self.look.accent};padding-left:10px"
        return _table(f'<tr><td style="{style}">{self._paragraph((*block.spans, *source), 0)}</td></tr>')

    def _facts(self, block: Facts) -> str:
        cell = "padding:0 8px 3px 0"
        return _table(
            "".join(
                f'<tr><td width="{LABELS}%" style="{cell}">{self._paragraph((Span(label, muted=True),), 0)}</td>'
                f'<td style="{cell}">{self._paragraph(spans, 0)}</td></tr>'
                for label, spans in block.rows
            )
        )

    def _table(self, block: Table) -> str:
        if not block.headers:
            return ""
        small = f"font-size:{self.look.size * SMALL:.1f}pt"
        padding = "padding:4px 6px"
        above = f"border-top:2px solid {self.look.accent};border-bottom:1px solid {self.look.hairline}"
        head = "".join(
            f'<td width="{share:.2f}%" style="{padding};{above};background-color:{self.look.band}">'
            f"{self._paragraph((Span(header, bold=True),), 0, small)}</td>"
            for header, share in zip(block.headers, block.shares(), strict=True)
        )
        parts, rows = list[str](), list[str]()
        for number in range(len(block.rows)):
            if (self.tables, number) in self.breaks.rows:
                parts += [_headed(head, rows, below=0) if rows else "", _GAP]
                rows = []
            cells = []
            for column, spans in enumerate(block.cells(number)):
                tone = block.tone(number, column)
                ground = f";background-color:{self.look.tones[tone][1]}" if tone else ""
                style = f"{padding};border-bottom:1px solid {self.look.hairline}{ground}"
                share = f' width="{block.shares()[column]:.2f}%"'
                cells.append(f'<td{share} style="{style}">{self._paragraph(spans, 0, small)}</td>')
            rows.append(f"<tr>{''.join(cells)}</tr>")
        self.tables += 1
        return "".join((*parts, _headed(head, rows)))

    def _spans(self, spans: Spans) -> str:
        return "".join(self._span(span) for span in spans) or "&nbsp;"

    def _span(self, span: Span) -> str:
        style = ""
        if span.tone in self.look.tones:
            style = f"font-weight:600;color:{self.look.tones[span.tone][0]}"
        elif span.muted:
            style = f"color:{self.look.muted}"
        shown = _text(span.shown)
        if span.bold:
            shown = f"<b>{shown}</b>"
        if span.italic:
            shown = f"<i>{shown}</i>"
        if style:
            shown = f'<span style="{style}">{shown}</span>'
        if address(span.link):
            shown = f'<a href="{escape(span.link)}" style="color:{self.look.accent}">{shown}</a>'
        return shown


def _text(text: str) -> str:
    return escape(text).replace("\n", "<br>").replace("\t", "&#9;")


def _margins(above: int, below: int) -> str:
    return f"margin-top:{above}px;margin-bottom:{below}px"


def _block(tag: str, inner: str, style: str, above: int, below: int) -> str:
    return f'<{tag} style="white-space:pre-wrap;{style};{_margins(above, below)}">{inner}</{tag}>'


_GAP = f'<p style="-qt-paragraph-type:empty;{NEW_PAGE};margin:0;font-size:1pt;line-height:1%"></p>'
"""Between the parts of a table on two pages."""


def _headed(head: str, rows: list[str], below: int = 8) -> str:
    return _table(f"<thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody>", below)


def _table(rows: str, below: int = 8) -> str:
    """Where a page ends with it there is nothing below: that alone would take a page of its own."""
    style = f"border-collapse:collapse;{_margins(6, below)}"
    return f'<table width="100%" cellspacing="0" cellpadding="0" style="{style}">{rows}</table>'

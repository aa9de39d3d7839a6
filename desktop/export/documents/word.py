"""A document as Word takes it: real styles, lists, tables and fields, and every text a text."""

from __future__ import annotations

import datetime as dt
import zipfile
from io import BytesIO
from typing import Any, BinaryIO

from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu, Pt, RGBColor

from desktop.export import measure, palette
from desktop.export.documents import wordstyles as look
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
    words,
)
from desktop.i18n import _, speaking

MOST_IN_PROPERTY = 255
"""Characters that a property of a file holds."""
MOST_START = 32_767
LABELS = 0.24
"""The part of the page's width that the labels of facts take."""
_FOOT = 4_800.0
"""Room for title and day at the foot, in hundredths of an em."""


def write(document: Document, file: BinaryIO) -> None:
    """Write it; the same document makes the same file."""
    document = cleaned(document)
    with speaking(document.language):
        writer = _Writer(document)
        writer.fill()
    loose = BytesIO()
    writer.made.save(loose)
    at = max(document.properties.at.astimezone(dt.UTC), dt.datetime(1980, 1, 1, tzinfo=dt.UTC))
    with zipfile.ZipFile(loose) as packed, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in packed.namelist():
            # python-docx gives each entry the time of the machine.
            entry = zipfile.ZipInfo(name, at.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, packed.read(name))


class _Writer:
    def __init__(self, document: Document) -> None:
        self.document, self.made = document, look.blank(document.language)

    def fill(self) -> None:
        document = self.document
        self._properties()
        self._head_and_foot()
        self._text("Title", words(document.title))
        if document.subtitle:
            self._text("Subtitle", words(document.subtitle))
        for block in document.blocks:
            self._block(block)
        last = self.made.paragraphs[-1]
        if not last.text and not last.runs:
            # Word wants one after a table; it must not open a page of its own.
            last.paragraph_format.line_spacing = Pt(1)

    def _properties(self) -> None:
        document, said = self.document, self.made.core_properties
        said.title, said.subject = _short(document.title), _short(document.properties.subject)
        said.author = said.last_modified_by = _short(document.properties.author)
        said.category = said.keywords = _short(document.marking)
        said.comments, said.revision, said.language = "", 1, document.language
        said.created = said.modified = document.properties.at.astimezone(dt.UTC).replace(
            tzinfo=None, microsecond=0
        )

    def _head_and_foot(self) -> None:
        section = self.made.sections[0]
        self._marking(section.header.paragraphs[0])
        foot = section.footer.paragraphs[0]
        foot.paragraph_format.tab_stops.add_tab_stop(look.ROOM, WD_TAB_ALIGNMENT.RIGHT)
        foot.add_run(f"{_fitting(self.document.foot)}\t")
        before, page, rest = _("Page {page} of {pages}").partition("{page}")
        between, pages, after = rest.partition("{pages}")
        foot.add_run(before)
        _field(foot, "PAGE" if page else "")
        foot.add_run(between)
        _field(foot, "NUMPAGES" if pages else "")
        foot.add_run(after)
        self._marking(section.footer.add_paragraph())

    def _marking(self, paragraph: Any) -> None:
        paragraph.style = self.made.styles[look.MARKING]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.add_run(" ".join(self.document.marking.split()))

    # ---- blocks; `depth` counts the lists around them

    def _block(self, block: Block, depth: int = 0) -> None:
        if isinstance(block, Heading):
            self._heading(block, depth)
        elif isinstance(block, Paragraph):
            self._inset(self._text(look.CONTINUE if depth else "Normal", block.spans), depth)
        elif isinstance(block, Bullets):
            self._items(block.items, look.BULLET, look.BULLETS, depth)
        elif isinstance(block, Numbered):
            number = look.numbered(self.made, max(0, min(block.start, MOST_START)))
            self._items(block.items, look.NUMBER, number, depth)
        elif isinstance(block, Quote):
            source = (Span(f"\n{block.source}", muted=True),) if block.source else ()
            quote = self._text("Quote", (*block.spans, *source))
            if depth:
                quote.paragraph_format.left_indent = Emu(look.indent(depth) + look.INDENT)
        elif isinstance(block, Facts):
            self._facts(block)
        elif isinstance(block, Table):
            self._table(block)
        elif isinstance(block, Rule):
            self._rule()

    def _heading(self, block: Heading, depth: int) -> None:
        if depth:  # no part of the outline
            self._inset(self._text(look.CONTINUE, words(block.text, bold=True)), depth)
        else:
            self._text(f"Heading {max(1, min(block.level, LEVELS))}", words(block.text))

    def _text(self, style: str, spans: Spans) -> Any:
        paragraph = self.made.add_paragraph(style=style)
        self._spans(paragraph, spans)
        return paragraph

    def _inset(self, paragraph: Any, depth: int) -> None:
        if depth:
            paragraph.paragraph_format.left_indent = look.indent(depth)

    def _items(
        self, items: tuple[Spans | tuple[Block, ...], ...], style: str, number: int, depth: int
    ) -> None:
        for item in items:
            first, *others = item_blocks(item)
            if isinstance(first, Heading):
                first = Paragraph(words(first.text, bold=True))
            if isinstance(first, Paragraph):
                properties = self._text(style, first.spans)._p.get_or_add_pPr().get_or_add_numPr()
                properties.get_or_add_ilvl().val = min(depth, LEVELS - 1)
                properties.get_or_add_numId().val = number
            else:
                others.insert(0, first)
            for block in others:
                self._block(block, depth + 1)

    def _facts(self, block: Facts) -> None:
        if not block.rows:
            return
        labels = Emu(int(look.ROOM * LABELS))
        table = self._grid(len(block.rows), (labels, Emu(look.ROOM - labels)), look.FACTS)
        for row, (label, spans) in zip(table.rows, block.rows, strict=True):
            _whole(row)
            self._cell(row.cells[0], words(label, muted=True), "Normal")
            self._cell(row.cells[1], spans, "Normal")
            for cell in row.cells:
                cell.paragraphs[0].paragraph_format.space_after = Pt(2)
        self._gap()

    def _table(self, block: Table) -> None:
        if not block.headers:
            return
        widths = tuple(Emu(int(look.ROOM * share / 100)) for share in block.shares())
        table = self._grid(1 + len(block.rows), widths, look.TABLE)
        rows = list(table.rows)
        rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        for row in rows:
            _whole(row)
        for cell, header in zip(rows[0].cells, block.headers, strict=True):
            self._cell(cell, words(header, bold=True), look.IN_TABLE)
            # Else it may stand alone at the end of a page.
            cell.paragraphs[0].paragraph_format.keep_with_next = True
        for number, row in enumerate(rows[1:]):
            for column, (cell, spans) in enumerate(zip(row.cells, block.cells(number), strict=True)):
                tone = block.tone(number, column)
                self._cell(cell, spans, look.IN_TABLE)
                if tone:
                    _ground(cell, palette.TONES[tone][1])
        self._gap()

    def _grid(self, rows: int, widths: tuple[Emu, ...], style: str) -> Any:
        table = self.made.add_table(rows, len(widths), self.made.styles[style])
        table.autofit = False
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
            for cell in column.cells:
                cell.width = width
        return table

    def _cell(self, cell: Any, spans: Spans, style: str) -> None:
        cell.paragraphs[0].style = self.made.styles[style]
        self._spans(cell.paragraphs[0], spans)

    def _gap(self) -> None:
        """Keeps two tables apart, which Word would make one."""
        paragraph = self.made.add_paragraph().paragraph_format
        paragraph.line_spacing, paragraph.space_after = Pt(6), Pt(0)

    def _rule(self) -> None:
        properties = self.made.add_paragraph()._p.get_or_add_pPr()
        line, border = OxmlElement("w:bottom"), OxmlElement("w:pBdr")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "1"), ("color", palette.HAIRLINE)):
            line.set(qn(f"w:{name}"), value)
        border.append(line)
        properties.append(border)

    # ---- what stands in them

    def _spans(self, paragraph: Any, spans: Spans) -> None:
        for span in spans:
            run = paragraph.add_run(span.shown)
            run.bold, run.italic = span.bold or None, span.italic or None
            if span.tone in palette.TONES:
                run.bold = True
                run.font.color.rgb = RGBColor.from_string(palette.TONES[span.tone][0])
            elif span.muted:
                run.font.color.rgb = RGBColor.from_string(palette.MUTED)
            if address(span.link):
                self._link(paragraph, run, span.link)

    def _link(self, paragraph: Any, run: Any, to: str) -> None:
        run.style = self.made.styles[look.LINK]
        link = OxmlElement("w:hyperlink")
        link.set(qn("r:id"), self.made.part.relate_to(to, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
        paragraph._p.append(link)
        link.append(run._r)


def _ground(cell: Any, color: str) -> None:
    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", color)):
        shade.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(shade)


def _whole(row: Any) -> None:
    """Keep a row on one page."""
    row._tr.get_or_add_trPr().insert(0, OxmlElement("w:cantSplit"))


def _field(paragraph: Any, code: str) -> None:
    """A number that Word counts itself."""
    if not code:
        return
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    paragraph._p.append(field)
    field.append(paragraph.add_run("1")._r)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= MOST_IN_PROPERTY else line[: MOST_IN_PROPERTY - 1] + "…"


def _fitting(text: str) -> str:
    """A text cut to what a line of the foot has room for."""
    if measure.width(text) <= _FOOT:
        return text
    while measure.width(text) > _FOOT:
        text = text[: len(text) * 9 // 10]
    return text.rstrip() + "…"

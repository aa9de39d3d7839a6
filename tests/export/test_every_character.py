"""Every code point that Unicode has, controls and halves of characters too, goes through each export and comes back."""

from __future__ import annotations

import csv
import html as entities
import io
import re
import unicodedata
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from icalendar import Calendar

from desktop.export import calendar, texts
from desktop.export.documents import html, word
from desktop.export.documents.content import Document, Paragraph, words
from desktop.export.documents.markdown import flat, plain
from desktop.export.table import plain as csv_plain
from desktop.export.texts import unguard
from desktop.text import clean
from tests.export.test_cells import written
from tests.export.test_mail import body, draft

LAST = 0x10FFFF
SIZE = 4096
CHUNKS = ["".join(map(chr, range(first, min(first + SIZE, LAST + 1)))) for first in range(0, LAST + 1, SIZE)]
"""All of them, in texts as long as somebody may type."""
KEPT = [clean(chunk)[0] for chunk in CHUNKS]
"""What a record keeps of them."""


def test_there_are_all_of_them() -> None:
    assert sum(map(len, CHUNKS)) == LAST + 1


def test_what_a_record_keeps_is_clean_and_stays_as_it_is() -> None:
    for chunk, kept in zip(CHUNKS, KEPT, strict=True):
        assert not any(unicodedata.category(each) in ("Cc", "Cs") and each not in "\t\n" for each in kept)
        assert not {"\ufffe", "\uffff"} & {*kept}
        assert clean(kept) == (kept, [])
        assert kept.encode()
        # Nothing else goes: what has no other form stands there still.
        lost = {*unicodedata.normalize("NFC", re.sub("[\ud800-\udfff]", "", chunk))} - {*kept}
        ends = {*"\r\x0b\x0c\x85\u2028\u2029\ufffe\uffff"}
        assert all(each in ends or unicodedata.category(each) == "Cc" for each in lost)


def test_in_a_workbook(tmp_path: Path) -> None:
    """As they are in a file that an older program wrote, too."""
    sheet, told = written(tmp_path, CHUNKS)
    for number, chunk in enumerate(CHUNKS, 1):
        cell = sheet.cell(number, 1)
        assert texts.unescape(cell.value or "") == texts.legal(chunk)[0], number
        assert cell.data_type in "sn"
    assert "control characters cannot stand in a workbook" in told[0]


def test_control_openpyxl_alone_stops_at_them(tmp_path: Path) -> None:
    book = openpyxl.Workbook(write_only=True)
    with pytest.raises(openpyxl.utils.exceptions.IllegalCharacterError):
        book.create_sheet().append([CHUNKS[0]])


def test_in_csv() -> None:
    stream = io.StringIO(newline="")
    rows = [[kept] for kept in KEPT]
    csv.writer(stream).writerows([csv_plain(cell) for cell in row] for row in rows)
    back = stream.getvalue().encode().decode()
    csv.field_size_limit(1 << 20)
    found = [[unguard(cell) for cell in row] for row in csv.reader(io.StringIO(back, newline=""))]
    assert found == rows


def test_in_a_word_document() -> None:
    blocks = tuple(Paragraph(words(chunk)) for chunk in CHUNKS)
    file = io.BytesIO()
    word.write(Document("Every character", blocks), file)
    made = docx.Document(file)
    shown = [paragraph.text for paragraph in made.paragraphs]
    assert "\n".join(shown[-len(KEPT) :]) == "\n".join(KEPT)


def test_in_the_html_of_a_pdf() -> None:
    page = html.page(Document("Every character", tuple(Paragraph(words(chunk)) for chunk in CHUNKS)))
    parts = re.findall(r'<p style="[^"]*line-height[^"]*">(.*?)</p>', page, re.DOTALL)
    shown = [entities.unescape(part.replace("<br>", "\n").replace("&nbsp;", "")) for part in parts]
    assert shown == KEPT


def test_in_a_calendar() -> None:
    for kept, chunk in zip(KEPT, CHUNKS, strict=True):
        event: Any = calendar.Event()
        event.add("SUMMARY", calendar._words(chunk))
        made = Calendar()
        made.add_component(event)
        content = made.to_ical()
        assert max(map(len, content.split(b"\r\n"))) <= 75
        (back,) = Calendar.from_ical(content).walk("VEVENT")
        assert str(back["SUMMARY"]) == kept


def test_in_a_mail() -> None:
    for kept, chunk in zip(KEPT, CHUNKS, strict=True):
        assert body(draft(text=chunk)) == kept.rstrip("\n") + "\n"


def test_as_markdown_that_is_made_plain() -> None:
    for kept in KEPT:
        plain(kept)
        flat(kept)

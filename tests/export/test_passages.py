"""Sources taken in: sections and paragraphs of texts, Word documents and PDFs, and a sentence for each bad file."""

from __future__ import annotations

import ctypes
import io
import os
import re
import resource
import textwrap
import zipfile
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import MagicMock

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from PySide6.QtGui import QColor, QFont, QPageSize, QPainter, QPdfWriter, QTextDocument

from desktop.export.intake import child, job, limits, process
from desktop.export.passages import pdf, reading, structure, understanding, word
from desktop.export.passages.errors import ReadError
from desktop.export.passages.lines import Line, finished, join
from desktop.export.passages.plain import _line, _without_bold, decode, lines
from desktop.export.passages.reading import read
from desktop.export.passages.understanding import FORMATS, understood
from desktop.i18n import speaking
from desktop.service.quoting import SourceText

REPORT = """Harbours after the storm: a report

NOVEMBER 2030

The Harbour Office is a public body and prints its own reports.

INTRODUCTION

The ports of the coast lost two seasons to the storms of the north. They were open again in spring.¹

i A season is half a year.

Lenders came back late, and only some of them stayed for longer than the first of the two years, which the

NOVEMBER 2030

council of ports had not foreseen. It changed its plan.² ³

Figure 1 Ports by region

PORT\tREGION
Alta\tNorth
Baja\tSouth

Source: the Harbour Office

WHAT THE PORTS CAN DO

1. Keep the harbours open

A. Dredge before the season and not during it

The **first** task is to dredge, which costs some \\$5 million a year.⁴

B. Share the pilots

Pilots are few, and two ports can share them.

They agree on it each spring.

2. Pay in time

A. Publish what is due

Every port publishes what it owes.⁵

ENDNOTES

1 Harbour Office, yearly letter.

2 Council of Ports, minutes

of the third meeting.

3 The same.

4 Own count.

5 The same, page 4.
"""


def rows(text: SourceText, *kinds: str) -> list[tuple[str, int, str]]:
    return [
        (part.section, part.number, text.text[part.start : part.end])
        for part in text.parts
        if not kinds or part.kind in kinds
    ]


def sections(text: SourceText) -> list[str]:
    return [part.section for part in text.parts if part.kind == "heading"]


@pytest.fixture
def of(tmp_path: Path) -> Callable[..., SourceText]:
    """Reads a text that was written to a file, in UTF-8 unless told."""

    def read_text(text: str | bytes, name: str = "source.txt", encoding: str = "utf-8") -> SourceText:
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
        return here(path) if path.suffix in FORMATS and text else read(path)

    return read_text


def here(path: Path) -> SourceText:
    """Reads a file in this process: by the thousand, or with a limit of another height."""
    return understood(path.name, path.suffix, path.read_bytes())


Of = Callable[..., SourceText]


# ---- the structure of a text


def test_sections_are_named_as_people_cite_them(of: Of) -> None:
    assert sections(of(REPORT)) == [
        "Front matter",
        "Introduction",
        "What the Ports Can Do",
        "1",
        "1.A",
        "1.B",
        "2",
        "2.A",
        "Endnotes",
    ]


def test_paragraphs_are_counted_across_page_breaks(of: Of) -> None:
    found = rows(of(REPORT), "paragraph")
    assert [(section, number) for section, number, _text in found] == [
        ("Front matter", 1),
        ("Introduction", 1),
        ("Introduction", 2),
        ("1.A", 1),
        ("1.B", 1),
        ("1.B", 2),
        ("2.A", 1),
    ]
    assert "which the council of ports" in found[2][2]
    assert found[3][2] == "The first task is to dredge, which costs some $5 million a year.⁴"


def test_notes_figures_and_running_heads_are_no_paragraphs(of: Of) -> None:
    text = of(REPORT)
    assert "NOVEMBER 2030" not in text.text
    assert rows(text, "figure") == [
        ("Figure 1", 0, "Figure 1 Ports by region"),
        ("Figure 1", 0, "PORT\u2003REGION"),
        ("Figure 1", 1, "Alta\u2003North"),
        ("Figure 1", 2, "Baja\u2003South"),
        ("Figure 1", 0, "Source: the Harbour Office"),
    ]
    notes = rows(text, "endnote")
    assert [(section, number) for section, number, _text in notes] == [
        ("Introduction", 1),
        *(("Endnotes", number) for number in range(1, 6)),
    ]
    assert notes[2][2] == "2 Council of Ports, minutes of the third meeting."


def test_a_selection_has_its_anchor(of: Of) -> None:
    text = of(REPORT)
    start = text.text.index("The first task")
    anchor = text.at(start, text.text.index("million a year.") + 15)
    assert (anchor.section, anchor.paragraph, anchor.endnotes) == ("1.A", "1", "4")
    whole = text.at(text.text.index("The ports of"), text.text.index("its plan") + 9)
    assert (whole.section, whole.paragraph, whole.endnotes) == ("Introduction", "1–2", "1; 2")


@pytest.mark.parametrize("wrap", [40, 72])
def test_wrapped_lines_are_the_same_text(of: Of, wrap: int) -> None:
    paragraphs = [
        "Opening the harbours early",
        "The council of ports meets twice a year, and it hears the pilots, the lenders and the towns. It then decides "
        "on dredging, on fees and on the order in which the harbours open. Nobody has objected so far.",
        "Its decisions are printed. They are short.",
        "Paying for it all",
        "Fees pay for most of it. The towns pay the rest, which is small, and have done so since the first year "
        "in which the harbours were open for the whole of the season.",
    ]
    plain = of("\n\n".join(paragraphs))
    wrapped = of("\n\n".join(textwrap.fill(paragraph, wrap) for paragraph in paragraphs))
    assert wrapped.text == plain.text
    assert wrapped.parts == plain.parts
    assert sections(plain) == ["Introduction", "Paying for it all"]


def test_form_feeds_are_pages(of: Of) -> None:
    text = of("A report of two pages\n\nThis stands on the first.\n\fThis stands on the second.\n")
    assert [part.page for part in text.parts] == [1, 1, 2]


@pytest.mark.parametrize(
    ("line", "section"),
    [
        ("Recommendation #1: Open the harbours to all.", "Recommendation 1"),
        ("RECOMMENDATION 2: OPEN THE HARBOURS", "Recommendation 2"),
        ("Chapter IV. Fees", "Chapter IV"),
        ("Anexo B: Puertos", "Anexo B"),
        ("2.3 Fees and who pays them", "2.3"),
        ("I. Fees and who pays them", "I"),
        ("第2章　港湾の現状", "第2章"),
        ("FEES OF THE EU PORTS", "Fees of the EU Ports"),
        ("“Together!!”", "Together!!"),
        ("## Fees ##", "Fees"),
        ("Conclusiones y próximos pasos", "Conclusiones y próximos pasos"),
    ],
)
def test_a_heading_is_known(of: Of, line: str, section: str) -> None:
    before = "The EU has ports of its own, and they have been open for a long time now, as everybody knows."
    text = of(f"A title\n\n{before}\n\n{line}\n\n{before} And so on.\n")
    assert sections(text)[1:] == [section]


@pytest.mark.parametrize(
    "line",
    [
        "It is short.",
        "Three things are needed:",
        "1. Dredge\n\n2. Pilot\n\n3. Pay",
        "• Dredge the ports",
        "Photo: Harbour Office / Archive",
        "5. Fees that follow no fourth",
    ],
)
def test_what_is_no_heading_is_none(of: Of, line: str) -> None:
    before = "The EU has ports of its own, and they have been open for a long time now, as everybody knows."
    text = of(f"A title\n\n{before}\n\n{line}\n\n{before} And so on.\n")
    assert sections(text) == ["Introduction"]


def test_japanese_paragraphs(of: Of) -> None:
    text = of(
        "港湾に関する報告書\n\nはじめに\n\n港は春に再び開かれた。水先人は少なく、二つの港で\n分け合うこと"
        "ができる。\n\n今後の課題\n\n各港は、支払うべき額を毎年公表する。それは短い文書であり、誰でも読むことができる。\n"
    )
    assert sections(text) == ["Front matter", "はじめに", "今後の課題"]
    assert rows(text, "paragraph")[0] == (
        "はじめに",
        1,
        "港は春に再び開かれた。水先人は少なく、二つの港で分け合うことができる。",
    )


@pytest.mark.parametrize(
    ("one", "other", "joined"),
    [
        ("the inter-", "national lenders", "the international lenders"),
        ("a long-", "term plan", "a long-term plan"),
        ("a well-", "known plan", "a well-known plan"),
        ("the US-", "Japan talks", "the US-Japan talks"),
        ("pages 10–", "12", "pages 10–12"),
        ("one –", "or two", "one – or two"),
        ("re\u00ad", "gion", "region"),
        ("港を", "開く", "港を開く"),
        ("", "x", "x"),
    ],
)
def test_pieces_are_joined(one: str, other: str, joined: str) -> None:
    assert join(one, other, frozenset({"long", "term", "well-known"})) == joined


def test_a_sentence_may_end_behind_its_mark() -> None:
    assert finished("So it is.”¹² [iv]")
    assert not finished("So it is¹²")


@settings(max_examples=150, deadline=None)
@given(st.lists(st.text(max_size=60) | st.sampled_from(REPORT.splitlines()), max_size=25))
def test_any_text_has_parts_in_order(found: list[str]) -> None:
    """Nothing raises, the parts tile the text, and no word is made up."""
    content = "\n".join(found).encode("utf-8", "replace")
    try:
        text = structure.build(lines(content))
    except ReadError:
        return
    assert SourceText.from_json(text.to_json()) == text
    assert "".join(text.text[part.start : part.end] for part in text.parts) == text.text.replace("\n\n", "")
    assert all(character >= " " or character == "\n" for character in text.text)


# ---- encodings


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Añadió un párrafo — «así».", "utf-8"),
        ("Añadió un párrafo — «así».", "utf-8-sig"),
        ("Añadió un párrafo — así.", "utf-16"),
        ("Añadió un párrafo – así, São João.", "cp1252"),
        ("A reunião não foi à frente; é só isso, já está.", "latin-1"),
        ("港湾の報告書です。春に再び開かれました。カタカナもあります。", "cp932"),
        ("港湾の報告書です。春に再び開かれました。カタカナもあります。", "euc_jp"),
        ("Plain words.", "ascii"),
    ],
)
def test_encodings(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


# ---- Word


def package(**parts: str) -> bytes:
    """A package of these parts, `document` for word/document.xml."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("[Content_Types].xml", "<Types/>")
        for name, text in parts.items():
            made.writestr(f"word/{name}.xml", text)
    return content.getvalue()


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def test_word_headings_tables_and_titles(of: Of) -> None:
    document = docx.Document()
    document.add_heading("Harbours", 0)
    document.add_paragraph("An opening paragraph.")
    document.add_heading("1. Fees", 1)
    document.add_paragraph("Short line without end")
    document.add_paragraph("another line, a paragraph of its own")
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Alta", "North"
    document.add_heading("Pilots", 2)
    document.add_paragraph("They are few.\nAnd\tshared.")
    content = io.BytesIO()
    document.save(content)
    text = of(content.getvalue(), "source.docx")
    assert rows(text) == [
        ("Introduction", 0, "Harbours"),
        ("Introduction", 1, "An opening paragraph."),
        ("1", 0, "1. Fees"),
        ("1", 1, "Short line without end"),
        ("1", 2, "another line, a paragraph of its own"),
        ("1", 3, "Alta"),
        ("1", 4, "North"),
        ("Pilots", 0, "Pilots"),
        ("Pilots", 1, "They are few. And shared."),
    ]


def test_word_notes_stand_in_their_paragraphs(of: Of) -> None:
    body = (
        f"<w:document {W}><w:body><w:p><w:pPr><w:outlineLvl w:val='0'/></w:pPr><w:r><w:t>Fees</w:t></w:r></w:p>"
        "<w:p><w:r><w:t>One.</w:t></w:r><w:r><w:footnoteReference w:id='5'/></w:r><w:r><w:t> Two.</w:t></w:r>"
        "<w:r><w:endnoteReference w:id='2'/></w:r><w:del><w:r><w:delText>gone</w:delText><w:t>gone</w:t></w:r></w:del>"
        "<w:ins><w:r><w:t> Three</w:t></w:r></w:ins><w:r><w:rPr><w:vertAlign w:val='superscript'/></w:rPr>"
        "<w:t>2</w:t></w:r></w:p></w:body></w:document>"
    )
    foot = f"<w:footnotes {W}><w:footnote w:id='5'><w:p><w:r><w:t>Foot.</w:t></w:r></w:p></w:footnote></w:footnotes>"
    end = (
        f"<w:endnotes {W}><w:endnote w:id='2'><w:p><w:r><w:t>End.</w:t></w:r></w:p></w:endnote></w:endnotes>"
    )
    text = of(package(document=body, footnotes=foot, endnotes=end), "source.docx")
    assert rows(text) == [
        ("Introduction", 0, "Fees"),
        ("Introduction", 1, "One.¹ Two.ⁱ Three²"),
        ("Footnotes", 0, "Footnotes"),
        ("Footnotes", 1, "1 Foot."),
        ("Endnotes", 0, "Endnotes"),
        ("Endnotes", 2, "i End."),
    ]
    assert text.parts[1].endnotes == ("1", "i")


def test_a_text_box_is_read_once(of: Of) -> None:
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    box = "<w:txbxContent><w:p><w:r><w:t>In the box.</w:t></w:r></w:p></w:txbxContent>"
    body = (
        f"<w:document {W} {mc}><w:body><w:p><w:r><w:t>Outside it.</w:t></w:r><w:r><mc:AlternateContent>"
        f"<mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r></w:p>"
        "</w:body></w:document>"
    )
    found = [text for _section, _number, text in rows(of(package(document=body), "source.docx"))]
    assert found == ["Outside it.", "In the box."]


# ---- PDF

Letters = tuple[float, float, float, bool, str]
"""Left, top and size in points, whether bold, and the words."""


def print_pdf(path: Path, pages: Sequence[Sequence[Letters]], picture: bool = False) -> None:
    writer = QPdfWriter(str(path))
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setResolution(72)
    painter = QPainter(writer)
    for number, page in enumerate(pages):
        if number:
            writer.newPage()
        if picture:
            painter.fillRect(50, 50, 200, 300, QColor("navy"))
        for left, top, size, bold, words in page:
            font = QFont("DejaVu Sans")
            font.setPointSizeF(size)
            font.setBold(bold)
            painter.setFont(font)
            painter.drawText(int(left), int(top), words)
    painter.end()


def body(top: float, *words: str) -> list[Letters]:
    return [(60, top + 14 * row, 10, False, line) for row, line in enumerate(words)]


@pytest.fixture
def printed(qapp: Any, tmp_path: Path) -> Path:
    path = tmp_path / "source.pdf"
    head: Letters = (60, 30, 8, False, "Harbour Outlook 2030")
    print_pdf(
        path,
        [
            [
                head,
                (60, 80, 18, False, "Opening the harbours"),
                *body(
                    120,
                    "The first paragraph tells of harbours and of the inter-",
                    "national lenders who keep them",
                ),
                *body(
                    148,
                    "open all year.",
                    "The long and the term are words of a long-",
                    "term plan of many pages.",
                ),
                *body(230, "This sentence runs over the end of the page and into"),
                (60, 700, 7, False, "1 A note at the foot."),
                (60, 710, 7, False, "2 Another note."),
                (290, 780, 8, False, "1"),
            ],
            [
                head,
                *body(80, "the next one, as sentences do."),
                (60, 120, 10, True, "Second heading"),
                *body(150, "A text with a mark."),
                (158, 146, 6, False, "12"),
                (290, 780, 8, False, "2"),
            ],
            [head, *body(80, "The third page has words, too."), (290, 780, 8, False, "3")],
        ],
    )
    return path


def test_pdf_paragraphs_headings_and_notes(printed: Path) -> None:
    text = read(printed)
    assert [(part.kind, part.section, part.number, part.page) for part in text.parts] == [
        ("heading", "Introduction", 0, 1),
        ("paragraph", "Introduction", 1, 1),
        ("paragraph", "Introduction", 2, 1),
        ("paragraph", "Introduction", 3, 1),
        ("endnote", "Introduction", 1, 1),
        ("endnote", "Introduction", 2, 1),
        ("heading", "Second heading", 0, 2),
        ("paragraph", "Second heading", 1, 2),
        ("paragraph", "Second heading", 2, 3),
    ]
    words = [text for _section, _number, text in rows(text, "paragraph")]
    assert words == [
        "The first paragraph tells of harbours and of the international lenders who keep them open all year.",
        "The long and the term are words of a long-term plan of many pages.",
        "This sentence runs over the end of the page and into the next one, as sentences do.",
        "A text with a mark.¹²",
        "The third page has words, too.",
    ]


def test_a_line_that_is_printed_on_both_pages_is_read_once(qapp: Any, tmp_path: Path) -> None:
    path = tmp_path / "source.pdf"
    cut = "of the ports in the north and in the south of the country"
    print_pdf(path, [body(700, "The council hears the pilots", cut), body(40, cut, "and decides on fees.")])
    (part,) = read(path).parts
    assert read(path).text[part.start :] == f"The council hears the pilots {cut} and decides on fees."


def test_line_ends_that_are_not_told_are_seen(qapp: Any, tmp_path: Path) -> None:
    """Justified lines come without a line end between them; their places tell."""
    path = tmp_path / "source.pdf"
    writer = QPdfWriter(str(path))
    document = QTextDocument()
    paragraph = (
        "The council of ports hears the pilots and the towns, and decides on fees for the season. " * 6
    )
    document.setHtml(f"<h2>Fees of the ports</h2><p align='justify'>{paragraph}</p><p>{paragraph}</p>")
    document.print_(writer)
    del writer
    text = read(path)
    assert rows(text) == [
        ("Introduction", 0, "Fees of the ports"),
        ("Introduction", 1, paragraph.strip()),
        ("Introduction", 2, paragraph.strip()),
    ]


def test_a_scan_is_told(qapp: Any, tmp_path: Path) -> None:
    print_pdf(tmp_path / "scan.pdf", [[], []], picture=True)
    with pytest.raises(ReadError, match="holds pictures of pages and no text"):
        read(tmp_path / "scan.pdf")


PROTECTED = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 0/Kids[]>>endobj\n"
    b"3 0 obj<</Filter/Standard/V 1/R 2/O<" + b"11" * 32 + b">/U<" + b"22" * 32 + b">/P -4>>endobj\n"
    b"trailer<</Root 1 0 R/Encrypt 3 0 R/ID[<00><00>]>>\n%%EOF"
)


# ---- bad files


def bomb() -> bytes:
    return package(document="<w:document>" + " " * 30_000_000 + "</w:document>")


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.pdf", PROTECTED, "protected with a password"),
        ("a.pdf", b"%PDF-1.7\nnothing more", "is damaged"),
        ("a.pdf", b"Only words.", "not what its name says"),
        ("a.txt", b"%PDF-1.7\n", "not what its name says"),
        ("a.docx", b"Only words.", "not what its name says"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old Word file or is protected"),
        ("a.docx", b"PK\x03\x04 broken", "damaged"),
        ("a.docx", package(styles="<x/>"), "not a Word document"),
        ("a.docx", package(document="<w:document>"), "damaged"),
        ("a.docx", package(document="<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"), "damaged"),
        ("a.docx", package(document=f"<w:document {W}/>"), "holds no text"),
        (
            "a.docx",
            package(document="<a xmlns='http://purl.oclc.org/ooxml/wordprocessingml/main'/>"),
            "Strict",
        ),
        ("a.docx", bomb(), "unpack to far more"),
        ("a.txt", b"", "is empty"),
        ("a.txt", b" \n\n ", "holds no text"),
        ("a.txt", b"words\x00\x01\x02", "holds no text, whatever"),
        ("a.txt", b"\xff\xfea\x00b", "damaged"),
        ("a.xlsx", b"PK\x03\x04", "is no text that can be opened here"),
    ],
)
def test_a_bad_file_gets_a_sentence(of: Of, name: str, content: bytes, told: str) -> None:
    with pytest.raises(ReadError, match=told):
        of(content, name)


def test_the_guard_against_bombs_is_what_refuses(of: Of, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word, "MOST_RATIO", 1_000_000)
    with pytest.raises(ReadError, match="damaged"):  # read in full, and then found to be no XML of Word's
        of(bomb(), "a.docx")


def test_nothing_outside_a_document_is_read(of: Of, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("a secret")
    document = f"<!DOCTYPE a [<!ENTITY b SYSTEM '{(tmp_path / 'secret').as_uri()}'>]><w:document {W}>&b;</w:document>"
    with pytest.raises(ReadError, match="damaged"):
        of(package(document=document), "a.docx")


def test_a_large_file_is_refused_before_it_is_read(of: Of, tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(reading.MOST_BYTES + 1)
    with pytest.raises(ReadError, match="too large: 51 MB, 50 MB is the most"):
        read(path)


def test_a_long_text_is_refused(of: Of, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(understanding, "MOST_CHARACTERS", 20)
    with pytest.raises(ReadError, match="too long"):
        of("Words and words and more words.")


def test_a_long_pdf_is_refused(printed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MOST_PAGES", 2)
    with pytest.raises(ReadError, match="too many pages"):
        here(printed)


# ---- the process that reads


def inflated(size: int) -> bytes:
    """A PDF of one page and 2 kB whose content unpacks to so many bytes of nothing."""
    packed = zlib.compress(zlib.compress(b" " * size, 9), 9)
    content = b"<< /Length %d /Filter [/FlateDecode /FlateDecode] >>\nstream\n%b\nendstream" % (
        len(packed),
        packed,
    )
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << >> >>",
        content,
    ]
    written, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(written))
        written += b"%d 0 obj\n%b\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"xref\n0 5\n0000000000 65535 f \n%btrailer << /Root 1 0 R /Size 5 >>\nstartxref\n%d\n%%%%EOF"
    return written + end % (table, len(written))


@pytest.mark.parametrize("name", ["source.txt", "source.docx", "source.pdf"])
def test_each_form_is_read_through_the_door(name: str, printed: Path, tmp_path: Path) -> None:
    path = tmp_path / name
    if name.endswith("txt"):
        path.write_text(REPORT)
    elif name.endswith("pdf"):
        path = printed
    else:
        path.write_bytes(
            package(
                document=f"<w:document {W}><w:body><w:p><w:r><w:t>One.</w:t></w:r></w:p></w:body></w:document>"
            )
        )
    assert read(path) == here(path)


def test_what_takes_too_much_takes_it_from_nobody(tmp_path: Path) -> None:
    """In the program itself, where a workspace is open, it would take what the system has."""
    path = tmp_path / "bomb.pdf"
    path.write_bytes(inflated(600_000_000))
    assert path.stat().st_size < 3000
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(ReadError, match=r"made its reader stop|takes more memory"):
        read(path)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000


def test_what_takes_too_long_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "SECONDS", 0.0)
    path = tmp_path / "a.txt"
    path.write_text("Words.")
    with pytest.raises(ReadError, match=r"takes too long.*save the part that you need as a new file"):
        read(path)


def test_its_time_is_told_before_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A large file on a slow disk would use up the time of a small one."""
    told: list[str] = []

    def opened(*_given: Any, **_more: Any) -> io.BytesIO:
        told.append("opened")
        return io.BytesIO(b"Words.")

    monkeypatch.setattr(child, "say", lambda what: told.extend(what))
    monkeypatch.setattr(child.os, "fdopen", opened)
    monkeypatch.setattr(child.os, "fstat", lambda _file: os.stat_result((0,) * 10))
    child._read_text(tmp_path, "a.txt", "en")
    assert told == ["seconds", "opened", "read"]


def test_where_no_process_starts_it_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Words.")

    def full(*_given: Any, **_more: Any) -> None:
        raise OSError(11, os.strerror(11))

    monkeypatch.setattr(process.subprocess, "Popen", full)
    with pytest.raises(ReadError, match=r"a\.txt could not be opened: "):
        read(path)


def test_on_windows_it_has_the_memory_of_a_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """There the program binds it, which cannot bind itself: as much as elsewhere."""
    bounds: list[int] = []
    path = tmp_path / "a.txt"
    path.write_text("Words.")
    start = process.subprocess.Popen

    def started(*given: Any, **more: Any) -> Any:
        made = start(*given, **{**more, "creationflags": 0})
        made._handle = made.pid
        return made

    windows = SimpleNamespace(name="nt", environ=os.environ, pathsep=os.pathsep)
    monkeypatch.setattr(process, "os", windows)
    monkeypatch.setattr(process.subprocess, "Popen", started)
    monkeypatch.setattr(job, "confine", lambda _process, memory: bounds.append(memory))
    assert read(path).text == "Words."
    assert bounds == [limits.TEXT_MEMORY]


def test_a_job_has_the_memory_that_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    bounds: list[int] = []

    class Kernel:
        """What is called of it."""

        CreateJobObjectW = MagicMock(return_value=1)
        AssignProcessToJobObject = MagicMock(return_value=1)
        CloseHandle = MagicMock()
        SetInformationJobObject = MagicMock(
            side_effect=lambda _job, _what, limit, _size: bounds.append(limit._obj.ProcessMemoryLimit) or 1
        )

    monkeypatch.setattr(ctypes, "WinDLL", lambda *_given, **_more: Kernel, raising=False)
    job.confine(1, 4711)
    assert bounds == [4711]


def test_the_reader_speaks_the_language_of_the_window(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-1.4 broken")
    with speaking("ja"), pytest.raises(ReadError) as told:
        read(path)
    with speaking("ja"), pytest.raises(ReadError) as own:
        here(path)
    assert str(told.value) == str(own.value)
    assert not str(told.value).isascii()


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "folder.txt").mkdir()
    with pytest.raises(ReadError, match="is not a file"):
        read(tmp_path / "folder.txt")
    with pytest.raises(ReadError, match="could not be opened"):
        read(tmp_path / "missing.txt")
    with pytest.raises(ReadError, match="could not be opened"):
        read(tmp_path / "a\0.txt")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes on this system")
def test_a_pipe_does_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    with pytest.raises(ReadError, match="is not a file"):
        read(tmp_path / "pipe.txt")


@settings(max_examples=150, deadline=None)
@given(
    st.binary(max_size=300),
    st.sampled_from([".txt", ".docx", ".pdf"]),
    st.sampled_from([b"", b"PK\x03\x04", b"%PDF-"]),
)
def test_any_bytes_are_read_or_refused(
    tmp_path_factory: Any, content: bytes, suffix: str, begin: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / f"any{suffix}"
    path.write_bytes(begin + content)
    try:
        text = here(path)
    except ReadError:
        return
    assert text.text


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_a_damaged_document_is_read_or_refused(tmp_path_factory: Any, data: st.DataObject) -> None:
    content = bytearray(
        package(
            document=f"<w:document {W}><w:body><w:p><w:r><w:t>One.</w:t></w:r></w:p></w:body></w:document>"
        )
    )
    for _turn in range(data.draw(st.integers(1, 5))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    path = tmp_path_factory.getbasetemp() / "damaged.docx"
    path.write_bytes(content)
    try:
        text = here(path)
    except ReadError:
        return
    assert text.text


# ---- texts that somebody made to be slow

LARGE = 2_000_000
"""Bytes of a text for which anything that grows with its square takes hours."""


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "piece",
    [
        "**a ",
        "__a ",
        "**a__ ",
        "***",
        "[a ",
        "[a](/x",
        "[a](",
        "# ",
        ") ",
        "] ",
        "[iii]",
        "[i",
        "| ",
        "- ",
        "\\",
        "i",
        "a-",
    ],
)
def test_a_hostile_text_takes_no_longer_than_another(piece: str) -> None:
    lines((piece * (LARGE // len(piece)) + "x").encode())


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "text", ["# a" + " " * LARGE + "b", "# a" + " #" * (LARGE // 2) + " b", "a" + " " * LARGE + "b"]
)
def test_blanks_are_read_once(text: str) -> None:
    assert len(lines(text.encode())) == 1


@pytest.mark.timeout(60)
def test_a_text_of_short_lines_is_joined_once() -> None:
    text = "and so on we go\n" * (LARGE // 16)
    assert sum(len(line.text) + 1 for line in lines(text.encode())) == len(text)


@pytest.mark.timeout(60)
@pytest.mark.parametrize("line", ["a\n\n", "[1] x\n", "海底\n"])
def test_paragraphs_are_made_once(line: str) -> None:
    text = structure.build(lines((line * (LARGE // 2 // len(line.encode()))).encode()))
    assert len(text.text) >= LARGE // 20


@settings(max_examples=500)
@given(st.text(alphabet="*_a ", max_size=14))
def test_bold_is_what_two_signs_close(text: str) -> None:
    assert _without_bold(text) == re.sub(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1", r"\2", text)


@pytest.mark.parametrize(
    ("raw", "text", "kind"),
    [
        ("# A plan", "A plan", "heading"),
        ("### A plan ##", "A plan", "heading"),
        ("# In C#", "In C", "heading"),
        ("# #", "#", "heading"),
        ("#5 of them", "#5 of them", None),
        ("**One** and __two__", "One and two", None),
        ("See [the report](https://example.org/a) [1]", "See the report [1]", None),
        ("[[1]](https://example.org) [a [b](/c)", "[[1]](https://example.org) [a b", None),
    ],
)
def test_marks_of_a_line_are_taken_away(raw: str, text: str, kind: str | None) -> None:
    line = _line(raw, None, 0)
    assert (line.text, line.kind) == (text, kind)


@pytest.mark.timeout(60)
def test_notes_and_styles_of_word_are_counted_once() -> None:
    many = 40_000
    note = '<w:r><w:footnoteReference w:id="{}"/></w:r>'
    body = "".join(f"<w:p><w:r><w:t>Words.</w:t></w:r>{note.format(n)}</w:p>" for n in range(many))
    chain = "".join(
        f'<w:style w:styleId="s{n}"><w:name w:val="n{n}"/><w:basedOn w:val="s{n + 1}"/></w:style>'
        for n in range(many)
    )
    found, guess = word.lines(packed(body, chain))
    assert (len(found), guess) == (many, True)
    assert found[-1].text == "Words." + str(many).translate(str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"))


def test_a_style_is_a_heading_by_what_it_is_based_on() -> None:
    styles = (
        '<w:style w:styleId="c"><w:basedOn w:val="b"/></w:style><w:style w:styleId="b"><w:basedOn w:val="a"/></w:style>'
        '<w:style w:styleId="a"><w:name w:val="heading 1"/></w:style>'
        '<w:style w:styleId="x"><w:basedOn w:val="y"/></w:style><w:style w:styleId="y"><w:basedOn w:val="x"/></w:style>'
    )
    paragraph = '<w:p><w:pPr><w:pStyle w:val="{}"/></w:pPr><w:r><w:t>Words</w:t></w:r></w:p>'
    found, _guess = word.lines(packed("".join(map(paragraph.format, "abcxyz")), styles))
    assert [line.kind for line in found] == ["heading"] * 3 + [None] * 3


def packed(body: str, styles: str) -> bytes:
    """A Word document of these paragraphs and styles."""
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as package:
        package.writestr("word/document.xml", f"<w:document {space}><w:body>{body}</w:body></w:document>")
        package.writestr("word/styles.xml", f"<w:styles {space}>{styles}</w:styles>")
    return kept.getvalue()


def test_lines_of_a_format_are_kept_apart() -> None:
    text = structure.build([Line("one", whole=True), Line("two", whole=True)], guess=False)
    assert [part.number for part in text.parts] == [1, 2]


def test_parser_refuses_entities_by_itself() -> None:
    """The negative control of the entity test: without the guard, lxml keeps the reference and says nothing."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    root = etree.fromstring(b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", parser)
    assert "".join(root.itertext()) != "c"

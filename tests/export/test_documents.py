"""Documents: what is written stands in the Word file as text, whole, marked, in the fonts that it needs."""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.export.documents import html, markdown, word
from desktop.export.documents.content import (
    Block,
    Bullets,
    Document,
    Facts,
    Heading,
    Numbered,
    Paragraph,
    Properties,
    Quote,
    Rule,
    Span,
    Table,
    address,
    texts,
    words,
)
from desktop.export.documents.saving import save, suggested_name
from desktop.export.errors import ExportError
from desktop.text import clean

AT = dt.datetime(2026, 11, 21, 15, tzinfo=dt.UTC)
WORDS = st.text(max_size=60)
SPANS = st.builds(
    lambda *parts: tuple(parts), st.builds(Span, WORDS, st.booleans(), st.booleans()), st.builds(Span, WORDS)
)
CELLS = st.tuples(SPANS, SPANS)
BLOCKS: st.SearchStrategy[Block] = st.recursive(
    st.one_of(
        st.builds(Heading, WORDS, st.integers(-1, 5)),
        st.builds(Paragraph, SPANS),
        st.builds(Quote, SPANS, WORDS),
        st.builds(Facts, st.lists(st.tuples(WORDS, SPANS), max_size=3).map(tuple)),
        st.builds(Table, st.tuples(WORDS, WORDS), st.lists(CELLS, max_size=3).map(tuple)),
    ),
    lambda inner: st.one_of(
        st.builds(Bullets, st.lists(st.tuples(inner), max_size=3).map(tuple)),
        st.builds(Numbered, st.lists(st.tuples(inner, inner), max_size=3).map(tuple), st.integers(0, 99)),
    ),
    max_leaves=6,
)


def written(document: Document) -> Any:
    """What python-docx reads of the file."""
    file = BytesIO()
    word.write(document, file)
    file.seek(0)
    return docx.Document(file)


def read(made: Any) -> list[str]:
    """All texts of the body, in order, cell by cell."""
    return [
        "".join("\n" if part.tag == qn("w:br") else "\t" if part.tag == qn("w:tab") else part.text or ""
                for part in paragraph.iter(qn("w:t"), qn("w:br"), qn("w:tab"))
                if part.getparent().tag == qn("w:r"))
        for paragraph in made.element.body.iter(qn("w:p"))
    ]  # fmt: skip


def squeezed(parts: Any) -> str:
    return "".join(clean(part)[0] for part in parts)


# ---- what is written is what is read


@settings(max_examples=60)
@given(st.lists(BLOCKS, max_size=4).map(tuple), WORDS, WORDS)
def test_any_text_in_any_block_is_read_back_from_word(
    blocks: tuple[Block, ...], title: str, marking: str
) -> None:
    document = Document(title, blocks, marking=marking, properties=Properties(at=AT))
    found = "".join(read(written(document)))
    expected = squeezed(texts((title, blocks)))
    # A source stands on a line of its own.
    assert found.replace("\n", "") == expected.replace("\n", "")


@pytest.mark.parametrize(
    "text", ["=1+1", '{ PAGE } "x"', "<w:t>&amp;", "  two  spaces ", "佐藤　健二", "a\tb\nc", "😀"]
)
def test_a_text_is_a_text(text: str) -> None:
    made = written(Document("T", (Paragraph(words(text)),)))
    assert made.paragraphs[-1].text == text
    assert made.element.body.findall(f".//{qn('w:fldSimple')}") == []
    assert made.element.body.findall(f".//{qn('w:instrText')}") == []


def test_the_same_document_makes_the_same_file() -> None:
    document = Document("T", (Heading("H"), Bullets((words("a"),))), properties=Properties(at=AT))
    first, second = BytesIO(), BytesIO()
    word.write(document, first)
    word.write(document, second)
    assert first.getvalue() == second.getvalue()
    assert {entry.date_time for entry in zipfile.ZipFile(first).infolist()} == {(2026, 11, 21, 15, 0, 0)}


def test_the_file_says_of_itself_what_it_is_told_and_no_more() -> None:
    properties = Properties("Embassy", "Minutes", AT)
    said = written(
        Document("T" * 400, marking="Internal", language="ja", properties=properties)
    ).core_properties
    assert (said.author, said.subject, said.comments, said.keywords) == ("Embassy", "Minutes", "", "Internal")
    assert (said.last_modified_by, said.created, said.language) == ("Embassy", AT, "ja")
    assert len(said.title) == 255


# ---- how it is set


def test_marking_title_day_and_page_stand_at_head_and_foot() -> None:
    section = written(Document("Minutes", marking="Internal", as_of="As of today")).sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert not section.different_first_page_header_footer
    head, foot = section.header.paragraphs, section.footer.paragraphs
    assert (head[0].text, foot[-1].text) == ("Internal", "Internal")
    assert (head[0].style.font.bold, head[0].alignment) == (True, 1)
    assert foot[0].text.startswith("Minutes · As of today\tPage ")
    fields = [field.get(qn("w:instr")) for field in foot[0]._p.iter(qn("w:fldSimple"))]
    assert fields == ["PAGE", "NUMPAGES"]


def test_the_number_of_the_page_is_in_the_language_of_the_document() -> None:
    foot = written(Document("会合", language="ja")).sections[0].footer.paragraphs[0]._p
    assert "ページ" in "".join(part.text for part in foot.iter(qn("w:t")))


@pytest.mark.parametrize(("language", "latin"), [("en", "Calibri"), ("ja", "Yu Gothic")])
def test_every_style_has_a_font_for_japanese(language: str, latin: str) -> None:
    styles = written(Document("T", language=language)).styles
    holders = [styles.element.find(f".//{qn('w:rPrDefault')}"), *(s.element for s in styles if s.type != 4)]
    assert len(holders) > 10
    for holder in holders:
        fonts = holder.find(f".//{qn('w:rFonts')}")
        assert (fonts.get(qn("w:eastAsia")), fonts.get(qn("w:ascii"))) == ("Yu Gothic", latin)
    assert styles.element.find(f".//{qn('w:lang')}").get(qn("w:eastAsia")) == "ja-JP"


def test_lists_and_headings_are_those_of_word() -> None:
    blocks = markdown.blocks("# A\n- one\n  - two\n\n3. three\n\n\n> q\n\n1. again")
    made = written(Document("T", blocks))
    styles = [paragraph.style.name for paragraph in made.paragraphs]
    assert styles == ["Title", "Heading 1", *["List Bullet"] * 2, "List Number", "Quote", "List Number"]
    numbers = [
        paragraph._p.pPr.numPr for paragraph in made.paragraphs if paragraph.style.name.startswith("List")
    ]
    assert [number.ilvl.val for number in numbers] == [0, 1, 0, 0]
    assert numbers[2].numId.val != numbers[3].numId.val
    starts = made.part.numbering_part.element.findall(f".//{qn('w:startOverride')}")
    assert [start.get(qn("w:val")) for start in starts][::3] == ["3", "1"]


def test_the_header_of_a_table_is_repeated_and_its_rows_stay_whole() -> None:
    table = Table(
        ("Ref", "State"), ((words("FU-1"), words("Overdue")), (words("FU-2"),)), (20, 80), (("", "red"),)
    )
    found = written(Document("T", (table,))).tables[0]
    assert found._tbl.findall(f".//{qn('w:tblHeader')}")[0].getparent().getparent() is found.rows[0]._tr
    assert all(row._tr.find(f".//{qn('w:cantSplit')}") is not None for row in found.rows)
    assert [cell.text for cell in found.rows[1].cells] == ["FU-1", "■ Overdue"]
    assert [cell.text for cell in found.rows[2].cells] == ["FU-2", ""]
    assert "FCE4E2" in found.rows[1].cells[1]._tc.xml


def test_a_rag_without_words_says_its_name() -> None:
    assert Span("", tone="amber").shown == "▲ Amber"
    assert Span("late", tone="no rag").shown == "late"


# ---- Markdown


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        '<img src="http://x.example/p.png" onerror=x>',
        "[go](javascript:alert(1))",
        "[go](file:///etc/passwd)",
        "[go](data:text/html,x)",
        "<vbscript:x>",
        "[n]: http://x.example",
        ">" * 5_000 + " deep",
        "- " * 400 + "deep",
        "[" * 5_000,
        "*a _b " * 500,
    ],
)
def test_hostile_markdown_is_text(hostile: str) -> None:
    blocks = markdown.blocks(f"before\n\n{hostile}\n\nafter")
    shown = "".join(texts(blocks))
    assert re.sub(r"\s", "", shown) == re.sub(r"\s", "", f"before{hostile}after")
    set_as = html.body(blocks)
    assert not re.search(r"<(script|img|a )", set_as)
    assert written(Document("T", blocks)).paragraphs[1].text == "before"


def test_a_picture_is_its_words() -> None:
    (paragraph,) = markdown.blocks("![a map](https://x.example/m.png) ![](https://x.example/n.png)")
    assert isinstance(paragraph, Paragraph)
    assert [span.text for span in paragraph.spans] == ["a map", " ", "https://x.example/n.png"]
    assert "<img" not in html.body((paragraph,))


def test_links_lead_to_the_web_or_a_mailbox() -> None:
    made = written(Document("T", markdown.blocks("[a](https://x.example/?q=1&r=2) <mailto:a@x.example>")))
    targets = [each.address for each in made.paragraphs[-1].hyperlinks]
    assert targets == ["https://x.example/?q=1&r=2", "mailto:a@x.example"]
    unsafe = written(Document("T", (Paragraph((Span("x", link="file:///etc/passwd"),)),)))
    assert unsafe.paragraphs[-1].hyperlinks == []
    assert [address(link) for link in ("http://[", "HTTPS://x", "http://x y", "")] == [
        "",
        "HTTPS://x",
        "",
        "",
    ]


def test_what_markdown_says_is_kept() -> None:
    blocks = markdown.blocks("# T\nline\n**b** *i*\n\n---\n\n```\ncode <x>\n```\n7. n\n\n> # q\n> w", 1)
    assert blocks == (
        Heading("T", 2),
        Paragraph((Span("line\n"), Span("b", bold=True), Span(" "), Span("i", italic=True))),
        Rule(),
        Paragraph((Span("code <x>"),)),
        Numbered(((Paragraph((Span("n"),)),),), 7),
        Heading("q", 2),
        Quote((Span("w"),)),
    )


@given(st.text(max_size=200))
def test_any_markdown_can_be_written(text: str) -> None:
    blocks = markdown.blocks(text)
    html.body(blocks)
    written(Document("T", blocks))


# ---- where it goes


def test_a_document_takes_its_place_whole(tmp_path: Path) -> None:
    path = tmp_path / "Brief.docx"
    saved = save(Document("T\x07", marking="Internal"), path)
    assert (saved.path, saved.marking) == (path, "Internal")
    assert saved.told == ["1 control character was taken out."]
    assert docx.Document(str(path)).paragraphs[0].text == "T"
    assert [each.name for each in tmp_path.iterdir()] == ["Brief.docx"]
    with pytest.raises(ExportError, match="exists already"):
        save(Document("U"), path)
    save(Document("U"), path, replace=True)
    assert docx.Document(str(path)).paragraphs[0].text == "U"


def test_what_fails_leaves_what_stood_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "Brief.docx"
    path.write_bytes(b"old")

    def half(_document: Document, file: BinaryIO) -> None:
        file.write(b"half")
        raise ValueError("secret")

    monkeypatch.setattr(word, "write", half)
    with pytest.raises(ExportError, match="could not be made") as told:
        save(Document("T"), path, replace=True)
    assert "secret" not in str(told.value)
    assert [(each.name, each.read_bytes()) for each in tmp_path.iterdir()] == [("Brief.docx", b"old")]


def test_a_pdf_is_written_by_whoever_can(tmp_path: Path) -> None:
    def printer(document: Document, path: Path) -> None:
        path.write_bytes(document.title.encode())

    def breaks(document: Document, path: Path) -> None:
        path.write_bytes(b"half")
        raise OSError(28, "No space left on device")

    path = tmp_path / "Brief.PDF"
    with pytest.raises(ExportError, match="No PDF can be made here"):
        save(Document("T"), path)
    with pytest.raises(ExportError, match="no room left"):
        save(Document("T"), path, printer=breaks)
    assert list(tmp_path.iterdir()) == []
    assert save(Document("T"), path, printer=printer).path.read_bytes() == b"T"


def test_a_name_says_what_it_is(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match=r"\.docx"):
        save(Document("T"), tmp_path / "Brief.doc")
    assert (
        suggested_name("Brief", "大使館/..", "2026-11-21", suffix=".pdf")
        == "Juntos_Brief_大使館_2026-11-21.pdf"
    )
    assert len(suggested_name("Dossier", "館" * 80, "国" * 80).encode()) <= 255

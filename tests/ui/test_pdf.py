"""Documents as PDF, and Markdown on the screen."""

from __future__ import annotations

import re
import subprocess
import sys
import unicodedata
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt, QThreadPool
from PySide6.QtGui import QAccessible, QDesktopServices, QInputMethodEvent, QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from desktop.export.documents import markdown
from desktop.export.documents.content import (
    Bullets,
    Document,
    Facts,
    Heading,
    Numbered,
    Paragraph,
    Properties,
    Quote,
    Table,
    words,
)
from desktop.ui import theme
from desktop.ui.pdf import pdf, print_pdf
from desktop.ui.widgets.markdown import MarkdownEdit, MarkdownView

LETTERS = st.text(
    st.sampled_from("abcXYZ09 <>&\"'=+-@()[]{}%éñçã大使館会議録あいアイ"), min_size=1, max_size=30
)


@pytest.fixture(autouse=True)
def light(qapp: QApplication) -> None:
    theme.apply(qapp, "light")


def pages(data: bytes) -> list[str]:
    """The text of each page, without spaces, in one form of each character."""
    with pypdfium2.PdfDocument(data) as opened:
        found = [opened[number].get_textpage().get_text_range() for number in range(len(opened))]
    return [bare(text) for text in found]


def bare(text: str) -> str:
    # A line that ends in a hyphen is joined by the reader with U+FFFE.
    return re.sub(r"[\s\ufffe\u0002-]", "", unicodedata.normalize("NFKC", text))


def long_table(rows: int) -> Table:
    row = words("Send the list of suppliers that we hold to be trusted, and ask when the tender opens. " * 2)
    return Table(
        ("Ref", "Follow-up", "State"),
        tuple((words(f"FU{number:03}"), row, words("Overdue")) for number in range(rows)),
        (15, 65, 20),
        (("", "", "red"),) * rows,
    )


# ---- pages


def test_every_page_is_marked_and_numbered() -> None:
    document = Document(
        "Dossier", (long_table(110),), marking="取扱注意 Restricted", as_of="As of 21 November"
    )
    found = pages(pdf(document))
    assert len(found) >= 5
    for number, text in enumerate(found, 1):
        assert text.count(bare("取扱注意 Restricted")) == 2
        assert bare(f"Page {number} of {len(found)}") in text
        assert bare("Dossier · As of 21 November") in text
        assert bare("Ref Follow-up State") in text, "the header of the table"


def test_no_row_is_cut_and_none_is_lost() -> None:
    found = pages(pdf(Document("Dossier", (Heading("Open"), long_table(60)))))
    whole = "".join(found)
    assert [whole.count(f"FU{number:03}") for number in range(60)] == [1] * 60
    for text in found:
        assert (
            text.count("FU")
            == text.count(bare("and ask when the tender opens.")) / 2
            == text.count("Overdue")
        )


def test_a_row_higher_than_a_page_is_told_whole() -> None:
    tall = words("\n".join(f"line {number}." for number in range(150)))
    table = Table(
        ("A", "B"), ((words("first"), words("x")), (words("tall"), tall), (words("last"), words("y")))
    )
    whole = "".join(pages(pdf(Document("T", (table,)))))
    assert all(f"line{number}." in whole for number in range(150))
    assert "last" in whole


def test_a_heading_stays_with_its_text() -> None:
    for lines in range(38, 52):
        filling = tuple(Paragraph(words("Filling")) for _ in range(lines))
        found = pages(pdf(Document("T", (*filling, Heading("Heading"), Paragraph(words("Its text."))))))
        assert any("HeadingItstext." in text for text in found)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(LETTERS, min_size=10, max_size=10))
def test_any_text_in_any_block_is_read_back_from_a_pdf(given_texts: list[str]) -> None:
    a, b, c, d, e, f, g, h, i, j = given_texts
    blocks = (
        Heading(a), Paragraph(words(b)), Bullets((words(c), words(d))), Numbered((words(e),)),
        Facts(((f, words(g)),)), Table((h,), ((words(i),),)), Quote(words(j)),
    )  # fmt: skip
    (found,) = pages(pdf(Document("T", blocks)))
    for text in given_texts:
        assert bare(text) in found


def test_the_file_is_a4_titled_and_brings_its_fonts(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    print_pdf(Document("Minutes 会議", (Paragraph(words("大使館")),), properties=Properties("Embassy")), path)
    with pypdfium2.PdfDocument(path) as opened:
        assert [round(side) for side in opened[0].get_size()] == [595, 842]
        said = opened.get_metadata_dict()
    assert (said["Title"], said["Author"], said["Creator"]) == ("Minutes 会議", "Embassy", "Juntos")
    assert b"/FontFile" in path.read_bytes()


def test_a_worker_may_draw_it(qapp: QApplication) -> None:
    made: list[bytes] = []
    pool = QThreadPool()
    pool.start(lambda: made.append(pdf(Document("T", (long_table(30),)))))
    assert pool.waitForDone(30_000)
    assert "FU029" in "".join(pages(made[0]))


def test_the_command_line_prints_without_a_window(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from desktop.__main__ import _print;"
        "from desktop.export.documents.content import Document;"
        "from desktop.export.documents.saving import save;"
        "assert 'PySide6' not in sys.modules;"
        f"save(Document('Minutes'), Path({str(tmp_path / 'a.pdf')!r}), printer=_print)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Minutes" in pages((tmp_path / "a.pdf").read_bytes())[0]


# ---- Markdown on the screen


@pytest.fixture
def field(qtbot):
    """A Markdown field between two others, in an active window."""
    window = QWidget()
    layout = QVBoxLayout(window)
    before, edit, after = QLineEdit(), MarkdownEdit(), QLineEdit()
    for widget in (before, edit, after):
        layout.addWidget(widget)
    layout.addStretch()
    edit.set_name("Notes")
    edit.set_value("**bold** text")
    qtbot.addWidget(window)
    window.resize(500, 400)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    before.setFocus()
    edit.before, edit.after, edit.window_ = before, after, window
    return edit


def test_it_is_formatted_until_one_writes(field, qtbot) -> None:
    assert field.view.isVisible()
    assert field.view.toPlainText() == "bold text"
    QTest.keyClick(field.before, Qt.Key.Key_Tab)
    qtbot.waitUntil(field.is_editing)
    assert field.input.toPlainText() == "**bold** text"
    QTest.keyClick(field.input, Qt.Key.Key_End)
    QTest.keyClicks(field.input, " more")
    with qtbot.waitSignal(field.committed):
        QTest.keyClick(field.input, Qt.Key.Key_Tab)
    assert field.after.hasFocus()
    assert field.value() == "**bold** text more"
    assert field.view.toPlainText() == "bold text more"
    QTest.keyClick(field.after, Qt.Key.Key_Backtab)
    qtbot.waitUntil(field.is_editing)
    QTest.keyClick(field.input, Qt.Key.Key_Backtab)
    assert field.before.hasFocus()


def test_a_click_begins_and_escape_takes_back(field, qtbot) -> None:
    QTest.mouseClick(field.view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(200, 8))
    qtbot.waitUntil(field.is_editing)
    QTest.keyClicks(field.input, "x")
    assert field.is_typed()
    with qtbot.assertNotEmitted(field.committed):
        QTest.keyClick(field.input, Qt.Key.Key_Escape)
        assert (field.value(), field.is_editing()) == ("**bold** text", True)
        field.after.setFocus()
        qtbot.waitUntil(field.view.isVisible)


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_F2])
def test_enter_and_f2_begin(field, qtbot, key) -> None:
    field.view.setFocus(Qt.FocusReason.OtherFocusReason)
    QTest.keyClick(field.view, key)
    qtbot.waitUntil(field.is_editing)
    assert field.value() == "**bold** text", "the key that begins writes nothing"


def test_an_empty_field_is_open_and_takes_japanese(field, qtbot) -> None:
    field.set_value("")
    assert field.input.isVisible()
    field.input.setFocus()
    composed = QInputMethodEvent("かいぎ", [])
    QApplication.sendEvent(field.input, composed)
    assert field.value() == ""
    confirmed = QInputMethodEvent("", [])
    confirmed.setCommitString("会議")
    QApplication.sendEvent(field.input, confirmed)
    assert field.value() == "会議"


def test_read_only_shows_and_does_not_open(field, qtbot) -> None:
    field.set_read_only(True)
    field.edit()
    assert field.view.isVisible()
    assert not field.is_editing()


def test_a_screen_reader_hears_its_name(field) -> None:
    for part in (field.view, field.input):
        assert QAccessible.queryAccessibleInterface(part).text(QAccessible.Text.Name) == "Notes"


def test_it_is_as_high_as_its_text(field, qtbot) -> None:
    low = field.height()
    field.set_value("\n\n".join(["A paragraph of some length that wraps. " * 4] * 6))
    qtbot.waitUntil(lambda: field.height() > 3 * low)
    assert field.view.document().size().height() <= field.view.viewport().height() + 1


def test_nothing_is_loaded_and_links_are_few(qtbot, monkeypatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toString()))
    view = MarkdownView()
    qtbot.addWidget(view)
    view.set_text(
        "![p](https://x.example/p.png) <img src='file:///etc/passwd'> [f](file:///etc/passwd) [w](https://x.example)"
    )
    assert view.document().resource(QTextDocument.ResourceType.ImageResource, "file:///etc/passwd") == b""
    assert "￼" not in view.toPlainText()
    assert "[f](file:///etc/passwd)" in view.toPlainText()
    for link in ("https://x.example", "file:///etc/passwd", "javascript:x"):
        view.anchorClicked.emit(link)
        assert view.asked.informativeText() == link
        view.asked.buttons()[0].click()
    assert opened == ["https://x.example"]


def test_colours_follow_the_scheme(qapp, qtbot) -> None:
    view = MarkdownView()
    qtbot.addWidget(view)
    view.set_text("# Heading\n\n[w](https://x.example)")
    light = view.toHtml()
    theme.apply(qapp, "dark")
    assert view.toHtml() != light
    assert theme.current().accent.lower() in view.toHtml().lower()


def test_screen_and_paper_say_the_same(qtbot) -> None:
    view = MarkdownView()
    qtbot.addWidget(view)
    text = "# Topic\n\nfirst\nsecond\n\n- a\n- b\n\n<b>raw</b>"
    view.set_text(text)
    assert bare(view.toPlainText()) in pages(pdf(Document("T", markdown.blocks(text))))[0].replace(
        "•", ""
    ).replace("◦", "")

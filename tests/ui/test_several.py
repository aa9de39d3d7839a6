"""Several records at once: changed in a dialog, pasted from a spreadsheet, printed as one sees them."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtPrintSupport import QPrinter, QPrintPreviewDialog
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.export.documents import listing
from desktop.export.documents.content import Heading, Table, texts, words
from desktop.export.documents.word import write as write_word
from desktop.export.request import Request
from desktop.model import Extension, FollowUp, Invalid, Operation, Person, Recommendation
from desktop.service import links, query, records
from desktop.service.query import Condition, Order, Query
from desktop.ui import printing, stretches
from desktop.ui.context import Context
from desktop.ui.dialogs.editmany import EditManyDialog
from desktop.ui.dialogs.listdocument import ListDocumentDialog
from desktop.ui.dialogs.paste import PasteDialog
from desktop.ui.layingout import LayingOut
from desktop.ui.pdf import Sheets, pdf
from desktop.ui.window import MainWindow


@pytest.fixture
def window(context: Context, qtbot: QtBot) -> Iterator[MainWindow]:
    """The window on its follow-ups, all of them shown."""
    context.settings.last_page = "follow_up"
    made = MainWindow(context)
    made.show()
    qtbot.waitExposed(made)
    made.page.clear_filters()
    yield made
    made.blockSignals(True)
    made.close()
    made.deleteLater()


# ---- change several


def changing(window: MainWindow) -> EditManyDialog:
    window.page.table.selectAll()
    window.commands.run("edit_many")
    return window.findChild(EditManyDialog)


def test_several_records_change_in_one_operation(window: MainWindow, context: Context) -> None:
    mori = Person.get(Person.name == "Mori Aya")
    before = Operation.select().count()
    dialog = changing(window)
    assert dialog.count.text() == "3 follow-ups"
    assert dialog.lines[0].name == "owner"
    dialog.lines[0].editor.set_value(mori.id)
    line = dialog._add("priority")
    line.editor.set_value("low")
    dialog._look()
    assert dialog.preview.text() == "3 of 3 will change."
    dialog.accept()
    assert {(each.owner_id, each.priority) for each in FollowUp.select()} == {(mori.id, "low")}
    assert Operation.select().count() == before + 1
    window.commands.run("undo")
    assert FollowUp.select().where(FollowUp.owner == mori.id).count() == 0


def test_the_preview_counts_those_that_differ(window: MainWindow) -> None:
    dialog = changing(window)
    line = dialog._add("priority")
    dialog._remove(dialog.lines[0])
    line.editor.set_value("low")
    assert dialog.concerned() == 2
    line.combo.setCurrentIndex(line.combo.findData("countries"))
    line.editor.set_value(frozenset({"CL"}))
    assert dialog.concerned() == FollowUp.select().count() - sum(
        FollowUp.countries.read(each.id) == {"CL"} for each in FollowUp.select()
    )
    line.combo.setCurrentIndex(line.combo.findData("detail"))
    dialog._look()
    assert dialog.preview.text() == "0 of 3 will change."
    line.combo.setCurrentIndex(line.combo.findData("countries"))
    dialog._look()
    assert "Emptied: Countries." in dialog.preview.text()
    dialog.reject()


def test_a_moved_date_asks_why(window: MainWindow) -> None:
    dialog = changing(window)
    line = dialog._add("due_on")
    dialog._remove(dialog.lines[0])
    assert dialog.moving.isVisible()
    line.editor.set_value("2027-01-15")
    dialog.accept()
    assert dialog.isVisible()
    assert Extension.select().count() == 0
    dialog.moving.at("reason").set_value("Holidays")
    dialog.accept()
    assert {each.due_on for each in FollowUp.select()} == {"2027-01-15"}
    assert {each.reason for each in Extension.select()} == {"Holidays"}


def test_closing_asks_what_came_of_it(window: MainWindow) -> None:
    dialog = changing(window)
    line = dialog.lines[0]
    line.combo.setCurrentIndex(line.combo.findData("status"))
    line.editor.set_value("done")
    line.changed.emit()
    assert [each.name for each in dialog.lines] == ["status", "outcome"]
    dialog.accept()
    assert dialog.isVisible()
    assert FollowUp.select().where(FollowUp.status == "done").count() == 0
    dialog.lines[1].editor.set_value("All settled at the lunch.")
    dialog.accept()
    assert {(each.status, each.outcome) for each in FollowUp.select()} == {
        ("done", "All settled at the lunch.")
    }


def test_what_cannot_be_names_the_record_and_changes_nothing(window: MainWindow, context: Context) -> None:
    records.change(
        context.workspace, FollowUp.get(FollowUp.title == "Come back on terms"), {"priority": "high"}
    )
    dialog = changing(window)
    line = dialog.lines[0]
    line.combo.setCurrentIndex(line.combo.findData("status"))
    line.editor.set_value("done")
    line.changed.emit()
    dialog.lines[1].editor.set_value("Done")
    dialog.accept()
    assert "FU-2026-002: It is of high priority" in dialog.messages.text()
    assert FollowUp.select().where(FollowUp.status == "done").count() == 0
    dialog.reject()


# ---- paste


def pasting(window: MainWindow, text: str) -> PasteDialog | None:
    QGuiApplication.clipboard().setText(text)
    window.commands.run("paste")
    return window.findChild(PasteDialog)


def test_what_was_copied_here_changes_nothing_here(window: MainWindow) -> None:
    window.page.table.selectAll()
    window.commands.run("copy")
    dialog = pasting(window, QApplication.clipboard().text())
    assert dialog is not None
    assert [dialog.table.item(row, 1).text() for row in range(3)] == ["Nothing changes"] * 3
    assert not dialog.act_button.isEnabled()
    dialog.reject()


def test_rows_are_pasted_after_a_preview(window: MainWindow, context: Context) -> None:
    text = (
        "Ref\tFollow-up\tDue\r\n\tWrite a note\t2026-12-01\r\n"
        "FU-2026-001\tSend the longer list\t\r\n\tBad\tsoonish\r\n"
    )
    dialog = pasting(window, text)
    assert dialog is not None
    assert [dialog.table.item(row, 1).text() for row in range(3)] == ["New", "Changes 1 field", "Error"]
    assert "Row 4, Due" in dialog.problems.text()
    assert not dialog.act_button.isEnabled()
    dialog.without_bad.setChecked(True)
    dialog.accept()
    assert FollowUp.get(FollowUp.title == "Write a note").due_on == "2026-12-01"
    assert links.find("FU-2026-001").title == "Send the longer list"
    assert FollowUp.get_or_none(FollowUp.title == "Bad") is None
    window.commands.run("undo")
    assert FollowUp.get_or_none(FollowUp.title == "Write a note") is None
    assert links.find("FU-2026-001").title == "Send the list of suppliers"


def test_a_pasted_date_that_moves_asks_why(window: MainWindow) -> None:
    dialog = pasting(window, "Ref\tDue\r\nFU-2026-001\t2027-02-01\r\n")
    assert dialog is not None
    assert dialog.reasons.isVisible()
    dialog.accept()
    assert dialog.isVisible()
    dialog.reasons.at("reason").set_value("Holidays")
    dialog.accept()
    assert links.find("FU-2026-001").due_on == "2027-02-01"


def test_what_is_no_table_is_told(window: MainWindow, context: Context) -> None:
    assert pasting(window, "") is None
    assert "no table" in context.told[0]


# ---- print


def pages(content: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(content)
    found = [page.get_textpage().get_text_range() for page in document]
    document.close()
    return found


def test_a_list_is_printed_as_one_sees_it(context: Context) -> None:
    asked = Query(
        FollowUp,
        ("ref", "title", "rag"),
        where=(Condition("priority", "not", ("high",)),),
        order=(Order("title"),),
        group="direction",
    )
    request = Request(marking="For the desk")
    document = listing.listing(context.workspace, asked, "Mine", request, listing.narrowed(asked))
    headings = [block.text for block in document.blocks if isinstance(block, Heading)]
    assert headings == ["Owed by us (2)", "Owed by the partner (1)"]
    tables = [block for block in document.blocks if isinstance(block, Table)]
    printed = ["".join(span.text for span in row[1]) for table in tables for row in table.rows]
    assert printed == [row[2] for row in query.each(context.workspace, asked)]
    assert "Priority: not High" in document.subtitle
    assert "As of 21 Nov 2026" in document.subtitle
    assert any("red" in tones for table in tables for tones in table.tones)
    text = pages(pdf(document))
    assert len(text) == 1
    assert text[0].count("For the desk") == 2
    assert "Page 1 of 1" in text[0]
    file = io.BytesIO()
    write_word(document, file)
    assert file.getvalue()


def test_every_page_repeats_the_headers_and_the_marking(context: Context) -> None:
    for number in range(90):
        records.add(context.workspace, FollowUp, {"title": f"Number {number}"})
    asked = Query(FollowUp, ("ref", "title", "due_on", "status"), order=(Order("title"),))
    text = pages(pdf(listing.listing(context.workspace, asked, "All", Request(marking="Internal"))))
    assert len(text) > 2
    for number, page in enumerate(text, 1):
        assert "Follow-up" in page
        assert page.count("Internal") == 2
        assert f"Page {number} of {len(text)}" in page
        assert "As of 21 Nov 2026" in page


def test_a_long_list_is_cut_and_says_so(context: Context) -> None:
    document = listing.listing(context.workspace, Query(FollowUp, ("title",)), "All", Request(), most=2)
    assert "These are the first 2 of 3." in list(texts(document))


def test_a_record_is_printed_with_its_links(context: Context) -> None:
    record = Recommendation.find("WC-2024-1A")
    said = " ".join(texts(listing.record(context.workspace, record, Request(marking="Internal"))))
    for wanted in ("Finance trusted submarine cables together", "Humboldt cable", "Sato Kenji", "Chile"):
        assert wanted in said


def test_the_preview_draws_on_any_printer(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    window.commands.run("print")
    dialog = shown(window, qtbot)
    assert "Follow-ups" in dialog.windowTitle()
    document = listing.listing(
        window.context.workspace, window.page.current_query(), "List", printing.request_of(window.context)
    )
    dialog.close()
    sheets = Sheets(document, QPrinter(QPrinter.PrinterMode.HighResolution))
    for resolution in (300, 1200):
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setResolution(resolution)
        printer.setOutputFileName(str(tmp_path / f"{resolution}.pdf"))
        printing.Printout(window, window.context, sheets).paint(printer)
        assert len(pages((tmp_path / f"{resolution}.pdf").read_bytes())) == 1
    qtbot.waitUntil(lambda: window.page.table.selectRow(0) or bool(window.selected()))  # once it has rows
    window.commands.run("print_record")
    again = shown(window, qtbot)
    assert "FU-2026" in again.windowTitle()
    again.close()


def shown(window: MainWindow, qtbot: QtBot) -> QPrintPreviewDialog:
    """The preview, once its pages are laid out."""

    def open_now() -> list[QPrintPreviewDialog]:
        return [each for each in window.findChildren(QPrintPreviewDialog) if each.isVisible()]

    qtbot.waitUntil(lambda: len(open_now()) == 1, timeout=20_000)
    return open_now()[0]


def long_list(context: Context, count: int) -> None:
    with context.workspace.operation("Many") as writing:
        for number in range(count):
            writing.create(FollowUp, {"title": f"Number {number}"})


def test_a_long_list_is_laid_out_by_a_worker_while_the_window_goes_on(
    window: MainWindow, context: Context, qtbot: QtBot, tmp_path: Path
) -> None:
    long_list(context, 600)
    qtbot.waitUntil(lambda: window.page.model.rowCount() > 600)
    window.commands.run("print")
    (work,) = window.findChildren(LayingOut)
    assert window.findChildren(QPrintPreviewDialog) == []  # the command is done, the work is not
    qtbot.waitUntil(work.isVisible, timeout=20_000)
    assert work.labelText() == "“Follow-ups” is being laid out on pages."
    window.commands.run("print")
    assert window.findChildren(LayingOut) == [work]
    dialog: Any = shown(window, qtbot)
    assert window.findChildren(LayingOut) == []
    printer = dialog.printer_kept
    printer.setOutputFileName(str(tmp_path / "long.pdf"))
    dialog.paintRequested.emit(printer)
    text = pages((tmp_path / "long.pdf").read_bytes())
    assert "Number 599" in "".join(text)
    assert f"Page 1 of {len(text)}" in text[0]
    dialog.close()


def test_the_stretches_of_a_long_list_follow_as_one(context: Context) -> None:
    long_list(context, 400)
    asked = Query(FollowUp, ("ref", "title"), order=(Order("ref"),))
    text = pages(pdf(listing.listing(context.workspace, asked, "All", Request(marking="Internal"))))
    found = [re.findall(r"FU-2026-\d+", page) for page in text]
    assert [ref for each in found for ref in each] == [row[1] for row in query.each(context.workspace, asked)]
    counts = [len(each) for each in found]
    assert max(counts[1:-1]) - min(counts[1:-1]) <= 1  # no page but the last ends early
    for number, page in enumerate(text, 1):
        assert f"Page {number} of {len(text)}" in page


def test_a_stretch_keeps_a_heading_with_what_is_under_it() -> None:
    table = Table(("A",), tuple((words(str(n)),) for n in range(10)), (), tuple(("red",) for _n in range(10)))
    blocks = [Heading("One", 2), table, Heading("Two", 2), table]
    first, rest = stretches.stretch(blocks, 11)
    assert first == blocks[:2]
    assert rest == blocks[2:]
    first, rest = stretches.stretch(blocks, 8)
    assert [len(each.rows) for each in (first[1], rest[0])] == [7, 3]
    assert stretches.joined(first[1], rest) == [table, *blocks[2:]]
    assert stretches.joined(None, rest) == rest
    assert stretches.stretch(blocks, 99) == (blocks, [])


def test_laying_out_can_be_cancelled(window: MainWindow, context: Context, qtbot: QtBot) -> None:
    long_list(context, 600)
    window.commands.run("print")
    (work,) = window.findChildren(LayingOut)
    qtbot.waitUntil(work.isActiveWindow, timeout=20_000)
    QTest.keyClick(work, Qt.Key.Key_Escape)
    assert window.findChildren(LayingOut) == []
    context._pool.waitForDone()
    qtbot.wait(50)
    assert window.findChildren(QPrintPreviewDialog) == []
    assert context.told == []


def test_what_goes_wrong_while_it_is_laid_out_is_told(
    window: MainWindow, context: Context, qtbot: QtBot
) -> None:
    def compose() -> Any:
        raise Invalid("There is no paper.")

    printing.show(window, "Mine", compose)
    qtbot.waitUntil(lambda: context.told == ["There is no paper."])
    assert window.findChildren(LayingOut) == []


def test_the_list_is_saved_as_a_document(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    window.commands.run("list_document")
    dialog = window.findChild(ListDocumentDialog)
    assert dialog.kind.currentData() == ".pdf"
    path = tmp_path / "list.pdf"
    dialog.file.line.setText(str(path))
    with qtbot.waitSignal(window.context.said, timeout=20_000):
        dialog.accept()
    (page,) = pages(path.read_bytes())
    assert "Send the list of suppliers" in page
    assert "Internal" in page, "the marking that nobody changed stands there too"

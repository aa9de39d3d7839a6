"""The reader: what is selected becomes a record, one click leads back to it, a newer edition says what it lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QLineEdit, QListWidget
from pytestqt.qtbot import QtBot

from desktop.export.passages import reading
from desktop.model import Meeting, Quote, Recommendation, Source
from desktop.service import links, passages, records, undo
from desktop.service.quoting import Part, SourceText
from desktop.service.workspace import Workspace
from desktop.ui import theme
from desktop.ui.context import Context
from desktop.ui.passages import opening
from desktop.ui.passages.making import MakeDialog, TieDialog
from desktop.ui.passages.offsets import Offsets
from desktop.ui.passages.reader import ReaderWindow
from desktop.ui.record.pane import RecordPane

TEXT = """1. Digital connectivity

The region needs more cables. Both governments should name one agency that leads. It reports once a year.

A second paragraph tells of ports, which is another matter, and of Perú.

2. 海底ケーブル

両国政府は海底ケーブルの陸揚げ局に共同で融資すべきである。𠮷野局長が担当する。次の会合は秋に開かれる。
"""
LEAD = "Both governments should name one agency that leads."
NEWER = TEXT.replace(f" {LEAD}", "").replace("another matter", "quite another matter")


@pytest.fixture
def source(workspace: Workspace) -> Any:
    return Source.get()


@pytest.fixture
def taken(workspace: Workspace, source: Any, tmp_path: Path) -> Any:
    """The text of the source, taken in."""
    path = tmp_path / "report.txt"
    path.write_text(TEXT, "utf-8")
    return passages.take_in(workspace, source, path.name, reading.read(path)).edition


@pytest.fixture
def pane(context: Context, qtbot: QtBot) -> Iterator[RecordPane]:
    made = RecordPane(context)
    made.resize(420, 760)
    made.show()
    yield made
    for window in made.findChildren(ReaderWindow):
        window.close()
    made.close()
    made.deleteLater()
    QApplication.processEvents()


@pytest.fixture
def reader(context: Context, pane: RecordPane, taken: Any, source: Any, qtbot: QtBot) -> ReaderWindow:
    window = opening.open_text(context, pane, source)
    qtbot.waitUntil(window.isActiveWindow)
    return window


def place_of(words: str, edition: Any) -> tuple[int, int]:
    start = passages.text_of(edition).text.index(words)
    return start, start + len(words)


def selected_words(reader: ReaderWindow) -> str:
    return reader.page.text.text[slice(*reader.page.selected())]


def dialog_of(reader: ReaderWindow, kind: type[Any]) -> Any:
    return next(each for each in reader.findChildren(kind) if each.isVisible())


# ---- selecting


@given(st.text(alphabet="aé海𠮷😀\n", max_size=30))
def test_places_are_those_of_utf_16_and_back(text: str) -> None:
    offsets = Offsets(text)
    for place in range(len(text) + 1):
        in_qt = len(text[:place].encode("utf-16-le")) // 2
        assert offsets.to_qt(place) == in_qt
        assert offsets.from_qt(in_qt) == place


def test_the_document_holds_the_text_character_by_character(reader: ReaderWindow) -> None:
    text = reader.page.text.text
    shown = reader.page.document().toPlainText()
    assert shown == text
    assert reader.page.document().characterCount() - 1 == len(text.encode("utf-16-le")) // 2


def test_no_line_is_wider_than_its_column(reader: ReaderWindow, qtbot: QtBot) -> None:
    for width in (reader.width(), 700, 1300):
        reader.resize(width, 720)
        QApplication.processEvents()
        assert reader.page.document().textWidth() == reader.page.viewport().width()
        margin = reader.page.margin.geometry()
        assert margin.right() < reader.page.viewport().x()
        assert margin.left() >= 0


def test_a_passage_is_selected_by_the_keyboard_and_widened(
    reader: ReaderWindow, taken: Any, qtbot: QtBot
) -> None:
    start, _end = place_of("governments should", taken)
    reader.page.select(start, start)
    for _key in range(len("governments")):
        qtbot.keyClick(reader.page, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert selected_words(reader) == "governments"
    assert reader.bar.place.text() == "1, paragraph 1"
    qtbot.keyClick(
        reader.page, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    assert selected_words(reader) == LEAD
    assert LEAD in reader.bar.words.text()


def test_japanese_and_what_stands_beyond_the_first_plane(
    reader: ReaderWindow, taken: Any, qtbot: QtBot
) -> None:
    start, end = place_of("担当", taken)
    reader.page.select(start, end)
    assert selected_words(reader) == "担当"
    assert reader.page.textCursor().selectedText() == "担当"
    reader.widen()
    assert selected_words(reader) == "𠮷野局長が担当する。"
    assert reader.page.textCursor().selectedText() == "𠮷野局長が担当する。"
    qtbot.keyClick(reader.page, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert selected_words(reader) == "𠮷野局長が担当する"


def test_without_a_passage_nothing_is_made(reader: ReaderWindow) -> None:
    reader.page.select(3, 3)
    widen, *others = reader.bar.buttons
    assert widen.isEnabled()
    assert not any(button.isEnabled() for button in others)
    reader.page.select(3, 9)
    assert all(button.isEnabled() for button in others)


# ---- making


def test_an_ask_is_made_from_a_passage_and_one_click_leads_back(
    reader: ReaderWindow, pane: RecordPane, taken: Any, qtbot: QtBot
) -> None:
    heading = links.find("WC-2024-1")
    passages.quote(reader.context.workspace, heading, taken, *place_of("1. Digital connectivity", taken))
    place = place_of(LEAD, taken)
    reader.page.select(*place)
    qtbot.keyClick(
        reader.page, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    dialog = dialog_of(reader, MakeDialog)
    assert dialog.main.at("title").value() == LEAD.rstrip(".")
    assert dialog.main.at("parent").value() == heading.id
    assert dialog.words.text() == f"“{LEAD}”"
    dialog.accept()
    made = Recommendation.get(Recommendation.title == LEAD.rstrip("."))
    assert (made.level, made.section, made.paragraph) == ("ask", "1", "1")
    qtbot.waitUntil(lambda: len(reader.page.marks) == 2)
    assert [row.button.summary.ref for row in reader.bar.rows()] == [made.ref]
    assert reader.messages.text() == f"{made.ref} was added."
    reader.page.read_at(0)
    pane.show_record(made)
    view = pane.view()
    assert view is not None
    (card,) = view.form.passages.cards()
    assert card.quote.quote == LEAD
    (step,) = view.trail.buttons()
    for lead in (lambda: qtbot.keyClick(step, Qt.Key.Key_Return), card.open.click):
        reader.page.select(0, 0)
        lead()
        assert reader.page.selected() == place
    assert reader.page.extraSelections()[-1].cursor.selectedText() == LEAD
    undo.undo(reader.context.workspace)
    qtbot.waitUntil(lambda: len(reader.page.marks) == 1)


def test_a_record_that_is_there_is_tied_and_what_it_says_stays_unless_asked(
    reader: ReaderWindow, taken: Any, qtbot: QtBot
) -> None:
    cables = links.find("WC-2024-1A")
    reader.page.select(*place_of(LEAD, taken))
    reader.tie()
    dialog = dialog_of(reader, TieDialog)
    dialog.accept()
    assert dialog.messages.text() == "Choose the record that comes from this passage."
    dialog.line.set_record(cables)
    dialog.line.picked.emit()
    assert dialog.replace.isVisible()
    assert "paragraph 3–4" in dialog.replace.text()
    dialog.accept()
    assert links.find("WC-2024-1A").paragraph == "3–4"
    (quote,) = passages.of(cables)
    reader.tie()
    dialog = dialog_of(reader, TieDialog)
    dialog.line.set_record(cables)
    dialog.accept()
    assert dialog.messages.text() == "WC-2024-1A comes from this passage already."
    dialog.reject()
    reader.remove(quote)
    assert Quote.select().count() == 0
    reader.tie()
    dialog = dialog_of(reader, TieDialog)
    dialog.line.set_record(cables)
    dialog.line.picked.emit()
    dialog.replace.setChecked(True)
    dialog.accept()
    assert (links.find("WC-2024-1A").section, links.find("WC-2024-1A").paragraph) == (
        "1",
        "1",
    )


def test_a_meeting_comes_from_a_passage_too(reader: ReaderWindow, taken: Any, qtbot: QtBot) -> None:
    meeting = Meeting.get()
    reader.page.select(*place_of("次の会合は秋に開かれる。", taken))
    reader.tie()
    dialog = dialog_of(reader, TieDialog)
    dialog.line.set_record(meeting)
    dialog.line.picked.emit()
    assert not dialog.replace.isVisible()
    dialog.accept()
    assert Meeting.get().section == "2"
    qtbot.waitUntil(lambda: len(reader.page.marks) == 1)


# ---- reading


def test_a_mark_beside_the_text_leads_to_its_passage(reader: ReaderWindow, taken: Any, qtbot: QtBot) -> None:
    place = place_of(LEAD, taken)
    passages.quote(reader.context.workspace, links.find("WC-2024-1A"), taken, *place)
    qtbot.waitUntil(lambda: len(reader.page.marks) == 1)
    QApplication.processEvents()
    margin = reader.page.margin
    points = [QPoint(x, y) for x in range(2, 30, 4) for y in range(0, margin.height(), 4)]
    over = [point for point in points if margin.mark_at(point) is not None]
    assert over
    qtbot.mouseClick(margin, Qt.MouseButton.LeftButton, pos=over[0])
    assert reader.page.selected() == place
    assert "WC-2024-1A" in margin.mark_at(over[0]).spoken
    assert margin.mark_at(QPoint(margin.width() - 1, margin.height() - 1)) is None


def test_words_are_found_whatever_their_case_and_accents(reader: ReaderWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(reader.page, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert reader.search.hasFocus()
    reader.search.setText("peru")
    qtbot.waitUntil(lambda: reader.hits.text() == "1 of 1")
    assert selected_words(reader) == "Perú"
    reader.search.setText("another")
    qtbot.waitUntil(lambda: selected_words(reader) == "another")
    reader.search.setText("th")
    qtbot.waitUntil(lambda: " of " in reader.hits.text() and selected_words(reader).lower() == "th")
    seen = set()
    for _press in range(len(reader._finder.hits)):
        qtbot.keyClick(reader.search, Qt.Key.Key_Return)
        seen.add(reader.page.selected())
    assert seen == set(reader._finder.hits)
    before = reader.page.selected()
    reader.find_next()
    reader.find_next(back=True)
    assert reader.page.selected() == before
    reader.search.setText("zebra")
    qtbot.waitUntil(lambda: reader.hits.text() == "Not found")


def test_the_outline_leads_to_sections_and_follows(reader: ReaderWindow, taken: Any, qtbot: QtBot) -> None:
    titles = [reader.outline.item(row).text() for row in range(reader.outline.count())]
    assert titles == ["1. Digital connectivity", "2. 海底ケーブル"]
    reader.page.select(*place_of("融資", taken))
    assert reader.outline.currentRow() == 1
    reader.outline.setCurrentRow(0)
    qtbot.keyClick(reader.outline, Qt.Key.Key_Return)
    assert reader.page.selected() == (0, 0)


def test_the_place_is_kept_when_the_colours_change(
    reader: ReaderWindow, taken: Any, qapp: QApplication
) -> None:
    passages.quote(reader.context.workspace, links.find("WC-2024-1A"), taken, *place_of(LEAD, taken))
    reader.refresh()
    place = place_of("融資", taken)
    reader.page.select(*place)
    theme.apply(qapp, "dark")
    assert reader.page.selected() == place
    drawn = reader.page.extraSelections()[0]
    look = drawn.format
    dark = look.background().color().name().upper()
    assert dark in (theme.current().rag(rag)[1] for rag in ("red", "amber", "green", "grey"))


def test_every_control_has_a_name_and_tab_leaves_the_text(reader: ReaderWindow, qtbot: QtBot) -> None:
    for kind in (QAbstractButton, QLineEdit, QListWidget):
        for each in reader.findChildren(kind):
            if each.isVisibleTo(reader) and each.focusPolicy() & Qt.FocusPolicy.TabFocus:
                assert each.accessibleName() or each.text(), each
    reader.page.setFocus()
    qtbot.keyClick(reader.page, Qt.Key.Key_Tab)
    assert not reader.page.hasFocus()


def test_a_large_text_opens_quickly(
    context: Context, pane: RecordPane, workspace: Workspace, source: Any
) -> None:
    paragraph = "The region needs more cables, and both governments know it. " * 9
    whole, parts = "", []
    pieces = []
    place = 0
    for number in range(1, 2001):
        parts.append(Part(place, place + len(paragraph), "paragraph", "A", number))
        pieces.append(paragraph)
        place += len(paragraph) + 2
    whole = "\n\n".join(pieces)
    assert len(whole) > 1_000_000
    passages.take_in(workspace, source, "large.txt", SourceText(whole, tuple(parts)))
    window = opening.open_text(context, pane, source)
    QApplication.processEvents()
    window.page.select(parts[-1].start, parts[-1].start + 10)
    assert window.page.top() > parts[-60].start


# ---- from records


def test_without_a_text_the_trail_leads_to_the_source(
    pane: RecordPane, context: Context, source: Any
) -> None:
    asked: list[Any] = []
    context.record_requested.connect(asked.append)
    pane.show_record(links.find("WC-2024-1A"))
    pane.view().trail.buttons()[0].click()
    assert [each.uid for each in asked] == [source.uid]
    assert pane.findChildren(ReaderWindow) == []


def test_without_a_passage_the_trail_leads_to_the_paragraph(
    pane: RecordPane, context: Context, workspace: Workspace, taken: Any, qtbot: QtBot
) -> None:
    cables = links.find("WC-2024-1A")
    records.change(workspace, cables, {"section": "1", "paragraph": "2"})
    pane.show_record(cables)
    pane.view().trail.buttons()[0].click()
    (window,) = pane.findChildren(ReaderWindow)
    start, _end = place_of("A second paragraph", taken)
    assert window.page.selected() == (start, start)
    assert window.page.extraSelections()[0].cursor.selectedText().startswith("A second paragraph")


# ---- editions


def chosen(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_given, **_more: (str(path), ""))


@pytest.fixture
def newer(tmp_path: Path) -> Path:
    path = tmp_path / "newer.txt"
    path.write_text(NEWER, "utf-8")
    return path


def test_a_source_takes_its_first_text_and_opens_it(
    pane: RecordPane, source: Any, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "report.txt"
    path.write_text(TEXT, "utf-8")
    chosen(monkeypatch, path)
    pane.show_record(source)
    strip = pane.view().text
    assert not strip.open.isVisible()
    assert strip.take.text() == "Take in a text…"
    strip.take.click()
    qtbot.waitUntil(lambda: bool(pane.findChildren(ReaderWindow)))
    (window,) = pane.findChildren(ReaderWindow)
    assert window.messages.text() == "report.txt was taken in as edition 1."
    qtbot.waitUntil(strip.open.isVisible)
    assert strip.words.text() == "report.txt, edition 1, 21 Nov 2026"
    strip.open.click()
    assert pane.findChildren(ReaderWindow) == [window]


def test_a_file_that_is_no_text_is_told(
    pane: RecordPane, context: Context, source: Any, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "picture.png"
    path.write_bytes(b"\x89PNG")
    opening.take_in(context, pane, source, path)
    qtbot.waitUntil(lambda: bool(context.told))
    assert context.told == [
        "picture.png is no text that can be opened here. Choose a .txt, .docx or .pdf file."
    ]
    assert passages.newest(source) is None


def test_a_newer_edition_says_what_it_found_and_lost(
    reader: ReaderWindow,
    pane: RecordPane,
    source: Any,
    taken: Any,
    newer: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ws, cables = reader.context.workspace, links.find("WC-2024-1A")
    gone = passages.quote(ws, cables, taken, *place_of(LEAD, taken))
    close = passages.quote(
        ws,
        links.find("WC-2024-1A.1"),
        taken,
        *place_of("of ports, which is another matter, and of Perú", taken),
    )
    passages.quote(ws, Meeting.get(), taken, *place_of("次の会合は秋に開かれる。", taken))
    chosen(monkeypatch, newer)
    pane.show_record(source)
    strip = pane.view().text
    strip.take.click()
    qtbot.waitUntil(lambda: "edition 2" in reader.windowTitle())
    assert reader.messages.text() == (
        "newer.txt was taken in as edition 2. 2 passages were found. 1 of them is in other words; look at it."
        " 1 passage is lost."
    )
    assert [reader.checks.list.item(row).text().split(":")[0] for row in range(2)] == [
        "Lost · WC-2024-1A",
        "In other words · WC-2024-1A.1",
    ]
    qtbot.waitUntil(lambda: strip.lost.isVisible() and strip.lost.text() == "1 passage lost")
    start, _end = place_of("1. Digital", passages.newest(source))
    assert reader.page.extraSelections()[0].cursor.selectionStart() == start + len(
        "1. Digital connectivity\n\n"
    )
    # the lost one is found by hand
    assert reader.checks.current().uid == gone.uid
    assert not reader.checks.here.isEnabled()
    reader.page.select(*place_of("It reports once a year.", passages.newest(source)))
    reader.checks.here.click()
    qtbot.waitUntil(lambda: reader.checks.list.count() == 1)
    assert [each.quote for each in passages.of(cables)] == ["It reports once a year."]
    # the other one is looked at and confirmed
    reader.checks.begin()
    assert reader.checks.current().uid == close.uid
    assert "quite another" in selected_words(reader)
    reader.checks.right.click()
    qtbot.waitUntil(lambda: not reader.checks.isVisible())
    assert len(reader.page.marks) == 3
    for _step in range(3):
        undo.undo(ws)
    qtbot.waitUntil(lambda: "edition 1" in reader.windowTitle())
    assert [each.quote for each in passages.of(cables)] == [LEAD]


def test_a_lost_passage_is_removed(
    reader: ReaderWindow, source: Any, taken: Any, newer: Path, qtbot: QtBot
) -> None:
    ws = reader.context.workspace
    passages.quote(ws, links.find("WC-2024-1A"), taken, *place_of(LEAD, taken))
    passages.take_in(ws, source, newer.name, reading.read(newer))
    qtbot.waitUntil(reader.checks.isVisible)
    reader.checks.begin()
    reader.checks.remove.click()
    qtbot.waitUntil(lambda: not reader.checks.isVisible())
    assert Quote.select().count() == 0


def test_a_removed_passage_comes_back_by_undo_in_the_reader(
    reader: ReaderWindow, taken: Any, qtbot: QtBot
) -> None:
    quote = passages.quote(reader.context.workspace, links.find("WC-2024-1A"), taken, *place_of(LEAD, taken))
    qtbot.waitUntil(lambda: len(reader.page.marks) == 1)
    reader.page.select(quote.start + 3, quote.start + 3)
    (row,) = reader.bar.rows()
    row.remove.click()
    qtbot.waitUntil(lambda: reader.page.marks == [])
    assert reader.messages.buttons()[0].text() == "Undo"
    reader.page.setFocus()
    qtbot.keyClick(reader.page, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: len(reader.page.marks) == 1)
    assert reader.messages.text() == "Undone: Remove the passage of WC-2024-1A"


def test_the_reader_closes_when_its_text_is_taken_back(
    reader: ReaderWindow, pane: RecordPane, qtbot: QtBot
) -> None:
    undo.undo(reader.context.workspace)
    qtbot.waitUntil(lambda: pane.findChildren(ReaderWindow) == [])


@pytest.mark.parametrize("seen", [True, False])
def test_esc_clears_the_search_then_closes(
    reader: ReaderWindow, pane: RecordPane, qtbot: QtBot, seen: bool
) -> None:
    press: Callable[[], None] = lambda: qtbot.keyClick(  # noqa: E731
        reader.search if seen else reader.page, Qt.Key.Key_Escape
    )
    if seen:
        reader.search.setFocus()
        reader.search.setText("cables")
        press()
        assert reader.search.text() == ""
        assert reader.isVisible()
    press()
    qtbot.waitUntil(lambda: pane.findChildren(ReaderWindow) == [])

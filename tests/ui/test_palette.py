"""The palette: what it shows for what is typed, where it leads, and how it comes and goes."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QModelIndex, QRect, Qt
from PySide6.QtGui import QAccessible, QImage, QInputMethodEvent, QKeyEvent, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from desktop.model import FollowUp, Initiative, Meeting
from desktop.service import finding, links, points, progress, records, views
from desktop.service.finding import Hit, Sentence
from desktop.service.views import Definition
from desktop.ui import theme
from desktop.ui.context import Context
from desktop.ui.dialogs.movedate import MoveDateDialog
from desktop.ui.palette import entries, opening
from desktop.ui.palette.delegate import paint_marked
from desktop.ui.palette.entries import Entry
from desktop.ui.palette.palette import Palette
from desktop.ui.record.window import RecordWindow
from desktop.ui.window import MainWindow

Key, Shift = Qt.Key, Qt.KeyboardModifier


class Hands:
    """A window with its palette open."""

    def __init__(self, window: MainWindow, qtbot: QtBot) -> None:
        self.window, self.qtbot = window, qtbot

    @property
    def palette(self) -> Any:
        return self.window.findChild(Palette, options=Qt.FindChildOption.FindDirectChildrenOnly)

    def open(self) -> None:
        self.window.commands.run("search")
        self.settled()

    def settled(self) -> None:
        """Wait until what was typed is answered."""
        line, reading = self.palette.line, self.palette.reading
        self.qtbot.waitUntil(lambda: not line._settled.isActive() and not reading.waiting)

    def type(self, text: str) -> list[str]:
        """The titles of the rows for a text."""
        self.palette.line.setText(text)
        self.settled()
        return [row.title for row in self.palette.model.entries]

    def press(self, key: Any, modifier: Any = Shift.NoModifier) -> None:
        QTest.keyClick(self.palette.line, key, modifier)


@pytest.fixture
def hands(context: Context, qtbot: QtBot) -> Iterator[Hands]:
    context.settings.last_page = "follow_up"
    window = MainWindow(context)
    window.resize(1280, 720)
    window.show()
    window.activateWindow()
    made = Hands(window, qtbot)
    made.open()
    yield made
    window.blockSignals(True)
    window.close()


def minutes(context: Context, text: str) -> Any:
    meeting = Meeting.get()
    with context.workspace.operation("Minutes") as writing:
        points.make(writing, meeting, "note", text)
    return meeting


# ---- what it shows


def test_without_a_text_it_shows_what_was_worked_on_and_the_pages(hands: Hands, context: Context) -> None:
    records.change(context.workspace, links.find("FU-2026-001"), {"detail": "Anew"})
    rows = hands.type("")
    hands.open()
    rows = [row.title for row in hands.palette.model.entries]
    assert rows[:2] == ["Recently changed", "Send the list of suppliers"]
    assert rows.index("Pages") > 2
    assert "Follow-ups" in rows[rows.index("Pages") :]
    assert hands.palette.current().hit.ref == "FU-2026-001"
    assert hands.palette._count.text() == ""


def test_records_stand_under_the_heading_of_their_kind(hands: Hands) -> None:
    rows = hands.type("cable")
    assert {"Recommendations", "Initiatives", "Meetings", "Meeting series"} <= set(rows)
    assert rows[rows.index("Initiatives") + 1] == "Humboldt cable"
    row = next(each for each in hands.palette.model.entries if each.title == "Humboldt cable")
    assert (row.ref, row.rag, row.marks) == ("IN-2026-001", "green", ((9, 14),))
    assert row.said() == "IN-2026-001 Humboldt cable, Green, Financing, Chile"
    assert hands.palette._count.text() == f"{sum(not e.heading for e in hands.palette.model.entries)} results"


def test_the_second_line_is_the_sentence_with_where_it_stands(hands: Hands, context: Context) -> None:
    minutes(context, "They were late. 陸揚げ許可は３月に出る。")
    progress.report(context.workspace, Initiative.get(), done="The permit came", on="2026-10-03")
    assert hands.type("揚げ許可") == ["Meetings", "Working lunch on cables"]
    row = hands.palette.model.entries[1]
    assert (row.label, row.second) == ("Minutes, 12 Nov 2026", "陸揚げ許可は３月に出る。")
    assert [row.second[start:end] for start, end in row.second_marks] == ["揚げ許可"]
    hands.type("permit")
    row = hands.palette.model.entries[1]
    assert (row.label, row.second) == ("Update, 3 Oct 2026", "The permit came")


def test_nothing_is_said_in_words(hands: Hands) -> None:
    assert hands.type("zzz & <b>") == []
    assert hands.palette._nothing.isVisible()
    assert hands.palette._nothing.text() == "Nothing has “zzz & <b>” in it."
    hands.press(Key.Key_Return)
    assert hands.palette.isVisible()


def test_commands_by_name_with_their_shortcut(hands: Hands) -> None:
    rows = hands.type(">exp")
    assert rows == ["Commands", "Export", "Note an export as sent"]
    assert hands.palette.model.entries[1].keys == "Ctrl+E"
    assert hands.type("＞exp") == rows
    every = hands.type(">")
    assert "Quit" in every
    assert "Search everywhere" not in every
    assert hands.type("follow-ups")[:2] == ["Pages", "Follow-ups"]


def test_what_there_is_nothing_for_is_greyed_and_passed_over(hands: Hands) -> None:
    hands.type(">m")
    greyed = [row for row, each in enumerate(hands.palette.model.entries) if not each.enabled]
    assert greyed
    for row in greyed:
        assert not hands.palette.model.flags(hands.palette.model.index(row)) & Qt.ItemFlag.ItemIsEnabled
        assert not hands.palette.model.can_be_chosen(row)


def test_commands_are_found_in_english_too(hands: Hands) -> None:
    hands.window.commands.actions["export"].setText("エクスポート(&E)…")
    offers = hands.palette.offers.commands()
    assert [each.title for each in entries.of_offers("Commands", offers, "export")][:2] == [
        "Commands",
        "エクスポート",
    ]
    assert entries.of_offers("Commands", offers, "エクス")[1].command == "export"
    assert entries.of_offers("Commands", offers, "?!") == []


def test_commands_that_begin_so_come_first_and_others_last() -> None:
    record = [Entry("Follow-ups", heading=True), Entry("Export of copper")]
    commands = [Entry("Commands", heading=True), Entry("Export", command="export")]
    assert entries.together("exp", record, [], commands) == [*commands, *record]
    assert entries.together("ex", record, [], commands) == [*record, *commands]
    assert entries.together("copper", record, [], commands) == [*record, *commands]
    greyed = [Entry("Commands", heading=True), Entry("Export", command="export", enabled=False)]
    assert entries.together("exp", record, [], greyed) == [*record, *greyed]


# ---- keys


def test_up_and_down_pass_over_headings_and_stop_at_the_ends(hands: Hands) -> None:
    hands.type("cable")
    palette = hands.palette
    seen = [palette.current().title]
    for _time in range(9):
        hands.press(Key.Key_Down)
        seen.append(palette.current().title)
    assert seen[-1] == seen[-2]
    assert len(set(seen)) == sum(palette.model.can_be_chosen(row) for row in range(palette.model.rowCount()))
    for _time in range(9):
        hands.press(Key.Key_Up)
    assert palette.current().title == seen[0]
    hands.press(Key.Key_PageDown)
    assert palette.current().title == seen[-1]


def test_esc_gives_the_keyboard_back(hands: Hands, qtbot: QtBot) -> None:
    hands.press(Key.Key_Escape)
    before = hands.window.page.search
    before.setFocus()
    qtbot.waitUntil(before.hasFocus)
    hands.open()
    assert hands.palette.line.hasFocus()
    hands.type("cable")
    hands.press(Key.Key_Escape)
    assert not hands.palette.isVisible()
    assert before.hasFocus()


def test_it_goes_when_the_focus_goes_elsewhere(hands: Hands) -> None:
    hands.window.page.search.setFocus()
    assert not hands.palette.isVisible()
    assert hands.window.page.search.hasFocus()


def test_its_keys_are_no_shortcuts_of_the_window(hands: Hands) -> None:
    line = hands.palette.line
    for key, modifier, ours in (
        (Key.Key_Return, Shift.ControlModifier, True),
        (Key.Key_Escape, Shift.NoModifier, True),
        (Key.Key_Down, Shift.NoModifier, True),
        (Key.Key_E, Shift.ControlModifier, False),
    ):
        event = QKeyEvent(QEvent.Type.ShortcutOverride, key, modifier)
        event.ignore()
        QApplication.sendEvent(line, event)
        assert event.isAccepted() is ours, key


def test_an_input_method_is_not_searched_for_before_it_is_done(hands: Hands) -> None:
    hands.type("cable")
    shown = list(hands.palette.model.entries)
    line = hands.palette.line
    line.clear()
    hands.settled()
    QApplication.sendEvent(line, QInputMethodEvent("かいぎ", []))
    assert line.text() == ""
    done = QInputMethodEvent("", [])
    done.setCommitString("cable")
    QApplication.sendEvent(line, done)
    hands.settled()
    assert hands.palette.model.entries == shown


def test_enter_waits_for_the_answer_to_what_was_just_typed(hands: Hands, qtbot: QtBot) -> None:
    chosen: list[str] = []
    hands.palette.entry_chosen.connect(lambda entry, _alone: chosen.append(entry.title))
    hands.palette.line.setText("humboldt")
    hands.press(Key.Key_Return)
    qtbot.waitUntil(lambda: bool(chosen))
    assert chosen == ["Humboldt cable"]


def test_stale_answers_are_dropped(hands: Hands) -> None:
    hands.palette.line.setText("cable")
    hands.palette.line.settle()
    assert hands.type("humboldt") == ["Initiatives", "Humboldt cable"]
    hands.palette.reading.found.emit("cable", [])
    assert [row.title for row in hands.palette.model.entries] == ["Initiatives", "Humboldt cable"]


def test_the_newest_are_shown_where_the_ranked_take_long(
    hands: Hands, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    find, told = finding.find, []
    hands.palette.reading.found.connect(lambda _text, found: told.append([hit.facts for hit in found]))

    def slow(*asked: Any, **more: Any) -> list[Hit]:
        time.sleep(0.3)  # lets the other thread run, as QTest.qSleep does not
        return find(*asked, **more)

    monkeypatch.setattr(finding, "find", slow)
    hands.palette.line.setText("submarine")
    qtbot.waitUntil(lambda: len(told) == 2)
    assert told == [[""], ["Not started, 30 Jun 2027"]]


# ---- where it leads


def chosen(hands: Hands, text: str, *, alone: bool = False) -> None:
    hands.type(text)
    hands.press(Key.Key_Return, Shift.ControlModifier if alone else Shift.NoModifier)


def test_enter_leads_to_the_record_on_its_page(hands: Hands, qtbot: QtBot) -> None:
    chosen(hands, "humboldt")
    assert not hands.palette.isVisible()
    assert hands.window.page.entity is Initiative
    qtbot.waitUntil(lambda: hands.window.ask("selected_count") == 1)
    assert hands.window.selected()[0].name == "Humboldt cable"


def test_a_hit_in_an_update_leads_to_the_updates(hands: Hands, context: Context, qtbot: QtBot) -> None:
    progress.report(context.workspace, links.find("FU-2026-001"), done="The annex came")
    chosen(hands, "annex")
    qtbot.waitUntil(lambda: hands.window.ask("selected_count") == 1)
    qtbot.wait(50)
    assert hands.window.pane.record_pane().record().ref == "FU-2026-001"
    assert hands.window.pane.record_pane().view().tab() == "updates"


def test_a_hit_in_the_minutes_shows_the_pane_that_was_closed(
    hands: Hands, context: Context, qtbot: QtBot
) -> None:
    meeting = minutes(context, "The annex came")
    hands.window.pane.set_wanted(False)
    chosen(hands, "annex")
    qtbot.waitUntil(lambda: hands.window.ask("selected_count") == 1)
    qtbot.wait(50)
    assert hands.window.pane.record_pane().record().id == meeting.id
    assert hands.window.pane.record_pane().view().tab() == "minutes"


def test_control_enter_opens_a_window(hands: Hands, context: Context, qtbot: QtBot) -> None:
    minutes(context, "The annex came")
    chosen(hands, "annex", alone=True)
    (window,) = hands.window.findChildren(RecordWindow)
    assert window.pane.view().tab() == "minutes"
    assert hands.window.page.entity is FollowUp
    window.close()


def test_a_page_and_a_command(hands: Hands) -> None:
    chosen(hands, "directory")
    assert hands.window.context.settings.last_page == "directory"
    hands.open()
    chosen(hands, ">side bar as icons")
    assert hands.window.sidebar.is_shrunk()


def test_a_record_that_is_gone_is_told(hands: Hands, context: Context) -> None:
    hands.type("brief the capital")
    records.delete(context.workspace, [links.find("FU-2026-003")])
    hands.press(Key.Key_Return)
    assert context.told == ["FU-2026-003 was deleted meanwhile."]


@pytest.mark.parametrize(
    ("part", "tab"),
    [
        ("point", "minutes"),
        ("agenda_item", "minutes"),
        ("minutes", "minutes"),
        ("decisions", "minutes"),
        ("purpose", ""),
    ],
)
def test_the_tab_of_a_part(part: str, tab: str) -> None:
    hit = Hit(Meeting, 1, "MT-1", "Talks", sentence=Sentence("words", (), part, part))
    assert opening.tab_of(hit) == tab
    assert opening.tab_of(Hit(Meeting, 1, "MT-1", "Talks")) == ""


def test_saved_views_are_found_and_opened(hands: Hands, context: Context) -> None:
    views.save(context.workspace, "海底ケーブル", FollowUp, Definition(text="cable"))
    rows = hands.type("")
    hands.open()
    rows = [row.title for row in hands.palette.model.entries]
    assert rows[rows.index("Saved views") + 1 :][:2] == ["Overdue", "Waiting on the other side"]
    assert hands.type("海底ケーブル")[:2] == ["Saved views", "海底ケーブル"]
    hands.press(Key.Key_Return)
    assert hands.window.page.view.name == "海底ケーブル"
    assert hands.window.page.current_query().text == "cable"


def test_what_submenus_offer_is_found_and_done(hands: Hands, context: Context, tmp_path: Path) -> None:
    other = tmp_path / "lima & co.juntos"
    other.touch()
    context.settings.recent_workspaces[:] = [str(other), str(tmp_path / "gone.juntos")]
    hands.open()
    rows = hands.type(">group by")
    assert rows[:2] == ["Commands", "Group by: Nothing"]
    assert "Group by: Owner" in rows
    hands.type(">group by owner")
    hands.press(Key.Key_Return)
    assert hands.window.page.table.columns.group == "owner"
    hands.open()
    assert "Officer at the desk: Mori Aya" in hands.type("aya")
    hands.type("lima & co")
    entry = next(
        each for each in hands.palette.model.entries if each.title.startswith("Open recent: lima & co")
    )
    assert entry.enabled
    gone = hands.type(">gone")[1]
    assert gone.startswith("Open recent: gone")
    assert not hands.palette.model.entries[1].enabled
    asked: list[Any] = []
    hands.window.workspace_requested.connect(asked.append)
    hands.type(">lima")
    hands.press(Key.Key_Return)
    assert asked == [other]


# ---- in the window of a record


@pytest.fixture
def alone(hands: Hands, qtbot: QtBot) -> Iterator[Hands]:
    """The palette in the window of a follow-up."""
    hands.palette.end()
    hands.window.pane.open_window(links.find("FU-2026-001"))
    opened: Any = hands.window.findChild(RecordWindow)
    qtbot.waitUntil(opened.isActiveWindow)
    made = Hands(opened, qtbot)
    QTest.keyClick(opened.focusWidget() or opened, Key.Key_K, Shift.ControlModifier)
    qtbot.waitUntil(lambda: made.palette is not None and made.palette.isVisible())
    made.settled()
    yield made
    if isValid(opened):
        opened.close()


def test_the_palette_comes_up_in_the_window_of_a_record(alone: Hands, hands: Hands) -> None:
    assert alone.palette is not hands.palette
    assert alone.palette.window() is alone.window
    assert alone.window.rect().contains(alone.palette.geometry())
    assert alone.type("humboldt")[:2] == ["Initiatives", "Humboldt cable"]
    alone.press(Key.Key_Return)
    assert alone.window.pane.record().ref == "IN-2026-001"
    assert hands.window.page.entity is FollowUp


def test_esc_closes_the_palette_and_not_the_window(alone: Hands) -> None:
    alone.press(Key.Key_Escape)
    assert not alone.palette.isVisible()
    assert alone.window.isVisible()


def test_what_was_found_shows_its_tab_in_the_window_of_a_record(alone: Hands, context: Context) -> None:
    meeting = minutes(context, "The annex came")
    alone.type("annex")
    alone.press(Key.Key_Return)
    assert alone.window.pane.record().id == meeting.id
    assert alone.window.pane.view().tab() == "minutes"


def test_control_enter_opens_a_window_beside_it(alone: Hands, hands: Hands) -> None:
    alone.type("humboldt")
    alone.press(Key.Key_Return, Shift.ControlModifier)
    shown = {each.pane.record().ref for each in hands.window.findChildren(RecordWindow)}
    assert shown == {"FU-2026-001", "IN-2026-001"}


def test_its_commands_concern_its_record_and_others_what_needs_nothing(
    alone: Hands, hands: Hands, qtbot: QtBot
) -> None:
    hands.window.show_record(links.find("FU-2026-003"))
    qtbot.waitUntil(lambda: hands.window.ask("selected_count") == 1)
    alone.window.activateWindow()
    alone.window.run("search")
    alone.settled()
    enabled = {each.command: each.enabled for each in alone.palette.offers.commands() if each.command}
    assert enabled["move_date"]
    assert enabled["export"]
    assert not enabled["delete"]  # that would be what is selected in the other window
    alone.type(">move the date")
    alone.press(Key.Key_Return)
    (dialog,) = [each for each in alone.window.findChildren(MoveDateDialog) if each.isVisible()]
    assert dialog.parent() is alone.window
    dialog.reject()


def test_pages_and_views_come_up_in_the_main_window(alone: Hands, hands: Hands, qtbot: QtBot) -> None:
    alone.type("directory")
    alone.press(Key.Key_Return)
    assert hands.window.context.settings.last_page == "directory"
    qtbot.waitUntil(hands.window.isActiveWindow)
    alone.window.activateWindow()
    alone.window.run("search")
    alone.type("high priority")
    alone.press(Key.Key_Return)
    assert hands.window.page.view.key == "high"


# ---- how it is told and painted


def test_a_screen_reader_hears_how_many_and_which(hands: Hands, qtbot: QtBot, said: list[str]) -> None:
    hands.type("humboldt")
    heard = "1 result. IN-2026-001 Humboldt cable, Green, Financing, Chile"
    qtbot.waitUntil(lambda: heard in said)
    hands.type("zzz")
    qtbot.waitUntil(lambda: "0 results. Nothing has “zzz” in it." in said)
    hands.type("cable")
    hands.press(Key.Key_Down)
    assert said[-1] == hands.palette.current().said()


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    told: list[str] = []
    monkeypatch.setattr(
        "desktop.ui.palette.palette.announce", lambda _widget, sentence: told.append(sentence)
    )
    return told


def test_every_part_has_a_name(hands: Hands) -> None:
    palette = hands.palette
    for part in (palette, palette.line, palette.list):
        assert QAccessible.queryAccessibleInterface(part).text(QAccessible.Text.Name)
    hands.type("humboldt")
    interface = QAccessible.queryAccessibleInterface(palette.list)
    assert "Humboldt cable" in interface.child(1).text(QAccessible.Text.Name)
    assert palette.model.rowCount(palette.model.index(0)) == 0
    assert palette.model.data(QModelIndex(palette.model.index(1)), Qt.ItemDataRole.DecorationRole) is None


def test_it_fits_a_small_window(hands: Hands, qtbot: QtBot) -> None:
    hands.window.resize(800, 480)
    qtbot.wait(20)
    assert hands.window.rect().contains(hands.palette.geometry())


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_hit_is_painted_bolder(qapp: QApplication, scheme: Any) -> None:
    """By its pixels: the same words with and without a mark are not the same picture, and both are drawn."""
    theme.apply(qapp, scheme)
    tones = theme.current()
    pictures = []
    for marks in ((), ((4, 9),)):
        image = QImage(200, 30, QImage.Format.Format_RGB32)
        image.fill(theme.colour(tones.raised))
        painter = QPainter(image)
        paint_marked(painter, QRect(0, 0, 120, 30), "The cable of all cables", marks, tones.muted, tones.text)
        painter.end()
        pictures.append(image)
    assert pictures[0] != pictures[1]
    assert pictures[0].pixelColor(150, 15) == pictures[1].pixelColor(150, 15) == theme.colour(tones.raised)
    theme.apply(qapp, "light")


def test_the_line_is_a_plain_one(hands: Hands) -> None:
    assert isinstance(hands.palette.line, QLineEdit)
    assert hands.palette.line.placeholderText().startswith("Search everything")


def test_the_connection_is_let_go_of(hands: Hands, context: Context) -> None:
    """The connection is closed with the palette, and with the workspace."""
    reading = hands.palette.reading
    assert reading._connection is not None
    hands.press(Key.Key_Escape)
    assert reading._connection is None
    hands.open()
    context.stopping.emit()
    assert reading._connection is None

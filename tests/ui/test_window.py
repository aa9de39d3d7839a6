"""The window itself: its commands, its panes, how it comes back, and what it says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pkgutil import resolve_name
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QDesktopServices, QFont, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QPushButton, QToolBar
from pytestqt.qtbot import QtBot

from desktop import i18n
from desktop.i18n import LANGUAGES, _
from desktop.model import ENTITIES, FollowUp, Organisation
from desktop.service import directory, links, records, today
from desktop.ui import atthedesk, layout, verbs, windowmenu
from desktop.ui.actions import COMMANDS, LINE, MENUS, ROW_MENU, TOOLBAR, plain, shown_keys
from desktop.ui.context import Context
from desktop.ui.dialogs.shortcuts import sections
from desktop.ui.menus import SUBMENUS
from desktop.ui.navigation import PAGES, page_of
from desktop.ui.record.window import RecordWindow
from desktop.ui.window import MainWindow


@pytest.fixture
def window(context: Context, qtbot: QtBot) -> Iterator[MainWindow]:
    """The window over the workspace of the tests, on its first page."""
    made = MainWindow(context)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.blockSignals(True)
    made.close()
    made.deleteLater()


def test_every_command_is_in_one_menu_and_calls_something(qapp: QApplication) -> None:
    in_menus = [key for _title, keys in MENUS for key in keys if key != LINE and key not in SUBMENUS]
    assert Counter(in_menus) == Counter(command.key for command in COMMANDS)
    for command in COMMANDS:
        assert callable(resolve_name(command.calls)), command.key
    known = {command.key for command in COMMANDS}
    assert {*TOOLBAR, *ROW_MENU} - {LINE} <= known
    for entry in PAGES:
        assert callable(resolve_name(entry.where)), entry.key


def test_every_entity_has_a_page() -> None:
    assert all(page_of(entity.key()) for entity in ENTITIES)


def test_no_two_commands_share_a_shortcut(qapp: QApplication) -> None:
    keys = [
        QKeySequence(keys).toString()
        for command in COMMANDS
        for keys in command.shortcuts
        if QKeySequence(keys).toString()
    ]
    assert [key for key, count in Counter(keys).items() if count > 1] == []
    assert not [key for key in keys if key.startswith("Alt+") or len(key) == 1]


@pytest.mark.parametrize("language", list(LANGUAGES))
def test_access_keys_are_there_and_unique_in_their_menu(language: str) -> None:
    i18n.use(language)
    by_key = {command.key: command for command in COMMANDS}
    titles = [_key_of(_(title)) for title, _keys in MENUS]
    assert all(titles)
    assert len(set(titles)) == len(titles)
    for title, keys in MENUS:
        texts = [
            _(SUBMENUS[key][0]) if key in SUBMENUS else _(by_key[key].text) for key in keys if key != LINE
        ]
        found = [_key_of(text) for text in texts if "&" in text]
        doubled = [key for key, count in Counter(found).items() if count > 1]
        assert doubled == [], f"{language}: {title} {texts}"


def _key_of(text: str) -> str:
    place = text.find("&")
    return text[place + 1].casefold() if place >= 0 else ""


def test_words_of_a_command_without_access_key() -> None:
    assert plain("Log a &meeting…") == "Log a meeting"
    assert plain("書き出す(&E)…") == "書き出す"
    assert plain("Fish && chips") == "Fish & chips"


def test_pages_are_made_when_they_are_first_shown(window: MainWindow) -> None:
    assert set(window.stack.made) == {"today"}
    window.show_page("meeting")
    assert set(window.stack.made) == {"today", "meeting"}
    assert window.sidebar.current() == "meeting"
    assert window.context.settings.last_page == "meeting"
    window.show_page("no such page")
    assert window.sidebar.current() == "today"


@pytest.mark.parametrize("entry", PAGES, ids=lambda entry: entry.key)
def test_every_page_can_be_shown(window: MainWindow, entry: Any, qtbot: QtBot) -> None:
    window.commands.run(f"page_{entry.key}")
    assert window.page is window.stack.made[entry.key]
    assert window.pane.isVisible() is hasattr(window.page, "selected")
    for entity in entry.entities:
        record = resolve_name("desktop.model:RECORDS")[entity].select().first()
        window.show_record(record)
        qtbot.waitUntil(lambda record=record: [each.uid for each in window.selected()] == [record.uid])


def test_a_record_asked_for_is_selected_on_its_page_and_shown(window: MainWindow, qtbot: QtBot) -> None:
    record = links.find("FU-2026-002")
    window.context.record_requested.emit(record)
    assert window.sidebar.current() == "follow_up"
    qtbot.waitUntil(lambda: window.ask("selected_count") == 1)
    assert window.selected()[0].uid == record.uid
    qtbot.waitUntil(lambda: window.pane.record_pane().record() is not None)
    assert window.pane.record_pane().record().uid == record.uid
    assert "1 selected" in window.status._shown.text()


def test_a_card_of_today_leads_to_its_list(window: MainWindow, qtbot: QtBot) -> None:
    page = window.page
    assert [line.words for line in page.lists["overdue"].lines()] == ["Send the list of suppliers"]
    page.cards["overdue"].opened.emit()
    assert window.sidebar.current() == "follow_up"
    qtbot.waitUntil(lambda: window.page.model.rowCount() == 1)
    window.show_page("today")
    page.lists["overdue"].chosen.emit((FollowUp, links.find("FU-2026-001").id))
    qtbot.waitUntil(lambda: [each.ref for each in window.selected()] == ["FU-2026-001"])
    window.show_page("today")
    page.cards["changes"].opened.emit()
    assert window.sidebar.current() == "activity"


def test_today_follows_what_changes(window: MainWindow, qtbot: QtBot) -> None:
    page = window.page
    assert window.status._shown.text() == "1 follow-up is overdue"
    with qtbot.waitSignal(page.shown):
        records.change(window.context.workspace, links.find("FU-2026-001"), {"status": "waiting"})
    assert [line.words for line in page.lists["waiting"].lines()] == ["Send the list of suppliers"]
    window.show_page("meeting")
    records.change(
        window.context.workspace, links.find("FU-2026-001"), {"status": "done", "outcome": "Sent."}
    )
    window.show_page("today")
    qtbot.waitUntil(lambda: page.lists["overdue"].lines() == [])


def test_today_reads_on_a_worker_where_it_takes_long(
    context: Context, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.ui.pages.today.NOTICED", -1.0)
    page = resolve_name("desktop.ui.pages.today:TodayPage")(context)
    qtbot.addWidget(page)
    qtbot.waitUntil(lambda: bool(page._tiles))
    assert page.lists["overdue"].count() == today.board(context.workspace).tiles["overdue"].count == 1


def test_the_badge_of_today_counts_what_is_overdue_and_due(
    context: Context, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.ui.badges.SETTLE_MS", 0)
    window = MainWindow(context)
    qtbot.addWidget(window)
    told: list[tuple[str, int]] = []
    monkeypatch.setattr(window.sidebar, "set_count", lambda key, count: told.append((key, count)))
    qtbot.waitUntil(lambda: told == [("today", 1)])


def test_commands_are_disabled_where_there_is_nothing_for_them(window: MainWindow, qtbot: QtBot) -> None:
    actions = window.commands.actions
    for key in ("edit", "delete", "link", "change_owner", "merge", "new_record"):
        assert not actions[key].isEnabled(), key
    window.show_record(links.find("FU-2026-001"))
    qtbot.waitUntil(lambda: actions["delete"].isEnabled())
    assert actions["edit"].isEnabled()
    assert actions["link"].isEnabled()
    assert actions["change_owner"].isEnabled()
    assert not actions["merge"].isEnabled()
    page = window.show_page("directory")
    page.page.table.selectAll()
    qtbot.waitUntil(lambda: actions["merge"].isEnabled())
    assert not actions["link"].isEnabled()


def test_undo_and_redo_say_what_they_do(window: MainWindow, qtbot: QtBot) -> None:
    actions = window.commands.actions
    record = links.find("FU-2026-001")
    records.change(window.context.workspace, record, {"title": "R&D list"})
    assert actions["undo"].text() == "&Undo Change FU-2026-001: Follow-up"
    window.commands.run("undo")
    assert links.find("FU-2026-001").title == "Send the list of suppliers"
    assert actions["redo"].text() == "&Redo Change FU-2026-001: Follow-up"
    window.commands.run("redo")
    assert links.find("FU-2026-001").title == "R&D list"


def test_deleting_offers_undo(window: MainWindow, qtbot: QtBot) -> None:
    record = links.find("FU-2026-003")
    window.show_record(record)
    qtbot.waitUntil(lambda: window.ask("selected_count") == 1)
    window.commands.run("delete")
    assert FollowUp.get_or_none(FollowUp.uid == record.uid) is None
    assert window.messages.text() == "FU-2026-003 was deleted."
    window.messages.buttons()[0].click()
    assert links.find("FU-2026-003").uid == record.uid


def test_what_cannot_be_deleted_is_told(window: MainWindow, qtbot: QtBot) -> None:
    window.show_record(Organisation.get(Organisation.acronym == "DFC"))
    qtbot.waitUntil(lambda: window.ask("selected_count") == 1)
    window.commands.run("delete")
    assert window.messages.kind() == "error"
    assert Organisation.select().where(Organisation.acronym == "DFC").count() == 1


def test_the_record_pane_can_be_hidden(window: MainWindow, qtbot: QtBot) -> None:
    window.show_page("follow_up")
    assert window.pane.isVisible()
    window.commands.run("record_pane")
    assert not window.pane.isVisible()
    assert not window.commands.actions["record_pane"].isChecked()
    window.show_page("meeting")
    assert not window.pane.isVisible()
    window.show_record(links.find("MT-2026-001"))
    qtbot.waitUntil(lambda: window.ask("selected_count") == 1)
    window.commands.run("edit")
    assert window.pane.isVisible()
    assert window.pane.record_pane().record().ref == "MT-2026-001"


def test_panes_are_walked_by_f6(window: MainWindow, qtbot: QtBot) -> None:
    window.show_record(links.find("FU-2026-001"))
    qtbot.waitUntil(lambda: window.ask("selected_count") == 1)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.page.setFocus()
    places = []
    for _step in range(3):
        window.commands.run("next_pane")
        focus = QApplication.focusWidget()
        parts = {"side": window.sidebar, "page": window.page, "pane": window.pane}
        places.append(next(name for name, part in parts.items() if part.isAncestorOf(focus)))
    assert places == ["pane", "side", "page"]
    window.commands.run("previous_pane")
    assert window.sidebar.isAncestorOf(QApplication.focusWidget())


def test_rows_have_the_verbs_in_their_menu(window: MainWindow) -> None:
    menu = QMenu()
    menu.addAction("&Open")
    menu.addAction("Copy")
    window.commands.fill_row_menu(menu)
    texts = [action.text() for action in menu.actions() if not action.isSeparator()]
    assert texts[0] == "&Open"
    assert texts[-1] == "Copy"
    assert "Report &progress…" in texts


def test_the_window_comes_back_as_it_was(context: Context, qtbot: QtBot) -> None:
    first = MainWindow(context)
    first.show()
    first.resize(layout.LEAST[0], 700)  # what the screen has room for
    first.show_page("meeting")
    first.sidebar.set_shrunk(True)
    first.commands.run("record_pane")
    first.close()
    assert context.places.settings_file.parent != context.places.data
    second = MainWindow(context)
    qtbot.addWidget(second)
    assert (second.width(), second.height()) == (layout.LEAST[0], 700)
    assert second.sidebar.is_shrunk()
    assert not second.pane.wanted
    assert second.sidebar.current() == "meeting"
    layout.reset(second)
    assert not second.sidebar.is_wished_shrunk()
    assert second.pane.wanted


def test_a_window_from_another_screen_comes_back_on_this_one(context: Context, qtbot: QtBot) -> None:
    first = MainWindow(context)
    first.show()
    first.move(QPoint(90_000, 90_000))
    first.close()
    second = MainWindow(context)
    qtbot.addWidget(second)
    second.show()
    assert any(each.availableGeometry().intersects(second.frameGeometry()) for each in QApplication.screens())


@pytest.mark.parametrize("sizes", ["nonsense", [1, 2], [1, "a", 3], None])
def test_damaged_sizes_do_no_harm(context: Context, qtbot: QtBot, sizes: Any) -> None:
    context.settings.pages["window"] = {"sizes": sizes, "pane": True}
    context.settings.window_geometry = "not base64 of anything"
    window = MainWindow(context)
    qtbot.addWidget(window)
    assert window.width() >= layout.LEAST[0]


def test_officers_and_recent_workspaces_are_offered(window: MainWindow, tmp_path: Any) -> None:
    menu = QMenu()
    verbs.fill_officers(window, menu)
    assert [(action.text(), action.isChecked()) for action in menu.actions()] == [
        ("&1  Mori Aya", False),
        ("&2  Sato Kenji", True),
    ]
    chosen: list[str] = []
    window.officer_chosen.connect(chosen.append)
    menu.actions()[0].trigger()
    assert len(chosen) == 1
    here = window.context.workspace.engine.path
    window.context.settings.recent_workspaces = [str(here), str(tmp_path / "gone.juntos")]
    verbs.fill_recent(window, menu)
    assert [action.isEnabled() for action in menu.actions()] == [False, False]


def test_a_backup_can_be_made_now(window: MainWindow, qtbot: QtBot) -> None:
    window.commands.run("backup")
    qtbot.waitUntil(lambda: "backup was written" in window.messages.text())
    window.status.show_kept()
    assert "backup ✓" in window.status._kept.text()


def test_every_button_of_the_tool_bar_has_a_name_and_can_be_reached(window: MainWindow) -> None:
    bar = window.findChild(QToolBar, "tools")
    buttons = [bar.widgetForAction(window.commands.actions[key]) for key in TOOLBAR if key != LINE]
    assert len(buttons) == 4
    assert all(button.focusPolicy() & Qt.FocusPolicy.TabFocus for button in buttons)
    assert all(button.accessibleName() for button in buttons)


LONG = "The export to /srv/missions/santiago/shared/workbooks/2026 was written without these columns. " * 4


@pytest.mark.parametrize(
    "text", [LONG, "x" * 400, "書き出しが終わりました。" * 15], ids=["words", "one", "japanese"]
)
def test_no_message_moves_the_edge_of_the_record_pane(window: MainWindow, text: str, qtbot: QtBot) -> None:
    window.show_page("follow_up")
    total = sum(window.splitter.sizes())
    window.splitter.setSizes([180, total - 680, 500])
    QApplication.processEvents()
    before = window.splitter.sizes()
    window.context.said.emit(text, [("Open file", int), ("Show in folder", int)])
    qtbot.wait(50)
    assert window.splitter.sizes() == before
    bar = window.messages
    assert bar.geometry().right() < bar.parentWidget().width()
    label = bar._text
    assert label.height() >= label.heightForWidth(label.width())
    assert all(bar.rect().contains(button.geometry()) for button in bar.buttons())


@pytest.mark.parametrize("language", list(LANGUAGES))
def test_the_sentence_of_the_empty_pane_is_not_cut(language: str, context: Context, qtbot: QtBot) -> None:
    i18n.use(language)
    window = MainWindow(context)
    qtbot.addWidget(window)
    window.show()
    window.show_page("follow_up")
    window.splitter.setSizes([180, 2000, 300])
    qtbot.wait(20)
    empty = window.pane._stack.currentWidget()
    assert window.pane.width() < 360
    assert empty.rect().contains(empty._sentence.geometry())


@pytest.mark.parametrize(
    ("actions", "lasts"),
    [([], 6000), ([("Undo", int)], 20_000), ([("Open file", int), ("Show in folder", int)], None)],
    ids=["told", "undo", "file"],
)
def test_how_long_a_message_stays(window: MainWindow, actions: Any, lasts: int | None) -> None:
    window.context.said.emit("It is done.", actions)
    timer = window.messages._timer
    assert (timer.interval() if timer.isActive() else None) == lasts
    window.show_page("today")
    assert window.messages.text() == "It is done."
    window.show_page("meeting")
    assert window.messages.text() == ""


def test_a_question_stays_on_every_page(window: MainWindow) -> None:
    window.messages.show_message("Who is working here?", "info", [("Mori Aya", int)])
    window.show_page("meeting")
    assert window.messages.text() == "Who is working here?"


def test_whoever_is_asked_for_by_name_is_named_whole(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An ampersand in a name is a letter, and no access key."""
    workspace = window.context.workspace
    monkeypatch.setattr(workspace, "officer", None)
    monkeypatch.setattr(directory, "officers", lambda: [SimpleNamespace(name="Sato & Mori", uid="x")])
    atthedesk.ask_who(window, lambda _uid: None)
    assert [button.text() for button in window.messages.buttons()] == ["Sato && Mori"]


@pytest.mark.parametrize("there", [True, False])
def test_a_file_that_nothing_opens_is_told(
    window: MainWindow, there: bool, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "post.xlsx"
    if there:
        path.touch()
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: not there)
    window.context.said.emit("It was written.", [("Open file", lambda: verbs.open_path(path))])
    window.messages.buttons()[0].click()
    assert window.messages.kind() == "error"
    assert window.messages.text() == f"{path} cannot be opened."


def test_enter_presses_the_button_that_has_the_focus(window: MainWindow, qtbot: QtBot) -> None:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    pressed: list[str] = []
    window.context.said.emit("It is done.", [("Undo", lambda: pressed.append("message"))])
    button = QPushButton("Here", window.page)
    button.clicked.connect(lambda: pressed.append("page"))
    button.show()
    for each in (button, window.messages.buttons()[0]):
        each.setFocus()
        QTest.keyClick(each, Qt.Key.Key_Return)
    assert pressed == ["page", "message"]


def test_f6_goes_to_a_message_with_something_to_do_about_it(window: MainWindow, qtbot: QtBot) -> None:
    done: list[bool] = []
    window.page.setFocus()
    window.context.said.emit("It is done.", [("Go on", lambda: done.append(True))])
    verbs.next_pane(window)
    (button,) = window.messages.buttons()
    qtbot.waitUntil(button.hasFocus)
    qtbot.keyClick(button, Qt.Key.Key_Return)
    assert done == [True]


def test_a_window_of_the_usual_size_stands_on_the_screen_with_its_title(window: MainWindow) -> None:
    layout.usual(window)
    room = layout.room_for(window)
    assert window.height() <= room.height()
    assert window.frameGeometry().height() <= window.screen().availableGeometry().height()


def test_the_side_bar_gives_way_where_there_is_no_room_for_its_words(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.resize(1600, 900)
    qtbot.waitUntil(lambda: not window.sidebar.is_shrunk())
    window.resize(layout.LEAST[0], 700)
    qtbot.waitUntil(window.sidebar.is_shrunk)
    assert not window.sidebar.is_wished_shrunk()
    window.sidebar.set_shrunk(False)  # who wants the words has them
    assert not window.sidebar.is_shrunk()
    window.resize(1600, 900)
    window.resize(layout.LEAST[0], 700)
    qtbot.waitUntil(window.sidebar.is_shrunk)
    window.commands.run("record_pane")  # without it there is room
    assert not window.sidebar.is_shrunk()
    window.resize(1600, 900)
    window.sidebar.set_shrunk(True)
    window.resize(1500, 900)
    assert window.sidebar.is_shrunk()
    layout.remember(window)
    assert layout.state_of(window)["shrunk"] is True


def test_in_a_font_of_squares_the_side_bar_has_its_words_all_the_same(
    window: MainWindow, qtbot: QtBot
) -> None:
    squares = QFont("Noto Sans CJK JP", window.font().pointSize())
    window.resize(*layout.USUAL)
    usual = layout.letter(window)
    window.setFont(squares)
    assert layout.letter(window) <= usual
    qtbot.waitUntil(lambda: not window.sidebar.is_shrunk())


def test_a_side_bar_of_icons_gives_its_room_to_the_page(context: Context, qtbot: QtBot) -> None:
    context.settings.pages[layout.PLACE] = {"sizes": [260, 900, 440], "pane": True}
    window = MainWindow(context)
    qtbot.addWidget(window)
    window.resize(1600, 900)
    window.show()
    window.show_page("follow_up")
    qtbot.wait(20)
    wide = window.pane.width()
    window.splitter.setSizes([260, 900, wide])  # as it is after an edge was moved
    window.show_page("today")
    qtbot.wait(20)
    for change in (lambda: window.sidebar.set_shrunk(True), lambda: window.resize(layout.LEAST[0], 600)):
        window.sidebar.set_shrunk(False)
        change()
        qtbot.waitUntil(lambda: window.splitter.sizes()[0] == window.sidebar.width())
        assert window.sidebar.is_shrunk()
        window.show_page("follow_up")
        qtbot.waitUntil(lambda: window.splitter.sizes()[0] == window.sidebar.width())
        if window.width() == 1600:
            qtbot.waitUntil(lambda: window.pane.width() == wide)


# ---- the Window menu of macOS


@pytest.fixture
def on_macos(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(windowmenu.sys, "platform", "darwin")


def _titles(window: MainWindow) -> list[str]:
    return [action.text().replace("&", "") for action in window.menuBar().actions()]


def test_other_platforms_have_no_window_menu(window: MainWindow) -> None:
    assert "Window" not in _titles(window)
    assert shown_keys("log_meeting") == "Ctrl+M"


def test_macos_has_a_window_menu_before_help(on_macos: None, context: Context, qtbot: QtBot) -> None:
    window = MainWindow(context)
    qtbot.addWidget(window)
    window.show()
    assert _titles(window)[-2:] == ["Window", "Help"]
    keys = [_key_of(action.text()) for action in window.menuBar().actions()]
    assert len(set(keys)) == len(keys)
    menu = window.findChild(windowmenu.WindowMenu)
    assert menu.minimise.shortcut() == QKeySequence("Ctrl+M")
    assert window.commands.actions["log_meeting"].shortcuts() == [QKeySequence("Ctrl+Shift+L")]
    assert ("Log a meeting", "Ctrl+Shift+L") in [row for _title, rows in sections() for row in rows]
    texts = [action.text() for action in menu.actions() if not action.isSeparator()]
    assert texts == ["&Minimise", "&Zoom", window.windowTitle(), "&Bring All to Front"]
    assert len({_key_of(text) for text in texts if "&" in text}) == 3


def test_the_window_menu_leads_to_the_windows_of_records(
    on_macos: None, context: Context, qtbot: QtBot
) -> None:
    window = MainWindow(context)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    window.pane.open_window(links.find("FU-2026-001"))
    opened = window.findChild(RecordWindow)
    menu = window.findChild(windowmenu.WindowMenu)
    qtbot.waitUntil(opened.isActiveWindow)
    menu.aboutToShow.emit()
    rows = {action.text(): action for action in menu._listed}
    assert list(rows) == [window.windowTitle(), opened.windowTitle()]
    assert [action.isChecked() for action in rows.values()] == [False, True]
    rows[window.windowTitle()].trigger()
    qtbot.waitUntil(window.isActiveWindow)
    menu.minimise.trigger()
    assert window.isMinimized()
    menu.aboutToShow.emit()
    menu._listed[0].trigger()
    assert not window.isMinimized()
    menu.zoom.trigger()
    assert window.isMaximized()
    menu.zoom.trigger()
    assert not window.isMaximized()
    menu.all_to_front.trigger()
    qtbot.waitUntil(lambda: window.isActiveWindow() or opened.isActiveWindow())
    opened.close()
    qtbot.waitUntil(lambda: window.findChildren(RecordWindow) == [])
    menu.aboutToShow.emit()
    assert [action.text() for action in menu._listed] == [window.windowTitle()]

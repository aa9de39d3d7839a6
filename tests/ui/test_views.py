"""Saved views in the window: shown, saved, replaced, put in order; a list in groups, and its keys."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop import settings as settings_file
from desktop.model import FollowUp, Person, Recommendation, SavedView
from desktop.service import query, records, views
from desktop.service.query import Condition, Order, Query
from desktop.service.views import Definition
from desktop.ui import layout
from desktop.ui.context import Context
from desktop.ui.dialogs.viewname import RenameViewDialog, SaveViewDialog
from desktop.ui.lists.grouping import GroupedLines
from desktop.ui.views import coming
from desktop.ui.views.shelf import PREFIX
from desktop.ui.window import MainWindow
from tests.service.test_views import definitions
from tests.ui.test_lists import crowd


@pytest.fixture
def window(context: Context, qtbot: QtBot) -> Iterator[MainWindow]:
    """The window on its follow-ups."""
    context.settings.last_page = "follow_up"
    made = MainWindow(context)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.blockSignals(True)
    made.close()
    made.deleteLater()


def alike(one: Query, other: Query) -> bool:
    """Whether two queries ask the same; filters stand in any order."""
    return (set(one.where), one.text, one.order, one.group, one.columns) == (
        set(other.where),
        other.text,
        other.order,
        other.group,
        other.columns,
    )


def names(window: MainWindow) -> list[str]:
    return [item.text() for item in window.sidebar.views.items()]


def test_the_views_stand_under_the_pages(window: MainWindow) -> None:
    assert names(window) == [
        "Overdue",
        "Waiting on the other side",
        "Mine",
        "This week",
        "Stale",
        "High priority",
    ]
    assert window.sidebar.views.accessibleName() == "Saved views"


def test_a_view_is_shown_on_its_page_and_left_with_it(window: MainWindow) -> None:
    own = window.page.current_query()
    window.sidebar.views.chosen.emit(PREFIX + "overdue")
    assert window.sidebar.current() == PREFIX + "overdue"
    assert window.page.current_query().where == (Condition("attention", "in", ("overdue",)),)
    assert window.page._title.text() == "Overdue"
    window.page.table.show_columns(("ref", "title"))
    window.page.filter_bar.clear()
    window.show_page("follow_up")
    assert window.sidebar.current() == "follow_up"
    assert window.page.current_query() == own
    assert window.page._title.text() == "Follow-ups"


def test_what_is_shown_is_saved_and_shown_again_as_the_same_query(
    window: MainWindow, context: Context
) -> None:
    page = window.page
    sato = context.workspace.officer
    page.show_where(
        (
            Condition("owner", "in", (sato.id,)),
            Condition("status", "not", ("done",)),
            Condition("due_on", "from", ("2026-01-01",)),
            Condition("raised_on", "to", ("2027-01-01",)),
        )
    )
    page.table.show_columns(("title", "ref", "due_on"))
    page.table.sort_by("title", True)
    page.table.group_by("direction")
    page._columns.set_width("title", 333)
    page.search.setText("the")
    page._on_searched("the")
    shown = page.current_query()
    window.commands.run("save_view")
    dialog = window.findChild(SaveViewDialog)
    dialog.main.give("name", "Hers")
    dialog.accept()
    assert names(window)[-1] == "Hers"
    saved = views.named("Hers")
    assert saved.definition.filters["owner"] == [sato.uid]
    assert saved.definition.widths == {"title": 333}
    window.show_page("meeting")
    window.shelf.show(PREFIX + saved.key)
    assert alike(window.page.current_query(), shown)
    assert alike(views.query(context.workspace, saved), shown)


@pytest.mark.parametrize("name", [each.key for each in views.SHIPPED])
def test_the_window_and_the_command_line_ask_the_same(
    window: MainWindow, context: Context, name: str
) -> None:
    view = views.find(name)
    window.shelf.open(view)
    page = window.page
    assert alike(page.current_query(), views.query(context.workspace, view, page.columns))


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(definition=definitions())
def test_any_view_is_the_same_query_in_the_window_and_saved_again(
    window: MainWindow, context: Context, definition: Definition
) -> None:
    whole = replace(
        definition, columns=definition.columns or ["title"], sort=definition.sort or ["ref", False]
    )
    view = views.View("any", "Any", FollowUp, whole)
    window.page.show_view(view)
    asked = views.query(context.workspace, view)
    assert alike(window.page.current_query(), asked)
    again = views.View("any", "Any", FollowUp, window.page.definition())
    assert alike(views.query(context.workspace, again), asked)
    assert window.page.definition().widths == whole.widths


def test_a_view_is_replaced_renamed_moved_and_deleted(window: MainWindow, context: Context) -> None:
    workspace = context.workspace
    first = views.save(workspace, "One", FollowUp, Definition(text="a"))
    views.save(workspace, "Two", Recommendation, Definition())
    assert names(window)[-2:] == ["One", "Two"]
    bar = window.sidebar.views
    bar.setCurrentRow(bar.count() - 1)
    QTest.keyClick(bar, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert names(window)[-2:] == ["Two", "One"]
    window.shelf.open(views.find(first.key))
    window.page.search.setText("other")
    window.shelf.replace(views.find(first.key))
    assert views.find(first.key).definition.text == "other"
    bar.setCurrentRow(bar.count() - 1)
    QTest.keyClick(bar, Qt.Key.Key_F2)
    dialog = window.findChild(RenameViewDialog)
    dialog.main.give("name", "Two")
    dialog.accept()
    assert dialog.isVisible()
    dialog.main.give("name", "Three")
    dialog.accept()
    assert names(window)[-2:] == ["Two", "Three"]
    QTest.keyClick(bar, Qt.Key.Key_Delete)
    assert names(window)[-1] == "Two"
    assert FollowUp.select().count() == 3
    window.commands.run("undo")
    assert names(window)[-1] == "Three"
    bar.arranged.emit([PREFIX + first.key])
    assert names(window)[-2:] == ["Three", "Two"]
    menu = window.shelf._menu(views.find("overdue"))
    assert [action.isEnabled() for action in menu.actions()] == [True, False, False, False, False, False]
    menu.deleteLater()


def test_what_a_view_asks_for_and_is_gone_is_said(window: MainWindow, context: Context) -> None:
    said: list[str] = []
    context.said.connect(lambda sentence, _actions: said.append(sentence))
    view = views.save(
        context.workspace, "Odd", FollowUp, Definition(filters={"colour": ["red"]}, columns=["ref"])
    )
    window.shelf.open(view)
    assert said == ["“Odd” asks for what is not there any more: colour. The rest is shown."]
    assert window.page.model.rowCount() == 3


def test_the_rows_of_views_are_counted(window: MainWindow, qtbot: QtBot) -> None:
    from desktop.ui.widgets.pagelist import COUNT

    counts = lambda: [item.data(COUNT) for item in window.sidebar.views.items()]  # noqa: E731
    qtbot.waitUntil(lambda: counts()[0] == "1", timeout=5000)
    assert counts()[2] == "3"
    spoken = window.sidebar.views.items()[0].data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Overdue, 1"


def test_mine_without_an_officer_says_what_to_do(window: MainWindow, context: Context) -> None:
    context.workspace.officer = None
    window.shelf.show(PREFIX + "mine")
    assert "who is at the desk" in context.told[0]
    assert window.page.view is None


# ---- groups


def grouped(window: MainWindow, name: str = "owner") -> Any:
    window.page.clear_filters()
    window.page.table.group_by(name)
    return window.page.table


def test_headers_stand_over_their_rows(window: MainWindow) -> None:
    table = grouped(window, "direction")
    model = table.rows
    told = [
        (header.text, header.count) if (header := model.folding.header(row)) else model.record_id(row)
        for row in range(model.rowCount())
    ]
    asked = window.page.current_query()
    groups = query.tally(window.context.workspace, Query(FollowUp, ("direction",)))
    assert [each for each in told if isinstance(each, tuple)] == [
        (FollowUp.direction.text(key), count)
        for key, count in sorted(groups, key=lambda g: list(FollowUp.direction.scale).index(g[0]))
    ]
    assert [each for each in told if isinstance(each, int)] == [
        row[0] for row in query.each(window.context.workspace, asked)
    ]
    assert window.page.status_text() == "3 follow-ups"
    first = model.index(0, 0)
    assert first.data(Qt.ItemDataRole.AccessibleTextRole) == "Owed by us: 2 follow-ups, unfolded"


def test_keys_fold_and_unfold(window: MainWindow) -> None:
    table = grouped(window, "direction")
    model = table.rows
    whole = model.rowCount()
    table.setCurrentIndex(model.index(0, 0))
    for key, count in (
        (Qt.Key.Key_Left, whole - 2),
        (Qt.Key.Key_Left, whole - 2),
        (Qt.Key.Key_Right, whole),
        (Qt.Key.Key_Space, whole - 2),
        (Qt.Key.Key_Return, whole),
    ):
        QTest.keyClick(table, key)
        assert model.rowCount() == count
    assert table.selected_count() == 0
    model.folding.set_all(True)
    assert model.rowCount() == 2
    assert window.page.status_text() == "3 follow-ups"
    table.selectAll()
    assert table.selected_ids() == []
    model.folding.set_all(False)
    table.selectAll()
    assert len(table.selected_ids()) == table.selected_count() == 3


def test_a_click_on_a_header_folds_its_group(window: MainWindow, qtbot: QtBot) -> None:
    table = grouped(window, "direction")
    before = table.rows.rowCount()
    place = table.visualRect(table.rows.index(0, 1)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert table.rows.rowCount() == before - 2


def test_a_record_that_is_folded_away_is_unfolded_when_asked_for(
    window: MainWindow, context: Context
) -> None:
    table = grouped(window, "direction")
    table.rows.folding.set_all(True)
    wanted = FollowUp.get(FollowUp.title == "Come back on terms")
    window.page.select_record(wanted)
    assert table.selected_ids() == [wanted.id]
    assert table.rows.rowCount() == 3


def test_what_is_folded_and_selected_stays_after_a_change(window: MainWindow, context: Context) -> None:
    table = grouped(window, "direction")
    terms = FollowUp.get(FollowUp.title == "Come back on terms")
    table.select_id(terms.id)
    table.rows.folding.set(0, True)
    count = table.rows.rowCount()
    records.change(context.workspace, terms, {"priority": "high"})
    assert table.rows.rowCount() == count
    assert table.selected_ids() == [terms.id]


def test_what_is_copied_of_groups_has_no_headers(window: MainWindow) -> None:
    from PySide6.QtWidgets import QApplication

    table = grouped(window, "direction")
    table.selectAll()
    window.commands.run("copy")
    lines = QApplication.clipboard().text().splitlines()
    assert len(lines) == 4
    assert lines[0].startswith("Ref\t")


def test_many_rows_are_grouped_without_being_read(window: MainWindow, context: Context, qtbot: QtBot) -> None:
    crowd(context.workspace, 6_000)
    context.changed.emit(None)
    table = grouped(window, "counterpart")
    qtbot.waitUntil(lambda: isinstance(table.rows.lines, GroupedLines), timeout=10_000)
    assert table.rows.record_count == 6_003
    QTest.keyClick(table, Qt.Key.Key_End)
    lines = table.rows.lines
    assert sum(len(ids) for ids in lines.loaded().values()) <= 2_000
    numbers = [(first, last) for first, last in lines.stretches(0, lines.count - 1)]
    assert sum(last - first + 1 for first, last in numbers) == 6_003
    for row in (1, 2_999, lines.count - 1):
        record_id = table.rows.record_id(row)
        assert record_id is None or table.rows.places([record_id]) == {record_id: row}


def test_the_header_menu_groups_by_a_column(window: MainWindow) -> None:
    from desktop.ui.lists.menus import header_menu

    page = window.page
    menu = header_menu(page.table, "status", page.column_button)
    next(a for a in menu.actions() if a.text() == "&Group by this column").trigger()
    assert page.current_query().group == "status"
    assert page.group_button.accessibleName() == "Grouped by Status"
    menu.deleteLater()
    menu = header_menu(page.table, "title", page.column_button)
    assert "&Group by this column" not in [a.text() for a in menu.actions()]
    menu.deleteLater()


def test_groups_come_back_with_the_list(window: MainWindow, context: Context) -> None:
    grouped(window, "priority")
    assert context.settings.pages["follow_up"]["group"] == "priority"
    window.page.table.sort_by("title", True)
    assert window.page.current_query().order == (Order("title", True),)
    assert window.page.current_query().group == "priority"
    assert SavedView.select().count() == 0


# ---- after a restart


@pytest.fixture
def again(window: MainWindow, context: Context, qtbot: QtBot) -> Callable[[], MainWindow]:
    """Closes the window, and makes the next one from what was written."""

    def restarted() -> MainWindow:
        window.blockSignals(True)
        window.close()
        written, problem = settings_file.load()
        assert not problem
        context.settings.pages = written.pages
        made = MainWindow(context)
        qtbot.addWidget(made)
        made.show()
        qtbot.waitExposed(made)
        return made

    return restarted


def test_the_view_that_was_open_comes_back_as_it_was_left(
    window: MainWindow, again: Callable[[], MainWindow]
) -> None:
    window.sidebar.views.chosen.emit(PREFIX + "overdue")
    window.page.table.show_columns(("ref", "title"))
    window.page.search.setText("list")
    window.page._on_searched("list")
    before = window.page.current_query()
    second = again()
    assert second.sidebar.current() == PREFIX + "overdue"
    assert second.page._title.text() == "Overdue"
    assert alike(second.page.current_query(), before)
    second.show_page("follow_up")
    assert second.page._title.text() == "Follow-ups"
    assert second.page.current_query().text == ""


def test_a_view_that_was_left_does_not_come_back(window: MainWindow, again: Callable[[], MainWindow]) -> None:
    window.sidebar.views.chosen.emit(PREFIX + "overdue")
    window.show_page("follow_up")
    assert again().sidebar.current() == "follow_up"


def test_a_view_that_was_saved_anew_meanwhile_comes_back_as_saved(
    window: MainWindow, context: Context, qtbot: QtBot
) -> None:
    view = views.save(context.workspace, "Cables", FollowUp, Definition(text="cable"))
    window.shelf.open(view)
    window.close()
    views.save(context.workspace, "Cables", FollowUp, Definition(text="list"), instead=True)
    second = MainWindow(context)
    qtbot.addWidget(second)
    assert second.sidebar.current() == PREFIX + view.key
    assert second.page.current_query().text == "list"


def test_mine_is_whoevers_is_at_the_desk_then(window: MainWindow, context: Context, qtbot: QtBot) -> None:
    window.sidebar.views.chosen.emit(PREFIX + "mine")
    before = window.page.current_query().where
    window.close()
    context.workspace.sign_in(Person.get(Person.name == "Mori Aya").uid)
    second = MainWindow(context)
    qtbot.addWidget(second)
    assert second.sidebar.current() == PREFIX + "mine"
    assert second.page.current_query().where != before


@pytest.mark.parametrize("kept", [None, "x", {"key": "gone"}, {"key": "overdue", "now": 3}, {"key": []}])
def test_what_is_kept_of_a_view_may_be_damaged(context: Context, qtbot: QtBot, kept: Any) -> None:
    context.settings.last_page = "follow_up"
    context.settings.pages["window"] = {"view": kept}
    made = MainWindow(context)
    qtbot.addWidget(made)
    known = isinstance(kept, dict) and kept["key"] == "overdue"
    assert made.sidebar.current() == (PREFIX + "overdue" if known else "follow_up")
    assert context.told == []


def test_a_view_of_the_officer_is_not_asked_for_where_nobody_is_at_the_desk(
    window: MainWindow, context: Context, qtbot: QtBot
) -> None:
    window.sidebar.views.chosen.emit(PREFIX + "mine")
    window.close()
    context.workspace.officer = None
    second = MainWindow(context)
    qtbot.addWidget(second)
    assert second.sidebar.current() == "follow_up"
    assert context.told == []


def test_reset_layout_leaves_the_view(window: MainWindow) -> None:
    window.sidebar.views.chosen.emit(PREFIX + "overdue")
    layout.reset(window)
    assert window.sidebar.current() == "follow_up"
    assert coming.shown(window) == {}

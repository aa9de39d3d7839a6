"""The tree of recommendations and the row over it: what they show, how keys walk them, what comes back."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from desktop.model import FollowUp, Initiative, Recommendation, Source
from desktop.service import follow_ups, links, progress, records
from desktop.service.query import Condition
from desktop.ui.context import Context
from desktop.ui.pages.recommendations import RecommendationsPage
from desktop.ui.record.links import groups
from desktop.ui.record.pane import RecordPane
from desktop.ui.record.trail import Trail
from desktop.ui.tree.model import key_of
from desktop.ui.tree.view import TreeView


@pytest.fixture
def page(qtbot: QtBot, context: Context) -> RecommendationsPage:
    """The page of recommendations with its tree on show."""
    return shown(qtbot, context)


def shown(qtbot: QtBot, context: Context) -> RecommendationsPage:
    made = RecommendationsPage(context)
    qtbot.addWidget(made)
    made.resize(1000, 640)
    made._views.choose("tree")
    with qtbot.waitExposed(made):
        made.show()
    return made


def tree_of(page: RecommendationsPage) -> TreeView:
    return page.findChild(TreeView)


def index_of(page: RecommendationsPage, ref: str) -> QModelIndex:
    tree = tree_of(page)
    return next(tree.rows.index_of(key_of(node)) for node in tree.rows.nodes() if node.ref == ref)


def visible(page: RecommendationsPage) -> list[str]:
    """The references of the rows that are open to sight, from the top."""
    tree, found = tree_of(page), []
    index = tree.rows.index(0, 0)
    while index.isValid():
        found.append(tree.rows.node(index).ref)
        index = tree.indexBelow(index)
    return found


def cell(page: RecommendationsPage, ref: str, column: int, role: Any = Qt.ItemDataRole.DisplayRole) -> str:
    return str(index_of(page, ref).siblingAtColumn(column).data(role))


def test_the_model_keeps_the_rules_of_qt(page: RecommendationsPage, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(tree_of(page).rows, force_py=True)


def test_documents_and_headings_stand_open_and_recommendations_closed(page: RecommendationsPage) -> None:
    assert visible(page) == ["SRC-001", "WC-2024-1", "WC-2024-1A"]
    assert cell(page, "WC-2024-1A", 0) == "Finance trusted submarine cables together"


def test_what_is_rolled_up_is_said_in_words(page: RecommendationsPage) -> None:
    said = cell(page, "WC-2024-1", 0, Qt.ItemDataRole.AccessibleTextRole)
    assert said.startswith("Heading WC-2024-1: Digital connectivity")
    assert "1 recommendation: 1 Not started; 1 Grey; 1 ask; Follow-ups: 1 open, 1 overdue" in said
    assert cell(page, "WC-2024-1", 4) == "1 open"
    assert cell(page, "WC-2024-1", 5) == "12 Nov 2026"


def test_the_desks_assessment_stands_beside_the_reported_status_with_their_days(
    page: RecommendationsPage, context: Context, qtbot: QtBot
) -> None:
    record = links.find("WC-2024-1A")
    progress.report(context.workspace, record, status="in_progress", on="2026-11-10")
    progress.report(
        context.workspace, links.find("WC-2024-1A"), status="stalled", on="2026-11-20", aspect="desk"
    )
    role = Qt.ItemDataRole.AccessibleTextRole
    qtbot.waitUntil(lambda: cell(page, "WC-2024-1A", 1) == "In progress")
    assert cell(page, "WC-2024-1A", 1, role) == "In progress, reported on 10 Nov 2026"
    assert cell(page, "WC-2024-1A", 2, role) == "Stalled, assessed on 20 Nov 2026"


def test_keys_open_close_and_lead_on(page: RecommendationsPage, qtbot: QtBot) -> None:
    tree = tree_of(page)
    told: list[Any] = []
    tree.opened.connect(told.append)
    found: list[str] = []
    tree.find_requested.connect(found.append)
    tree.setFocus()
    tree.setCurrentIndex(index_of(page, "WC-2024-1A"))
    qtbot.keyClick(tree, Qt.Key.Key_Right)
    assert visible(page)[-1] == "WC-2024-1A.1"
    qtbot.keyClick(tree, Qt.Key.Key_Down)
    qtbot.keyClick(tree, Qt.Key.Key_Return)
    assert [record.ref for record in told] == ["WC-2024-1A.1"]
    tree.setCurrentIndex(index_of(page, "SRC-001"))
    tree.collapseAll()
    assert visible(page) == ["SRC-001"]
    qtbot.keyClicks(tree, "*")
    assert visible(page) == ["SRC-001", "WC-2024-1", "WC-2024-1A", "WC-2024-1A.1"]
    assert found == []
    qtbot.keyClicks(tree, "c")
    assert found == ["c"]


def test_what_somebody_opened_and_closed_comes_back(
    page: RecommendationsPage, context: Context, qtbot: QtBot
) -> None:
    tree_of(page).expand(index_of(page, "WC-2024-1A"))
    assert visible(shown(qtbot, context))[-1] == "WC-2024-1A.1"
    tree_of(page).collapse(index_of(page, "WC-2024-1"))
    assert visible(shown(qtbot, context)) == ["SRC-001", "WC-2024-1"]


def test_a_search_opens_what_leads_to_its_finds_and_forgets_that_again(
    page: RecommendationsPage, qtbot: QtBot
) -> None:
    page.search.setText("agency")
    qtbot.waitUntil(lambda: visible(page)[-1] == "WC-2024-1A.1")
    context = cell(page, "WC-2024-1A", 0, Qt.ItemDataRole.AccessibleTextRole)
    assert "shown for what it contains" in context
    page.search.clear()
    qtbot.waitUntil(lambda: visible(page) == ["SRC-001", "WC-2024-1", "WC-2024-1A"])


def test_a_document_shows_its_source_and_is_nothing_for_the_verbs(
    page: RecommendationsPage, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(page.selected) as told:
        tree_of(page).setCurrentIndex(index_of(page, "SRC-001"))
    assert isinstance(told.args[0], Source)
    assert page.selected_records() == []
    page._views.choose("list")
    assert page.selected_records() == []


def test_a_change_keeps_what_is_selected(page: RecommendationsPage, context: Context, qtbot: QtBot) -> None:
    page.select_record(links.find("WC-2024-1A"))
    assert [record.ref for record in page.selected_records()] == ["WC-2024-1A"]
    with qtbot.waitSignal(tree_of(page).filled):
        follow_ups.add(context.workspace, {"title": "Another"}, [links.find("WC-2024-1A")])
    assert cell(page, "WC-2024-1A", 4) == "2 open"
    assert [record.ref for record in page.selected_records()] == ["WC-2024-1A"]


def test_a_record_that_was_asked_for_is_found_though_closed_above(page: RecommendationsPage) -> None:
    page.select_record(links.find("WC-2024-1A.1"))
    assert [record.ref for record in page.selected_records()] == ["WC-2024-1A.1"]
    assert visible(page)[-1] == "WC-2024-1A.1"


def test_a_tree_too_slow_for_the_window_is_read_by_a_worker(
    page: RecommendationsPage, context: Context, qtbot: QtBot
) -> None:
    tree = tree_of(page)
    tree._slow = True
    with qtbot.waitSignal(tree.filled):
        records.change(context.workspace, links.find("WC-2024-1A"), {"title": "Another title"})
    assert cell(page, "WC-2024-1A", 0) == "Another title"


def test_the_menu_of_a_row_begins_with_open(page: RecommendationsPage, qtbot: QtBot) -> None:
    tree = tree_of(page)
    page.select_record(links.find("WC-2024-1A"))
    menus: list[QMenu] = []
    page.menu_about_to_show.connect(menus.append)
    qtbot.keyClick(tree, Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier)
    (menu,) = menus
    texts = [action.text().replace("&", "") for action in menu.actions()]
    assert (texts[0], menu.actions()[0].isEnabled()) == ("Open", True)
    assert "Expand all below" in texts
    menu.close()


def test_rows_are_copied_with_what_is_rolled_up(page: RecommendationsPage) -> None:
    tree_of(page).setCurrentIndex(index_of(page, "WC-2024-1"))
    tree_of(page).copy()
    head, line = QApplication.clipboard().text().splitlines()
    assert head.startswith("Reference\tRecommendation\tStatus (reported)")
    assert line.startswith("WC-2024-1\tDigital connectivity\t")
    assert "1 recommendation" in line


def test_columns_give_way_where_there_is_no_room(page: RecommendationsPage, qtbot: QtBot) -> None:
    tree = tree_of(page)
    page.resize(1400, 640)
    qtbot.waitUntil(lambda: not any(tree.isColumnHidden(column) for column in range(6)))
    page.resize(520, 640)
    qtbot.waitUntil(lambda: tree.isColumnHidden(5) and tree.isColumnHidden(2))
    assert not tree.isColumnHidden(0)
    assert tree.columnWidth(0) > 100


# ---- the row of activity


def counted(page: RecommendationsPage) -> dict[str, str]:
    return {key: button.text() for key, button in page.activity.buttons.items()}


def test_the_row_counts_by_activity_and_narrows_list_and_tree(
    page: RecommendationsPage, context: Context, qtbot: QtBot
) -> None:
    values = {
        "ref": "WC-2024-1B",
        "title": "Overtaken",
        "status": "overtaken",
        "parent": links.find("WC-2024-1").id,
    }
    records.add(context.workspace, Recommendation, values)
    expected = {
        "": "All (2)",
        "none": "No activity yet (0)",
        "stale": "Stale (0)",
        "overtaken": "Overtaken by events (1)",
    }
    qtbot.waitUntil(lambda: counted(page) == expected)
    button = page.activity.buttons["overtaken"]
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert Condition("activity", "in", ("overtaken",)) in page.current_query().where
    assert visible(page) == ["SRC-001", "WC-2024-1", "WC-2024-1B"]
    assert page.filter_bar.buttons["activity"].text().endswith("Overtaken by events")
    assert button.isChecked()
    assert counted(page) == expected
    page.filter_bar.buttons["activity"].clear()
    assert page.activity.buttons[""].isChecked()
    assert "WC-2024-1A" in visible(page)


def test_several_activities_chosen_in_the_filter_leave_no_button_down(page: RecommendationsPage) -> None:
    page.show_where((Condition("activity", "in", ("none", "stale")),))
    assert not any(button.isChecked() for button in page.activity.buttons.values())
    page.clear_filters()
    assert [key for key, button in page.activity.buttons.items() if button.isChecked()] == [""]


# ---- the chain from the document to the progress, and back


def test_the_days_of_status_and_assessment_stand_in_the_form(context: Context, qtbot: QtBot) -> None:
    record = links.find("WC-2024-1A")
    progress.report(context.workspace, record, status="in_progress", on="2026-11-10")
    progress.report(
        context.workspace, links.find("WC-2024-1A"), status="stalled", on="2026-11-20", aspect="desk"
    )
    pane = RecordPane(context)
    qtbot.addWidget(pane)
    pane.resize(420, 640)
    with qtbot.waitExposed(pane):
        pane.show()
    pane.show_record(links.find("WC-2024-1A"))
    rows = pane.view().form.rows
    assert rows["status"].note.text() == "reported on 10 Nov 2026"
    assert rows["assessment"].note.text() == "assessed on 20 Nov 2026"
    pane.show_record(links.find("WC-2024-1"))
    assert rows["status"].note.text() == rows["assessment"].note.text() == ""


def test_the_chain_can_be_walked_both_ways(context: Context, qtbot: QtBot) -> None:
    def steps(record: Any) -> set[tuple[Any, int]]:
        trail = Trail(context)
        qtbot.addWidget(trail)
        trail.show_record(record)
        below = [row for group in groups(context, record) for row in group.rows]
        return {(row.entity, row.id) for row in (*(b.summary for b in trail.buttons()), *below)}

    def at(record: Any) -> tuple[Any, int]:
        return type(record), record.id

    initiative = Initiative.get()
    briefed = FollowUp.get(FollowUp.title == "Brief the capital on the tender")
    sent = FollowUp.get(FollowUp.title == "Send the list of suppliers")
    recommendation = links.find("WC-2024-1A")
    meeting = next(seen.other for seen in links.of(recommendation) if seen.other.key() == "meeting")
    chain = [Source.get(), recommendation, initiative, briefed]
    for one, other in [
        *pairwise(chain),
        (recommendation, meeting),
        (meeting, sent),
        (recommendation, sent),
    ]:
        assert at(other) in steps(one), (one, other)
        assert at(one) in steps(other), (other, one)
    # of a follow-up that serves an initiative, the way on to the document is there at once
    assert {at(recommendation), at(Source.get())} <= steps(briefed)


def test_a_source_shows_what_it_asks_for(context: Context, qtbot: QtBot) -> None:
    pane = RecordPane(context)
    qtbot.addWidget(pane)
    pane.show_record(Source.get())
    pane.view().show_tab("links")
    rows = pane.view().page("links").rows()
    assert [row.button.summary.ref for row in rows] == ["WC-2024-1", "WC-2024-1A"]

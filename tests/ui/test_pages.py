"""Pages of records: search, filters, what is selected, what is empty, what comes back."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QMenu, QTabWidget, QWidget

from desktop import i18n
from desktop.model import FollowUp, Meeting, Organisation, Person, Sector, field, fields
from desktop.model.kinds import Invalid
from desktop.service import follow_ups, progress, records
from desktop.service.query import Condition, Order, Query, count, one, page
from desktop.service.query import shown as shown_words
from desktop.text import fold
from desktop.ui.context import Context
from desktop.ui.editors import editor
from desktop.ui.lists.choices import NONE, FixedFilter
from desktop.ui.lists.filters import can_choose, make_filter
from desktop.ui.lists.spans import BETWEEN
from desktop.ui.offers import offers, with_new
from desktop.ui.pages.directory import DirectoryPage
from desktop.ui.pages.follow_ups import FollowUpsPage
from desktop.ui.pages.initiatives import InitiativesPage
from desktop.ui.pages.meetings import MeetingsPage
from desktop.ui.pages.page import Page
from desktop.ui.pages.recommendations import RecommendationsPage

PAGES: tuple[type[Page], ...] = (
    FollowUpsPage,
    MeetingsPage,
    RecommendationsPage,
    InitiativesPage,
    *DirectoryPage.tabs,
)
SEND, TERMS, BRIEF = "Send the list of suppliers", "Come back on terms", "Brief the capital on the tender"


def show(made: Any, qtbot: Any) -> Any:
    qtbot.addWidget(made)
    made.resize(1100, 600)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


@pytest.fixture
def follow_ups_page(context: Context, qtbot: Any) -> FollowUpsPage:
    """The page of follow-ups with three of them, all open."""
    return show(FollowUpsPage(context), qtbot)


def titles(shown: Page) -> set[str]:
    """What the rows of a page name, whatever its columns."""
    ids = [shown.model.record_id(row) for row in range(shown.model.rowCount())]
    return {getattr(shown.entity.get_by_id(each), shown.entity.naming) for each in ids}


def pick(shown: Page, name: str, *keys: Any) -> None:
    """Tick these in a filter's list, and nothing else."""
    button = shown.filter_bar.buttons[name]
    button.open()
    button.clear()
    button.open()
    for key in keys:
        item = next(item for item in button._list._items() if item.data(Qt.ItemDataRole.UserRole) == key)
        item.setCheckState(Qt.CheckState.Checked)
    button._list.close()


def press(widget: QWidget, key: Qt.Key, text: str = "", held: Any = Qt.KeyboardModifier.NoModifier) -> None:
    QApplication.sendEvent(widget, QKeyEvent(QEvent.Type.KeyPress, key, held, text))
    let_go = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_unknown, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(QWidget(), let_go)  # Qt remembers the modifiers of the last press


# ---- what pages declare


@pytest.mark.parametrize("kind", PAGES)
def test_a_page_declares_fields_that_its_entity_has(kind: type[Page]) -> None:
    known = {each.name for each in fields(kind.entity)}
    assert {*kind.columns, *kind.filters} <= known
    assert {order.field for order in kind.default_order} <= set(kind.columns)
    assert {condition.field for condition in kind.default_filters} <= set(kind.filters)
    assert kind.entity.naming in kind.columns
    for name in kind.filters:
        assert can_choose(kind.entity, name), f"{name} offers nothing to choose"
    assert kind.searched
    assert kind.empty_text
    assert kind.empty_button


@pytest.mark.parametrize("kind", PAGES)
@pytest.mark.parametrize("language", ["en", "ja"])
def test_a_page_shows_its_records_and_says_how_many(
    context: Context, qtbot: Any, kind: type[Page], language: str
) -> None:
    i18n.use(language)
    shown = show(kind(context), qtbot)
    expected = len(page(context.workspace, shown.current_query(), 100))
    assert shown.model.rowCount() == expected > 0
    assert shown.status_text() == shown.model.count_text()
    assert str(expected) in shown.status_text()
    assert shown.current_query().columns == kind.columns
    assert context.told == []


@pytest.mark.parametrize("kind", [*PAGES, DirectoryPage])
def test_every_control_has_a_name(context: Context, qtbot: Any, kind: Any) -> None:
    shown = show(kind(context), qtbot)
    controls = [*shown.findChildren(QAbstractButton), *shown.findChildren(QLineEdit)]
    own = [each for each in controls if each.isVisible() and not isinstance(each.parent(), QLineEdit)]
    nameless = [each for each in own if not (each.accessibleName() or _said(each))]
    assert len(own) >= 3
    assert nameless == []
    page_shown = shown.page if isinstance(shown, DirectoryPage) else shown
    assert page_shown.table.accessibleName()


def _said(control: Any) -> str:
    return control.text() or control.toolTip()


def test_filters_beside_those_of_the_page_can_be_added(follow_ups_page: FollowUpsPage, qtbot: Any) -> None:
    bar = follow_ups_page.filter_bar
    bar._menu.aboutToShow.emit()
    offered = [action.text() for action in bar._menu.actions()]
    assert FollowUp.priority.title in offered
    assert FollowUp.status.title not in offered
    next(action for action in bar._menu.actions() if action.text() == FollowUp.priority.title).trigger()
    qtbot.waitUntil(lambda: bar.buttons["priority"]._list is not None)
    bar.buttons["priority"]._list.close()
    pick(follow_ups_page, "priority", "low")
    assert titles(follow_ups_page) == {BRIEF}


# ---- filters


def test_filter_by_status(follow_ups_page: FollowUpsPage, context: Context) -> None:
    assert titles(follow_ups_page) == {SEND, TERMS, BRIEF}
    progress.report(context.workspace, FollowUp.get(FollowUp.title == SEND), status="done", done="Sent.")
    assert titles(follow_ups_page) == {TERMS, BRIEF}, (
        "what is closed is filtered out until somebody asks for it"
    )
    pick(follow_ups_page, "status", "done", "cancelled")
    assert titles(follow_ups_page) == {SEND}
    button = follow_ups_page.filter_bar.buttons["status"]
    assert button.text() == "Status: Done, Cancelled"
    assert button.isChecked()
    assert button.accessibleDescription() == "Done, Cancelled"
    button.clear()
    assert titles(follow_ups_page) == {SEND, TERMS, BRIEF}
    assert not button.isChecked()


def test_filter_by_rag_and_attention(follow_ups_page: FollowUpsPage) -> None:
    pick(follow_ups_page, "rag", "red")
    assert titles(follow_ups_page) == {SEND}
    pick(follow_ups_page, "rag", "green", "amber", "grey")
    assert titles(follow_ups_page) == {TERMS, BRIEF}
    follow_ups_page.clear_filters()
    pick(follow_ups_page, "attention", "overdue")
    assert titles(follow_ups_page) == {SEND}


def test_filter_by_owner_and_by_none(follow_ups_page: FollowUpsPage, context: Context) -> None:
    mori = Person.get(Person.name == "Mori Aya")
    records.change(context.workspace, FollowUp.get(FollowUp.title == SEND), {"owner": mori.id})
    records.change(context.workspace, FollowUp.get(FollowUp.title == BRIEF), {"owner": None})
    pick(follow_ups_page, "owner", mori.id)
    assert titles(follow_ups_page) == {SEND}
    assert follow_ups_page.filter_bar.buttons["owner"].text() == "Owner: Mori Aya"
    pick(follow_ups_page, "owner", NONE)
    assert titles(follow_ups_page) == {BRIEF}
    pick(follow_ups_page, "owner", mori.id, NONE)
    assert titles(follow_ups_page) == {BRIEF}, "that there is none excludes everybody"


def test_owners_are_sought_among_officers_and_found_by_typing(follow_ups_page: FollowUpsPage) -> None:
    button = follow_ups_page.filter_bar.buttons["owner"]
    offered = [option.label for option in button.filter.options("")]
    assert any("Sato" in label for label in offered)
    assert not any("Rojas" in label for label in offered)
    assert any("Mori" in option.label for option in button.filter.options("mori"))


def test_filter_by_direction(follow_ups_page: FollowUpsPage) -> None:
    pick(follow_ups_page, "direction", "partner")
    assert titles(follow_ups_page) == {TERMS}
    pick(follow_ups_page, "direction", "us")
    assert titles(follow_ups_page) == {SEND, BRIEF}


def test_filter_by_country_and_by_region(follow_ups_page: FollowUpsPage, context: Context) -> None:
    change = records.change
    change(context.workspace, FollowUp.get(FollowUp.title == SEND), {"countries": {"CL"}})
    change(context.workspace, FollowUp.get(FollowUp.title == TERMS), {"countries": {"BR", "AR"}})
    change(context.workspace, FollowUp.get(FollowUp.title == BRIEF), {"countries": set()})
    pick(follow_ups_page, "countries", "CL")
    assert titles(follow_ups_page) == {SEND}
    pick(follow_ups_page, "countries", "region:mercosur")
    assert titles(follow_ups_page) == {TERMS}
    assert follow_ups_page.filter_bar.buttons["countries"].text() == "Countries: Mercosur"
    pick(follow_ups_page, "countries", "region:mercosur", "CL")
    assert titles(follow_ups_page) == {SEND, TERMS}
    pick(follow_ups_page, "countries", NONE)
    assert titles(follow_ups_page) == {BRIEF}


def test_the_post_s_own_countries_are_offered_first(follow_ups_page: FollowUpsPage) -> None:
    options = follow_ups_page.filter_bar.buttons["countries"].filter.options("")
    assert [option.key for option in options[:3]] == ["CL", "US", "JP"]
    found = follow_ups_page.filter_bar.buttons["countries"].filter.options("peru")
    assert [option.key for option in found] == ["PE"]


def test_filter_by_sector(follow_ups_page: FollowUpsPage, context: Context) -> None:
    energy = Sector.get(Sector.name == "Energy")
    records.change(context.workspace, FollowUp.get(FollowUp.title == SEND), {"sectors": {energy.id}})
    pick(follow_ups_page, "sectors", energy.id)
    assert titles(follow_ups_page) == {SEND}


@pytest.mark.parametrize(
    ("span", "found"),
    [
        ("overdue", {SEND}),
        ("today", set()),
        ("week", {SEND}),
        ("fortnight", set()),
        (NONE, {BRIEF}),
    ],
)
def test_filter_by_due(follow_ups_page: FollowUpsPage, span: str, found: set[str]) -> None:
    pick(follow_ups_page, "due_on", span)
    assert titles(follow_ups_page) == found


def test_what_is_done_is_not_overdue(follow_ups_page: FollowUpsPage, context: Context) -> None:
    progress.report(context.workspace, FollowUp.get(FollowUp.title == SEND), status="done", done="Sent.")
    follow_ups_page.clear_filters()
    assert SEND in titles(follow_ups_page)
    pick(follow_ups_page, "due_on", "overdue")
    assert titles(follow_ups_page) == set()


def test_filter_by_two_days(follow_ups_page: FollowUpsPage) -> None:
    button = follow_ups_page.filter_bar.buttons["due_on"]
    button.open()
    first, last = button._ends._edits
    first.take("2026-12-01")
    assert titles(follow_ups_page) == {TERMS}
    assert button.text() == "Due: from 1 Dec 2026"
    last.take("2026-11-01")
    assert "before the start" in button._ends._problem.text()
    assert titles(follow_ups_page) == {TERMS}, "nothing changes while it is wrong"
    last.take("2026-12-31")
    assert button.text() == "Due: 1 Dec 2026 to 31 Dec 2026"
    assert titles(follow_ups_page) == {TERMS}
    button._list.close()


def test_spans_move_with_the_day(follow_ups_page: FollowUpsPage, context: Context) -> None:
    pick(follow_ups_page, "due_on", "fortnight")
    assert titles(follow_ups_page) == set()
    context.workspace._clock = lambda: dt.datetime(2026, 12, 10, 15, tzinfo=dt.UTC)
    context.changed.emit(None)  # as the context tells on a new day
    assert titles(follow_ups_page) == {TERMS}


def test_weeks_begin_as_the_language_has_it(
    follow_ups_page: FollowUpsPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    span = follow_ups_page.filter_bar.buttons["due_on"].filter.spans["week"]
    saturday = dt.date(2026, 11, 21)
    monkeypatch.setattr("desktop.service.filters.first_weekday", lambda: 0)
    assert span.ends(saturday) == ("2026-11-16", "2026-11-22")
    monkeypatch.setattr("desktop.service.filters.first_weekday", lambda: 6)
    assert span.ends(saturday) == ("2026-11-15", "2026-11-21")


def test_meetings_are_narrowed_by_their_dates(context: Context, qtbot: Any) -> None:
    shown = show(MeetingsPage(context), qtbot)
    pick(shown, "on", "month")
    assert titles(shown) == {"Working lunch on cables"}
    pick(shown, "on", "upcoming")
    assert titles(shown) == set()


def test_history_is_let_in_by_its_filter(context: Context, qtbot: Any) -> None:
    records.add(context.workspace, Meeting, {"title": "Old summit", "on": "2018", "historic": 1})
    shown = show(MeetingsPage(context), qtbot)
    assert "Old summit" not in titles(shown)
    pick(shown, "historic", 1)
    assert titles(shown) == {"Old summit"}


def test_recommendations_are_shown_without_headings_and_asks_until_they_are_asked_for(
    context: Context, qtbot: Any
) -> None:
    shown = show(RecommendationsPage(context), qtbot)
    assert titles(shown) == {"Finance trusted submarine cables together"}
    pick(shown, "level", "heading", "ask")
    assert titles(shown) == {"Digital connectivity", "Name a lead agency"}


def test_initiatives_are_narrowed_by_partner(context: Context, qtbot: Any) -> None:
    shown = show(InitiativesPage(context), qtbot)
    dfc = Organisation.get(Organisation.acronym == "DFC")
    minrel = Organisation.get(Organisation.acronym == "MINREL")
    pick(shown, "partners", dfc.id)
    assert titles(shown) == {"Humboldt cable"}
    shown.show_where((Condition("partners", "in", (minrel.id,)),))
    assert titles(shown) == set()


def test_all_filters_are_cleared_at_once(follow_ups_page: FollowUpsPage) -> None:
    pick(follow_ups_page, "rag", "red")
    pick(follow_ups_page, "direction", "us")
    clear = follow_ups_page.filter_bar._clear
    assert clear.isVisible()
    clear.click()
    assert titles(follow_ups_page) == {SEND, TERMS, BRIEF}
    assert not clear.isVisible()
    assert follow_ups_page.current_query().where == ()


def test_a_filter_is_worked_by_keys(follow_ups_page: FollowUpsPage, qtbot: Any) -> None:
    button = follow_ups_page.filter_bar.buttons["countries"]
    press(button, Qt.Key.Key_Space)
    popup = button._list
    assert popup.isVisible()
    popup.line.setText("chi")
    press(popup.line, Qt.Key.Key_Return)
    assert follow_ups_page.current_query().where[-1] == Condition("countries", "in", ("CL",))
    popup.line.clear()
    press(popup.line, Qt.Key.Key_Down)
    popup.list.setCurrentRow(1)
    press(popup.list, Qt.Key.Key_Space, " ")
    assert follow_ups_page.current_query().where[-1].values == ("CL", "US")
    press(popup.list, Qt.Key.Key_Return)
    assert follow_ups_page.current_query().where[-1].values == ("CL",)
    press(popup, Qt.Key.Key_Escape)
    assert not popup.isVisible()
    press(button, Qt.Key.Key_Delete)
    assert not button.filter.active


def test_a_click_anywhere_on_a_line_ticks_it_once(follow_ups_page: FollowUpsPage, qtbot: Any) -> None:
    button = follow_ups_page.filter_bar.buttons["rag"]
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    popup = button._list
    for x in (8, 90):
        line = popup.list.visualItemRect(popup.list.item(0))
        qtbot.mouseClick(popup.list.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(x, line.center().y()))
        assert button.filter.active is (x == 8), "ticked by the box, and taken back by the words"
    popup.close()


def test_a_list_opened_from_elsewhere_shows_just_that(follow_ups_page: FollowUpsPage) -> None:
    follow_ups_page.search.setText("nothing like this")
    where = (Condition("attention", "in", ("overdue",)), Condition("status", "in", ("open",)))
    follow_ups_page.show_where(where)
    assert titles(follow_ups_page) == {SEND}
    assert follow_ups_page.search.text() == ""
    assert set(follow_ups_page.current_query().where) == set(where)
    assert follow_ups_page.filter_bar.buttons["attention"].text() == "Attention: Overdue"


@pytest.mark.parametrize(
    ("conditions", "words"),
    [
        ((Condition("due_on", "to", ("2026-11-20",)),), "Due: to 20 Nov 2026"),
        ((Condition("due_on", "empty", (True,)),), "Due: No date"),
        ((Condition("due_on", "empty", (False,)),), "Due: any"),
        ((Condition("status", "not", ("done", "cancelled")),), "Status: Open, In progress +1"),
        ((Condition("times_slipped", "from", (2,)),), "Times slipped: from 2"),
        ((Condition("owner", "empty", (True,)),), "Owner: None"),
    ],
)
def test_any_condition_is_shown_and_can_be_cleared(
    follow_ups_page: FollowUpsPage, conditions: tuple[Condition, ...], words: str
) -> None:
    follow_ups_page.show_where(conditions)
    button = follow_ups_page.filter_bar.buttons[conditions[0].field]
    assert button.text() == words
    asked = {(c.field, c.operator) for c in follow_ups_page.current_query().where}
    assert {c.field for c in conditions} == {name for name, _operator in asked}
    follow_ups_page.clear_filters()
    assert follow_ups_page.current_query().where == ()
    assert "times_slipped" not in follow_ups_page.filter_bar.buttons
    assert not isinstance(follow_ups_page.filter_bar.buttons["due_on"].filter, FixedFilter)


@pytest.mark.parametrize(
    ("name", "state"),
    [
        ("status", ["gone", 5]),
        ("status", "open"),
        ("status", [["open"]]),
        ("owner", [999_999]),
        ("owner", ["x"]),
        ("countries", ["XX", "region:gone"]),
        ("due_on", ["gone"]),
        ("due_on", [BETWEEN, "2026-13-01", None]),
        ("due_on", [BETWEEN, "2026-12-31", "2026-01-01"]),
        ("due_on", {}),
    ],
)
def test_a_remembered_filter_that_makes_no_sense_lets_everything_through(
    context: Context, name: str, state: Any
) -> None:
    made = make_filter(context.workspace, FollowUp, name)
    made.restore(state)
    assert not made.active
    assert made.conditions() == ()


def test_two_days_the_wrong_way_round_are_refused(context: Context) -> None:
    made = make_filter(context.workspace, FollowUp, "due_on")
    with pytest.raises(Invalid, match="before the start"):
        made.between("2026-12-31", "2026-01-01")


def test_tab_goes_as_the_eye_does(follow_ups_page: FollowUpsPage) -> None:
    bar = follow_ups_page.filter_bar
    expected = [
        follow_ups_page.group_button,
        follow_ups_page.column_button,
        *bar.buttons.values(),
        bar._add,
        bar._clear,
        follow_ups_page.table,
    ]
    follow_ups_page.search.setFocus()
    walked = []
    for _stop in expected:
        follow_ups_page.focusNextChild()
        walked.append(QApplication.focusWidget())
    assert walked == expected


# ---- search


def test_search_as_one_types(follow_ups_page: FollowUpsPage, qtbot: Any) -> None:
    with qtbot.waitSignal(follow_ups_page.search.text_changed_settled):
        for letters in ("s", "su", "sup", "supp"):
            follow_ups_page.search.setText(letters)
    assert titles(follow_ups_page) == {SEND}
    assert follow_ups_page.current_query().text == "supp"
    assert follow_ups_page.table.terms == ("supp",)
    with qtbot.waitSignal(follow_ups_page.search.text_changed_settled):
        press(follow_ups_page.search, Qt.Key.Key_Escape)
    assert titles(follow_ups_page) == {SEND, TERMS, BRIEF}


def search(shown: Page, text: str, qtbot: Any) -> None:
    with qtbot.waitSignal(shown.search.text_changed_settled):
        shown.search.setText(text)


def test_a_search_looks_beyond_the_default_filter(context: Context, qtbot: Any) -> None:
    shown = show(RecommendationsPage(context), qtbot)
    level = shown.filter_bar.buttons["level"]
    search(shown, "lead agency", qtbot)
    assert titles(shown) == {"Name a lead agency"}
    assert not level.isChecked()
    assert level.text() == "Level"
    search(shown, "lead", qtbot)
    assert not level.isChecked(), "a search that goes on lifts nothing anew"
    search(shown, "", qtbot)
    assert level.isChecked()
    assert titles(shown) == {"Finance trusted submarine cables together"}


def test_a_search_looks_beyond_what_is_closed_and_what_is_history(context: Context, qtbot: Any) -> None:
    progress.report(context.workspace, FollowUp.get(FollowUp.title == SEND), status="done", done="Sent.")
    records.add(context.workspace, Meeting, {"title": "Old summit", "on": "2018", "historic": 1})
    for kind, text, found in ((FollowUpsPage, "suppliers", SEND), (MeetingsPage, "summit", "Old summit")):
        shown = show(kind(context), qtbot)
        assert found not in titles(shown)
        search(shown, text, qtbot)
        assert titles(shown) == {found}
        search(shown, "", qtbot)
        assert found not in titles(shown)
        assert shown.current_query().where == kind.default_filters


def test_a_filter_that_somebody_chose_holds_while_a_text_is_searched(
    follow_ups_page: FollowUpsPage, qtbot: Any
) -> None:
    pick(follow_ups_page, "rag", "red")
    search(follow_ups_page, "terms", qtbot)
    assert titles(follow_ups_page) == set()
    follow_ups_page.filter_bar.buttons["rag"].clear()
    assert titles(follow_ups_page) == {TERMS}
    pick(follow_ups_page, "status", "done")
    assert titles(follow_ups_page) == set()
    search(follow_ups_page, "", qtbot)
    assert follow_ups_page.filter_bar.buttons["status"].text() == "Status: Done", "chosen during the search"


def test_the_default_filter_is_remembered_while_a_search_looks_beyond_it(
    context: Context, qtbot: Any
) -> None:
    shown = show(FollowUpsPage(context), qtbot)
    search(shown, "s", qtbot)
    pick(shown, "rag", "red")
    again = FollowUpsPage(context)
    qtbot.addWidget(again)
    assert [condition.field for condition in again.current_query().where] == ["status", "rag"]


def test_clearing_all_filters_in_a_search_leaves_the_default_filter_off(
    follow_ups_page: FollowUpsPage, qtbot: Any
) -> None:
    search(follow_ups_page, "s", qtbot)
    pick(follow_ups_page, "rag", "red")
    follow_ups_page.filter_bar._clear.click()
    search(follow_ups_page, "", qtbot)
    assert follow_ups_page.current_query().where == ()


def test_down_leads_from_the_search_to_its_first_hit_without_waiting(
    follow_ups_page: FollowUpsPage, qtbot: Any
) -> None:
    follow_ups_page.select_record(FollowUp.get(FollowUp.title == BRIEF))
    follow_ups_page.focus_search()
    follow_ups_page.search.setText("terms")
    press(follow_ups_page.search, Qt.Key.Key_Down)
    assert follow_ups_page.table.hasFocus()
    assert follow_ups_page.table.currentIndex().row() == 0
    assert [record.title for record in follow_ups_page.selected_records()] == [TERMS]


def test_letters_settle_before_anything_is_read(
    follow_ups_page: FollowUpsPage, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(follow_ups_page.model, "show", lambda query, _keep: asked.append(query.text))
    with qtbot.waitSignal(follow_ups_page.search.text_changed_settled):
        for letters in ("t", "te", "ter"):
            follow_ups_page.search.setText(letters)
    assert asked == ["ter"]


def test_typing_over_the_table_searches(follow_ups_page: FollowUpsPage, qtbot: Any) -> None:
    follow_ups_page.table.setFocus()
    with qtbot.waitSignal(follow_ups_page.search.text_changed_settled):
        press(follow_ups_page.table, Qt.Key.Key_S, "s")
    assert follow_ups_page.search.text() == "s"
    assert follow_ups_page.search.hasFocus()
    press(follow_ups_page.search, Qt.Key.Key_Down)
    assert follow_ups_page.table.hasFocus()
    assert follow_ups_page.selected_count() == 1


def test_an_input_method_over_the_table_converts_in_the_search_box(
    follow_ups_page: FollowUpsPage, qtbot: Any
) -> None:
    follow_ups_page.table.setFocus()
    follow_ups_page.search.setText("old")
    for preedit in ("k", "か", "かい"):
        QApplication.sendEvent(follow_ups_page.table, QInputMethodEvent(preedit, []))
    assert follow_ups_page.search.text() == ""
    assert follow_ups_page.table.hasFocus()
    committed = QInputMethodEvent()
    committed.setCommitString("海")
    QApplication.sendEvent(follow_ups_page.table, committed)
    assert follow_ups_page.search.text() == "海"
    assert follow_ups_page.search.hasFocus()


def test_what_an_input_method_has_committed_is_not_marked_again(
    follow_ups_page: FollowUpsPage, qtbot: Any
) -> None:
    """It resets itself in the midst of a commit, and at each focus: then there is nothing to replace."""
    table, search = follow_ups_page.table, follow_ups_page.search
    search.setText("old")
    table.setFocus()
    QApplication.sendEvent(table, QInputMethodEvent())
    assert search.selectedText() == "", "nothing is being converted"
    reset = search.textChanged.connect(lambda: QApplication.sendEvent(table, QInputMethodEvent()))
    QApplication.sendEvent(table, QInputMethodEvent("かい", []))
    committed = QInputMethodEvent()
    committed.setCommitString("会")
    QApplication.sendEvent(table, committed)
    search.disconnect(reset)
    assert (search.text(), search.selectedText()) == ("会", "")
    committed.setCommitString("合")
    QApplication.sendEvent(search, committed)
    assert search.text() == "会合"


def test_escape_of_an_input_method_leaves_the_list_as_it_was(
    follow_ups_page: FollowUpsPage, qtbot: Any
) -> None:
    table, search = follow_ups_page.table, follow_ups_page.search
    table.setFocus()
    with qtbot.assertNotEmitted(search.text_changed_settled, wait=150):
        for preedit in ("か", "かい", ""):
            QApplication.sendEvent(table, QInputMethodEvent(preedit, []))
    assert search.text() == ""
    assert table.hasFocus()


def test_the_search_is_reached_by_its_verb(follow_ups_page: FollowUpsPage) -> None:
    follow_ups_page.search.setText("terms")
    follow_ups_page.table.setFocus()
    follow_ups_page.focus_search()
    assert follow_ups_page.search.hasFocus()
    assert follow_ups_page.search.selectedText() == "terms"


# ---- what is selected


def test_the_selected_record_is_told(follow_ups_page: FollowUpsPage, qtbot: Any) -> None:
    with qtbot.waitSignal(follow_ups_page.selected) as told:
        follow_ups_page.table.selectRow(0)
    assert told.args[0].title == SEND
    with qtbot.waitSignal(follow_ups_page.selected) as told:
        follow_ups_page.table.selectAll()
    assert told.args == [None]
    assert follow_ups_page.status_text() == "3 follow-ups · 3 selected"
    assert [record.title for record in follow_ups_page.selected_records()] == [SEND, TERMS, BRIEF]


def test_while_the_selection_runs_only_where_it_rests_is_told(
    follow_ups_page: FollowUpsPage, qtbot: Any
) -> None:
    told: list[Any] = []
    follow_ups_page.selected.connect(told.append)
    for row in (0, 1, 2):
        follow_ups_page.table.selectRow(row)
    qtbot.waitUntil(lambda: len(told) >= 2)
    qtbot.wait(200)
    assert [record.title for record in told] == [SEND, BRIEF]


def test_a_record_that_leaves_the_list_stays_selected_in_the_pane(
    follow_ups_page: FollowUpsPage, context: Context, qtbot: Any
) -> None:
    with qtbot.waitSignal(follow_ups_page.selected):
        follow_ups_page.table.selectRow(0)
    with qtbot.assertNotEmitted(follow_ups_page.selected, wait=200):
        progress.report(context.workspace, FollowUp.get(FollowUp.title == SEND), status="done", done="Sent.")
    assert titles(follow_ups_page) == {TERMS, BRIEF}


def test_narrowing_the_list_lets_go_of_what_is_no_longer_in_it(
    follow_ups_page: FollowUpsPage, qtbot: Any
) -> None:
    with qtbot.waitSignal(follow_ups_page.selected):
        follow_ups_page.table.selectRow(0)
    qtbot.wait(120)
    with qtbot.waitSignal(follow_ups_page.selected) as told:
        pick(follow_ups_page, "direction", "partner")
    assert told.args == [None]


def test_a_record_is_selected_even_where_filters_hide_it(
    follow_ups_page: FollowUpsPage, context: Context
) -> None:
    send = FollowUp.get(FollowUp.title == SEND)
    follow_ups_page.select_record(FollowUp.get(FollowUp.title == TERMS))
    assert [record.title for record in follow_ups_page.selected_records()] == [TERMS]
    assert follow_ups_page.filter_bar.active, "nothing was in the way"
    pick(follow_ups_page, "direction", "partner")
    follow_ups_page.select_record(send)
    assert [record.title for record in follow_ups_page.selected_records()] == [SEND]
    assert not follow_ups_page.filter_bar.active


def test_enter_opens_the_record(follow_ups_page: FollowUpsPage, qtbot: Any) -> None:
    follow_ups_page.table.selectRow(1)
    with qtbot.waitSignal(follow_ups_page.opened) as told:
        press(follow_ups_page.table, Qt.Key.Key_Return)
    assert told.args[0].title == TERMS


def test_the_context_menu_has_what_the_list_can_do_and_takes_verbs(
    follow_ups_page: FollowUpsPage, qtbot: Any
) -> None:
    follow_ups_page.table.selectRow(0)
    with qtbot.waitSignal(follow_ups_page.menu_about_to_show) as told:
        follow_ups_page.table.menu_requested.emit(QPoint(0, 0))
    menu: QMenu = told.args[0]
    words = [action.text().replace("&", "") for action in menu.actions() if not action.isSeparator()]
    assert words == ["Open", "Copy", "Select all", "Sort by", "Choose columns…", "Group by"]
    by_title = next(a for a in menu.actions() if a.menu()).menu().actions()[1]
    by_title.trigger()
    assert follow_ups_page.current_query().order == (Order("title"),)
    menu.close()


def test_a_new_record_starts_with_what_the_list_is_narrowed_to(
    follow_ups_page: FollowUpsPage, context: Context
) -> None:
    dfc = Organisation.get(Organisation.acronym == "DFC")
    where = (
        Condition("owed_by", "in", (dfc.id,)),
        Condition("countries", "in", ("CL",)),
        Condition("priority", "in", ("high",)),
        Condition("status", "in", ("open", "waiting")),
        Condition("rag", "in", ("red",)),
    )
    follow_ups_page.show_where(where)
    assert follow_ups_page.defaults() == {
        "owed_by": dfc.id,
        "countries": frozenset({"CL"}),
        "priority": "high",
    }
    made = follow_ups.add(context.workspace, {"title": "New", **follow_ups_page.defaults()})
    assert made.priority == "high"


# ---- emptiness


def test_an_empty_list_says_what_belongs_here_and_offers_to_begin(context: Context, qtbot: Any) -> None:
    records.delete(context.workspace, list(FollowUp.select()))
    shown = show(FollowUpsPage(context), qtbot)
    said = shown._area.nothing
    assert said.isVisible()
    assert said.accessibleName() == FollowUpsPage.empty_text
    shown.setFocus()
    assert said.button.hasFocus(), "the button is where the keyboard is"
    with qtbot.waitSignal(shown.new_requested):
        said.button.click()
    follow_ups.add(context.workspace, {"title": "The first"})
    assert not said.isVisible()
    assert shown.table.hasFocus()


def test_a_search_without_a_hit_says_so_and_leads_back(follow_ups_page: FollowUpsPage, qtbot: Any) -> None:
    with qtbot.waitSignal(follow_ups_page.search.text_changed_settled):
        follow_ups_page.search.setText("zzz")
    said = follow_ups_page._area.nothing
    assert said.accessibleName() == "Nothing found for “zzz”."
    said.button.click()
    assert titles(follow_ups_page) == {SEND, TERMS, BRIEF}
    assert follow_ups_page.search.text() == ""
    assert not said.isVisible()
    assert follow_ups_page.table.isVisible()


def test_filters_that_nothing_passes_say_so(follow_ups_page: FollowUpsPage) -> None:
    pick(follow_ups_page, "rag", "grey")
    said = follow_ups_page._area.nothing
    assert said.accessibleName() == "No record passes these filters."
    assert said.button.text() == "Show all"


# ---- what comes back


def test_columns_sort_and_filters_come_back(context: Context, qtbot: Any) -> None:
    shown = show(FollowUpsPage(context), qtbot)
    shown.table.show_columns(("title", "status", "priority"))
    shown.table.sort_by("priority", True)
    pick(shown, "due_on", "overdue")
    pick(shown, "countries", "region:mercosur", "CL")
    wanted = shown.current_query()
    again = show(FollowUpsPage(context), qtbot)
    assert again.current_query() == wanted
    assert again.filter_bar.buttons["due_on"].text() == "Due: Overdue"
    assert context.settings.pages["follow_up"]["columns"] == ["title", "status", "priority"]


def test_columns_are_chosen_in_a_popup_and_reset(follow_ups_page: FollowUpsPage) -> None:
    button = follow_ups_page.column_button
    button.open()
    items = {item.data(Qt.ItemDataRole.UserRole): item for item in button._list._items()}
    assert items["title"].checkState() == Qt.CheckState.Checked
    items["raised_on"].setCheckState(Qt.CheckState.Checked)
    assert follow_ups_page.current_query().columns == (*FollowUpsPage.columns, "raised_on")
    assert follow_ups_page.model.query.columns[-1] == "raised_on"
    items["owed_by"].setCheckState(Qt.CheckState.Unchecked)
    assert "owed_by" not in follow_ups_page.model.query.columns
    button._list.foot.click()
    assert follow_ups_page.model.query.columns == FollowUpsPage.columns
    assert items["owed_by"].checkState() == Qt.CheckState.Checked
    button._list.close()


def test_the_menu_of_a_column_hides_and_moves_it(follow_ups_page: FollowUpsPage, qtbot: Any) -> None:
    from desktop.ui.lists.menus import header_menu

    def run(name: str, words: str) -> None:
        menu = header_menu(follow_ups_page.table, name, follow_ups_page.column_button)
        next(a for a in menu.actions() if a.text().replace("&", "") == words).trigger()

    run("owed_by", "Hide column")
    assert "owed_by" not in follow_ups_page.model.query.columns
    run("title", "Move right")
    assert follow_ups_page.model.query.columns[:3] == ("ref", "due_on", "title")
    run("title", "Sort descending")
    assert follow_ups_page.current_query().order == (Order("title", True),)
    run("", "Reset columns")
    assert follow_ups_page.model.query.columns == FollowUpsPage.columns
    assert follow_ups_page.current_query().order == FollowUpsPage.default_order


# ---- the directory


def test_the_directory_has_a_tab_for_each_kind(context: Context, qtbot: Any) -> None:
    directory = show(DirectoryPage(context), qtbot)
    tabs = directory.findChild(QTabWidget)
    assert [tabs.tabText(n) for n in range(tabs.count())] == ["Organisations", "People", "Sectors", "Sources"]
    assert directory.entity is Organisation
    assert len(directory.findChildren(Page)) == 1, "a tab's page is made when it is first shown"
    with qtbot.waitSignal(directory.count_changed) as told:
        tabs.setCurrentIndex(1)
    assert directory.entity is Person
    assert told.args == [directory.status_text()] == ["3 people"]
    assert show(DirectoryPage(context), qtbot).entity is Person, "the tab comes back"


def test_a_record_of_the_directory_is_found_in_its_tab(context: Context, qtbot: Any) -> None:
    directory = show(DirectoryPage(context), qtbot)
    rojas = Person.get(Person.name == "Rojas Ana")
    with qtbot.waitSignal(directory.selected, check_params_cb=lambda record: record == rojas):
        directory.select_record(rojas)
    assert directory.selected_records() == [rojas]
    assert directory.selected_count() == 1
    with qtbot.waitSignal(directory.opened) as told:
        press(directory.page.table, Qt.Key.Key_F2)
    assert told.args == [rojas]


def test_two_organisations_can_be_merged(context: Context, qtbot: Any) -> None:
    directory = show(DirectoryPage(context), qtbot)
    button = directory.page.merge_button
    assert not button.isEnabled()
    directory.page.table.selectRow(0)
    assert not button.isEnabled()
    directory.page.table.selectAll()
    assert button.isEnabled()
    with qtbot.waitSignal(directory.merge_requested) as told:
        button.click()
    assert {record.acronym for record in told.args[0]} >= {"DFC", "METI", "MINREL"}
    directory.show_entity(Sector)
    assert not hasattr(directory.page, "merge_button")


def test_the_directory_answers_for_the_tab_that_is_shown(context: Context, qtbot: Any) -> None:
    directory = show(DirectoryPage(context), qtbot)
    directory.show_where((Condition("side", "in", ("partner",)),))
    assert titles(directory.page) == {"U.S. International Development Finance Corporation"}
    assert directory.current_query() == directory.page.current_query()
    assert directory.defaults() == {}, "the side follows from other facts"
    directory.focus_search()
    assert directory.page.search.hasFocus()


def test_what_rows_refer_to_comes_with_them(context: Context, qtbot: Any) -> None:
    """References and sets are resolved in the list's own select, never row by row."""
    shown = show(InitiativesPage(context), qtbot)
    asked: list[str] = []
    connection = context.workspace.engine.db.connection()
    connection.set_trace_callback(asked.append)
    shown.model.refresh()
    shown.table.viewport().repaint()
    connection.set_trace_callback(None)
    assert [sql.split()[0] for sql in asked] == ["SELECT", "SELECT"], "how large the table is, and the rows"


@pytest.mark.parametrize(("language", "energy"), [("ja", "エネルギー"), ("es", "Energía")])
def test_sectors_of_the_catalogue_are_shown_and_found_in_the_language(
    follow_ups_page: FollowUpsPage, context: Context, language: str, energy: str
) -> None:
    workspace = context.workspace
    sector = Sector.get(Sector.name == "Energy")
    record = FollowUp.get(FollowUp.title == SEND)
    records.change(workspace, record, {"sectors": {sector.id}})
    with i18n.speaking(language):
        listed = Query(FollowUp, ("sectors",))
        assert shown_words(listed, one(workspace, listed, record.id)) == (energy,)
        chosen = make_filter(workspace, FollowUp, "sectors")
        for typed in (energy, energy[:3], "energ"):
            assert (sector.id, energy) in [(each.key, each.label) for each in chosen.options(typed)]
        assert chosen.label(sector.id) == energy
        names = Query(Sector, ("name",))
        assert shown_words(names, one(workspace, names, sector.id)) == (energy,)
        edited = editor(field(Sector, "name"), context)
        edited.set_value("Energy")
        assert edited.value() == "Energy", "what is edited is what is kept"
        for typed in (energy, "Energy", "energy"):
            assert with_new(Sector, offers(workspace, Sector, typed), typed) == [(sector.id, energy)]


@pytest.mark.parametrize(
    ("language", "energy", "order"),
    [
        ("en", "Energy", ["Digital", "Energy", "Fisheries", "Health"]),
        ("es", "Energía", ["Digital", "Energía", "Fisheries", "Salud"]),
        ("ja", "エネルギー", ["Digital", "Fisheries", "エネルギー", "保健"]),
    ],
)
def test_the_list_of_sectors_is_searched_and_sorted_as_it_reads(
    context: Context, qtbot: Any, language: str, energy: str, order: list[str]
) -> None:
    """One of the office's own has one name; what is searched for stays what was typed."""
    workspace = context.workspace
    for name in ("Health", "Fisheries"):
        records.add(
            workspace, Sector, {"name": name, "notes": f"Not {energy}" if name == "Fisheries" else ""}
        )
    with i18n.speaking(language):
        listed = show(DirectoryPage(context), qtbot)
        listed.show_entity(Sector)
        asked = replace(listed.current_query(), columns=("name",))
        assert [shown_words(asked, row)[0] for row in page(workspace, asked)] == order
        down = replace(asked, order=(Order("name", descending=True),))
        assert [shown_words(down, row)[0] for row in page(workspace, down)] == order[::-1]
        for text in (energy, energy.upper()[:4], "energ"):
            listed.page.search.setText(text)
            asked = replace(listed.current_query(), columns=("name",))
            assert asked.text == text
            found = {shown_words(asked, row)[0] for row in page(workspace, asked)}
            assert found - {"Fisheries"} == {energy}
            assert ("Fisheries" in found) == (fold(text) in fold(energy)), "by its notes"
            assert count(workspace, asked) == len(found)
    with i18n.speaking("en"):
        listed.page.search.setText("エネルギー")
        found = page(workspace, replace(listed.current_query(), columns=("name",)))
        assert [row[1] for row in found] == (["Fisheries"] if language == "ja" else [])

"""The pictures of Today: their marks are counts, arrows reach each of them, Enter leads to just that list."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QColor, QGuiApplication, QImage
from pytestqt.qtbot import QtBot

from desktop.i18n import use
from desktop.model import FollowUp, Initiative, Recommendation
from desktop.service import query, records, summaries, today
from desktop.service.query import Query
from desktop.ui import theme
from desktop.ui.charts.bars import Bars
from desktop.ui.charts.chart import Chart
from desktop.ui.charts.columns import Columns, round_up
from desktop.ui.charts.figure import CELL, Cell, Figure, Row
from desktop.ui.charts.heatmap import LEVELS, HeatMap, level
from desktop.ui.charts.panel import ChartPanel
from desktop.ui.context import Context
from desktop.ui.pages.today import TodayPage
from desktop.ui.pages.todaypictures import CHARTS
from desktop.ui.tones import LIGHT
from desktop.ui.window import MainWindow

KINDS: tuple[type[Chart], ...] = (Bars, Columns, HeatMap)


def figure(kind: type[Chart], rows: int = 4) -> Figure:
    columns = {Bars: 2, Columns: 2, HeatMap: 7}[kind]
    made = tuple(
        Row(
            f"Row {row}",
            tuple(
                Cell(
                    row + column + 1, str(row + column + 1), f"{row}, {column}", ("follow_up", (row, column))
                )
                for column in range(columns)
            ),
            tick="Jan" if row == 1 else "",
        )
        for row in range(rows)
    )
    heads = ("Row", *(f"Column {column}" for column in range(columns)))
    return Figure("A title", "In words", heads, made, columns, "Nothing here.")


@pytest.fixture(params=KINDS, ids=lambda kind: kind.__name__)
def panel(request: pytest.FixtureRequest, qtbot: QtBot, context: Context) -> Iterator[ChartPanel]:
    made = ChartPanel(request.param, figure(request.param))
    qtbot.addWidget(made)
    made.resize(420, 300)
    made.show()
    qtbot.waitExposed(made)
    return made


def here(chart: Chart) -> tuple[int, int]:
    return chart.currentIndex().row(), chart.currentIndex().column()


def test_every_mark_is_drawn_where_it_is_found(panel: ChartPanel) -> None:
    chart = panel.chart
    drawn = figure(type(chart)).drawn
    assert set(chart.places) == {(row, column) for row in range(4) for column in range(drawn)}
    image = chart.viewport().grab().toImage()
    scale = image.devicePixelRatio()
    for (row, column), place in chart.places.items():
        assert chart.viewport().rect().contains(place.toAlignedRect().adjusted(1, 1, -1, -1)), (row, column)
        middle = place.center().toPoint()
        found = chart.indexAt(middle)
        assert (found.row(), found.column()) == (row, column)
        if column == 0:
            shown = image.pixelColor(QPoint(middle) * scale)
            assert shown not in (QColor(LIGHT.surface), QColor(LIGHT.window)), (row, column)


def test_arrows_reach_every_mark(panel: ChartPanel, qtbot: QtBot) -> None:
    chart = panel.chart
    chart.setFocus(Qt.FocusReason.TabFocusReason)
    seen = {here(chart)}
    for _turn in range(3 * len(chart.places)):
        for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Up):
            start = chart.currentIndex()
            for _step in range(40):
                before = here(chart)
                qtbot.keyClick(chart, key)
                seen.add(here(chart))
                if here(chart) == before:
                    break
            chart.setCurrentIndex(start)
        missing = sorted(set(chart.places) - seen)
        if not missing:
            break
        chart.setCurrentIndex(chart.model().index(*sorted(seen)[_turn % len(seen)]))
    assert seen == set(chart.places)
    qtbot.keyClick(chart, Qt.Key.Key_End)
    assert here(chart) == max(chart.places)
    qtbot.keyClick(chart, Qt.Key.Key_Home)
    assert here(chart) == (0, 0)


def test_enter_and_a_click_lead_to_the_list(panel: ChartPanel, qtbot: QtBot) -> None:
    chart, told = panel.chart, []
    panel.leads.connect(lambda *where: told.append(where))
    chart.setFocus(Qt.FocusReason.TabFocusReason)
    chart.setCurrentIndex(chart.model().index(2, 1))
    qtbot.keyClick(chart, Qt.Key.Key_Return)
    place = chart.places[1, 0].center().toPoint()
    qtbot.mouseClick(chart.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert told == [("follow_up", (2, 1)), ("follow_up", (1, 0))]


def test_a_screen_reader_finds_named_cells(panel: ChartPanel) -> None:
    chart = panel.chart
    seen = QAccessible.queryAccessibleInterface(chart)
    assert seen.text(QAccessible.Text.Name) == "A title"
    assert seen.text(QAccessible.Text.Description) == "In words"
    assert seen.role() == QAccessible.Role.Table
    # The headers, though not in sight, are told before the cells of each row.
    columns = chart.model().columnCount()
    assert seen.child(1 + 1).text(QAccessible.Text.Name) == "Column 1"
    assert seen.child(3 * (columns + 1)).text(QAccessible.Text.Name) == "Row 2"
    assert seen.child(3 * (columns + 1) + 2).text(QAccessible.Text.Name) == "2, 1"
    assert panel.button.accessibleName()


def test_the_table_tells_the_same(panel: ChartPanel, qtbot: QtBot) -> None:
    told: list[Any] = []
    panel.leads.connect(lambda *where: told.append(where))
    panel.chart.setFocus()
    panel.show_table(True)
    table = panel.table
    assert table is not None
    assert table.isVisible()
    assert table.hasFocus()
    assert not panel.chart.isVisible()
    assert (table.accessibleName(), table.accessibleDescription()) == ("A title", "In words")
    assert table.model().headerData(1, Qt.Orientation.Vertical) == "Row 1"
    assert table.model().index(2, 1).data() == "4"
    table.setCurrentIndex(table.model().index(3, 0))
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert told == [("follow_up", (3, 0))]
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0].split("\t")[:2] == ["Row", "Column 0"]
    assert lines[3].split("\t")[:3] == ["Row 2", "3", "4"]
    panel.show_table(False)
    assert panel.chart.hasFocus()


def test_a_picture_is_copied_in_light_colours(panel: ChartPanel, qtbot: QtBot, qapp: Any) -> None:
    told: list[str] = []
    panel.copied.connect(told.append)
    theme.apply(qapp, "dark")
    qtbot.keyClick(panel.chart, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    image: QImage = QGuiApplication.clipboard().image()
    assert image.width() > 1000
    assert image.pixelColor(2, 2) == QColor(LIGHT.surface)
    ink = QColor(LIGHT.accent)
    assert any(
        image.pixelColor(x, y) == ink for x in range(0, image.width(), 2) for y in range(0, image.height(), 2)
    )
    assert told == ["The picture was copied."]


def test_the_menu_has_it_all(panel: ChartPanel) -> None:
    panel.chart.setCurrentIndex(panel.chart.model().index(0, 0))
    actions = panel.menu().actions()
    assert [each.text().replace("&", "") for each in actions] == [
        "Show the list", "Show as table", "Copy picture", "Copy table",
    ]  # fmt: skip
    assert all(each.isEnabled() for each in actions)
    actions[1].trigger()
    assert panel.shows_table()
    assert "Show as picture" in [each.text().replace("&", "") for each in panel.menu().actions()]


def test_without_figures_it_says_so_and_takes_no_focus(panel: ChartPanel) -> None:
    panel.show_figure(Figure("A title", "", ("", "", ""), (), 2, "Nothing here."))
    assert panel.chart.focusPolicy() == Qt.FocusPolicy.NoFocus
    assert not panel.chart.places
    assert panel.height() < 2 * theme.ROW


def test_the_current_mark_stays_when_figures_change(panel: ChartPanel) -> None:
    panel.chart.setCurrentIndex(panel.chart.model().index(2, 1))
    panel.show_figure(figure(type(panel.chart), 5))
    assert here(panel.chart) == (2, 1)
    panel.show_figure(figure(type(panel.chart), 1))
    assert here(panel.chart) == (-1, -1)


def test_an_axis_ends_in_a_round_number() -> None:
    for value in (0, 1, 2, 3, 7, 10, 11, 99, 100, 101, 4999, 10**6 + 1):
        end = round_up(value)
        assert value <= end
        assert end % 2 == 0
        assert len(str(end).rstrip("0")) == 1
        assert end <= max(2, 2 * value)


def test_fuller_squares_mean_more() -> None:
    levels = [level(value, 50) for value in range(51)]
    assert levels == sorted(levels)
    assert set(levels) == set(range(LEVELS + 1))
    assert level(1, 1) == LEVELS


# ---- on the page


@pytest.fixture
def page(qtbot: QtBot, context: Context) -> Iterator[TodayPage]:
    workspace = context.workspace
    meti = FollowUp.get(FollowUp.title == "Brief the capital on the tender").owed_to_id
    late = {"raised_on": "2026-10-05", "due_on": "2026-11-20"}
    records.add(workspace, FollowUp, {"title": "Theirs", "owed_by": meti, **late})
    records.add(workspace, FollowUp, {"title": "Ours", "owed_to": meti, **late})
    done = {"status": "done", "outcome": "So", "closed_on": "2026-11-20"}
    records.add(workspace, FollowUp, {"title": "Done", "raised_on": "2026-11-02", **done})
    made = TodayPage(context)
    qtbot.addWidget(made)
    made.resize(1100, 900)
    made.show()
    return made


def test_each_mark_leads_to_as_many_as_it_says(page: TodayPage, context: Context) -> None:
    seen = 0
    entities = {each.key(): each for each in (FollowUp, Initiative, Recommendation)}
    for panel in page.panels.values():
        model = panel.model
        for row in range(model.rowCount()):
            for column in range(model.figure.drawn):
                cell = model.index(row, column).data(CELL)
                if cell is None or cell.leads is None:
                    continue
                key, where = cell.leads
                if key in entities:
                    asked = Query(entities[key], ("ref",), where=where)
                    assert query.count(context.workspace, asked) == cell.value, cell.spoken
                    seen += 1
    assert seen >= 9
    assert page.panels["worst"].model.figure.told
    assert page.panels["activity"].model.figure.told


def test_each_picture_has_words(page: TodayPage) -> None:
    for name, panel in page.panels.items():
        assert panel.chart.accessibleName() == page.cards[name].title() != ""
        assert panel.chart.accessibleDescription()
        cells = [
            cell for row in panel.model.figure.rows for cell in row.cells[: panel.model.figure.drawn] if cell
        ]
        assert all(cell.spoken for cell in cells)
        assert cells


def test_only_what_is_concerned_is_read(
    page: TodayPage, context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[set[str]] = []
    board = today.board
    monkeypatch.setattr(
        today, "board", lambda workspace, parts: asked.append(set(parts)) or board(workspace, parts)
    )
    records.change(context.workspace, Initiative.get(), {"value": "7"})
    page._refresh_if_stale()
    assert asked == [{"stages", "stale", "activity"}]
    assert "USD 7" in [row.note for row in page.panels["stages"].model.figure.rows]
    context.changed.emit(None)
    page._refresh_if_stale()
    assert asked[1] == set(today.PARTS)


def test_a_day_of_the_calendar_leads_to_what_was_done_on_it(context: Context, qtbot: QtBot) -> None:
    window = MainWindow(context)
    qtbot.addWidget(window)
    figure = window.page.panels["activity"].model.figure
    cells = [cell for row in figure.rows for cell in row.cells if cell and cell.leads]
    assert sum(cell.value for cell in cells) == sum(summaries.activity(context.workspace).values()) > 0
    context.list_requested.emit(*cells[-1].leads)
    assert window.sidebar.current() == "activity"
    tab = window.page.pages.widget(0)
    assert tab.tree.topLevelItemCount() > 0
    assert tab.tree.currentItem() is tab.tree.topLevelItem(0)
    before = (dt.date.fromisoformat(cells[-1].leads[1][0]) - dt.timedelta(days=1)).isoformat()
    context.list_requested.emit("activity", (before,))
    assert not tab.newest.isHidden()
    assert tab.tree.topLevelItemCount() == 0
    tab.newest.click()
    assert tab.newest.isHidden()
    assert tab.tree.topLevelItemCount() > 0


@pytest.mark.parametrize("language", ["ja", "es"])
@pytest.mark.parametrize("width", [620, 1010, 1660])
def test_nothing_is_wider_than_its_card(page: TodayPage, width: int, language: str, qtbot: QtBot) -> None:
    use(language)
    page.resize(width, 700)
    page._asked = frozenset(today.PARTS)
    page.refresh()
    qtbot.wait(150)
    assert page.horizontalScrollBar().maximum() == 0
    for card in page.cards.values():
        assert card.geometry().right() < page.grid.width()
        assert card.width() >= card.minimumSizeHint().width()
    for name, panel in page.panels.items():
        area = panel.chart.viewport().rect()
        for place in panel.chart.places.values():
            assert area.adjusted(-1, -1, 2, 2).contains(place.toAlignedRect()), name
    assert CHARTS.keys() == page.panels.keys()

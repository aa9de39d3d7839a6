"""Lists: windows of rows, what is kept while rows are replaced, keys, columns, the clipboard."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QItemSelectionModel, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QFont, QFontMetrics, QInputMethodEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

from desktop.model import FollowUp, Meeting, Organisation, field, fields
from desktop.service import follow_ups, records
from desktop.service import query as reading
from desktop.service.query import Condition, Order, Query
from desktop.service.rows import WINDOW, Rows
from desktop.ui.context import Context
from desktop.ui.lists import model as models
from desktop.ui.lists.clipboard import Heading, as_html, as_tsv
from desktop.ui.lists.columns import Columns
from desktop.ui.lists.hits import hits, terms_of
from desktop.ui.lists.lines import KEPT, SHOWN, one_line
from desktop.ui.lists.model import ID_ROLE, KEY_ROLE, Keep, RowsModel
from desktop.ui.lists.table import RecordTable
from desktop.ui.lists.widths import LEAST, least, scant, wanted

MANY = 2_000
COLUMNS = ("ref", "title", "owed_by", "due_on", "rag", "status")
BY_TITLE = Query(FollowUp, COLUMNS, order=(Order("title"),))


def crowd(workspace: Any, count: int = MANY) -> None:
    """Many follow-ups more, put in as a bulk load would; titles in the order of their numbers."""
    numbers = f"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count})"
    one = FollowUp.select().first()
    own = ("id", "uid", "ref", "ref_key", "title", "title_key")
    rest = [f'"{column.column_name}"' for name, column in FollowUp._meta.fields.items() if name not in own]
    first = FollowUp._meta.database.execute_sql("SELECT max(id) FROM subject").fetchone()[0]
    with workspace.engine.write():
        run = FollowUp._meta.database.execute_sql
        run(f"{numbers} INSERT INTO subject (id, uid, kind) SELECT {first} + i, 'u' || i, 'follow_up' FROM n")
        run(
            f"{numbers} INSERT INTO follow_up (id, uid, ref, ref_key, title, title_key, {', '.join(rest)})"
            " SELECT ? + i, 'u' || i, 'FU-X-' || i, 'fu-x-' || printf('%06d', i), 'Task ' || i,"
            f" 'task ' || printf('%06d', i), {', '.join('f.' + each for each in rest)}"
            " FROM n, follow_up f WHERE f.id = ?",
            (first, one.id),
        )
        run(f"{numbers} INSERT INTO search_follow_up (rowid, words) SELECT {first} + i, 'task ' || i FROM n")


@pytest.fixture
def rows(context: Context) -> RowsModel:
    """A model over the three follow-ups, by title."""
    made = RowsModel(context)
    made.show(BY_TITLE)
    return made


@pytest.fixture
def table(rows: RowsModel, qtbot: Any) -> RecordTable:
    """A table over them, shown and with the focus."""
    return shown(rows, qtbot)


@pytest.fixture
def many(context: Context, qtbot: Any) -> RowsModel:
    """A model over some two thousand follow-ups, all numbered."""
    crowd(context.workspace)
    made = RowsModel(context)
    made.show(BY_TITLE)
    qtbot.waitUntil(lambda: made.exact)
    return made


def shown(rows: RowsModel, qtbot: Any, state: dict[str, Any] | None = None) -> RecordTable:
    columns = Columns(FollowUp, COLUMNS, (Order("title"),), {} if state is None else state)
    made = RecordTable(rows, columns)
    qtbot.addWidget(made)
    made.resize(900, 400)
    made.show()
    made.fit_columns()
    made.setFocus()
    qtbot.waitUntil(made.hasFocus)
    return made


def texts(rows: RowsModel, column: str) -> list[str]:
    place = rows.query.columns.index(column)
    return [rows.index(row, place).data() for row in range(rows.rowCount())]


def chosen(table: RecordTable) -> list[str]:
    return [FollowUp.get_by_id(each).title for each in table.selected_ids()]


class Counting:
    """Counts what is read of the file."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.windows: list[tuple[int, int]] = []
        self.pages = 0
        window, page = Rows.window, reading.page

        def counted(rows: Rows, start: int, size: int = WINDOW) -> Any:
            self.windows.append((start, size))
            return window(rows, start, size)

        def counted_page(*given: Any) -> Any:
            self.pages += 1
            return page(*given)

        monkeypatch.setattr(Rows, "window", counted)
        monkeypatch.setattr("desktop.service.rows.page", counted_page)


# ---- the model


def test_few_rows_are_there_at_once_and_counted(rows: RowsModel) -> None:
    assert rows.exact
    assert rows.count_text() == "3 follow-ups"
    assert texts(rows, "title") == [
        "Brief the capital on the tender",
        "Come back on terms",
        "Send the list of suppliers",
    ]


def test_a_cell_tells_its_text_value_id_and_side(rows: RowsModel) -> None:
    due = COLUMNS.index("due_on")
    cell = rows.index(2, due)
    assert cell.data() == "18 Nov 2026"
    assert cell.data(KEY_ROLE) == "2026-11-18"
    assert FollowUp.get_by_id(cell.data(ID_ROLE)).title == "Send the list of suppliers"
    assert cell.data(Qt.ItemDataRole.TextAlignmentRole) & Qt.AlignmentFlag.AlignRight
    assert cell.data(Qt.ItemDataRole.AccessibleTextRole) == "18 Nov 2026"
    rag = rows.index(2, COLUMNS.index("rag"))
    assert (rag.data(), rag.data(KEY_ROLE)) == ("Red", "red")
    assert rag.data(Qt.ItemDataRole.TextAlignmentRole) == Qt.AlignmentFlag.AlignCenter
    head = rows.headerData(due, Qt.Orientation.Horizontal, Qt.ItemDataRole.DisplayRole)
    assert head == FollowUp.due_on.title
    assert not rows.index(2, 0).data(Qt.ItemDataRole.DecorationRole)


def test_a_long_text_is_one_line_and_its_tool_tip_the_whole(context: Context) -> None:
    follow_up = FollowUp.select().first()
    records.change(context.workspace, follow_up, {"detail": "First line\nsecond\tline " + "x" * 400})
    rows = RowsModel(context)
    where = (Condition("title", "in", (follow_up.title,)),)
    rows.show(Query(FollowUp, ("detail",), where=where))
    assert rows.index(0, 0).data().startswith("First line second line xxx")
    assert len(rows.index(0, 0).data()) <= SHOWN + 1
    assert rows.index(0, 0).data(Qt.ItemDataRole.ToolTipRole).startswith("First line\nsecond\tline")


def test_one_line_keeps_what_can_be_shown() -> None:
    assert one_line("a\nb") == "a b"
    assert one_line(None) == ""
    assert one_line("海底ケーブル") == "海底ケーブル"


def test_of_many_rows_the_first_window_is_there_at_once_and_the_count_follows(
    context: Context, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    crowd(context.workspace)
    counting = Counting(monkeypatch)
    rows = RowsModel(context)
    rows.show(BY_TITLE)
    assert rows.rowCount() == WINDOW
    assert not rows.exact
    assert rows.count_text() == "200+ follow-ups"
    assert rows.index(150, 1).data().startswith("Task ")
    assert (counting.pages, counting.windows) == (1, [])
    qtbot.waitUntil(lambda: rows.exact)
    assert rows.rowCount() == MANY + 3
    assert rows.count_text() == "2,003 follow-ups"
    assert counting.windows == []


def test_rows_are_read_by_windows_where_they_are_looked_at(
    many: RowsModel, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    counting = Counting(monkeypatch)
    table = shown(many, qtbot)
    table.scrollTo(many.index(1_500, 0))
    table.viewport().repaint()
    assert {start for start, _size in counting.windows} <= {1_400, 1_600}
    assert many.index(1_500, 1).data() == "Task 1498"
    read = len(counting.windows)
    table.viewport().repaint()
    assert len(counting.windows) == read, "a window that is at hand is not read again"
    for row in range(0, MANY, 50):
        assert many.index(row, 1).data()
    assert len(many._lines.loaded()) <= KEPT


def test_sorting_is_done_by_the_database_and_keeps_what_is_selected(
    table: RecordTable, rows: RowsModel, qtbot: Any
) -> None:
    table.selectRow(0)
    assert chosen(table) == ["Brief the capital on the tender"]
    with qtbot.waitSignal(rows.order_changed) as told:
        click_header(table, "title")
    assert told.args == [Order("title", True)]
    assert rows.query.order == (Order("title", True),)
    assert texts(rows, "title")[0] == "Send the list of suppliers"
    assert chosen(table) == ["Brief the capital on the tender"]
    assert table.currentIndex().row() == 2
    click_header(table, "due_on")
    assert rows.query.order == (Order("due_on", False),)
    assert texts(rows, "due_on") == ["18 Nov 2026", "15 Dec 2026", ""]
    assert chosen(table) == ["Brief the capital on the tender"]


def click_header(table: RecordTable, name: str) -> None:
    head = table.horizontalHeader()
    section = table.rows.query.columns.index(name)
    place = QPoint(head.sectionViewportPosition(section) + head.sectionSize(section) // 2, head.height() // 2)
    for kind in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease):
        QApplication.sendEvent(head.viewport(), mouse(kind, place, head.viewport()))


def mouse(kind: QEvent.Type, place: QPoint, widget: Any) -> Any:
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    held = left if kind == QEvent.Type.MouseButtonPress else Qt.MouseButton.NoButton
    return QMouseEvent(kind, place.toPointF(), widget.mapToGlobal(place).toPointF(), left, held, none)


def test_a_change_made_elsewhere_is_shown_without_a_reset(
    table: RecordTable, rows: RowsModel, context: Context, qtbot: Any
) -> None:
    table.selectRow(1)
    follow_up = FollowUp.get(FollowUp.title == "Come back on terms")
    with qtbot.assertNotEmitted(rows.modelReset), qtbot.assertNotEmitted(table.chosen):
        records.change(context.workspace, follow_up, {"due_on": "2026-12-24"}, reason="Late")
    assert rows.index(1, COLUMNS.index("due_on")).data() == "24 Dec 2026"
    assert chosen(table) == ["Come back on terms"]


def test_a_record_that_moves_takes_the_selection_with_it(
    table: RecordTable, rows: RowsModel, context: Context, qtbot: Any
) -> None:
    table.selectRow(1)
    follow_up = FollowUp.get(FollowUp.title == "Come back on terms")
    with qtbot.assertNotEmitted(table.chosen):
        records.change(context.workspace, follow_up, {"title": "Yield on terms"})
    assert texts(rows, "title")[2] == "Yield on terms"
    assert chosen(table) == ["Yield on terms"]
    assert table.currentIndex().row() == 2


def test_records_that_come_and_go_do_not_disturb_the_selection(
    table: RecordTable, rows: RowsModel, context: Context
) -> None:
    table.selectRow(2)
    follow_ups.add(context.workspace, {"title": "A first one"})
    assert rows.rowCount() == 4
    assert rows.count_text() == "4 follow-ups"
    assert chosen(table) == ["Send the list of suppliers"]
    records.delete(context.workspace, [FollowUp.get(FollowUp.title == "A first one")])
    assert rows.rowCount() == 3
    assert chosen(table) == ["Send the list of suppliers"]
    records.delete(context.workspace, [FollowUp.get(FollowUp.title == "Send the list of suppliers")])
    assert table.selected_count() == 0
    assert table.currentIndex().row() == 1, "arrows go on from where one was"


def test_a_record_that_a_row_names_is_read_again(rows: RowsModel, context: Context) -> None:
    assert "DFC" in texts(rows, "owed_by")
    records.change(context.workspace, Organisation.get(Organisation.acronym == "DFC"), {"acronym": "IDFC"})
    assert "IDFC" in texts(rows, "owed_by")
    assert "DFC" not in texts(rows, "owed_by")


def test_what_another_program_wrote_is_shown(rows: RowsModel, context: Context) -> None:
    with context.workspace.engine.write():
        FollowUp.update(status="done").where(FollowUp.title == "Come back on terms").execute()
    context.changed.emit(None)
    assert texts(rows, "status")[1] == "Done"


def test_many_rows_stay_where_they_are_scrolled_to_when_something_changes(
    many: RowsModel, context: Context, qtbot: Any
) -> None:
    table = shown(many, qtbot)
    table.select_id(many.record_id(1_000))
    table.viewport().repaint()
    top = many.record_id(table.rowAt(0))
    selected = table.selected_ids()
    with qtbot.waitSignal(many.replaced):
        follow_ups.add(context.workspace, {"title": "A first one"})
    assert many.rowCount() == MANY + 4
    assert table.selected_ids() == selected
    assert table.selected_ranges() == [(1_001, 1_001)]
    assert many.record_id(table.rowAt(0)) == top
    record = FollowUp.get_by_id(selected[0])
    with qtbot.waitSignal(many.replaced), qtbot.assertNotEmitted(many.modelReset):
        records.change(context.workspace, record, {"priority": "low"})
    assert table.selected_ids() == selected


def test_a_list_that_nobody_sees_is_read_again_when_it_is_seen(
    rows: RowsModel, context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows.set_awake(False)
    counting = Counting(monkeypatch)
    follow_ups.add(context.workspace, {"title": "A first one"})
    assert counting.pages == 0
    assert rows.rowCount() == 3
    rows.set_awake(True)
    assert rows.rowCount() == 4


def test_a_slow_query_is_left_to_the_worker_and_the_old_rows_stay_until_then(
    rows: RowsModel, context: Context, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    crowd(context.workspace)
    monkeypatch.setattr(models, "SMALL", 0)
    monkeypatch.setattr(models, "NOTICED", 0)
    rows.show(Query(FollowUp, COLUMNS, order=(Order("rag"),)))
    assert rows.waiting
    assert rows.rowCount() == 3, "the old rows"
    qtbot.waitUntil(lambda: not rows.waiting)
    assert rows.rowCount() == MANY + 3
    assert rows.exact
    monkeypatch.setattr(models, "NOTICED", 60)
    rows.show(Query(FollowUp, COLUMNS, order=(Order("rag"),)))
    assert rows.waiting, "what was slow once goes to the worker at once"


def test_only_the_last_of_quick_queries_counts(context: Context, qtbot: Any) -> None:
    crowd(context.workspace)
    rows = RowsModel(context)
    for text in ("t", "ta", "tas", "task", "task 1", "task 12", "task 123"):
        rows.show(Query(FollowUp, COLUMNS, text=text, order=(Order("title"),)))
    rows.show(Query(FollowUp, COLUMNS, text="task", order=(Order("title", True),)))
    qtbot.waitUntil(lambda: rows.exact)
    assert rows.rowCount() == MANY
    assert rows.index(0, 1).data() == f"Task {MANY}"
    context.stop()
    assert context.told == []


def test_other_columns_show_the_same_rows_without_numbering_them_again(
    many: RowsModel, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = shown(many, qtbot)
    table.select_id(many.record_id(700))
    selected = table.selected_ids()
    monkeypatch.setattr(Rows, "fill", lambda _rows: pytest.fail("numbered again"))
    many.set_columns(("title", "priority"))
    assert many.columnCount() == 2
    assert many.exact
    assert table.selected_ids() == selected
    assert many.index(700, 1).data() == "Medium"


# ---- the table


def press(
    table: RecordTable, key: Qt.Key, text: str = "", held: Any = Qt.KeyboardModifier.NoModifier
) -> None:
    QApplication.sendEvent(table, QKeyEvent(QEvent.Type.KeyPress, key, held, text))
    let_go = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_unknown, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(QWidget(), let_go)  # Qt remembers the modifiers of the last press


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2])
def test_arrows_walk_and_enter_opens(table: RecordTable, qtbot: Any, key: Qt.Key) -> None:
    press(table, Qt.Key.Key_Down)
    press(table, Qt.Key.Key_Down)
    press(table, Qt.Key.Key_Up)
    press(table, Qt.Key.Key_Down)
    assert chosen(table) == ["Send the list of suppliers"]
    press(table, Qt.Key.Key_Home)
    assert chosen(table) == ["Brief the capital on the tender"]
    press(table, Qt.Key.Key_End)
    with qtbot.waitSignal(table.opened) as told:
        press(table, key)
    assert FollowUp.get_by_id(told.args[0]).title == "Send the list of suppliers"


def test_several_rows_are_chosen_with_shift(table: RecordTable) -> None:
    press(table, Qt.Key.Key_Home)
    press(table, Qt.Key.Key_Down, held=Qt.KeyboardModifier.ShiftModifier)
    assert table.selected_count() == 2
    assert table.selected_ranges() == [(0, 1)]


def test_a_double_click_opens(table: RecordTable, rows: RowsModel, qtbot: Any) -> None:
    place = table.visualRect(rows.index(1, 1)).center()
    with qtbot.waitSignal(table.opened) as told:
        qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
        qtbot.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseRelease(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert told.args == [rows.record_id(1)]


def test_typing_leads_to_the_search_and_shortcuts_do_not(table: RecordTable, qtbot: Any) -> None:
    with qtbot.waitSignal(table.find_requested) as told:
        press(table, Qt.Key.Key_C, "c")
    assert told.args == ["c"]
    with qtbot.waitSignal(table.find_requested) as told:  # AltGr, as Windows tells it
        both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        press(table, Qt.Key.Key_E, "€", both)
    assert told.args == ["€"]
    with qtbot.assertNotEmitted(table.find_requested):
        press(table, Qt.Key.Key_E, "\x05", Qt.KeyboardModifier.ControlModifier)
        press(table, Qt.Key.Key_E, "e", Qt.KeyboardModifier.AltModifier)
        press(table, Qt.Key.Key_Space, " ")
        press(table, Qt.Key.Key_Shift)


def test_input_methods_are_welcome_and_take_nothing_from_the_table(table: RecordTable, qtbot: Any) -> None:
    welcome = Qt.WidgetAttribute.WA_InputMethodEnabled
    assert table.testAttribute(welcome)
    press(table, Qt.Key.Key_Down)
    assert table.testAttribute(welcome), "also once a row is current that cannot be edited"
    event = QInputMethodEvent("かい", [])
    with qtbot.waitSignal(table.composed) as told, qtbot.assertNotEmitted(table.find_requested):
        QApplication.sendEvent(table, event)
    assert told.args[0].preeditString() == "かい"


def test_qt_never_searches_row_after_row(
    many: RowsModel, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = shown(many, qtbot)
    counting = Counting(monkeypatch)
    table.keyboardSearch("zzz")
    assert counting.windows == []


def test_the_menu_key_asks_for_the_menu_at_the_row(table: RecordTable, rows: RowsModel, qtbot: Any) -> None:
    table.selectRow(1)
    event = QContextMenuEvent(
        QContextMenuEvent.Reason.Keyboard, QPoint(5, 5), table.mapToGlobal(QPoint(5, 5))
    )
    row = table.visualRect(rows.index(1, 0))
    with qtbot.waitSignal(table.menu_requested) as told:
        QApplication.sendEvent(table.viewport(), event)
    assert told.args == [table.viewport().mapToGlobal(row.bottomLeft())]
    with qtbot.waitSignal(table.menu_requested) as told:
        press(table, Qt.Key.Key_F10, held=Qt.KeyboardModifier.ShiftModifier)
    assert told.args == [table.viewport().mapToGlobal(row.bottomLeft())]


def test_all_of_many_rows_can_be_selected_and_painted_quickly(
    many: RowsModel, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = shown(many, qtbot)
    counting = Counting(monkeypatch)
    table.selectAll()
    table.repaint()
    assert table.selected_count() == MANY + 3
    assert table.selected_ranges() == [(0, MANY + 2)]
    assert len(counting.windows) <= 1
    assert len(table.selected_ids(most=50)) == 50
    # The header, with the table's own selection, would ask of every cell of each column whether it is selected.
    assert table.horizontalHeader().selectionModel() is not table.selectionModel()


def test_tab_leaves_the_table(table: RecordTable) -> None:
    assert not table.tabKeyNavigation()


# ---- columns


def test_columns_are_remembered_by_the_names_of_their_fields(rows: RowsModel, qtbot: Any) -> None:
    state: dict[str, Any] = {}
    table = shown(rows, qtbot, state)
    table.show_columns(("title", "due_on", "status", "owner"))
    table.move_column("due_on", 1)
    table.horizontalHeader().resizeSection(1, 321)
    table.sort_by("status", True)
    table.columns.set_order(rows.query.order[0])
    again = Columns(FollowUp, COLUMNS, (), state)
    assert again.shown == ("title", "status", "due_on", "owner")
    assert again.order == (Order("status", True),)
    assert state["widths"] == {"status": 321}
    assert rows.query.columns == ("title", "status", "due_on", "owner")
    assert [rows.headerData(n, Qt.Orientation.Horizontal) for n in range(4)] == [
        "Follow-up",
        "Status",
        "Due",
        "Owner",
    ]


def test_a_column_dragged_in_the_header_is_remembered(table: RecordTable, rows: RowsModel) -> None:
    table.horizontalHeader().moveSection(0, 2)
    assert table.columns.shown == ("title", "owed_by", "ref", "due_on", "rag", "status")
    assert rows.query.columns == table.columns.shown
    head = table.horizontalHeader()
    assert [head.visualIndex(section) for section in range(head.count())] == list(range(head.count()))
    assert texts(rows, "ref")[0].startswith("FU-")


def test_what_was_remembered_of_another_version_is_forgiven() -> None:
    state = {"columns": ["gone", "title", "title", 3], "sort": ["gone", True], "widths": {"gone": 3}}
    columns = Columns(FollowUp, COLUMNS, (Order("due_on"),), state)
    assert columns.shown == ("title",)
    assert columns.order == (Order("due_on"),)
    assert Columns(FollowUp, COLUMNS, (), {"columns": "nonsense", "sort": 5}).shown == COLUMNS
    columns.reset()
    assert columns.shown == COLUMNS
    assert columns.toggled("title", False) == tuple(name for name in COLUMNS if name != "title")


def test_the_last_column_cannot_be_taken_away() -> None:
    columns = Columns(FollowUp, ("title",), (), {})
    assert columns.toggled("title", False) == ("title",)


def test_the_name_takes_the_room_that_is_left(table: RecordTable, rows: RowsModel) -> None:
    def widths() -> dict[str, int]:
        return {name: table.columnWidth(n) for n, name in enumerate(rows.query.columns)}

    table.resize(900, 400)
    assert sum(widths().values()) == table.viewport().width()
    before = widths()
    table.resize(1300, 400)
    assert sum(widths().values()) == table.viewport().width()
    assert widths()["title"] > before["title"]
    assert widths()["due_on"] == before["due_on"]
    letter = table.fontMetrics().averageCharWidth()
    others = sum(
        least(FollowUp, kind, table.fontMetrics()) for kind in rows.query.kinds if kind.name != "title"
    )
    table.resize(others + 26 * letter + table.width() - table.viewport().width(), 400)
    assert sum(widths().values()) == table.viewport().width(), (
        "the others give way before any leaves the view"
    )
    assert widths()["title"] >= 24 * letter
    table.resize(300, 400)
    assert widths()["due_on"] == before["due_on"], "a date is never cut"
    assert widths()["title"] >= 22 * table.fontMetrics().averageCharWidth()


def seen_whole(table: RecordTable) -> bool:
    place = table.visualRect(table.currentIndex())
    return place.top() >= 0 and place.bottom() < table.viewport().height()


def test_a_new_row_at_the_end_is_seen_whole_also_where_a_bar_appears_below(
    table: RecordTable, context: Context
) -> None:
    for number in range(30):
        made = records.add(context.workspace, FollowUp, {"title": f"Zone {number:02d}"})
        assert table.select_id(made.id)
        assert seen_whole(table), number
    table.resize(900, 380)
    assert seen_whole(table)


@pytest.mark.parametrize("entity", [Organisation, FollowUp])
def test_a_column_gives_way_in_three_steps(entity: Any, qtbot: Any) -> None:
    metrics = QFontMetrics(QFont())
    for kind in fields(entity):
        widths = [measure(entity, kind, metrics) for measure in (wanted, least, scant)]
        assert widths == sorted(widths, reverse=True), kind.name
        assert widths[-1] >= LEAST
    side = field(Organisation, "side")
    longest = max(metrics.horizontalAdvance(label) for label in side.scale.values())
    assert least(Organisation, side, metrics) >= longest or longest > 22 * metrics.averageCharWidth()
    for name in ("due_on", "rag"):
        kind = field(FollowUp, name)
        assert scant(FollowUp, kind, metrics) == least(FollowUp, kind, metrics), "dates and RAGs are not cut"


# ---- the clipboard


def test_copied_rows_are_a_table_in_which_nothing_is_computed(
    table: RecordTable, rows: RowsModel, context: Context
) -> None:
    follow_ups.add(
        context.workspace, {"title": "=1+1", "detail": 'Say "no"\nthen go', "due_on": "2026-12-01"}
    )
    table.show_columns(("title", "detail", "due_on", "times_slipped"))
    table.selectRow(0)
    QApplication.clipboard().clear()
    press(table, Qt.Key.Key_C, "\x03", Qt.KeyboardModifier.ControlModifier)
    copied = QApplication.clipboard().mimeData()
    assert copied.text().replace("\r\n", "\n") == (
        'Follow-up\tDetail\tDue\tTimes slipped\n\'=1+1\t"Say ""no""\nthen go"\t1 Dec 2026\t0\n'
    )
    assert "<td style=\"mso-number-format:'\\@'\">&#x27;=1+1</td>" in copied.html()
    assert "<td align='right'>0</td>" in copied.html()


def test_copied_texts_are_whole(table: RecordTable, rows: RowsModel, context: Context) -> None:
    long = "word " * 900
    records.change(context.workspace, FollowUp.get_by_id(rows.record_id(0)), {"detail": long})
    table.show_columns(("detail",))
    table.selectRow(0)
    table.copy()
    assert long.strip() in QApplication.clipboard().text()


def test_copying_many_reads_by_windows(many: RowsModel, qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    table = shown(many, qtbot)
    also = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    for row in (3, 900):
        table.selectionModel().select(many.index(row, 0), also)
    counting = Counting(monkeypatch)
    table.copy()
    assert counting.windows == [(3, 1), (900, 1)]
    lines = QApplication.clipboard().text().splitlines()
    assert [line.split("\t")[1] for line in lines] == ["Follow-up", "Task 1", "Task 898"]


def test_a_clipboard_table_is_escaped() -> None:
    headings = [Heading("A & B"), Heading("N", numeric=True)]
    assert "<th align='left'>A &amp; B</th>" in as_html(headings, [])
    assert "&lt;b&gt;" in as_html(headings, [("<b>", "1")])
    assert as_tsv(headings, [("x\ty", "-1")]) == 'A & B\tN\r\n"x\ty"\t-1\r\n'


# ---- hits


@pytest.mark.parametrize(
    ("text", "search", "found"),
    [
        ("Send the Draft", "dra", ["Dra"]),
        ("Reunião de Alto Nível", "nivel reuniao", ["Reunião", "Nível"]),
        ("海底ケーブルの覚書", "ケーブル", ["ケーブル"]),
        ("Scrap the rapport", "rap", ["rap"]),
        ("ＦＵ-2026", "fu", ["ＦＵ"]),
        ("nothing here", "zzz", []),
        ("anything", "", []),
        ("STRASSE straße", "strasse", ["STRASSE", "straße"]),
    ],
)
def test_hits_are_found_as_the_search_finds_them(text: str, search: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in hits(text, terms_of(search))] == found


# ---- the worker


def test_a_closed_list_stops_its_worker_and_tells_nothing(
    context: Context, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    crowd(context.workspace)
    fills: list[Callable[[], int]] = []
    monkeypatch.setattr(context, "work", lambda slow, done, failed=None: fills.append(slow))
    rows = RowsModel(context)
    rows.show(BY_TITLE)
    rows.show(Query(FollowUp, COLUMNS, order=(Order("due_on"),)), Keep.SELECTION)
    rows.stop()
    assert [fill() for fill in fills] == [0, 0], "stopped before it began"
    assert context.told == []


def test_a_worker_that_is_stopped_half_way_lets_its_connection_go(context: Context) -> None:
    crowd(context.workspace)
    rows = Rows(context.workspace, BY_TITLE)
    opened = context.workspace.engine.reader

    class Stopping:
        """A connection whose list is closed while it numbers."""

        def __init__(self) -> None:
            self.real, self.closed = opened(), False

        def execute(self, *given: Any) -> Any:
            rows.close()
            self.real.close()
            return self.real.execute(*given)

        def interrupt(self) -> None:
            pass

        def close(self) -> None:
            self.closed = True

    stopping = Stopping()
    context.workspace.engine.reader = lambda _cache: stopping
    assert rows.fill() == 0
    assert stopping.closed


def test_an_arrow_selects_the_only_row_on_which_one_stands(context: Context, qtbot: Any) -> None:
    rows = RowsModel(context)
    rows.show(Query(FollowUp, COLUMNS, where=(Condition("priority", "in", ("low",)),)))
    qtbot.waitUntil(lambda: rows.rowCount() == 1)
    table = shown(rows, qtbot)
    table.selectionModel().setCurrentIndex(rows.index(0, 0), QItemSelectionModel.SelectionFlag.NoUpdate)
    assert table.selected_count() == 0
    qtbot.keyClick(table, Qt.Key.Key_Down)
    assert table.selected_count() == 1


def test_the_state_of_meetings_is_never_cut(context: Context) -> None:
    metrics, state = QFontMetrics(QFont()), field(Meeting, "state")
    assert scant(Meeting, state, metrics) == least(Meeting, state, metrics) == wanted(Meeting, state, metrics)

"""Logs in one cell: each dated line is an update, in the order of its column, in the year that is told around it."""

from __future__ import annotations

import pytest

from desktop.export.intake.tracker import days, log_cells, planning, tables
from desktop.export.intake.tracker.asof import day_of
from desktop.service.workspace import Workspace
from tests.export.intake.tracker.conftest import book_of, plan_of, understand

TODAY = "2026-11-21"
HEADS = ["Action", "Deadline", "Status", "Progress"]


def read(text: str, order: str = days.DAY_FIRST, year: int | None = None) -> list[tuple[str, str, bool]]:
    return [tuple(entry) for entry in log_cells.entries(text, order, year, TODAY)]


@pytest.mark.parametrize(
    ("text", "order", "on", "said"),
    [
        ("11/5 called", days.MONTH_FIRST, "2026-11-05", "called"),
        ("10/1 完了", days.MONTH_FIRST, "2026-10-01", "完了"),
        ("１０／１　完了", days.MONTH_FIRST, "2026-10-01", "完了"),
        ("10月1日 依頼済", "", "2026-10-01", "依頼済"),
        ("10月1日完了", "", "2026-10-01", "完了"),
        ("(03-nov) pedido", "", "2026-11-03", "pedido"),
        ("Nov 3 – asked", "", "2026-11-03", "asked"),
        ("Nov. 3rd: asked", "", "2026-11-03", "asked"),
        ("Lun 3 nov: llamada", "", "2026-11-03", "llamada"),
        ("1º de noviembre: reunión", "", "2026-11-01", "reunión"),
        ("3/nov pedido", "", "2026-11-03", "pedido"),
        ("10.10.: called", days.DAY_FIRST, "2026-10-10", "called"),
        ("1) 10/10 - called", days.DAY_FIRST, "2026-10-10", "called"),
        ("→ 24/12 - called", days.DAY_FIRST, "2025-12-24", "called"),
    ],
)
def test_a_line_begins_with_a_day_without_a_year(text: str, order: str, on: str, said: str) -> None:
    assert read(text, order) == [(on, said, True)]


def test_a_year_that_is_told_is_not_supposed() -> None:
    assert read("2026/10/1　完了した", "") == [("2026-10-01", "完了した", False)]
    assert read("3-nov-26 sent it", "") == [("2026-11-03", "sent it", False)]


@pytest.mark.parametrize(
    "text",
    ["3/4 of the ports answered", "24/7 support", "10月1日までに回答", "12 companies", "Nov 31: no day"],
)
def test_a_line_that_begins_with_no_day_is_no_entry_of_its_own(text: str) -> None:
    assert read(f"5/10: begun\n{text}") == [("2026-10-05", f"begun\n{text}", True)]


@pytest.mark.parametrize(
    ("text", "on"),
    [
        ("10/10: a b\n03/11: c d\nby phone", "2026-10-10 2026-11-03"),
        ("20/12/2025: a b\n10/1: c d\n5/2: e f", "2025-12-20 2026-01-10 2026-02-05"),
        ("5/2: a b\n10/1: c d\n20/12: e f", "2026-02-05 2026-01-10 2025-12-20"),
        ("20/11: a b\n25/12: c d\n10/1: e f", "2025-11-20 2025-12-25 2026-01-10"),
        ("10/3: a b\n5/3: c d\n12/4: e f", "2026-03-10 2026-03-05 2026-04-12"),
        ("10/1: a b\n3/3/2024: c d", "2024-01-10 2024-03-03"),
        ("15/1/2024: a b\n10/12: c d\n5/1/2025: e f", "2024-01-15 2024-12-10 2025-01-05"),
        ("29/2: a b", "2024-02-29"),
    ],
)
def test_the_year_is_that_of_the_lines_around(text: str, on: str) -> None:
    assert " ".join(day for day, _text, _supposed in read(text)) == on


def test_a_log_without_an_order_of_its_own_ends() -> None:
    """Thousands of lines that go to and fro do not lead behind the first year, nor take a square of their number."""
    lines = [f"{at % 28 + 1}/{at % 12 + 1}: a b" for at in range(5000)]
    assert {day[:4] for day, _text, _supposed in read("\n".join(lines))} == {"2025", "2026"}
    assert len(read("\n".join(["1/1/2020: a b", *lines]))) == 5001


def test_no_line_is_after_the_year_of_the_sheet() -> None:
    assert read("24/12: a b", year=2025) == [("2025-12-24", "a b", True)]
    assert read("24/12: a b", year=2026) == [("2025-12-24", "a b", True)]


def test_a_day_that_can_be_two_is_asked() -> None:
    with pytest.raises(days.Ambiguous, match="two days"):
        read("3/4: called", "")
    assert read("10/10: called", "") == [("2026-10-10", "called", True)]


def rows(*logs: str) -> list[list[str | None]]:
    return [HEADS, *([f"Send the list number {at}", None, "Open", log] for at, log in enumerate(logs, 1))]


def test_one_cell_tells_the_order_of_the_whole_column(workspace: Workspace) -> None:
    for other, on in (("25/10: called", "2026-10-03"), ("10/25: called", "2026-03-10")):
        book = book_of(("Log", rows("03/10: asked", other, "10/10: sent")))
        plan = plan_of(workspace, book, understand(workspace, book).mapping)
        assert plan.rows[0].entries[0].on == on
        assert any("year is supposed" in told or "years are supposed" in told for told in plan.told)


def test_a_column_that_does_not_tell_is_asked_and_nothing_is_lost(workspace: Workspace) -> None:
    book = book_of(("Log", rows("03/10: asked\n04/11: sent", "05/10: called", "06/10: called")))
    found = understand(workspace, book)
    plan = plan_of(workspace, book, found.mapping)
    assert any("does not tell" in told and "03/10" in told for told in plan.told)
    assert "two days" in plan.untaken[0].why
    assert "04/11: sent" in plan.rows[0].values["detail"]
    plan = plan_of(workspace, book, found.mapping.corrected("D", "progress", dates=days.DAY_FIRST))
    assert [entry.on for entry in plan.rows[0].entries] == ["2026-10-03", "2026-11-04"]
    assert not plan.untaken


def test_the_day_of_the_sheet_and_the_rows_own_end_are_the_last_days(workspace: Workspace) -> None:
    heads = [*HEADS, "Closed on"]
    body = [
        ["Send the list", None, "Done", "12 May: sent\n12 June: confirmed", "2024-07-01"],
        ["Send the map", None, "Open", "12 June: sent", None],
    ]
    book = book_of(("Log", [["Actions (as of 30 June 2025)"], [], heads, *body]))
    assert day_of(tables.find(book)[0]) == "2025-06-30"
    plan = planning.plan(workspace, book, understand(workspace, book).mapping)
    assert [[entry.on for entry in row.entries] for row in plan.rows] == [
        ["2024-05-12", "2024-06-12"],
        ["2025-06-12"],
    ]


@pytest.mark.parametrize(
    ("title", "day"),
    [
        ("令和8年11月20日現在", "2026-11-20"),
        ("懸案表（令和8年11月20日現在）", "2026-11-20"),
        ("Seguimiento al 20 de noviembre de 2026", "2026-11-20"),
        ("Quadro – atualizado em 20/11/2026", "2026-11-20"),
        ("Last updated: 20 Nov 2026 (SATO)", "2026-11-20"),
        ("2026-11-20", "2026-11-20"),
        ("Actions of 2026", ""),
    ],
)
def test_the_day_of_a_sheet(title: str, day: str) -> None:
    book = book_of(("Log", [[title], [], *rows("sent", "asked", "called")]))
    assert day_of(tables.find(book)[0]) == day


def test_a_log_under_remarks_becomes_updates_and_remarks_stay_remarks(workspace: Workspace) -> None:
    logs = ["03/10/2026: asked\n20/10/2026: sent", "05/10/2026: called", "No news."]
    words = ["Sent by post.", "A matter of the minister's, since 2024.", "No news."]
    for texts, target in ((logs, "progress"), (words, "detail")):
        for heading in ("Remarks", "Observaciones", "備考"):
            body = [[f"Send the list {at}", "15/12/2026", "Open", text] for at, text in enumerate(texts)]
            book = book_of(("Log", [["Action", "Deadline", "Status", heading], *body]))
            assert understand(workspace, book).fields["D"] == target


def test_japanese_headings_write_the_month_first(workspace: Workspace) -> None:
    body = [
        ["草案の送付", "令和8年12月25日", "対応中", "10/1 照会\n11/5 回答"],
        ["推薦", None, "未了", "9/2 受領"],
    ]
    for heads, order in ((["件名", "期限", "状況", "経過"], "month_first"), (HEADS, "")):
        book = book_of(("Log", [heads, *body]))
        assert understand(workspace, book).mapping.columns[3].dates == order

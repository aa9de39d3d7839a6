"""Rows as CSV: safe to open in a spreadsheet, exact to read back."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.export.table import plain, write_csv
from desktop.export.texts import guard, unguard
from desktop.model import FollowUp, Initiative
from desktop.service.query import Condition, Order, Query
from desktop.service.workspace import Workspace

BEGINNINGS = st.sampled_from(["=", "+", "-", "@", "\t", "\r", "\n", "'", "''=", "＝", "＠"])
HARD = st.builds(str.__add__, BEGINNINGS, st.text(max_size=20))


@given(st.text(max_size=40) | HARD)
def test_a_guarded_text_reads_back_as_it_was(text: str) -> None:
    assert unguard(guard(text)) == text


@given(HARD)
def test_nothing_that_a_spreadsheet_would_run_begins_a_field(text: str) -> None:
    assert guard(text)[:1] not in tuple("=+-@\t\r\n＝＋－＠")


@pytest.mark.parametrize(
    ("text", "kept"),
    [("=1+1", "'=1+1"), (" ＝1", "' ＝1"), ("'tis", "'tis"), ("'=1", "''=1"), ("a=1", "a=1")],
)
def test_the_apostrophe_goes_where_it_must(text: str, kept: str) -> None:
    assert guard(text) == kept


@given(st.lists(HARD | st.text(alphabet=st.characters(codec="utf-8"), max_size=30), min_size=2, max_size=5))
def test_a_line_of_csv_reads_back(row: list[str]) -> None:
    stream = io.StringIO(newline="")
    csv.writer(stream).writerow([plain(text) for text in row])
    (found,) = csv.reader(io.StringIO(stream.getvalue(), newline=""))
    assert [unguard(text) for text in found] == row


def test_the_rows_are_those_of_the_list(workspace: Workspace) -> None:
    with workspace.engine.write():
        FollowUp.update(title="=cmd|' /C calc'!A0").where(FollowUp.status == "done").execute()
    stream = io.StringIO(newline="")
    query = Query(
        FollowUp,
        ("ref", "title", "due_on", "status", "times_slipped"),
        where=(Condition("status", "in", ("done",)),),
        order=(Order("ref"),),
    )
    assert write_csv(workspace, query, stream) == 1
    marking, heading, row = csv.reader(io.StringIO(stream.getvalue(), newline=""))
    assert marking == ["Handling: Internal", "", "", "", ""], "one cell, in a row as wide as the table"
    assert heading == ["Ref", "Follow-up", "Due", "Status", "Times slipped"]
    assert row[1:] == ["'=cmd|' /C calc'!A0", "2026-10-31", "Done", "0"]
    assert unguard(row[1]) == "=cmd|' /C calc'!A0"


def test_amounts_are_plain(workspace: Workspace) -> None:
    stream = io.StringIO(newline="")
    assert write_csv(workspace, Query(Initiative, ("name", "value")), stream) == 1
    assert stream.getvalue() == "Handling: Internal,\r\nInitiative,Value\r\nHumboldt Cable,1234567.5\r\n"

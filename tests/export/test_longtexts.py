"""Texts that are longer than a cell, or than a row can show."""

from __future__ import annotations

from desktop.export import texts
from desktop.model import FollowUp
from desktop.service.workspace import Workspace

from .conftest import CLOSED, Make


def write_past_the_door(workspace: Workspace, ref: str, **values: str) -> None:
    """Set fields to what an officer could not enter, but an older file or an import may hold."""
    with workspace.engine.write():
        FollowUp.update(**values).where(FollowUp.ref == ref).execute()


def parts(exported: object, ref: str) -> str:
    rows = exported.book["Long texts"].iter_rows(3, values_only=True)  # type: ignore[attr-defined]
    return "".join(texts.unescape(row[3]) for row in rows if row[0] == ref)


def test_a_text_too_long_for_a_cell_is_continued_and_told(workspace: Workspace, make: Make) -> None:
    ref = FollowUp.get(FollowUp.status == "done").ref
    long = "".join(f"Sentence {number} of a very long outcome. " for number in range(2_500))
    write_past_the_door(workspace, ref, outcome=long)
    made = make(workspace)
    cell = made.cell(CLOSED, ref, "Outcome").value
    assert texts.units(cell) <= texts.MAX_UNITS
    assert cell.endswith(f"\n[continued on the sheet “Long texts”: {ref}, Outcome]")
    assert long.startswith(cell[: cell.rindex("\n[")])
    assert parts(made, ref) == long
    assert made.report.told == [
        "1 text is too long for its cell; it stands whole on the sheet “Long texts”: " + f"{ref} Outcome."
    ]
    numbers = [row[2] for row in made.book["Long texts"].iter_rows(3, values_only=True)]
    assert numbers[0] == f"1 of {len(numbers)}"
    assert numbers[-1] == f"{len(numbers)} of {len(numbers)}"


def test_emoji_and_escapes_count_as_excel_counts_them(workspace: Workspace, make: Make) -> None:
    ref = FollowUp.get(FollowUp.status == "done").ref
    for long in ("💧" * 20_000, "_x0041_" * 4_000, "\n" * 33_000 + "end", "x" * 40_000):
        write_past_the_door(workspace, ref, outcome=long)
        made = make(workspace)
        cell = made.cell(CLOSED, ref, "Outcome").value
        assert texts.units(cell) <= texts.MAX_UNITS
        assert parts(made, ref) == long
        assert len(made.report.told) == 1


def test_a_text_taller_than_a_row_stays_whole_in_its_cell_and_is_shown_elsewhere(
    workspace: Workspace, make: Make
) -> None:
    ref = FollowUp.get(FollowUp.status == "done").ref
    long = "Eine Zeile nach der anderen.\n" * 200
    write_past_the_door(workspace, ref, outcome=long)
    made = make(workspace)
    assert made.cell(CLOSED, ref, "Outcome").value == long
    assert parts(made, ref) == long
    assert made.report.told == []
    sheet = made.book["Long texts"]
    assert all(sheet.row_dimensions[row].height < 409 for row in range(3, sheet.max_row + 1))


def test_there_is_no_such_sheet_without_such_texts(workspace: Workspace, make: Make) -> None:
    assert "Long texts" not in make(workspace).book.sheetnames

"""A printed table of 26 platforms, pasted: what is twice, what is no year and what stands in wrong cells is told.

The words are ours, the shape is that of Figure 3 of the report; where the document itself is at hand, it is read too.
"""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path

import pytest

from desktop.export.intake.reading import read
from desktop.export.intake.tracker import applying
from desktop.export.intake.tracker.plan import Act, Plan
from desktop.model import Initiative
from desktop.service.workspace import Workspace
from tests.export.intake.tracker.conftest import plan_of, understand

INDEX = Path(__file__).parents[4] / "data" / "index" / "WC-2024.json"
NAMES = (
    "Joint Programme on Tropical Medicine", "Working Talks on Applied Science", "Four-Way Dialogue on Sea Lanes",
    "Partnership for the Digital Market", "Partnership for Gas Terminals", "River Basin Power Compact",
    "Seal for Sound Infrastructure", "Lunar Outpost Arrangement", "Island Electrification Plan",
    "Expert Group on New Technology", "Compact on Clean Power", "Framework for Strong Industries",
    "Alliance for Worldwide Networks", "Compact on Clean Power", "Partnership on Carbon and Forests",
    "Alliance for Worldwide Networks", "Opening Workshop of the Smart Cities Scheme", "Mobile Network Research Plan",
    "Zero Carbon Cities Campaign", "Consultative Committee on the Economy", "Memorandum of Two Export Agencies",
    "Initiative on Secure Electricity", "Coalition for Critical Ores", "Dialogue on Secure Fuels",
    "Policy Talks on Internet Affairs", "Training Week for Plant Operators",
)  # fmt: skip
YEARS = (
    1971,
    2004,
    2008,
    2016,
    2017,
    2019,
    2019,
    2020,
    2021,
    2021,
    2021,
    2021,
    2020,
    2021,
    2021,
    2020,
    2020,
    2020,
    2021,
    2022,
    2022,
    2022,
    2022,
    2022,
)
SHIFTED = {
    24: ("United States, Japan", "9th session was held in 2022"),
    25: ("4th session was held in 2022", "9th session was held in 2022"),
}


def figure() -> str:
    """The table as it is pasted, with the line of a page's foot within it."""
    lines = ["PLATFORM\tPARTNERS\tFOUNDED\tDESCRIPTION"]
    for at, name in enumerate(NAMES):
        partners = "United States, Japan" + (
            ", Australia, India" if at in (2, 9) else ", Indonesia" if at == 10 else ""
        )
        partners, founded = SHIFTED.get(at, (partners, str(YEARS[at]) if at < len(YEARS) else ""))
        about = "Links networks across the ocean" if "Worldwide" in name else f"What number {at + 1} is for"
        lines.append(f"{name}\t{partners}\t{founded}\t{about}")
        if at == 18:
            lines.append("MARCH 2025")
    return "\n".join(lines)


def planned(text: str, workspace: Workspace, folder: Path) -> Plan:
    path = folder / "figure.tsv"
    path.write_text(text, "utf-8")
    with read(path) as book:
        found = understand(workspace, book)
        assert found.guess.kind == "initiative"
        assert list(found.fields.values()) == ["name", "partner_countries", "founded", "description"]
        plan = plan_of(workspace, book, found.mapping, path.name)
    assert plan.counts == {Act.MAKE: 26}
    return plan


def pairs(plan: Plan) -> list[tuple[int, int]]:
    """The rows that may be the same, the page's foot not counted."""
    return [(one - 1 - (one > 20), other - 1 - (other > 20)) for one, other in said(plan)]


def said(plan: Plan) -> list[tuple[int, int]]:
    """The same by the numbers of their rows."""
    return sorted((like.row, row.taken.row) for row in plan.likely for like in row.likely)


def test_the_figure_pasted(empty: Workspace, tmp_path: Path) -> None:
    plan = planned(figure(), empty, tmp_path)
    assert pairs(plan) == [(11, 14), (13, 16)]
    assert [(cell.row, cell.column.title, cell.text) for cell in plan.untaken] == [
        (27, "FOUNDED", "9th session was held in 2022"),
        (28, "PARTNERS", "4th session was held in 2022"),
        (28, "FOUNDED", "9th session was held in 2022"),
    ]
    assert [each.row for each in plan.shifted] == [28]
    assert "FOUNDED" in plan.shifted[0].why
    assert [(each.row, each.text) for each in plan.outside] == [(21, "MARCH 2025")]
    applying.apply(empty, plan)
    assert Initiative.select().count() == 26
    talks = Initiative.get(Initiative.name == NAMES[24])
    assert talks.founded is None
    assert "9th session was held in 2022" in talks.description
    assert applying.apply(empty, plan_of_again(empty, tmp_path)) is None


def plan_of_again(workspace: Workspace, folder: Path) -> Plan:
    with read(folder / "figure.tsv") as book:
        return plan_of(workspace, book, understand(workspace, book).mapping)


def test_rows_that_are_twice_can_be_left(empty: Workspace, tmp_path: Path) -> None:
    plan = planned(figure(), empty, tmp_path)
    applying.apply(empty, plan, applying.Choices(leave_likely=True))
    assert Initiative.select().count() == 24


@pytest.mark.optional_source
def test_the_figure_of_the_document_itself(empty: Workspace, tmp_path: Path) -> None:
    rows = _document_rows()
    plan = planned("\n".join(rows), empty, tmp_path)
    assert said(plan) == [(12, 15), (14, 17)]
    assert [cell.row for cell in plan.untaken if cell.column.title == "FOUNDED"] == [26, 27]
    assert [each.row for each in plan.shifted] == [27]


def _document_rows() -> list[str]:
    index = json.loads(INDEX.read_text("utf-8"))
    folder = os.environ.get("JUNTOS_SOURCES")
    if not folder:
        pytest.skip("the documents are not at hand: JUNTOS_SOURCES names no folder")
    wanted = index["document_sha256"]
    files = [path.read_bytes() for path in sorted(Path(folder).iterdir()) if path.is_file()]
    document = next(each for each in files if hashlib.sha256(each).hexdigest() == wanted).decode().split("\n")
    table = next(figure for figure in index["figures"] if figure["figure"] == "3")
    return [document[number - 1] for row in table["rows"] for number in row["lines"]]

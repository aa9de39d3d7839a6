"""`juntos import`: what came back in a workbook, told and taken in."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from desktop.cli import intake
from desktop.export.intake.wayback import Kind, Proposal

from .conftest import Juntos


@pytest.fixture
def sent(juntos: Juntos, tmp_path: Path) -> Any:
    """A workbook of two follow-ups, and what edits it."""
    workspace = str(tmp_path / "post.juntos")
    run = lambda *words: juntos("--workspace", workspace, *words)  # noqa: E731 - short, and said often
    for title in ("Send the draft", "Call the ministry"):
        assert run("add", "follow_up", f"title={title}", "due_on=2027-01-31").code == 0
    path = tmp_path / "Status.xlsx"
    assert run("export", str(path)).code == 0

    class Sent:
        file = path

        def run(self, *words: str) -> Any:
            return run(*words)

        def edit(self, row: int, heading: str, value: Any) -> None:
            book = openpyxl.load_workbook(path)
            sheet = book["Follow-ups open"]
            column = next(cell.column for cell in sheet[2] if cell.value == heading)
            sheet.cell(row, column).value = value
            book.save(path)

        def titles(self) -> list[str]:
            told = json.loads(run("list", "follow_up", "--format", "json").out)
            return sorted(each["title"] for each in told)

    return Sent()


def test_nothing_differs(sent: Any) -> None:
    said = sent.run("import", str(sent.file))
    assert (said.code, said.out.strip()) == (0, "Nothing differs.")


def test_a_dry_run_tells_and_writes_nothing(sent: Any) -> None:
    sent.edit(3, "Follow-up", "Send the last draft")
    said = sent.run("import", str(sent.file), "--dry-run", "--accept", "theirs")
    assert "Nothing was written. Leave out --dry-run" in said.out
    said = sent.run("import", str(sent.file), "--dry-run")
    assert "Nothing was written. Say --accept" in said.out
    said = sent.run("import", str(sent.file), "--dry-run", "--accept", "theirs", "--format", "json")
    assert said.code == 0, said.err
    told = json.loads(said.out)
    assert told["known"] is True
    assert told["counts"] == {"change": 1}
    (one,) = told["proposals"]
    assert (one["kind"], one["sheet"], one["column"], one["row"], one["key"]) == (
        "change",
        "Follow-ups open",
        "B",
        3,
        "title",
    )
    assert (one["came"], one["values"], one["accepted"]) == (
        "Send the last draft",
        {"title": "Send the last draft"},
        True,
    )
    assert "Send the last draft" not in sent.titles()


def test_without_saying_what_is_accepted_nothing_is_written(sent: Any) -> None:
    sent.edit(3, "Follow-up", "Send the last draft")
    said = sent.run("import", str(sent.file))
    assert said.code == 0
    assert "Was changed" in said.out
    assert "Nothing was written" in said.out
    assert "Send the last draft" not in sent.titles()


@pytest.mark.parametrize(
    ("how", "code", "title"), [("theirs", 0, "Theirs"), ("ours", 0, "Ours"), ("clean", 1, "Ours")]
)
def test_conflicts_are_theirs_ours_or_left(sent: Any, how: str, code: int, title: str) -> None:
    first = json.loads(sent.run("list", "follow_up", "--sort", "ref", "--format", "json").out)[0]
    sent.edit(3, "Follow-up", "Theirs")
    sent.edit(4, "Follow-up", "Call the minister")
    assert sent.run("set", first["ref"], "title=Ours").code == 0
    said = sent.run("import", str(sent.file), "--accept", how)
    assert said.code == code
    assert ("1 conflict is left" in said.err) == (how == "clean")
    assert sent.titles() == sorted([title, "Call the minister"])
    assert sent.run("import", str(sent.file), "--accept", "theirs").code == 0
    assert sent.titles() == ["Call the minister", "Theirs"]


def test_an_emptied_cell_is_never_cleared(sent: Any) -> None:
    sent.edit(3, "Owner", None)
    said = sent.run("import", str(sent.file), "--accept", "theirs")
    assert "Was emptied" in said.out
    assert "Nothing differs." in said.out


def test_another_file_is_told_apart(sent: Any, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["a", "b"])
    book.save(tmp_path / "Other.xlsx")
    said = sent.run("import", str(tmp_path / "Other.xlsx"))
    assert said.code == 1
    assert "no workbook of Juntos" in said.err
    assert "--as follow-up" in said.err
    said = sent.run("import", str(tmp_path / "Missing.xlsx"))
    assert said.code == 1
    assert "cannot be opened" in said.err


def test_what_a_terminal_would_obey_is_not_printed(capsys: pytest.CaptureFixture[str]) -> None:
    bad = "\x1b]0;title\x07\x9b31m"
    proposal = Proposal(Kind.ERROR, f"S{bad}", 3, 1, f"H{bad}", came=f"x{bad}", told=f"t{bad}")
    intake._table([bad], [proposal])
    assert set(capsys.readouterr().out).isdisjoint("\x1b\x07\x9b")

"""`juntos import FILE --as KIND`."""

from __future__ import annotations

import json
from pathlib import Path

from desktop.store import backup

from .conftest import Juntos

TEXT = (
    "Task;Responsible;Deadline;Status;Progress;Colour\n"
    "Send the list;Ministry of Energy;15/12/2026;Ongoing;3/8/2026: asked;green\n"
    "Return the letter;Sato Kenji;20/12/2026;Blocked by rain;;\n"
)


def file(folder: Path) -> str:
    path = folder / "tasks.csv"
    path.write_text(TEXT, "utf-8")
    return str(path)


def test_a_dry_run_says_what_would_be_done_and_does_nothing(juntos: Juntos, tmp_path: Path) -> None:
    said = juntos("import", file(tmp_path), "--as", "follow-ups", "--dry-run", "--format", "json")
    assert said.code == 0, said.err
    plan = json.loads(said.out)
    assert plan["counts"] == {"make": 2, "updates": 1}
    assert [(cell["row"], cell["column"], cell["text"]) for cell in plan["untaken"]] == [
        (3, "D", "Blocked by rain")
    ]
    assert [name["name"] for name in plan["names"]] == ["Ministry of Energy"]
    assert [rule["target"] for rule in plan["mapping"]["columns"]][:5] == [
        "title",
        "owed_by",
        "due_on",
        "status",
        "progress",
    ]
    assert json.loads(juntos("list", "follow-ups", "--format", "json").out) == []


def test_it_is_taken_in_as_it_was_understood_and_corrected(juntos: Juntos, tmp_path: Path) -> None:
    path, kept = file(tmp_path), tmp_path / "mapping.json"
    first = juntos(
        "import",
        path,
        "--as",
        "follow-up",
        "--map",
        "Colour=",
        "--map",
        "B=owner",
        "--save-mapping",
        str(kept),
    )
    assert first.code == 0, first.err
    assert "Take in 2 rows of tasks.csv" in first.out
    assert "Blocked by rain" in first.err
    assert [row["owner"] for row in json.loads(juntos("list", "follow-ups", "--format", "json").out)].count(
        None
    ) <= 1
    again = juntos("import", path, "--mapping", str(kept))
    assert again.code == 0, again.err
    assert "Nothing differs." in again.out
    assert backup.newest(tmp_path / "post.juntos") is not None


def test_a_mapping_is_kept_under_a_name_listed_and_applied(juntos: Juntos, tmp_path: Path) -> None:
    path = file(tmp_path)
    asked = (
        "import",
        path,
        "--as",
        "follow-up",
        "--map",
        "B=owner",
        "--save-mapping",
        "Monthly",
        "--dry-run",
    )
    for _time in range(2):  # the second time in its own place
        assert juntos(*asked).code == 0
    listed = json.loads(juntos("mappings", "--format", "json").out)
    assert [(each["name"], each["kind"], each["key"]) for each in listed] == [
        ("Monthly", "follow_up", ["title"])
    ]
    assert "Colour" in listed[0]["columns"]
    assert "Monthly" in juntos("mappings").out
    shown = json.loads(juntos("mappings", "show", "monthly").out)
    assert {rule["title"]: rule["target"] for rule in shown["columns"]}["Responsible"] == "owner"
    first = juntos("import", path, "--mapping", "MONTHLY")
    assert (first.code, "Take in 2 rows of tasks.csv" in first.out) == (0, True), first.err
    assert "Nothing differs." in juntos("import", path, "--mapping", "Monthly").out
    assert juntos("mappings", "rename", "Monthly", "Weekly").code == 0
    assert "there are: “Weekly”" in juntos("import", path, "--mapping", "Monthly").err
    assert juntos("mappings", "delete", "Weekly").code == 0
    assert json.loads(juntos("mappings", "--format", "json").out) == []


def test_what_is_asked_wrongly_is_told(juntos: Juntos, tmp_path: Path) -> None:
    path = file(tmp_path)
    for words, said in (
        (("--as", "source"), "cannot be taken in as"),
        (("--as", "follow-up", "--sheet", "Other"), "no sheet “Other”"),
        (("--as", "follow-up", "--map", "Colour"), "column=field"),
        (("--as", "follow-up", "--map", "Shape=title"), "no column “Shape”"),
        (("--as", "follow-up", "--map", "Colour=shape"), "no field “shape”"),
    ):
        told = juntos("import", path, *words)
        assert (told.code, said in told.err) == (2, True), told.err
    assert juntos("import", str(tmp_path / "none.xlsx"), "--as", "follow-up").code == 1

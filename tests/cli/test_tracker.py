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

THEIRS = ("--accept", "theirs")


def file(folder: Path) -> str:
    path = folder / "tasks.csv"
    path.write_text(TEXT, "utf-8")
    return str(path)


def test_a_dry_run_says_what_would_be_done_and_does_nothing(juntos: Juntos, tmp_path: Path) -> None:
    said = juntos("import", file(tmp_path), "--as", "follow-ups", "--dry-run", *THEIRS, "--format", "json")
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
        *THEIRS,
    )
    assert first.code == 0, first.err
    assert "Take in 2 rows of tasks.csv" in first.out
    assert "Blocked by rain" in first.err
    assert [row["owner"] for row in json.loads(juntos("list", "follow-ups", "--format", "json").out)].count(
        None
    ) <= 1
    again = juntos("import", path, "--mapping", str(kept), *THEIRS)
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
    first = juntos("import", path, "--mapping", "MONTHLY", *THEIRS)
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


def test_nothing_is_written_unless_it_is_accepted(juntos: Juntos, tmp_path: Path) -> None:
    path = file(tmp_path)
    for words, added in (((), "Say --accept"), (("--dry-run", *THEIRS), "Leave out --dry-run")):
        said = juntos("import", path, "--as", "follow-up", *words)
        assert (said.code, "Nothing was written." in said.out, added in said.out) == (0, True, True), said.out
    assert titles(juntos) == []
    assert backup.newest(tmp_path / "post.juntos") is None
    assert juntos("import", path, "--as", "follow-up", *THEIRS).code == 0


def test_ours_changes_nothing_that_is_there(juntos: Juntos, tmp_path: Path) -> None:
    kept = str(tmp_path / "mapping.json")
    first = juntos(
        "import", file(tmp_path), "--as", "follow-up", "--save-mapping", kept, "--map", "B=owner", *THEIRS
    )
    assert first.code == 0, first.err
    path = tmp_path / "tasks.csv"
    path.write_text(
        TEXT.replace("15/12/2026", "18/12/2026") + "Ask again;Sato Kenji;21/12/2026;;;\n", "utf-8"
    )
    assert juntos("import", str(path), "--mapping", kept, "--accept", "ours").code == 0
    assert titles(juntos) == ["Ask again", "Return the letter", "Send the list"]
    assert days(juntos) == {"2026-12-15", "2026-12-20", "2026-12-21"}
    assert juntos("import", str(path), "--mapping", kept, *THEIRS).code == 0
    assert days(juntos) == {"2026-12-18", "2026-12-20", "2026-12-21"}


def test_a_quarter_is_told_until_it_is_said_what_it_stands_for(juntos: Juntos, tmp_path: Path) -> None:
    path = tmp_path / "quarters.csv"
    path.write_text(
        "Task;Deadline;Status\nSend the list;Q3 2026;Ongoing\nReturn it;2026-12-20;Ongoing\n", "utf-8"
    )
    told = juntos("import", str(path), "--as", "follow-up", "--dry-run")
    assert "“Q3 2026” is a quarter. Say that its last day is taken, 30 Sep 2026, or write a day." in told.err
    said = juntos("import", str(path), "--as", "follow-up", "--quarters", "last-day", *THEIRS)
    assert (said.code, "is a quarter" in said.err) == (0, False)
    assert days(juntos) == {"2026-09-30", "2026-12-20"}


def test_clean_leaves_what_may_be_there_already(juntos: Juntos, tmp_path: Path) -> None:
    assert juntos("add", "follow_up", "title=Send the lists", "due_on=2026-12-15").code == 0
    said = juntos("import", file(tmp_path), "--as", "follow-up", "--accept", "clean")
    assert (said.code, "1 row that may be there already is left" in said.err) == (1, True), said.err
    assert titles(juntos) == ["Return the letter", "Send the lists"]
    assert juntos("import", file(tmp_path), "--as", "follow-up", *THEIRS).code == 0
    assert "Send the list" in titles(juntos)


def test_what_a_terminal_would_obey_is_not_printed(juntos: Juntos, tmp_path: Path) -> None:
    bad = "\x1b]0;title\x07\x9b31m"
    path = tmp_path / f"t{bad}.csv"
    path.write_text(
        f"Task{bad};Responsible;Deadline;Status;Own{bad}\n"
        f"Send{bad} it;Ministry{bad} of Energy;as{bad}ap;Blo{bad}cked;x{bad}\n",
        "utf-8",
    )
    kept = str(tmp_path / "mapping.json")
    for words in ((), ("--format", "json"), ("--map", f"{bad}=title"), ("--save-mapping", f"M{bad}")):
        said = juntos(
            "import", str(path), "--as", "follow-up", "--map", "A=title", "--save-mapping", kept, *words
        )
        assert set(said.out + said.err).isdisjoint("\x1b\x07\x9b"), words
    for words in (("mappings",), ("mappings", "show", "M]0;title31m"), ("mappings", "--format", "json")):
        assert set(juntos(*words).out).isdisjoint("\x1b\x07\x9b"), words
    assert juntos("import", str(path), "--mapping", kept, *THEIRS).code == 0


def test_a_mapping_that_is_no_text_is_refused_in_a_sentence(juntos: Juntos, tmp_path: Path) -> None:
    kept = tmp_path / "mapping.json"
    kept.write_bytes('{"version": 1, "name": "Säumig"}'.encode("cp1252"))
    said = juntos("import", file(tmp_path), "--mapping", str(kept))
    assert (said.code, said.err) == (
        2,
        "juntos: mapping.json is no mapping: it is not written in UTF-8. Choose one that Juntos has kept.\n",
    )
    assert juntos("import", file(tmp_path), "--mapping", str(tmp_path / "none.json")).code == 1


def titles(juntos: Juntos) -> list[str]:
    return sorted(row["title"] for row in json.loads(juntos("list", "follow-ups", "--format", "json").out))


def days(juntos: Juntos) -> set[str]:
    return {row["due_on"] for row in json.loads(juntos("list", "follow-ups", "--format", "json").out)}


def test_a_mapping_is_written_over_nothing_but_a_mapping(juntos: Juntos, tmp_path: Path) -> None:
    """Least of all over the workspace, or the file that is taken in."""
    path, own = file(tmp_path), tmp_path / "post.juntos"
    (tmp_path / "link.json").symlink_to(own)
    (tmp_path / "note.json").write_text('{"mine": true}', "utf-8")
    asked = ("import", path, "--as", "follow-up", "--save-mapping")
    for name, said in (
        (own, "is the workspace itself"),
        (tmp_path / "link.json", "is the workspace itself"),
        (tmp_path / "note.json", "exists already"),
        (path, "exists already"),
        (tmp_path / "none" / "m.json", "There is no folder"),
    ):
        before = Path(name).read_bytes() if Path(name).exists() else b""
        refused = juntos(*asked, str(name), *THEIRS)
        assert refused.code != 0
        assert said in refused.err, name
        assert (Path(name).read_bytes() if Path(name).exists() else b"") == before
        assert json.loads(juntos("list", "follow-ups", "--format", "json").out) == [], (
            "and nothing is taken in"
        )
    kept = tmp_path / "kept.json"
    for column in ("A", "B"):
        assert juntos(*asked, str(kept), "--map", f"{column}=title").code == 0, "the control: its own may go"
    titles = [
        rule["title"] for rule in json.loads(kept.read_text("utf-8"))["columns"] if rule["target"] == "title"
    ]
    assert titles == ["Responsible"]


def test_columns_of_one_name_are_told_with_their_letters(juntos: Juntos, tmp_path: Path) -> None:
    path = tmp_path / "twice.csv"
    path.write_text("Task;Due;Status;Due\nWrite the letter;2026-12-01;Open;2026-12-20\n", "utf-8")
    said = juntos("import", str(path), "--as", "follow-up")
    assert "Several columns are called “Due”: B and D. None becomes a field until you say which." in said.err
    said = juntos("import", str(path), "--as", "follow-up", "--map", "D=due_on", *THEIRS)
    assert (said.code, "Several columns" in said.err) == (0, False)
    (made,) = json.loads(juntos("list", "follow-ups", "--format", "json").out)
    assert made["due_on"] == "2026-12-20"

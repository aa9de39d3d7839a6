"""The command line as a script uses it: what it prints, its JSON, its exit codes, its sentences."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.cli.arguments import parser
from desktop.model import ENTITIES, fields

from .conftest import INIT, Juntos


def objects(juntos: Juntos, *words: str) -> list[dict[str, object]]:
    found = juntos("list", *words, "--format", "json")
    assert found.code == 0, found.err
    return json.loads(found.out)


def test_a_record_is_added_shown_changed_and_taken_back(juntos: Juntos) -> None:
    assert (
        juntos("add", "organisation", "name=METI", "kind=ministry", "country=Japan").out.strip() == "ORG-002"
    )
    ref = juntos("add", "follow-up", "title=Send the cable", "due-on=2030-12-01", "owed_by=METI").out.strip()
    shown = json.loads(juntos("show", ref, "--format", "json").out)
    assert (shown["title"], shown["due_on"], shown["owed_by"], shown["direction"]) == (
        "Send the cable", "2030-12-01", "ORG-002", "capital",
    )  # fmt: skip
    assert juntos("set", ref, "due_on=2030-12-24", "--reason", "asked", "--agreed-by", "METI").code == 0
    moved = json.loads(juntos("show", ref, "--format", "json").out)
    assert (moved["due_first"], moved["due_on"], moved["times_slipped"]) == ("2030-12-01", "2030-12-24", 1)
    assert "Due" in juntos("undo").out
    assert json.loads(juntos("show", ref, "--format", "json").out)["due_on"] == "2030-12-01"
    assert juntos("redo").code == 0
    assert json.loads(juntos("show", ref, "--format", "json").out)["due_on"] == "2030-12-24"
    history = juntos("history", ref)
    assert "24 Dec 2030" in history.out
    assert "Sato Kenji" in history.out


def test_progress_sets_the_status_and_stands_in_the_log(juntos: Juntos) -> None:
    ref = juntos("add", "recommendation", "title=Deepen the dialogue").out.strip()
    assert (
        juntos("report", ref, "--status", "in progress", "--done", "First talk", "--next", "A second").code
        == 0
    )
    assert juntos("report", ref, "--status", "stalled", "--desk").code == 0
    shown = json.loads(juntos("show", ref, "--format", "json").out)
    assert (shown["status"], shown["assessment"], shown["rag"]) == ("in_progress", "stalled", "green")
    assert [update["done"] for update in shown["updates"]] == ["", "First talk"]


def test_lists_filter_sort_and_search(juntos: Juntos) -> None:
    for number, day in ((1, "2030-03-01"), (2, "2030-01-01"), (10, "2030-02-01")):
        juntos("add", "follow-up", f"title=Étude {number} 会議", f"due_on={day}", "countries=Chile")
    titles = [each["title"] for each in objects(juntos, "follow-ups", "--sort", "due_on")]
    assert titles == ["Étude 2 会議", "Étude 10 会議", "Étude 1 会議"]
    assert objects(juntos, "follow-up", "--sort", "title:desc")[0]["title"] == "Étude 10 会議"
    assert len(objects(juntos, "follow-ups", "--search", "etude 10")) == 1
    assert len(objects(juntos, "follow-ups", "--search", "会議")) == 3
    assert len(objects(juntos, "follow-ups", "--filter", "due_on=2030-01-15..2030-02-15")) == 1
    assert (
        len(objects(juntos, "follow-ups", "--filter", "countries=Brazil; Chile", "--filter", "rag=green"))
        == 3
    )
    assert objects(juntos, "follow-ups", "--filter", "status=done") == []
    table = juntos("list", "follow-ups", "--columns", "ref,due_on")
    assert table.out.splitlines()[0].split() == ["Ref", "Due"]
    assert "3 records" in table.err


def test_json_has_every_field_of_every_kind(juntos: Juntos) -> None:
    for entity in ENTITIES:
        values = [f"{entity.naming}=A name", *(["on=2026-01-02"] if entity.key() == "meeting" else [])]
        ref = juntos("add", entity.key(), *values).out.strip()
        found = next(each for each in objects(juntos, entity.key()) if each["ref"] == ref)
        assert list(found) == [field.name for field in fields(entity)]


def test_csv_is_safe_to_open_in_a_spreadsheet(juntos: Juntos) -> None:
    juntos("add", "follow-up", "title==1+1")
    written = juntos("list", "follow-ups", "--columns", "ref,title", "--format", "csv").out
    assert list(csv.reader(io.StringIO(written.lstrip("\ufeff"))))[2][1] == "'=1+1"


def test_the_workbook_is_written_and_noted(juntos: Juntos, tmp_path: Path) -> None:
    juntos("add", "follow-up", "title=Send the cable")
    file = tmp_path / "status.xlsx"
    assert juntos("export", str(file), "--marking", "SENSITIVE", "--in", "ja").code == 0
    assert file.stat().st_size > 5_000
    assert juntos("export", str(file)).code == 0, "its own, which nobody has touched since"
    file.write_bytes(file.read_bytes() + b"touched")
    again = juntos("export", str(file))
    assert (again.code, "--replace" in again.err) == (1, True)
    assert juntos("export", str(file), "--replace").code == 0


def test_a_marking_of_more_readers_than_it_is_for_is_refused(juntos: Juntos, tmp_path: Path) -> None:
    file = tmp_path / "status.xlsx"
    refused = juntos("export", str(file), "--marking", "público")
    assert (refused.code, "“público” is lower" in refused.err, file.exists()) == (1, True, False)
    assert juntos("export", str(file), "--marking", "Public", "--audience", "public").code == 0


def test_the_catalogue_is_loaded_once(juntos: Juntos) -> None:
    first, second = juntos("catalogue", "load").out, juntos("catalogue", "load").out
    assert not first.startswith("0 ")
    assert second.startswith("0 ")
    assert len(objects(juntos, "recommendations", "--filter", "level=recommendation")) == 9


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("list", "frobs"), 2, "frobs"),
        (("list", "follow-ups", "--filter", "frob=1"), 2, "frob"),
        (("list", "follow-ups", "--filter", "status=perhaps"), 2, "perhaps"),
        (("list", "follow-ups", "--sort", "title; DROP TABLE follow_up"), 2, "no field"),
        (("show", "FU-2026-999"), 2, "FU-2026-999"),
        (("add", "follow-up", "title="), 2, "must not be empty"),
        (("add", "follow-up", "detail=x"), 2, "must not be empty"),
        (("add", "follow-up", "title=x", "due_on=2024-13-01"), 2, "13"),
        (("add", "follow-up", "title=x", "due_on=31/02/2026"), 2, "31/02/2026"),
        (("add", "follow-up", "title=x", "owed_by=Nobody"), 2, "Nobody"),
        (("add", "follow-up", "title"), 2, "field=value"),
        (("add", "follow-up", "title=x", "rag=red"), 2, "rag"),
        (("add", "initiative", "name=x", "start_on=2026-02-01", "end_on=2026-01-01"), 2, "before the start"),
        (("add", "organisation", "name=x", "ref=ORG-001"), 2, "taken"),
        (("report", "ORG-001", "--done", "x"), 2, "progress"),
        (("undo",), 1, "nothing to undo"),
        (("redo",), 1, "nothing to redo"),
        (("--workspace", "/nowhere/at/all.juntos", "list", "people"), 1, "/nowhere/at/all.juntos"),
        (("frob",), 2, "frob"),
        (("list",), 2, "KIND"),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(
    juntos: Juntos, words: tuple[str, ...], code: int, says: str
) -> None:
    result = juntos(*words)
    assert (result.code, result.out) == (code, "")
    assert says in result.err
    assert "Traceback" not in result.err


def test_a_refused_value_leaves_nothing_behind(juntos: Juntos) -> None:
    juntos("add", "follow-up", "title=x", "due_on=2024-13-01")
    assert objects(juntos, "follow-ups") == []


def test_hard_texts_come_back_as_they_were(juntos: Juntos) -> None:
    hard = "=1+1 «ação» مرحبا 👩‍🚀 会議\u00a0x"
    added = juntos("add", "follow-up", f"title={hard}", "detail=a\x07b\x0bc")
    assert "control character" in added.err
    ref = added.out.strip()
    shown = json.loads(juntos("show", ref, "--format", "json").out)
    assert shown["title"].split() == hard.split()
    assert shown["detail"] == "ab\nc"
    long = juntos("add", "follow-up", "title=x", "detail=" + "x" * 1_000_000)
    assert (long.code, "1,000,000" in long.err) == (2, True)


def test_init_refuses_what_stands_already(bare: Juntos, tmp_path: Path) -> None:
    file = tmp_path / "post.juntos"
    file.write_text("mine")
    refused = bare("init", str(file), *INIT)
    assert (refused.code, file.read_text()) == (1, "mine")
    assert str(file) in refused.err
    unknown = bare("init", str(tmp_path / "other.juntos"), *INIT[:4], *INIT[4:], "--partner", "Atlantis")
    assert (unknown.code, (tmp_path / "other.juntos").exists()) == (2, False)


def test_it_speaks_the_four_languages(juntos: Juntos) -> None:
    for language, word in (("ja", "使い方"), ("es", "uso"), ("pt", "uso")):
        parser()
        assert word in juntos("--language", language, "--help").out


def test_a_pipe_gets_utf8_whatever_the_system_speaks() -> None:
    command = [sys.executable, "-m", "desktop", "--language", "ja", "--help"]
    encoding = {**os.environ, "PYTHONIOENCODING": "cp1252"}
    found = subprocess.run(command, capture_output=True, check=True, env=encoding)
    assert "使い方" in found.stdout.decode("utf-8")


def test_pictures_that_cannot_be_drawn_are_told_in_a_sentence(
    bare: Juntos, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(command: list[str], **_how: object) -> None:
        raise subprocess.CalledProcessError(1, command)

    monkeypatch.setattr("desktop.demo.subprocess.run", fails)
    told = bare("demo", "--folder", str(tmp_path / "demo"))
    assert (told.code, told.err.count("\n")) == (1, 1), told.err
    assert "pictures" in told.err
    assert (tmp_path / "demo" / "demo.juntos").is_file()


def test_what_is_named_twice_is_deleted_once(juntos: Juntos) -> None:
    ref = juntos("add", "follow-up", "title=Send the list").out.strip()
    assert juntos("delete", ref, ref).code == 0
    assert ref not in juntos("list", "follow-ups").out


def test_a_demo_stays_where_it_says_that_it_lies(tmp_path: Path) -> None:
    """The private folder for work files is gone with the process that made it."""
    program = (
        "import sys; from desktop import cli, demo; demo.pictures = lambda path, folder: [];"
        " sys.exit(cli.main(['demo']))"
    )
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    found = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, env=environment
    )
    told = [Path(line.partition(": ")[2]) for line in found.stdout.splitlines()]
    assert len(told) == 2
    assert all(path.is_file() and path.is_relative_to(tmp_path) for path in told)


@pytest.mark.skipif(sys.platform != "linux", reason="names of files are letters elsewhere")
def test_a_name_that_is_no_text_is_written_as_it_came() -> None:
    program = (
        "import os; from desktop import cli; cli.parse(['list', 'people']); print(os.fsdecode(b'b\\xff'))"
    )
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert found.stdout == b"b\xff\n"


def test_the_command_line_loads_no_window_and_no_workbook() -> None:
    program = (
        "import sys; import desktop.cli; print([m for m in ('PySide6', 'openpyxl') if m in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"

"""Sharing from the command line, and files for others: only what is shared is in them."""

from __future__ import annotations

import json
from pathlib import Path

import docx
import openpyxl
import pytest

from .conftest import Juntos


@pytest.fixture
def meeting(juntos: Juntos) -> str:
    """A meeting with two follow-ups, of which one is shared with the partner."""
    values = ("title=Talks", "on=2026-07-12", "state=held", "purpose=To talk", "minutes=Frank words")
    made = juntos("add", "meeting", *values).out.strip()
    for title in ("Send the list", "Doubt the list"):
        values = (f"title={title}", f"meeting={made}", "due_on=2026-08-01", "detail=In detail")
        assert juntos("add", "follow-up", *values).code == 0
    assert juntos("share", "FU-2026-001", "--to", "partner").out == "1 visibility changed\n"
    return made


def text_of(path: Path) -> str:
    read = docx.Document(str(path))
    cells = [cell.text for table in read.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(each.text for each in read.paragraphs), *cells])


def test_what_is_internal_is_refused_until_it_is_shared(juntos: Juntos, meeting: str, tmp_path: Path) -> None:
    path = tmp_path / "minutes.docx"
    refused = juntos("minutes", meeting, str(path), "--audience", "partner")
    assert refused.code != 0
    assert f"{meeting} is internal; share it with the partner first." in refused.err
    assert not path.exists()
    shared = juntos("share", meeting, "--to", "partner", "--texts", "purpose")
    assert shared.out == "2 visibilities changed\n"
    assert juntos("share", meeting, "--to", "partner", "--texts", "purpose").out == "Nothing differs.\n"
    made = juntos("minutes", meeting, str(path), "--audience", "partner")
    assert made.code == 0
    assert "Left out, as it is not shared with the partner: Long texts: 1." in made.err
    text = text_of(path)
    assert "To talk" in text
    assert "Send the list" in text
    assert "Frank words" not in text
    assert "Doubt the list" not in text


def test_each_file_is_for_its_audience(juntos: Juntos, meeting: str, tmp_path: Path) -> None:
    juntos("share", meeting, "--to", "partner")
    for command, name in (("calendar", "a.ics"), ("email", "a.eml"), ("brief", "a.docx")):
        path = tmp_path / name
        assert juntos(command, meeting, str(path), "--audience", "partner").code == 0
        assert b"Frank" not in path.read_bytes()
        assert b"Doubt" not in path.read_bytes()
        assert juntos(command, meeting, str(tmp_path / f"no-{name}"), "--audience", "public").code != 0
    path = tmp_path / "a.xlsx"
    assert juntos("export", str(path), "--audience", "partner").code == 0
    words = [
        str(value)
        for sheet in openpyxl.load_workbook(path)
        for row in sheet.iter_rows(values_only=True)
        for value in row
    ]
    assert any("Send the list" in word for word in words)
    assert not any("Doubt" in word or "In detail" in word for word in words)


@pytest.mark.parametrize("form", ["table", "json", "csv"])
def test_a_list_for_others_has_what_they_may_see(juntos: Juntos, meeting: str, form: str) -> None:
    ask = ("list", "follow-up", "--format", form, "--search", "list")
    everything, theirs = juntos(*ask), juntos(*ask, "--audience", "partner")
    assert "Doubt the list" in everything.out
    assert "Send the list" in theirs.out
    assert "Doubt the list" not in theirs.out
    if form == "json":
        assert [each["detail"] for each in json.loads(theirs.out)] == [""]
    assert "Send the list" not in juntos(*ask, "--audience", "public").out


def test_parts_and_mistakes(juntos: Juntos, meeting: str) -> None:
    assert juntos("share", meeting, "--to", "public", "--with", "all", "--texts", "all").code == 0
    wrong = juntos("share", meeting, "--to", "public", "--with", "updates")
    assert wrong.code == 2
    assert "There is no part “updates” here" in wrong.err
    assert juntos("share", "FU-2026-999", "--to", "public").code == 2
    assert juntos("undo").code == 0
    marking, _headings = juntos("list", "meeting", "--audience", "public", "--format", "csv").out.splitlines()
    assert marking.rstrip(",") == "Handling: Public"

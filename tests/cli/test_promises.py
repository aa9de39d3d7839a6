"""What is owed, closed and attached, on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from .conftest import Juntos


@pytest.fixture
def owing(juntos: Juntos) -> str:
    """A follow-up of high priority that a ministry of the host owes us, by its reference."""
    assert (
        juntos(
            "add",
            "organisation",
            "name=Ministry of Energy",
            "acronym=MINEN",
            "kind=ministry",
            "country=Chile",
        ).code
        == 0
    )
    values = (
        "title=Send the terms",
        "owed_by=MINEN",
        "raised_on=2020-07-12",
        "due_on=2020-08-01",
        "priority=high",
    )
    return juntos("add", "follow-up", *values).out.strip()


def test_who_owes_is_counted_by_counterpart(juntos: Juntos, owing: str) -> None:
    groups = [
        json.loads(line.rstrip(",")) for line in juntos("owed", "--format", "json").out.splitlines()[1:-1]
    ]
    assert [(each["direction"], each["name"], each["count"], each["overdue"]) for each in groups] == [
        ("host", "MINEN", 1, 1)
    ]
    assert groups[0]["organisation"].startswith("ORG-")
    shown = juntos("owed").out
    assert "Owed by the host" in shown
    assert "MINEN" in shown
    assert "MINEN" not in juntos("owed", "--direction", "us").out


def test_closing_asks_for_what_shows_it(juntos: Juntos, owing: str, tmp_path: Path) -> None:
    refused = juntos("close", owing, "--outcome", "They came")
    assert refused.code == 2
    assert "high priority" in refused.err
    shown = tmp_path / "terms.pdf"
    shown.write_bytes(b"%PDF-1.4 terms")
    closed = juntos(
        "close", owing, "--outcome", "They came", "--evidence-file", str(shown), "--verified-by", "Sato Kenji"
    )
    assert (closed.code, closed.out.strip()) == (0, owing)
    record = json.loads(juntos("show", owing, "--format", "json").out)
    assert (record["status"], record["outcome"], record["evidence"]) == ("done", "They came", "terms.pdf")
    assert juntos("undo").code == 0
    assert juntos("close", owing, "--outcome", "Not wanted", "--cancel", "--on", "2020-09-01").code == 0
    record = json.loads(juntos("show", owing, "--format", "json").out)
    assert (record["status"], record["closed_on"]) == ("cancelled", "2020-09-01")


def test_files_are_kept_with_a_record(juntos: Juntos, owing: str, tmp_path: Path) -> None:
    path = tmp_path / "会議.txt"
    path.write_text("words", encoding="utf-8")
    assert juntos("attach", owing, str(path)).out == "会議.txt\n"
    missing = juntos("attach", owing, str(tmp_path / "none.txt"))
    assert missing.code != 0
    assert "none.txt" in missing.err
    assert "keeps no files" in juntos("attach", "ORG-001", str(path)).err
    assert "is no follow-up" in juntos("close", "ORG-001", "--outcome", "x").err

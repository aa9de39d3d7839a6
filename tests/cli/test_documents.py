"""Documents, calendars, drafts and minutes from the command line, as a script asks for them."""

from __future__ import annotations

import email
import json
import os
import subprocess
import sys
from email.policy import default
from pathlib import Path

import docx
import icalendar
import pypdfium2
import pytest

from desktop.i18n import _, captioned, speaking

from .conftest import Juntos


@pytest.fixture
def held(juntos: Juntos) -> str:
    """A meeting that was held, by its reference."""
    added = [
        ("organisation", "name=Ministry of Energy", "acronym=MINEN", "kind=ministry", "country=Chile"),
        ("person", "name=Rojas Ana", "organisation=MINEN"),
        ("person", "name=Soto Luis", "organisation=MINEN", "email=soto@example.org"),
    ]
    for kind, *values in added:
        assert juntos("add", kind, *values).code == 0
    values = ("title=Talks", "on=2020-07-12", "starts=10:00", "state=held", "counterparts=MINEN")
    meeting = juntos("add", "meeting", *values).out.strip()
    promise = ("title=Send the terms", "owed_by=MINEN", "due_on=2020-08-01", f"meeting={meeting}")
    assert juntos("add", "follow-up", *promise).code == 0
    return meeting


@pytest.fixture
def planned(juntos: Juntos, held: str) -> str:
    """The next meeting with the same counterpart."""
    values = ("title=Next talks", "on=2090-07-12", "counterparts=MINEN")
    return juntos("add", "meeting", *values).out.strip()


def text_of(path: Path) -> str:
    read = docx.Document(str(path))
    cells = [cell.text for table in read.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(each.text for each in read.paragraphs), *cells])


# ---- documents


def test_the_brief_is_written_in_the_readers_language_under_a_marking(
    juntos: Juntos, planned: str, tmp_path: Path
) -> None:
    path = tmp_path / "brief.docx"
    made = juntos("brief", planned, str(path), "--in", "ja", "--marking", "取扱注意")
    assert (made.code, made.out.strip()) == (0, str(path)), made.err
    text = text_of(path)
    assert "2090年7月12日" in text
    assert "Send the terms" in text
    assert "取扱注意" in docx.Document(str(path)).sections[0].header.paragraphs[0].text
    again = juntos("brief", planned, str(path))
    assert (again.code, "--replace" in again.err) == (1, True)
    assert juntos("brief", planned, str(path), "--replace").code == 0
    assert "12 Jul 2090" in text_of(path)


def test_minutes_are_written_by_version(juntos: Juntos, held: str, tmp_path: Path) -> None:
    path = tmp_path / "minutes.docx"
    assert juntos("minutes", held, str(path)).code == 0
    assert "Draft" in text_of(path)
    assert juntos("final", held).out.strip() == "Final, version 1"
    assert juntos("reopen", held, "--reason", "A name").code == 0
    assert juntos("set", held, "minutes=Put right.").code == 0
    assert juntos("final", held).out.strip() == "Final, version 2"
    assert juntos("minutes", held, str(path), "--replace").code == 0
    assert "Put right." in text_of(path)
    assert juntos("minutes", held, str(path), "--replace", "--version", "1").code == 0
    assert "Final, version 1" in text_of(path)
    assert "Put right." not in text_of(path)
    wrong = juntos("minutes", held, str(path), "--replace", "--version", "9")
    assert (wrong.code, "no version 9; they have: 1 and 2." in wrong.err) == (1, True)


def test_the_program_writes_a_pdf(juntos: Juntos, planned: str, tmp_path: Path) -> None:
    path = tmp_path / "brief.pdf"
    refused = juntos("brief", planned, str(path))
    assert (refused.code, "No PDF" in refused.err) == (1, True)  # this process has no Qt to write it
    command = [sys.executable, "-m", "desktop", "--workspace", str(tmp_path / "post.juntos")]
    done = subprocess.run(
        [*command, "--home", str(tmp_path / "home"), "brief", planned, str(path)],
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    with pypdfium2.PdfDocument(path) as read:
        assert "Next talks" in read[0].get_textpage().get_text_bounded()


# ---- for calendars and mail programs


def test_a_calendar_holds_the_meeting_and_its_due_dates(juntos: Juntos, held: str, tmp_path: Path) -> None:
    path = tmp_path / "talks.ics"
    assert juntos("calendar", held, str(path)).code == 0
    events = icalendar.Calendar.from_ical(path.read_bytes()).walk("VEVENT")
    assert [str(event["SUMMARY"]) for event in events] == ["Talks", "Due: Send the terms"]
    one = tmp_path / "one.ics"
    (follow_up,) = json.loads(juntos("list", "follow-ups", "--format", "json").out)
    assert juntos("calendar", follow_up["ref"], str(one), "--in", "es").code == 0
    (event,) = icalendar.Calendar.from_ical(one.read_bytes()).walk("VEVENT")
    with speaking("es"):
        assert str(event["SUMMARY"]) == captioned(_("Due"), "Send the terms")
    wrong = juntos("calendar", "ORG-001", str(tmp_path / "no.ics"))
    assert (wrong.code, "neither a meeting nor a follow-up" in wrong.err) == (2, True)


def test_an_email_draft_has_the_minutes_attached(juntos: Juntos, held: str, tmp_path: Path) -> None:
    path = tmp_path / "talks.eml"
    made = juntos("email", held, str(path))
    assert (made.code, made.out.strip()) == (0, str(path)), made.err
    message = email.message_from_bytes(path.read_bytes(), policy=default)
    assert message["X-Unsent"] == "1"
    (attached,) = list(message.iter_attachments())
    assert attached.get_filename() == f"Juntos_Minutes_{held}_2020-07-12_draft.docx"
    assert attached.get_content()[:2] == b"PK"


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (("email", "{planned}", "x.eml"), 1, "has not been held yet"),
        (("minutes", "{planned}", "x.docx"), 1, "has not been held yet"),
        (("email", "{held}", "x.txt"), 1, "ends in .eml"),
        (("calendar", "{held}", "x.txt"), 1, "ends in .ics"),
        (("brief", "{held}", "x.txt"), 1, ".docx"),
        (("brief", "ORG-001", "x.docx"), 2, "ORG-001 is no meeting"),
        (("brief", "MT-1999-001", "x.docx"), 2, "There is no record"),
        (("brief", "{held}", "nowhere/x.docx"), 1, "There is no folder"),
        (("reopen", "{held}", "--reason", "why"), 2, "are not final"),
        (("final", "{planned}"), 2, "cannot be held yet"),
        (("remind", "Nobody"), 2, "Nobody"),
        (("next", "SER-099"), 2, "SER-099"),
        (("agenda", "ORG-001"), 2, "ORG-001 is no meeting"),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(
    juntos: Juntos,
    held: str,
    planned: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    words: tuple[str, ...],
    code: int,
    sentence: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    result = juntos(*(word.format(held=held, planned=planned) for word in words))
    assert result.code == code
    assert result.err.startswith("juntos: ")
    assert sentence in result.err
    assert not list(tmp_path.glob("x.*"))


def test_a_reminder_is_printed_or_kept_as_a_draft(juntos: Juntos, held: str, tmp_path: Path) -> None:
    printed = juntos("remind", "MINEN", "--in", "en")
    assert (printed.code, "1. Send the terms" in printed.out) == (0, True)
    path = tmp_path / "remind.eml"
    assert juntos("remind", "MINEN", str(path)).out.strip() == str(path)
    message = email.message_from_bytes(path.read_bytes(), policy=default)
    assert message["To"] == "soto@example.org"
    assert message["Content-Language"] == "es"


# ---- agenda, versions, series


def test_an_agenda_grows_and_takes_up_what_was_left_open(juntos: Juntos, planned: str) -> None:
    before = json.loads(juntos("agenda", planned, "--add", "Tender", "--format", "json").out)
    assert [item["topic"] for item in before["agenda"]] == ["Tender"]
    assert [each["title"] for each in before["carried_over"]["follow_ups"]] == ["Send the terms"]
    after = json.loads(juntos("agenda", planned, "--carry", "--format", "json").out)
    assert [item["topic"] for item in after["agenda"]] == ["Tender", "Send the terms"]
    assert after["carried_over"]["follow_ups"] == []
    told = juntos("agenda", planned).out
    assert told.index("Tender") < told.index("Send the terms")
    assert "Carried over, and not on the agenda" not in told
    juntos("undo")
    assert "Carried over, and not on the agenda" in juntos("agenda", planned).out


def test_versions_are_listed_and_compared(juntos: Juntos, held: str) -> None:
    assert juntos("versions", held).out.strip() == "Held"
    juntos("final", held)
    juntos("reopen", held, "--reason", "A name was wrong")
    juntos("set", held, "place=Residence")
    (one,) = json.loads(juntos("versions", held, "--format", "json").out)
    assert (one["version"], one["made_by"], one["reopened_why"]) == (1, "Sato Kenji", "A name was wrong")
    assert "A name was wrong" in juntos("versions", held).out
    (difference,) = json.loads(juntos("versions", held, "--compare", "--format", "json").out)
    assert (difference["from"], difference["field"], difference["now"]) == ("1", "Place", "Residence")
    juntos("final", held)
    table = juntos("versions", held, "--compare").out
    assert "1 → 2" in table
    assert "Residence" in table


def test_the_next_meeting_of_a_series_skips_days_off_and_is_planned(juntos: Juntos, held: str) -> None:
    values = ("title=Round", "rhythm=yearly", "counterparts=MINEN")
    series = juntos("add", "series", *values).out.strip()
    # New Year's Day is a Sunday in 2090, and Japan rests until the third.
    asked = json.loads(juntos("next", series, "--on", "2090-01-01", "--format", "json").out)
    assert asked["on"] > "2090-01-01"
    assert asked["planned"] == ""
    assert {each["day"] for each in asked["skipped"]} >= {"2090-01-01"}
    planned = json.loads(juntos("next", series, "--on", "2090-02-15", "--plan", "--format", "json").out)
    shown = json.loads(juntos("show", planned["planned"], "--format", "json").out)
    assert (shown["on"], shown["title"], shown["state"]) == ("2090-02-15", "Round", "planned")
    proposed = juntos("next", series)
    assert (proposed.code, "2091" in proposed.out) == (0, True)

"""A follow-up from one line, and the reminders, on the command line."""

from __future__ import annotations

import json

from .conftest import Juntos


def test_a_line_becomes_a_follow_up_and_says_what_was_understood(juntos: Juntos) -> None:
    done = juntos("quick", "Call the ministry by 2027-01-15 @Sato !high #Chile")
    assert (done.code, done.err) == (0, "")
    lines = [line.split("  ") for line in done.out.splitlines()]
    assert lines[0][-1] == "Call the ministry"
    assert {line[0]: line[-1].strip() for line in lines[1:-1]} == {
        "by 2027-01-15": "due Fri 15 Jan 2027",
        "@Sato": "owner Sato Kenji",
        "!high": "priority High",
        "#Chile": "country Chile",
    }
    ref = done.out.splitlines()[-1]
    shown = json.loads(juntos("show", ref, "--format", "json").out)
    assert (shown["title"], shown["due_on"], shown["priority"]) == ("Call the ministry", "2027-01-15", "high")
    assert juntos("undo").code == 0
    assert juntos("show", ref).code == 2


def test_a_dry_run_adds_nothing(juntos: Juntos) -> None:
    done = juntos("quick", "--dry-run", "Call", "@Sato")
    assert done.code == 0
    assert done.out.splitlines()[-1].endswith("owner Sato Kenji")
    assert json.loads(juntos("list", "follow-ups", "--format", "json").out) == []


def test_what_is_not_understood_is_said_and_nothing_is_added(juntos: Juntos) -> None:
    done = juntos("quick", "Call @Nobody about #nothing in mid-December")
    assert (done.code, done.out) == (2, "")
    assert "Nobody is called “Nobody”." in done.err
    assert "No sector and no country is called “nothing”." in done.err
    assert len(done.err.splitlines()) == 3
    assert juntos("quick", "@Sato").code == 2
    assert json.loads(juntos("list", "follow-ups", "--format", "json").out) == []


def test_the_reminders_are_listed(juntos: Juntos) -> None:
    assert juntos("reminders").out == "Nothing is overdue or due today, and no meeting is planned.\n"
    ref = juntos("add", "follow-up", "title=Send it", "raised_on=2020-01-01", "due_on=2020-02-01").out.strip()
    assert ref in juntos("reminders").out
    assert juntos("set", ref, "owner=").code == 0
    assert juntos("reminders", "--format", "json").out.split() == ["[", "]"], "nobody owns it"
    found = json.loads(juntos("reminders", "--all", "--format", "json").out)
    assert found == [
        {
            "reminder": "overdue",
            "kind": "follow_up",
            "ref": ref,
            "name": "Send it",
            "on": "2020-02-01",
            "starts": None,
        }
    ]
    assert "Overdue" in juntos("reminders", "--all").out

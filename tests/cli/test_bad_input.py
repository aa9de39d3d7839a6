"""What the command line is handed: kept in one form, or refused with a sentence and nothing left behind."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from .conftest import INIT, Juntos

MEETING = ("add", "meeting", "title=Call")


def shown(juntos: Juntos, ref: str) -> Any:
    return json.loads(juntos("show", ref, "--format", "json").out)


def test_a_text_is_composed_and_its_controls_are_taken_out_and_told(juntos: Juntos) -> None:
    added = juntos("add", "follow-up", "title=Cafe\u0301 5\u00a0%\x1b[31m", "detail=one\x0btwo\x07")
    assert added.code == 0
    assert added.err.count("control character") == 2
    kept = shown(juntos, added.out.strip())
    assert (kept["title"], kept["detail"]) == ("Café 5\u00a0%[31m", "one\ntwo")


@pytest.mark.skipif(os.name != "posix", reason="arguments are bytes only there")
def test_bytes_that_are_no_text_are_replaced_and_told(tmp_path: Path) -> None:
    """As a terminal of another encoding hands them over: halves of characters by the time that Python shows them."""

    def run(*words: str | bytes) -> Any:
        command = [sys.executable, "-m", "desktop", "--home", str(tmp_path), *words]
        return subprocess.run(command, capture_output=True, check=False)

    assert run("init", str(tmp_path / "post.juntos"), *INIT, "--empty").returncode == 0
    added = run("add", "follow-up", b"title=Caf\xe9")
    assert added.returncode == 0, added.stderr
    assert b"1 broken character was replaced" in added.stderr
    kept = json.loads(run("show", added.stdout.strip().decode(), "--format", "json").stdout)
    assert kept["title"] == "Caf\ufffd"


@pytest.mark.parametrize(
    "day", ["2024-13-45", "2024-02-30", "31/02/2024", "03/04/2027", "x", "1e9", "２０２７-１３-０１"]
)
def test_what_is_no_day_is_refused(juntos: Juntos, day: str) -> None:
    refused = juntos("add", "follow-up", "title=x", f"due_on={day}")
    assert (refused.code, refused.out) == (2, "")
    assert "Traceback" not in refused.err
    assert json.loads(juntos("list", "follow-ups", "--format", "json").out) == []


@pytest.mark.parametrize("time", ["25:00", "24:00", "12:60", "noon", "1:2:3:4"])
def test_what_is_no_time_is_refused(juntos: Juntos, time: str) -> None:
    refused = juntos(*MEETING, "on=2027-01-05", f"starts={time}")
    assert (refused.code, refused.out) == (2, "")


def test_an_hour_that_is_skipped_is_refused_with_both_choices(juntos: Juntos) -> None:
    refused = juntos(*MEETING, "on=2027-09-05", "starts=00:30", "zone=America/Santiago")
    assert (refused.code, refused.out) == (2, "")
    assert "Write 23:30 or 01:30." in refused.err
    assert json.loads(juntos("list", "meetings", "--format", "json").out) == []


def test_an_hour_that_comes_twice_is_refused_until_it_is_said_which(juntos: Juntos) -> None:
    words = (*MEETING, "on=2027-04-03", "starts=23:30", "zone=America/Santiago")
    refused = juntos(*words)
    assert (refused.code, refused.out) == (2, "")
    assert "at 02:30 and at 03:30 UTC. Say in" in refused.err
    assert refused.err.endswith("which is meant: first or second. (fold=…)\n")
    made = juntos(*words, "fold=second")
    assert made.code == 0, made.err
    assert shown(juntos, made.out.strip())["fold"] == "second"

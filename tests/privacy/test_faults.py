"""Faults tell where, never what: 500 canaries through exceptions that carry them, and none comes out."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import threading
import types
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from desktop import log
from desktop.model import FollowUp, Person
from desktop.paths import places
from desktop.service import records
from desktop.service.workspace import Workspace
from desktop.ui.context import KNOWN_PROBLEMS, in_words
from tests.privacy.conftest import ROOT

MANY = 500


@pytest.fixture(autouse=True)
def as_it_was() -> Iterator[None]:
    root = logging.getLogger()
    before = (root.level, root.handlers[:], sys.excepthook, threading.excepthook, sys.unraisablehook)
    yield
    for handler in [each for each in root.handlers if each not in before[1]]:
        root.removeHandler(handler)
        handler.close()
    root.setLevel(before[0])
    sys.excepthook, threading.excepthook, sys.unraisablehook = before[2:]


def sheet(text: str) -> None:
    openpyxl.Workbook().active.append([f"{text}\x01"])


def constraint(workspace: Workspace, text: str) -> None:
    with workspace.operation(text):
        Person.insert(name=text, uid=None).execute()


def operation(workspace: Workspace, text: str) -> None:
    with workspace.operation(text) as writing:
        writing.create(FollowUp, {"title": text, "due_on": text})
        raise LookupError(text)


PROVOKED: tuple[Callable[[Workspace, str], Any], ...] = (
    lambda _w, text: FollowUp.get(FollowUp.title == text),
    lambda w, text: w.engine.rows(f"SELECT {text}"),
    lambda w, text: w.engine.rows("SELECT ?", (text, text)),
    lambda w, text: w.engine.db.execute_sql(f"SELECT '{text}' FROM nowhere"),
    constraint,
    operation,
    lambda _w, text: sheet(text),
    lambda _w, text: openpyxl.load_workbook(text),
    lambda _w, text: float(text),
    lambda _w, text: {}[text],
    lambda _w, text: text.encode("ascii" if not text.isascii() else "utf-16").decode("ascii"),
    lambda _w, text: Path(text).read_text(),
    lambda _w, text: getattr(FollowUp, text),
    lambda w, text: records.change(w, FollowUp.get(), {text: text}),
    lambda w, text: records.add(w, FollowUp, {"title": text, "due_on": text}),
)


def test_no_canary_comes_out(
    workspace: Workspace, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    records.add(workspace, FollowUp, {"title": "A follow-up"})
    told: list[str] = []
    log.install(told.append)
    logger = logging.getLogger("desktop.test")
    carried = provoked = 0
    canaries = []
    for number in range(MANY):
        text = f"Kanarie{number}q"
        canaries.append(text)
        try:
            PROVOKED[number % len(PROVOKED)](workspace, text)
        except Exception as error:
            provoked += 1
            carried += text in f"{error} {error!r} {error.__context__!r} {error.__cause__!r}"
            way = number // len(PROVOKED) % 4
            if way == 0:
                logger.exception("provoked")
            elif way == 1:
                sys.excepthook(type(error), error, error.__traceback__)
            elif way == 2:
                sys.unraisablehook(types.SimpleNamespace(exc_value=error))  # type: ignore[arg-type]
            else:
                logging.getLogger("peewee").error("%s", error, exc_info=error)
    assert provoked == MANY
    assert carried > MANY // 2, "the control: the exceptions carry them"
    written = places().log_file.read_text("utf-8")
    shown = "".join((*told, *capfd.readouterr()))
    assert len(written) > 10_000
    assert [each for each in canaries if each in written + shown] == []


def test_the_window_tells_what_nobody_foresaw_without_its_text(workspace: Workspace) -> None:
    records.add(workspace, FollowUp, {"title": "A follow-up"})
    unforeseen = 0
    for number, provoke in enumerate(PROVOKED):
        text = f"Kanarie{number}q"
        try:
            provoke(workspace, text)
        except KNOWN_PROBLEMS:
            continue  # these are sentences for the officer, about what was typed
        except Exception as error:
            unforeseen += 1
            words = in_words(error)
        assert words
        assert text not in words
    assert unforeseen > 8


BROKEN = """
import sys
from desktop import __main__
from desktop.cli import commands
def fail(asked):
    raise ValueError("Kanarie of a record")
commands.COMMANDS["list"] = fail
sys.exit(__main__.main(["list", "follow-up"]))
"""


def test_the_command_line_tells_a_sentence_instead_of_a_traceback(home: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", BROKEN],
        cwd=ROOT,
        env={**os.environ, "JUNTOS_HOME": str(home / "j")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "met a fault that it did not expect" in done.stderr
    assert "Kanarie" not in done.stdout + done.stderr
    written = (home / "j" / "log" / "juntos.log").read_text("utf-8")
    assert "builtins.ValueError" in written
    assert "Kanarie" not in written

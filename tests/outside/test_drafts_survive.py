"""The program is killed a second after the last key: whatever was typed comes back, wherever it was typed."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.service import follow_ups, meetings, setup
from desktop.service.setup import Answers, Officer
from desktop.service.workspace import Workspace

ROOT = Path(__file__).parents[2]
TYPIST = Path(__file__).parent / "typist.py"
PASSPHRASE = "nine yellow cables under the sea"
ENDING = " 海底ケーブル"
TEXTS = {
    "update": "canary-update: they agreed" + ENDING,
    "meeting": "canary-meeting: what was said" + ENDING,
    "quick": "canary-quick send the list" + ENDING,
    "minutes": "canary-minutes: a summary" + ENDING,
    "field": "canary-field: the detail" + ENDING,
}
PATIENCE = 60


@pytest.fixture(scope="module")
def screen() -> Iterator[dict[str, str]]:
    """A screen in memory, where there is the program for it; else windows are drawn nowhere."""
    if shutil.which("Xvfb") is None:
        yield {"QT_QPA_PLATFORM": "offscreen"}
        return
    reads, writes = os.pipe()
    command = ["Xvfb", "-displayfd", str(writes), "-screen", "0", "1280x720x24", "-nolisten", "tcp"]
    server = subprocess.Popen(
        command, pass_fds=[writes], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    os.close(writes)
    with os.fdopen(reads) as numbers:
        number = numbers.readline().strip()
    yield {"QT_QPA_PLATFORM": "xcb", "DISPLAY": f":{number}"}
    server.terminate()
    server.wait(10)


def make(path: Path, passphrase: str | None) -> None:
    """A workspace with a follow-up and a meeting."""
    path.parent.mkdir()
    workspace = Workspace.create(path, passphrase=passphrase)
    answers = Answers(
        post="Embassy of Japan in Chile",
        country="CL",
        zone="America/Santiago",
        own_government="JP",
        officers=[Officer("Sato Kenji")],
        catalogue=False,
    )
    setup.set_up(workspace, answers)
    follow_ups.add(workspace, {"title": "Send the list"}, [])
    meetings.log_meeting(workspace, {"title": "Talks", "on": "2026-11-12", "state": "held"}, [], [], [], [])
    workspace.close()


def start(
    mode: str, path: Path, where: str, screen: dict[str, str], passphrase: str | None
) -> subprocess.Popen[str]:
    """The program, with somebody who types or reads."""
    command = [sys.executable, str(TYPIST), mode, str(path), str(path.parent.parent / "home"), where]
    environment = os.environ | screen | {"PYTHONPATH": str(ROOT)}
    if passphrase is not None:
        environment["JUNTOS_PASSPHRASE"] = passphrase
    return subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def type_and_kill(mode: str, path: Path, where: str, screen: dict[str, str], passphrase: str | None) -> None:
    """Kill the program a second after the last key."""
    program = start(mode, path, where, screen, passphrase)
    assert program.stdout is not None
    try:
        said = program.stdout.readline()
        time.sleep(1)
    finally:
        program.kill()
        _out, told = program.communicate(timeout=PATIENCE)
    assert said == "typed\n", told


def read(path: Path, where: str, screen: dict[str, str], passphrase: str | None) -> dict[str, str]:
    """What stands in the windows once all that is offered was brought back."""
    program = start("read", path, where, screen, passphrase)
    try:
        out, told = program.communicate(timeout=PATIENCE)
    finally:
        program.kill()
    assert out, told
    found: dict[str, str] = json.loads(out)
    return found


def with_canary(folder: Path) -> list[str]:
    """The files in which a typed word can be read."""
    words = ["canary".encode(coding) for coding in ("utf-8", "utf-16-le")]
    files = [file for file in folder.rglob("*") if file.is_file()]
    return [file.name for file in files if any(word in file.read_bytes() for word in words)]


@pytest.mark.slow
@pytest.mark.parametrize("passphrase", [None, PASSPHRASE], ids=["plain", "encrypted"])
@pytest.mark.parametrize("where", ["field", "minutes"])
def test_what_was_typed_comes_back(
    where: str, passphrase: str | None, screen: dict[str, str], tmp_path: Path
) -> None:
    path = tmp_path / "work" / "post.juntos"
    make(path, passphrase)
    type_and_kill("type", path, where, screen, passphrase)
    readable = with_canary(tmp_path)
    if passphrase is None:
        assert any(name.startswith("post.juntos.drafts") for name in readable)  # so one would be found
    else:
        assert readable == []
    assert read(path, where, screen, passphrase) == {
        each: TEXTS[each] for each in ("update", "meeting", "quick", where)
    }


@pytest.mark.slow
def test_without_the_keeper_it_is_lost(screen: dict[str, str], tmp_path: Path) -> None:
    path = tmp_path / "work" / "post.juntos"
    make(path, None)
    type_and_kill("type-unkept", path, "field", screen, None)
    assert with_canary(tmp_path) == []
    found = read(path, "field", screen, None)
    assert found == {}

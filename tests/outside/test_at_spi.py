"""From outside the program, as a screen reader sees and hears it: a meeting is logged, a table read, words heard."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from desktop.model import Meeting
from desktop.service.workspace import Workspace

ROOT = Path(__file__).parents[2]
PYTHON = "/usr/bin/python3"
"""The system's own: Debian's pyatspi is for no other."""
TOOLS = ("Xvfb", "dbus-run-session", "xdotool")


def missing() -> list[str]:
    """What this machine lacks for such a test."""
    lacking = [tool for tool in TOOLS if shutil.which(tool) is None]
    found = Path(PYTHON).exists() and subprocess.run(
        [PYTHON, "-c", "import pyatspi"], capture_output=True, check=False
    )
    if not found or found.returncode:
        lacking.append("python3-pyatspi")
    if not Path("/usr/libexec/at-spi-bus-launcher").exists():
        lacking.append("at-spi2-core")
    return lacking


@pytest.fixture(scope="module")
def display() -> Iterator[str]:
    """A screen in memory of its own."""
    if missing():
        pytest.skip(f"needs {', '.join(missing())}")
    reads, writes = os.pipe()
    command = ["Xvfb", "-displayfd", str(writes), "-screen", "0", "1280x720x24", "-nolisten", "tcp"]
    server = subprocess.Popen(
        command, pass_fds=[writes], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    os.close(writes)
    with os.fdopen(reads) as numbers:
        number = numbers.readline().strip()
    yield f":{number}"
    server.terminate()
    server.wait(10)


@pytest.fixture
def read(display: str, workspace: Workspace, tmp_path: Path) -> dict[str, Any]:
    """What the officer of `officer.py` read and heard."""
    path = workspace.engine.path
    workspace.close()
    environment = {name: text for name, text in os.environ.items() if not name.startswith(("QT_", "DBUS_"))}
    done = subprocess.run(
        [
            *("dbus-run-session", "--", PYTHON, str(Path(__file__).with_name("officer.py"))),
            *(sys.executable, str(tmp_path / "home"), str(path)),
        ],
        cwd=ROOT,
        env=environment | {"DISPLAY": display, "NO_AT_BRIDGE": "0"},
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-4000:]
    # The registry of the accessibility bus may speak after the officer.
    return json.loads(next(line for line in reversed(done.stdout.splitlines()) if line.startswith("{")))


@pytest.mark.slow
def test_a_meeting_is_logged_a_table_read_and_what_was_done_is_heard(
    read: dict[str, Any], workspace: Workspace
) -> None:
    assert read["logged"].endswith("was logged.")
    ref = read["logged"].split()[0]
    assert read["headers"][:4] == ["Ref", "Meeting", "Date", "State"]
    assert read["rows"][0][:2] == [ref, "Talks on 海底ケーブル"]
    assert read["found"] == "1 meeting"
    assert [row[0] for row in read["found_rows"]] == [ref]
    assert read["saved"] == "Saved"
    assert read["nameless"] == []  # in the dialog, and in the window with a record open
    assert (
        read["heard"].index(read["logged"]) < read["heard"].index("1 meeting") < read["heard"].index("Saved")
    )
    again = Workspace.open(workspace.engine.path)
    try:
        meeting = Meeting.get(Meeting.ref == ref)
        assert (meeting.title, meeting.place) == ("Talks on 海底ケーブル", "Residence")
    finally:
        again.close()

"""Two processes, one workspace: the second start brings the first window to the front and ends."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.service.workspace import Workspace

ROOT = Path(__file__).parents[2]


def start(home: Path, workspace: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "desktop", "--home", str(home), "--workspace", str(workspace)]
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    return subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def wait(true: Callable[[], object]) -> None:
    until = time.monotonic() + 40
    while not true():
        assert time.monotonic() < until
        time.sleep(0.05)


@pytest.mark.slow
def test_a_second_start_ends_and_the_first_stays(workspace: Workspace, tmp_path: Path) -> None:
    path, home = workspace.engine.path, tmp_path / "home"
    workspace.close()
    first = start(home, path)
    try:
        wait(lambda: list(home.glob("cache/*.open")) or first.poll() is not None)
        second = start(home, path)
        _out, told = second.communicate(timeout=40)
        assert second.returncode == 0, told
        assert first.poll() is None
    finally:
        first.kill()
        first.communicate(timeout=20)
    # Ended by force, it has left its mark; that keeps nobody from starting again.
    (mark,) = home.glob("cache/*.open")
    os.utime(mark, (0, 0))
    third = start(home, path)
    try:
        wait(lambda: mark.stat().st_mtime > 0 or third.poll() is not None)
        assert third.poll() is None
        assert mark.stat().st_mtime > 0, "it listens itself"
    finally:
        third.terminate()
        third.communicate(timeout=20)

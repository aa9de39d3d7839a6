"""No core is dumped and nobody attaches, whichever way the program is started."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.privacy.conftest import ROOT

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="asked of Linux")
TELL = """
import ctypes, os, resource, sys
def tell(*_arguments, **_more):
    umask = os.umask(0)
    print(ctypes.CDLL(None).prctl(3), resource.getrlimit(resource.RLIMIT_CORE)[0], oct(umask), flush=True)
    os._exit(0)
"""
DOORS = {
    "window": "from desktop import app, settings; settings.load = tell; app.main([])",
    "command": "from desktop import __main__, cli; cli.run = tell; __main__.main(['list', 'follow-up'])",
    "reading": "from desktop.export.intake import child, limits; limits.confine = tell; child.main(['.', 'quick', ''])",
}


@pytest.mark.parametrize("door", DOORS)
def test_each_door_is_hardened(door: str, home: Path) -> None:
    def told(code: str) -> str:
        done = subprocess.run(
            [sys.executable, "-c", TELL + code],
            cwd=ROOT,
            env={**os.environ, "JUNTOS_HOME": str(home / "j")},
            umask=0o022,
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout.strip()

    assert told(DOORS[door]) == "0 0 0o77"
    assert told("tell()").startswith("1 "), "the control"
    assert told("tell()").endswith(" 0o22")

"""The memory of the process is not written to disk, nor read by others."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

SHOW = """
import ctypes, resource, sys
from desktop.hardening import harden
if sys.argv[1] == "hardened":
    harden()
PR_GET_DUMPABLE = 3
print(ctypes.CDLL(None).prctl(PR_GET_DUMPABLE), resource.getrlimit(resource.RLIMIT_CORE)[0])
"""


@pytest.mark.skipif(sys.platform != "linux", reason="asked of Linux")
def test_no_core_is_dumped() -> None:
    def shown(how: str) -> list[str]:
        command = [sys.executable, "-c", SHOW, how]
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()

    assert shown("hardened") == ["0", "0"]
    assert shown("control: as it is")[0] == "1"


@pytest.mark.parametrize(
    ("module", "work"), [("desktop/app.py", "open_workspace("), ("desktop/cli/__init__.py", "run(")]
)
def test_both_doors_call_it_first(module: str, work: str) -> None:
    text = (ROOT / module).read_text("utf-8")
    main = text[text.index("def main(") :]
    assert main.index("harden()") < main.index(work)

"""Void C++ methods keep their reference to None: PySide6 6.12.0 loses one a call, and Python 3.11 aborts."""

from __future__ import annotations

import subprocess
import sys

CALLS = """
import sys
from PySide6.QtCore import QObject
before = sys.getrefcount(None)
thing = QObject()
for _ in range(20_000):
    thing.setObjectName("x")
print(before - sys.getrefcount(None))
"""


def test_void_methods_keep_their_reference_to_none() -> None:
    result = subprocess.run([sys.executable, "-c", CALLS], capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr[-500:]
    # from Python 3.12 on None is immortal and its count stands still
    assert int(result.stdout) < 1_000

"""Running a piece of a measurement in a process of its own, and what the system says of the process at hand."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import platformdirs

MOST = 600
"""Seconds after which a process is given up."""


FOLDER = platformdirs.user_cache_path("Juntos", appauthor=False) / "benchmarks"
"""Where all that is kept between runs lies."""


class Failed(Exception):
    """A process did not say what was asked of it."""


def run(module: str, *arguments: str) -> dict[str, Any]:
    """What `python -m module arguments` tells, and as `begun` when it was started."""
    begun = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        capture_output=True,
        text=True,
        timeout=MOST,
        env=environment(),
    )
    said = done.stdout.strip().splitlines()
    if done.returncode or not said:
        raise Failed(f"{module} {' '.join(arguments)}\n{done.stdout}{done.stderr}")
    return {**json.loads(said[-1]), "begun": begun}


def tell(**what: Any) -> None:
    """Say something to the process that asked."""
    print(json.dumps(what), flush=True)


def environment() -> dict[str, str]:
    """The environment of all processes alike: compiled modules as users have them, the display there is or none."""
    found = dict(os.environ)
    if found.pop("PYTHONDONTWRITEBYTECODE", None):  # nobody compiles the program at each start
        found["PYTHONPYCACHEPREFIX"] = str(FOLDER / "bytecode")
    if display() == "offscreen":
        found["QT_QPA_PLATFORM"] = "offscreen"
    return found


def display() -> str:
    """Where windows are shown."""
    if sys.platform != "linux" or os.environ.get("QT_QPA_PLATFORM"):
        return os.environ.get("QT_QPA_PLATFORM", sys.platform)
    return "xcb" if os.environ.get("DISPLAY") else "offscreen"


def megabytes() -> tuple[float, float]:
    """Memory of this process that is in use, and the most that ever was."""
    status = Path("/proc/self/status")
    if status.exists():
        text = status.read_text()
        now, most = (int(re.search(rf"{name}:\s+(\d+)", text)[1]) / 1024 for name in ("VmRSS", "VmHWM"))
        return now, most
    import resource  # there is none on Windows

    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit
    return most, most

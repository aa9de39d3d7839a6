"""Ask the database of known faults (osv.dev) about every library that is pinned, with `uv audit`.

    python -m scripts.audit [words for uv audit]

This needs the internet: it is for whoever releases, once a week and before each release. It ends with 1 where a library
has a known fault, and with 2 where nobody could be asked.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-bench.lock")


def pins(*locks: Path) -> list[str]:
    """Every library of the locks with its version, and where it is needed, as in them."""
    lines = (line for lock in locks for line in lock.read_text("utf-8").splitlines())
    return sorted({line.removesuffix("\\").strip() for line in lines if line[:1].isalnum()})


def script(pinned: Iterable[str]) -> str:
    """A script that depends on just these, as `uv` reads one (PEP 723)."""
    listed = "".join(f"#   {line!r},\n" for line in pinned)
    return f'# /// script\n# requires-python = ">=3.11,<3.14"\n# dependencies = [\n{listed}# ]\n# ///\n'


def main() -> int:
    """Ask, and let `uv` say what it found."""
    with tempfile.TemporaryDirectory(prefix="juntos-audit-") as place:
        asked = Path(place, "juntos.py")
        asked.write_text(script(pins(*(ROOT / lock for lock in LOCKS))), "utf-8")
        command = [sys.executable, "-m", "uv", "audit", "--preview-features", "audit-command"]
        return subprocess.run([*command, "--script", str(asked), *sys.argv[1:]], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())

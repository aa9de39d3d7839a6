"""A day of work in a process of its own (`scenario`), stopped while all is open, and where it may have left traces."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
PASSPHRASE = "correct horse battery staple pony"


@dataclass
class Day:
    """The process, and its folders."""

    process: subprocess.Popen[str]
    home: Path
    folder: Path
    temporary: Path
    told: Path
    """What it wrote to its standard error."""

    @property
    def workspace(self) -> Path:
        return self.folder / "post.juntos"

    @property
    def asked(self) -> Path:
        """Where it exported to as it was asked."""
        return self.folder / "asked"

    def everything(self) -> list[Path]:
        """All that lies on the disk, but what was asked for."""
        found = [path for top in (self.home, self.folder, self.temporary) for path in top.rglob("*")]
        return [path for path in found if self.asked not in (path, *path.parents)]

    def in_memory(self) -> list[Path]:
        """Its folders that are on no disk."""
        shared = Path(f"/dev/shm/juntos-{os.getuid()}") if os.name == "posix" else Path("/nowhere")
        return [*shared.glob(f"{self.process.pid}-*")]

    def end(self) -> None:
        """As an officer does, who closes the window."""
        assert self.process.stdin is not None
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        assert self.process.wait(60) == 0, self.told.read_text("utf-8", "replace")

    def kill(self) -> None:
        """As a crash does."""
        self.process.kill()
        self.process.wait()


@pytest.fixture(scope="module")
def begin(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Day]]:
    """Begin a day: encrypted or not, with these guards off, under another program if one is given.

    One of the same kind that is still alive is not begun again: the tests of a file share it.
    """
    begun: list[Day] = []
    alike: dict[tuple[bool, tuple[str, ...]], Day] = {}

    def begin(encrypted: bool, *off: str, under: Sequence[str] = ()) -> Day:
        kept = alike.get((encrypted, off)) if not under else None
        if kept is not None and kept.process.poll() is None:
            return kept
        top = tmp_path_factory.mktemp("day")
        home, folder, temporary = (top / name for name in ("home", "desk", "temporary"))
        for each in (home, folder, temporary):
            each.mkdir(parents=True, mode=0o700)
        told = top / "told"
        environment = {
            name: text for name, text in os.environ.items() if not name.startswith(("XDG_", "JUNTOS_"))
        }
        environment |= {
            "HOME": str(home),
            "TMPDIR": str(temporary),
            "XDG_RUNTIME_DIR": str(home),  # on a disk: not taken for memory
            "QT_QPA_PLATFORM": "offscreen",
            "LC_ALL": "C.UTF-8",
        }
        command = [*under, sys.executable, "-m", "tests.privacy.scenario", str(folder / "post.juntos")]
        with told.open("wb") as errors:
            process = subprocess.Popen(
                [*command, *([PASSPHRASE] if encrypted else []), *off],
                cwd=ROOT,
                env=environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
            )
        day = Day(process, home, folder, temporary, told)
        begun.append(day)
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n", told.read_text("utf-8", "replace")
        if not under:
            alike[encrypted, off] = day
        return day

    yield begin
    for day in begun:
        day.kill()
        for stream in (day.process.stdin, day.process.stdout):
            if stream is not None:
                stream.close()

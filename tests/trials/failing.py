"""The disk refuses: each call in turn fails, once or from then on; then there is room again, and the act goes on.

What was confirmed is there, whoever acted was told a sentence, and the second try does it.
"""

from __future__ import annotations

import errno
from pathlib import Path
from typing import Any

from desktop.export.errors import ExportError
from desktop.store.errors import StoreError
from tests.trials import disk, forks
from tests.trials.acts import Act
from tests.trials.kills import Found, begun, look

REFUSALS = (
    (errno.EIO, disk.EVERY),
    (errno.ENOSPC, disk.EVERY & ~disk.REMOVES),
    (errno.EACCES, disk.OPENS | disk.RENAMES | disk.REMOVES),
)
"""What a disk answers, and to which calls."""


def trials(act: Act, folder: Path, step: int = 1) -> Found:
    """Let each `step`-th call fail, in each way, once and for good."""
    place, found = folder / "failing", Found()
    for error, kinds in REFUSALS:
        path = begun(act, place)
        calls = _calls_of(act, path, kinds)
        for number in range(1, calls + 1, step):
            for for_good in (False, True):
                path = begun(act, place)
                tried = _Try(act, path, number, error, for_good, kinds)
                ended = forks.child(tried.run)
                if ended.said and ended.said[-1].startswith("raised "):
                    raise AssertionError(
                        f"{act.name}, {errno.errorcode[error]} at {number}: {ended.said[-1]}"
                    )
                said = forks.Ended([line for line in ended.said if line == "saved"], False)
                found.add(forks.answer(lambda path=path, said=said: look(act, path, said)))  # type: ignore[misc]
    return found


def _calls_of(act: Act, path: Path, kinds: int) -> int:
    def counting(say: Any) -> None:
        disk.watch(path.parent)
        disk.fail(1 << 60, errno.EIO, kinds=kinds)
        act.run(path, say)
        say(f"calls {disk.count()}")

    return int(forks.child(counting).said[-1].split()[1])


class _Try:
    """An act at which the disk refuses something; and the same act again once it does not."""

    def __init__(self, act: Act, path: Path, number: int, error: int, for_good: bool, kinds: int) -> None:
        self.act, self.path = act, path
        self.number, self.error, self.for_good, self.kinds = number, error, for_good, kinds

    def run(self, say: Any) -> None:
        disk.watch(self.path.parent)
        disk.fail(self.number, self.error, for_good=self.for_good, kinds=self.kinds)
        try:
            self.act.run(self.path, say)
        except (StoreError, ExportError):
            disk.fail(0, 0)
            fallen = self.act.fallen(self.path)
            if fallen:
                raise AssertionError(fallen) from None
            self.act.run(self.path, say)

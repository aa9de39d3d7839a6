"""The guards switched off, one for each kind of trial: what is found then shows that the fault can be seen at all."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

from desktop.export import saving, standing
from desktop.service import backups
from desktop.store import backup, connections, crypt, engine, errors


def without_transaction() -> None:
    """Each statement for itself."""

    @contextlib.contextmanager
    def write(self: engine.Engine) -> Iterator[None]:
        with self._lifted():
            yield

    engine.Engine.write = write  # type: ignore[method-assign]


def without_sync() -> None:
    """`synchronous=NORMAL`, the advice found everywhere."""
    engine.PRAGMAS["synchronous"] = 1


def written_in_place() -> None:
    """A workbook written over the one that stands there."""

    @contextlib.contextmanager
    def replacing(path: Path) -> Iterator[BinaryIO]:
        with path.open("w+b") as file:
            yield file

    saving.replacing = replacing
    standing.unchanged = lambda *_what: None


def copied_over() -> None:
    """A backup copied over the workspace, with what stood beside it left where it was."""

    def restore(path: Path, kept: Any, **_keys: Any) -> None:
        shutil.copyfile(kept.path, path)

    backups.restore = restore


def copied_as_bytes() -> None:
    """A backup that is a copy of the file's bytes, under its name from the first of them on."""

    def write(_connection: Any, path: Path, _key: Any, why: str) -> Path:
        place = backup.folder(path)
        place.mkdir(exist_ok=True)
        target = place / f"{path.stem}-00000000-20260101T000000-{why}.juntos"
        with target.open("wb", buffering=0) as file:
            content = path.read_bytes()
            for start in range(0, len(content), 4096):
                file.write(content[start : start + 4096])
        return target

    backup.write = write


def rewritten_in_place() -> None:
    """A new passphrase by writing over the file."""

    def rewrite(path: Path, _old: Any, passphrase: str, **_keys: Any) -> None:
        aside = path.with_name("aside")
        shutil.copy(path, aside)
        true_rewrite(aside, None, passphrase)
        with path.open("r+b", buffering=0) as file:
            content = aside.read_bytes()
            for start in range(0, len(content), 512):
                file.write(content[start : start + 512])

    true_rewrite = crypt.rewrite
    crypt.rewrite = rewrite


def in_steps() -> None:
    """A migration of which each statement is for itself."""

    class Alone:
        def __enter__(self) -> None: ...

        def __exit__(self, *_what: object) -> None: ...

    connections.Database.atomic = lambda _self, *_how: Alone()


def untold() -> None:
    """What the engine says of the disk, as it says it."""

    @contextlib.contextmanager
    def telling(_path: Path) -> Iterator[None]:
        yield

    for module in (engine, errors, backup):
        if hasattr(module, "telling"):
            module.telling = telling  # type: ignore[attr-defined]


CARELESS: dict[tuple[str, str], Callable[[], None]] = {
    ("kills", "saving"): without_transaction,
    ("kills", "importing"): without_transaction,
    ("kills", "exporting"): written_in_place,
    ("kills", "backing up"): copied_as_bytes,
    ("kills", "migrating"): in_steps,
    ("kills", "migrating from the second release"): in_steps,
    ("kills", "migrating from the third release"): in_steps,
    ("kills", "changing the passphrase"): rewritten_in_place,
    ("kills", "restoring"): copied_over,
    ("cuts", "saving"): without_sync,
    ("cuts", "exporting"): written_in_place,
    ("cuts", "backing up"): copied_as_bytes,
    ("cuts", "changing the passphrase"): rewritten_in_place,
    ("cuts", "restoring"): copied_over,
    ("failing", "saving"): untold,
    ("failing", "importing"): untold,
    ("failing", "exporting"): written_in_place,
    ("failing", "backing up"): copied_as_bytes,
    ("failing", "migrating"): untold,
    ("failing", "migrating from the second release"): untold,
    ("failing", "migrating from the third release"): untold,
    ("failing", "changing the passphrase"): rewritten_in_place,
    ("failing", "restoring"): copied_over,
}

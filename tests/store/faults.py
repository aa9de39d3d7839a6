"""Processes that are killed, raced and starved of disk; run as `python -m tests.store.faults NAME FOLDER [careless]`.

A process of its own, so that it can fork (the tests' own has threads), change its user and its limits. Each fault
prints what it found as JSON. `careless` switches off the guard in question: what is found then shows that the
fault can be seen at all.
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from desktop.model import FollowUp, Initiative, Link, Person, Sector
from desktop.service import journal, links, operation, records
from desktop.service.conflicts import Conflict
from desktop.service.workspace import Workspace
from desktop.store import backup
from desktop.store.engine import Engine, StoreError

NOBODY = 65534


def forked(act: Callable[[int], None]) -> tuple[int, int]:
    """Run `act` in a child with the end of a pipe to write to; returns its process id and the end to read from."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            act(writing)
        except BaseException as error:
            os.write(writing, f"{type(error).__name__}: {error}\n".encode())
            os._exit(1)
        os._exit(0)
    os.close(writing)
    return child, reading


def said(reading: int) -> list[str]:
    """The lines that a child wrote before it ended."""
    with os.fdopen(reading, encoding="utf-8") as pipe:
        return pipe.read().split("\n")[:-1]


@contextlib.contextmanager
def open_at(path: Path) -> Iterator[Workspace]:
    workspace = Workspace.open(path)
    try:
        yield workspace
    finally:
        workspace.close()


# ---- killed while saving


def killed_while_saving(folder: Path, careless: bool) -> dict[str, Any]:
    """What is lost or half there after a process that saves one follow-up after the other was killed."""
    found = {"confirmed": 0, "lost": 0, "half": 0, "broken": 0}
    if careless:
        Engine.write = without_transaction  # type: ignore[method-assign]
    chance = random.Random(1)
    for trial in range(20):
        path = folder / f"{trial}.juntos"
        path.write_bytes((folder / "world.juntos").read_bytes())
        child, reading = forked(lambda pipe, path=path: save_for_ever(path, pipe))  # type: ignore[misc]
        saved = chance.randrange(2, 6)
        seen = b""
        while seen.count(b"\n") <= saved:  # the first line says that it begins
            seen += os.read(reading, 100)
        time.sleep(chance.uniform(0, 0.02))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        confirmed = seen.count(b"\n") + len(said(reading)) - 1
        with open_at(path) as workspace:
            there = FollowUp.select().where(FollowUp.title.startswith("Number ")).count()
            served = Link.select().where(Link.relation == "serves").count()
            known = workspace.engine.rows("SELECT count(DISTINCT uid) FROM change WHERE entity = 'link'")[0][
                0
            ]
            found["confirmed"] += confirmed
            found["lost"] += max(0, confirmed - there)
            found["half"] += not there == served == known - 1
            whole = workspace.engine.rows("PRAGMA integrity_check") == [("ok",)]
            found["broken"] += not whole or journal.broken_at() is not None
    return found


def save_for_ever(path: Path, pipe: int) -> None:
    """Save follow-ups, each with a link, and confirm each on the pipe."""
    workspace = Workspace.open(path)
    humboldt = Initiative.find("Humboldt cable")
    os.write(pipe, b".\n")
    for number in range(10_000):
        with workspace.operation("Add") as writing:
            added = records.make(writing, FollowUp, {"title": f"Number {number}"})
            links.link(workspace, added, humboldt)
        os.write(pipe, b"saved\n")


@contextlib.contextmanager
def without_transaction(self: Engine) -> Iterator[None]:
    """`Engine.write` as it must not be: each statement for itself."""
    with self.db.writing():
        yield


# ---- two at once


def two_at_once(folder: Path, careless: bool) -> dict[str, Any]:
    """How many of the increments that two processes made of one number are in it."""
    path, each = folder / "world.juntos", 40
    if careless:
        operation._as_read = lambda record, version: ("id = ?", (record.id,))
    with open_at(path):
        Sector.find("Digital")
    children = [forked(lambda pipe: increment(path, each)) for _number in range(2)]
    told = [line for child, reading in children for line in (os.waitpid(child, 0) and said(reading))]
    with open_at(path):
        return {"made": 2 * each, "kept": int(Sector.find("Digital").notes), "told": told}


def increment(path: Path, times: int) -> None:
    workspace = Workspace.open(path)
    for _number in range(times):
        while True:
            sector = Sector.find("Digital")
            try:
                records.change(workspace, sector, {"notes": str(int(sector.notes or "0") + 1)})
                break
            except Conflict:
                continue
    workspace.close()


# ---- no room


def no_room(limit: Callable[[Workspace], Callable[[], None]], path: Path, careless: bool) -> dict[str, Any]:
    """What a workspace says and keeps when there is no room, and after there is some again."""
    refused: tuple[type[Exception], ...] = (StoreError,)
    if careless:
        Engine.write = without_transaction  # type: ignore[method-assign]
        backup.remove = lambda _file: None
        refused = (Exception,)  # without its guard, the engine's own too
    with open_at(path) as workspace:
        lift = limit(workspace)
        saved, told, kept = 0, "", ""
        try:
            while saved < 5000:
                records.add(workspace, FollowUp, {"title": f"Number {saved}", "detail": "word " * 300})
                saved += 1
        except refused as error:
            told = str(error)
        record = FollowUp.find("Number 0")
        try:
            records.change(workspace, record, {"title": "Changed", "detail": "other " * 5000})
        except refused:
            kept = record.title
        no_backup = ""
        try:
            backup.backup(workspace.engine)
        except refused as error:
            no_backup = str(error)
        left = [file.name for file in backup.folder(path).glob("*.part")]
        there = FollowUp.select().where(FollowUp.title.startswith("Number ")).count()
        lift()
        records.change(workspace, record, {"title": "Changed"})
        return {
            "saved": saved,
            "told": told,
            "in memory": kept,
            "there": there,
            "no backup": no_backup,
            "left": left,
            "then": FollowUp.find("Changed").title,
            "whole": workspace.engine.rows("PRAGMA integrity_check") == [("ok",)]
            and journal.broken_at() is None,
        }


def full_disk(folder: Path, careless: bool) -> dict[str, Any]:
    """A file system of 3 MB; mounting one takes a superuser."""
    place = folder / "disk"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", place], capture_output=True, check=False
    )
    if mounted.returncode:
        return {"mounted": False}
    try:
        filler, path = place / "filler", place / "world.juntos"
        path.write_bytes((folder / "world.juntos").read_bytes())
        filler.write_bytes(b"x" * 300_000)

        def limit(_workspace: Workspace) -> Callable[[], None]:
            return filler.unlink

        return no_room(limit, path, careless)
    finally:
        subprocess.run(["umount", place], check=True)


def full_file(folder: Path, careless: bool) -> dict[str, Any]:
    """A file that may not grow: what SQLite says of a full disk, wherever the tests run."""

    def limit(workspace: Workspace) -> Callable[[], None]:
        pages = workspace.engine.pragma("page_count") + 50

        def allow(most: int) -> None:
            with workspace.engine.db.writing():  # it is kept by each connection for itself
                workspace.engine.rows(f"PRAGMA max_page_count = {most}")

        allow(pages)
        return lambda: allow(1_000_000)

    return no_room(limit, folder / "world.juntos", careless)


def limited_file(folder: Path, careless: bool) -> dict[str, Any]:
    """A limit on the size of files, which the system sets: an error of input and output."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)

    def limit(_workspace: Workspace) -> Callable[[], None]:
        most = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1_500_000, most[1]))
        return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, most)

    return no_room(limit, folder / "world.juntos", careless)


# ---- no right to write


def read_only(folder: Path, careless: bool) -> dict[str, Any]:
    """What is told of files and folders that the user may not write."""
    path = folder / "world.juntos"
    # All modules that this needs: where Python lies, nobody may not read.
    Workspace.create(folder / "first.juntos").close()
    told = {}
    for name, file_mode, folder_mode in (
        ("file", 0o444, 0o755),
        ("folder", 0o666, 0o555),
        ("hidden", 0o666, 0o000),
        ("neither", 0o666, 0o777),
    ):
        path.chmod(file_mode)
        folder.chmod(folder_mode)
        child, reading = forked(lambda pipe: as_nobody(path, pipe))
        os.waitpid(child, 0)
        told[name] = said(reading)
        folder.chmod(0o755)
    crashed = crash(folder / "world.juntos", folder / "crash")
    crashed.parent.chmod(0o555)
    child, reading = forked(lambda pipe: as_nobody(crashed, pipe))
    os.waitpid(child, 0)
    told["crashed"] = said(reading)
    crashed.parent.chmod(0o755)
    return told


def crash(path: Path, place: Path) -> Path:
    """What a crash after one more person was saved leaves of a workspace, in another folder, without its index."""
    place.mkdir()
    with open_at(path) as workspace:
        records.add(workspace, Person, {"name": "Saved last"})
        for suffix in ("", "-wal"):
            copy = place / f"{path.name}{suffix}"
            copy.write_bytes(Path(f"{path}{suffix}").read_bytes())
            copy.chmod(0o444)
    return place / path.name


def read_only_mount(folder: Path, careless: bool) -> dict[str, Any]:
    """What is told of a workspace on a medium that cannot be written; mounting one takes a superuser."""
    place = folder / "disk"
    place.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "tmpfs", place], capture_output=True, check=False)
    if mounted.returncode:
        return {"mounted": False}
    try:
        (place / "world.juntos").write_bytes((folder / "world.juntos").read_bytes())
        crash(folder / "world.juntos", place / "crash")
        if not careless:
            subprocess.run(["mount", "-o", "remount,ro", place], check=True)
        told = {}
        for path in (place / "world.juntos", place / "crash" / "world.juntos"):
            with open_at(path) as workspace:
                told[path.parent.name] = [Person.select().count(), workspace.readonly]
        return told
    finally:
        subprocess.run(["umount", place], check=True)


def as_nobody(path: Path, pipe: int) -> None:
    if os.geteuid() == 0:
        os.setgid(NOBODY)
        os.setuid(NOBODY)
    answer = ""
    try:
        workspace = Workspace.open(path)
        if workspace.readonly:
            answer = f"{Person.select().count()} read, "
        try:
            records.add(workspace, FollowUp, {"title": "Written"})
            answer = "written"
        finally:
            workspace.close()
    except StoreError as error:
        answer += str(error)
    try:
        Workspace.create(path.with_name("made.juntos")).close()
        answer += " / made"
    except StoreError as error:
        answer += f" / {error}"
    os.write(pipe, f"{answer}\n".encode())


FAULTS = {
    each.__name__: each
    for each in (
        killed_while_saving,
        two_at_once,
        full_disk,
        full_file,
        limited_file,
        read_only,
        read_only_mount,
    )
}

if __name__ == "__main__":
    name, where, *guard = sys.argv[1:]
    print(json.dumps(FAULTS[name](Path(where), bool(guard)), ensure_ascii=False))

"""What a process is killed at: each act with the world it begins in, and what must be found afterwards.

To add one: a subclass of `Act`, its name in `ACTS`.
"""

from __future__ import annotations

import time
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from desktop.export import report
from desktop.export.intake.tracker import applying
from desktop.export.request import Request
from desktop.model import FollowUp, Initiative, Link
from desktop.service import backups, links, records
from desktop.service.workspace import Workspace
from desktop.store import backup, crypt, leftovers, looking
from desktop.store.engine import SCHEMA
from desktop.store.errors import Encrypted, StoreError, WrongPassphrase
from desktop.store.reading import head, reading
from tests.export.intake.tracker.conftest import book_of, plan_of, understand
from tests.trials.worlds import NAME, PASSPHRASE, Earlier, Second, Third, World, opened, state, unsound

Say = Callable[[str], None]
NEW = PASSPHRASE + " anew"
SAVES = 25
"""After so many a saving process begins anew."""


class Act:
    """`run` does it in the world at `path`; `wrong` says what must not be there afterwards, '' where all is well."""

    name = ""
    begins: Callable[[Path, str], World] = World
    """The world it begins in, made in a folder, under a passphrase if one is given."""

    def __init__(self, world: World) -> None:
        self.world, self.key = world, world.key

    def ready(self, path: Path) -> None:
        """Prepare a copy of the world for it."""

    def run(self, path: Path, say: Say) -> None:
        raise NotImplementedError

    def wrong(self, path: Path, said: list[str]) -> str:
        raise NotImplementedError

    def fallen(self, path: Path) -> str:
        """What was there before and does not stand any more, right after the disk refused; '' where it does."""
        return ""

    def opened(self, path: Path) -> Any:
        """The workspace, with whatever keys it may have by now."""
        return opened(path, self.key)

    def begun(self, path: Path) -> tuple[Any, float]:
        """The workspace as the next start opens it, and how many seconds that took."""
        begun = time.monotonic()
        workspace = self.opened(path)
        return workspace, time.monotonic() - begun


class Saving(Act):
    name = "saving"

    def run(self, path: Path, say: Say) -> None:
        workspace = self.opened(path)
        humboldt = Initiative.find("Humboldt cable")
        for number in range(SAVES):
            try:
                self._add(workspace, number, humboldt)
            except StoreError:  # as an officer does: once more
                self._add(workspace, number, humboldt)
            say("saved")

    def _add(self, workspace: Any, number: int, served: Any) -> None:
        with workspace.operation("Add") as writing:
            added = records.make(writing, FollowUp, {"title": f"Number {number}"})
            links.link(workspace, added, served)

    def wrong(self, path: Path, said: list[str]) -> str:
        workspace = self.opened(path)
        titles = FollowUp.select(FollowUp.id).where(FollowUp.title.startswith("Number "))
        there = titles.count()
        served = Link.select().where(Link.from_subject.in_(titles)).count()
        if there < said.count("saved"):
            return "lost"
        return "half there" if there != served else unsound(workspace)


class Importing(Act):
    name = "importing"
    ROWS = 60

    def __init__(self, world: World) -> None:
        super().__init__(world)
        rows = [["Title", "Due", "Status", "Notes"]]
        rows += [
            [f"Taken in {n}", f"2027-01-{n % 28 + 1:02d}", "Open", "word " * 30] for n in range(self.ROWS)
        ]
        self.book = book_of(("Follow-ups", rows))

    def run(self, path: Path, say: Say) -> None:
        workspace = self.opened(path)
        mapping = understand(workspace, self.book, "follow_up").mapping
        applying.apply(workspace, plan_of(workspace, self.book, mapping))
        say("saved")

    def wrong(self, path: Path, said: list[str]) -> str:
        workspace = self.opened(path)
        there = FollowUp.select().where(FollowUp.title.startswith("Taken in ")).count()
        if there not in (0, self.ROWS):
            return "half there"
        if said and not there:
            return "lost"
        if there and not [each for each in backup.listed(path) if each.why == "before-import"]:
            return "no backup"
        return unsound(workspace)


class Exporting(Act):
    """Over an older workbook."""

    name = "exporting"

    def ready(self, path: Path) -> None:
        target = path.with_name("status.xlsx")
        workspace = self.opened(path)
        report.note(workspace, report.export(workspace, Request(), target))
        workspace.close()

    def run(self, path: Path, say: Say) -> None:
        workspace = self.opened(path)
        records.add(workspace, FollowUp, {"title": "Since the last one"})
        report.export(workspace, Request(), path.with_name("status.xlsx"), replace=True)
        say("saved")

    def wrong(self, path: Path, said: list[str]) -> str:
        told = _sheets(path.with_name("status.xlsx"))
        if not told:
            return "unreadable"
        if said and b"Since the last one" not in told:
            return "lost"
        return unsound(self.opened(path))

    def fallen(self, path: Path) -> str:
        return "" if _sheets(path.with_name("status.xlsx")) else "the old export is unreadable"


def _sheets(target: Path) -> bytes:
    """The sheets of a workbook; b"" of what is none, or not whole."""
    try:
        with zipfile.ZipFile(target) as book:
            if book.testzip() is None:
                return b"".join(book.read(name) for name in book.namelist() if "sheet" in name)
    except (OSError, zipfile.BadZipFile, zlib.error):
        pass
    return b""


class BackingUp(Act):
    name = "backing up"

    def run(self, path: Path, say: Say) -> None:
        workspace = self.opened(path)
        for _number in range(2):
            backup.backup(workspace.engine)
            say("saved")

    def wrong(self, path: Path, said: list[str]) -> str:
        there = backup.listed(path)
        if len(there) < len(said):
            return "lost"
        for each in there:
            if backup.flaw(each.path, key=self.key):
                return "unreadable"
        return unsound(self.opened(path))


class ChangingPassphrase(Act):
    """Of a plain world: it becomes an encrypted one."""

    name = "changing the passphrase"

    def __init__(self, world: World) -> None:
        super().__init__(world)
        workspace = self.opened(world.folder / NAME)
        self.before = state(workspace)
        workspace.close()

    def run(self, path: Path, say: Say) -> None:
        crypt.rewrite(path, self.key, NEW)
        say("saved")

    def opened(self, path: Path) -> Any:
        try:
            return opened(path, self.key)
        except (Encrypted, WrongPassphrase):
            return Workspace.open(path, passphrase=NEW)

    def wrong(self, path: Path, said: list[str]) -> str:
        workspace = self.opened(path)
        if said and workspace.engine.key == self.key:
            return "lost"
        if workspace.engine.key != self.key and not [
            each for each in backup.listed(path) if each.why == "before-passphrase"
        ]:
            return "no backup"
        return unsound(workspace) or ("" if state(workspace) == self.before else "other records")


class TakingPassphrase(ChangingPassphrase):
    """Away from an encrypted world: it becomes a plain one."""

    name = "taking the passphrase away"

    def run(self, path: Path, say: Say) -> None:
        crypt.rewrite(path, self.key, None)
        say("saved")

    def opened(self, path: Path) -> Any:
        return opened(path, self.key if looking.is_encrypted(path) else None)


class Restoring(Act):
    """The backup of an earlier state; then `recover`, at the next start, may be killed too."""

    name = "restoring"

    def ready(self, path: Path) -> None:
        workspace = self.opened(path)
        backup.backup(workspace.engine)
        records.add(workspace, FollowUp, {"title": "After the backup"})
        workspace.close()

    def run(self, path: Path, say: Say) -> None:
        earlier = next(each for each in backup.listed(path) if each.why == "daily")
        backups.restore(path, earlier, key=self.key)
        say("saved")

    def wrong(self, path: Path, said: list[str]) -> str:
        workspace = self.opened(path)
        there = FollowUp.select().where(FollowUp.title == "After the backup").count()
        if FollowUp.select().where(FollowUp.title.startswith("There before ")).count() != 40:
            return "lost"
        if said and there:
            return "lost"
        return unsound(workspace)


class Migrating(Act):
    """A file of an earlier release, which the start brings to the format of today."""

    name = "migrating"
    begins = Earlier

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self.old = self._format(world.folder / NAME)
        self.kept = self._count(world.folder / NAME)

    def _format(self, path: Path) -> int:
        with reading(path, key=self.key) as connection:
            return head(connection).schema

    def _count(self, path: Path) -> int:
        with reading(path, key=self.key) as connection:
            return int(connection.execute("SELECT count(*) FROM follow_up").fetchone()[0])

    def run(self, path: Path, say: Say) -> None:
        self.opened(path)
        say("saved")

    def begun(self, path: Path) -> tuple[Any, float]:
        begun = time.monotonic()
        # What is only read is not put back by SQLite; the opening below would have it done, but would migrate too.
        leftovers.roll_back(path, self.key)
        if self._format(path) not in (self.old, SCHEMA):
            raise AssertionError("between two formats")
        return self.opened(path), time.monotonic() - begun

    def wrong(self, path: Path, said: list[str]) -> str:
        workspace = self.opened(path)
        if self._count(path) != self.kept:
            return "lost"
        return unsound(workspace)


class MigratingSecond(Migrating):
    name = "migrating from the second release"
    begins = Second


class MigratingThird(Migrating):
    name = "migrating from the third release"
    begins = Third


ACTS: tuple[type[Act], ...] = (
    Saving,
    Importing,
    Exporting,
    BackingUp,
    Migrating,
    MigratingSecond,
    MigratingThird,
    ChangingPassphrase,
    TakingPassphrase,
    Restoring,
)

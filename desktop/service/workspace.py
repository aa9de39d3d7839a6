"""An open workspace: who works in it, what day it is there, and the operations that write it."""

from __future__ import annotations

import datetime as dt
import hashlib
import platform
import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from desktop import scratch
from desktop.model import Person, Record
from desktop.model.dates import instant
from desktop.service import facts as facts_table
from desktop.service import journal, references, summaries
from desktop.service.operation import Writing
from desktop.service.trying import Trying
from desktop.store import looking
from desktop.store.engine import Engine, StoreError
from desktop.store.keys import Key
from desktop.store.restoring import recover
from desktop.store.witness import Finding


@dataclass(frozen=True)
class Committed:
    """What an operation touched, announced once it is on disk."""

    operation: str
    label: str
    entities: frozenset[str]
    uids: frozenset[str]
    remarks: tuple[str, ...] = ()
    """Sentences for the officer about what was taken out of the values."""


MANY_STEPS = 1000
"""An operation of more steps changes what the planner should know."""


class Workspace:
    """The open workspace. `clock` gives the time in UTC, so that tests can stand it still."""

    def __init__(
        self, engine: Engine, source: str = "window", clock: Callable[[], dt.datetime] | None = None
    ) -> None:
        if engine.key is not None:
            scratch.hide()  # nothing that is worked on with it is to lie on a disk in plain
        self.engine, self.source = engine, source
        self._clock = clock or (lambda: dt.datetime.now(dt.UTC))
        self._writing: Writing | None = None
        self._lock = threading.RLock()
        """Held by the thread whose operation is under way."""
        self._listeners: list[Callable[[Committed], None]] = []
        self.second_folder: Callable[[], str] = str
        """Where backups are copied to besides, '' for nowhere."""
        self.missed = ""
        """The second folder of which it was told that it is not there."""
        self.doubted = False
        """Whether it was told that a backup holds something else than what was saved."""
        self.recovered = ""
        """That a restore which had been interrupted was ended at opening, as a sentence; '' where there was none."""
        self.zones_moved = ""
        """That meetings ahead are at another moment by a changed rule of their zone, as a sentence."""
        self._troubled = False
        """Whether it was told that the witness cannot be written."""
        self.facts = facts_table.read()
        self.officer: Any = None
        self.device = _device(engine.path)

    @classmethod
    def create(cls, path: Path, *, passphrase: str | None = None, **options: Any) -> Workspace:
        """A new workspace in a new file, encrypted if there is a passphrase; raises `StoreError`."""
        # Else the next opening would put what was being restored over the new one.
        recover(looking.real(path))
        return cls(Engine.create(path, passphrase=passphrase), **options)

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        passphrase: str | None = None,
        key: Key | None = None,
        readonly: bool = False,
        take_over: bool = False,
        **options: Any,
    ) -> Workspace:
        """The workspace in this file, opened as `Engine.open` tells; raises `StoreError`."""
        recovered = recover(looking.real(path))
        engine = Engine.open(path, passphrase=passphrase, key=key, readonly=readonly, take_over=take_over)
        try:
            workspace = cls(engine, **options)
        except BaseException:
            engine.close()
            raise
        workspace.recovered = recovered
        return workspace

    @property
    def readonly(self) -> str:
        """Why nothing can be saved, as a sentence; '' where it can be."""
        return self.engine.readonly

    @property
    def finding(self) -> Finding | None:
        """What was not as it had been left, found at opening."""
        return self.engine.finding

    @property
    def warning(self) -> str:
        """What is to be feared of the place where the file lies, as a sentence; '' of a disk of this computer."""
        return self.engine.warning

    def close(self) -> None:
        """Close the file; of an encrypted one nothing that was opened to be looked at stays."""
        try:
            self.engine.close()
        finally:
            if self.engine.key is not None:
                scratch.forget(scratch.LOOKED_AT)

    def now(self) -> dt.datetime:
        """The instant, in UTC."""
        return self._clock()

    def today(self) -> str:
        """The day at the post, `yyyy-mm-dd`."""
        return self._clock().astimezone(ZoneInfo(self.facts.zone)).date().isoformat()

    def local(self, text: str) -> dt.datetime:
        """The post's wall clock at an instant that is kept as text."""
        return instant(text).astimezone(ZoneInfo(self.facts.zone))

    def sign_in(self, uid: str) -> None:
        """Who works from now on: the person of this uid, or nobody known."""
        self.officer = Person.get_or_none(Person.uid == uid) if uid else None

    def listen(self, listener: Callable[[Committed], None]) -> None:
        """Call `listener` after each operation that changed something."""
        self._listeners.append(listener)

    def unlisten(self, listener: Callable[[Committed], None]) -> None:
        """Call `listener` no more; one that never listened is no fault."""
        with suppress(ValueError):
            self._listeners.remove(listener)

    @contextmanager
    def operation(self, label: str, *, source: str = "", reverts: str | None = None) -> Iterator[Writing]:
        """A transaction and one entry of the journal; a nested one joins the outer one.

        Raises what its body raises, after taking everything back, in the file and in the records in memory
        (a nested one takes back its own part); `StoreError` where the disk refuses. An operation that changed
        nothing leaves no trace. Another thread's operation waits.
        """
        with self._lock:
            if self._writing is not None:
                with self._writing.nested() as joined:
                    yield joined
                return
            writing = Writing(self, label, source or self.source, reverts)
            self._writing = writing
            done = ""
            try:
                with self.engine.write():
                    yield writing
                    if writing.steps:
                        writing.finish()
                        head = self._head(writing)
                        done = journal.append(head, writing.steps)
                        self.engine.writes(head["clock"], head["hash"])
            except BaseException:
                writing.forget()
                raise
            finally:
                self._writing = None
        if done:
            self._announce(done, writing)

    @contextmanager
    def trial(self) -> Iterator[Writing]:
        """What an operation would be refused for, found out without writing, and without anybody waiting.

        Raises what its body raises. Records in memory have their values again after it; see `trying`.
        """
        tried = Trying(self, "", "", None)
        try:
            yield tried
        finally:
            tried.forget()

    def bring_figures(self) -> None:
        """Let the figures that are kept be today's, as each operation does; raises `StoreError`.

        Read on a later day they are as right, and each reading adds up the days between: after half a year without a
        save in a large workspace, for several milliseconds.
        """
        with self._lock:
            if self._writing is None and not self.readonly and summaries.since(self) != self.today():
                with self.engine.write():
                    summaries.bring(self.today())

    def _announce(self, done: str, writing: Writing) -> None:
        """Tell those who listen, and whoever works here, what is on disk now."""
        entities = frozenset(step.entity for step in writing.steps)
        uids = frozenset(step.uid for step in writing.steps)
        if self.officer is not None and self.officer.uid in uids:
            self.sign_in(self.officer.uid)
        if len(writing.steps) > MANY_STEPS:
            # What was saved is saved, whatever becomes of the planner's figures.
            with suppress(StoreError):
                self.engine.optimize()
        remarks = (*writing.remarks, *self._trouble())
        committed = Committed(done, writing.label, entities, uids, remarks)
        for listener in tuple(self._listeners):  # one of them may end another
            listener(committed)

    def _trouble(self) -> Iterator[str]:
        """That the witness cannot be written, told once."""
        trouble = self.engine.witness.trouble
        if trouble and not self._troubled:
            yield trouble
        self._troubled = bool(trouble)

    def _head(self, writing: Writing) -> dict[str, Any]:
        return {
            "uid": str(uuid.uuid4()),
            "label": writing.label,
            "at": writing.at,
            "officer": self.officer.uid if self.officer else "",
            "officer_name": self.officer.name if self.officer else "",
            "device": self.device,
            "source": writing.source,
            "reverts": writing.reverts,
        }

    def say(self, record: Record) -> str:
        """A record in a sentence: its reference; of a part, the reference of what it belongs to."""
        return references.name(record)


def _device(path: Path) -> str:
    """This replica of the file: a copied or restored file is another one, which counts its own operations."""
    status = path.stat()
    # Not by its network card: to ask for that opens a socket of the internet.
    identity = f"{platform.node()}:{status.st_dev}:{status.st_ino}"
    return hashlib.sha256(identity.encode()).hexdigest()[:16]

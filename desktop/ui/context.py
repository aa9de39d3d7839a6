"""What every part of the window is handed: the workspace, the settings, and three ways to act.

`attempt` runs a verb of the services and turns what is wrong into words; `work` runs something slow on a worker
thread; `changed` tells every part, once, what an operation touched.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, QTimer, Signal, Slot

from desktop.i18n import _
from desktop.model import Invalid
from desktop.paths import Places
from desktop.service.operation import Conflict
from desktop.service.workspace import Committed, Workspace
from desktop.settings import Settings
from desktop.store import errors as store_errors
from desktop.store.connections import breaking_off
from desktop.store.errors import Damaged, StoreError

log = logging.getLogger(__name__)

KNOWN_PROBLEMS = (Invalid, Conflict, StoreError)
"""Errors whose text is a sentence for the officer."""


class Context(QObject):
    """The window's common ground: facts as signals in the past tense, wishes as `…_requested`."""

    changed = Signal(object)
    """A `Committed`: what an operation touched; None where anything may have changed (another day, another program)."""

    problem = Signal(str)
    """A sentence for the officer about something that was not done."""

    said = Signal(str, list)
    """A sentence about something that was done, and actions for it: pairs of a label and a callable."""

    record_requested = Signal(object)
    """Somebody wants to see this record on its page."""

    list_requested = Signal(str, object)
    """Somebody wants the list of this entity key with these conditions (a tuple of `Condition`)."""

    giving_way = Signal()
    """What only reads, and can be begun again, is to stop: somebody locks, or the workspace is about to be closed."""

    stopping = Signal()
    """The workspace is about to be closed: readers of it let go."""

    broke = Signal(object)
    """An error that says that the file is damaged, as it is met."""

    closing_requested = Signal(object)
    """Something is to be done with the file that takes its closing: by this callable, which is given the session."""

    _heard = Signal(object)
    """What an operation touched, on whichever thread; told on the window's."""

    def __init__(self, workspace: Workspace, settings: Settings, places: Places) -> None:
        super().__init__()
        self.workspace, self.settings, self.places = workspace, settings, places
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(2)
        self._tasks: set[Task] = set()
        self.held = False
        """Whether nothing is saved now, and nobody is told so: the window is blank, and another may be writing."""
        self._heard.connect(self._tell)
        workspace.listen(self._on_committed)
        self._day, self._version = workspace.today(), self._data_version()
        self._watch = QTimer(self, interval=2000)
        self._watch.timeout.connect(self._look_around)
        self._watch.start()

    def attempt(self, verb: Callable[[], Any]) -> Any:
        """The result of a verb; None, after the officer was told, where it was refused."""
        if self.held:
            return None
        try:
            return verb()
        except KNOWN_PROBLEMS as error:
            self._tell_of(error)
            self.problem.emit(str(error))
        return None

    def safely(self, verb: Callable[[], Any]) -> None:
        """Run a verb within an event of Qt's: no exception may leave that, so whatever is wrong is told."""
        try:
            verb()
        except Exception as error:  # the event is the boundary
            self._tell_of(error)
            self.problem.emit(in_words(error))

    def work(
        self,
        slow: Callable[[], Any],
        done: Callable[[Any], None],
        failed: Callable[[str], None] | None = None,
        *,
        asked: bool = False,
    ) -> None:
        """Run `slow` on a worker thread; then `done` with its result, or `failed` with a sentence, on this one.

        `slow` must not touch widgets; it may read the workspace through a `reader()` of its own. What it writes it
        writes as one operation; whoever saves meanwhile waits for that. What was `asked` for is not broken off.
        """
        task = Task(slow, done, failed or self.problem.emit, asked)
        self._tasks.add(task)
        # Queued to this object, so that `done` runs on the window's thread.
        task.signals.finished.connect(self._finished, Qt.ConnectionType.QueuedConnection)
        self._pool.start(task)

    @Slot(object, object, object)
    def _finished(self, task: Task, result: Any, error: Exception | None) -> None:
        self._tasks.discard(task)
        held, self.held = self.held, False  # what belongs to the work is done with it
        try:
            if error is None:
                task.done(result)
            else:
                self._tell_of(error)
                task.failed(in_words(error))
        finally:
            self.held = held

    def _tell_of(self, error: Exception) -> None:
        path = self.workspace.engine.path
        told = error if isinstance(error, StoreError) else store_errors.in_words(error, path)
        if isinstance(told, Damaged) and told.path == path:
            self.broke.emit(told)

    def busy(self) -> bool:
        """Whether a worker is at something, or its answer is still to be told."""
        return bool(self._tasks)

    def give_way(self) -> None:
        """Tell what only reads to stop."""
        self.giving_way.emit()

    def stop(self, patience: int = -1) -> None:
        """Hear no more of the workspace, and wait for the workers; before it is closed or gets another context.

        Who only reads after `patience` (milliseconds; -1: for ever) is broken off, once what was asked for is done.
        """
        self._watch.stop()
        self.workspace.unlisten(self._on_committed)
        self.give_way()
        self.stopping.emit()
        asked = [task for task in self._tasks if task.asked]
        for task in self._tasks.difference(asked):
            self._pool.tryTake(task)
        for task in asked:
            task.ended.wait()
        if not self._pool.waitForDone(patience):
            with breaking_off():
                self._pool.waitForDone()

    def hand_over(self, other: Context) -> None:
        """What a dialog or a worker of this one's window still has to say is told by another from here on."""
        self.said.connect(other.said)
        self.problem.connect(other.problem)

    def _on_committed(self, committed: Committed) -> None:
        # An operation may run on a worker: this one's thread hears of it.
        self._heard.emit(committed)

    @Slot(object)
    def _tell(self, committed: Committed) -> None:
        self.changed.emit(committed)

    def _data_version(self) -> int:
        return int(self.workspace.engine.pragma("data_version"))

    def _look_around(self) -> None:
        """Notice a new day, and what another program (the command line) wrote into the workspace."""
        day, version = self.workspace.today(), self._data_version()
        if (day, version) != (self._day, self._version):
            self._day, self._version = day, version
            self.changed.emit(None)


class _Signals(QObject):
    finished = Signal(object, object, object)


class Task(QRunnable):
    """Something slow, and what to call with its result or with the sentence about its failure."""

    def __init__(
        self,
        slow: Callable[[], Any],
        done: Callable[[Any], None],
        failed: Callable[[str], Any],
        asked: bool = False,
    ) -> None:
        super().__init__()
        self.setAutoDelete(False)
        self.slow, self.done, self.failed, self.signals = slow, done, failed, _Signals()
        self.asked, self.ended = asked, threading.Event()

    def run(self) -> None:
        result, error = None, None
        try:
            result = self.slow()
        except Exception as caught:  # the worker is the boundary: whatever happened is told on the other side
            error = caught
        self.ended.set()
        self.signals.finished.emit(self, result, error)


def in_words(error: Exception) -> str:
    """An error as a sentence; an unforeseen one is logged, without its contents, and named by its type."""
    if isinstance(error, KNOWN_PROBLEMS):
        return str(error)
    log.error("unforeseen error", exc_info=error)
    return _("Something unforeseen happened ({kind}). Nothing was lost; the log has the place.").format(
        kind=type(error).__name__
    )

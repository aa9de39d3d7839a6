"""What is slow while no workspace is open: on a worker, and its answer on the window's thread."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from PySide6.QtCore import QObject, Qt, QThreadPool, Slot
from PySide6.QtWidgets import QWidget

from desktop.ui.context import Task, in_words


class Errands(QObject):
    """Runs one thing after the other, as `Context.work` does where a workspace is open."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._tasks: set[Task] = set()

    def work(
        self, slow: Callable[[], Any], done: Callable[[Any], None], failed: Callable[[str], None]
    ) -> None:
        """Run `slow` on a worker; then `done` with its result, or `failed` with a sentence, on this thread."""
        task = Task(slow, done, failed)
        self._tasks.add(task)
        task.signals.finished.connect(self._finished, Qt.ConnectionType.QueuedConnection)
        self._pool.start(task)

    @Slot(object, object, object)
    def _finished(self, task: Task, result: Any, error: Exception | None) -> None:
        self._tasks.discard(task)
        if error is None:
            task.done(result)
        else:
            task.failed(in_words(error))

    def stop(self) -> None:
        """Wait for what is under way."""
        self._pool.clear()
        self._pool.waitForDone()


def end_pages(pages: Iterable[QWidget]) -> None:
    """Close what stands where no window does, at the end of the program: a restore under way comes to its end."""
    for page in pages:
        page.blockSignals(True)
        page.close()
        for errands in page.findChildren(Errands):
            errands.stop()

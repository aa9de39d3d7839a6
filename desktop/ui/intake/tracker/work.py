"""What the wizard has done off the window's thread: understanding, planning, writing; one at a time, with Cancel."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from shiboken6 import isValid

from desktop.export.errors import Cancelled, ExportError
from desktop.export.intake.tracker import applying, planning
from desktop.export.intake.tracker.directory import Directory
from desktop.i18n import _
from desktop.ui.dialogs.running import Running
from desktop.ui.intake.tracker import planned
from desktop.ui.intake.tracker.cells import first_rows
from desktop.ui.intake.tracker.understanding import look

if TYPE_CHECKING:
    from desktop.ui.intake.tracker.wizard import TrackerWizard

STEP, ROWS = "step", "rows"
"""What is waited for before one goes on, and what comes by and by."""


class Work(QObject):
    """Answers for what was asked last; what was asked before it is not heard any more."""

    def __init__(self, wizard: TrackerWizard) -> None:
        super().__init__(wizard)
        self.wizard = wizard
        self._running = Running(self)
        self._running.told.connect(self._on_progress)
        self._asked: Counter[str] = Counter()
        self._writes = False
        """Whether what is under way writes; it may come to its end while the window is locked."""
        wizard.context.giving_way.connect(self._give_way)
        wizard.context.stopping.connect(self._running.cancel)

    def going(self) -> bool:
        """Whether something is under way that must be waited for."""
        return self._running.going()

    def writing(self) -> bool:
        """Whether that writes, and is still wanted."""
        return self._writes and self._running.going() and not self._running.stopped()

    def cancel(self) -> None:
        """Stop it; the step before stays."""
        self._running.cancel()

    def _give_way(self) -> None:
        if not self._writes:
            self._running.cancel()

    # ---- what is asked

    def look(self) -> None:
        """Understand the file, and its first rows."""
        wizard = self.wizard
        book, wished, corrected = wizard.held.book, wizard.held.wished, dict(wizard.held.corrected)
        workspace = wizard.context.workspace
        saved = wished.saved is not None and wizard.held.applied is not wished.saved
        before = wizard.held.before() if not saved else None
        wizard.held.applied = wished.saved

        def slow() -> Any:
            directory = Directory(workspace)
            found = look(book, wished, directory.known, corrected, before)
            if found is None:
                return None
            return found, first_rows(book, found.headers[0], found.mapping, directory, workspace.today())

        self._asked[ROWS] += 1  # rows that are still asked for are those of a table that is gone
        self._ask(slow, self._on_looked)

    def show_rows(self) -> None:
        """Understand the first rows anew, with the mapping as it is now."""
        wizard = self.wizard
        book, understood, workspace = wizard.held.book, wizard.held.understood, wizard.context.workspace

        def slow() -> Any:
            header, made = understood.headers[0], understood.mapping
            return first_rows(book, header, made, Directory(workspace), workspace.today())

        def done(rows: Any) -> None:
            wizard.held.rows = rows
            wizard.refresh()

        self._ask(slow, done, ROWS)

    def plan(self, done: Callable[[], None]) -> None:
        """Find out what would happen."""
        wizard = self.wizard
        book, made, workspace = wizard.held.book, wizard.held.understood.mapping, wizard.context.workspace
        name, progress = wizard.held.path.name, self._running.progress

        def planned_so(plan: Any) -> None:
            wizard.held.plan, wizard.held.planned_of = plan, made
            lost = wizard.held.fit()
            done()
            wizard.again.tell_lost(lost)

        self._ask(lambda: planning.plan(workspace, book, made, name, progress), planned_so)

    def apply(self, done: Callable[[Any], None]) -> None:
        """Write it, after a backup, as one operation."""
        wizard = self.wizard
        plan, same, workspace = wizard.held.plan, dict(wizard.held.same_names), wizard.context.workspace
        choices, progress = wizard.held.decided.choices(plan), self._running.progress

        def slow() -> Any:
            meant = planned.meant(same, Directory(workspace)) if same else {}
            return applying.apply(workspace, plan, replace(choices, same=meant), progress)

        def failed(sentence: str) -> None:
            wizard.refuse(sentence)
            wizard.held.planned_of = None

        self._ask(slow, done, failed=failed)
        self._writes = True

    # ---- how it is done

    def _ask(
        self,
        slow: Callable[[], Any],
        done: Callable[[Any], None],
        what: str = STEP,
        failed: Callable[[str], None] | None = None,
    ) -> None:
        self._asked[what] += 1
        number = self._asked[what]
        if what == STEP:
            self._writes = False
            self._running.start()
            self.wizard.ends.bar.setRange(0, 0)
            self.wizard.ends.bar.show()
            self.wizard.offer()

        def safe() -> Any:
            try:
                return slow()
            except ExportError as error:
                return error

        def told(sentence: str) -> None:
            if self._here(what, number):
                self._stop(what)
                (failed or self.wizard.refuse)(sentence)

        def finished(result: Any) -> None:
            if isinstance(result, Cancelled):
                if self._here(what, number):
                    self._stop(what)
                    self.wizard.messages.show_message(_("Stopped. Nothing was written."), "info")
            elif isinstance(result, ExportError):
                told(str(result))
            elif self._here(what, number):
                self._stop(what)
                done(result)

        self.wizard.context.work(safe, finished, told)

    def _here(self, what: str, number: int) -> bool:
        return (
            isValid(self)
            and isValid(self.wizard)
            and number == self._asked[what]
            and self.wizard.held.book is not None
        )

    def _stop(self, what: str) -> None:
        if what != STEP:
            return
        self._running.stop()
        self.wizard.ends.bar.hide()
        self.wizard.offer()

    def _on_looked(self, found: Any) -> None:
        wizard = self.wizard
        if found is None:
            words = _("There is no table in {file}: no row looks like headings.")
            wizard.refuse(words.format(file=wizard.held.path.name))
            return
        first = wizard.held.understood is None
        wizard.held.understood, wizard.held.rows = found
        wizard.again.on_understood()
        wizard.refresh()
        if first:
            wizard.show_step(wizard.at)

    def _on_progress(self, done: int, rows: int) -> None:
        self.wizard.ends.bar.setRange(0, rows)
        self.wizard.ends.bar.setValue(done)

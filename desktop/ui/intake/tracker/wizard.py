"""The wizard that takes in a tracker: four steps in one window, and nothing is written before the last button.

The file is understood on a worker, anew whenever something is said that changes it; going back loses nothing.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget

from desktop.export.intake.book import Book
from desktop.export.intake.tracker.mapping import Mapping
from desktop.i18n import N_, _, format_number, ngettext
from desktop.model import ImportMapping
from desktop.ui import theme
from desktop.ui.dialogs.dialog import Dialog, open_dialog
from desktop.ui.drafts import decided
from desktop.ui.intake.tracker import remembering
from desktop.ui.intake.tracker.again import Again
from desktop.ui.intake.tracker.columnstep import ColumnStep
from desktop.ui.intake.tracker.ends import Ends
from desktop.ui.intake.tracker.filestep import FileStep
from desktop.ui.intake.tracker.holding import Held
from desktop.ui.intake.tracker.outcomestep import OutcomeStep
from desktop.ui.intake.tracker.step import Step
from desktop.ui.intake.tracker.steplist import StepList
from desktop.ui.intake.tracker.wordstep import WordStep
from desktop.ui.intake.tracker.work import Work
from desktop.ui.intake.wayback.taking import take_back

if TYPE_CHECKING:
    from desktop.ui.window import MainWindow

STEPS: tuple[type[Step], ...] = (FileStep, ColumnStep, WordStep, OutcomeStep)
WORDS, OUTCOME = 2, 3


def open_wizard(window: MainWindow, path: Path, book: Book) -> TrackerWizard:
    """Show what a file would become; the book is the wizard's from here on."""
    wizard: TrackerWizard = open_dialog(window, TrackerWizard, path, book)
    return wizard


class TrackerWizard(Dialog):
    """Leads from step to step; `held` is what they show and change."""

    title, verb = N_("Take in a tracker"), N_("Next")
    usual = (1180, 660)

    def build(self) -> None:
        self.held = Held()
        self.work = Work(self)
        self.again = Again(self)
        self.column.setContentsMargins(theme.WIDE, theme.LARGE, theme.WIDE, 0)
        self.stack = QStackedWidget()
        self.steps: list[Step] = [kind(self) for kind in STEPS]
        for step in self.steps:
            self.stack.addWidget(step)
        keys = [step.key for step in self.steps]
        self.list = StepList(self.steps, self)
        self.list.chosen.connect(lambda key: self.go(keys.index(key)))
        row = QHBoxLayout(spacing=0)
        row.addWidget(self.list)
        row.addWidget(self.stack, 1)
        self.column.addLayout(row, 1_000)  # the base leaves the rest empty
        self.ends = Ends(self)
        self.context.changed.connect(self._on_changed)

    def take(self, path: Path, book: Book) -> None:
        """Begin with a file; one that was begun before is let go, unless something is under way with it."""
        if self.work.going():
            book.close()
            self.refuse(_("Wait until {file} is done with.").format(file=self.held.path.name))
            return
        self.again.open(path, book)
        self.setWindowTitle(_("Take in {file}").format(file=path.name))
        self.ends.put_in()
        self.show_step(0)
        self.work.look()

    def typed(self) -> bool:
        return self.held.is_said() and self.held.book is not None

    def going(self) -> bool:
        """Whether records are being written."""
        return self.work.writing()

    def standing(self) -> tuple[str, dict[str, Any]] | None:
        if not self.typed():
            return None
        stands = remembering.content(self.held, self.windowTitle())
        stands["file"]["shown"] = self.isVisible()
        return decided.place(stands), stands

    def draft_words(self) -> str:
        return _("What you said of {file} is kept; nothing was written.").format(file=self.held.path.name)

    # ---- what the steps say

    def wish(self, **said: Any) -> None:
        """Understand the file anew, with this said of it."""
        self.held.wish(**said)
        self.work.look()

    def correct(self, made: Mapping) -> None:
        """Another mapping."""
        self.held.correct(made)
        self.work.show_rows()

    def refuse(self, sentence: str) -> None:
        """Say that something was not done, and why."""
        self.messages.show_message(sentence, "error")

    # ---- the steps

    @property
    def at(self) -> int:
        """The number of the step that is shown, from 0."""
        return self.stack.currentIndex()

    def go(self, step: int) -> None:
        """Go to a step; what it needs to know is found out first."""
        if self.work.going() or self.held.understood is None or not 0 <= step < len(self.steps):
            return
        self.messages.dismiss()
        if step >= WORDS and not self.held.is_planned():
            self.work.plan(lambda: self.show_step(step))
        else:
            self.show_step(step)

    def show_step(self, step: int) -> None:
        """Show a step as things stand."""
        self.stack.setCurrentIndex(step)
        self.list.mark(step)
        self.refresh()
        if self.held.understood is not None:
            self.steps[step].begin().setFocus(Qt.FocusReason.TabFocusReason)

    def refresh(self) -> None:
        """Show what is understood now."""
        self.steps[self.at].refresh()
        self.offer()

    def offer(self) -> None:
        """Say what the button would do, and let it."""
        ready = self.held.understood is not None and not self.work.going()
        for each in (self.stack, self.list):
            each.setEnabled(ready)
        self.ends.offer(ready)

    def _on_changed(self, committed: Any) -> None:
        kept = committed is not None and committed.entities == {ImportMapping.key()}
        if not kept and not self.work.going():
            self.held.planned_of = None  # it is looked at anew before anything is written

    # ---- acting

    def accept(self) -> None:
        """The next step, or from the last one: write."""
        if self.work.going() or not self.act_button.isEnabled():
            return
        self.messages.dismiss()
        if self.at < OUTCOME:
            self.go(self.at + 1)
        elif self.held.is_planned():
            self.work.apply(self._on_written)
        else:
            self.work.plan(self._on_planned_anew)

    def _on_planned_anew(self) -> None:
        self.show_step(OUTCOME)
        words = _("Records have changed meanwhile: look once more at what will happen.")
        self.messages.show_message(words, "info")

    def _on_written(self, operation: Any) -> None:
        held = self.held
        count = sum(held.decided.counts(held.plan))
        words = ngettext(
            "{count} record was taken in from {file}.", "{count} records were taken in from {file}.", count
        )
        context, sentence = self.context, words.format(count=format_number(count), file=held.path.name)
        held.let_go()
        self.finish()
        undo = [(_("Undo"), lambda: take_back(context, operation))] if operation is not None else []
        context.said.emit(sentence, undo)

    def reject(self) -> None:
        if self.work.going():
            self.work.cancel()
            return
        if not self.typed():
            self.held.let_go()
        super().reject()

    def discard(self) -> None:
        """Forget the file with what was said of it."""
        self.work.cancel()
        self.held.let_go()
        super().discard()

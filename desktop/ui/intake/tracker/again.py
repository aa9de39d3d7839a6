"""A tracker is looked at again: what was said of it the last time is back, and can be given up."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from desktop.export.intake.book import Book
from desktop.i18n import _
from desktop.ui.drafts import decided
from desktop.ui.intake.tracker import remembering
from desktop.ui.intake.tracker.holding import Held

if TYPE_CHECKING:
    from desktop.ui.intake.tracker.wizard import TrackerWizard


class Again:
    """What the wizard holds begins here."""

    def __init__(self, wizard: TrackerWizard) -> None:
        self.wizard = wizard
        self._kept: decided.Decided | None = None
        """What was said the last time of the file that is being looked at."""

    def open(self, path: Path, book: Book) -> None:
        """Hold a file, with what was said of it the last time; what was said of the one before is put aside."""
        wizard = self.wizard
        window, kind = wizard.parent(), remembering.KIND
        kept, stands = decided.find(window, kind, path, book.digest), wizard.standing()
        if stands is not None:
            decided.put_aside(window, stands[1])
        wizard.held.let_go()
        if kept is None or not kept.same:
            kept = decided.find(window, kind, path, book.digest)
        self._begin(Held(path, book), kept)

    def _begin(self, held: Held, kept: decided.Decided | None) -> None:
        self.wizard.held, self._kept = held, kept
        if kept is not None:
            held.lost = remembering.bring(held, kept)

    def on_understood(self) -> None:
        """Say what is back."""
        held, kept, self._kept = self.wizard.held, self._kept, None
        if kept is None:
            return
        lost = 0 if kept.same else remembering.fitting(held)  # columns of its other sheets are there still
        if lost and not (kept.same or held.corrected):
            self._look(None)  # another table lies where the one before lay
            return
        kept.forget()  # from here on it is kept as it stands here
        lost += held.lost
        told = [self.wizard.draft_words(), *([decided.no_longer(lost)] if lost else [])]
        self.wizard.messages.show_message(" ".join(told), "info", [(_("Begin anew"), self._give_up)])

    def _give_up(self) -> None:
        stands = self.wizard.standing()
        if stands is None or self.wizard.work.going():
            return
        said = decided.given_up(remembering.count(self.wizard.held))
        before = decided.Decided(stands[1]["said"], True, lambda: None)
        self._look(None)
        self.wizard.messages.show_message(said, "info", [(_("Undo"), lambda: self._look(before))])

    def _look(self, kept: decided.Decided | None) -> None:
        """Understand the file with nothing said of it but this."""
        if not self.wizard.work.going():
            self._begin(Held(self.wizard.held.path, self.wizard.held.book), kept)
            self.wizard.show_step(0)
            self.wizard.work.look()

    def tell_lost(self, lost: int) -> None:
        """Say that so much was dropped, after what is said already."""
        if lost:
            words = " ".join(filter(None, [self.wizard.messages.text(), decided.no_longer(lost)]))
            self.wizard.messages.show_message(words, "info")

"""The page of changes: what a workbook that came back would change. Nothing is written before it is taken over."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton

from desktop.export.intake.wayback import Meanwhile
from desktop.export.report import marking_of
from desktop.i18n import N_, _, format_number, ngettext
from desktop.ui import verbs
from desktop.ui.dialogs.dialog import drafts_of, open_dialog
from desktop.ui.drafts import decided
from desktop.ui.intake.looking import Found
from desktop.ui.intake.wayback import keeping, listing, words
from desktop.ui.intake.wayback.choices import Choices
from desktop.ui.intake.wayback.form import ChangesForm
from desktop.ui.intake.wayback.taking import take_back, take_over
from desktop.ui.named import named
from desktop.ui.passages.here import Here
from desktop.ui.saying import Saying

if TYPE_CHECKING:
    from desktop.ui.window import MainWindow


TAKE_IN = "desktop.ui.intake.opening:take_in"


def open_changes(window: MainWindow, found: Found) -> ChangesDialog:
    """Show what the workbook that was read would change."""
    dialog: ChangesDialog = open_dialog(window, ChangesDialog, found)
    return dialog


class ChangesDialog(ChangesForm):
    """Closed, it lets the file go: read again, that gives the same. What was decided of it is kept until it is taken
    over or given up, on the disk too."""

    title, verb = N_("Changes of the workbook"), N_("Take over")
    usual = (1240, 700)

    def build(self) -> None:
        super().build()
        self.found: Found | None = None
        self._stands: tuple[Choices, int, Any] | None = None
        """What is kept, and what was decided then: a long list is not told anew for nothing."""
        self.here: Any = Here(self.context, self)
        """What is told while it is open is told in it."""
        self.save_button.clicked.connect(self.save)
        self.table.copy_requested.connect(self.copy)

    def take(self, found: Found) -> None:
        """Show what was found in a workbook; the one before is let go."""
        if self.busy:
            found.book.close()
            return
        kept = decided.find(self.parent(), keeping.KIND, found.path, found.book.digest)
        self._keep()
        if kept is None or not kept.same:
            kept = decided.find(self.parent(), keeping.KIND, found.path, found.book.digest)
        self._let_go()
        self.found = found
        if self.several.parent() is None:
            self.add_foot()
            Saying(self.here, self.messages)
        about = words.about(self.context.workspace, found.sent)
        self.head.show_book(found.path.name, about, words.told(found.sent))
        choices = Choices(found.proposals)
        told = keeping.bring(found, kept, choices)
        self.show_choices(choices)
        if kept is not None and told:
            kept.forget()  # from here on it is kept as it stands on the page
            self._tell_again(told, choices)
        self.table.setFocus()

    def _tell_again(self, told: list[str], choices: Choices) -> None:
        """Say that decisions are back; they can be given up, and that taken back."""
        anew = (_("Begin anew"), lambda: self._begin_anew(choices))
        self.messages.show_message(" ".join(told), "info", [anew] if choices.by_hand() else ())

    def _begin_anew(self, before: Choices) -> None:
        self.show_choices(Choices(before.proposals))
        said = decided.given_up(len(before.by_hand()))
        self.here.said.emit(said, [(_("Undo"), lambda: self.show_choices(before))])

    def typed(self) -> bool:
        return self.standing() is not None

    def going(self) -> bool:
        """Whether records are being written."""
        return self.busy

    def standing(self) -> tuple[str, dict[str, Any]] | None:
        choices = self.choices()
        if self.found is None or not choices.by_hand():
            return None
        if self._stands is None or self._stands[0] is not choices or self._stands[1] != choices.turn:
            self._stands = (choices, choices.turn, keeping.content(self.found, choices))
        return decided.place(self._stands[2]), self._stands[2]

    def _keep(self) -> str:
        """Keep what is decided of the file, which is let go; the name of it, '' where nothing is."""
        stands = self.standing()
        return decided.put_aside(self.parent(), stands[1]) if stands is not None else ""

    # ---- taking over

    def accept(self) -> None:
        """Take over what is accepted."""
        if self.busy or not self.choices().count() or self.found is None:
            return
        self.messages.dismiss()
        self._set_busy(True)
        name = self.found.path.name
        take_over(self, self.context, self.choices(), name, self._on_taken, self._on_failed)

    def _set_busy(self, busy: bool) -> None:
        self.busy = busy
        self.bar.setVisible(busy)
        for part in (self.form, self.several, self.save_button, self.cancel_button):
            part.setEnabled(not busy)
        self._on_decided()

    def _on_failed(self, sentence: str) -> None:
        self._set_busy(False)
        self.here.problem.emit(sentence)

    def _on_taken(self, result: Any) -> None:
        """Tell it, and go on showing what was not taken; with nothing left, close."""
        self._set_busy(False)
        before = self.choices()
        if isinstance(result, Meanwhile):
            self.show_choices(before.carried(result.proposals))
            self.here.problem.emit(str(result))
            return
        if result is None:
            sentence, undoing = _("All of that is so already; nothing was written."), []
        else:
            count = before.count()
            said = ngettext("{count} change was taken over.", "{count} changes were taken over.", count)
            sentence = said.format(count=format_number(count))
            undoing = [(_("Undo"), lambda: take_back(self.context, result))]
        rest = before.rest()
        if not rest:
            self._let_go()
            self.finish()
            self.context.said.emit(sentence, undoing)
            return
        if undoing:
            undoing = [(_("Undo"), lambda: self._undo(result, before))]
        self.show_choices(before.carried(rest))
        self.here.said.emit(sentence, undoing)
        self.table.setFocus()

    def _undo(self, operation: Any, before: Choices) -> None:
        """Take it back, and show what was shown before."""
        if take_back(self.here, operation):
            self.show_choices(before)

    # ---- what one does with the list

    def copy(self) -> None:
        """Put what is selected on the clipboard."""
        listing.copy([self.choices().proposals[number] for number in self.table.selected()])

    def save(self) -> None:
        """Write what is not taken as a table."""
        if self.found is None:
            return
        folder = Path(self.context.settings.export_folder or self.context.places.documents)
        rest, name = self.choices().rest(), self.found.path.stem
        workspace, settings = self.context.workspace, self.context.settings
        marking = marking_of(workspace, workspace.facts.marking or settings.last_marking)
        path = self.here.attempt(lambda: listing.save(self, rest, folder, name, marking))
        if path is not None:
            said = _("The list was written: {file}").format(file=path.name)
            self.here.said.emit(said, [(_("Open file"), lambda: verbs.open_path(path))])

    # ---- the window

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            focus = self.focusWidget()
            if isinstance(focus, QAbstractButton):
                focus.click()
            else:
                self.table.setFocus()  # from the box: on to what it found
            event.accept()
            return
        super().keyPressEvent(event)

    def reject(self) -> None:
        if self.busy:
            return
        window, found, kept = self.parent(), self.found, self._keep()
        self._let_go()
        super().reject()
        if found is not None and kept:
            self.context.said.emit(
                _("What you decided of {file} is kept.").format(file=found.path.name),
                [
                    (_("Go on"), lambda: named(TAKE_IN)(window, found.path)),
                    (_("Discard"), lambda: drafts_of(window).pop(kept, None)),
                ],
            )

    def discard(self) -> None:
        """Forget what is decided; what is being written comes to its end."""
        if self.busy:
            self.come_back()
            return
        self._let_go()
        super().discard()

    def _let_go(self) -> None:
        if self.found is not None:
            self.found.book.close()
            self.found = None

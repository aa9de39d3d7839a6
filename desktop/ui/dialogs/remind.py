"""Remind a counterpart of what is open: a polite text in its language, to be copied or kept as an e-mail draft.

Nothing is sent from here.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QPushButton

from desktop.export import chasing, mail
from desktop.export.chasing import Reminder
from desktop.export.errors import ExportError
from desktop.export.leftout import FIRST, Kept, LeftOut
from desktop.i18n import LANGUAGES, N_, _
from desktop.model import FollowUp, Invalid, Organisation
from desktop.model.visibility import INTERNAL
from desktop.service import ledger, reports
from desktop.ui import verbs
from desktop.ui.context import KNOWN_PROBLEMS
from desktop.ui.dialogs.audience import AudienceChoice, LeftOutLine
from desktop.ui.dialogs.dialog import Dialog
from desktop.ui.freepath import free_path
from desktop.ui.icons import icon
from desktop.ui.savefile import chosen_path
from desktop.ui.widgets.combo import Combo

if TYPE_CHECKING:
    from desktop.ui.window import MainWindow


def remind(window: MainWindow) -> None:
    """Open the dialog for the counterpart at which one stands, or that of the follow-up that is selected."""
    context = window.context
    organisation = _organisation(window)
    if organisation is None:
        context.problem.emit(
            _("A reminder goes to an organisation; say in the follow-up to which one it belongs.")
        )
        return
    letter = context.attempt(lambda: chasing.open_with_words(context.workspace, organisation))
    if letter is None:
        return
    dialog = RemindDialog(context, window)
    dialog.take(organisation, letter)
    dialog.fit()
    dialog.come_back()


def _organisation(window: MainWindow) -> Any:
    group = window.ask("counterpart")
    key = group.organisation if group is not None else None
    if group is None:
        chosen = [each for each in window.selected() if isinstance(each, FollowUp)]
        place = ledger.place_of(chosen[0]) if chosen else None
        key = place[1][0] if place is not None else None
    return Organisation.get_or_none(Organisation.id == key) if key else None


class RemindDialog(Dialog):
    """What is typed stays with its language and its readers: others begin with their own text."""

    title, verb = N_("Remind"), N_("Save as e-mail draft…")
    usual = (680, 0)

    def build(self) -> None:
        self.organisation: Any = None
        self._letters: dict[tuple[str, str], Reminder] = {}
        self._texts: dict[tuple[str, str], tuple[str, str]] = {}
        self._shown = "", INTERNAL
        fields = self.add_fields(columns=2)
        self.language = Combo()
        for code, name in LANGUAGES.items():
            self.language.addItem(name, code)
        self.language.currentIndexChanged.connect(self._on_choice)
        self.audience = AudienceChoice(self.context)
        self.audience.changed.connect(self._on_choice)
        self.left_out = LeftOutLine(self.context)
        self.left_out.counted.connect(self.fit_soon)
        self.to, self.subject, self.text = QLineEdit(), QLineEdit(), QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        self.text.setMinimumHeight(self.fontMetrics().height() * 16)
        fields.row(_("Language"), self.language, narrow=True)
        fields.put_beside(_("Audience"), self.audience)
        fields.row(_("Addressees"), self.to)
        fields.row(_("Subject"), self.subject)
        fields.row(_("Letter"), self.text)
        self.column.addWidget(self.left_out)
        self.note = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.note.setProperty("muted", True)
        self.column.addWidget(self.note)

    def take(self, organisation: Any, letter: Reminder) -> None:
        """Remind this organisation."""
        self.organisation = organisation
        name = organisation.acronym or organisation.name
        self.setWindowTitle(_("Remind {counterpart}").format(counterpart=name))
        self.copy = QPushButton(icon("copy"), self.keys.mark(_("Copy")), autoDefault=False)
        self.copy.clicked.connect(self._copy)
        self.foot.insertWidget(1, self.copy)
        self.to.setText("; ".join(letter.to))
        wanted = letter.language, self.audience.audience()
        whole = letter.language, INTERNAL
        self._letters[whole] = letter
        if wanted != whole and (theirs := self._letter(*wanted)) is not None:
            self._letters[wanted] = theirs
        else:
            wanted = whole
        self._choose(*wanted)
        self._show(wanted)
        self.text.setFocus()

    def _choose(self, code: str, audience: str) -> None:
        """Let a language and an audience stand as chosen."""
        for combo, value in ((self.language, code), (self.audience, audience)):
            blocked = combo.blockSignals(True)
            combo.setCurrentIndex(max(0, combo.findData(value)))
            combo.blockSignals(blocked)

    def _letter(self, code: str, audience: str) -> Reminder | None:
        """The letter in a language, for an audience; None after it was told here why there is none."""
        try:
            return chasing.open_with_words(self.context.workspace, self.organisation, code, audience)
        except KNOWN_PROBLEMS as error:
            words = _("Nothing of what is open is for these readers: share it with them first.")
            self.messages.show_message(str(error) if audience == INTERNAL else words, "error")
        return None

    def _on_choice(self) -> None:
        wanted = self.language.currentData(), self.audience.audience()
        self._keep_typed()
        letter = self._letter(*wanted)  # anew: meanwhile something may have been shared, or done
        if letter is None:  # nothing to say: what stands here stays
            self._choose(*self._shown)
            return
        self._letters[wanted] = letter
        self.messages.dismiss()
        self._show(wanted)

    def _keep_typed(self) -> None:
        letter, now = self._letters[self._shown], (self.subject.text(), self.text.toPlainText())
        if now != (letter.subject, letter.text):
            self._texts[self._shown] = now

    def _left_out(self, letter: Reminder, audience: str) -> LeftOut:
        """What is open, and not in the letter."""
        said = {each.uid for each in letter.follow_ups}
        everything = next(each for (_code, who), each in self._letters.items() if who == INTERNAL)
        refs = tuple(each.ref for each in everything.follow_ups if each.uid not in said)
        return LeftOut(audience, (Kept(FollowUp, len(refs), refs[:FIRST]),) if refs else ())

    def _show(self, chosen: tuple[str, str]) -> None:
        letter = self._letters[chosen]
        subject, text = self._texts.get(chosen, (letter.subject, letter.text))
        self._shown = chosen
        left = self._left_out(letter, chosen[1])
        self.left_out.show_for(chosen[1], lambda: left)
        self.subject.setText(subject)
        self.text.setPlainText(text)
        nothing = _("Nothing is sent from here: a draft opens in your mail program, and you send it.")
        self.note.setText(" ".join((*letter.told, nothing)))

    def typed(self) -> bool:
        return False  # a copy or a draft is what one takes along; the text is made anew at any time

    def _copy(self) -> None:
        verbs.copy_text(self.text.toPlainText())
        self.messages.show_message(_("The text is on the clipboard."), timeout=4000)

    def act(self) -> Path | None:
        to = [each.strip() for each in self.to.text().replace(",", ";").split(";") if each.strip()]
        content = mail.draft(
            to=to,
            subject=self.subject.text(),
            text=self.text.toPlainText(),
            language=self.language.currentData(),
        )
        folder = Path(self.context.settings.export_folder or Path.home())
        name = mail.attachment_name(self.windowTitle() + mail.SUFFIX)
        title, kind = _("Save as e-mail draft"), _("E-mail drafts")
        path = chosen_path(self, title, free_path(folder / name), kind, mail.SUFFIX)
        if path is None:
            return None
        try:
            # That a file may be replaced was asked by the system's own dialog.
            return mail.save(content, path, replace=True)
        except ExportError as error:
            raise Invalid(str(error)) from error

    def finish(self) -> None:
        """It stays open until a draft is kept."""

    def done_with(self, result: Path | None) -> None:
        if result is None:
            return
        super().finish()
        audience = self.audience.audience()
        self.audience.remember()
        workspace = self.context.workspace
        noted = {"marking": self._letters[self._shown].marking, "audience": audience}
        self.context.attempt(lambda: reports.exported(workspace, result.name, **noted))
        self.context.said.emit(
            _("{file} was written.").format(file=result.name),
            [
                (_("Open file"), lambda: verbs.open_path(result)),
                (_("Show in folder"), lambda: verbs.show_in_folder(result)),
            ],
        )

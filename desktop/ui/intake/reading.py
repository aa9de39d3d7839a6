"""A file from outside is being read, off the window's thread: how far it is, Cancel, and why it was refused."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QProgressBar, QPushButton
from shiboken6 import isValid

from desktop.export.intake.refusal import Reason, Refusal
from desktop.i18n import N_, _
from desktop.ui.announce import announce
from desktop.ui.dialogs.dialog import Dialog
from desktop.ui.intake.looking import Found, Stage, look
from desktop.ui.named import named
from desktop.ui.widgets.problemline import ProblemLine

OPENING = "desktop.ui.intake.opening"
CHANGES = "desktop.ui.intake.wayback.page:open_changes"


class ReadingDialog(Dialog):
    """Goes by itself once the file is read; stays with what is wrong, and what to do about it."""

    title, verb = N_("Take in a file"), N_("Choose another file…")
    usual = (560, 0)

    def build(self) -> None:
        self.path: Path | None = None
        self._found: Found | None = None
        self._cancel_words = ""
        self._stage = Stage(self)
        self._stage.told.connect(self._on_progress)
        self._stage.doing.connect(self._say)
        self.context.giving_way.connect(self._stage.cancel)
        self.told = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.bar = QProgressBar(textVisible=False)
        self.bar.setAccessibleName(_("Progress of the reading"))
        self.problem = ProblemLine()
        self.advice = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText, visible=False)
        for part in (self.told, self.bar, self.problem, self.advice):
            self.column.addWidget(part)
        self.tracker = QPushButton(self.keys.mark(_("Take it in as a tracker…")), autoDefault=False)
        self.tracker.clicked.connect(self._as_tracker)

    def typed(self) -> bool:
        return False

    def take(self, path: Path) -> None:
        """Read this file; one that is being read already goes first."""
        if self._stage.going():
            return
        self.path = path
        self._let_go()
        self.foot.insertWidget(0, self.tracker)
        for part in (self.tracker, self.act_button, self.advice):
            part.hide()
        self.problem.say("")
        self.bar.setRange(0, 0)
        self.bar.show()
        self._say(_("Reading {file}…").format(file=path.name))
        self._cancel_words = self._cancel_words or self.cancel_button.text()
        self.cancel_button.setText(self._cancel_words)
        self.cancel_button.setFocus()
        self._stage.start()
        workspace, stage = self.context.workspace, self._stage

        def slow() -> Found | Refusal:
            try:
                return look(workspace, path, stage)
            except Refusal as error:
                return error

        self.context.work(slow, self._on_read, self._on_failed)

    def _say(self, sentence: str) -> None:
        self.told.setText(sentence)
        self.told.show()

    def _on_progress(self, done: int, total: int) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(done)

    # ---- what came of it

    def _on_read(self, found: Found | Refusal) -> None:
        gone = not isValid(self) or self.isHidden()
        if isinstance(found, Refusal):
            if found.reason is Reason.CANCELLED or gone:
                self._end()
            else:
                self._refuse(str(found), found.advice)
            return
        if gone:
            found.book.close()
            self._end()
            return
        self._found = found
        if found.wrong:
            self._refuse(found.wrong, "")
            self.tracker.show()
            return
        self._stage.stop()
        self._found = None
        window = self.parent()
        self.finish()
        if found.sent is None:
            named(f"{OPENING}:open_tracker")(window, found.path, found.book)
        else:
            named(CHANGES)(window, found)

    def _on_failed(self, sentence: str) -> None:
        if isValid(self):
            self._refuse(sentence, "")

    def _refuse(self, sentence: str, advice: str) -> None:
        """Say why it is not taken in; nothing was written."""
        self._stage.stop()
        self.bar.hide()
        self.told.hide()
        self.problem.say(sentence)
        self.advice.setText(advice)
        self.advice.setVisible(bool(advice))
        self.act_button.show()
        self.act_button.setFocus()
        self.cancel_button.setText(_("Close"))
        announce(self, f"{sentence} {advice}".strip(), urgent=True)
        self.fit_soon()

    def _end(self) -> None:
        if isValid(self):
            self._stage.stop()
            self.discard()

    def _let_go(self) -> None:
        if self._found is not None:
            self._found.book.close()
            self._found = None

    # ---- what one does about it

    def accept(self) -> None:
        """Choose another file, where this one was refused."""
        if self._stage.going():
            return
        path = named(f"{OPENING}:chosen")(self.parent())
        if path is not None:
            self.take(path)

    def _as_tracker(self) -> None:
        found, self._found, window = self._found, None, self.parent()
        if found is not None:
            self.finish()
            named(f"{OPENING}:open_tracker")(window, found.path, found.book)

    def reject(self) -> None:
        if self._stage.going():
            self._stage.cancel()
            self.hide()  # goes once the worker has heard of it
            return
        self._let_go()
        super().reject()

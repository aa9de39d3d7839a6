"""Moves the selected card to another stage: by way of a small form in the column where it is to stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from desktop.i18n import _
from desktop.model.scales import STAGE
from desktop.service import progress
from desktop.ui import verbs
from desktop.ui.board.moving import MoveForm

if TYPE_CHECKING:
    from desktop.ui.board.board import Board


class Mover:
    """For one board: at most one form is open."""

    def __init__(self, board: Board) -> None:
        self._board = board
        self.form: MoveForm | None = None

    def begin_aside(self, key: str, step: int) -> None:
        """Ask for the words of a move to the stage so many places to the right of this one."""
        keys = list(STAGE)
        place = keys.index(key) + step
        if 0 <= place < len(keys):
            self.begin(keys[place])

    def begin(self, key: str) -> None:
        """Ask for the words of a move of the selected card to this stage."""
        record = self._board.chosen_record()
        self._close()
        if record is None or record.stage == key:
            self._lead_back()
            return
        self.form = form = MoveForm(record, key)
        form.saved.connect(self._save)
        form.cancelled.connect(self._cancel)
        form.aside_requested.connect(lambda step: self.begin_aside(key, step))
        column = self._board.columns[key]
        column.hold(form)
        self._board.align()
        self._board.bring(column)
        form.words.setFocus()

    def check(self) -> None:
        """Close the form of a card that is gone, or stands elsewhere by now."""
        record = self._board.chosen_record()
        form = self.form
        if form is not None and (
            record is None or record.id != form.record.id or record.stage != form.record.stage
        ):
            self._close()

    def _save(self, words: str) -> None:
        """The words and the stage are one entry of the progress log."""
        context, form = self._board.context, self.form
        record: Any = self._board.chosen_record()
        if form is None or record is None:
            self._cancel()
            return
        before = record.stage
        done = context.attempt(
            lambda: progress.report(context.workspace, record, status=form.stage, done=words)
        )
        if done is None:
            return
        self._close()
        self._board.lead_to(record.id, focused=True)
        sentence = _("{record} has moved from “{before}” to “{after}”.").format(
            record=context.workspace.say(record), before=_(STAGE[before]), after=_(STAGE[record.stage])
        )
        context.said.emit(sentence, [(_("Undo"), lambda: verbs.undo(self._board))])

    def _cancel(self) -> None:
        self._close()
        self._lead_back()

    def _close(self) -> None:
        if self.form is not None:
            self._board.columns[self.form.stage].hold(None)
            self.form = None
            self._board.align()

    def _lead_back(self) -> None:
        """The card stays where it was, and has the focus."""
        self._board.setFocus()

"""What the window says at its foot: what was done and what was not, for as long as it is of use."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject

from desktop.i18n import N_, _
from desktop.ui.context import Context
from desktop.ui.widgets.messagebar import MessageBar

READ_MS = {False: 6000, True: 20000}
"""How long one has for what was done, without and with something to do about it."""
LEAD_TO_A_FILE = (N_("Open file"), N_("Show in folder"))
"""What a message offers that stays: the file may be wanted after whatever comes next."""


class Saying(QObject):
    """Puts into a message bar what the context tells. Connected by methods alone: Qt ends these with the bar."""

    def __init__(self, context: Context, bar: MessageBar) -> None:
        super().__init__(bar)
        self._context, self._bar = context, bar
        self._remarks: tuple[str, ...] = ()
        context.problem.connect(self._on_problem)
        context.said.connect(self._on_said)
        context.changed.connect(self._on_changed)

    def _on_problem(self, sentence: str) -> None:
        self._bar.show_message(sentence, "error")

    def _on_said(self, sentence: str, actions: list[tuple[str, Any]]) -> None:
        """Tell what was done, and what was taken out of it; the message goes by itself, unless it leads to a file."""
        told, self._remarks = "\n".join([sentence, *self._remarks]), ()
        kept = {_(each) for each in LEAD_TO_A_FILE}
        stays = any(words in kept for words, _call in actions)
        safe = [(words, lambda call=call: self._context.safely(call)) for words, call in actions]
        self._bar.show_message(told, "success", safe, None if stays else READ_MS[bool(actions)])

    def _on_changed(self, committed: Any) -> None:
        self._remarks = committed.remarks if committed is not None else ()

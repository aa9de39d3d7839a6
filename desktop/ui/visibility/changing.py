"""Giving one thing another level at once: what it was is undone by an undo, and what it is now is said aloud."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from desktop.service.sharing import RECORD, TEXTS, Shareable, share_these
from desktop.ui.announce import announce
from desktop.ui.context import Context
from desktop.ui.visibility.words import word


def set_level(context: Context, near: QWidget, record: Any, level: str, text: str = "") -> bool:
    """Give a record or a part, or one long `text` of a record, a level; whether that went well."""

    def verb() -> bool:
        # Read anew: what was typed beside it may just have been saved.
        kept = type(record).get_or_none(type(record).id == record.id)
        if kept is None:
            return False
        share_these(context.workspace, [Shareable(TEXTS if text else RECORD, kept, "", "", text)], level)
        return True

    done = bool(context.attempt(verb))
    if done and isValid(near):
        announce(near, word(level))
    return done

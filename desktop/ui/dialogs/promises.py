"""The follow-ups that come out of a meeting, a row each: what, owed by whom to whom, by when, and whose it is."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop.i18n import N_, _
from desktop.model import FollowUp, field
from desktop.ui.context import Context
from desktop.ui.dialogs.rows import Row, Rows
from desktop.ui.editors import EditorWidget
from desktop.ui.fields import plain_editor, text_of

FIELDS = ("title", "owed_by", "owed_to", "due_on", "owner")


class PromiseRow(Row):
    """Without anybody named, we owe it; without an owner it is the officer's who writes it down."""

    def __init__(self, context: Context, parent: QObject) -> None:
        self.context = context
        super().__init__(parent)

    def make(self) -> list[QWidget]:
        self.editors: dict[str, EditorWidget] = {
            name: plain_editor(field(FollowUp, name), self.context) for name in FIELDS
        }
        self.editors["title"].edited.connect(self.typed)
        self.editors["owed_by"].input.setPlaceholderText(_("us"))
        officer = self.context.workspace.officer
        if officer is not None:
            self.editors["owner"].set_value(officer.id)
        return list(self.editors.values())

    def blank(self) -> bool:
        return not text_of(self.editors["title"]).strip()

    def values(self) -> dict[str, Any]:
        """What the row says; raises `Invalid`."""
        return {name: each.value() for name, each in self.editors.items()}

    def wrong(self) -> EditorWidget | None:
        """The first part that cannot be taken, after each has told what is wrong with it."""
        wrong = [each for each in self.editors.values() if not each.check()]
        return wrong[0] if wrong else None


class Promises(Rows):
    """The rows."""

    titles = (N_("What is to be done"), N_("Owed by"), N_("Owed to"), N_("Due"), N_("Owner"))
    stretches = (6, 3, 3, 3, 3)
    spoken = N_("{part}, follow-up {number}")

    def __init__(self, context: Context) -> None:
        self.context = context
        super().__init__()

    def _make(self) -> Row:
        return PromiseRow(self.context, self)

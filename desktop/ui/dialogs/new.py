"""A new record of the page at hand: the fields that name it and those that lists show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer

from desktop.i18n import N_, _
from desktop.model import FollowUp, Meeting, Organisation, Person, field, fields
from desktop.model.kinds import Kind, LongText
from desktop.service import directory, records
from desktop.ui.dialogs.dialog import Dialog
from desktop.ui.dialogs.follow_up import add_follow_up
from desktop.ui.dialogs.meeting import log_meeting
from desktop.ui.fields import text_of

if TYPE_CHECKING:
    from desktop.ui.window import MainWindow

OWN_DIALOGS = {FollowUp: add_follow_up, Meeting: log_meeting}
"""The entities that have a dialog made for them."""
PLAIN_SECTIONS = ("details", "people", "dates", "progress")
MOST = 9
"""Fields that are asked; the others are filled in on the record itself."""


def new_record(window: MainWindow) -> None:
    """Open the dialog for a record of the page shown, begun with what the list is narrowed to."""
    entity = getattr(window.page, "entity", FollowUp)
    own = OWN_DIALOGS.get(entity)
    if own is not None:
        own(window)
        return
    NewDialog.entity = entity
    dialog = NewDialog(window.context, window)
    dialog.given = (window.ask("defaults", {}),)
    dialog.take(*dialog.given)
    dialog.fit()
    dialog.come_back()


def asked(entity: Any) -> list[Kind]:
    """The fields of an entity that a new record begins with: what it must have first, then what is listed."""
    editable = [kind for kind in fields(entity) if kind.editable and kind.section in PLAIN_SECTIONS]
    # By name: a field compares itself to another as SQL would.
    named = [kind.name for kind in editable if kind.required]
    listed = [kind.name for kind in editable if kind.name not in named and (kind.listed or kind.filtered)]
    texts = [kind.name for kind in editable if kind.name not in named and isinstance(kind, LongText)][:1]
    wanted = [*named, *listed[: MOST - len(named) - len(texts)], *texts]
    return [field(entity, name) for name in wanted]


PAUSE_MS = 300
"""Whoever stops typing a name for so long is told who bears it already."""


class NewDialog(Dialog):
    """Fields by the entity's declaration; a likely duplicate in the directory is told, and stops nobody."""

    title, verb = N_("New record"), N_("Add")
    usual = (620, 0)
    entity: Any = None

    def build(self) -> None:
        self.entity = type(self).entity
        self.setWindowTitle(_("New: {kind}").format(kind=_(self.entity.singular)))
        self.main = self.add_fields()
        for kind in asked(self.entity):
            default = getattr(kind, "default", None)
            self.main.add(kind, default if isinstance(default, str | int) and default else None)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._look_for_duplicates)
        self.context.stopping.connect(self._pause.stop)
        if self.entity in (Organisation, Person):
            self.main.at("name").edited.connect(self._pause.start)

    def take(self, values: dict[str, Any]) -> None:
        """Begin with these values, as far as they are asked."""
        for name, value in values.items():
            if self.main.has(name):
                self.main.give(name, value)

    def _look_for_duplicates(self) -> None:
        """Tell, under the name, of records that bear it."""
        name = self.main.at("name")
        known = directory.likely_duplicates(self.entity, text_of(name))
        words = _("There is {ref} “{name}” already.")
        name.show_note(words.format(ref=known[0].ref, name=known[0].name_text()) if known else "")

    def act(self) -> Any:
        return records.add(self.context.workspace, self.entity, self.main.values())

    def done_with(self, result: Any) -> None:
        self.context.record_requested.emit(result)
        self.context.said.emit(_("{record} was added.").format(record=result.ref), [])

"""Choosing records of the register, of any of its kinds, by a part of their name or reference."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.i18n import _
from desktop.model import RECORDS, Subject
from desktop.service import links
from desktop.service.workspace import Workspace
from desktop.text import fold
from desktop.ui import offers
from desktop.ui.widgets.chipsedit import ChipsEdit
from desktop.ui.widgets.pickline import PickLine

EACH = 8
"""Records of one kind that are offered among those of others."""


def found(workspace: Workspace, entities: Iterable[Any], text: str) -> list[tuple[int, str]]:
    """Id and words of the records of these entities that a text finds; their ids are those of the register."""
    kinds = list(entities)
    most = offers.MOST if len(kinds) == 1 else EACH
    options = [option for entity in kinds for option in offers.offers(workspace, entity, text)[:most]]
    end = fold(text.strip())
    # Whoever types 1B means WC-2024-1B before WC-2024-1B.6; the order is otherwise kept.
    return sorted(options, key=lambda option: not fold(option[1].split(offers.GAP)[0]).endswith(end))


def words(workspace: Workspace, subject_id: int) -> str:
    """How a record reads where it was chosen."""
    entity: Any = RECORDS[Subject.get_by_id(subject_id).kind]
    return offers.caption(workspace, entity, subject_id)


class SubjectsEdit(ChipsEdit):
    """Several records, as chips of their references."""

    def __init__(self, workspace: Workspace, entities: Iterable[Any], parent: QWidget | None = None) -> None:
        self._workspace, self._entities = workspace, list(entities)
        super().__init__(self._find, parent)
        self.changed.connect(self._shorten)

    def _find(self, text: str) -> list[tuple[int, str]]:
        return found(self._workspace, self._entities, text)

    def _shorten(self) -> None:
        """A chip bears the reference; its tool tip the name."""
        self.set_items([(key, ref_of(key)) for key in self.keys()])

    def records(self) -> list[Any]:
        """What is chosen."""
        return [links.subject(key) for key in self.keys()]

    def set_records(self, records: Iterable[Any]) -> None:
        """Show these as chosen."""
        self.set_items([(record.id, record.ref) for record in records])


class SubjectLine(PickLine):
    """One record."""

    def __init__(self, workspace: Workspace, entities: Iterable[Any], parent: QWidget | None = None) -> None:
        kinds = list(entities)
        super().__init__(lambda text: found(workspace, kinds, text), parent)
        self._workspace = workspace
        self.setPlaceholderText(_("Type a part of its name or its reference"))

    def record(self) -> Any:
        """What is chosen, or what the text can only mean; None for nothing."""
        key = self.chosen()
        if key is None and self.text().strip():
            option = self.match()
            key = option[0] if option else None
        return links.subject(key) if key is not None else None

    def set_record(self, record: Any) -> None:
        """Show one as chosen."""
        self.set_chosen(record.id, words(self._workspace, record.id))


def ref_of(subject_id: Any) -> str:
    """The reference of a record of the register."""
    return str(links.subject(subject_id).ref)

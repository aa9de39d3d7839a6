"""References to organisations and people that need not be in the directory yet: a name typed can be added there.

The editors give a `New` where somebody chose «Add … to the directory»; `make_new` makes those records, within the
operation that needs them. To let another entity be made so: its words in `MADE`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.i18n import _
from desktop.model import Organisation, Person
from desktop.model.relations import Many, Reference
from desktop.service import records
from desktop.service.workspace import Workspace
from desktop.text import fold
from desktop.ui import offers
from desktop.ui.editors import EditorWidget, ManyEditor, PickEditor, ReferenceEditor, editor

MADE: dict[Any, Callable[[str], str]] = {
    Organisation: lambda name: _("Add “{name}” to the organisations").format(name=name),
    Person: lambda name: _("Add “{name}” to the people").format(name=name),
}
"""The entities that can be made by their name alone, and how this is offered."""


@dataclass(frozen=True)
class New:
    """A record that is to be made: its entity and its name."""

    entity: Any
    name: str


def offered(workspace: Workspace, kind: Any, text: str) -> list[tuple[Any, str]]:
    """The records that a text finds, and behind them the one that could be made of it."""
    found: list[tuple[Any, str]] = list(offers.offers(workspace, kind.target, text, kind))
    name = " ".join(text.split())
    if name and not any(fold(name) in _names(label) for _key, label in found):
        found.append((New(kind.target, name), MADE[kind.target](name)))
    return found


def _names(label: str) -> list[str]:
    """The acronym and the name within an offer."""
    return [fold(part) for part in label.split(" · ")[0].split(offers.GAP)]


def make_new(workspace: Workspace, values: dict[str, Any]) -> dict[str, Any]:
    """The values with every `New` made a record; call it within an operation. A name that recurs is one record."""
    made: dict[New, int] = {}

    def real(value: Any) -> Any:
        if isinstance(value, New):
            if value not in made:
                found = value.entity.get_or_none(value.entity.named(value.name))
                made[value] = (found or records.add(workspace, value.entity, {"name": value.name})).id
            return made[value]
        if isinstance(value, frozenset):
            return frozenset(real(each) for each in value)
        return value

    return {name: real(value) for name, value in values.items()}


class PlainReferenceEditor(ReferenceEditor):
    """A reference in something that is not there yet: no button leads on from it."""

    def _build(self) -> QWidget:
        return PickEditor._build(self)

    def _show(self, value: Any) -> None:
        PickEditor._show(self, value)


class NewReferenceEditor(PlainReferenceEditor):
    """A reference that can name somebody new."""

    def _build(self) -> QWidget:
        line = super()._build()
        line.picked.connect(self._shorten)
        return line

    def _shorten(self) -> None:
        """An offer says more than the field should."""
        value = self.input.chosen()
        if value is not None:
            self.input.set_chosen(value, self._label(value))

    def _search(self, text: str) -> list[tuple[Any, str]]:
        return offered(self.context.workspace, self.kind, text)

    def _label(self, value: Any) -> str:
        return value.name if isinstance(value, New) else super()._label(value)


class NewManyEditor(ManyEditor):
    """A set that can name somebody new."""

    def _search(self, text: str) -> list[tuple[Any, str]]:
        return offered(self.context.workspace, self.kind, text)

    def _on_changed(self) -> None:
        chosen: list[Any] = self.input.keys()
        self.input.set_items([(key, self._short(key)) for key in chosen])
        self.edited.emit()
        self.commit()

    def _show(self, value: Any) -> None:
        items = [(key, self._short(key)) for key in value or ()]
        self.input.set_items(sorted(items, key=lambda item: fold(item[1])))

    def _short(self, key: Any) -> str:
        return key.name if isinstance(key, New) else offers.short(self.kind, key)


def new_editor(kind: Any, context: Any, parent: QWidget | None = None) -> EditorWidget:
    """The editor of a field of something that is not there yet."""
    if isinstance(kind, Reference):
        return (NewReferenceEditor if kind.target in MADE else PlainReferenceEditor)(kind, context, parent)
    if isinstance(kind, Many) and kind.target in MADE:
        return NewManyEditor(kind, context, parent)
    return editor(kind, context, parent)

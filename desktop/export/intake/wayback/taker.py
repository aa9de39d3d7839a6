"""What every taker has: the fields of its column, and how a cell of it is shown and taken."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from desktop.export import texts
from desktop.export.intake.wayback.history import TIES, TOLD
from desktop.export.intake.wayback.values import Speech, in_words, selected
from desktop.export.wording import inner
from desktop.i18n import join_parts
from desktop.model import Invalid, Record, Subject
from desktop.model import field as field_of
from desktop.model.kinds import Kind, SortKey


class Kept(Invalid):
    """What stands there stays, whatever the cell says; no fault of who filled it in."""


@dataclass(frozen=True)
class Told:
    """A column that gives nothing back, and why."""

    why: str


@dataclass(frozen=True)
class Reading:
    """A cell that is taken: in which words the workbook speaks, and what the record's fields were and are."""

    speech: Speech
    entity: type[Record]
    exported: Mapping[str, Any] = field(default_factory=dict)
    """At the export, in journal terms; nothing where it is not known or the row is new."""
    now: Mapping[str, Any] = field(default_factory=dict)
    parts: tuple[str, ...] = ()
    """The fields of the column."""
    uid: str = ""
    """Of the record; '' for a new one."""

    def kind(self, name: str) -> Kind:
        """A field of the entity."""
        return field_of(self.entity, name)

    def json(self, kind: Kind, value: Any) -> Any:
        """What a cell means for a field, in journal terms; raises `Invalid`."""
        return kind.to_json(self.speech.value(kind, value))


@dataclass(frozen=True)
class Taker(ABC):
    """A column whose cells can be taken back."""

    entity: type[Record]
    kinds: tuple[Kind, ...]
    show: Callable[[Any], Any]
    """Makes the cell of what a query selects for the column."""
    reads: tuple[str, ...]
    """What its cells are made of."""
    writes: tuple[str, ...]
    """What a cell that came back can change."""

    @abstractmethod
    def take(self, value: Any, reading: Reading) -> dict[str, Any]:
        """The fields that a filled cell means, in journal terms; raises `Invalid`."""

    def cleared(self, reading: Reading) -> dict[str, Any]:
        """The fields that an emptied cell means; raises `Invalid` where they must not be empty."""
        return {
            name: kind.to_json(kind.check(kind.empty()))
            for name in self.writes
            for kind in [field_of(self.entity, name)]
        }

    def cell(self, values: Mapping[str, Any]) -> Any:
        """What stands in the cell; to be called while the workbook's words are spoken. Raises LookupError."""
        if self.reads[0] in TOLD:
            made: Any = values[self.reads[0]] or None
        elif self.reads[0] in TIES:
            refs = [_ref(uid) for uid in values[self.reads[0]]]
            made = self.show("; ".join(refs) if refs else None)
        else:
            raws = [self._raw(kind, values) for kind in self.kinds]
            made = self.show(raws if len(self.kinds) > 1 else raws[0])
        return texts.legal(made)[0] if isinstance(made, str) else made

    @staticmethod
    def _raw(kind: Kind, values: Mapping[str, Any]) -> Any:
        return selected(inner(kind), values.get(kind.name)) if kind.name in values else None

    def words(self, values: Mapping[str, Any]) -> str:
        """The fields that it writes, in the language spoken."""
        told = [said(self.entity, name, values.get(name)) for name in self.writes if name in values]
        return join_parts(*(text for text in told if text))


def said(entity: type[Record], name: str, value: Any) -> str:
    """A field, a link or what was reported, in the language spoken."""
    if name in TOLD:
        return str(value or "")
    if name in TIES:
        return "; ".join(sorted((_ref(uid) for uid in value or ()), key=SortKey.key))
    return in_words(field_of(entity, name), value)


def _ref(uid: str) -> str:
    """The reference of a record of the register; its uid where it is not there any more."""
    try:
        return Subject.words_of(Subject.id_of(uid))
    except LookupError:
        return uid

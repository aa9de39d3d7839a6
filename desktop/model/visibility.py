"""Who may see what: each record, and each of its long texts apart, is internal, for the partner, or public.

A new record is internal, and so is each of its long texts, even where the record itself is shared: what is typed
without a thought for others is not for others. What a reader sees is what `levels(audience)` lets through.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import peewee as pw

from desktop.i18n import _, join_parts
from desktop.model import scales
from desktop.model.kind import Column
from desktop.model.kinds import LongText

INTERNAL, PARTNER, PUBLIC = scales.VISIBILITY
AUDIENCES = (INTERNAL, PARTNER, PUBLIC)
"""Who may read, from those who may read all to those who may read least."""


def levels(audience: str) -> tuple[str, ...]:
    """The visibilities that an audience may see: itself, and all that is more open."""
    return AUDIENCES[AUDIENCES.index(audience) :]


def narrower(one: str, other: str) -> str:
    """The audience of two that sees less."""
    return max(one, other, key=AUDIENCES.index)


class TextVisibility(Column, pw.TextField):
    """The visibility of each long text that is not internal, kept as `|decisions:partner|purpose:public|`."""

    def __init__(self, label: str, **described: Any) -> None:
        described.setdefault("default", "")
        super().__init__(label, **described)

    def empty(self) -> str:
        return ""

    def text(self, value: Any) -> str:
        named = (
            _("{field}: {value}").format(field=self._title(name), value=_(scales.VISIBILITY[level]))
            for name, level in read(value).items()
        )
        return join_parts(*named)

    def _title(self, name: str) -> str:
        kind = self.model._meta.fields.get(name)
        return kind.title if kind is not None else name

    def check(self, value: Any) -> str:
        return str(super().check(kept(read(value or ""))))

    def to_json(self, value: Any) -> dict[str, str]:
        return read(value)

    def from_json(self, value: Any) -> str:
        return kept(value or {})


def read(value: str) -> dict[str, str]:
    """What is kept, by the name of the text."""
    return dict(re.findall(r"(\w+):(partner|public)\b", value or ""))


def kept(by_name: Mapping[str, str]) -> str:
    """The inverse of `read`; what is internal is left out."""
    shared = [f"{name}:{level}" for name, level in sorted(by_name.items()) if level in levels(PARTNER)]
    return f"|{'|'.join(shared)}|" if shared else ""


def of_text(record: Any, name: str) -> str:
    """The visibility of a long text of a record."""
    return read(record.text_visibility).get(name, INTERNAL)


def with_text(record: Any, name: str, level: str) -> str:
    """What `text_visibility` becomes when one long text gets a visibility."""
    return kept({**read(record.text_visibility), name: level})


def texts(entity: Any) -> tuple[LongText, ...]:
    """The long texts of an entity, each with a visibility of its own."""
    return tuple(kind for kind in entity._meta.sorted_fields if isinstance(kind, LongText))

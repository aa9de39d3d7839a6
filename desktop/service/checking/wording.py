"""How a check speaks of what it found: values cut short, records by their reference."""

from __future__ import annotations

from typing import Any

from desktop.i18n import _, format_datetime, quoted
from desktop.model import RECORDS, Record, fields
from desktop.model.dates import instant
from desktop.store.proofs import plain


def described(text: Any) -> str:
    """A text in a sentence."""
    return quoted(plain(str(text or "")))


def moment(at: Any) -> str:
    """An instant in a sentence; as it stands where it is none."""
    try:
        return f"{format_datetime(instant(str(at)))} UTC"
    except ValueError:
        return described(at)


def kind_name(entity: str) -> str:
    """What records of this kind are called."""
    found: type[Record] | None = RECORDS.get(entity)
    return _(found.singular) if found is not None and found.singular else described(entity)


def field_name(entity: str, name: str) -> str:
    """What a field is called."""
    found = RECORDS.get(entity)
    if found is not None:
        for f in fields(found):
            if f.name == name and f.label:
                return f.title
    return name

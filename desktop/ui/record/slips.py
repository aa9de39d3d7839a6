"""A date and its slips in words: when it is, when it was first, how often it was moved."""

from __future__ import annotations

from typing import Any

from desktop.i18n import _, format_date, format_number, ngettext
from desktop.service import extensions


def slips(record: Any) -> str:
    """The date of a record that can be moved, with what became of it."""
    name, first = extensions.DATES[type(record)]
    now, begun, times = getattr(record, name), getattr(record, first), len(extensions.of(record))
    parts = [format_date(now) if now else _("No date")]
    if begun and begun != now:
        parts.append(_("first {day}").format(day=format_date(begun)))
    if times:
        words = ngettext("moved {count} time", "moved {count} times", times)
        parts.append(words.format(count=format_number(times)))
    return " · ".join(parts)

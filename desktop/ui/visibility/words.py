"""The three levels in icons and words, the same wherever they are shown."""

from __future__ import annotations

from typing import Any

from desktop.i18n import N_, _
from desktop.model.scales import VISIBILITY
from desktop.model.visibility import AUDIENCES, INTERNAL, PARTNER, PUBLIC

ICONS = {INTERNAL: "lock", PARTNER: "person", PUBLIC: "globe"}
SHORT = {INTERNAL: N_("Internal"), PARTNER: N_("Partner"), PUBLIC: N_("Public")}
"""Beside the label of a text, where there is little room; what a screen reader hears is the whole word."""

_READ = {PARTNER: N_("The partner reads this."), PUBLIC: N_("Anyone may read this.")}
_WAITING = {
    PARTNER: N_("The partner reads this once the record is shared."),
    PUBLIC: N_("Anyone may read this once the record is public."),
}


def word(level: str) -> str:
    """What a level is called."""
    return _(VISIBILITY[level])


def short(level: str) -> str:
    """The same in little room."""
    return _(SHORT[level])


def readers(record: Any, level: str) -> str:
    """Who reads a text of this level in a record, beside the post; '' where nobody does."""
    if level == INTERNAL:
        return ""
    now = min(level, record.visibility, key=AUDIENCES.index)
    return _(_WAITING[level]) if now == INTERNAL else _(_READ[now])

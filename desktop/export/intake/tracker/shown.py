"""What stands in a cell as a text, and whether anything stands in it."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from decimal import Decimal

from desktop.export.intake.values import ErrorValue, Uncomputed, Value
from desktop.i18n import _
from desktop.text import fold

DASHES = frozenset("-‐‑‒–—―−ー－~〃*.…/")
"""Marks with which people fill a cell that has nothing to say."""


def text_of(value: Value) -> str:
    """A value as a person would write it; an empty text for an empty cell."""
    if value is None or isinstance(value, Uncomputed):
        return ""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(" ", "minutes")
    if isinstance(value, dt.time):
        return value.isoformat("minutes")
    if isinstance(value, float | Decimal):
        return f"{Decimal(str(value)):f}"
    return str(value)


def is_filled(value: Value) -> bool:
    """Whether a cell holds anything, be it an error or a formula without its result."""
    return value is not None and (not isinstance(value, str) or bool(value.strip()))


def is_mark(text: str) -> bool:
    """Whether a text is only a dash or the like."""
    return 0 < len(text) <= 3 and set(text) <= DASHES


def is_broken(value: Value) -> bool:
    """Whether a cell shows an error, or is a formula without its result."""
    return isinstance(value, ErrorValue | Uncomputed)


def plain(text: str) -> str:
    """A heading or a word as it is compared: folded, without marks, one space."""
    return " ".join(re.sub(r"[\W_]+", " ", fold(text)).split())


def is_japanese(text: str) -> bool:
    """Whether a text has kana or kanji: it is written without spaces."""
    return any(unicodedata.name(c, "").startswith(("CJK", "HIRAGANA", "KATAKANA")) for c in text)

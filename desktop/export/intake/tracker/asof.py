"""The day that a sheet tells of: `As of 20 November 2026` above the table, `令和8年11月20日現在`, a date alone."""

from __future__ import annotations

import re

from desktop.export.intake.tracker import days
from desktop.export.intake.tracker.columns import Header

_BEFORE = re.compile(
    r"\b(?:as of|as at|status at|updated(?: on)?|last updated?|printed(?: on)?|date|al|corte(?: al)?|fecha"
    r"|actualizad[oa](?: al| el| en)?|atualizad[oa](?: em| at[eé])?|em|data)\b[\s:]*(?P<day>[^()（）]+)",
    re.IGNORECASE,
)
_BEHIND = re.compile(r"(?P<day>[^()（）\s]+)\s*(?:現在|時点|更新|作成)")


def day_of(header: Header) -> str:
    """The latest day that the rows above a table say it is of, '' where they say none."""
    found = [_day(part.strip()) for text in header.above for part in text.split(" | ")]
    return max(found, default="")


def _day(text: str) -> str:
    said = [match["day"] for pattern in (_BEFORE, _BEHIND) if (match := pattern.search(text))]
    for part in (text, *said):
        try:
            day = days.read(part.strip(" :.("))
        except ValueError:
            continue
        if len(day) == 10:
            return day
    return ""

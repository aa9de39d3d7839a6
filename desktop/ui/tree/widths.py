"""How wide the columns of the tree are: the titles take what the others leave, and those give way in turn.

Where there is little room, the words of a status are cut; then the last activity is left out, then the assessment:
the record pane, which takes the room, tells both.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtGui import QFontMetrics

from desktop.i18n import _
from desktop.model import Recommendation, field
from desktop.model.scales import PROGRESS
from desktop.ui.lists.delegate import PAD, PAD_RIGHT
from desktop.ui.tree.words import COLUMNS, heading

_WIDE, _FAIR, _SCANT = 46, 38, 28
"""The width of the titles, in average letters, for which statuses are cut, for which a column is left out, and for
which even an assessment that was made is."""
_CUT = 13
"""Average letters of a status that are left."""
_GIVING_WAY = ("last_activity", "assessment")
_PADS = PAD + PAD_RIGHT + 2


def widths(room: int, metrics: QFontMetrics, by_hand: Mapping[str, int], assessed: bool) -> dict[str, int]:
    """The width of each column that is shown where there is so much room; `assessed`: all have something to show."""
    letter = metrics.averageCharWidth()
    found = {name: by_hand.get(name) or _wanted(name, metrics) for name in COLUMNS[1:]}
    for name in ("assessment", "status"):
        lacking = _WIDE * letter - (room - sum(found.values()))
        if name not in by_hand and lacking > 0:
            found[name] -= min(lacking, max(0, found[name] - _CUT * letter - _PADS))
    for name in _GIVING_WAY:
        least = _SCANT if assessed and name == "assessment" else _FAIR
        if room - sum(found.values()) < least * letter:
            del found[name]
    title = by_hand.get("title") or max(_FAIR * letter // 2, room - sum(found.values()))
    return {"title": title, **found}


def _wanted(name: str, metrics: QFontMetrics) -> int:
    """The width in which a column shows all that it can have to say."""
    if name in ("status", "assessment"):
        return _longest(metrics, (_(label) for label in PROGRESS.values())) + _PADS
    title = metrics.horizontalAdvance(heading(name)) + _PADS
    if name == "rag":
        return max(title, 14 * metrics.averageCharWidth() + _PADS)
    if name == "follow_ups":
        return max(title, metrics.horizontalAdvance(_("{count} overdue").format(count="00")) + _PADS)
    days = (field(Recommendation, name).shown(f"2026-{month:02d}-28") for month in range(1, 13))
    return max(title, _longest(metrics, days) + _PADS)


def _longest(metrics: QFontMetrics, texts: Iterable[str]) -> int:
    return max(metrics.horizontalAdvance(text) for text in texts)

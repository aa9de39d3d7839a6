"""How wide a column wants to be, and how narrow it may get, by what its kind shows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtGui import QFontMetrics

from desktop.i18n import _
from desktop.model.computed import Computed
from desktop.model.dates import Date, Time, Timestamp
from desktop.model.kinds import Choice, Country, Kind, Text
from desktop.model.relations import Many, Reference
from desktop.ui.lists.chips import is_chip, rag_of
from desktop.ui.lists.delegate import PAD, PAD_RIGHT
from desktop.ui.widgets.rag import chip_size

LEAST = 48
_SHORT = 22
"""Characters of a chip or a choice that is cut only where names have no room."""
_SCANT, _SCANT_CHIP = 9, 12
"""Characters that are left of words, and of a chip or a choice, where there is no room even for names."""
STATE = "state"
"""How far something is: its chip is read first, and never cut; names of places and counterparts give way to it."""
WIDEST = 420
"""Of a column that nobody has set."""
_WORDS = 0.6
"""The share of its width that a column of words keeps where there is no room: words can be cut."""
_CHIPS = 0.7
"""The share that a column of choices keeps which are words alone. Dates, numbers and RAGs are never cut."""


def wanted(entity: Any, kind: Kind, metrics: QFontMetrics) -> int:
    """The width in which a column shows its title and, as a rule, its values."""
    title = metrics.horizontalAdvance(kind.title) + PAD + PAD_RIGHT
    return max(title, min(_content(entity, kind, metrics), WIDEST))


def least(entity: Any, kind: Kind, metrics: QFontMetrics) -> int:
    """The width that a column gets where there is no room: its title may be cut."""
    shown = _plain(kind)
    if kind.name == STATE and is_chip(kind):
        return wanted(entity, kind, metrics)
    share = 1.0
    if kind.name != "ref" and isinstance(shown, Text | Reference | Many | Country):
        share = _WORDS
    elif isinstance(shown, Choice) and not rag_chip(kind):
        share = _CHIPS
    content = _content(entity, kind, metrics)
    # A short chip or choice is shown whole: a letter and an ellipsis tell nothing.
    short = min(content, _SHORT * metrics.averageCharWidth()) if share == _CHIPS else LEAST
    return min(wanted(entity, kind, metrics), max(short, int(content * share)))


def scant(entity: Any, kind: Kind, metrics: QFontMetrics) -> int:
    """The width that a column gets where the names of records have no room: enough to tell its values apart."""
    shown = _plain(kind)
    enough = least(entity, kind, metrics)
    if kind.name == STATE and is_chip(kind):
        return wanted(entity, kind, metrics)
    if (
        kind.name == "ref"
        or rag_chip(kind)
        or not isinstance(shown, Text | Reference | Many | Country | Choice)
    ):
        return enough
    letters = _SCANT_CHIP if isinstance(shown, Choice) else _SCANT
    return min(enough, letters * metrics.averageCharWidth() + PAD + PAD_RIGHT)


def rag_chip(kind: Kind) -> bool:
    """Whether a column shows RAGs, which are never cut."""
    return is_chip(kind) and bool(rag_of(kind, "red"))


def _content(entity: Any, kind: Kind, metrics: QFontMetrics) -> int:
    """What the values need."""
    shown = _plain(kind)
    if is_chip(kind):
        chips = [
            chip_size(metrics, rag_of(kind, key), _(label)).width() for key, label in shown.scale.items()
        ]
        return max(chips) + PAD + PAD_RIGHT + 2
    if isinstance(shown, Choice):
        texts: Sequence[str] = [_(label) for label in shown.scale.values()]
    elif kind.name == "ref":
        texts = [f"{entity.prefix}-2026-0000"]
    elif isinstance(shown, Time):
        texts = ["20:00"]
    elif isinstance(shown, Date | Timestamp):
        time = "T20:00:00.000Z" if isinstance(shown, Timestamp) else ""
        texts = [kind.shown(f"2026-{month:02d}-28{time}") for month in range(1, 13)]
    else:
        return kind.width * metrics.averageCharWidth() + PAD + PAD_RIGHT
    return max(metrics.horizontalAdvance(text) for text in texts) + PAD + PAD_RIGHT + 4


def _plain(kind: Kind) -> Any:
    return kind.as_ if isinstance(kind, Computed) else kind

"""The columns of a list: which, in what order, how wide, sorted by which; remembered by the name of the field.

The field that names a record is elastic: it takes the room that the others leave, unless somebody gave it a width.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtGui import QFontMetrics

from desktop.i18n import _
from desktop.model import fields
from desktop.model.computed import Computed
from desktop.model.dates import Date, Time, Timestamp
from desktop.model.kinds import Choice, Country, Kind, Text
from desktop.model.relations import Many, Reference
from desktop.service.query import Order
from desktop.ui import theme
from desktop.ui.lists.chips import is_chip, rag_of
from desktop.ui.lists.delegate import EDGE, PAD, PAD_RIGHT
from desktop.ui.widgets.rag import chip_size

LEAST = 48
WIDEST = 420
"""Of a column that nobody has set."""
_ELASTIC_LEAST = 28
"""The least width of the elastic column, in average letters."""
_SQUEEZED = 0.6
"""What is left of the others' widths, where the elastic one needs the room."""
_CHIP_SQUEEZED = 0.75
"""What is left of the width of a chip that is a word alone."""


class Columns:
    """What is remembered of a list's columns in `state`, a dict that the settings keep."""

    def __init__(self, entity: Any, default: Sequence[str], order: Sequence[Order], state: dict[str, Any]) -> None:
        self.entity, self.default, self.default_order = entity, tuple(default), tuple(order)
        self._state = state
        self._known = {kind.name: kind for kind in fields(entity)}

    @property
    def shown(self) -> tuple[str, ...]:
        """The names of the columns that are shown, in order."""
        kept = self._state.get("columns")
        names = [name for name in kept if name in self._known] if isinstance(kept, list) else []
        return tuple(dict.fromkeys(names)) or self.default

    def set_shown(self, names: Sequence[str]) -> None:
        """Remember which columns are shown; the last one cannot be taken away."""
        if names:
            self._state["columns"] = list(names)

    def toggled(self, name: str, on: bool) -> tuple[str, ...]:
        """The columns with one more, at the end, or one fewer."""
        names = [each for each in self.shown if each != name]
        return tuple([*names, name] if on else names or [name])

    def reset(self) -> None:
        """Forget all: the columns as they came."""
        for name in ("columns", "widths", "sort"):
            self._state.pop(name, None)

    @property
    def order(self) -> tuple[Order, ...]:
        """What the list is sorted by."""
        kept = self._state.get("sort")
        if isinstance(kept, list) and len(kept) == 2 and kept[0] in self._known:
            return (Order(kept[0], bool(kept[1])),)
        return self.default_order

    def set_order(self, order: Order) -> None:
        """Remember what the list is sorted by."""
        self._state["sort"] = [order.field, order.descending]

    @property
    def elastic(self) -> str:
        """The field that names a record."""
        return str(self.entity.naming)

    def set_width(self, name: str, width: int) -> None:
        """Remember the width that somebody gave a column."""
        self._state.setdefault("widths", {})[name] = width

    def widths(self, names: Sequence[str], room: int, metrics: QFontMetrics) -> list[int]:
        """The width of each of these columns where there is so much room."""
        set_by_hand = self._state.get("widths", {})
        found = {name: set_by_hand.get(name) or self._natural(self._known[name], metrics) for name in names}
        if self.elastic in found and self.elastic not in set_by_hand:
            wanted = found.pop(self.elastic)
            free = room - EDGE
            soft = {name: self._softness(name) for name in found if name not in set_by_hand}
            lacking = wanted - (free - sum(found.values()))
            spare = sum(found[name] * (1 - least) for name, least in soft.items())
            if lacking > 0 and spare > 0:
                taken = min(1.0, lacking / spare)
                for name, least in soft.items():
                    narrow = found[name] * (1 - (1 - least) * taken)
                    found[name] = max(narrow, self._title_width(self._known[name], metrics))
            least = _ELASTIC_LEAST * metrics.averageCharWidth()
            found[self.elastic] = max(least, free - sum(int(width) for width in found.values()))
        widths = [max(LEAST, int(found[name])) for name in names]
        if widths:
            widths[0] += EDGE
        return widths

    def _softness(self, name: str) -> float:
        """The share of its width that a column needs at least: words can be cut, dates and numbers never."""
        kind = self._known[name]
        shown = kind.as_ if isinstance(kind, Computed) else kind
        if name != "ref" and isinstance(shown, Text | Reference | Many | Country):
            return _SQUEEZED
        return _CHIP_SQUEEZED if is_chip(self.entity, kind) and isinstance(kind, Choice) else 1

    @staticmethod
    def _title_width(kind: Kind, metrics: QFontMetrics) -> int:
        return metrics.horizontalAdvance(kind.title) + PAD + PAD_RIGHT

    def _natural(self, kind: Kind, metrics: QFontMetrics) -> int:
        """What a column needs by its declaration and its title."""
        title = self._title_width(kind, metrics)
        shown = kind.as_ if isinstance(kind, Computed) else kind
        if isinstance(shown, Choice):
            words = [_(label) for label in shown.scale.values()]
            chip = is_chip(self.entity, kind)
            needed = (self._chip_width(kind, metrics) if chip else _longest(words, metrics)) + PAD + PAD_RIGHT + 2
        elif isinstance(shown, Date | Timestamp):
            needed = max(metrics.horizontalAdvance(kind.shown(each)) for each in _samples(shown)) + PAD + PAD_RIGHT + 4
        else:
            needed = kind.width * metrics.averageCharWidth() + PAD + PAD_RIGHT
        return min(max(title, needed), max(title, WIDEST))

    def _chip_width(self, kind: Any, metrics: QFontMetrics) -> int:
        scale = (kind.as_ if isinstance(kind, Computed) else kind).scale
        return max(chip_size(metrics, rag_of(kind, key), _(label)).width() for key, label in scale.items())

    def choices(self) -> list[Kind]:
        """All fields that can be columns, in the order of their declaration."""
        return list(self._known.values())


def _samples(kind: Kind) -> list[str]:
    """Values that are as long as values of this kind get."""
    if isinstance(kind, Time):
        return ["20:00"]
    time = "T20:00:00.000Z" if isinstance(kind, Timestamp) else ""
    return [f"2026-{month:02d}-28{time}" for month in range(1, 13)]


def _longest(words: Sequence[str], metrics: QFontMetrics) -> int:
    return max((metrics.horizontalAdvance(word) for word in words), default=0)


def height_for(widget: Any, density: str) -> int:
    """The height of a row in the density that was chosen."""
    return theme.row_height(widget, compact=density == "compact")

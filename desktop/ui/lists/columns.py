"""The columns of a list: which, in what order, how wide, sorted by which; remembered by the name of the field.

The field that names a record is elastic: it takes the room that the others leave, unless somebody gave it a width.
Where there is little, the others give way twice: for the width that the names wish for, as far as their values can be
read; and for the least that names need, as far as their values can be told apart.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from PySide6.QtGui import QFont, QFontMetrics

from desktop.model import fields
from desktop.model.kinds import Kind
from desktop.service.grouping import groupable
from desktop.service.query import Order
from desktop.ui import theme
from desktop.ui.lists.delegate import EDGE
from desktop.ui.lists.widths import LEAST, least, scant, wanted

_ELASTIC_LEAST = 24
"""The least width of the elastic column, in average letters, where the others can give no more."""
_NAMED = 36
"""The width of the elastic column, in average letters, for which the others give all that they can."""


class Columns:
    """What is remembered of a list's columns in `state`, a dict that the settings keep."""

    def __init__(
        self, entity: Any, default: Sequence[str], order: Sequence[Order], state: dict[str, Any]
    ) -> None:
        self.entity, self.default, self.default_order = entity, tuple(default), tuple(order)
        self._state = state
        self._sizes: dict[tuple[str, str], tuple[int, int, int]] = {}
        self._known = {kind.name: kind for kind in fields(entity)}

    @property
    def shown(self) -> tuple[str, ...]:
        """The names of the columns that are shown, in order."""
        kept = self._state.get("columns")
        names = (
            [each for each in kept if isinstance(each, str) and each in self._known]
            if isinstance(kept, list)
            else []
        )
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
        if isinstance(kept, list) and len(kept) == 2 and kept[0] in list(self._known):
            return (Order(kept[0], bool(kept[1])),)
        return self.default_order

    def set_order(self, order: Order) -> None:
        """Remember what the list is sorted by."""
        self._state["sort"] = [order.field, order.descending]

    @property
    def group(self) -> str:
        """The field by which the list is grouped; '' for none."""
        kept = self._state.get("group")
        return str(kept) if any(kind.name == kept for kind in groupable(self.entity)) else ""

    def set_group(self, name: str) -> None:
        """Remember by what the list is grouped."""
        self._state["group"] = name

    def use(self, state: dict[str, Any]) -> None:
        """Remember in another dict from now on: what stands in it is shown."""
        self._state = state

    @property
    def elastic(self) -> str:
        """The field that names a record."""
        return str(self.entity.naming)

    def set_width(self, name: str, width: int) -> None:
        """Remember the width that somebody gave a column."""
        self._state.setdefault("widths", {})[name] = width

    def widths(self, names: Sequence[str], room: int, font: QFont) -> list[int]:
        """The width of each of these columns where there is so much room."""
        by_hand = self._state.get("widths", {})
        measured = {name: self._measured(name, font) for name in names}
        found = {name: by_hand.get(name) or measured[name][0] for name in names}
        if self.elastic in found and self.elastic not in by_hand:
            wished = found.pop(self.elastic)
            free, letter = room - EDGE, QFontMetrics(font).averageCharWidth()
            for need, size in ((wished, 1), (min(wished, _NAMED * letter), 2)):
                spare = {name: found[name] - measured[name][size] for name in found if name not in by_hand}
                lacking = need - (free - sum(found.values()))
                taken = min(1.0, max(0.0, lacking / (sum(spare.values()) or 1)))
                for name, width in spare.items():
                    found[name] -= math.ceil(width * taken)
            found[self.elastic] = max(_ELASTIC_LEAST * letter, free - sum(found.values()))
        widths = [max(LEAST, found[name]) for name in names]
        if widths:
            widths[0] += EDGE
        return widths

    def _measured(self, name: str, font: QFont) -> tuple[int, int, int]:
        """The width that a column wants, that its values need, and the least; measured once a font."""
        key = (name, font.key())
        if key not in self._sizes:
            metrics, kind = QFontMetrics(font), self._known[name]
            self._sizes[key] = tuple(
                measure(self.entity, kind, metrics) for measure in (wanted, least, scant)
            )
        return self._sizes[key]

    def choices(self) -> list[Kind]:
        """All fields that can be columns, in the order of their declaration."""
        return list(self._known.values())


def height_for(widget: Any, density: str) -> int:
    """The height of a row in the density that was chosen."""
    return theme.row_height(widget, compact=density == "compact")

"""Which column of a sheet is which: by what it is called in any language, by what stands in it, by where it stands.

A heading may have been changed, a column moved; what stands in a column tells it all the same: the column whose cells
have the marks that were exported for a key is that of the key.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from desktop.export import names
from desktop.export.columns import UID, Column, Sheet
from desktop.export.layouts import known
from desktop.export.layouts.definition import Definition
from desktop.i18n import LANGUAGES, _, speaking
from desktop.model import fields
from desktop.text import fold

SURE, POSSIBLE = 0.8, 0.34
"""The share of a column's cells that agree, from which on they say more than its heading, or something at all."""
UNLIKE = 0.1
WIDE, COMPARED, LEAST = 400, 2_000_000, 20
"""Columns that are told by their cells, cells that are compared for that, and rows that are looked at in any case."""
FEW = 3
"""Cells that a column must have to say that its heading is wrong."""


def folded(text: object) -> str:
    """A heading blind to case, accents, width and line ends."""
    return fold(" ".join(str(text).split())) if text is not None else ""


def columns(sheet: Sheet, keys: Sequence[str]) -> dict[str, Column]:
    """The columns of these keys, as far as this program knows them."""
    declared = known.columns(sheet)
    found = {}
    own = {each.name for each in fields(sheet.entity)}
    for key in keys:
        if key in declared:
            found[key] = declared[key]
        elif key == known.SINCE:
            found[key] = Column(("uid",), name=known.SINCE)
        elif key in own:
            found[key] = Column((key,))
    return found


def labels(sheet: Sheet, of: Mapping[str, Column], layouts: Iterable[Definition]) -> dict[str, set[str]]:
    """What the column of each key may be called: in each language, and as layouts call it; that of the uids too."""
    found: dict[str, set[str]] = {key: set() for key in (*of, UID.key)}
    own = [
        (each.key, each.label)
        for layout in layouts
        for part in layout.sheets
        if part.key == sheet.key
        for each in part.columns
        if each.label and each.key in of
    ]
    for code in LANGUAGES:
        with speaking(code):
            taken: set[str] = set()
            for key, column in (*of.items(), (UID.key, UID)):
                found[key].add(folded(names.heading(column.title(sheet.entity), taken)))
                found[key].add(folded(column.title(sheet.entity)))
            for key, label in own:
                found[key] |= {folded(label), folded(_(label))}
    return found


@dataclass(frozen=True)
class Sample:
    """Some rows of known records: the marks of their cells now, and those that were exported for each key."""

    now: list[list[int]]
    exported: list[list[int]]

    def first(self, rows: int) -> Sample:
        """Fewer of them."""
        return Sample(self.now[:rows], self.exported[:rows])

    def agreement(self, key: int, place: int) -> tuple[float, int]:
        """Which share of the cells of a place has the marks of a key, and how many have anything."""
        alike = filled = 0
        for now, exported in zip(self.now, self.exported, strict=True):
            there = now[place] if place < len(now) else 0
            if there or exported[key]:
                filled += 1
                alike += there == exported[key]
        return (alike / filled if filled else 0.0), filled


def placed(
    keys: Sequence[str], headings: Mapping[int, Iterable[str]], called: Mapping[str, set[str]], sample: Sample
) -> dict[str, int]:
    """Where the column of each key stands. `headings` are the folded ones of each place that has any."""
    places = _by_heading(keys, headings, called, sample)
    doubtful = {
        key
        for key, place in places.items()
        if (found := sample.agreement(keys.index(key), place))[0] < UNLIKE and found[1] >= FEW
    }
    # A heading that is not that of its cells gives way to these, where another key has them.
    sure = {key: place for key, place in places.items() if key not in doubtful}
    left = [key for key in keys if key not in sure]
    free = sorted(set(headings) - set(sure.values()))
    for key, place in _by_marks(keys, left, free, sample, SURE).items():
        sure[key] = place
    for key in doubtful:
        if key not in sure and places[key] not in sure.values():
            sure[key] = places[key]
    left = [key for key in keys if key not in sure]
    free = sorted(set(headings) - set(sure.values()))
    named = {
        place for place in free if any(head in names for names in called.values() for head in headings[place])
    }
    for key, place in _by_marks(
        keys, left, [each for each in free if each not in named], sample, POSSIBLE
    ).items():
        sure[key] = place
    return _by_place(keys, sure, set(headings) - named)


def _by_heading(
    keys: Sequence[str], headings: Mapping[int, Iterable[str]], called: Mapping[str, set[str]], sample: Sample
) -> dict[str, int]:
    """Of several that are called alike, a copied column say, the one whose cells agree best, then the nearest."""
    found: dict[str, int] = {}
    taken: set[int] = set()
    for index, key in enumerate(keys):
        if key not in called:
            continue
        alike = [
            place
            for place, heads in headings.items()
            if place not in taken and any(head in called[key] for head in heads)
        ]
        if alike:
            found[key] = max(
                alike, key=lambda place: (sample.agreement(index, place)[0], -abs(place - index))
            )
            taken.add(found[key])
    return found


def _by_marks(
    keys: Sequence[str], left: Sequence[str], free: Sequence[int], sample: Sample, least: float
) -> dict[str, int]:
    """The columns that identify themselves, those that agree best first."""
    at = {key: number for number, key in enumerate(keys)}
    free = free[:WIDE]
    sample = sample.first(max(LEAST, COMPARED // max(1, len(left) * len(free))))
    scored = sorted(
        (
            (-share, abs(place - at[key]), place, key)
            for key in left
            for place in free
            for share, filled in [sample.agreement(at[key], place)]
            if filled and share >= least
        ),
    )
    found: dict[str, int] = {}
    for _share, _far, place, key in scored:
        if key not in found and place not in found.values():
            found[key] = place
    return found


def _by_place(keys: Sequence[str], places: dict[str, int], headed: set[int]) -> dict[str, int]:
    """A column that nothing tells, between two neighbours that stand where they stood beside it."""
    found = dict(places)
    for index, key in enumerate(keys):
        if key in found:
            continue
        before = found.get(keys[index - 1]) if index else -1
        after = found.get(keys[index + 1]) if index + 1 < len(keys) else None
        place = before + 1 if before is not None else None
        if (
            place is not None
            and place in headed
            and place not in found.values()
            and (after == place + 1 or (after is None and index + 1 == len(keys)))
        ):
            found[key] = place
    return found

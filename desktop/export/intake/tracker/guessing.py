"""Which column is which field, and which kind of record the rows are: by names first, by contents second.

At most one column becomes a field; each guess says how sure it is, and why. Columns of one name are guessed only where
each of them becomes a field of its own.
"""

from __future__ import annotations

from collections.abc import Mapping as Dict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from desktop.export.intake.tracker import field_words, names, namesakes, targets
from desktop.export.intake.tracker.columns import Column, Header
from desktop.export.intake.tracker.contents import LOGS, Profile, fit, profile
from desktop.export.intake.tracker.shown import is_japanese, plain
from desktop.export.intake.values import Value
from desktop.i18n import _
from desktop.model import Entity

SURE = 55.0
"""From here on a guess is one; below, the column is left to the officer."""
BY_CONTENTS = 45.0
"""What contents alone can be worth."""
WEIGHT = 32.0
"""What contents add to a name, or take from it."""
_BY_CONTENTS = (
    "email",
    "phone",
    "status",
    "stage",
    "priority",
    "countries",
    "country",
    "partner_countries",
    targets.PROGRESS,
)
"""What contents alone can tell."""
_EARLIER, _LATER = ("raised_on", "start_on"), ("due_on", "end_on", "target_on")


@dataclass(frozen=True)
class ColumnGuess:
    """What a column is taken for; '' where nothing is. `score` is of 100."""

    column: Column
    target: str
    score: float
    reason: str
    others: tuple[str, ...] = ()
    """What it could be as well, likeliest first."""
    counts: bool = False
    """Whether it only counts the rows."""


@dataclass(frozen=True)
class Guess:
    """What a table is taken for."""

    kind: str
    kinds: dict[str, float]
    """How much it looks like each kind of record."""
    columns: tuple[ColumnGuess, ...]
    profiles: dict[int, Profile]
    """By number of column."""

    def target(self, name: str) -> ColumnGuess | None:
        """The column that became this field."""
        return next((guess for guess in self.columns if guess.target == name), None)


def guess(
    header: Header,
    sample: Sequence[Sequence[Value]],
    kind: str = "",
    known: names.Known = names.nobody,
) -> Guess:
    """What the columns of a table are. `sample` has its rows in the order of `header.columns`.

    `kind` is given where the officer has said what the rows are; `known` asks the directory about a name.
    """
    profiles = {
        column.number: profile([row[at] if at < len(row) else None for row in sample], known)
        for at, column in enumerate(header.columns)
    }
    wanted = [kind] if kind else list(targets.KINDS)
    found = {each: _columns(header, targets.entity_of(each), profiles) for each in wanted}
    above = " ".join([header.sheet, *header.above])
    scores = {each: _worth(each, columns, above) for each, columns in found.items()}
    best = max(scores, key=lambda each: scores[each])
    return Guess(best, scores, found[best], profiles)


def _worth(kind: str, columns: Sequence[ColumnGuess], above: str) -> float:
    entity = targets.entity_of(kind)
    named = next((guess.score for guess in columns if guess.target == entity.naming), 0.0)
    taken = sum(min(guess.score, 110) for guess in columns if guess.target not in ("", targets.NUMBER))
    words = set(plain(above).split())
    said = any(
        word in words or (is_japanese(word) and word in plain(above)) for word in field_words.kind_words(kind)
    )
    return taken / max(len(columns), 3) + 0.35 * named + (14 if said else 0)


def _columns(header: Header, entity: type[Entity], profiles: dict[int, Profile]) -> tuple[ColumnGuess, ...]:
    known = {**targets.targets(entity), targets.NUMBER: None}
    scored: list[tuple[float, int, str]] = []
    for place, column in enumerate(header.columns):
        for name in known:
            score = _score(entity, name, column, profiles[column.number])
            if score >= SURE * 0.6:
                scored.append((score, -place, name))
    scored.sort(reverse=True)
    asked: set[int] = set()
    while True:
        taken = _taken(scored, asked)
        _name_one(header, entity, profiles, taken, asked)
        _in_time(header, entity, profiles, taken)
        unclear = _unclear(header, taken)
        if not unclear:
            break
        asked |= unclear
    several = namesakes.of(header.columns[place] for place in asked)
    told = [
        _told(entity, column, place, taken, scored, profiles) for place, column in enumerate(header.columns)
    ]
    return tuple(
        replace(guess, reason=namesakes.asked(several[guess.column.key[:2]]))
        if guess.column.key[:2] in several
        else guess
        for guess in told
    )


def _taken(scored: Sequence[tuple[float, int, str]], asked: set[int]) -> dict[int, tuple[str, float]]:
    """By place, the field that a column becomes and how sure that is; the surest first."""
    taken: dict[int, tuple[str, float]] = {}
    held: set[str] = set()
    for score, place, name in scored:
        if score >= SURE and -place not in taken and -place not in asked and name not in held:
            taken[-place] = name, score
            held.add(name)
    return taken


def _unclear(header: Header, taken: Dict[int, object]) -> set[int]:
    """The columns of one name of which some would become a field and some would not: that would be chance."""
    found: set[int] = set()
    for several in namesakes.of(header.columns).values():
        places = {place for place, column in enumerate(header.columns) if column in several}
        if places & taken.keys() and not places <= taken.keys():
            found |= places
    return found


def _score(entity: type[Entity], name: str, column: Column, held: Profile) -> float:
    by_name = field_words.likeness(entity.key(), name, column.title, column.group)
    fits = fit(entity, name, held)
    if by_name:
        return by_name + WEIGHT * max(-1.5, min(fits, 1.0)) * (1.0 if held.texts else 0.3)
    if name in _BY_CONTENTS and fits > 0.5:
        logged = name == targets.PROGRESS and held.logs >= LOGS
        return BY_CONTENTS + 25 * fits - (20 if field_words.is_known(column.title) and not logged else 0)
    return 0.0


def _name_one(
    header: Header,
    entity: type[Entity],
    profiles: dict[int, Profile],
    taken: dict[int, tuple[str, float]],
    asked: set[int],
) -> None:
    """Every record needs a name: where no heading says which column has it, contents do."""
    if any(name == entity.naming for name, _score in taken.values()):
        return
    free = {
        place: fit(entity, entity.naming, profiles[column.number]) - 0.02 * place
        for place, column in enumerate(header.columns)
        if place not in asked and (place not in taken or taken[place][0] == targets.NOTES[entity.key()])
    }
    if free:
        place = max(free, key=lambda at: free[at])
        if free[place] > 0.1:
            taken[place] = entity.naming, SURE


def _in_time(
    header: Header, entity: type[Entity], profiles: dict[int, Profile], taken: dict[int, tuple[str, float]]
) -> None:
    """Of two columns with nearly the same name the one with the earlier days is the beginning."""
    held = {name: place for place, (name, _score) in taken.items()}
    for earlier, later in zip(_EARLIER, _LATER, strict=False):
        one, other = held.get(earlier), held.get(later)
        if one is None or other is None:
            continue
        first, second = header.columns[one], header.columns[other]
        alike = plain(first.title) == plain(second.title)
        if alike and profiles[first.number].latest > profiles[second.number].latest:
            taken[one], taken[other] = taken[other], taken[one]


def _told(
    entity: type[Entity],
    column: Column,
    place: int,
    taken: dict[int, tuple[str, float]],
    scored: Sequence[tuple[float, int, str]],
    profiles: dict[int, Profile],
) -> ColumnGuess:
    name, score = taken.get(place, ("", 0.0))
    others = tuple(each for _score, at, each in scored if -at == place and each != name)[:4]
    if name == targets.NUMBER:
        return ColumnGuess(column, "", score, _("It counts the rows."), others, counts=True)
    if not name:
        return ColumnGuess(
            column, "", 0.0, _("Neither its name nor what stands in it says what it is."), others
        )
    by_name = field_words.likeness(entity.key(), name, column.title, column.group)
    if by_name >= 95:
        reason = _("Its name says so.")
    elif by_name:
        reason = (
            _("Its name is like it.")
            if fit(entity, name, profiles[column.number]) < 0.4
            else _("Its name is like it, and what stands in it goes with it.")
        )
    else:
        reason = _("What stands in it looks like it.")
    return ColumnGuess(column, name, round(min(score, 100.0), 1), reason, others)

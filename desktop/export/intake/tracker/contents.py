"""What stands in a column: by what share of its cells it reads as dates, names, countries, a scale, a log."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

from desktop.countries import find_country
from desktop.export.intake.tracker import days, log_cells, names, quarters, status_words, targets
from desktop.export.intake.tracker.shown import is_filled, is_mark, text_of
from desktop.export.intake.values import Value
from desktop.model import Entity
from desktop.model.dates import Date, Time
from desktop.model.kinds import Choice, Country, Email, Link, LongText, Money, Text
from desktop.model.relations import Many, Reference

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_CODE = re.compile(r"[A-Z]{1,6}[-/ ]?(?:[A-Z0-9]{1,6}[-/.])*[0-9]{1,6}[A-Z]?(?:\.[0-9]+)?")
_COUNT = re.compile(r"[(（]?([0-9]{1,5})[.)）]?")
_PHONE = re.compile(r"[+(]?[0-9][0-9 ()\-./]{6,}")

LOGS = 0.6
"""The share of cells that keep a log from which a column is one, even under `Remarks`."""


@dataclass(frozen=True)
class Profile:
    """Shares of the filled cells, from 0 to 1; `length` is their usual number of characters."""

    texts: tuple[str, ...]
    filled: float
    dates: float
    years: float
    numbers: float
    running: bool
    emails: float
    links: float
    codes: float
    phones: float
    countries: float
    logs: float
    parties: float
    people: float
    organisations: float
    distinct: float
    length: float
    latest: str
    """The middle one of its dates."""

    def steps(self, choice: Choice) -> float:
        """The share of cells whose word is a step of a scale."""
        found = [bool(status_words.step(choice, text)) for text in self.texts]
        return sum(found) / len(found) if found else 0.0


def profile(values: Sequence[Value], known: names.Known = names.nobody) -> Profile:
    """What a column's cells look like."""
    held = [value for value in values if is_filled(value) and not is_mark(text_of(value))]
    texts = tuple(text_of(value) for value in held)

    def share(which: Iterable[object]) -> float:
        return sum(map(bool, which)) / len(held) if held else 0.0

    kinds = [names.kind(text, known) if len(text) <= 80 else "" for text in texts]
    numbers = [value for value in held if isinstance(value, int | float) and not isinstance(value, bool)]
    whole = [int(match[1]) for text in texts if (match := _COUNT.fullmatch(text))]
    dated = [days.is_date(value) or (isinstance(value, str) and quarters.last_day(value)) for value in held]
    return Profile(
        texts=texts,
        filled=len(held) / len(values) if values else 0.0,
        dates=share(dated),
        years=share(re.fullmatch(r"(?:19|20)[0-9]{2}年?", text) for text in texts),
        numbers=len(numbers) / len(held) if held else 0.0,
        running=len(whole) == len(held) > 1 and all(b - a in (0, 1) for a, b in pairwise(whole)),
        emails=share(_EMAIL.fullmatch(text) for text in texts),
        links=share(re.match(r"https?://", text) for text in texts),
        codes=share(_CODE.fullmatch(text) for text in texts),
        phones=share(_PHONE.fullmatch(text) and not dated[at] for at, text in enumerate(texts)),
        countries=share(_has_country(text) for text in texts),
        logs=share(log_cells.is_log(text) for text in texts),
        parties=share(names.halves(text) and len(text) < 100 for text in texts),
        people=share(kind == "person" for kind in kinds),
        organisations=share(kind == "organisation" for kind in kinds),
        distinct=len(set(texts)) / len(texts) if texts else 0.0,
        length=sum(map(len, texts)) / len(texts) if texts else 0.0,
        latest=_middle(held),
    )


@cache
def _has_country(text: str) -> bool:
    parts = names.listed(text) if len(text) <= 200 else []
    found = sum(find_country(part) is not None and (len(part) > 2 or part.isupper()) for part in parts)
    return found > 0 and found >= 0.5 * len(parts)


def _middle(values: Sequence[Value]) -> str:
    found = []
    for value in values:
        for order in (days.DAY_FIRST, days.MONTH_FIRST):
            try:
                found.append(days.read(value, order))
                break
            except ValueError:
                continue
    return sorted(found)[len(found) // 2] if found else ""


def fit(entity: type[Entity], name: str, profile: Profile) -> float:
    """How well what stands in a column goes with a target: from -1 (hardly) to 1 (it could be nothing else)."""
    if not profile.texts:
        return -0.2
    if name in _BESIDE:
        return float(_BESIDE[name](profile))
    target = targets.targets(entity).get(name)
    if target is None or target.field is None:
        return 0.0
    if name == "ref":
        once = profile.distinct == 1
        return 0.6 * profile.codes + (0.4 if once else -0.8) - 1.2 * (profile.codes < 0.5)
    if name == targets.NOTES[entity.key()]:
        kept = 1.4 if profile.logs >= LOGS and targets.PROGRESS in targets.targets(entity) else 0
        return min(profile.length / 120, 0.5) - 0.6 * profile.dates - 0.5 * profile.emails - kept
    if name == entity.naming:
        return _naming(entity, profile)
    if name == "organisation":
        return _of_kind(target.field, profile) - 1.2 * profile.parties
    return _of_kind(target.field, profile)


def _naming(entity: type[Entity], p: Profile) -> float:
    if entity.key() in ("person", "organisation"):
        mine = p.people if entity.key() == "person" else p.organisations
        return 0.5 * mine + 0.9 * p.parties - p.dates - p.numbers - p.emails
    short = 1.0 if 6 <= p.length <= 220 else 0.2
    return (
        0.6 * short * p.distinct * min(1.0, p.filled * 1.2)
        - p.dates
        - p.numbers
        - 0.5 * p.people
        - 0.3 * p.countries
        - 0.4 * p.logs
    )


def _of_kind(field: Any, p: Profile) -> float:
    if isinstance(field, Time):
        return -0.6 * p.dates
    if isinstance(field, Date):
        return 1.4 * max(p.dates, p.years if field.name == "founded" else 0) - 0.7 - 0.4 * p.running
    if isinstance(field, Choice):
        steps = p.steps(field)
        return 1.2 * steps - 0.4 - 0.5 * (p.length > 60) - 0.5 * p.dates
    if isinstance(field, Email):
        return 1.5 * p.emails - 0.7
    if isinstance(field, Link):
        return 1.5 * p.links - 0.7
    if isinstance(field, Money):
        return 1.2 * p.numbers - 0.5 - p.dates
    if isinstance(field, Country) or (isinstance(field, Many) and field.target is None):
        return 1.6 * p.countries - 0.8
    if isinstance(field, Reference | Many):
        return _names(field, p)
    if isinstance(field, LongText):
        return min(p.length / 150, 0.4) - 0.5 * p.dates - 0.5 * p.numbers
    if isinstance(field, Text):
        return (
            -0.5 * p.dates
            - 0.3 * p.numbers
            - (0.4 if p.length > 120 else 0)
            + (0.6 * p.phones if field.name == "phone" else 0)
        )
    return 0.0


def _names(field: Any, p: Profile) -> float:
    target = field.target.key()
    if target == "person":
        return 0.8 * p.people - 0.7 * p.organisations - p.dates - 0.5 * (p.length > 60) - 0.2 * p.parties
    if target == "organisation":
        return (
            0.6 * p.organisations
            + 0.6 * p.parties
            - 0.5 * p.people
            - p.dates
            - 0.8 * p.countries
            - 0.4 * (p.length > 120)
        )
    return -p.dates - 0.3 * (p.length > 120)


_BESIDE = {
    targets.PROGRESS: lambda p: (
        1.4 * p.logs + min(p.length / 150, 0.3) - 0.8 * p.dates - (0.5 if p.length < 12 else 0)
    ),
    targets.PROGRESS_ON: lambda p: 1.4 * p.dates - 0.7,
    targets.NEXT: lambda p: min(p.length / 100, 0.3) - p.dates,
    targets.BLOCKS: lambda p: min(p.length / 100, 0.3) - p.dates,
    targets.SERVES: lambda p: 0.9 * p.codes - 0.5,
    targets.ATTENDEES: lambda p: min(p.length / 100, 0.3) - p.dates - p.numbers,
    targets.NUMBER: lambda p: 0.6 * p.running + 0.3 * p.numbers - 0.4 * (p.length > 8),
}

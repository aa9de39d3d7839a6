"""Records as Hypothesis makes them: any text, any date, any choice that a field may have."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import hypothesis
from hypothesis import HealthCheck, Phase
from hypothesis import strategies as st

from desktop.model import FollowUp, Initiative, Invalid, Recommendation, field
from desktop.model.dates import YEARS, Date, FuzzyDate
from desktop.model.kinds import Choice, Flag, LongText, Money, Number, Text
from desktop.model.relations import Many, Reference

Values = dict[str, Any]

FIELDS: dict[type[Any], tuple[str, ...]] = {
    Recommendation: (
        "title", "section", "acceptance", "leads", "countries", "status", "assessment", "target_on", "source",
    ),
    Initiative: (
        "name", "own_name", "type", "sectors", "countries", "partners", "partner_countries", "stage", "value",
        "currency", "start_on", "milestone", "milestone_on", "owner",
    ),
    FollowUp: (
        "title", "countries", "owner", "co_owners", "owed_by", "owed_to", "due_on", "priority", "status", "meeting",
    ),
}  # fmt: skip
"""The fields whose columns the sheets of the status workbook have, by entity."""
EVERYWHERE: dict[type[Any], tuple[str, ...]] = {
    Recommendation: (
        *FIELDS[Recommendation],
        "summary",
        "priority",
        "sectors",
        "owner",
        "paragraph",
        "endnotes",
    ),
    Initiative: (*FIELDS[Initiative], "founded", "founded_wording", "end_on", "description"),
    FollowUp: (*FIELDS[FollowUp], "detail", "sectors", "raised_on"),
}
"""Those of a list, with all its columns."""

ODD = (
    "=1+1", "+1", "-1", "@SUM(A1)", "'=1", "''", "'", "#N/A", "#REF!", "TRUE", "007", "1E5", "1/2", "03/04/2027",
    "12,5", "_x000D_", "_x0041_", "_x005F_x000D_", "a;b", 'say "no"', "5\u00a0%", "\u202eabc\u202c", "\u200b", "\ufeff",
    "=cmd|' /C calc'!A0", "\\n", "<b>&amp;</b>", "日本語、かな", "مرحبا", "👩‍👩‍👧", "e\u0301",
    "ｱｲｳ", "12345678901234567890",
    "–", "None",
)  # fmt: skip
"""Texts that programs take for something else."""
_CHARACTERS = st.characters(codec="utf-8")
_LINES = st.text(_CHARACTERS, max_size=60)
_LONG = st.lists(_LINES | st.sampled_from(ODD), max_size=5).map("\n".join)
_FIRST, _LAST = dt.date(2026, 11, 21), dt.date(2199, 12, 31)
MAXIMUM = 10**15


def strategy(entity: type[Any], name: str, known: dict[Any, list[Any]]) -> st.SearchStrategy[Any]:
    """The values that a field may have; `known` are the ids of the records that it can point to."""
    kind = field(entity, name)
    if isinstance(kind, Choice):
        ended = ("done", "cancelled") if entity is FollowUp else ()
        return st.sampled_from([*[key for key in kind.scale if key not in ended], *[""] * (not kind.default)])
    if isinstance(kind, FuzzyDate):
        days = st.dates(dt.date(YEARS[0], 1, 1), dt.date(YEARS[1], 12, 31)).map(str)
        return st.none() | st.builds(lambda day, length: day[:length], days, st.sampled_from((4, 7, 10)))
    if isinstance(kind, Date):
        if name == "raised_on":
            return st.just(_FIRST.isoformat())
        return st.none() | st.dates(_FIRST, _LAST).map(str)
    if isinstance(kind, Money):
        return st.just("") | st.decimals(-MAXIMUM + 1, MAXIMUM - 1, places=2).map(lambda value: f"{value:f}")
    if isinstance(kind, Flag | Number):
        return st.integers(0, 1)
    if isinstance(kind, Many):
        ids = ["CL", "PE", "BR", "JP", "US"] if kind.target is None else known[kind.target]
        return st.frozensets(st.sampled_from(ids), max_size=3)
    if isinstance(kind, Reference):
        return st.none() | st.sampled_from(known[kind.target])
    if name == "currency":
        return st.just("USD")
    if isinstance(kind, LongText):
        return _LONG
    assert isinstance(kind, Text), name
    return _LINES | st.sampled_from(ODD)


def values(
    entity: type[Any], known: dict[Any, list[Any]], names: tuple[str, ...]
) -> st.SearchStrategy[Values]:
    """Values for these fields of one record, as the record keeps them."""

    def kept(given: Values) -> Values | None:
        try:
            return {name: field(entity, name).check(value) for name, value in given.items()}
        except Invalid:
            return None

    made = st.fixed_dictionaries({name: strategy(entity, name, known) for name in names})
    found: st.SearchStrategy[Any] = made.map(kept).filter(lambda given: given is not None)
    if "end_on" in names:
        found = found.filter(
            lambda given: not ((given["start_on"] and given["end_on"]) or "") or _in_order(given)
        )
    return found


def _in_order(given: Values) -> bool:
    return bool(given["start_on"] <= given["end_on"])


def gathered(source: st.SearchStrategy[Values], count: int, seed: int) -> list[Values]:
    """So many of them, the same for the same seed."""
    found: list[Values] = []

    def more(number: int) -> Callable[[], None]:
        @hypothesis.seed(seed + number)
        @hypothesis.settings(
            max_examples=count, database=None, deadline=None, phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )  # fmt: skip
        @hypothesis.given(source)
        def gather(value: Values) -> None:
            found.append(value)

        return gather

    number = 0
    while len(found) < count:
        more(number)()
        number += 1
    return found[:count]

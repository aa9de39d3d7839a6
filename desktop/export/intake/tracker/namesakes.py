"""Columns of one name. Where what stands in them does not tell which field each of them is, only the officer can say
which is the one that they are called by."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from desktop.export.intake.tracker import field_words, targets
from desktop.export.intake.tracker.columns import Column
from desktop.i18n import _, captioned, join_list, quoted

if TYPE_CHECKING:
    from desktop.export.intake.tracker.mapping import ColumnRule, Mapping

Name = tuple[str, str]


def of(columns: Iterable[Column]) -> dict[Name, list[Column]]:
    """By title and the heading above it, the columns that share them."""
    found = defaultdict(list)
    for column in columns:
        if column.title.strip():
            found[column.key[:2]].append(column)
    return {name: several for name, several in found.items() if len(several) > 1}


def more(columns: Sequence[Column], rules: Iterable[ColumnRule]) -> dict[Name, list[Column]]:
    """Of a table that was understood before: those that share a name with more columns than they did then."""
    known: dict[Name, int] = defaultdict(int)
    for rule in rules:
        known[rule.key[:2]] += 1
    return {name: several for name, several in of(columns).items() if 0 < known[name] < len(several)}


def told(mapping: Mapping) -> list[str]:
    """What columns of one name become; where none of them becomes anything that it could, that the officer is asked."""
    found = []
    for name, several in of(rule.column for rule in mapping.columns).items():
        chosen = [rule for rule in mapping.columns if rule.key[:2] == name and rule.target]
        if len(chosen) == len(several):
            found.append(_apart(mapping.kind, chosen))
        elif not chosen and field_words.is_known(several[0].title):
            found.append(asked(several))
    return found


def asked(several: Sequence[Column]) -> str:
    """That these columns have one name, and nobody has said which of them is meant."""
    words = _("Several columns are called “{column}”: {letters}. None becomes a field until you say which.")
    letters = join_list([column.letter for column in several])
    return words.format(column=quoted(several[0].shown), letters=letters)


def _apart(kind: str, rules: Sequence[ColumnRule]) -> str:
    fields = targets.targets(targets.entity_of(kind))
    places = "; ".join(captioned(rule.letter, fields[rule.target].title) for rule in rules)
    words = _("Several columns are called “{column}”. What they become: {fields}.")
    return words.format(column=quoted(rules[0].shown), fields=places)

"""What was understood of a tracker, as the officer corrected it: kept as JSON, applied to the next file of its kind.

Columns are known by title, the heading above it, and which of that name they are: they may stand elsewhere next time.
"""

from __future__ import annotations

import json
from collections.abc import Mapping as Dict
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from desktop.export.intake.tracker import names, orders, quarters, status_words, targets
from desktop.export.intake.tracker.columns import Column, Header, Key
from desktop.export.intake.tracker.guessing import Guess
from desktop.export.intake.tracker.shown import is_filled, is_mark, plain, text_of
from desktop.export.intake.values import Value
from desktop.i18n import _, ngettext, quoted
from desktop.model import Invalid
from desktop.model.dates import Date
from desktop.model.kinds import Choice

VERSION = 1
MOST_BYTES = 5_000_000
"""Of the file of a mapping."""
WORDS = 60
"""Different words of a column that are matched with a scale."""


@dataclass(frozen=True)
class ColumnRule:
    """What becomes of a column; `target` is '' for one that is no field."""

    title: str
    group: str = ""
    occurrence: int = 1
    letter: str = ""
    """Where it stood when it was understood."""
    target: str = ""
    dates: str = ""
    """`day_first` or `month_first` where its dates leave it open."""
    words: Dict[str, str] = field(default_factory=dict)
    """Its words, and the step of our scale that each means; '' for one that means none."""
    split: str = ""
    """`person_first` or `organisation_first` where it names both in one cell, `surname_first` where a comma stands
    within a name; `listed` where the officer said that neither is so."""

    quarters: str = ""
    """`last_day` where a quarter among its dates stands for its last day; '' where it is told as no day."""

    noted: bool = True
    """Whether it goes into the note, where it is no field."""

    @property
    def key(self) -> Key:
        """By which its column is found."""
        return plain(self.title) or self.letter, plain(self.group), self.occurrence

    @property
    def shown(self) -> str:
        """What it is called."""
        return self.column.shown

    @property
    def column(self) -> Column:
        """The column that it speaks of."""
        number = 0
        for character in self.letter:
            number = number * 26 + ord(character) - 64
        return Column(number, self.title, self.group, self.occurrence)


@dataclass(frozen=True)
class Mapping:
    """How a tracker is taken in. `key` are the fields by which a row finds the record that it changes."""

    kind: str
    columns: tuple[ColumnRule, ...]
    name: str = ""
    sheets: tuple[str, ...] = ()
    """Empty: the best table, and those of other sheets with the same headings."""
    header: int = 0
    """The row of the headings; 0 to look for it."""
    notes: bool = True
    """Whether what no field takes goes into the note of its record."""
    key: tuple[str, ...] = ("ref",)
    make_names: bool = True
    """Whether people and organisations that the directory does not have are put into it."""
    told: tuple[str, ...] = ()
    """What was decided for the officer to look at; not kept."""

    def rule(self, target: str) -> ColumnRule | None:
        """The rule of the column that becomes a field."""
        return next((rule for rule in self.columns if rule.target == target), None)

    def corrected(self, column: str, target: str, **more: Any) -> Mapping:
        """The same with another field for the column of this title or letter; raises `Invalid`.

        A column that had the field so far has none any more; '' takes a column out.
        """
        if target and target not in targets.targets(targets.entity_of(self.kind)):
            raise Invalid(
                _("There is no field “{field}” that a column can become.").format(field=quoted(target))
            )
        found = [rule for rule in self.columns if column in (rule.letter, rule.title, rule.shown)]
        found = found or [
            rule for rule in self.columns if plain(column) in (plain(rule.title), plain(rule.shown))
        ]
        if len(found) != 1:
            words = (
                _("There is no column “{column}” in the table.")
                if not found
                else _("Several columns are called “{column}”; name it by its letter.")
            )
            raise Invalid(words.format(column=quoted(column)))
        changed = tuple(
            replace(rule, target=target, **more)
            if rule is found[0]
            else replace(rule, target="")
            if target and rule.target == target
            else rule
            for rule in self.columns
        )
        return replace(self, columns=changed)

    def with_quarters(self, how: str) -> Mapping:
        """The same, with this said of the quarters in all its columns."""
        return replace(self, columns=tuple(replace(rule, quarters=how) for rule in self.columns))

    def as_json(self) -> str:
        """As it is kept."""
        kept = {name: value for name, value in asdict(self).items() if name != "told"}
        for column in kept["columns"]:
            if not column["quarters"]:  # an older version reads what says nothing of them
                del column["quarters"]
        return json.dumps({"version": VERSION, **kept}, ensure_ascii=False, indent=1)

    @classmethod
    def from_json(cls, text: str) -> Mapping:
        """What was kept; raises `Invalid`."""
        try:
            raw = json.loads(text)
            if raw["version"] > VERSION:
                raise Invalid(_("This mapping was made by a newer version of Juntos."))
            columns = tuple(ColumnRule(**_texts(column)) for column in raw["columns"])
            mapping = cls(
                kind=str(raw["kind"]),
                columns=columns,
                name=str(raw.get("name", "")),
                sheets=tuple(map(str, raw.get("sheets", ()))),
                header=int(raw.get("header", 0)),
                notes=bool(raw.get("notes", True)),
                key=tuple(map(str, raw.get("key", ("ref",)))),
                make_names=bool(raw.get("make_names", True)),
            )
        except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError) as error:
            if isinstance(error, Invalid):
                raise
            raise Invalid(_("This is no mapping that Juntos has kept.")) from None
        return _checked(mapping)


def _texts(column: dict[str, Any]) -> dict[str, Any]:
    words = {str(word): str(step) for word, step in dict(column.get("words", {})).items()}
    plain_ones = {
        name: str(value) for name, value in column.items() if name not in ("words", "occurrence", "noted")
    }
    return {
        **plain_ones,
        "occurrence": int(column.get("occurrence", 1)),
        "words": words,
        "noted": bool(column.get("noted", True)),
    }


def _checked(mapping: Mapping) -> Mapping:
    """The same, if its fields are ones; raises `Invalid`."""
    known = targets.targets(targets.entity_of(mapping.kind))
    for rule in mapping.columns:
        if rule.target and rule.target not in known:
            raise Invalid(
                _("There is no field “{field}” that a column can become.").format(field=quoted(rule.target))
            )
    held = [rule.target for rule in mapping.columns if rule.target]
    twice = next((name for name in held if held.count(name) > 1), "")
    if twice:
        raise Invalid(_("Two columns are to become “{field}”.").format(field=known[twice].title))
    return mapping


def understood(
    guess: Guess,
    headers: Sequence[Header],
    sample: Sequence[Sequence[Value]],
    known: names.Known = names.nobody,
) -> Mapping:
    """The mapping that follows from a guess, with what was decided for whole columns in `told`."""
    entity = targets.entity_of(guess.kind)
    fields = targets.targets(entity)
    cells: dict[int, list[Value]] = {
        each.column.number: [row[at] for row in sample if is_filled(row[at])]
        for at, each in enumerate(guess.columns)
    }
    told: list[str] = []
    order = orders.of_days(guess, fields, cells, told)
    rules = []
    for each in guess.columns:
        target, values = fields.get(each.target), cells[each.column.number]
        texts = [text_of(value) for value in values]
        kind = target.field if target else None
        split = orders.of_names(guess.kind, target, texts, known, each.column)
        told += [split.told] if split.told else []
        if isinstance(kind, Choice) and each.column.title and not values:
            words = _("Column “{column}” has no words: if its colours say something, they are not read.")
            told.append(words.format(column=each.column.shown))
        if isinstance(kind, Date):
            told += quarters.told_of(each.column.shown, texts)
        rules.append(
            ColumnRule(
                title=each.column.title,
                group=each.column.group,
                occurrence=each.column.occurrence,
                letter=each.column.letter,
                target=each.target,
                dates=order.get(each.column.number, ""),
                words=_words(kind, texts) if isinstance(kind, Choice) else {},
                noted=not each.counts,
                split=split.order,
            )
        )
    key = ("ref",) if guess.target("ref") is not None else (entity.naming,)
    return Mapping(guess.kind, tuple(rules), header=headers[0].first, key=key, told=tuple(told))


def _words(choice: Choice, texts: list[str]) -> dict[str, str]:
    seen = list(dict.fromkeys(text for text in texts if not is_mark(text)))[:WORDS]
    return status_words.guessed(choice, seen)


def told_of(rules: Sequence[ColumnRule]) -> list[str]:
    """What the officer must say: words of a scale that mean no step."""
    told = []
    for rule in rules:
        unknown = [word for word, step in rule.words.items() if not step]
        if unknown:
            words = ngettext(
                "Column “{column}”: say what {words} means.",
                "Column “{column}”: say what {words} mean.",
                len(unknown),
            )
            told.append(words.format(column=rule.shown, words=", ".join(f"“{quoted(w)}”" for w in unknown)))
    return told

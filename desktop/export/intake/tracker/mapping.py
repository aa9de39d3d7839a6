"""What was understood of a tracker, as the officer corrected it: kept as JSON, applied to the next file of its kind.

Columns are known by title, the heading above it, and which of that name they are: they may stand elsewhere next time.
"""

from __future__ import annotations

import json
from collections.abc import Mapping as Dict
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from desktop.export.intake.tracker import days, names, status_words, targets
from desktop.export.intake.tracker.columns import Column, Header, Key
from desktop.export.intake.tracker.guessing import Guess
from desktop.export.intake.tracker.shown import is_filled, is_mark, plain, text_of
from desktop.export.intake.values import Value
from desktop.i18n import _, ngettext, quoted
from desktop.model import Invalid
from desktop.model.dates import Date
from desktop.model.kinds import Choice
from desktop.model.relations import Many, Reference

VERSION = 1
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
    """`person_first` or `organisation_first` where it names both in one cell."""

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

    def as_json(self) -> str:
        """As it is kept."""
        kept = {name: value for name, value in asdict(self).items() if name != "told"}
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
        except (ValueError, KeyError, TypeError, AttributeError) as error:
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
    order = _orders(guess, fields, cells, told)
    rules = []
    for each in guess.columns:
        target, values = fields.get(each.target), cells[each.column.number]
        texts = [text_of(value) for value in values]
        kind = target.field if target else None
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
                split=_split(kind, each.target, texts, known, each.column, told),
            )
        )
    key = ("ref",) if guess.target("ref") is not None else (entity.naming,)
    return Mapping(guess.kind, tuple(rules), header=headers[0].first, key=key, told=tuple(told))


def _words(choice: Choice, texts: list[str]) -> dict[str, str]:
    seen = list(dict.fromkeys(text for text in texts if not is_mark(text)))[:WORDS]
    return status_words.guessed(choice, seen)


def _split(
    kind: Any, target: str, texts: list[str], known: names.Known, column: Column, told: list[str]
) -> str:
    named = (
        isinstance(kind, Reference | Many)
        and kind.target is not None
        and kind.target.key() in ("person", "organisation")
    )
    if not named and target != "name":
        return ""
    both = [text for text in texts if names.halves(text)]
    if not both or len(both) < 0.2 * len(texts):
        return ""
    order = names.order_of(both, known)
    words = {
        names.PERSON_FIRST: _("Column “{column}” names a person, then an organisation, as in “{example}”."),
        names.ORGANISATION_FIRST: _(
            "Column “{column}” names an organisation, then a person, as in “{example}”."
        ),
    }
    told.append(words[order].format(column=column.shown, example=quoted(both[0])))
    return order


def _orders(
    guess: Guess, fields: Dict[str, targets.Target], cells: dict[int, list[Value]], told: list[str]
) -> dict[int, str]:
    """By number of column, the order of day and month: from its cells, else from the others of the same file."""
    found: dict[int, days.Order] = {}
    for each in guess.columns:
        target = fields.get(each.target)
        if each.target in (targets.PROGRESS, targets.PROGRESS_ON) or (
            target and isinstance(target.field, Date)
        ):
            found[each.column.number] = days.order_of(_day_texts(each.target, cells[each.column.number]))
    sure = {order.order for order in found.values()} & {days.DAY_FIRST, days.MONTH_FIRST}
    common = sure.pop() if len(sure) == 1 else ""
    common = common or ("" if sure else _by_language(guess))
    orders: dict[int, str] = {}
    for each in guess.columns:
        order = found.get(each.column.number)
        if order is None:
            continue
        orders[each.column.number] = _order(order, common, each.column, told)
    return orders


def _day_texts(target: str, values: list[Value]) -> list[Value]:
    """The dates of a column; of a log those that its lines begin with."""
    if target != targets.PROGRESS:
        return values
    return [
        line.split()[0].rstrip(":：-–")
        for value in values
        for line in text_of(value).splitlines()
        if line.split()
    ]


def _order(order: days.Order, common: str, column: Column, told: list[str]) -> str:
    shown = ", ".join(quoted(example) for example in order.examples)
    names_of = {
        days.DAY_FIRST: _("Column “{column}” writes the day before the month: {examples}."),
        days.MONTH_FIRST: _("Column “{column}” writes the month before the day: {examples}."),
        days.MIXED: _(
            "Column “{column}” writes the day first in some cells and the month first in others: {examples}."
        ),
    }
    if order.order:
        told.append(names_of[order.order].format(column=column.shown, examples=shown))
        return "" if order.order == days.MIXED else order.order
    if not order.examples:
        return common
    if common:
        told.append(names_of[common].format(column=column.shown, examples=shown))
        return common
    words = _(
        "Column “{column}” does not tell whether it writes the day or the month first: {examples}. Say which."
    )
    told.append(words.format(column=column.shown, examples=shown))
    return ""


_IN_HEADINGS = (
    "fecha estado responsable plazo asunto reunion tarea compromiso avance data situacao prazo "
    "responsavel tarefa pais nombre nome observaciones observacoes"
)
_DAY_FIRST_WORDS = frozenset(_IN_HEADINGS.split())
"""Folded words of Spanish and Portuguese headings."""


def _by_language(guess: Guess) -> str:
    """Who heads columns in Spanish or Portuguese writes the day first."""
    words = [word for each in guess.columns for word in plain(each.column.title).split()]
    return days.DAY_FIRST if sum(word in _DAY_FIRST_WORDS for word in words) >= 2 else ""


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

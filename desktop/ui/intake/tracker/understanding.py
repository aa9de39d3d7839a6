"""What a book was understood as, and what the officer corrected; read on a worker, shown by the steps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from desktop.export.intake.book import Book
from desktop.export.intake.tracker import (
    guessing,
    mapping,
    names,
    namesakes,
    orders,
    status_words,
    tables,
    targets,
)
from desktop.export.intake.tracker.columns import Column, Header, Key
from desktop.export.intake.tracker.guessing import ColumnGuess, Guess
from desktop.export.intake.tracker.mapping import ColumnRule, Mapping
from desktop.export.intake.tracker.shown import is_filled, is_mark, text_of
from desktop.export.intake.values import Value
from desktop.model import Entity
from desktop.model.kinds import Choice


@dataclass(frozen=True)
class Wish:
    """What the officer said of the file before its columns are looked at; what is empty is guessed."""

    sheets: tuple[str, ...] = ()
    row: int = 0
    kind: str = ""
    saved: Mapping | None = None


@dataclass(frozen=True)
class Understood:
    """A table of a book. `mapping` is what will be done with it, which the steps replace."""

    headers: tuple[Header, ...]
    sample: list[list[Value]]
    guess: Guess
    mapping: Mapping
    found: dict[str, Header] = field(default_factory=dict)
    """The table of each sheet that has one, by the name of the sheet."""

    @property
    def entity(self) -> type[Entity]:
        return targets.entity_of(self.mapping.kind)

    @property
    def rows(self) -> int:
        """How many rows there are about, over all sheets that are taken."""
        return sum(max(0, header.end - header.begin + 1) for header in self.headers)

    def column(self, place: int) -> Column:
        """A column of the first sheet."""
        return self.headers[0].columns[place]

    def values(self, place: int) -> list[Value]:
        """What stands in a column, as far as rows were looked at."""
        return [row[place] for row in self.sample]

    def guessed(self, place: int) -> ColumnGuess:
        """What a column was taken for."""
        return self.guess.columns[place]

    def reason(self, place: int) -> str:
        """Why a column is taken for what it is; '' where somebody said so."""
        guess = self.guessed(place)
        return guess.reason if guess.target == self.mapping.columns[place].target else ""


def look(
    book: Book,
    wish: Wish,
    known: names.Known,
    corrected: dict[tuple[str, Key], ColumnRule],
    before: Mapping | None = None,
) -> Any:
    """The table of a book as far as it is understood, None where there is none.

    `corrected` are the rules that the officer has set, by kind of record and column: they hold whatever is guessed,
    as does what was said of the whole in the mapping `before`.
    """
    found = {sheet.name: header for sheet in book.sheets if (header := tables.find_table(sheet)) is not None}
    headers = _headers(book, wish, found)
    if not headers:
        return None
    sample = tables.sample(book, headers)
    kind = wish.kind or (wish.saved.kind if wish.saved is not None else "")
    guess = guessing.guess(headers[0], sample, kind, known)
    made = mapping.understood(guess, headers, sample, known)
    if wish.saved is not None and wish.saved.kind == made.kind:
        made = applied(made, wish.saved)
    fixed = {key: rule for (of, key), rule in corrected.items() if of == made.kind}
    if fixed:
        made = replace(made, columns=_merged(made.columns, fixed))
    if before is not None:
        made = replace(made, notes=before.notes, make_names=before.make_names)
        if before.kind == made.kind:
            made = replace(made, key=before.key, name=before.name or made.name)
    return Understood(tuple(headers), sample, guess, made, found)


def _headers(book: Book, wish: Wish, found: dict[str, Header]) -> list[Header]:
    if not wish.sheets and not wish.row:
        return tables.find(book)
    names_of = wish.sheets or tuple(header.sheet for header in tables.find(book))
    headers = []
    for place, name in enumerate(names_of):
        header = found.get(name)
        if place == 0 and wish.row:
            header = tables.find_table(book.sheet(name), wish.row) or header
        if header is not None:
            headers.append(header)
    return headers


def applied(made: Mapping, saved: Mapping) -> Mapping:
    """A mapping with what a kept one says of the columns that are there again."""
    rules = {rule.key: rule for rule in saved.columns}
    for name in namesakes.more([rule.column for rule in made.columns], saved.columns):
        # It cannot say which of them it meant.
        rules = {key: rule for key, rule in rules.items() if key[:2] != name}
    columns = _merged(tuple(replace(rule, target="") for rule in made.columns), rules)
    return replace(
        made, columns=columns, name=saved.name, notes=saved.notes, key=saved.key, make_names=saved.make_names
    )


def _merged(columns: Sequence[ColumnRule], rules: dict[Key, ColumnRule]) -> tuple[ColumnRule, ...]:
    """The columns with other rules for some of them; a field that one of these has is no other column's."""
    taken = {rule.target for rule in rules.values() if rule.target}
    merged = []
    for column in columns:
        rule = rules.get(column.key)
        if rule is not None:
            merged.append(
                replace(
                    column,
                    target=rule.target,
                    noted=rule.noted,
                    dates=rule.dates or column.dates,
                    split=rule.split or column.split,
                    quarters=rule.quarters,
                    words={**column.words, **rule.words},
                )
            )
        else:
            merged.append(replace(column, target="") if column.target in taken else column)
    return tuple(merged)


def with_target(understood: Understood, place: int, target: str) -> Mapping:
    """The mapping with another field for a column, and its words on the scale of that field."""
    made = understood.mapping
    columns = [
        replace(rule, target="") if target and rule.target == target and at != place else rule
        for at, rule in enumerate(made.columns)
    ]
    rule = replace(columns[place], target=target)
    if not rule.split:
        texts = [text_of(value) for value in understood.values(place) if is_filled(value)]
        field_of = targets.targets(understood.entity).get(target)
        said = orders.of_names(made.kind, field_of, texts, names.nobody, understood.column(place))
        rule = replace(rule, split=said.order)
    kind = choice_of(understood.entity, target)
    if kind is not None:
        texts = [text_of(value) for value in understood.values(place) if is_filled(value)]
        seen = list(dict.fromkeys(text for text in texts if not is_mark(text)))[: mapping.WORDS]
        rule = replace(rule, words={**status_words.guessed(kind, seen), **_still(kind, rule)})
    columns[place] = rule
    return replace(made, columns=tuple(columns))


def _still(kind: Choice, rule: ColumnRule) -> dict[str, str]:
    """What was said of words before, as far as the scale has the steps."""
    return {word: step for word, step in rule.words.items() if step in kind.scale}


def choice_of(entity: type[Entity], target: str) -> Choice | None:
    """The scale of a field, None where it is no choice."""
    found = targets.targets(entity).get(target)
    kind = found.field if found is not None else None
    return kind if isinstance(kind, Choice) else None

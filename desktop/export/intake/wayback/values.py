"""What somebody typed into a cell, as the value that it means; and what a value looks like in a cell.

Words are understood in any language of the program and in those of the label pack; a word of the pack that stands for
several values is refused. Dates are dates, or texts as people type them; numbers are numbers, or texts as the
workbook's language writes them.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from desktop.export import texts, wording
from desktop.export.intake.values import UNCOMPUTED, ErrorValue
from desktop.export.layouts.packs import Pack
from desktop.export.marks import canonical
from desktop.export.wording import inner
from desktop.i18n import LANGUAGES, _, join_list, quoted, speaking
from desktop.model import Invalid
from desktop.model.dates import Date, FuzzyDate, Time
from desktop.model.kinds import Choice, Flag, Kind, Money, Number, country_code
from desktop.model.relations import SEPARATOR, Many, Reference
from desktop.text import fold

_ELEMENTS = re.compile("[;；\n]")


def blank(value: Any) -> bool:
    """Whether a cell shows nothing."""
    return value is None or (isinstance(value, str) and not value.strip())


def typed(value: Any) -> str:
    """What stands in a cell, as a text."""
    if isinstance(value, dt.time):
        return value.isoformat("minutes")
    return canonical(value)


@dataclass(frozen=True)
class Speech:
    """The language and the label pack of a workbook."""

    language: str
    pack: Pack | None = None
    _known: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)

    @contextmanager
    def spoken(self) -> Iterator[None]:
        """Speak as the workbook does."""
        with speaking(self.language), wording.using(self.pack):
            yield

    # ---- from a cell

    def value(self, kind: Kind, value: Any) -> Any:
        """The value that a cell means for a field; raises `Invalid`. An empty cell is the empty value."""
        plain = inner(kind)
        if isinstance(value, ErrorValue):
            raise kind.invalid(
                _("the cell shows the error {error}; type the value itself.").format(error=value.text)
            )
        if value is UNCOMPUTED:
            raise kind.invalid(
                _(
                    "the cell has a formula without its result; type the value itself, or save the file once in Excel."
                )
            )
        if blank(value):
            return kind.check(kind.empty())
        return kind.check(self._value(kind, plain, value))

    def _value(self, kind: Kind, plain: Kind, value: Any) -> Any:
        if isinstance(plain, Date):
            return self._date(kind, plain, value)
        if isinstance(plain, Choice):
            return self._choice(kind, plain, typed(value))
        if isinstance(plain, Flag):
            return self._flag(kind, value)
        if isinstance(plain, Number | Money):
            return self._number(kind, plain, value)
        if isinstance(value, dt.date | dt.time | dt.timedelta):
            raise kind.invalid(
                _(
                    "the cell holds a date or a time, “{value}”, where a text is expected; spreadsheet programs make"
                    " dates of what looks like one. Type it with an apostrophe before it."
                ).format(value=typed(value))
            )
        if isinstance(plain, Many):
            return self.elements(plain, typed(value))
        # Letter by letter: what makes no difference in a comparison is no reason to change a text.
        return kind.parse(value if isinstance(value, str) else typed(value))

    @staticmethod
    def _date(kind: Kind, plain: Date, value: Any) -> Any:
        if isinstance(plain, Time):
            if isinstance(value, dt.datetime | dt.time):
                return f"{value:%H:%M}"
            return kind.parse(typed(value))
        if isinstance(value, dt.datetime):
            return value.date().isoformat()
        if isinstance(value, dt.date):
            return value.isoformat()
        if isinstance(value, int | float | Decimal) and not isinstance(plain, FuzzyDate):
            raise kind.invalid(
                _("“{text}” is a number and no date; write it as 2026-11-21.").format(text=typed(value))
            )
        return kind.parse(typed(value))

    def _flag(self, kind: Kind, value: Any) -> int:
        if isinstance(value, bool):
            return int(value)
        for code in (self.language, *LANGUAGES):
            with speaking(code):
                try:
                    return int(kind.parse(typed(value)))
                except Invalid:
                    continue
        return int(kind.parse(typed(value)))

    def _number(self, kind: Kind, plain: Kind, value: Any) -> Any:
        if isinstance(value, bool) or not isinstance(value, int | float | Decimal | str):
            raise kind.invalid(_("“{text}” is not a number.").format(text=typed(value)))
        text = typed(value)
        if not isinstance(value, str):
            if isinstance(plain, Money):
                return text
            if "." not in text:
                return int(text)
        try:
            with speaking(self.language):
                return kind.parse(text)
        except Invalid:
            raise kind.invalid(
                _(
                    "“{text}” is not a number, or it can be read in two ways; write the digits alone: 1234.5"
                ).format(text=quoted(text))
            ) from None

    def _choice(self, kind: Kind, plain: Choice, text: str) -> str:
        wanted = fold(" ".join(text.split()))
        for words in self._words(plain, wording.name_of(kind)):
            found = words.get(wanted)
            if found is not None and len(found) > 1:
                raise kind.invalid(
                    _("“{word}” stands for several values here: {values}. Write one of these.").format(
                        word=quoted(text), values=join_list([_(plain.scale[each]) for each in found])
                    )
                )
            if found:
                return found[0]
        return str(kind.parse(text))

    def _words(self, plain: Choice, name: str) -> list[dict[str, list[str]]]:
        """By word, the values: first as the workbook says it, then as others do."""
        key = (name, tuple(plain.scale.items()))
        if key not in self._known:
            others = [code for code in LANGUAGES if code != self.language]
            found = [_said(plain, name, self.pack, [self.language])]
            found += [_said(plain, name, None, [self.language]), _said(plain, name, self.pack, others)]
            found += [_said(plain, name, None, others)]
            self._known[key] = found
        known: list[dict[str, list[str]]] = self._known[key]
        return known

    def elements(self, many: Many, text: str) -> frozenset[Any]:
        """The elements of a set that a text names."""
        parts = [part.strip() for part in _ELEMENTS.split(text)]
        return frozenset(self.element(many, part) for part in parts if part)

    @staticmethod
    def element(many: Many, text: str) -> Any:
        """One element; raises `Invalid`."""
        if many.target is not None:
            return many.target.find(text, many).id
        try:
            return country_code(text)
        except ValueError as error:
            raise many.invalid(str(error)) from None

    # ---- into a cell

    def cell(self, kind: Kind, value: Any) -> Any:
        """What stands in a cell for a value in journal terms; to be called within `spoken`. Raises LookupError."""
        made = wording.cell(kind)(selected(inner(kind), value))
        return texts.legal(made)[0] if isinstance(made, str) else made


def _said(plain: Choice, name: str, pack: Pack | None, languages: list[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for code in languages:
        with speaking(code), wording.using(pack):
            for word, values in wording.words(plain.scale, name).items():
                known = found.setdefault(fold(" ".join(word.split())), [])
                known += [value for value in values if value not in known]
    return found


def selected(kind: Kind, value: Any) -> Any:
    """What a query selects for a value in journal terms; raises LookupError."""
    if isinstance(kind, Reference):
        return None if value is None else kind.target.words_of(kind.target.id_of(value))
    if isinstance(kind, Many):
        if kind.target is None:
            return SEPARATOR.join(value)
        return SEPARATOR.join(kind.target.words_of(kind.target.id_of(each)) for each in value)
    return kind.from_json(value)


def in_words(kind: Kind, value: Any) -> str:
    """A value in journal terms as the language spoken says it; what is not there any more, by its uid."""
    plain = inner(kind)
    if value is None:
        return ""
    try:
        return plain.text(plain.from_json(value))
    except LookupError:
        return str(value) if not isinstance(value, list) else "; ".join(map(str, value))

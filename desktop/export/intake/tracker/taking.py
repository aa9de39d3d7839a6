"""A row becomes values: each of its cells ends in a field, a note, an update, a link, or in the report.

How cells of one more kind of field are read: a branch in `_field`.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import Any

from desktop.export.intake.tracker import (
    asof,
    days,
    log_cells,
    names,
    parties,
    quarters,
    status_words,
    surnames,
    targets,
)
from desktop.export.intake.tracker.columns import Column, Header
from desktop.export.intake.tracker.directory import Directory, Unknown
from desktop.export.intake.tracker.mapping import ColumnRule, Mapping
from desktop.export.intake.tracker.plan import Fate, Taken, Untaken
from desktop.export.intake.tracker.shown import is_broken, is_filled, is_mark, text_of
from desktop.export.intake.values import Value
from desktop.i18n import _, captioned, quoted
from desktop.model import Invalid, Meeting
from desktop.model.dates import Date, FuzzyDate, Time
from desktop.model.kind import Kind
from desktop.model.kinds import MAX_LINE, Choice, Email, LongText, Money, Text
from desktop.model.relations import Many, Reference
from desktop.service import links
from desktop.text import length_problem

_CURRENCY = re.compile(r"(?<![A-Z])(USD|US\$|JPY|EUR|BRL|R\$|CLP|MXN|COP|PEN|ARS|GBP|円|¥|€)")
_CODES = {"US$": "USD", "R$": "BRL", "円": "JPY", "¥": "JPY", "€": "EUR"}


class Taker:
    """Reads the rows of one sheet. `today` is the last day of progress."""

    def __init__(
        self, mapping: Mapping, header: Header, rules: dict[int, ColumnRule], directory: Directory, today: str
    ) -> None:
        self.mapping, self.header, self.rules = mapping, header, rules
        self.directory, self.today = directory, today
        self.entity = targets.entity_of(mapping.kind)
        self.fields = targets.targets(self.entity)
        self.note = targets.NOTES[mapping.kind]
        self.mapped = {rule.target for rule in rules.values()}
        self.year = days.year_in(header.sheet)
        self.reported = min(today, asof.day_of(header) or today)
        """The last day of which the sheet can tell."""

    def take(self, number: int, values: Sequence[Value]) -> Taken:
        """What a row says."""
        taken = Taken(self.header.sheet, number)
        for place, value in sorted(enumerate(values, 1), key=self._logs_last):
            if not is_filled(value):
                continue
            rule, column = self.rules.get(place), self.header.column(place)
            if rule is None or not rule.target:
                taken.fates[place] = self._unmapped(taken, rule, column, value)
            else:
                self._cell(taken, rule, column, value)
        self._finish(taken)
        return taken

    def _logs_last(self, cell: tuple[int, Value]) -> bool:
        """A log is read when the row's own dates are known."""
        rule = self.rules.get(cell[0])
        return rule is not None and rule.target == targets.PROGRESS

    def _unmapped(self, taken: Taken, rule: ColumnRule | None, column: Column, value: Value) -> Fate:
        text = text_of(value)
        if is_broken(value):
            self.refuse(taken, column, value, _broken(value))
            return Fate.UNTAKEN
        if is_mark(text):
            return Fate.MARK
        if not self.mapping.notes or (rule is not None and not rule.noted):
            return Fate.LEFT
        taken.note.append(captioned(column.shown, text))
        return Fate.NOTE

    def refuse(self, taken: Taken, column: Column, value: Value, why: str, part: str = "") -> None:
        """Tell of a cell, or of a part of it, that could not be taken; the note keeps it."""
        text = part or text_of(value)
        taken.untaken.append(Untaken(taken.sheet, taken.row, column, text, why))
        taken.fates[column.number] = Fate.UNTAKEN
        line = captioned(column.shown, text)
        if self.mapping.notes and text and line not in taken.note:
            taken.note.append(line)

    def _cell(self, taken: Taken, rule: ColumnRule, column: Column, value: Value) -> None:
        text = text_of(value)
        if is_broken(value):
            self.refuse(taken, column, value, _broken(value))
            return
        target = self.fields[rule.target]
        naming = rule.target in (self.entity.naming, self.note)
        if is_mark(text) and not naming:
            taken.fates[column.number] = Fate.MARK
            return
        taken.fates[column.number] = Fate.FIELD
        try:
            if target.field is None:
                taken.fates[column.number] = self._beside(taken, rule, column, value)
            else:
                self._field(taken, rule, column, value, target.field)
        except (Unknown, ValueError) as error:
            sentence = (
                _bare(target.field, str(error)) if isinstance(error, Invalid) and target.field else str(error)
            )
            self.refuse(taken, column, value, sentence)

    # ---- fields

    def _field(self, taken: Taken, rule: ColumnRule, column: Column, value: Value, kind: Kind) -> None:
        text = text_of(value)
        if isinstance(kind, Reference | Many):
            parties.take(self, taken, rule, column, text, kind)
            return
        if isinstance(kind, Choice):
            # A word that was said to mean nothing is not guessed again.
            found: Any = rule.words[text] if text in rule.words else status_words.step(kind, text)
            if not found:
                raise ValueError(
                    _("“{text}” is no step of ours; say which one it means.").format(text=quoted(text))
                )
        elif isinstance(kind, Time):
            found = kind.check(kind.parse(text))
        elif isinstance(kind, Date):
            found = self._date(taken, rule, column, value, kind)
        elif isinstance(kind, Money):
            found = self._money(taken, column, value, kind)
        elif rule.target == self.entity.naming:
            found = self._name(taken, rule, column, text, kind)
        elif isinstance(kind, LongText):
            found = kind.check(text)
        elif isinstance(kind, Email):
            found = self._email(taken, column, text, kind)
        else:
            found = kind.check(kind.parse(text))
        self.set(taken, rule.target, column, found)

    def set(self, taken: Taken, name: str, column: Column, value: Any) -> None:
        """Keep a value, and where it came from."""
        taken.values[name] = value
        taken.sources[name] = column

    def _date(self, taken: Taken, rule: ColumnRule, column: Column, value: Value, kind: Date) -> Any:
        found = quarters.taken(text_of(value), rule.quarters) if isinstance(value, str) else ""
        if found and self.mapping.notes:
            taken.note.append(captioned(column.shown, text_of(value)))
        found = found or days.read(value, rule.dates, self.year)
        if isinstance(value, dt.datetime) and value.time() != dt.time():
            clock = value.strftime("%H:%M")
            if self.entity is Meeting and rule.target == "on" and "starts" not in self.mapped:
                self.set(taken, "starts", column, clock)
            elif self.mapping.notes:
                taken.note.append(captioned(column.shown, text_of(value)))
        if len(found) < 10 and not isinstance(kind, FuzzyDate):
            raise ValueError(_("“{text}” has no day.").format(text=quoted(text_of(value))))
        return kind.check(found)

    def _money(self, taken: Taken, column: Column, value: Value, kind: Money) -> Any:
        text = text_of(value)
        sign = _CURRENCY.search(text.upper()) or _CURRENCY.search(f"{column.group} {column.title}".upper())
        if "currency" not in self.mapped:
            if sign is None:
                raise ValueError(_("An amount needs its currency, such as USD."))
            self.set(taken, "currency", column, _CODES.get(sign[1], sign[1]))
        bare = _CURRENCY.sub("", text.upper()).strip()
        return kind.check(bare) if not isinstance(value, str) else kind.check(kind.parse(bare))

    def _email(self, taken: Taken, column: Column, text: str, kind: Email) -> Any:
        """The first address of a cell, where it has several; the others are told."""
        first, *rest = [part for part in re.split(r"[;,；、/\s]+", text) if part] or [text]
        if not all("@" in part for part in (first, *rest)):
            return kind.check(kind.parse(text))
        found = kind.check(kind.parse(first))
        for other in rest:
            why = _("The field takes one only; “{name}” stays out.").format(name=quoted(other))
            self.refuse(taken, column, text, why, part=other)
        return found

    def _name(self, taken: Taken, rule: ColumnRule, column: Column, text: str, kind: Kind) -> Any:
        if rule.split == surnames.SURNAME_FIRST:
            text = surnames.turned(text)
        if self.mapping.kind == "person" and rule.split:
            told = names.party(text, rule.split, self.directory.known)
            if told.person and told.organisation:
                if "organisation" not in self.mapped:
                    parties.organisation(self, taken, "organisation", column, told.organisation)
                else:
                    taken.note.append(captioned(column.shown, text))
                return kind.check(told.person)
        line = Text.parse(kind, text)  # type: ignore[arg-type]
        if len(line) <= MAX_LINE:
            return kind.check(line)
        taken.note.insert(0, text)
        return kind.check(line[: MAX_LINE - 20].rsplit(" ", 1)[0] + "…")

    # ---- what is no field

    def _beside(self, taken: Taken, rule: ColumnRule, column: Column, value: Value) -> Fate:
        text = text_of(value)
        if rule.target == targets.PROGRESS:
            return self._progress(taken, rule, column, value)
        if rule.target == targets.PROGRESS_ON:
            on = days.read(value, rule.dates, self.year, self.today)
            if len(on) != 10 or on > self.today:
                raise ValueError(
                    _("“{text}” is no day on which there was progress.").format(text=quoted(text))
                )
            taken.updated = on
        elif rule.target == targets.NEXT:
            taken.next = _short(text)
        elif rule.target == targets.BLOCKS:
            taken.blocks = _short(text)
        elif rule.target == targets.SERVES:
            self._links(taken, column, value)
            return Fate.LINK if taken.fates[column.number] is Fate.FIELD else Fate.UNTAKEN
        elif rule.target == targets.ATTENDEES:
            parties.attendees(
                self, taken, surnames.turned(text) if rule.split == surnames.SURNAME_FIRST else text
            )
            return Fate.LINK
        return Fate.UPDATE

    def _progress(self, taken: Taken, rule: ColumnRule, column: Column, value: Value) -> Fate:
        if isinstance(value, dt.date):
            taken.note.append(captioned(column.shown, text_of(value)))
            return Fate.NOTE
        fate = Fate.UPDATE
        last = min(filter(None, (self.reported, taken.updated, str(taken.values.get("closed_on") or ""))))
        for entry in log_cells.entries(text_of(value), rule.dates, self.year, last):
            if entry.on > self.today:
                why = _("Progress cannot be reported for a day to come.")
                self.refuse(taken, column, value, why, part=f"{entry.on}: {entry.text}")
                fate = Fate.UNTAKEN
            elif length_problem(entry.text) is not None:
                self.refuse(taken, column, value, str(length_problem(entry.text)))
                fate = Fate.UNTAKEN
            else:
                taken.entries.append(entry)
        return fate

    def _links(self, taken: Taken, column: Column, value: Value) -> None:
        for ref in names.listed(text_of(value)):
            try:
                found = links.find(ref)
                if ("serves", True) not in links.possible(self.entity, type(found)) and (
                    "advances",
                    True,
                ) not in links.possible(self.entity, type(found)):
                    raise Invalid(_("{ref} is no recommendation or initiative.").format(ref=found.ref))
            except Invalid as error:
                self.refuse(taken, column, value, str(error), part=ref)
            else:
                taken.links.append(found)

    def _finish(self, taken: Taken) -> None:
        """What the row says as a whole: what is next goes with its latest update."""
        taken.entries = [
            entry if entry.on or not entry.text else entry._replace(on=taken.updated)
            for entry in taken.entries
        ]


def _short(text: str) -> str:
    """A text that an update can keep; raises ValueError for one that is too long."""
    problem = length_problem(text)
    if problem is not None:
        raise ValueError(problem)
    return text


def _broken(value: Value) -> str:
    if text_of(value):
        return _("The cell shows the error {error}.").format(error=text_of(value))
    return _("The cell is a formula without its result: open the file in its program and save it.")


def _bare(kind: Kind, sentence: str) -> str:
    """A sentence without the name of the field before it: the column says it."""
    return sentence.removeprefix(_("{field}: {problem}").format(field=kind.title, problem=""))

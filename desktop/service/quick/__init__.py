"""Quick entry: one line becomes a follow-up, and each part of it says what was understood.

    Call METI on Humboldt cable by Friday @Sato #telecom !high /WC-2024-1B

* a date in any language, as `desktop.i18n.spoken_dates` reads them: when it is due;
* `@Sato`, `@佐藤`, `@"Sato Kenji"`: an officer of this post is the owner; any other person and any organisation is
  who owes it (`@METI`);
* `>METI`: whom it is owed to, an organisation or a person;
* `#telecom`, `#Chile`, `#CL`: a sector or a country, by its name in any language or its code;
* `!high`, `!alta`, `!高`: the priority;
* `/WC-2024-1B`: the recommendation or initiative that it serves, or the meeting that it comes from.

A name is its acronym, the whole name (in several words too), a part of a person's name, or the beginning of one,
from two letters; where it can mean several, the mark has a problem that names them, and where it means none, too.
Such a mark is no part of the title, and `add()` refuses until it is resolved or removed: nothing is guessed and
nothing typed is lost in a title. What stands in quotation marks is read neither for marks nor for dates.

To add a mark: its sign in `marks.SIGNS`, a method of `_Line` of that name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from desktop.countries import country_name
from desktop.i18n import _, join_list, quoted
from desktop.i18n.spoken_dates import Found, find_date, without
from desktop.model import RECORDS, FollowUp, Invalid, Meeting, Organisation, Person, Sector, field
from desktop.service import follow_ups
from desktop.service.quick.marks import Typed, typed_marks
from desktop.service.quick.names import SHOWN, Named, by_ref, names
from desktop.service.quick.words import PRIORITIES
from desktop.service.workspace import Workspace
from desktop.text import clean_line, fold


@dataclass(frozen=True)
class Mark:
    """A part of the line that is more than text: `text[start:end]`."""

    start: int
    end: int
    kind: str
    """due, owner, owed_by, owed_to, sector, country, priority, serves or meeting; of what is not understood, the
    sign's: who, about, priority, record, owed_to."""
    meaning: str
    """What was understood, in words; empty where there is a problem."""
    problem: str = ""
    """A sentence that says what is not understood."""


@dataclass(frozen=True)
class Understood:
    """What a line means; `marks` from left to right."""

    title: str
    due: date | None = None
    owner: Person | None = None
    owed_by: Organisation | None = None
    owed_by_person: Person | None = None
    owed_to: Organisation | None = None
    owed_to_person: Person | None = None
    sectors: tuple[Sector, ...] = ()
    countries: tuple[str, ...] = ()
    priority: str = ""
    serves: tuple[Any, ...] = ()
    meeting: Meeting | None = None
    marks: tuple[Mark, ...] = ()

    @property
    def problems(self) -> tuple[str, ...]:
        """A sentence for each mark that is not understood, in the order of the line."""
        return tuple(mark.problem for mark in self.marks if mark.problem)


def understand(workspace: Workspace, text: str) -> Understood:
    """What a line means to this workspace, today; reads only, fast enough for each key."""
    line = _Line(workspace)
    for typed in typed_marks(text):
        line.read(typed)
    found = find_date(text, date.fromisoformat(workspace.today()), [(m.start, m.end) for m in line.marks])
    if isinstance(found, Found):
        line.values["due"] = found.date
        line.mark(found.start, found.end, "due", _("due {date}").format(date=found.words))
    elif found is not None:
        line.mark(found.start, found.end, "due", problem=found.why)
    marks = tuple(sorted(line.marks, key=lambda mark: mark.start))
    # A date that is not understood may be a part of the text: it stays until it is resolved.
    spans = [(mark.start, mark.end) for mark in marks if mark.kind != "due" or not mark.problem]
    return Understood(clean_line(without(text, spans))[0], marks=marks, **line.values)


def add(workspace: Workspace, understood: Understood) -> FollowUp:
    """The follow-up of a line, as one operation; the officer's own where no owner is named.

    Raises `Invalid` with all that is not understood, or for a line without a title.
    """
    if understood.problems:
        raise Invalid(" ".join(understood.problems))
    given: dict[str, Any] = {
        "title": understood.title,
        "due_on": understood.due.isoformat() if understood.due else None,
        "owner": understood.owner,
        "owed_by": understood.owed_by or _employer(understood.owed_by_person),
        "owed_by_person": understood.owed_by_person,
        "owed_to": understood.owed_to or _employer(understood.owed_to_person),
        "owed_to_person": understood.owed_to_person,
        "sectors": frozenset(sector.id for sector in understood.sectors),
        "countries": frozenset(understood.countries),
        "priority": understood.priority,
        "meeting": understood.meeting,
    }
    values = {name: getattr(value, "id", value) for name, value in given.items() if value}
    return follow_ups.add(workspace, {"title": ""} | values, understood.serves)


def _employer(person: Person | None) -> Organisation | None:
    found: Organisation | None = person.organisation if person is not None else None
    return found


class _Line:
    """What the marks of a line have said so far."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace, self.known = workspace, names(workspace)
        self.marks: list[Mark] = []
        self.values: dict[str, Any] = {}

    def read(self, typed: Typed) -> None:
        """Understand one mark; the longest wording that means anything counts."""
        reader = getattr(self, typed.kind)
        for position, (wording, end) in enumerate(typed.wordings):
            found = self._candidates(typed.kind, wording, position < typed.first)
            if len(found) == 1:
                reader(typed.start, end, found[0])
                return
            if found:
                self.mark(typed.start, end, typed.kind, problem=_several(wording, found))
                return
        wording, end = typed.wordings[typed.first]
        self.mark(typed.start, end, typed.kind, problem=_nobody(typed.kind, wording))

    def mark(self, start: int, end: int, kind: str, meaning: str = "", problem: str = "") -> None:
        """Keep what a part of the line means."""
        self.marks.append(Mark(start, end, kind, meaning, problem))

    def _candidates(self, kind: str, wording: str, whole: bool) -> Sequence[Any]:
        if kind == "priority":
            return [] if whole else _priorities(wording)
        if kind == "record":
            return [] if whole else by_ref(self.workspace, wording)
        return self.known.about(wording, whole) if kind == "about" else self.known.who(wording, whole)

    def who(self, start: int, end: int, found: Named) -> None:
        """`@`: the owner, or who owes it."""
        record = self.known.record(found)
        if found.officer:
            self._once(start, end, "owner", "owner", record, _("owner {name}").format(name=found.shown))
        else:
            name = "owed_by" if found.kind == "organisation" else "owed_by_person"
            self._once(start, end, "owed_by", name, record, _("owed by {name}").format(name=found.shown))

    def owed_to(self, start: int, end: int, found: Named) -> None:
        """`>`: whom it is owed to."""
        name = "owed_to" if found.kind == "organisation" else "owed_to_person"
        meaning = _("owed to {name}").format(name=found.shown)
        self._once(start, end, "owed_to", name, self.known.record(found), meaning)

    def about(self, start: int, end: int, found: Named) -> None:
        """`#`: a sector or a country."""
        if found.kind == "country":
            meaning = _("country {name}").format(name=country_name(found.key))
            self._also(start, end, "country", "countries", found.key, meaning)
        else:
            meaning = _("sector {name}").format(name=found.shown)
            self._also(start, end, "sector", "sectors", self.known.record(found), meaning)

    def priority(self, start: int, end: int, found: str) -> None:
        """`!`: the priority."""
        shown = field(FollowUp, "priority").text(found)
        self._once(start, end, "priority", "priority", found, _("priority {name}").format(name=shown))

    def record(self, start: int, end: int, found: Named) -> None:
        """`/`: what it serves, or the meeting that it comes from."""
        record = RECORDS[found.kind].get_by_id(found.key)
        shown = f"{record.ref} {quoted(record.name_text())}"
        if isinstance(record, Meeting):
            self._once(start, end, "meeting", "meeting", record, _("from {record}").format(record=shown))
        else:
            self._also(start, end, "serves", "serves", record, _("serves {record}").format(record=shown))

    def _once(self, start: int, end: int, kind: str, name: str, value: Any, meaning: str) -> None:
        """Set what a follow-up has one of."""
        if self.values.setdefault(name, value) != value:
            problem = _("“{text}” is one too many: the line says so already. Take one of the two away.")
            self.mark(start, end, kind, problem=problem.format(text=meaning))
        else:
            self.mark(start, end, kind, meaning)

    def _also(self, start: int, end: int, kind: str, name: str, value: Any, meaning: str) -> None:
        """Add to what a follow-up may have several of."""
        before = self.values.get(name, ())
        self.values[name] = before if value in before else (*before, value)
        self.mark(start, end, kind, meaning)


def _priorities(wording: str) -> list[str]:
    wanted = fold(wording)
    if wanted in PRIORITIES:
        return [PRIORITIES[wanted]]
    begun = {key for word, key in PRIORITIES.items() if len(wanted) > 1 and word.startswith(wanted)}
    return sorted(begun)


def _several(wording: str, found: Sequence[Any]) -> str:
    shown = [_candidate(each) for each in found[:SHOWN]]
    if len(found) > SHOWN:
        shown.append("…")
    return _("“{text}” could be {names}. Type more of it.").format(
        text=quoted(wording), names=join_list(shown)
    )


def _candidate(found: Named | str) -> str:
    if isinstance(found, Named):
        return country_name(found.key) if found.kind == "country" else found.shown
    return field(FollowUp, "priority").text(found)


def _nobody(kind: str, wording: str) -> str:
    sentences = {
        "who": _("Nobody is called “{text}”."),
        "owed_to": _("Nobody is called “{text}”."),
        "about": _("No sector and no country is called “{text}”."),
        "priority": _("“{text}” is no priority: type high, medium or low."),
        "record": _("No recommendation, initiative or meeting has the reference “{text}”."),
    }
    return sentences[kind].format(text=quoted(wording))

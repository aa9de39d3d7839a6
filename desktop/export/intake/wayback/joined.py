"""Cells of several fields taken apart again, where that can be done in one way only; else a sentence says what to do.

Each function is the inverse of one of `export.joins`: it gives fields in journal terms.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from desktop.export.intake.wayback.history import Tie
from desktop.export.intake.wayback.taker import Reading
from desktop.export.intake.wayback.values import typed
from desktop.i18n import LANGUAGES, N_, _, join_parts, quoted, speaking
from desktop.model import Invalid, Meeting, Point
from desktop.model.kinds import Kind
from desktop.model.relations import Many
from desktop.service import extensions, links
from desktop.text import fold

_WITHDRAWN = N_("Withdrawn")
_BRACKETS = re.compile(r"(?P<before>.*\S)\s*[(（](?P<inside>[^()（）]+)[)）]", re.DOTALL)


# ---- dates that were moved


def _dates(reading: Reading) -> tuple[Kind, Kind]:
    now, first = extensions.DATES[reading.entity]
    return reading.kind(first), reading.kind(now)


def revised(value: Any, reading: Reading) -> dict[str, Any]:
    """The date that holds now; the word for one that was withdrawn is no date."""
    _first, now = _dates(reading)
    if isinstance(value, str) and fold(value.strip()) in _each_language(_WITHDRAWN):
        return {now.name: None}
    return {now.name: reading.json(now, value)}


def as_first_agreed(reading: Reading) -> dict[str, Any]:
    """What an emptied cell of a revised date says: that the first one holds."""
    first, now = _dates(reading)
    return {now.name: reading.now.get(first.name)}


def first_agreed(value: Any, reading: Reading) -> dict[str, Any]:
    """The first date of a record that has none; raises `Invalid` for another one."""
    first, now = _dates(reading)
    if reading.now.get(first.name) is not None or reading.now.get(now.name) is not None:
        raise Invalid(
            _("The date first agreed stays as it is; write the new one into the column of the revised date."),
            first.name,
        )
    return {now.name: reading.json(now, value)}


# ---- who owes, who takes part


def party(value: Any, reading: Reading) -> dict[str, Any]:
    """An organisation, a person, or an organisation with a person in brackets."""
    organisation, person = _party_fields(reading)
    text = typed(value).strip()
    whole = _found(organisation, text), _found(person, text)
    apart = _BRACKETS.fullmatch(text)
    both = (_found(organisation, apart["before"]), _found(person, apart["inside"])) if apart else (None, None)
    readings = [
        each
        for each in ((whole[0], None), (None, whole[1]), both if None not in both else (None, None))
        if each != (None, None)
    ]
    if len(readings) > 1:
        raise organisation.invalid(
            _("“{text}” can be an organisation or a person; write its reference.").format(text=quoted(text))
        )
    if not readings:
        if apart is not None:
            organisation.parse(apart["before"])
            person.parse(apart["inside"])
        raise organisation.invalid(
            _(
                "there is no organisation and no person “{text}”. Write a name as the workbook does, or a reference;"
                " a new one is entered in the directory first."
            ).format(text=quoted(text))
        )
    return {
        organisation.name: organisation.to_json(readings[0][0]),
        person.name: person.to_json(readings[0][1]),
    }


def _party_fields(reading: Reading) -> tuple[Kind, Kind]:
    end = reading.parts[0]
    return reading.kind(end), reading.kind(f"{end}_person")


def _found(kind: Kind, text: str) -> Any:
    try:
        return kind.parse(text) if text else None
    except Invalid:
        return None


def several(value: Any, reading: Reading) -> dict[str, Any]:
    """Names side by side, each of one of two sets: of organisations, and of countries."""
    kinds = [reading.kind(name) for name in reading.parts]
    assert all(isinstance(kind, Many) for kind in kinds)
    found: list[set[Any]] = [set() for _kind in kinds]
    for part in filter(None, (each.strip() for each in re.split("[;；\n]", typed(value)))):
        meant = [element for kind in kinds for element in [_element(reading, kind, part)]]
        there = [number for number, element in enumerate(meant) if element is not None]
        if len(there) > 1:
            # As it stood before, where it did.
            held = [
                number
                for number in there
                if set(kinds[number].to_json(frozenset({meant[number]})))
                <= set(reading.exported.get(kinds[number].name) or ())
            ]
            if len(held) != 1:
                raise kinds[0].invalid(
                    _(
                        "“{text}” can be more than one thing; write its reference, or the code of the country."
                    ).format(text=quoted(part))
                )
            there = held
        if not there:
            raise kinds[0].invalid(
                _("“{text}” is neither an organisation of the directory nor a country.").format(
                    text=quoted(part)
                )
            )
        found[there[0]].add(meant[there[0]])
    return {
        kind.name: kind.to_json(kind.check(frozenset(each))) for kind, each in zip(kinds, found, strict=True)
    }


def _element(reading: Reading, kind: Kind, text: str) -> Any:
    assert isinstance(kind, Many)
    try:
        return reading.speech.element(kind, text)
    except Invalid:
        return None


def either(value: Any, reading: Reading) -> dict[str, Any]:
    """Who leads; to whom a recommendation is addressed stays as it is."""
    kind = reading.kind(reading.parts[0])
    return {kind.name: reading.json(kind, value)}


# ---- where


def whereabouts(value: Any, reading: Reading) -> dict[str, Any]:
    """A place and its country, which comes last."""
    place, country = (reading.kind(name) for name in reading.parts)
    text = typed(value).strip()
    before, comma, last = _parted(text)
    code = _found(country, last)
    if code and comma:
        return {place.name: reading.json(place, before), country.name: code}
    alone = _found(country, text)
    if alone:
        if reading.exported.get(place.name) == text:
            return {place.name: text, country.name: reading.exported.get(country.name, "")}
        return {place.name: "", country.name: alone}
    if reading.exported.get(country.name):
        raise place.invalid(
            _("“{text}” does not say the country; write it as {example}.").format(
                text=quoted(text), example=join_parts(text, country.text(reading.exported[country.name]))
            )
        )
    return {place.name: reading.json(place, text), country.name: ""}


def _parted(text: str) -> tuple[str, str, str]:
    """What stands before the last comma, the comma, and after it."""
    found = re.fullmatch(r"(.*\S)\s*([,、，])\s*([^,、，]+)", text, re.DOTALL)
    return (found[1], found[2], found[3]) if found else ("", "", text)


# ---- where in its document


def provenance(value: Any, reading: Reading) -> dict[str, Any]:
    """Paragraph and endnotes on the first line, the note below."""
    paragraph, endnotes, note = (reading.kind(name) for name in reading.parts)
    text = value.replace("\r\n", "\n") if isinstance(value, str) else typed(value)
    first, _end, rest = text.strip().partition("\n")
    for found in _provenances(typed(first)):
        return {
            paragraph.name: paragraph.check(found.get("paragraph", "")),
            endnotes.name: endnotes.check(found.get("endnotes", "")),
            note.name: note.check(rest),
        }
    if reading.exported.get(paragraph.name) or reading.exported.get(endnotes.name):
        raise paragraph.invalid(
            _("“{text}” does not say the paragraph as the workbook did: {example}.").format(
                text=quoted(first), example=_("Paragraph {number}").format(number="12")
            )
        )
    return {paragraph.name: "", endnotes.name: "", note.name: note.check(text)}


def _provenances(line: str) -> Iterator[dict[str, str]]:
    for code in LANGUAGES:
        with speaking(code):
            own = _pattern(_("Paragraph {number}"), "number", "paragraph")
            notes = _pattern(_("Endnotes {numbers}"), "numbers", "endnotes")
        for pattern in (rf"{own}\s*·\s*{notes}", own, notes):
            if found := re.fullmatch(pattern, line.strip(), re.IGNORECASE):
                yield found.groupdict()


def _pattern(template: str, hole: str, name: str) -> str:
    return re.escape(template).replace(re.escape("{" + hole + "}"), f"(?P<{name}>[^·]+?)")


def together(value: Any, reading: Reading) -> dict[str, Any]:
    """The decisions of a meeting, where none of them are points of its minutes."""
    kind = reading.kind(reading.parts[0])
    if reading.uid and _decided(reading.uid):
        raise kind.invalid(
            _("the decisions of this meeting are points of its minutes; change them in the meeting.")
        )
    return {kind.name: reading.json(kind, value)}


def _decided(uid: str) -> bool:
    """Whether decisions of a meeting are points."""
    points = Point.select().join(Meeting).where((Meeting.uid == uid) & (Point.kind == "decision"))
    return bool(points.exists())


# ---- links


def ends(tie: Tie, value: Any) -> list[str]:
    """The records whose references stand in a cell, by uid; raises `Invalid`."""
    found = set()
    for part in re.split("[;；,，、\\s]+", typed(value)):
        if part:
            other = links.find(part)
            if not _fits(tie, type(other)):
                raise Invalid(_("{ref} cannot be linked in this column.").format(ref=quoted(part)), tie.name)
            found.add(str(other.uid))
    return sorted(found)


def _fits(tie: Tie, entity: type[Any]) -> bool:
    sources, targets = links.RELATIONS[tie.relation]
    return entity in (targets if tie.forward else sources)


def _each_language(message: str) -> set[str]:
    found = set()
    for code in LANGUAGES:
        with speaking(code):
            found.add(fold(_(message)))
    return found

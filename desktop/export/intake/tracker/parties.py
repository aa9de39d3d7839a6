"""Cells that name people, organisations, countries, sectors or a meeting, as values of fields that point to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from desktop.countries import find_country
from desktop.export.intake.tracker import names, surnames
from desktop.export.intake.tracker.columns import Column
from desktop.export.intake.tracker.directory import Unknown, value_of
from desktop.export.intake.tracker.mapping import ColumnRule
from desktop.export.intake.tracker.names import Party
from desktop.export.intake.tracker.plan import Taken, Wanted
from desktop.i18n import _, captioned, quoted
from desktop.model import Person
from desktop.model.relations import Many, Reference

if TYPE_CHECKING:
    from desktop.export.intake.tracker.taking import Taker

_PERSON_OF = {"owed_by": "owed_by_person", "owed_to": "owed_to_person"}
_ORGANISATION_OF = {"owner": "owed_by", "owed_by_person": "owed_by", "owed_to_person": "owed_to"}


def take(
    taker: Taker, taken: Taken, rule: ColumnRule, column: Column, text: str, kind: Reference | Many
) -> None:
    """The value of a cell of a field that points to other records."""
    if rule.split == surnames.SURNAME_FIRST:
        text = surnames.turned(text)
    if isinstance(kind, Many) and kind.target is None:
        _countries(taker, taken, rule.target, column, text)
        return
    target = kind.target.key()
    if target == "sector":
        _sectors(taker, taken, rule.target, column, text)
    elif target not in ("person", "organisation"):
        taker.set(taken, rule.target, column, kind.check(kind.parse(text)))
    elif isinstance(kind, Many):
        _many(taker, taken, rule, column, text, target)
    elif target == "person":
        _person(taker, taken, rule, column, text)
    else:
        _owing(taker, taken, rule, column, text)


def organisation(taker: Taker, taken: Taken, name: str, column: Column, text: str) -> None:
    """Set a field to the organisation of this name."""
    taker.set(taken, name, column, value_of(taker.directory, "organisation", text, taker.mapping.make_names))


def _made(taker: Taker, party: Party, officer: bool = False) -> Any:
    """The person of a party; the organisation goes with one that is new."""
    return value_of(
        taker.directory, "person", party.person, taker.mapping.make_names, party.organisation, officer
    )


def _owing(taker: Taker, taken: Taken, rule: ColumnRule, column: Column, text: str) -> None:
    """An organisation, a person, or a person of an organisation, in a field for organisations."""
    first, *rest = names.several(text) if names.halves(text) is None else [text]
    party = names.party(first, rule.split, taker.directory.known)
    beside = _PERSON_OF.get(rule.target, "")
    if party.organisation:
        organisation(taker, taken, rule.target, column, party.organisation)
    if party.person:
        if beside and beside not in taker.mapped:
            taker.set(taken, beside, column, _made(taker, party, officer=True))
        elif party.organisation:
            taken.note.append(captioned(column.shown, text))
        else:
            raise Unknown(
                _("“{name}” looks like a person’s name, not an organisation’s.").format(name=quoted(first))
            )
    for other in rest:
        why = _("The field takes one only; “{name}” stays out.").format(name=quoted(other))
        taker.refuse(taken, column, text, why, part=other)


def _person(taker: Taker, taken: Taken, rule: ColumnRule, column: Column, text: str) -> None:
    first, *rest = _people(text)
    party = names.party(first, rule.split, taker.directory.known)
    if not party.person and taker.directory.find("person", first, officer=True) is not None:
        party = Party(first)
    if not party.person:
        beside = _ORGANISATION_OF.get(rule.target, "")
        known = taker.directory.known(first) or names.kind(first)
        if known != "organisation":
            party = Party(first)
        elif beside in taker.fields and beside not in taker.mapped:
            organisation(taker, taken, beside, column, first)
            return
        else:
            raise Unknown(_("“{name}” is an organisation; a person belongs here.").format(name=quoted(first)))
    found = _made(taker, party, officer=True)
    taker.set(taken, rule.target, column, found)
    if party.organisation and not isinstance(found, Wanted):
        _works_for(taker, taken, rule, column, text, found, party.organisation)
    if rest and rule.target == "owner" and "co_owners" not in taker.mapped:
        taker.set(
            taken, "co_owners", column, frozenset(_made(taker, Party(each), officer=True) for each in rest)
        )
    elif rest:
        for other in rest:
            why = _("The field takes one only; “{name}” stays out.").format(name=quoted(other))
            taker.refuse(taken, column, text, why, part=other)


def _people(text: str) -> list[str]:
    parts = names.several(text)
    if len(parts) == 1 and names.halves(text) is None:
        parts = [
            part.strip() for part in text.replace("、", ",").replace("・", ",").split(",") if part.strip()
        ]
        if len(parts) > 1 and not all(names.kind(part) == "person" or " " not in part for part in parts):
            parts = [text]
    return parts


def _works_for(
    taker: Taker, taken: Taken, rule: ColumnRule, column: Column, text: str, person: int, told: str
) -> None:
    """Keep the organisation of somebody who is known where it belongs, else in the note."""
    beside = _ORGANISATION_OF.get(rule.target, "")
    held = Person.get_by_id(person).organisation_id
    if held is not None and held == taker.directory.find("organisation", told):
        return
    if beside in taker.fields and beside not in taker.mapped:
        organisation(taker, taken, beside, column, told)
    else:
        taken.note.append(captioned(column.shown, text))


def _many(taker: Taker, taken: Taken, rule: ColumnRule, column: Column, text: str, target: str) -> None:
    found = set()
    parts = names.several(text)
    if len(parts) == 1 and taker.directory.known(text) != target:
        parts = names.enumerated(text, taker.directory.known)
    for part in parts:
        party = names.party(part, rule.split, taker.directory.known)
        name = party.person if target == "person" else party.organisation or party.person
        try:
            found.add(value_of(taker.directory, target, name or part, taker.mapping.make_names))
        except Unknown as error:
            taker.refuse(taken, column, text, str(error), part=part)
        if target == "organisation" and party.organisation and party.person:
            taken.note.append(captioned(column.shown, part))
    if found:
        taker.set(taken, rule.target, column, frozenset(found))


def _countries(taker: Taker, taken: Taken, name: str, column: Column, text: str) -> None:
    whole = find_country(text)
    found, partners = set(), set()
    for part in [text] if whole else names.listed(text):
        code = find_country(part)
        known = None if code else _organisation(taker, name, part)
        if code:
            found.add(code)
        elif known is not None:
            partners.add(known)
        else:
            why = _("“{text}” is not a country; use its name or its two-letter code.").format(
                text=quoted(part)
            )
            taker.refuse(taken, column, text, why, part=part)
    if found:
        taker.set(taken, name, column, frozenset(found))
    if partners:
        taker.set(taken, "partners", column, frozenset(partners))


def _organisation(taker: Taker, name: str, text: str) -> int | None:
    """An organisation that stands among partner countries, as the OECD does."""
    if name != "partner_countries" or "partners" in taker.mapped:
        return None
    try:
        return taker.directory.find("organisation", text)
    except Unknown:
        return None


def _sectors(taker: Taker, taken: Taken, name: str, column: Column, text: str) -> None:
    found = set()
    whole = taker.directory.sectors(text)
    for part in [text] if whole else names.listed(text):
        named = taker.directory.sectors(part)
        if named:
            found.add(named[0].key)
        else:
            why = _("There is no sector “{name}”.").format(name=quoted(part))
            taker.refuse(taken, column, text, why, part=part)
    if found:
        taker.set(taken, name, column, frozenset(found))


def attendees(taker: Taker, taken: Taken, text: str) -> None:
    """Those at a meeting: people of the directory, or names as they were typed."""
    parts = names.several(text)
    if len(parts) == 1 and names.halves(text) is None:
        parts = names.enumerated(text, taker.directory.known)
    for part in parts:
        party = names.party(part, "", taker.directory.known)
        try:
            person = taker.directory.find("person", party.person, officer=True) if party.person else None
            works_for = (
                taker.directory.find("organisation", party.organisation) if party.organisation else None
            )
        except Unknown:
            person = works_for = None
        lost = bool(party.organisation and works_for is None) or not party.person
        taken.attendees.append(
            (person if person is not None and not lost else part if lost else party.person, works_for)
        )

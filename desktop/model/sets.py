"""The link tables of sets: which countries, sectors, organisations and people belong to a subject, and as what."""

from __future__ import annotations

from typing import ClassVar

import peewee as pw

from desktop.i18n import N_
from desktop.model.base import Base, Subject
from desktop.model.kinds import Country
from desktop.model.organisation import Organisation
from desktop.model.person import Person
from desktop.model.sector import Sector


class Membership(Base):
    """An element of a set: `role` tells which of the subject's sets it is in."""

    element: ClassVar[str]

    subject = pw.ForeignKeyField(Subject, backref="+", on_delete="RESTRICT", index=False)
    role = pw.TextField()


def _keys(element: str) -> tuple[tuple[tuple[str, ...], bool], ...]:
    # One index finds the set of a subject, the other the subjects of an element.
    return ((("subject", "role", element), True), ((element, "role", "subject"), False))


class SubjectCountry(Membership):
    """A country of a subject."""

    element = "country"
    country = Country(N_("Country"))

    class Meta:
        indexes = _keys("country")


class SubjectSector(Membership):
    """A sector of a subject."""

    element = "sector"
    sector = pw.ForeignKeyField(Sector, backref="+", on_delete="RESTRICT", index=False)

    class Meta:
        indexes = _keys("sector")


class SubjectOrganisation(Membership):
    """An organisation of a subject."""

    element = "organisation"
    organisation = pw.ForeignKeyField(Organisation, backref="+", on_delete="RESTRICT", index=False)

    class Meta:
        indexes = _keys("organisation")


class SubjectPerson(Membership):
    """A person of a subject."""

    element = "person"
    person = pw.ForeignKeyField(Person, backref="+", on_delete="RESTRICT", index=False)

    class Meta:
        indexes = _keys("person")


SETS = (SubjectCountry, SubjectSector, SubjectOrganisation, SubjectPerson)

"""Meetings: when and where the agenda came up, with whom, and what was decided."""

from __future__ import annotations

import datetime as dt

from desktop.i18n import N_, _, format_date
from desktop.model import scales
from desktop.model.anchored import Anchored
from desktop.model.base import Registered
from desktop.model.computed import Computed
from desktop.model.dates import Date, FuzzyDate, Time, Timestamp, Zone, local_instant, stamp, twice
from desktop.model.gathered import OWN, Gathered
from desktop.model.kinds import Choice, Country, Flag, Invalid, LongText, Number, SortKey, Text
from desktop.model.relations import Many, Reference
from desktop.model.series import Series
from desktop.model.sets import SubjectCountry, SubjectOrganisation, SubjectSector

_ATTENDEES = (
    "SELECT group_concat(coalesce(p.name, a.name), '; ') FROM attendance a LEFT JOIN person p ON p.id = a.person_id"
    " WHERE a.meeting_id = {{t}}.id AND a.presence = 'present' AND a.side {side} ('post', 'capital')"
)

_CONCERNED = (
    OWN,
    "SELECT id, country FROM meeting",
    "SELECT s.subject_id AS id, o.country FROM subject_organisation s JOIN organisation o"
    " ON o.id = s.organisation_id WHERE s.role = 'counterpart'",
)
"""SQL: the countries that it was about, the one that it was in, and those of the counterparts."""


class Meeting(Registered, Anchored):
    """A meeting; the encounters that a catalogue brings are `historic`."""

    singular, plural = N_("Meeting"), N_("Meetings")
    prefix = "MT"

    title = Text(N_("Meeting"), required=True, listed=True, searched=True, sort="title_key", width=44)
    title_key = SortKey("title")
    kind = Choice(
        N_("Kind"), scales.MEETING_KIND, default="bilateral", filtered=True, listed=True, index=True
    )
    state = Choice(
        N_("State"), scales.MEETING_STATE, default="planned", filtered=True, listed=True, index=True
    )
    on = FuzzyDate(N_("Date"), section="dates", listed=True, required=True, index=True)
    date_wording = Text(N_("Date, in the source's words"), section="dates")
    starts = Time(N_("From"), section="dates")
    ends_on = Date(N_("Last day"), section="dates")
    ends = Time(N_("To"), section="dates")
    zone = Zone(N_("Time zone"), section="dates", exported=False)
    fold = Choice(N_("Of the hour that comes twice"), scales.FOLD, section="dates", exported=False)
    starts_at = Timestamp(N_("Starts (UTC)"), section="dates", derived=True, exported=False)
    ends_at = Timestamp(N_("Ends (UTC)"), section="dates", derived=True, exported=False)
    place = Text(N_("Place"), searched=True, listed=True)
    country = Country(N_("Country"), filtered=True, index=True)
    counterparts = Many(N_("Counterparts"), SubjectOrganisation, "counterpart", listed=True, filtered=True)
    series = Reference(N_("Series"), Series, filtered=True)
    countries = Many(N_("Countries"), SubjectCountry, "where", filtered=True)
    sectors = Many(N_("Sectors"), SubjectSector, "about", filtered=True)
    attendees_ours = Computed(N_("Attendees (ours)"), _ATTENDEES.format(side="IN"), Text(""))
    attendees_theirs = Computed(N_("Attendees (theirs)"), _ATTENDEES.format(side="NOT IN"), Text(""))
    purpose = LongText(N_("Purpose"), searched=True)
    agenda = LongText(N_("Agenda"), searched=True, section="minutes", exported=False)
    minutes = LongText(N_("Minutes"), searched=True, section="minutes", exported=False)
    decisions = LongText(N_("Decisions"), searched=True, section="minutes")
    decided = Computed(
        N_("Decisions, point by point"),
        "SELECT group_concat(p.text, char(10)) FROM (SELECT text FROM point"
        " WHERE meeting_id = {t}.id AND kind = 'decision' ORDER BY position, id) p",
        LongText(""),
        section="minutes",
        exported=False,
    )
    final_version = Computed(
        N_("Final version"),
        "SELECT max(v.number) FROM minutes_version v WHERE v.meeting_id = {t}.id",
        Number(""),
        section="minutes",
        exported=False,
        width=10,
    )
    historic = Flag(N_("History, from the catalogue"), section="source", exported=False, filtered=True)
    follow_ups_open = Computed(
        N_("Open follow-ups"),
        "SELECT count(*) FROM follow_up f WHERE f.meeting_id = {t}.id AND f.status NOT IN ('done', 'cancelled')",
        Number(""),
        listed=True,
        width=10,
    )
    follow_ups = Computed(
        N_("All follow-ups"),
        "SELECT count(*) FROM follow_up f WHERE f.meeting_id = {t}.id",
        Number(""),
        width=10,
    )
    concerns = Gathered(N_("Countries concerned"), *_CONCERNED, section="system")

    def derive(self) -> None:
        super().derive()
        # A rule that changed since may skip the time by now; it stays what was agreed.
        begin, end = self._instants(strict=False)
        self.starts_at, self.ends_at = stamp(begin) if begin else None, stamp(end) if end else None

    def _instants(self, *, strict: bool) -> tuple[dt.datetime | None, dt.datetime | None]:
        """When it begins and ends; where `strict`, raises `Invalid` for times that are skipped or come twice."""
        begin = self._instant(self.on, "starts", self.fold, strict)
        end = self._instant(self.ends_on or self.on, "ends", self.fold, strict)
        if begin and end and end < begin:
            # From the first of two such hours into the second.
            end = self._instant(self.ends_on or self.on, "ends", "second", strict)
        return begin, end

    def _instant(self, day: str | None, name: str, fold: str, strict: bool) -> dt.datetime | None:
        time = getattr(self, name)
        both = twice(day, time, self.zone) if strict and not fold else None
        if both is not None:
            first, second = (f"{each:%H:%M}" for each in both)
            raise Invalid(
                _(
                    "{time} comes twice on {day} in {zone}, as the clocks are put back: at {first} and at {second} UTC."
                    " Say in “{field}” which is meant: first or second."
                ).format(
                    time=time,
                    day=format_date(day),
                    zone=self.zone,
                    first=first,
                    second=second,
                    field=type(self).fold.title,
                ),
                "fold",
            )
        try:
            return local_instant(day, time, self.zone, fold, strict=strict)
        except ValueError as error:
            raise Invalid(str(error), name) from None

    def problems(self) -> None:
        if (self.starts or self.ends) and len(self.on or "") < 10:
            raise Invalid(_("A meeting with a time needs an exact date."), "on")
        if self.ends_on and self.on and self.ends_on < self.on:
            raise Invalid(_("The end must not be before the start."), "ends_on")
        begin, end = self._instants(strict=True)
        if begin and end and end < begin:
            raise Invalid(_("The end must not be before the start."), "ends")

"""Series of meetings: what they are called, how often they are held, and with whom."""

from __future__ import annotations

from desktop.i18n import N_
from desktop.model import scales
from desktop.model.base import Registered
from desktop.model.computed import Computed
from desktop.model.dates import FuzzyDate, Time, Zone
from desktop.model.kinds import Choice, Flag, LongText, Number, SortKey, Text
from desktop.model.relations import Many
from desktop.model.sets import SubjectCountry, SubjectOrganisation, SubjectSector


class Series(Registered):
    """Meetings that come back in a rhythm; each one is a meeting of its own."""

    singular, plural = N_("Series"), N_("Meeting series")
    prefix, yearly = "SER", False

    title = Text(N_("Series"), required=True, listed=True, searched=True, sort="title_key", width=36)
    title_key = SortKey("title")
    rhythm = Choice(
        N_("Rhythm"), scales.RHYTHM, default="monthly_weekday", listed=True, filtered=True, width=24
    )
    kind = Choice(N_("Kind"), scales.MEETING_KIND, default="bilateral", listed=True, filtered=True)
    counterparts = Many(N_("Counterparts"), SubjectOrganisation, "counterpart", listed=True, filtered=True)
    countries = Many(N_("Countries"), SubjectCountry, "where", filtered=True)
    sectors = Many(N_("Sectors"), SubjectSector, "about", filtered=True)
    starts = Time(N_("From"), section="dates")
    ends = Time(N_("To"), section="dates")
    zone = Zone(N_("Time zone"), section="dates")
    place = Text(N_("Place"), searched=True)
    purpose = LongText(N_("Purpose"), searched=True)
    ended = Flag(N_("Ended"), filtered=True)
    meetings = Computed(
        N_("Meetings"),
        "SELECT count(*) FROM meeting m WHERE m.series_id = {t}.id",
        Number(""),
        listed=True,
        width=10,
    )
    last_on = Computed(
        N_("Last meeting"),
        "SELECT max(m.\"on\") FROM meeting m WHERE m.series_id = {t}.id AND m.state <> 'planned'",
        FuzzyDate(""),
        section="dates",
        listed=True,
    )
    next_on = Computed(
        N_("Next meeting"),
        "SELECT min(m.\"on\") FROM meeting m WHERE m.series_id = {t}.id AND m.state = 'planned'",
        FuzzyDate(""),
        section="dates",
        listed=True,
    )

"""How what is kept of a workspace is spoken of: when it was made, why, how large it is, how it differs from now.

Instants are told by the clock of the post's time zone; where none is known ('': the workspace cannot be opened), by
that of this computer.
"""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from desktop.i18n import _, format_date, format_datetime, format_number, format_time, join_parts, ngettext
from desktop.model.dates import instant
from desktop.service.backups import Backup, Difference, Work
from desktop.store.kept import WHYS


def when(at: dt.datetime, zone: str = "", now: dt.datetime | None = None) -> str:
    """An instant: today and yesterday by these words, else the day."""
    local = _local(at, zone)
    days = (_local(now or dt.datetime.now(dt.UTC), zone).date() - local.date()).days
    if days == 0:
        return _("Today, {time}").format(time=format_time(local))
    if days == 1:
        return _("Yesterday, {time}").format(time=format_time(local))
    return join_parts(format_date(local.date(), "weekday"), format_time(local))


def moment(at: dt.datetime, zone: str = "") -> str:
    """An instant within a sentence."""
    return format_datetime(_local(at, zone))


def _local(at: dt.datetime, zone: str) -> dt.datetime:
    return at.astimezone(ZoneInfo(zone) if zone else None)


def asked(in_doubt: bool = False) -> str:
    """What is asked before a `{file}` gets the state of `{when}`.

    What cannot be read cannot be gone back to: of a file that is `in_doubt` nothing is said of undoing.
    """
    if in_doubt:
        return _("{file} gets the state of {when}. What is there now is moved aside, and kept.")
    return _(
        "{file} gets the state of {when}. What is there now is moved aside, not deleted; this can be undone."
    )


def why(kept: Backup) -> str:
    """Why it was made."""
    return _(WHYS.get(kept.why, kept.why))


def size(count: int) -> str:
    """So many bytes, in kB or MB."""
    if count < 1_000_000:
        return _("{count} kB").format(count=format_number(max(1, round(count / 1000))))
    return _("{count} MB").format(count=format_number(count / 1_000_000, 1))


def compared(found: Difference, zone: str = "") -> str:
    """How it differs from now, and whose save was its last."""
    at = found.head.at
    if not at:
        return _differs(found)
    return _("{difference}; last: {officer}, {when}").format(
        difference=_differs(found), officer=found.head.officer or "–", when=moment(instant(at), zone)
    )


def _differs(found: Difference) -> str:
    if not found.related:  # nothing to compare with, or another workspace
        return found.sentence()
    parts = []
    if found.here.operations:
        parts.append(_("{work} less than now").format(work=_work(found.here)))
    if found.there.operations:
        parts.append(_("{work} that are not there now").format(work=_work(found.there)))
    return _("; ").join(parts) or _("The same as now")


def _work(work: Work) -> str:
    """So many saves, and the records that they touched."""
    saves = ngettext("{count} save", "{count} saves", work.operations)
    touched = work.made + work.changed + work.deleted
    records = ngettext("{count} record", "{count} records", touched)
    return _("{saves} with {records}").format(
        saves=saves.format(count=format_number(work.operations)),
        records=records.format(count=format_number(touched)),
    )

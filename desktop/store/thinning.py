"""Which backups stay as they grow old: by the sequence of the journal and by time, and never too few.

How old one is, only a clock can tell, and a clock that jumps ahead makes all of them old at once. So the last ones stay
by counting too: as many days, on which one was made, as come before it in the order of the journal.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

from desktop.store.kept import DAY, Backup

LAST = 10
"""So many of the last stay, by sequence, and as many by time: after an older state was restored they differ."""
DAILY = 30
"""So many days keep one each; the months before them keep one each."""
COUNTED = 45
"""So many days on which one was made keep one each, however long ago they are by the clock. More than `DAILY`: a day on
which a clock jumps counts as two."""
GOOD = 5
"""Nothing is removed unless so many that stay can be opened."""
PROTECTED = ("before-migration", "before-import", "before-merge")
"""What stays as long as each day keeps one, whatever comes after it."""


def staying(backups: Iterable[Backup], now: dt.datetime) -> set[Backup]:
    """The backups that stay. Those dated in the future and those that are not whole stay, and count for nothing.

    A clock that was set forward for a day, or back, so takes no backup with it.
    """
    every = set(backups)
    aged = [each for each in every if each.whole and not each.is_aside and each.at <= now]
    stay = every.difference(aged)
    stay.update(sorted(aged, key=_by_sequence)[-LAST:])
    stay.update(sorted(aged, key=_by_time)[-LAST:])
    recent = {each for each in aged if now - each.at <= DAILY * DAY}
    stay.update(_one_each(recent, lambda each: each.at.date()))
    for order in (_by_sequence, _by_time):
        counted, last_of_days = _counted(aged, order)
        recent.update(counted)
        stay.update(last_of_days)
    stay.update(each for each in recent if each.why in PROTECTED)
    stay.update(_one_each(set(aged).difference(recent), lambda each: (each.at.year, each.at.month)))
    return stay


def _counted(backups: Iterable[Backup], order: Callable[[Backup], Any]) -> tuple[list[Backup], list[Backup]]:
    """In an order, the backups since the last one of the day that is `COUNTED` days back; and the last one of each.

    A day begins wherever the date is another than that of the one before: a clock that is set back begins new ones.
    """
    since: list[Backup] = []
    last_of_days: list[Backup] = []
    for each in sorted(backups, key=order, reverse=True):
        if not since or since[-1].at.date() != each.at.date():
            last_of_days.append(each)
        since.append(each)
        if len(last_of_days) == COUNTED:
            break
    return since, last_of_days


def removable(backups: Iterable[Backup], now: dt.datetime, good: Callable[[Backup], bool]) -> list[Backup]:
    """What may go, the oldest first; nothing unless `GOOD` of those that stay pass `good`, which opens them."""
    every = set(backups)
    stay = staying(every, now)
    going = sorted(every - stay, key=_by_sequence)
    if not going:
        return []
    checked = 0
    for each in sorted(stay, key=_by_sequence, reverse=True):
        checked += each.whole and not each.is_aside and good(each)
        if checked == GOOD:
            return going
    return []


def _by_sequence(backup: Backup) -> Any:
    return backup.order


def _by_time(backup: Backup) -> Any:
    return backup.at, backup.clock, backup.again, backup.path.name


def _one_each(backups: Iterable[Backup], slot: Callable[[Backup], Any]) -> list[Backup]:
    """Of the backups of each day or month, the one with the most in it."""
    found: dict[Any, Backup] = {}
    for each in sorted(backups, key=_by_sequence):
        found[slot(each)] = each
    return list(found.values())

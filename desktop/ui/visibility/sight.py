"""What sharing comes to, in words: how much is opened, and what stays hidden although it was ticked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from desktop.i18n import N_, _, format_number, join_list, ngettext
from desktop.model import AgendaItem, Attendance, FollowUp, Person, Point
from desktop.model.visibility import INTERNAL, PARTNER, PUBLIC, levels
from desktop.service import links
from desktop.service.sharing import NAMED, RECORD, TEXTS, Shareable

_OPENED = {
    INTERNAL: N_("For the post alone from now on: {what}."),
    PARTNER: N_("The partner will see {what}."),
    PUBLIC: N_("Anyone may see {what}."),
}
_SAME = {
    INTERNAL: N_("Nothing is ticked that others see now."),
    PARTNER: N_("Nothing is ticked that the partner does not see already."),
    PUBLIC: N_("Nothing is ticked that is not public already."),
}


def concerned(chosen: Sequence[Shareable], level: str) -> list[Shareable]:
    """Those of the chosen that have another level."""
    return [each for each in chosen if each.level != level]


def open_already(each: Shareable, level: str) -> bool:
    """Whether those of a level see it as it is; nothing is open already to the post alone."""
    return each.level == level if level == INTERNAL else each.level in levels(level)


def sentences(
    everything: Sequence[Shareable], chosen: Sequence[Shareable], level: str, records: Sequence[Any]
) -> list[str]:
    """What those of a level will see of `records`, if what is chosen of everything is given to them."""
    changing = concerned(chosen, level)
    said = _(_OPENED[level]).format(what=_counted(changing)) if changing else _(_SAME[level])
    return [said] if level == INTERNAL else [said, *_hidden(everything, chosen, level, records)]


def _counted(changing: Sequence[Shareable]) -> str:
    counts = dict.fromkeys((RECORD, TEXTS, "", NAMED), 0)
    for each in changing:
        counts[each.group if each.group in counts else ""] += 1
    words = {
        RECORD: ngettext("{count} record", "{count} records", counts[RECORD]),
        TEXTS: ngettext("{count} long text", "{count} long texts", counts[TEXTS]),
        "": ngettext("{count} part", "{count} parts", counts[""]),
        NAMED: ngettext("{count} name", "{count} names", counts[NAMED]),
    }
    return join_list(
        [words[key].format(count=format_number(count)) for key, count in counts.items() if count]
    )


def _hidden(
    everything: Sequence[Shareable], chosen: Sequence[Shareable], level: str, records: Sequence[Any]
) -> list[str]:
    """Why something that is chosen is not seen even so."""
    opened = {each.record.uid for each in chosen if not each.text}

    def sees(record: Any) -> bool:
        return record.uid in opened or record.visibility in levels(level)

    told = []
    shut = [record.ref for record in records if not sees(record)]
    within = [each for each in chosen if each.group not in (RECORD, NAMED)]
    if shut and within:
        words = _("Nothing of {refs} is seen as long as the record itself is not shared.")
        told.append(words.format(refs=join_list(shut)))
    people = sum(not sees(found) for found in map(_person, within) if found is not None)
    if people:
        words = ngettext(
            "{count} attendee stays hidden: the person is internal.",
            "{count} attendees stay hidden: the people are internal.",
            people,
        )
        told.append(words.format(count=format_number(people)))
    leaning = sum(not sees(found) for found in map(_record_of, within) if found is not None)
    if leaning:
        words = ngettext(
            "{count} point or agenda item stays hidden: the record that it is about is internal.",
            "{count} points or agenda items stay hidden: the records that they are about are internal.",
            leaning,
        )
        told.append(words.format(count=format_number(leaning)))
    names = sum(each.group == NAMED and not sees(each.record) for each in everything)
    if names:
        words = ngettext(
            "{count} name in it is internal, and left out.",
            "{count} names in it are internal, and left out.",
            names,
        )
        told.append(words.format(count=format_number(names)))
    return told


def _person(each: Shareable) -> Any:
    """The person whose attendance it is."""
    number = each.record.person_id if isinstance(each.record, Attendance) else None
    return Person.get_or_none(Person.id == number) if number else None


def _record_of(each: Shareable) -> Any:
    """The record without which a point or an item of the agenda is nothing."""
    if isinstance(each.record, Point) and each.record.follow_up_id:
        return FollowUp.get_or_none(FollowUp.id == each.record.follow_up_id)
    if isinstance(each.record, AgendaItem) and each.record.subject_id:
        return links.subject(each.record.subject_id)
    return None

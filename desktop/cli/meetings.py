"""The commands about meetings: their agenda, the versions of their minutes, the next one of a series.

To add one: a function here, its name in `COMMANDS`, its arguments in `arguments`.
"""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable, Iterator
from dataclasses import asdict
from itertools import pairwise
from typing import Any

from desktop.cli import output
from desktop.cli.opening import opened
from desktop.countries import country_name
from desktop.i18n import _, captioned, format_date, format_datetime, format_number, join_parts
from desktop.model import AgendaItem, Invalid, Meeting, Person, Series
from desktop.model.dates import Date
from desktop.service import (
    agenda,
    carry_over,
    holidays,
    links,
    minutes_content,
    minutes_state,
    series,
    versions,
)
from desktop.service.workspace import Workspace


def meeting_of(ref: str) -> Any:
    """The meeting with this reference; raises `Invalid`."""
    found = links.find(ref)
    if not isinstance(found, Meeting):
        raise Invalid(_("{ref} is no meeting; give the reference of one.").format(ref=found.ref), "ref")
    return found


# ---- the agenda


def agenda_(asked: Namespace) -> None:
    """`juntos agenda`"""
    with opened(asked) as workspace:
        meeting = meeting_of(asked.ref)
        for topic in asked.add:
            agenda.add(workspace, meeting, topic)
        if asked.carry:
            _carry(workspace, meeting)
        carried = carry_over.of(meeting)
        items = [_item(item) for item in agenda.items(meeting)]
        promised = [_promise(each) for each in carried.follow_ups]
        topics = [_item(each) | {"meeting": Meeting.words_of(each.meeting_id)} for each in carried.topics]
    if asked.format == "json":
        output.one({"agenda": items, "carried_over": {"follow_ups": promised, "topics": topics}})
        return
    heads = [_("No."), _("Topic"), _("Record"), _("State of the item"), _("Carried over from")]
    rows = [
        (
            format_number(number),
            item["topic"],
            item["record"],
            AgendaItem.state.text(item["state"]),
            item["carried_from"],
        )
        for number, item in enumerate(items, start=1)
    ]
    if rows:
        output.table(heads, rows, [True, False, False, False, False])
    else:
        print(_("There is nothing on the agenda yet."))
    if promised or topics:
        print(f"\n{captioned(_('Carried over, and not on the agenda'), '').rstrip()}")
        left = [(each["ref"], each["title"], format_date(each["due_on"])) for each in promised]
        left += [(each["meeting"], each["topic"], "") for each in topics]
        output.table([_("Ref"), _("What"), _("Due")], left)


def _carry(workspace: Workspace, meeting: Any) -> None:
    """Put all that is carried over on the agenda, as one operation."""
    carried = carry_over.of(meeting)
    everything = (*carried.follow_ups, *carried.topics)
    if not everything:
        return
    with workspace.operation(_("Carry over to {meeting}").format(meeting=workspace.say(meeting))) as writing:
        for each in everything:
            agenda.carry(writing, meeting, each)


def _item(item: Any) -> dict[str, Any]:
    earlier = AgendaItem.get_or_none(AgendaItem.id == item.carried_from_id)
    return {
        "topic": item.topic,
        "state": item.state,
        "record": links.subject(item.subject_id).ref if item.subject_id else "",
        "carried_from": Meeting.words_of(earlier.meeting_id) if earlier is not None else "",
    }


def _promise(follow_up: Any) -> dict[str, Any]:
    names = ("ref", "title", "direction", "status", "due_on")
    return {name: getattr(follow_up, name) for name in names}


# ---- the versions of minutes


def versions_(asked: Namespace) -> None:
    """`juntos versions`"""
    with opened(asked) as workspace:
        meeting = meeting_of(asked.ref)
        found = versions.versions(meeting)
        if asked.compare:
            _tell_differences(asked, list(_differences(meeting, found)))
        elif asked.format == "json":
            output.objects(map(_version, found))
        elif found:
            heads = [
                _("Version"),
                _("Made final at"),
                _("Made final by"),
                _("Reopened at"),
                _("Reopened by"),
                _("Reason"),
            ]
            output.table(heads, [_version_row(workspace, version) for version in found])
        else:
            print(minutes_state.in_words(meeting.state, None))


def _version(version: Any) -> dict[str, Any]:
    return {
        "version": version.number,
        "made_at": version.made_at,
        "made_by": _name(version.made_by_id),
        "reopened_at": version.reopened_at,
        "reopened_by": _name(version.reopened_by_id),
        "reopened_why": version.reopened_why,
    }


def _version_row(workspace: Workspace, version: Any) -> tuple[str, ...]:
    made, reopened = (
        format_datetime(workspace.local(at)) if at else "" for at in (version.made_at, version.reopened_at)
    )
    by, again = _name(version.made_by_id), _name(version.reopened_by_id)
    return format_number(version.number), made, by, reopened, again, version.reopened_why


def _name(person: int | None) -> str:
    return Person.words_of(person) if person else ""


def _differences(meeting: Any, found: list[Any]) -> Iterator[dict[str, Any]]:
    """What differs from each version to the next, and from the last to the minutes as they are now."""
    contents = [(str(version.number), versions.content(version)) for version in found]
    if found and meeting.state != "final":
        contents.append((_("now"), minutes_content.of(meeting)))
    for (one, before), (other, after) in pairwise(contents):
        for difference in minutes_content.compare(before, after):
            yield {"from": one, "to": other, **asdict(difference)}


def _tell_differences(asked: Namespace, found: list[dict[str, Any]]) -> None:
    if asked.format == "json":
        output.objects(found)
    elif found:
        heads = [_("Versions"), _("What"), _("Field"), _("Was"), _("Is")]
        output.table(
            heads,
            [
                (
                    f"{each['from']} → {each['to']}",
                    join_parts(each["part"], each["name"]),
                    each["field"],
                    each["was"],
                    each["now"],
                )
                for each in found
            ],
            most=40,
        )
    else:
        print(_("Nothing differs."))


def final(asked: Namespace) -> None:
    """`juntos final`"""
    with opened(asked) as workspace:
        meeting = meeting_of(asked.ref)
        version = versions.make_final(workspace, meeting)
        print(minutes_state.in_words("final", version.number))
        told = agenda.undiscussed(meeting)
        if told:
            print(told, file=sys.stderr)


def reopen(asked: Namespace) -> None:
    """`juntos reopen`"""
    with opened(asked) as workspace:
        versions.reopen(workspace, meeting_of(asked.ref), asked.reason)


# ---- series


def next_(asked: Namespace) -> None:
    """`juntos next`"""
    with opened(asked) as workspace:
        found = Series.find(asked.series)
        on = str(Date(_("Date")).parse(asked.on) or "")
        proposal = _proposed(workspace, found, on)
        planned = ""
        if asked.plan:
            planned = series.plan_next(workspace, found, on).ref
    if asked.format == "json":
        skipped = [{"day": day, "country": country, "name": name} for day, country, name in proposal.skipped]
        output.one({"on": on if planned and on else proposal.on, "skipped": skipped, "planned": planned})
        return
    day = on if planned and on else proposal.on
    print(join_parts(planned, format_date(day, "weekday")))
    for skipped_day, country, name in proposal.skipped:
        where = country_name(country) if country else ""
        print(f"  {format_date(skipped_day, 'weekday')}  {join_parts(where, name)}", file=sys.stderr)


def _proposed(workspace: Workspace, of: Any, on: str) -> series.Proposal:
    """When the next meeting would be: in the rhythm, or on that day if it is a working day, else the next one."""
    if not on:
        return series.propose(workspace, of)
    both = series.countries(workspace, of)
    day, skipped = holidays.next_working_day(on, both, workspace.facts.closed_days)
    return series.Proposal(day, tuple(skipped))


COMMANDS: dict[str, Callable[[Namespace], None]] = {
    "agenda": agenda_,
    "versions": versions_,
    "final": final,
    "reopen": reopen,
    "next": next_,
}

"""The verbs that all entities share: add, change, delete, hand over, read as JSON.

They know what a plain act does not: a status that is set is an update of the progress log, a date that is moved
is an extension, and what belongs to a record goes with it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from desktop.i18n import _, ngettext, quoted
from desktop.model import (
    AgendaItem,
    Attendance,
    Edition,
    Entity,
    Extension,
    FollowUp,
    Invalid,
    Link,
    Meeting,
    MinutesVersion,
    Organisation,
    Person,
    Point,
    Quote,
    Recommendation,
    Record,
    Series,
    Source,
    Update,
    field,
    fields,
    journalled,
)
from desktop.model.base import Registered, sets
from desktop.model.computed import Computed
from desktop.model.followed import Followed
from desktop.model.relations import Many
from desktop.service import (
    agenda,
    attachments,
    closing,
    extensions,
    minutes_state,
    points,
    progress,
    versions,
)
from desktop.service.conflicts import Conflict
from desktop.service.journal import stored
from desktop.service.operation import Writing, unknown_field
from desktop.service.workspace import Workspace


def parse(entity: type[Entity], texts: dict[str, str]) -> dict[str, Any]:
    """Values for texts that somebody typed; raises `Invalid` for the first that cannot be taken."""
    known = {f.name: f for f in journalled(entity) if f.editable or f.name == "ref"}
    values = {}
    for name, text in texts.items():
        if name not in known:
            raise unknown_field(entity, name)
        values[name] = known[name].parse(text)
    return values


def add(workspace: Workspace, entity: type[Entity], values: dict[str, Any]) -> Any:
    """A new record; raises `Invalid`. A meeting or follow-up starts with what the day and the officer imply."""
    label = labelled(_("Add {kind}").format(kind=_(entity.singular)), entity, values)
    with workspace.operation(label) as writing:
        return make(writing, entity, values)


def labelled(act: str, entity: type[Entity], values: dict[str, Any]) -> str:
    """The label of an act that makes a record, with what the record is called."""
    return _("{act}: {name}").format(act=act, name=quoted(str(values.get(entity.naming, ""))))


def _name_both_ends(given: dict[str, Any], post_uid: str) -> None:
    """Who owes and who is owed: our post where nobody is named, so that no list leaves it blank."""
    ours = Organisation.one("uid", post_uid)
    if ours is None:
        return
    if not given.get("owed_by") and not given.get("owed_by_person"):
        given["owed_by"] = ours.id
    elif given.get("owed_by") not in (None, ours.id) and not given.get("owed_to_person"):
        given["owed_to"] = given.get("owed_to") or ours.id


def make(writing: Writing, entity: type[Entity], values: dict[str, Any], *, uid: str = "") -> Any:
    """`add`, within an operation; `uid` is given where it follows from what the record is made of."""
    workspace, today = writing.workspace, writing.workspace.today()
    given = dict(values)
    if entity is FollowUp:
        due = field(FollowUp, "due_on").check(given.get("due_on"))
        given.setdefault("raised_on", min(today, due or today))
        given.setdefault("due_first", due)
        given.setdefault("owner", workspace.officer.id if workspace.officer else None)
        _name_both_ends(given, workspace.facts.post_uid)
        given |= closing.follows(None, given.get("status") or "", given, today)
    if entity is Recommendation:
        given.setdefault("target_first", given.get("target_on"))
    if entity is Meeting:
        return _make_meeting(writing, given, uid)
    return writing.create(entity, given, uid=uid)


def _make_meeting(writing: Writing, given: dict[str, Any], uid: str) -> Any:
    """A meeting, the lines of its agenda as items and those of its decisions as points, each for itself."""
    today = writing.workspace.today()
    given.setdefault("zone", writing.workspace.facts.zone)
    on = field(Meeting, "on").check(given.get("on"))
    given.setdefault("state", "held" if on < today[: len(on)] else "planned")
    minutes_state.check_new(given["state"], on, today)
    decided = points.lines(field(Meeting, "decisions").check(given.pop("decisions", "")))
    topics = points.lines(field(Meeting, "agenda").check(given.pop("agenda", "")))
    if given["state"] == "held" and (decided or str(given.get("minutes") or "").strip()):
        given["state"] = "draft"
    meeting = writing.create(Meeting, given, uid=uid)
    for topic in topics:
        agenda.make(writing, meeting, topic)
    for text in decided:
        points.make(writing, meeting, "decision", text)
    return meeting


def change(
    workspace: Workspace, record: Any, values: dict[str, Any], *, reason: str = "", agreed_by: str = ""
) -> bool:
    """Set fields of a record; returns whether anything differs. Raises `Invalid` or `Conflict`.

    `reason` and `agreed_by` go with a date that is moved.
    """
    names = ", ".join(_title(type(record), name) for name in values)
    label = _("Change {record}: {fields}").format(record=workspace.say(record), fields=names)
    with workspace.operation(label) as writing:
        return amend(writing, record, values, reason=reason, agreed_by=agreed_by)


def amend(
    writing: Writing, record: Any, values: dict[str, Any], *, reason: str = "", agreed_by: str = ""
) -> bool:
    """`change`, within an operation: all fields at once, then what their change means."""
    if isinstance(record, Meeting):
        return _amend_meeting(writing, record, values, reason)
    entity, today = type(record), writing.workspace.today()
    given: dict[str, Any] = {}
    statuses = {}
    for aspect, name in _statuses(record).items():
        if name in values:
            before, after = getattr(record, name), field(entity, name).check(values[name])
            if after != before:
                statuses[aspect] = before, after
    if isinstance(record, FollowUp) and statuses:
        given |= closing.follows(record, field(entity, "status").check(values["status"]), values, today)
    moved = extensions.movable(record)
    before_moved = getattr(record, moved) if moved else None
    if moved in values:
        given |= extensions.first_set(record, field(entity, moved).check(values[moved]))
    differs = writing.change(record, given | values)
    if isinstance(record, FollowUp) and differs:
        closing.check_kept(record, values, today)
    for aspect, (before, after) in statuses.items():
        if after:
            told = {"done": record.outcome} if "outcome" in values and isinstance(record, FollowUp) else {}
            progress.log(writing, record, aspect, before, after, today, **told)
    if moved in values:
        extensions.note(writing, record, before_moved, reason, agreed_by)
    return differs


def _amend_meeting(writing: Writing, meeting: Any, values: dict[str, Any], reason: str) -> bool:
    """`amend` of a meeting, whose state leads to final minutes, or back; then `reason` says why."""
    state = field(Meeting, "state").check(values.get("state", meeting.state))
    reopened = meeting.state == "final" != state
    if reopened:
        versions.unlock(writing, meeting, reason)
    given = {name: value for name, value in values.items() if name != "state"}
    if state not in ("final", meeting.state):
        given["state"] = state
    differs = writing.change(meeting, given) or reopened
    if values.keys() & {"state", "on"}:
        minutes_state.check_day(meeting.state, meeting.on, writing.workspace.today())
    if "state" not in values and given.keys() & {"minutes", "decisions"} and differs:
        minutes_state.begin_draft(writing, meeting)
    if state == "final" != meeting.state:
        versions.finalise(writing, meeting)
        differs = True
    return differs


def _statuses(record: Any) -> dict[str, str]:
    """The fields whose change is an update of the progress log, by its aspect."""
    if not isinstance(record, Followed):
        return {}
    aspects = ("reported", progress.DESK) if isinstance(record, Recommendation) else ("reported",)
    return {aspect: progress.status_field(type(record), aspect) for aspect in aspects}


def _title(entity: type[Record], name: str) -> str:
    try:
        return field(entity, name).title
    except KeyError:
        raise unknown_field(entity, name) from None


def change_many(
    workspace: Workspace,
    records: Iterable[Any],
    values: dict[str, Any],
    *,
    reason: str = "",
    agreed_by: str = "",
) -> int:
    """Set the same fields of many records, such as their owner, as one operation; returns how many differ.

    `reason` and `agreed_by` go with dates that are moved.
    """
    chosen = list(records)
    names = ", ".join(_title(type(chosen[0]), name) for name in values) if chosen else ""
    label = ngettext(
        "Change {fields} of {count} record", "Change {fields} of {count} records", len(chosen)
    ).format(fields=names, count=len(chosen))
    with workspace.operation(label) as writing:
        differ = 0
        for record in chosen:
            try:
                differ += amend(writing, record, values, reason=reason, agreed_by=agreed_by)
            except Invalid as error:
                if len(chosen) == 1:
                    raise
                words = _("{record}: {problem}").format(record=workspace.say(record), problem=error)
                raise Invalid(words, error.field) from error
        return differ


def delete(workspace: Workspace, records: Iterable[Any]) -> None:
    """Delete records with what belongs to them, as one operation; raises `Conflict` where others need them."""
    chosen = list(records)
    if len(chosen) == 1:
        label = _("Delete {record}").format(record=workspace.say(chosen[0]))
    else:
        label = ngettext("Delete {count} record", "Delete {count} records", len(chosen)).format(
            count=len(chosen)
        )
    with workspace.operation(label) as writing:
        left = chosen
        while left:
            left = _remove_some(writing, left)


def _remove_some(writing: Writing, records: list[Any]) -> list[Any]:
    """Remove those that none of the others needs; returns the others. Raises `Conflict` where all are needed."""
    left = [record for record in records if not _removed(writing, record)]
    if len(left) == len(records):
        remove(writing, left[0])
    return left


def _removed(writing: Writing, record: Any) -> bool:
    try:
        with writing.nested():
            remove(writing, record)
    except Conflict:
        return False
    return True


def remove(writing: Writing, record: Any) -> None:
    """`delete` of one record, within an operation: its parts first, then itself."""
    for part in _parts(record):
        if isinstance(part, AgendaItem):
            with writing.mended():
                for later in list(AgendaItem.select().where(AgendaItem.carried_from == part.id)):
                    writing.change(later, {"carried_from": None})
        writing.delete(part)
    with writing.mended():
        for found, name in _outliving(record):
            writing.change(found, _as_note(found, record) if name == "follow_up" else {name: None})
    writing.delete(record)


def _outliving(record: Any) -> list[tuple[Any, str]]:
    """What points to a record and outlives it, each with the field that is emptied."""
    pointing: list[tuple[type[Any], str]] = []
    if isinstance(record, Meeting):
        pointing.append((FollowUp, "meeting"))
    if isinstance(record, Series):
        pointing.append((Meeting, "series"))
    if isinstance(record, FollowUp):
        pointing.append((Point, "follow_up"))
    if isinstance(record, Registered):
        pointing.append((AgendaItem, "subject"))
    return [
        (row, name)
        for entity, name in pointing
        for row in list(entity.select().where(getattr(entity, name) == record.id))
    ]


def _as_note(point: Any, follow_up: Any) -> dict[str, Any]:
    """What a point of the minutes becomes when the follow-up that came of it is deleted."""
    return {"kind": "note", "follow_up": None, "was": "follow_up", "text": point.text or follow_up.title}


def _parts(record: Any) -> list[Record]:
    """What belongs to a record and goes with it."""
    parts: list[Record] = []
    if isinstance(record, Registered):
        parts.extend(Link.select().where((Link.from_subject == record.id) | (Link.to_subject == record.id)))
        parts.extend(Update.select().where(Update.subject == record.id))
        parts.extend(Extension.select().where(Extension.subject == record.id))
        parts.extend(attachments.of(record))
        parts.extend(Quote.select().where(Quote.subject == record.id))
    if isinstance(record, Source):
        parts.extend(Edition.select().where(Edition.source == record.id))
    if isinstance(record, Meeting):
        parts.extend(Attendance.select().where(Attendance.meeting == record.id))
        parts.extend(Point.select().where(Point.meeting == record.id))
        parts.extend(AgendaItem.select().where(AgendaItem.meeting == record.id))
        parts.extend(MinutesVersion.select().where(MinutesVersion.meeting == record.id))
    return parts


def change_owner(workspace: Workspace, records: Iterable[Any], owner: Person) -> int:
    """Hand records over to another officer; returns how many changed hands."""
    return change_many(workspace, records, {"owner": owner.id})


def values_of(record: Any) -> dict[str, Any]:
    """All values of a record by field name, sets included, computed columns not."""
    values = {f.name: f.read(record.id) for f in sets(type(record))}
    for f in fields(type(record)):
        if not isinstance(f, Many | Computed):
            values[f.name] = stored(record, f.name)
    return values

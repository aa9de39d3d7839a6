"""Sharing: who may see a record, each of its long texts, its parts, and those whom it names.

    share(workspace, [meeting], "partner", texts=("purpose",), parts=("points",))

Nothing is shared by itself: a record that goes to the partner takes with it only what is named.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from desktop.i18n import N_, _, format_number, join_list, ngettext, quoted
from desktop.model import (
    AgendaItem,
    Attachment,
    Attendance,
    Entity,
    Extension,
    Invalid,
    Meeting,
    Person,
    Point,
    Record,
    Update,
    fields,
)
from desktop.model.base import Registered, sets
from desktop.model.followed import Followed
from desktop.model.relations import Reference
from desktop.model.visibility import AUDIENCES, INTERNAL, PARTNER, PUBLIC, kept, of_text, read, texts
from desktop.service.workspace import Workspace
from desktop.store.audience import DESK

RECORD, TEXTS, NAMED, ALL = "record", "texts", "named", "all"
WORDS = 80
"""Characters of a text that tell which one it is."""

_LABELS = {
    INTERNAL: N_("Keep {what} internal"),
    PARTNER: N_("Share {what} with the partner"),
    PUBLIC: N_("Make {what} public"),
}


@dataclass(frozen=True)
class Shareable:
    """Something with a visibility of its own: a record, one of its long texts, a part, or what the record names."""

    group: str
    """`RECORD`, `TEXTS`, a key of `PARTS`, or `NAMED`."""
    record: Any
    """Whose visibility it is."""
    title: str
    """What it is, in the user's language: the name of the text, the kind of the part."""
    words: str
    """How it begins."""
    text: str = ""
    """The name of the long text, if it is one."""

    @property
    def level(self) -> str:
        """Who may see it now."""
        return of_text(self.record, self.text) if self.text else str(self.record.visibility)


def _updates(record: Any) -> list[Any]:
    # The desk's assessment stays with the post, and so does what sets it.
    rows = Update.select().where((Update.subject == record.id) & (Update.aspect != DESK))
    return list(rows.order_by(Update.on, Update.id))


def _of_meeting(part: Any, *order: Any) -> Callable[[Any], list[Any]]:
    return lambda meeting: list(part.select().where(part.meeting == meeting.id).order_by(*order))


def _of_subject(part: Any) -> Callable[[Any], list[Any]]:
    return lambda record: list(part.select().where(part.subject == record.id).order_by(part.id))


PARTS: dict[str, tuple[type[Record], type[Any], Callable[[Any], list[Any]]]] = {
    "updates": (Update, Followed, _updates),
    "points": (Point, Meeting, _of_meeting(Point, Point.position, Point.id)),
    "agenda": (AgendaItem, Meeting, _of_meeting(AgendaItem, AgendaItem.position, AgendaItem.id)),
    "attendees": (Attendance, Meeting, _of_meeting(Attendance, Attendance.id)),
    "extensions": (Extension, Followed, _of_subject(Extension)),
    "attachments": (Attachment, Registered, _of_subject(Attachment)),
}
"""Each kind of part, the records that have it, and how they are read."""


def shareable(record: Any) -> list[Shareable]:
    """The record, its long texts that say something, its parts, and what is internal of that which it names."""
    found = [Shareable(RECORD, record, _(type(record).singular), record.name_text())]
    apart = {kind.name for kind in texts(type(record))}
    for kind in fields(type(record)):
        value = getattr(record, kind.name) if kind.name in apart else ""
        if value:
            found.append(Shareable(TEXTS, record, kind.title, _beginning(value), kind.name))
    named = [record]
    for key, (part, owner, rows) in PARTS.items():
        for row in rows(record) if isinstance(record, owner) else ():
            found.append(Shareable(key, row, _(part.singular), _beginning(part_words(row))))
            named.append(row)
    return [*found, *_named(named)]


def _named(records: Sequence[Any]) -> list[Shareable]:
    """Directory entries, sources and sectors that these name and that are internal; each once."""
    found: dict[str, Any] = {}
    for record in records:
        for each in _targets(record):
            if each.visibility == INTERNAL:
                found.setdefault(each.uid, each)
    return [
        Shareable(NAMED, each, _(type(each).singular), f"{each.ref} {each.name_text()}")
        for each in found.values()
    ]


def _targets(record: Any) -> list[Any]:
    entity = type(record)
    found = []
    for kind in fields(entity):
        if isinstance(kind, Reference) and _directory(kind.target):
            number = record.__data__.get(kind.name)
            found += [kind.target.get_by_id(number)] if number else []
    for many in sets(entity):
        if many.target is not None and _directory(many.target):
            found += [many.target.get_by_id(each) for each in sorted(many.read(record.id))]
    return found


def _directory(target: Any) -> bool:
    return issubclass(target, Entity) and not issubclass(target, Registered)


def part_words(part: Any) -> str:
    """What a part says."""
    if isinstance(part, Update):
        return part.done or part.next or part.blocks or f"{part.status_from} → {part.status_to}"
    if isinstance(part, Point):
        return part.text or str(field_text(part, "follow_up"))
    if isinstance(part, AgendaItem):
        return str(part.topic)
    if isinstance(part, Attendance):
        return Person.words_of(part.__data__["person"]) if part.__data__["person"] else str(part.name)
    if isinstance(part, Extension):
        return f"{part.from_on or '–'} → {part.to_on or '–'}  {part.reason}".strip()
    return str(part.name)


def field_text(record: Any, name: str) -> str:
    """How a field of a record reads."""
    return str(type(record)._meta.fields[name].text(record.__data__.get(name)))


def _beginning(text: str) -> str:
    line = " ".join(str(text).split())
    return line if len(line) <= WORDS else line[: WORDS - 1].rstrip() + "…"


def share(
    workspace: Workspace,
    records: Iterable[Any],
    level: str,
    texts: Sequence[str] = (),
    parts: Sequence[str] = (),
) -> int:
    """Let those of a level see records, the texts and the kinds of part that are named (or `all`); one operation.

    Returns how much changed. Raises `Invalid` for a text or a kind of part that none of the records has.
    """
    records = list(records)
    _check(records, level, texts, parts)
    chosen = [each for record in records for each in _chosen(record, texts, parts)]
    return share_these(workspace, chosen, level)


def share_these(workspace: Workspace, chosen: Iterable[Shareable], level: str) -> int:
    """Give each of these a visibility, in one operation; returns how many had another one."""
    changing = {(each.record.uid, each.text): each for each in chosen if each.level != level}
    if not changing:
        return 0
    # Several of them may be of one record: it is written once.
    of_record: dict[str, tuple[Any, dict[str, str]]] = {}
    for uid, name in changing:
        record, shared = of_record.setdefault(uid, (changing[uid, name].record, {}))
        if name:
            shared["text_visibility"] = kept(
                {**read(shared.get("text_visibility", record.text_visibility)), name: level}
            )
        else:
            shared["visibility"] = level
    label = _(_LABELS[level]).format(what=_told(workspace, [record for record, _s in of_record.values()]))
    # Who may see minutes is said beside them: final ones keep their words.
    with workspace.operation(label) as writing, writing.mended():
        for record, values in of_record.values():
            writing.change(record, values)
    return len(changing)


def _told(workspace: Workspace, records: Sequence[Any]) -> str:
    """What is shared: the record's reference, or how many records."""
    names = list(dict.fromkeys(map(workspace.say, records)))
    if len(names) == 1:
        return names[0]
    count = ngettext("{count} record", "{count} records", len(names))
    return count.format(count=format_number(len(names)))


def _chosen(record: Any, names: Sequence[str], parts: Sequence[str]) -> list[Shareable]:
    found = []
    for each in shareable(record):
        if each.group == RECORD:
            wanted = True
        elif each.group == TEXTS:
            wanted = ALL in names or each.text in names
        else:
            wanted = each.group in parts or (ALL in parts and each.group != NAMED)
        if wanted:
            found.append(each)
    return found


def _check(records: Sequence[Any], level: str, names: Sequence[str], parts: Sequence[str]) -> None:
    if level not in AUDIENCES:
        raise Invalid(
            _("“{text}” is no audience; use internal, partner or public.").format(text=quoted(level)),
            "visibility",
        )
    known = {kind.name for record in records for kind in texts(type(record))}
    _known(names, known, _("There is no long text “{name}” here; there are: {known}."))
    kinds = {key for record in records for key, (_p, owner, _r) in PARTS.items() if isinstance(record, owner)}
    _known(parts, kinds | {NAMED}, _("There is no part “{name}” here; there are: {known}."))


def _known(names: Sequence[str], known: set[str], words: str) -> None:
    for name in names:
        if name not in known and name != ALL:
            listed = join_list([*sorted(known), ALL])
            raise Invalid(words.format(name=quoted(name), known=listed), "visibility")

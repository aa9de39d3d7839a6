"""Values of the journal in words, as one audience may read them.

To tell of one more kind of part: a line in `PARTS`, and in `_SAID` where its fields do not speak for themselves.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from desktop.i18n import _, captioned, join_parts
from desktop.model import (
    AgendaItem,
    Attachment,
    Attendance,
    Edition,
    Extension,
    Link,
    MinutesVersion,
    Point,
    Quote,
    Record,
    Update,
    field,
)
from desktop.model.kinds import SortKey
from desktop.model.relations import Many, Reference
from desktop.model.scales import RELATION, RELATION_BACK
from desktop.service.changes.sight import Sight
from desktop.service.changes.states import Values, value
from desktop.service.progress import DESK, status_field


@dataclass(frozen=True)
class Part:
    """How a kind of part is told of: by which of its fields it belongs to a record, and by which it differs."""

    owners: tuple[str, ...]
    told: tuple[str, ...]


PARTS: dict[type[Record], Part] = {
    Update: Part(("subject",), ("on", "aspect", "status_from", "status_to", "done", "next", "blocks")),
    Extension: Part(("subject",), ("field", "from_on", "to_on", "reason", "agreed_by")),
    Link: Part(("from_subject", "to_subject"), ("relation", "note")),
    Attendance: Part(("meeting",), ("person", "name", "organisation", "presence")),
    AgendaItem: Part(("meeting",), ("topic", "subject", "state")),
    Point: Part(("meeting",), ("kind", "text", "follow_up")),
    MinutesVersion: Part(("meeting",), ("number", "made_by", "reopened_why")),
    Attachment: Part(("subject",), ("name", "role")),
    Edition: Part(("source",), ("name",)),
    Quote: Part(("subject",), ("section", "paragraph", "quote", "state")),
}
"""The parts of records. What the journal keeps beside them and the entities is the post's own: never told of."""


Said = Callable[[Any, Any], str]
"""How the value of a field reads: given its kind, and the value."""


def plainly(kind: Any, value: Any) -> str:
    """In the words of the field itself."""
    return str(kind.text(value))


class Wording:
    """Says values in words, in the current language."""

    def __init__(self, sight: Sight, said: Said = plainly) -> None:
        self.sight, self.said = sight, said

    def field(self, entity: type[Record], name: str, value: Any) -> str:
        """The value of a field."""
        try:
            kind: Any = field(entity, name)
        except KeyError:
            return "" if value is None else str(value)
        if isinstance(kind, Reference):
            return self.sight.called(kind.target, value) if value else ""
        if isinstance(kind, Many) and kind.target is not None:
            called = (self.sight.called(kind.target, uid) for uid in value or ())
            return "; ".join(sorted(filter(None, called), key=SortKey.key))
        return "" if value is None else self.said(kind, kind.from_json(value))

    def part(self, part: type[Record], values: Values | None, owner: type[Record], end: str) -> str:
        """A part on one line, or its facts on the first and its texts below; `end` is the field by which it belongs
        to the record that this is said of."""
        if values is None:
            return ""
        return _SAID.get(part, _facts)(self, part, values, owner, end)

    def of(self, part: type[Record], values: Values, name: str) -> str:
        """The value of a field of a part."""
        return self.field(part, name, value(part, values, name))


def title(entity: type[Record], name: str) -> str:
    """What a field is called; one that is no more, by its name."""
    try:
        return field(entity, name).title
    except KeyError:
        return name


def _facts(say: Wording, part: type[Record], values: Values, owner: type[Record], end: str) -> str:
    return join_parts(*(say.of(part, values, name) for name in PARTS[part].told))


def _update(say: Wording, part: type[Record], values: Values, owner: type[Record], end: str) -> str:
    status = status_field(owner, values.get("aspect") or "reported")
    was, now = (say.field(owner, status, values.get(name) or None) for name in ("status_from", "status_to"))
    moved = now if was == now else _("{before} → {after}").format(before=was or "–", after=now or "–")
    desk = title(owner, status) if values.get("aspect") == DESK else ""
    facts = join_parts(say.of(part, values, "on"), captioned(desk, moved) if desk else moved)
    texts = [say.of(part, values, "done")]
    for name in ("next", "blocks"):
        words = say.of(part, values, name)
        texts.append(captioned(title(part, name), words) if words else "")
    return "\n".join(filter(None, [facts, *texts]))


def _extension(say: Wording, part: type[Record], values: Values, owner: type[Record], end: str) -> str:
    moved = _("{before} → {after}").format(
        before=say.of(part, values, "from_on") or "–", after=say.of(part, values, "to_on") or "–"
    )
    agreed = say.of(part, values, "agreed_by")
    return join_parts(
        captioned(title(owner, values.get("field", "")), moved),
        say.of(part, values, "reason"),
        captioned(title(part, "agreed_by"), agreed) if agreed else "",
    )


def _link(say: Wording, part: type[Record], values: Values, owner: type[Record], end: str) -> str:
    forward = end == "from_subject"
    other = say.of(part, values, "to_subject" if forward else "from_subject")
    relation = (RELATION if forward else RELATION_BACK)[values["relation"]]
    note = say.of(part, values, "note") if say.sight.internal else ""
    return join_parts(captioned(_(relation), other), note)


def _point(say: Wording, part: type[Record], values: Values, owner: type[Record], end: str) -> str:
    promised, text = (say.of(part, values, name) for name in ("follow_up", "text"))
    return captioned(say.of(part, values, "kind"), " ".join(filter(None, [promised, text])))


def _version(say: Wording, part: type[Record], values: Values, owner: type[Record], end: str) -> str:
    told = [
        captioned(title(part, name), say.of(part, values, name))
        for name in PARTS[part].told
        if values.get(name)
    ]
    return join_parts(*told)


_SAID: dict[type[Record], Callable[[Wording, type[Record], Values, type[Record], str], str]] = {
    Update: _update,
    Extension: _extension,
    Link: _link,
    Point: _point,
    MinutesVersion: _version,
}

"""What moved, in words: a few for a column, a paragraph for the cover."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from desktop.i18n import _, captioned, format_date, format_number, join_list, join_parts, ngettext
from desktop.model import ENTITIES, RECORDS, field
from desktop.model.followed import Followed
from desktop.model.kinds import SortKey
from desktop.service.changes.moved import Baseline, Moved, called
from desktop.service.changes.wording import Said, plainly, title
from desktop.service.extensions import DATES

NAMED = 3
"""Of the records with a mark, so many are named in the paragraph."""
_FOLLOWED = {entity.key(): place for place, entity in enumerate(ENTITIES) if issubclass(entity, Followed)}


def words(moved: Moved, said: Said = plainly) -> str:
    """What happened to a record, its marks with what they say."""
    return _("; ").join(_marked(moved, mark, said) for mark in moved.marks)


def _marked(moved: Moved, mark: str, said: Said) -> str:
    entity: Any = RECORDS[moved.entity]
    told = ""
    if mark in ("closed", "reopened") and moved.status:
        told = _moved(field(entity, entity.course.status), moved.status, said)
    elif mark == "slipped" and moved.due:
        told = _moved(field(entity, DATES[entity][0]), moved.due, said)
    elif mark == "progressed":
        told = _progress(entity, moved, said)
    elif mark == "changed":
        parts = (_(RECORDS[key].singular) for key in moved.parts)
        told = join_parts(*(title(entity, name) for name in moved.fields), *parts)
    return captioned(called(mark), told) if told else called(mark)


def _progress(entity: Any, moved: Moved, said: Said) -> str:
    status = moved.status if not {"closed", "reopened"} & {*moved.marks} else None
    count = ngettext("{count} update", "{count} updates", moved.updates)
    return join_parts(
        _moved(field(entity, entity.course.status), status, said) if status else "",
        count.format(count=format_number(moved.updates)) if moved.updates else "",
    )


def _moved(kind: Any, pair: tuple[str, str], said: Said) -> str:
    before, after = (said(kind, value or None) or "–" for value in pair)
    return _("{before} → {after}").format(before=before, after=after)


def sentences(baseline: Baseline, moved: Sequence[Moved]) -> list[str]:
    """What happened to recommendations, initiatives and follow-ups, the weightiest records by reference."""
    followed = [each for each in moved if each.entity in _FOLLOWED]
    if not followed:
        return [_nothing(baseline)]
    counts = []
    for mark, counted in _COUNTED.items():
        of = [each for each in followed if mark in each.marks]
        if of:
            number = counted(len(of)).format(count=format_number(len(of)))
            named = _named(of) if mark != "changed" else ""
            counts.append(_("{what} ({records})").format(what=number, records=named) if named else number)
    if baseline.report:
        form = _("Since the report of {day}: {counts}.")
    elif baseline.day:
        form = _("Since {day}: {counts}.")
    else:
        form = _("So far: {counts}.")
    return [form.format(day=format_date(baseline.day) if baseline.day else "", counts=join_list(counts))]


_COUNTED: dict[str, Callable[[int], str]] = {
    "new": lambda n: ngettext("{count} new", "{count} new", n),
    "progressed": lambda n: ngettext("{count} progressed", "{count} progressed", n),
    "slipped": lambda n: ngettext("{count} slipped", "{count} slipped", n),
    "closed": lambda n: ngettext("{count} closed", "{count} closed", n),
    "reopened": lambda n: ngettext("{count} reopened", "{count} reopened", n),
    "deleted": lambda n: ngettext("{count} deleted", "{count} deleted", n),
    "changed": lambda n: ngettext("{count} changed otherwise", "{count} changed otherwise", n),
}
"""How many records have a mark, in words, in the order of the paragraph."""


def _nothing(baseline: Baseline) -> str:
    if not baseline.day:
        return _("Nothing has been entered so far.")
    form = (
        _("Since the report of {day}, no recommendation, initiative or follow-up has moved.")
        if baseline.report
        else _("Since {day}, no recommendation, initiative or follow-up has moved.")
    )
    return form.format(day=format_date(baseline.day))


def _named(found: Iterable[Moved]) -> str:
    """The weightiest by reference: by priority, then recommendations before initiatives before follow-ups."""
    ordered = sorted(found, key=lambda m: (m.weight or 9, _FOLLOWED[m.entity], SortKey.key(m.ref)))
    refs, more = [each.ref for each in ordered[:NAMED]], len(ordered) - NAMED
    if more <= 0:
        return join_parts(*refs)
    form = ngettext("{records} and {count} more", "{records} and {count} more", more)
    return form.format(records=join_parts(*refs), count=format_number(more))

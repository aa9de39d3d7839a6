"""How things stand, in one sentence; and what a list was filtered by, in words."""

from __future__ import annotations

from collections import Counter
from typing import Any

from desktop.export import wording
from desktop.export.figures import Figures
from desktop.export.snapshot import Snapshot
from desktop.i18n import _, captioned, format_date, format_number, join_list, join_parts, ngettext
from desktop.model import Record, field, scales
from desktop.model.kinds import Kind
from desktop.model.relations import Many, Reference
from desktop.service.query import Condition, Query, Row

MOST = 8
"""Values of a condition that are named; of more only the first are."""


def headline(figures: Figures) -> str:
    """`9 recommendations: 1 implemented, 4 in progress; 3 follow-ups overdue; 7 updates since 2026-09-30.`

    The asks, where there are any, stand after the recommendations, with how they stand.
    """
    if figures.nothing and not figures.updates:
        return _("Nothing has been entered yet.") if figures.whole else _("Nothing to show here.")
    total, asks = sum(figures.recommendations.values()), sum(figures.asks.values())
    said = [
        ngettext("{count} recommendation", "{count} recommendations", total).format(
            count=format_number(total)
        )
        + _statuses(figures.recommendations),
        ngettext("{count} ask", "{count} asks", asks).format(count=format_number(asks))
        + _statuses(figures.asks)
        if asks
        else "",
        ngettext("{count} follow-up overdue", "{count} follow-ups overdue", figures.overdue).format(
            count=format_number(figures.overdue)
        ),
        _updates(figures),
    ]
    return _("{sentence}.").format(sentence=_("; ").join(part for part in said if part))


def _statuses(tally: Counter[Row]) -> str:
    by_word: Counter[str] = Counter()
    for (status, _rag), count in sorted(tally.items(), key=lambda item: _RANK.index(item[0][0])):
        by_word[wording.word(scales.PROGRESS, status)] += count
    named = [
        _("{count} {status}").format(count=format_number(count), status=_lower(word))
        for word, count in by_word.items()
    ]
    return _(": {statuses}").format(statuses=join_parts(*named)) if named else ""


_RANK = (
    "implemented",
    "substantially_done",
    "in_progress",
    "stalled",
    "not_started",
    "overtaken",
    "closed_not_implemented",
)


def _lower(label: str) -> str:
    """A label within a sentence."""
    return label[:1].lower() + label[1:]


def _updates(figures: Figures) -> str:
    count = figures.updates
    if figures.since:
        text = ngettext("{count} update since {day}", "{count} updates since {day}", count)
    else:
        text = ngettext("{count} update in all", "{count} updates in all", count)
    return text.format(count=format_number(count), day=figures.since)


def period(since: str, until: str) -> str:
    """A reporting period in words."""
    if since:
        return _("{since} to {until}").format(since=format_date(since), until=format_date(until))
    return _("Everything until {until}").format(until=format_date(until))


def everything() -> str:
    """What the whole workbook takes in."""
    return _("All that is open; what was closed and reported in the period")


def in_words(snapshot: Snapshot, query: Query) -> str:
    """What a list shows: its records, its filter, its order."""
    said = [_conditions(snapshot, query.entity, condition) for condition in query.where]
    if query.text.strip():
        said.append(_("containing “{text}”").format(text=query.text.strip()))
    if query.group:
        said.append(_("grouped by {field}").format(field=field(query.entity, query.group).title))
    for order in query.order[:1]:
        title = field(query.entity, order.field).title
        said.append(
            (_("sorted by {field}, last first") if order.descending else _("sorted by {field}")).format(
                field=title
            )
        )
    return (
        captioned(_(query.entity.plural), _("; ").join(said))
        if said
        else _("All {records}").format(records=_lower(_(query.entity.plural)))
    )


def _conditions(snapshot: Snapshot, entity: type[Record], condition: Condition) -> str:
    kind = field(entity, condition.field)
    name = kind.title
    if condition.operator == "empty":
        return (_("{field} is empty") if condition.values[0] else _("{field} is not empty")).format(
            field=name
        )
    told = (_value(snapshot, kind, value) for value in condition.values[:MOST])
    words = [word for word in told if word is not None]
    if len(condition.values) > MOST:
        words.append("…")
    if not words:
        words = [_("what is not there any more")]
    if condition.operator == "from":
        return _("{field} from {value}").format(field=name, value=words[0])
    if condition.operator == "to":
        return _("{field} until {value}").format(field=name, value=words[0])
    text = _("{field} is none of: {values}") if condition.operator == "not" else _("{field}: {values}")
    return text.format(
        field=name, values=join_list(words) if condition.operator == "not" else _(" or ").join(words)
    )


def _value(snapshot: Snapshot, kind: Kind, value: Any) -> str | None:
    """One value of a condition; of a reference the words, None where the snapshot does not show what it refers to."""
    if isinstance(kind, Many) and kind.target is None:
        return kind.text([value])
    if isinstance(kind, Reference | Many):
        row = snapshot.one(Query(kind.target, (getattr(kind.target, "naming", "ref"),)), value)
        return str(row[1]) if row else None
    return wording.said(kind, value)

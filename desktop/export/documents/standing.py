"""How the recommendations and initiatives stand that bear on a meeting, and the last word on a record."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from desktop.export.documents.cells import short, told
from desktop.export.documents.content import Spans, Table, words
from desktop.export.documents.fitting import Section
from desktop.i18n import _, captioned, format_date
from desktop.model import Initiative, Link, Recommendation
from desktop.service import links, progress, query
from desktop.service.query import Query

SHOWN = 15
"""Rows of a table that are looked at; as many stand there as the pages hold."""


class Cut(NamedTuple):
    """What a text in a table, and the one below it, take before they are cut, in hundredths of an em."""

    cell: float
    below: float


ROOMY, TIGHT = Cut(4_200, 3_000), Cut(2_900, 1_400)
"""About three lines and two; two lines and one."""
WIDTHS = (14, 30, 15, 11, 30)


def related(meeting: Any, items: Iterable[Any], promises: Iterable[Any]) -> list[Any]:
    """Recommendations and initiatives that are linked to it, on its agenda, or served by what is open."""
    seen = [each.other for each in links.of(meeting)]
    seen += [links.subject(item.subject_id) for item in items if item.subject_id]
    seen += _served(promises)
    found = {each.id: each for each in seen if isinstance(each, Recommendation | Initiative)}
    return list(found.values())


def _served(promises: Iterable[Any]) -> list[Any]:
    """What follow-ups serve, in their order: read at once, as there may be thousands with one counterpart."""
    place = {each.id: number for number, each in enumerate(promises)}
    rows: Any = Link.select(Link.from_subject, Link.to_subject).where(Link.relation == "serves").tuples()
    first: dict[int, int] = {}
    for follow_up, served in rows:
        if follow_up in place:
            first[served] = min(place[follow_up], first.get(served, place[follow_up]))
    found = [
        record
        for entity in (Recommendation, Initiative)
        for record in entity.select().where(entity.id.in_(list(first)))
    ]
    return sorted(found, key=lambda record: (first[record.id], record.ref_key))


def section(workspace: Any, found: Sequence[Any], cut: Cut) -> Section:
    """A row for each: its status, its RAG, what was last said of it."""
    rows, tones = [], []
    for record in found[:SHOWN]:
        asked = Query(type(record), (record.course.status, "rag"))
        row = query.one(workspace, asked, record.id)
        assert row is not None
        status, _word = query.shown(asked, row)
        own = short(record.own_name, cut.below) if isinstance(record, Initiative) else ""
        name = told(short(record.name_text(), cut.cell), own)
        rows.append((words(record.ref), name, words(status), words("", tone=row[2]), last_word(record, cut)))
        tones.append(("", "", "", row[2], ""))
    heads = (_("Ref"), _("Recommendation or initiative"), _("Status"), _("RAG"), _("Last update"))
    title = _("Recommendations and initiatives")
    return Section(title, Table(heads, tuple(rows), WIDTHS, tuple(tones)), len(found))


def last_word(record: Any, cut: Cut) -> Spans:
    """The last report on a record: its day, what was said, what is next."""
    last = progress.updates(record).first()
    if last is None:
        return ()
    step = _("Next: {step}").format(step=last.next) if last.next else ""
    day, said = format_date(last.on), last.done or last.blocks
    return told(short(captioned(day, said) if said else day, cut.cell), short(step, cut.below))

"""A list as one sees it, and a record, as documents: for paper and for files.

A list has the columns, filters, order and groups of the screen; a long one is cut, and says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby
from typing import Any

from desktop.export import handling
from desktop.export.audience import seen, signed, told
from desktop.export.documents.cells import short
from desktop.export.documents.content import (
    Block,
    Document,
    Facts,
    Heading,
    Paragraph,
    Properties,
    Spans,
    Table,
    words,
)
from desktop.export.report import marking_of
from desktop.export.request import Request
from desktop.i18n import _, captioned, format_date, format_number, join_parts, language, speaking
from desktop.model import field, fields
from desktop.model.base import Registered
from desktop.model.computed import Computed
from desktop.model.followed import Followed
from desktop.model.kind import Kind
from desktop.model.kinds import Choice
from desktop.model.scales import RAG
from desktop.model.visibility import INTERNAL
from desktop.service import links, progress, query
from desktop.service.query import Condition, Query, Row

MOST = 2_000
"""Rows of a document: nobody reads more of them on paper."""
LONGEST = 6_000
"""What a cell takes, in hundredths of an em, before it is cut."""
NARROW, WIDE = 7, 44
"""Bounds of a column's width, in characters."""


def listing(
    workspace: Any, asked: Query, title: str, request: Request, below: str = "", most: int = MOST
) -> Document:
    """The rows of a query in its order, at most so many; `below` the title stands what the list is narrowed to.

    `workspace` need only be readable: a worker can ask. For others, a list is called by what is in it, and nothing
    says what it was narrowed to: that may name what they do not see.
    """
    with speaking(request.language or language()), seen(workspace, request.audience):
        if request.audience != INTERNAL:
            title, below, asked = _(asked.entity.plural), "", told(asked, request.audience)
        grouped = asked.group and asked.group not in asked.columns
        read = replace(asked, columns=(*asked.columns, asked.group)) if grouped else asked
        rows = query.page(workspace, read, most)
        total = query.count(workspace, asked) if len(rows) == most else len(rows)
        made = _document(workspace, title, tuple(_listed(workspace, asked, rows, total)), request, below)
        return replace(made, landscape=landscape(asked))


def narrowed(asked: Query, spoken: str = "") -> str:
    """What a list is narrowed to, in words; for the thread that reads records."""
    with speaking(spoken or language()):
        return join_parts(*(_told(asked.entity, each) for each in asked.where), _searched(asked.text))


def _document(
    workspace: Any, title: str, blocks: tuple[Block, ...], request: Request, below: str
) -> Document:
    handling.check(request.marking, request.audience)
    as_of = _("As of {day}").format(day=format_date(request.as_of or workspace.today()))
    name = signed(workspace, request.prepared_by, request.audience)
    by = captioned(_("Prepared by"), name) if name else ""
    post = workspace.facts.post
    first = " · ".join(part for part in (post, as_of, by) if part)
    return Document(
        title,
        blocks,
        subtitle="\n".join(part for part in (first, below) if part),
        marking=marking_of(workspace, request.marking, request.audience),
        language=language(),
        as_of=as_of,
        properties=Properties(author=post, subject=title),
    )


def _listed(workspace: Any, asked: Query, rows: list[Row], total: int) -> Iterator[Block]:
    if not rows:
        yield Paragraph(words(_("Nothing is in this list."), muted=True))
        return
    if asked.group:
        kind = field(asked.entity, asked.group)
        place = 1 + ((*asked.columns, asked.group).index(asked.group))
        sizes: dict[Any, int] = dict(
            query.tally(workspace, replace(asked, columns=(asked.group,), order=(), group=""))
        )
        for value, members in groupby(rows, key=lambda row: row[place]):
            called = kind.shown(value) or _("None")
            number = format_number(sizes.get(value, 0))
            yield Heading(_("{title} ({count})").format(title=called, count=number), 2)
            yield _table(asked, list(members))
    else:
        yield _table(asked, rows)
    if total > len(rows):
        cut = _("These are the first {count} of {total}.")
        shown = cut.format(count=format_number(len(rows)), total=format_number(total))
        yield Paragraph(words(shown, muted=True))


def _table(asked: Query, rows: list[Row]) -> Table:
    kinds = asked.kinds
    cells = tuple(tuple(_cell(kind, raw) for kind, raw in zip(kinds, row[1:], strict=False)) for row in rows)
    tones = tuple(tuple(_tone(kind, raw) for kind, raw in zip(kinds, row[1:], strict=False)) for row in rows)
    widths = tuple(float(max(NARROW, min(kind.width, WIDE))) for kind in kinds)
    return Table(tuple(kind.title for kind in kinds), cells, widths, tones)


def _cell(kind: Kind, raw: Any) -> Spans:
    tone = _tone(kind, raw)
    return words("", tone=tone) if tone else words(short(kind.shown(raw), LONGEST))


def _tone(kind: Kind, raw: Any) -> str:
    shown = kind.as_ if isinstance(kind, Computed) else kind
    return str(raw) if isinstance(shown, Choice) and shown.scale == RAG and raw in RAG else ""


def _told(entity: Any, condition: Condition) -> str:
    """A filter in words."""
    kind = field(entity, condition.field)
    shown = (
        join_parts(*(kind.text(value) for value in condition.values)) if condition.operator != "empty" else ""
    )
    words_of = {
        "in": "{value}",
        "not": _("not {value}"),
        "from": _("from {value}"),
        "to": _("to {value}"),
        "empty": _("None") if condition.values[0:1] == (True,) else _("any"),
    }
    return captioned(kind.title, words_of[condition.operator].format(value=shown))


def _searched(text: str) -> str:
    return captioned(_("Search"), text.strip()) if text.strip() else ""


def record(workspace: Any, shown: Any, request: Request) -> Document:
    """All that is known of a record: its fields, what it is linked to, what was reported on it."""
    with speaking(request.language or language()), seen(workspace, request.audience, shown) as (shown,):
        entity = type(shown)
        kinds = [kind for kind in fields(entity) if kind.section != "system" and kind.name != entity.naming]
        asked = Query(entity, tuple(kind.name for kind in kinds))
        row = query.one(workspace, asked, shown.id)
        texts = query.shown(asked, row) if row is not None else ()
        facts = tuple((kind.title, words(text)) for kind, text in zip(kinds, texts, strict=False) if text)
        blocks: list[Block] = [Facts(facts)]
        if isinstance(shown, Registered):
            blocks += _linked(shown)
        if isinstance(shown, Followed):
            blocks += _reported(shown)
        return _document(workspace, f"{shown.ref} {shown.name_text()}", tuple(blocks), request, "")


def _linked(shown: Any) -> list[Block]:
    rows = tuple(
        (words(each.relation), words(each.other.ref), words(short(each.other.name_text(), LONGEST)))
        for each in links.of(shown)
    )
    heads = (_("Relation"), _("Ref"), _("Record"))
    return [Heading(_("Links"), 2), Table(heads, rows, (20.0, 20.0, 60.0))] if rows else []


def _reported(shown: Any) -> list[Block]:
    rows = tuple(
        (words(format_date(each.on)), words(short(each.done, LONGEST)), words(short(_next(each), LONGEST)))
        for each in progress.updates(shown)
    )
    heads = (_("Date"), _("What was done"), _("Next step / blocker"))
    return [Heading(_("Updates"), 2), Table(heads, rows, (18.0, 48.0, 34.0))] if rows else []


def _next(update: Any) -> str:
    return "\n".join(text for text in (update.next, update.blocks) if text)


def landscape(asked: Query) -> bool:
    """Whether a list wants the wide side of the paper."""
    return sum(max(NARROW, min(kind.width, WIDE)) for kind in asked.kinds) > 110

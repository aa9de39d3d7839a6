"""Making what leaves the post under the eyes of those who will read it.

    with seen(workspace, request.audience, meeting) as (meeting,):
        ...

Within the block whatever reads the workspace gets what the audience may see and nothing else. The records are read
anew: those that were read before have all their fields.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from desktop.export.errors import ExportError
from desktop.i18n import N_, _
from desktop.model import fields
from desktop.model.kind import literal
from desktop.model.visibility import AUDIENCES, INTERNAL, PARTNER, PUBLIC, levels
from desktop.service.query import Query

REFUSED = {
    PARTNER: N_("{ref} is internal; share it with the partner first."),
    PUBLIC: N_("{ref} is not public; make it public first."),
}


@contextmanager
def seen(workspace: Any, audience: str, *records: Any) -> Iterator[tuple[Any, ...]]:
    """The workspace as an audience sees it, and these records; raises `ExportError` for one that it may not see."""
    if check(audience) == INTERNAL:
        yield records
        return
    with workspace.engine.seen_by(audience):
        shown = [anew([record]) for record in records]
        for record, found in zip(records, shown, strict=True):
            if not found:
                raise refused(record, audience)
        yield tuple(found[0] for found in shown)


def check(audience: str) -> str:
    """The audience; raises `ExportError` for a word that is none."""
    if audience not in AUDIENCES:
        raise ExportError(
            _("“{text}” is no audience; use internal, partner or public.").format(text=audience)
        )
    return audience


def anew(records: Sequence[Any]) -> list[Any]:
    """Records of one kind read anew, in their order: within `seen`, those that are seen, as they are seen."""
    if not records:
        return []
    entity = type(records[0])
    rows = entity.select().where(entity.uid.in_([record.uid for record in records]))
    found = {row.uid: row for row in rows}
    return [found[record.uid] for record in records if record.uid in found]


def refused(record: Any, audience: str) -> ExportError:
    """That a record is not for an audience, and what to do."""
    return ExportError(_(REFUSED[audience]).format(ref=record.ref))


def told(asked: Query, audience: str) -> Query:
    """A list without the fields that only the post is ever told of: their headings would stand over nothing."""
    if audience == INTERNAL:
        return asked
    confined = {kind.name for kind in fields(asked.entity) if kind.confined}
    columns = tuple(name for name in asked.columns if name not in confined)
    return replace(asked, columns=columns or ("ref",), group="" if asked.group in confined else asked.group)


def signed(workspace: Any, name: str, audience: str) -> str:
    """Who prepared a file, for its readers: '' where that is an officer whose record they may not see. The name of the
    one at the desk stands there without anybody being asked."""
    name = " ".join(name.split())
    shown = ", ".join(map(literal, levels(audience)))
    sql = f"SELECT 1 FROM main.person WHERE officer AND name = ? AND visibility NOT IN ({shown})"
    return "" if audience != INTERNAL and workspace.engine.rows(sql, (name,)) else name


def answered(workspace: Any, follow_ups: Iterable[int], end: str) -> frozenset[int]:
    """Of these follow-ups (ids), those with somebody else than the post at an end, `owed_by` or `owed_to`.

    Whether they are shown or not: where nobody is named it is the post, which must not be said of one whose name is
    only not shown.
    """
    sql = (
        f"SELECT id FROM main.follow_up WHERE id IN (SELECT value FROM json_each(?)) AND ({end}_person_id IS NOT NULL"
        f" OR {end}_id NOT IN (SELECT o.id FROM main.organisation o WHERE o.uid = ?))"
    )
    asked = json.dumps(list(follow_ups)), workspace.facts.post_uid
    return frozenset(row[0] for row in workspace.engine.rows(sql, asked))

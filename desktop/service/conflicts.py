"""What to say where a record is not as it was when somebody read it, or is needed by others."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import peewee as pw

from desktop.i18n import _, join_list
from desktop.model import journalled
from desktop.model.relations import Many
from desktop.service.journal import stored
from desktop.service.references import name, pointing_at
from desktop.text import made_visible

NAMED = 3
"""Of those that need a record, so many are named."""


class Conflict(Exception):
    """The record has moved on since it was read, or is needed by others; the text is a whole sentence."""


def gone(record: str) -> Conflict:
    """The record of this name is not there any more."""
    return Conflict(
        _("{record} was deleted meanwhile; it can be brought back from Activity.").format(record=record)
    )


def needed(record: Any) -> Conflict:
    """A record that was to be deleted is pointed to by others."""
    users = [*dict.fromkeys(name(row) for row, _field in pointing_at(record))]
    shown = users if len(users) <= NAMED else [*users[:NAMED], "…"]
    return Conflict(
        _("{record} is still used by {users}; change that first.").format(
            record=name(record), users=join_list(shown)
        )
    )


def moved_on(record: Any, before: dict[str, Any]) -> Conflict:
    """A record was saved by somebody else since it was read as `before`; both values are told, and none is lost."""
    entity = type(record)
    now = entity.get_or_none(entity.uid == record.uid)
    if now is None:
        return gone(str(before.get("ref") or _(entity.singular)))
    sentences = [
        _("{record} was changed meanwhile; your change was not saved. Look at it again.").format(
            record=made_visible(name(now))
        )
    ]
    for f in journalled(entity):
        ours, theirs = stored(record, f.name), stored(now, f.name)
        if not isinstance(f, Many) and ours not in (before.get(f.name), theirs):
            sentences.append(
                _("{field} is now “{theirs}”, yours was “{ours}”.").format(
                    field=f.title, theirs=made_visible(f.text(theirs)), ours=made_visible(f.text(ours))
                )
            )
    return Conflict(" ".join(sentences))


@contextmanager
def refused(record: Any) -> Iterator[None]:
    """Tell as a `Conflict` what the database refuses because of other records."""
    try:
        yield
    except pw.IntegrityError as error:
        if "FOREIGN KEY" in str(error):
            raise Conflict(
                _("{record} points to something that was deleted meanwhile.").format(record=name(record))
            ) from error
        if "UNIQUE" in str(error):
            raise Conflict(_("{record} is there already.").format(record=name(record))) from error
        raise

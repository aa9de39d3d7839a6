"""What a backup holds, and how it differs from the workspace as it is: by their journals, which are chains."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from desktop.i18n import _, format_number, ngettext
from desktop.store import looking
from desktop.store.kept import Backup
from desktop.store.reading import Head, Keyring, head, reading

if TYPE_CHECKING:
    from desktop.service.workspace import Workspace


@dataclass(frozen=True)
class Work:
    """What was done in one file and is not in the other: operations, and the records that they changed in the end."""

    operations: int = 0
    made: int = 0
    changed: int = 0
    deleted: int = 0
    at: str = ""
    """When the last of the operations was done, as a timestamp."""
    officer: str = ""
    """Who did it."""

    def sentence(self) -> str:
        """In words; '' where nothing was done."""
        if not self.operations:
            return ""
        saved = ngettext("{count} save", "{count} saves", self.operations)
        return _("{saves}: {made} new, {changed} changed, {deleted} deleted").format(
            saves=saved.format(count=format_number(self.operations)),
            made=format_number(self.made),
            changed=format_number(self.changed),
            deleted=format_number(self.deleted),
        )


@dataclass(frozen=True)
class Difference:
    """What a backup holds, and what there is only here or only there."""

    head: Head
    """Its last operation."""
    operations: int
    records: int
    related: bool | None = None
    """Whether both have a history in common; None where there is nothing to compare with."""
    here: Work = Work()
    """What the workspace has besides: it is gone after a restore, and comes back with what is moved aside."""
    there: Work = Work()
    """What only the backup has."""

    def sentence(self) -> str:
        """The difference in words."""
        if self.related is None:
            return ngettext("{count} record", "{count} records", self.records).format(
                count=format_number(self.records)
            )
        if not self.related:
            return _("Another workspace: nothing in common")
        parts = []
        if self.here.operations:
            parts.append(_("Without {work}").format(work=self.here.sentence()))
        if self.there.operations:
            parts.append(_("With {work}").format(work=self.there.sentence()))
        return _("; ").join(parts) or _("The same as now")


def difference(
    workspace: Workspace | None,
    kept: Backup,
    passphrase: str | None = None,
    *,
    keys: Keyring | None = None,
) -> Difference:
    """What a backup holds and how it differs from the workspace, if that can be opened.

    `keys` saves time where many are looked at. Raises `Encrypted` or `WrongPassphrase` where neither the key of the
    workspace nor what is given opens it, `Damaged`, or another `StoreError`.
    """
    if keys is None:
        keys = Keyring(workspace.engine.key if workspace is not None else None, passphrase)
    looking.refuse_by_look(kept.path)
    with reading(kept.path, key=keys.to(kept.path)) as connection:

        def rows(sql: str, parameters: Any = ()) -> list[tuple[Any, ...]]:
            found: list[tuple[Any, ...]] = connection.execute(sql, parameters).fetchall()
            return found

        held = head(connection)
        total = _work(rows, 0)
        found = Difference(held, total.operations, total.made)
        if workspace is None:
            return found
        here = workspace.engine.rows
        common = _last_common(here, rows)
        if common is None:
            return Difference(held, total.operations, total.made, related=False)
        return Difference(
            held,
            total.operations,
            total.made,
            related=True,
            here=_work(here, common[0]),
            there=_work(rows, common[1]),
        )


_Rows = Callable[..., list[tuple[Any, ...]]]


def _last_common(here: _Rows, there: _Rows) -> tuple[int, int] | None:
    """The ids, in both files, of the last operation that both have; None of strangers. (0, 0) of two empty ones.

    As each operation's hash covers the one before, what is equal up to one is equal before it: it is searched by
    halves.
    """
    ours = here('SELECT id, clock, hash FROM main."operation" ORDER BY id')
    theirs = there('SELECT id, clock, hash FROM main."operation" ORDER BY id')
    if not ours or not theirs:
        return 0, 0
    low, high = 0, min(len(ours), len(theirs))
    while low < high:
        middle = (low + high) // 2
        if ours[middle][1:] == theirs[middle][1:]:
            low = middle + 1
        else:
            high = middle
    return (int(ours[low - 1][0]), int(theirs[low - 1][0])) if low else None


def _work(rows: _Rows, after: int) -> Work:
    """What the operations after one did in the end."""
    last = rows('SELECT count(*), coalesce(max(id), 0) FROM main."operation" WHERE id > ?', (after,))[0]
    if not last[0]:
        return Work()
    at, officer = rows('SELECT at, officer_name FROM main."operation" WHERE id = ?', (last[1],))[0]
    touched = rows('SELECT count(DISTINCT uid) FROM main."change" WHERE operation_id > ?', (after,))[0][0]
    before: dict[str, bool] = {}
    now: dict[str, bool] = {}
    for uid, new, gone in rows(
        'SELECT uid, "before" IS NULL, "after" IS NULL FROM main."change"'
        " WHERE operation_id > ? AND field = '*' ORDER BY id",
        (after,),
    ):
        before.setdefault(uid, not new)
        now[uid] = not gone
    made = sum(now[uid] and not was for uid, was in before.items())
    deleted = sum(was and not now[uid] for uid, was in before.items())
    passing = sum(not was and not now[uid] for uid, was in before.items())
    return Work(last[0], made, touched - made - deleted - passing, deleted, at, officer)

"""Looking into a backup: it is opened to be read only, in the place of the workspace, which comes back after it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.i18n import _
from desktop.service.backups import Backup
from desktop.service.session import open_workspace
from desktop.store.errors import StoreError
from desktop.store.keys import Key
from desktop.ui.backups import words
from desktop.ui.closing import may_close
from desktop.ui.named import named

if TYPE_CHECKING:
    from desktop.ui.session import Session

RESTORE = "desktop.ui.recovery.restoring:restore"


def about(kept: Backup, zone: str) -> str:
    """What is said of a copy for as long as it is open; `zone` is the post's."""
    return _("This is the backup of {when} ({why}), opened to be read only.").format(
        when=words.moment(kept.at, zone), why=words.why(kept)
    )


def open_copy(
    session: Session, kept: Backup, passphrase: str | None = None, *, key: Key | None = None
) -> None:
    """Show a backup in the place of the workspace, whose key opens it unless `key` or the passphrase does."""
    if not may_close(session.window):
        return
    left = session.leave()
    before, session.behind = session.behind, session.behind or left
    if key is not None:
        passphrase = None
    elif passphrase is None:
        key = session.behind.key
    try:
        workspace = open_workspace(
            kept.path,
            session.settings,
            passphrase=passphrase,
            key=key if kept.encrypted else None,
            readonly=True,
        )
    except StoreError as error:
        session.behind = before
        session.come_back(left, str(error))
        return
    session.show(workspace, copy=kept)


def close_copy(session: Session) -> None:
    """Come back to the workspace that was open before."""
    left = session.behind
    if left is None or not may_close(session.window):
        return
    session.leave()
    session.behind = None
    session.come_back(left)


def ask_to_restore(session: Session) -> None:
    """Ask whether the copy that is open shall be the workspace from now on."""
    kept, open_now = session.copy, session.context.workspace
    session.window.messages.show_message(
        words.asked().format(file=session.behind.path.name, when=words.moment(kept.at, open_now.facts.zone)),
        "info",
        [
            (_("Restore"), lambda: named(RESTORE)(session, kept, key=open_now.engine.key)),
            (_("Cancel"), lambda: None),
        ],
    )

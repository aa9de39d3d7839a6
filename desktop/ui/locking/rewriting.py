"""Writing the workspace under another passphrase: the window goes, a page waits, and the window comes back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.i18n import _
from desktop.store import crypt
from desktop.store.keys import Key
from desktop.ui import opening
from desktop.ui.closing import may_close
from desktop.ui.locking import copies
from desktop.ui.recovery.errands import Errands
from desktop.ui.recovery.waiting import WaitingPage

if TYPE_CHECKING:
    from desktop.ui.session import Session


def rewrite(session: Session, passphrase: str | None) -> None:
    """Have the open workspace under this passphrase, or plain where it is None; then ask about plain copies."""
    if not may_close(session.window):
        return
    geometry = session.window.saveGeometry()
    left = session.leave()
    path, old = left.path, left.key
    heading = _("Encrypting…") if passphrase is not None else _("Removing the passphrase…")
    waiting = WaitingPage(
        heading,
        _("{file} is backed up, written anew and compared. If this is interrupted, it is as it was.").format(
            file=path.name
        ),
        geometry,
    )
    waiting.show()
    session.waiting = waiting
    errands = Errands(waiting)

    def over() -> None:
        session.waiting = None
        waiting.end()

    def done(key: Key | None) -> None:
        opened = opening.attempt(session, path, key=key)
        over()
        if opened:
            session.context.said.emit(_told(old, key), [])
            if key is not None:
                copies.offer(session.window)

    def refused(sentence: str) -> None:
        session.come_back(left, sentence)
        over()

    errands.work(lambda: crypt.rewrite(path, old, passphrase), done, refused)


def _told(old: Key | None, key: Key | None) -> str:
    if key is None:
        return _(
            "The workspace is not encrypted any more. Backups made until now take the passphrase they had."
        )
    if old is None:
        return _("The workspace is encrypted. From now on it takes its passphrase.")
    return _("The passphrase is changed. Backups made until now take the one before.")

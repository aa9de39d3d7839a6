"""Putting a backup in the place of the workspace: the window goes, a page waits, and the window comes back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.i18n import _
from desktop.service import backups
from desktop.service.backups import Backup, Restored
from desktop.store import kept as kept_of
from desktop.store.keys import Key
from desktop.ui import opening
from desktop.ui.backups import words
from desktop.ui.backups.comparing import Found
from desktop.ui.closing import may_close
from desktop.ui.recovery.errands import Errands
from desktop.ui.recovery.waiting import WaitingPage
from desktop.ui.verbs import open_path

if TYPE_CHECKING:
    from desktop.ui.session import Session


def restore(session: Session, kept: Backup, passphrase: str | None = None, *, key: Key | None = None) -> None:
    """Close the window, put a backup in the place of its workspace, and open it again.

    Where a copy is open to be read only, it is the workspace before that is restored. `key` opens the backup where
    that of the workspace does not.
    """
    if not may_close(session.window):
        return
    geometry, zone = session.window.saveGeometry(), session.context.workspace.facts.zone
    left = session.leave()
    if session.behind is not None:
        left, session.behind = session.behind, None
    path, present = left.path, left.key

    def failed(sentence: str) -> None:
        session.come_back(left, sentence)

    opens = (passphrase, key or present, present)
    _carry_out(session, path, kept, opens, failed, _waiting(path, kept, geometry, zone))


def restore_closed(session: Session, page: Any, path: Path, found: Found, passphrase: str | None) -> None:
    """Restore from the page of recovery, which comes back where that fails."""
    kept = found.backup

    def failed(sentence: str) -> None:
        page.show()
        page.tell(sentence)

    page.hide()
    opens = (passphrase, found.key or page.key, page.key or page.given)
    _carry_out(session, path, kept, opens, failed, _waiting(path, kept, page.saveGeometry()), page)


def _waiting(path: Path, kept: Backup, geometry: Any, zone: str = "") -> WaitingPage:
    return WaitingPage(
        _("Restoring…"),
        _("{file} gets the state of {when}. What was there is moved aside, not deleted.").format(
            file=path.name, when=words.moment(kept.at, zone)
        ),
        geometry,
    )


def _carry_out(
    session: Session,
    path: Path,
    kept: Backup,
    opens: tuple[str | None, Key | None, str | Key | None],
    failed: Callable[[str], None],
    waiting: WaitingPage,
    page: Any = None,
) -> None:
    """`opens`: the passphrase and the key of the backup, and what opens the file that is there."""
    passphrase, key, present = opens
    waiting.show()
    session.waiting = waiting
    errands = Errands(waiting)

    def slow() -> Restored:
        return backups.restore(path, kept, passphrase=passphrase, key=key, present=present)

    def over() -> None:
        session.waiting = None
        waiting.end()

    def done(restored: Restored) -> None:
        opened = opening.attempt(session, path, key=restored.key)
        over()
        if page is not None:
            page.close()
        if opened:
            _tell(session, kept, restored)

    def refused(sentence: str) -> None:
        failed(sentence)
        over()

    errands.work(slow, done, refused)


def _tell(session: Session, kept: Backup, restored: Restored) -> None:
    """Say what was done, and offer to take it back."""
    zone = session.context.workspace.facts.zone
    sentence = _("Restored: the state of {when}.").format(when=words.moment(kept.at, zone))
    sentence = " ".join([sentence, *restored.remarks])
    actions: list[tuple[str, Callable[[], Any]]] = []
    if restored.aside is not None:
        aside = restored.aside
        if restored.made is not None:
            before = kept_of.of_file(aside)
            actions = [(_("Undo"), lambda: restore(session, before, key=restored.opened))]
        else:  # it could not be read, so nothing leads back to it
            sentence += " " + _("The file that could not be read lies in {folder}.").format(
                folder=aside.parent
            )
            actions = [(_("Show in folder"), lambda: open_path(aside.parent))]
    safe = [(words_, lambda call=call: session.context.safely(call)) for words_, call in actions]
    # What is told of that stays until it is dismissed: it is the way back.
    session.window.messages.show_message(sentence, "success", safe)

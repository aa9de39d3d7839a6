"""At each start of an encrypted workspace and each unlocking: copies of it are in plain, until they go or are kept."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from desktop.i18n import _, format_number, ngettext
from desktop.store import crypt
from desktop.ui.apart import while_there
from desktop.ui.dialogs.dialog import open_dialog
from desktop.ui.locking.copies import PlainCopiesDialog, keep, not_kept

if TYPE_CHECKING:
    from desktop.ui.session import Session


def remind(session: Session) -> None:
    """Look for them on a worker, and tell."""
    window, context, workspace = session.window, session.context, session.context.workspace
    if workspace.engine.key is None or workspace.readonly or session.copy is not None:
        return
    path, second = workspace.engine.path, context.settings.second_backup_folder

    def done(found: list[Path]) -> None:
        left = not_kept(window, found)
        if left:
            _tell(session, left)

    def failed(_sentence: str) -> None:
        """A stick that cannot be read is told by the next backup."""

    context.work(
        lambda: crypt.plain_copies(path, second),
        while_there(window.status, done),
        while_there(window.status, failed),
    )


def _tell(session: Session, left: list[Path]) -> None:
    words = ngettext(
        "{count} copy of this workspace can be read without the passphrase.",
        "{count} copies of this workspace can be read without the passphrase.",
        len(left),
    ).format(count=format_number(len(left)))
    actions = [
        (_("Delete them"), lambda: open_dialog(session.window, PlainCopiesDialog, left)),
        (_("Keep them"), lambda: keep(session.window, left)),
    ]
    session.standing.show("copies", words, actions, passing=True)

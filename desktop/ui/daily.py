"""What is done once a day, after a start: the figures of the day, and a backup, on a worker."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from desktop.service import backups
from desktop.service.backups import Made
from desktop.store import backup
from desktop.store.errors import StoreError
from desktop.ui.apart import while_there

if TYPE_CHECKING:
    from desktop.ui.window import MainWindow


def begin_day(window: MainWindow, tell: Callable[[str], None]) -> None:
    """Do what has not been done today; `tell` says what is wrong with the second folder."""
    context, status = window.context, window.status
    workspace = context.workspace
    with suppress(StoreError):  # they are right without it, and nobody asked
        workspace.bring_figures()
    if workspace.readonly or not backup.due(workspace.engine):
        return

    def done(made: Made) -> None:
        status.show_kept()
        if made.notice:
            tell(made.notice)

    context.work(lambda: backups.make(workspace, "daily"), while_there(status, done))

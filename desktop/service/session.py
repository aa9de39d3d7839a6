"""Opening a workspace as somebody: the officer who worked in it last on this machine."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

from desktop.service import directory, zones
from desktop.service.workspace import Workspace
from desktop.settings import Settings
from desktop.store.errors import StoreError, damaged, telling


def open_workspace(path: Path, settings: Settings, **options: Any) -> Workspace:
    """The workspace, signed in as the remembered officer, else as its only one; raises `StoreError`.

    What it says of itself is read here: where that makes no sense it is damaged.
    """
    try:
        with telling(path):
            workspace = Workspace.open(path, **options)
            try:
                _settle(workspace, settings)
            except BaseException:
                workspace.close()
                raise
    except (ValueError, LookupError):
        raise damaged(path) from None  # the error would quote what stands there
    return workspace


def _settle(workspace: Workspace, settings: Settings) -> None:
    """What follows from the preferences of this machine, and from its clock."""
    workspace.today()
    workspace.second_folder = lambda: settings.second_backup_folder
    # While another program writes, or the disk is full, it waits for the next opening.
    with suppress(StoreError):
        workspace.zones_moved = zones.keep_wall_times(workspace)
    remembered = settings.officers.get(str(workspace.engine.path), "")
    workspace.sign_in(str(remembered))
    if workspace.officer is None:
        known = directory.officers()
        if len(known) == 1:
            workspace.sign_in(known[0].uid)


def remember_officer(workspace: Workspace, settings: Settings) -> None:
    """Keep in the settings who is signed in; the caller saves them."""
    if workspace.officer is not None:
        settings.officers[str(workspace.engine.path)] = workspace.officer.uid

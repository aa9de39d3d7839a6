"""Opening a workspace as somebody: the officer who worked in it last on this machine."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from desktop.service import directory
from desktop.service.workspace import Workspace
from desktop.settings import Settings


def open_workspace(path: Path, settings: Settings, **options: Any) -> Workspace:
    """The workspace, signed in as the remembered officer, else as its only one; raises `StoreError`."""
    workspace = Workspace.open(path, **options)
    remembered = settings.officers.get(str(path.absolute()), "")
    workspace.sign_in(str(remembered))
    if workspace.officer is None:
        known = directory.officers()
        if len(known) == 1:
            workspace.sign_in(known[0].uid)
    return workspace


def remember_officer(workspace: Workspace, settings: Settings) -> None:
    """Keep in the settings who is signed in; the caller saves them."""
    if workspace.officer is not None:
        settings.officers[str(workspace.engine.path)] = workspace.officer.uid

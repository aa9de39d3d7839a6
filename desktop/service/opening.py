"""Opening a workspace as somebody: the officer who works in it on this machine signs in."""

from __future__ import annotations

from pathlib import Path

from desktop.service import directory
from desktop.service.workspace import Workspace
from desktop.settings import Settings


def open_workspace(path: Path, settings: Settings, source: str = "window") -> Workspace:
    """The workspace of this file; raises `StoreError`.

    Who works there is what the settings say, else the only officer; with several, nobody until somebody says so.
    """
    workspace = Workspace.open(path, source=source)
    workspace.sign_in(settings.officers.get(str(workspace.engine.path), ""))
    if workspace.officer is None:
        officers = directory.officers()
        workspace.sign_in(officers[0].uid if len(officers) == 1 else "")
    return workspace

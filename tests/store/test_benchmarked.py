"""The generated workspaces that measurements run on can be made, and are whole."""

from __future__ import annotations

from pathlib import Path

from benchmarks import workspaces
from desktop.model import FollowUp
from desktop.service.workspace import Workspace


def test_a_generated_workspace_can_be_made_and_opens(tmp_path: Path) -> None:
    path = tmp_path / "made.juntos"
    workspaces.build(path, 40)  # checked within
    workspace = Workspace.open(path)
    try:
        assert workspace.finding is None
        assert workspace.engine.pragma("journal_mode") == "wal"
        assert FollowUp.select().count() == 40
    finally:
        workspace.close()

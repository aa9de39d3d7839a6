"""A list of files does not open the workspace: its locks stay."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QDir, QMimeDatabase
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from desktop.service.workspace import Workspace
from desktop.ui import filetypes
from tests.locks import locks

TYPE = "application/x-juntos"


@pytest.mark.parametrize("suffix", ["", "-wal", "-shm"])
def test_a_workspace_is_known_by_its_name(suffix: str, tmp_path: Path, qapp: object) -> None:
    filetypes.register()
    path = tmp_path / f"a.juntos{suffix}"
    path.write_bytes(b"SQLite format 3\x00" + bytes(84))
    assert QMimeDatabase().mimeTypeForFile(str(path)).name() == TYPE
    # A file whose name nobody knows is looked into: that is what must not happen to a workspace.
    unknown = tmp_path / "a.unheard-of"
    unknown.write_bytes(path.read_bytes())
    assert QMimeDatabase().mimeTypeForFile(str(unknown)).name() != TYPE


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells its locks")
def test_the_locks_of_an_open_workspace_outlive_a_list_of_its_folder(
    workspace: Workspace, qtbot: QtBot
) -> None:
    filetypes.register()
    path = workspace.engine.path
    files = [Path(f"{path}{suffix}") for suffix in ("", "-wal", "-shm")]
    held = locks(*files)
    assert held
    dialog = QFileDialog()
    qtbot.addWidget(dialog)
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setFilter(QDir.Filter.AllEntries | QDir.Filter.Hidden)
    dialog.setDirectory(str(path.parent))
    dialog.show()
    qtbot.wait(300)
    assert locks(*files) == held

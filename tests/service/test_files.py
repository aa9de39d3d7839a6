"""Files that are read whole: what never ends is neither read nor waited for."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from desktop.export import layouts
from desktop.export.layouts import logo
from desktop.model import Invalid
from desktop.service import attachments, files
from desktop.service.workspace import Workspace

linux = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes on this system")


def test_a_file_is_read_up_to_its_limit(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"12345")
    assert files.content(path, 5) == b"12345"
    assert files.content(path, 3) == b"1234", "one byte more tells that there is more"
    with pytest.raises(Invalid, match="folder"):
        files.content(tmp_path, 5)


@linux
def test_nothing_waits_for_a_pipe_and_no_device_is_read(workspace: Workspace, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for path in (pipe, Path("/dev/zero")):
        with pytest.raises(Invalid, match="device or a pipe"):
            attachments.read(path)
        with pytest.raises(Invalid, match="device or a pipe"):
            layouts.read(workspace, path)
        with pytest.raises(Invalid, match="device or a pipe"):
            logo.from_file(path)

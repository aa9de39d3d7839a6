"""The workspace that a command works on, and how a command says that it failed."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from desktop.model import Person
from desktop.paths import default_workspace
from desktop.service.session import open_workspace
from desktop.service.workspace import Committed, Workspace


class Failed(Exception):
    """A command could not do what it should; the text is a whole sentence."""


def workspace_path(asked: Namespace) -> Path:
    """Which workspace is meant: asked for, else the last one used, else the default."""
    named = asked.workspace or asked.settings.workspace
    return Path(named).expanduser() if named else default_workspace()


@contextmanager
def opened(asked: Namespace) -> Iterator[Workspace]:
    """The workspace that is meant, with somebody signed in."""
    workspace = open_workspace(workspace_path(asked), asked.settings, source="command_line")
    try:
        if asked.officer:
            workspace.sign_in(Person.find(asked.officer).uid)
        workspace.listen(_remark)
        yield workspace
    finally:
        workspace.close()


def _remark(committed: Committed) -> None:
    """Say what was taken out of a text that was saved."""
    for sentence in committed.remarks:
        print(sentence, file=sys.stderr)

"""The workspace that a command works on, and how a command says that it failed.

Passphrases come from a prompt without echo, from a file or from the environment; never from an argument, which other
users of the machine could read.
"""

from __future__ import annotations

import getpass
import os
import sys
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from desktop.cli.grammar import PASSPHRASE_VARIABLE
from desktop.i18n import _, why
from desktop.model import Person
from desktop.paths import default_workspace
from desktop.service.session import open_workspace
from desktop.service.workspace import Committed, Workspace
from desktop.store.errors import Encrypted

T = TypeVar("T")
LONGEST_PASSPHRASE = 10_000
"""Bytes of the file that a passphrase is read from: a device never ends."""


class Failed(Exception):
    """A command could not do what it should; the text is a whole sentence."""


def workspace_path(asked: Namespace) -> Path:
    """Which workspace is meant: asked for, else the last one used, else the default."""
    named = asked.workspace or asked.settings.workspace
    return Path(named).expanduser() if named else default_workspace()


@contextmanager
def opened(asked: Namespace) -> Iterator[Workspace]:
    """The workspace that is meant, with somebody signed in."""
    workspace = open_asked(asked)
    try:
        if asked.officer:
            workspace.sign_in(Person.find(asked.officer).uid)
        workspace.listen(_remark)
        yield workspace
    finally:
        workspace.close()


def open_asked(asked: Namespace) -> Workspace:
    """The workspace that is meant, for the caller to close; a passphrase is asked for where it takes one."""
    path = workspace_path(asked)

    def open_(passphrase: str | None) -> Workspace:
        return open_workspace(path, asked.settings, source="command_line", passphrase=passphrase)

    workspace = with_passphrase(asked, open_, _("Passphrase of {file}: ").format(file=path.name))
    found = workspace.finding.told(workspace.facts.zone) if workspace.finding else ""
    for sentence in (workspace.recovered, found, workspace.zones_moved):
        if sentence:
            print(sentence, file=sys.stderr)
    return workspace


def with_passphrase(asked: Namespace, act: Callable[[str | None], T], prompt: str) -> T:
    """What `act` returns, first tried without a passphrase, then with the one that was given, or else typed.

    Raises what `act` raises: `Encrypted` where there is no passphrase to be had, `WrongPassphrase`.
    """
    try:
        return act(None)
    except Encrypted:
        passphrase = given_passphrase(asked)
        if passphrase is None:
            passphrase = typed(prompt)
        if passphrase is None:
            raise Failed(
                _(
                    "The file is encrypted. Give its passphrase in a file (--passphrase-file) or in {variable}."
                ).format(variable=PASSPHRASE_VARIABLE)
            ) from None
    return act(passphrase)


def given_passphrase(asked: Namespace) -> str | None:
    """The passphrase of the file that was named, or of the environment; None where neither was given."""
    if not asked.passphrase_file:
        return os.environ.get(PASSPHRASE_VARIABLE)
    return passphrase_in(asked.passphrase_file)


def passphrase_in(name: str) -> str:
    """The passphrase in a file, whose last line end does not count."""
    file = Path(name).expanduser()
    try:
        with file.open("rb") as stream:  # a pipe too: shells give what another program says as one
            content = stream.read(LONGEST_PASSPHRASE + 1)
        text = content.decode("utf-8-sig")
        if len(content) > LONGEST_PASSPHRASE:
            raise UnicodeError
    except (OSError, UnicodeError) as error:
        reason = why(error) if isinstance(error, OSError) else _("it is no text")
        raise Failed(
            _("The passphrase cannot be read from {file}: {why}.").format(file=file, why=reason)
        ) from None
    return text.removesuffix("\n").removesuffix("\r")


def typed(prompt: str) -> str | None:
    """A passphrase typed at the terminal, which does not show it; None where nobody sits there."""
    if not sys.stdin.isatty():
        return None
    return getpass.getpass(prompt, stream=sys.stderr)


def _remark(committed: Committed) -> None:
    """Say what was taken out of a text that was saved."""
    for sentence in committed.remarks:
        print(sentence, file=sys.stderr)

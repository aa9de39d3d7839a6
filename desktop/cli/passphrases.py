"""`juntos encrypt`, `decrypt` and `passphrase`: under which passphrase the workspace is, if any."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path

from desktop.cli.grammar import NEW_PASSPHRASE_VARIABLE, PASSPHRASE_VARIABLE
from desktop.cli.opening import Failed, given_passphrase, open_asked, passphrase_in, typed
from desktop.i18n import _
from desktop.service import backups
from desktop.service.workspace import Workspace
from desktop.store import crypt, keys
from desktop.store.keys import Key
from desktop.store.strength import strength


def encrypt(asked: Namespace) -> None:
    """`juntos encrypt`"""
    path, key = _closed(asked)
    if key is not None:
        already = _("{path} is encrypted already; see: {command}")
        already = already.format(path=path, command="juntos passphrase")
        if not crypt.plain_copies(path, asked.settings.second_backup_folder):
            raise Failed(already)
        print(already, file=sys.stderr)
        left = _settle_copies(path, key, asked)  # they were left when it was encrypted
        if left:
            raise Failed(left)
        return
    new = crypt.rewrite(path, None, _new(given_passphrase(asked), "--passphrase-file", PASSPHRASE_VARIABLE))
    print(_("{path} is encrypted. There is no way back in without the passphrase.").format(path=path))
    _tell_left(_settle_copies(path, new, asked))


def decrypt(asked: Namespace) -> None:
    """`juntos decrypt`"""
    path, key = _closed(asked)
    if key is None:
        raise Failed(_("{path} is not encrypted.").format(path=path))
    crypt.rewrite(path, key, None)
    print(_("{path} is not encrypted any more.").format(path=path))


def passphrase(asked: Namespace) -> None:
    """`juntos passphrase`"""
    path, key = _closed(asked)
    if key is None:
        raise Failed(_("{path} is not encrypted; see: {command}").format(path=path, command="juntos encrypt"))
    file = asked.new_passphrase_file
    given = passphrase_in(file) if file else os.environ.get(NEW_PASSPHRASE_VARIABLE)
    new = crypt.rewrite(path, key, _new(given, "--new-passphrase-file", NEW_PASSPHRASE_VARIABLE))
    print(_("The passphrase is changed. Backups made until now take the one before."))
    _tell_left(_settle_copies(path, new, asked))


def _closed(asked: Namespace) -> tuple[Path, Key | None]:
    """Where the workspace lies and what opens it: it was opened for that, and is closed."""
    workspace = open_asked(asked)
    path, key = workspace.engine.path, workspace.engine.key
    workspace.close()
    return path, key


def _new(given: str | None, option: str, variable: str) -> str:
    """The passphrase that it is to have: given, or typed twice; refused where it is too easy."""
    text = given
    if text is None:
        text = typed(_("New passphrase: "))
        if text is None:
            raise Failed(
                _("Give the new passphrase in a file ({option}) or in {variable}.").format(
                    option=option, variable=variable
                )
            )
        if keys.normalised(typed(_("The same again: ")) or "") != keys.normalised(text):
            raise Failed(_("Both have to be the same. Nothing was changed."))
    found = strength(text)
    if not found.accepted:
        raise Failed(found.sentence)
    return text


def _tell_left(sentence: str) -> None:
    if sentence:
        print(sentence, file=sys.stderr)


def _settle_copies(path: Path, key: Key | None, asked: Namespace) -> str:
    """Say which copies can be read without the passphrase, and remove them where that was asked for or is agreed.

    Returns what to say where they were left, else ''.
    """
    found = crypt.plain_copies(path, asked.settings.second_backup_folder)
    if not found:
        return ""
    print(_("These can be read without the passphrase:"), file=sys.stderr)
    for file in found:
        print(f"  {file}", file=sys.stderr)
    if not (asked.delete_copies or _agreed()):
        return _("They were left. Add --delete-copies to delete such copies.")
    workspace = Workspace.open(path, key=key)
    try:
        workspace.second_folder = lambda: asked.settings.second_backup_folder
        backups.make(workspace, "daily").rely()  # there is always one
    finally:
        workspace.close()
    left = crypt.remove(found)
    if left:
        raise Failed(_("{file} could not be deleted.").format(file=left[0]))
    print(
        _(
            "They were deleted. They may still be found on the disk with special tools, on an SSD in particular;"
            " encrypt the whole disk as well."
        )
    )
    return ""


def _agreed() -> bool:
    if not sys.stdin.isatty():
        return False
    yes = _("yes")
    print(_("Delete them? Type “{yes}”: ").format(yes=yes), end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().casefold() in (yes.casefold(), "yes")


COMMANDS: dict[str, Callable[[Namespace], None]] = {
    "encrypt": encrypt,
    "decrypt": decrypt,
    "passphrase": passphrase,
}
"""What the command line understands of passphrases."""

"""What `juntos encrypt`, `decrypt` and `passphrase` understand."""

from __future__ import annotations

from typing import Any

from desktop.cli.grammar import NEW_PASSPHRASE_VARIABLE
from desktop.i18n import _


def passphrases(command: Any) -> None:
    """The commands that have the workspace under a passphrase, or under none."""
    encrypting = command("encrypt", _("encrypt the workspace with a passphrase; a backup is made first"))
    command("decrypt", _("have the workspace without a passphrase; a backup is made first"))
    changing = command("passphrase", _("change the passphrase of the workspace; a backup is made first"))
    changing.add_argument(
        "--new-passphrase-file",
        metavar="FILE",
        default="",
        help=_("read the new passphrase from this file (else {variable}, else it is asked)").format(
            variable=NEW_PASSPHRASE_VARIABLE
        ),
    )
    for each in (encrypting, changing):
        each.add_argument(
            "--delete-copies",
            action="store_true",
            help=_("delete backups and other copies of it that are not encrypted, after an encrypted backup"),
        )

"""What the command line understands of backups."""

from __future__ import annotations

from typing import Any

from desktop.cli.grammar import formats
from desktop.i18n import _


def backups(command: Any) -> None:
    """The commands that list what is kept of a workspace, and put it back."""
    listing = command("backups", _("list what is kept of the workspace, and how it differs from now"))
    formats(listing, ("table", "json"))
    restoring = command(
        "restore",
        _("put a backup in the place of the workspace; what is there is moved aside, not removed"),
    )
    restoring.add_argument(
        "backup",
        metavar="BACKUP",
        nargs="?",
        default="",
        help=_("its number in the list, its name or its path (else the one that was made last)"),
    )
    restoring.add_argument("--yes", action="store_true", help=_("do not ask"))

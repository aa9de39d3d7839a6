"""What `juntos check` understands."""

from __future__ import annotations

from typing import Any

from desktop.cli.grammar import formats
from desktop.i18n import _


def check(command: Any) -> None:
    """Add the command."""
    adding = command("check", _("check that the workspace is whole, and says what was saved"))
    adding.add_argument(
        "--mend", action="store_true", help=_("put back the last good values, and make anew what follows")
    )
    formats(adding, ("table", "json"))

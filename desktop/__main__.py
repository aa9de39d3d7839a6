"""The `juntos` command: with a command, the command line; without one, the window."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.hardening import harden

if TYPE_CHECKING:
    from desktop.export.documents.content import Document

READ_OUTSIDE = "--read-outside"
"""How a frozen program starts the process that reads files from outside (`export/intake/process.py`)."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run what is asked for; returns the exit code."""
    harden()
    words = sys.argv[1:] if argv is None else list(argv)
    if words[:1] == [READ_OUTSIDE]:
        from desktop.export.intake import child  # neither the command line nor the store

        child.main(words[1:])
    from desktop import cli, log

    asked = cli.parse(argv)
    if asked.command is not None:
        log.install()  # what nobody foresaw is told in a sentence: a traceback would show what records say
        return cli.run(asked, _print)
    # Only the window needs Qt, and it takes its time.
    from desktop.app import main as window

    return int(window(sys.argv[1:] if argv is None else list(argv)))


def _print(document: Document, path: Path) -> None:
    """Write a document as PDF: the one thing on the command line that needs Qt, which is loaded for it alone."""
    from desktop.app import print_document

    print_document(document, path)


if __name__ == "__main__":
    sys.exit(main())

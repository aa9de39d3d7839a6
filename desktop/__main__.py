"""The `juntos` command: with a command, the command line; without one, the window."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from desktop import cli


def main(argv: Sequence[str] | None = None) -> int:
    """Run what is asked for; returns the exit code."""
    asked = cli.parse(argv)
    if asked.command is not None:
        return cli.run(asked)
    # Only the window needs Qt, and it takes its time.
    from desktop.app import main as window

    return int(window(sys.argv[1:] if argv is None else list(argv)))


if __name__ == "__main__":
    sys.exit(main())

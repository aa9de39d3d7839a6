"""What all commands of the command line share: how they fail, the options that stand before or after each, formats."""

from __future__ import annotations

import argparse
from typing import Any

from desktop.i18n import LANGUAGES, _, ngettext
from desktop.model.visibility import AUDIENCES, INTERNAL
from desktop.paths import WORKSPACE_VARIABLE

PASSPHRASE_VARIABLE = "JUNTOS_PASSPHRASE"
NEW_PASSPHRASE_VARIABLE = "JUNTOS_NEW_PASSPHRASE"


# argparse asks its own gettext; its sentences are in ours (`argparse_words`).
argparse._ = _  # type: ignore[attr-defined]
argparse.ngettext = ngettext  # type: ignore[attr-defined]


class Parser(argparse.ArgumentParser):
    """Says what is wrong in a sentence, without the usage lines that hide it."""

    def error(self, message: str) -> Any:
        advice = _("See: {command} --help").format(command=self.prog)
        self.exit(2, f"juntos: {message}\n{advice}\n")


def common() -> Parser:
    """The options that stand before a command or after it; a new parser each time, for argparse shares the actions."""
    options = Parser(add_help=False)
    options.add_argument(
        "--workspace",
        metavar="FILE",
        default=argparse.SUPPRESS,
        help=_("the workspace to work on (else {variable}, else the last one used)").format(
            variable=WORKSPACE_VARIABLE
        ),
    )
    options.add_argument(
        "--home",
        metavar="DIR",
        default=argparse.SUPPRESS,
        help=_("keep settings and workspaces in this folder"),
    )
    options.add_argument(
        "--language", choices=sorted(LANGUAGES), default=argparse.SUPPRESS, help=_("the language to speak")
    )
    options.add_argument(
        "--officer",
        metavar="REF",
        default=argparse.SUPPRESS,
        help=_("who is doing it: the reference or name of an officer"),
    )
    options.add_argument(
        "--passphrase-file",
        metavar="FILE",
        default=argparse.SUPPRESS,
        help=_(
            "read the passphrase of the workspace from this file (else {variable}, else it is asked)"
        ).format(variable=PASSPHRASE_VARIABLE),
    )
    return options


def formats(to: argparse.ArgumentParser, formats: tuple[str, ...]) -> None:
    """How to write what was found; the first unless another one is asked for."""
    to.add_argument("--format", choices=formats, default=formats[0], help=_("how to write it"))


def for_audience(to: argparse.ArgumentParser) -> None:
    """Who will read it."""
    to.add_argument(
        "--audience",
        choices=AUDIENCES,
        default=INTERNAL,
        help=_("who will read it: nothing that is not for them is in it"),
    )

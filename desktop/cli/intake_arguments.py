"""What `juntos import` understands."""

from __future__ import annotations

from typing import Any

from desktop.cli import tracker
from desktop.cli.grammar import Parser, common, formats
from desktop.i18n import _


def intake(command: Any) -> None:
    """`juntos import`, `juntos mappings`"""
    taking = command(
        "import", _("take in a status workbook that came back filled in, or a tracker of another kind")
    )
    taking.add_argument("file", metavar="FILE", help=_("the workbook, as .xlsx, .ods or .xls"))
    taking.add_argument(
        "--dry-run",
        action="store_true",
        help=_("only say what differs, and with --accept what would be taken"),
    )
    taking.add_argument(
        "--accept",
        choices=("theirs", "ours", "clean"),
        default="",
        help=_(
            "take it in; without this nothing is written. Of a workbook, where both changed a cell, theirs or ours;"
            " clean takes only what has no conflict and fails if any is left. Of a tracker, theirs takes all rows,"
            " ours only new ones; clean leaves those that may be there already and fails if any is left"
        ),
    )
    tracker.arguments(taking)
    formats(taking, ("table", "json"))
    _mappings(command)


def _mappings(command: Any) -> None:
    """`juntos mappings`"""
    listing = command("mappings", _("list the kept mappings of trackers; show, rename or delete one"))
    formats(listing, ("table", "json"))
    actions = listing.add_subparsers(dest="action", metavar=_("action"), parser_class=Parser)

    def action(name: str, help: str, *names: str) -> None:
        parser = actions.add_parser(name, help=help, description=help, parents=[common()])
        for each in names:
            parser.add_argument(each.lower(), metavar=each)

    action("show", _("show a mapping as JSON"), "NAME")
    action("rename", _("give a mapping another name"), "NAME", "NEW")
    action("delete", _("delete a mapping; undo brings it back"), "NAME")

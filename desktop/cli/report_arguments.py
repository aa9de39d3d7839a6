"""What the commands about reporting periods understand."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from desktop.cli.grammar import Parser, common, for_audience, formats
from desktop.i18n import _

SHOWN = ("table", "json", "csv")


def reports(command: Any) -> None:
    """`juntos reports`"""
    listing = command("reports", _("list the frozen reports; freeze, show or delete one"))
    formats(listing, ("table", "json"))
    actions = listing.add_subparsers(dest="action", metavar=_("action"), parser_class=Parser)

    def action(name: str, help: str) -> ArgumentParser:
        made: ArgumentParser = actions.add_parser(name, help=help, description=help, parents=[common()])
        return made

    formats(action("list", _("list the frozen reports")), ("table", "json"))
    _freeze(action("freeze", _("close a reporting period: what comes after it counts as changed since")))
    show = action("show", _("show a frozen report and what has changed since"))
    show.add_argument("report", metavar="REPORT", help=_("its title or uid"))
    show.add_argument("--until", metavar="REPORT|DATE", default="", help=_("up to here (else up to now)"))
    formats(show, SHOWN)
    delete = action("delete", _("delete a frozen report; undo brings it back"))
    delete.add_argument("report", metavar="REPORT", help=_("its title or uid"))


def _freeze(freeze: ArgumentParser) -> None:
    freeze.add_argument("--title", required=True, help=_("what it is called"))
    freeze.add_argument(
        "--from", dest="period_from", default="", metavar="DATE", help=_("begin of the period")
    )
    freeze.add_argument(
        "--to", dest="period_to", default="", metavar="DATE", help=_("end of the period (else today)")
    )
    freeze.add_argument("--recipient", default="", metavar="WHOM", help=_("to whom it goes"))
    freeze.add_argument("--layout", default="", metavar="NAME", help=_("the layout of its workbook"))
    freeze.add_argument("--view", default="", metavar="NAME", help=_("with the filter of this saved view"))
    freeze.add_argument("--note", default="", help=_("a remark on it"))
    freeze.add_argument(
        "--workbook",
        default="",
        metavar="FILE",
        help=_("end it exactly where this workbook was made, by its name (else now)"),
    )
    for_audience(freeze)


def exporting(export: ArgumentParser) -> None:
    """What `juntos export` understands of headings, and of closing a period with the workbook."""
    export.add_argument(
        "--headings",
        default="",
        metavar="en,ja",
        help=_("headings in this language, or in these two; the rest is in the first"),
    )
    export.add_argument(
        "--freeze",
        default="",
        metavar="TITLE",
        help=_(
            "close the period with it: a report of this title that ends exactly where the workbook was made"
        ),
    )
    export.add_argument(
        "--recipient", default="", metavar="WHOM", help=_("with --freeze: to whom the report goes")
    )


def changes(command: Any) -> None:
    """`juntos changes`"""
    told = command("changes", _("tell what has changed since a frozen report or a day"))
    told.add_argument(
        "--since", metavar="REPORT|DATE", required=True, help=_("a report by title or uid, or a day")
    )
    told.add_argument("--until", metavar="REPORT|DATE", default="", help=_("up to here (else up to now)"))
    for_audience(told)
    formats(told, SHOWN)

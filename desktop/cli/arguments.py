"""What the command line understands."""

from __future__ import annotations

import argparse
import os
from typing import Any

from desktop import __version__
from desktop.cli import (
    backup_arguments,
    checking_arguments,
    intake_arguments,
    passphrase_arguments,
    report_arguments,
)
from desktop.cli.grammar import Parser as _Parser
from desktop.cli.grammar import common as _common
from desktop.cli.grammar import for_audience as _for_audience
from desktop.cli.grammar import formats as _format
from desktop.i18n import LANGUAGES, _
from desktop.model.visibility import AUDIENCES
from desktop.paths import WORKSPACE_VARIABLE


def parser() -> argparse.ArgumentParser:
    """The whole grammar, in the current language."""
    top = _Parser(
        prog="juntos",
        description=_("Keep the follow-up of a policy agenda. Without a command, the window opens."),
        parents=[_common()],
    )
    top.set_defaults(
        workspace=os.environ.get(WORKSPACE_VARIABLE),
        home=None,
        language=None,
        officer=None,
        passphrase_file=None,
        pictures=None,
    )
    version = f"juntos {__version__}"
    top.add_argument("--version", action="version", version=version, help=_("say which version this is"))
    top.add_argument(
        "--pictures", metavar="DIR", help=_("write a picture of each page of the window to this folder")
    )
    commands = top.add_subparsers(dest="command", metavar=_("command"), parser_class=_Parser)

    def command(name: str, help: str, **more: Any) -> argparse.ArgumentParser:
        return commands.add_parser(name, help=help, description=help, parents=[_common()], **more)

    _reading(command)
    _writing(command)
    _whole(command)
    _documents(command)
    _meetings(command)
    _correspondence(command)
    _passages(command)
    _promises(command)
    _quick(command)
    _layouts(command)
    _sharing(command)
    report_arguments.reports(command)
    report_arguments.changes(command)
    intake_arguments.intake(command)
    checking_arguments.check(command)
    backup_arguments.backups(command)
    passphrase_arguments.passphrases(command)
    return top


def _reading(command: Any) -> None:
    listing = command("list", _("list records of a kind"))
    listing.add_argument("kind", metavar="KIND")
    listing.add_argument("--search", metavar="TEXT", default="", help=_("only those with these words"))
    listing.add_argument(
        "--filter",
        metavar="FIELD=VALUE",
        action="append",
        default=[],
        help=_(
            "only those with this value; several values between semicolons, a range as from..to; repeatable"
        ),
    )
    listing.add_argument(
        "--sort",
        metavar="FIELD",
        action="append",
        default=[],
        help=_("sort by this field; FIELD:desc downwards"),
    )
    listing.add_argument("--view", metavar="NAME", default="", help=_("what this saved view shows"))
    listing.add_argument("--columns", metavar="FIELD,FIELD", default="", help=_("the columns of the table"))
    _format(listing, ("table", "json", "csv"))
    _for_audience(listing)
    shelf = command("views", _("list the saved views"))
    _format(shelf, ("table", "json"))
    show = command("show", _("show a record with its updates and links"))
    show.add_argument("ref", metavar="REF")
    _format(show, ("table", "json"))
    search = command("search", _("search everywhere: records, their minutes and their updates, best first"))
    search.add_argument("text", metavar="TEXT", nargs="+")
    search.add_argument(
        "--kind", metavar="KIND", action="append", default=[], help=_("only of this kind; repeatable")
    )
    search.add_argument("--limit", metavar="N", type=int, default=20, help=_("at most so many"))
    _format(search, ("table", "json"))
    history = command("history", _("show what happened to a record"))
    history.add_argument("ref", metavar="REF")
    _format(history, ("table", "json"))


def _writing(command: Any) -> None:
    adding = command("add", _("add a record"))
    adding.add_argument("kind", metavar="KIND")
    adding.add_argument("values", metavar="FIELD=VALUE", nargs="+")
    setting = command("set", _("change fields of a record"))
    setting.add_argument("ref", metavar="REF")
    setting.add_argument("values", metavar="FIELD=VALUE", nargs="+")
    setting.add_argument("--reason", default="", help=_("why a due or target date is moved"))
    setting.add_argument("--agreed-by", default="", help=_("who agreed that it is moved"))
    report = command("report", _("report progress on a recommendation, an initiative or a follow-up"))
    report.add_argument("ref", metavar="REF")
    report.add_argument("--status", default="", help=_("the status after it"))
    report.add_argument("--done", default="", help=_("what was done"))
    report.add_argument("--next", default="", help=_("what is next"))
    report.add_argument("--blocks", default="", help=_("what blocks"))
    report.add_argument("--on", default="", metavar="DATE", help=_("the day of it (else today)"))
    report.add_argument(
        "--desk", action="store_true", help=_("as the desk’s assessment, not the reported status")
    )
    link = command("link", _("link two records"))
    link.add_argument("ref", metavar="REF")
    link.add_argument("other", metavar="REF")
    link.add_argument(
        "--relation", default="", help=_("how they relate (else what is natural between the two)")
    )
    delete = command("delete", _("delete records; undo brings them back"))
    delete.add_argument("refs", metavar="REF", nargs="+")
    command("undo", _("take back the last thing you did"))
    command("redo", _("bring back what undo took away"))


def _whole(command: Any) -> None:
    init = command("init", _("make a new workspace"))
    init.add_argument("file", metavar="FILE")
    init.add_argument("--post", required=True, help=_("the name of the post"))
    init.add_argument("--country", required=True, help=_("the country it is in"))
    init.add_argument(
        "--zone", required=True, metavar="ZONE", help=_("its time zone, such as America/Santiago")
    )
    init.add_argument("--own-government", required=True, metavar="COUNTRY", help=_("whose post it is"))
    init.add_argument(
        "--partner", action="append", default=[], metavar="COUNTRY", help=_("a partner government")
    )
    init.add_argument(
        "--accreditation",
        action="append",
        default=[],
        metavar="COUNTRY",
        help=_("a further country of accreditation"),
    )
    init.add_argument(
        "--officers", action="append", default=[], metavar="NAME", help=_("an officer; the first is you")
    )
    init.add_argument("--empty", action="store_true", help=_("start without the catalogue"))
    export = command("export", _("write the status workbook"))
    export.add_argument("file", metavar="FILE.xlsx")
    export.add_argument(
        "--from", dest="period_from", default="", metavar="DATE", help=_("begin of the period")
    )
    export.add_argument("--to", dest="period_to", default="", metavar="DATE", help=_("end of the period"))
    export.add_argument("--as-of", default="", metavar="DATE", help=_("the day it speaks of (else today)"))
    export.add_argument("--in", dest="reader", choices=sorted(LANGUAGES), help=_("the reader’s language"))
    export.add_argument("--marking", default="", help=_("the handling marking"))
    export.add_argument(
        "--layout",
        default="",
        metavar="NAME",
        help=_("a layout, such as decision_table (else status_report)"),
    )
    export.add_argument(
        "--since",
        default="",
        metavar="REPORT",
        help=_("tell what has changed since this frozen report, or this day (else the last report)"),
    )
    report_arguments.exporting(export)
    _for_audience(export)
    export.add_argument("--replace", action="store_true", help=_("replace the file if it exists"))
    catalogue = command("catalogue", _("load the catalogue of the source documents"))
    catalogue.add_argument("action", choices=("load",), metavar="load")
    demo = command(
        "demo", _("make a workspace with a day’s work in a new folder, export it, and say where it lies")
    )
    demo.add_argument("--folder", metavar="DIR", default="", help=_("where (else a new folder)"))


def _documents(command: Any) -> None:
    dossier = command("dossier", _("write the dossier of a country: on two pages how things stand with it"))
    dossier.add_argument("country", metavar="COUNTRY", help=_("its name or its code"))
    _document(dossier)
    brief = command("brief", _("write the brief for a meeting: who comes, what is owed, how things stand"))
    brief.add_argument("ref", metavar="REF", help=_("the meeting"))
    _document(brief)
    minutes = command("minutes", _("write the minutes of a meeting: the final version, else the draft"))
    minutes.add_argument("ref", metavar="REF", help=_("the meeting"))
    _document(minutes)
    minutes.add_argument(
        "--version", dest="number", type=int, metavar="N", help=_("this version (else the final one)")
    )


def _document(to: argparse.ArgumentParser) -> None:
    """What every document is asked for."""
    to.add_argument("file", metavar="FILE", help=_("a Word file (.docx) or a PDF (.pdf), by its ending"))
    to.add_argument("--marking", default="", help=_("the handling marking"))
    _for_reader(to)
    _for_audience(to)


def _meetings(command: Any) -> None:
    agenda = command("agenda", _("show the agenda of a meeting, and what is open with its counterparts"))
    agenda.add_argument("ref", metavar="REF")
    agenda.add_argument(
        "--add", metavar="TEXT", action="append", default=[], help=_("add an item; repeatable")
    )
    agenda.add_argument("--carry", action="store_true", help=_("put on it all that is carried over"))
    _format(agenda, ("table", "json"))
    versions = command("versions", _("list the final versions of a meeting’s minutes"))
    versions.add_argument("ref", metavar="REF")
    versions.add_argument("--compare", action="store_true", help=_("say what differs from one to the next"))
    _format(versions, ("table", "json"))
    final = command("final", _("make the minutes of a meeting final"))
    final.add_argument("ref", metavar="REF")
    reopen = command("reopen", _("reopen the final minutes of a meeting"))
    reopen.add_argument("ref", metavar="REF")
    reopen.add_argument("--reason", required=True, help=_("why they are reopened"))
    following = command("next", _("say when the next meeting of a series would be"))
    following.add_argument("series", metavar="SERIES")
    following.add_argument("--on", default="", metavar="DATE", help=_("on this day, or the next working day"))
    following.add_argument("--plan", action="store_true", help=_("plan it"))
    _format(following, ("table", "json"))


def _correspondence(command: Any) -> None:
    calendar = command("calendar", _("write a meeting and its due dates, or a follow-up, as a calendar file"))
    calendar.add_argument("ref", metavar="REF", help=_("a meeting or a follow-up"))
    calendar.add_argument("file", metavar="FILE.ics")
    _for_reader(calendar)
    _for_audience(calendar)
    email = command("email", _("write an e-mail draft with the minutes of a meeting attached"))
    email.add_argument("ref", metavar="REF", help=_("the meeting"))
    email.add_argument("file", metavar="FILE.eml")
    _for_reader(email)
    _for_audience(email)
    email.add_argument("--marking", default="", help=_("the handling marking"))
    email.add_argument("--attach", choices=("docx", "pdf"), default="docx", help=_("the form of the minutes"))
    remind = command("remind", _("write a polite reminder of what is open with an organisation"))
    remind.add_argument("organisation", metavar="ORGANISATION")
    remind.add_argument(
        "file",
        metavar="FILE.eml",
        nargs="?",
        default="",
        help=_("an e-mail draft (else the text is printed)"),
    )
    _for_reader(remind)
    _for_audience(remind)


def _sharing(command: Any) -> None:
    share = command("share", _("let the partner, or everybody, see records; new ones are internal"))
    share.add_argument("refs", metavar="REF", nargs="+")
    share.add_argument(
        "--to", dest="level", required=True, choices=AUDIENCES, help=_("who may see it from now on")
    )
    share.add_argument(
        "--texts",
        default="",
        metavar="FIELD,FIELD",
        help=_("these long texts too, such as purpose,decisions; all of them that say something with all"),
    )
    share.add_argument(
        "--with",
        dest="parts",
        default="",
        metavar="PART,PART",
        help=_(
            "these parts too: updates, points, agenda, attendees, extensions, attachments, or all; named for the"
            " people, organisations and sources that it names"
        ),
    )


def _for_reader(to: argparse.ArgumentParser) -> None:
    """In which language, and whether over a file that is there."""
    to.add_argument("--in", dest="reader", choices=sorted(LANGUAGES), help=_("the reader’s language"))
    to.add_argument("--replace", action="store_true", help=_("replace the file if it exists"))


def _passages(command: Any) -> None:
    text = command("text", _("take in the text of a source, and find its passages again"))
    text.add_argument("ref", metavar="SOURCE")
    text.add_argument("file", metavar="FILE", help=_("a .txt, .docx or .pdf file"))
    listing = command("passages", _("list the passages that a record comes from, or those of a source"))
    listing.add_argument("ref", metavar="REF")
    _format(listing, ("table", "json"))


def _promises(command: Any) -> None:
    owed = command("owed", _("count what is open, by who owes it and by counterpart"))
    owed.add_argument(
        "--direction",
        choices=("us", "partner", "host", "capital", "other"),
        default="",
        help=_("who owes it"),
    )
    _format(owed, ("table", "json"))
    today = command("today", _("tell what the day asks for, and how everything stands"))
    _format(today, ("table", "json"))
    close = command("close", _("close a follow-up, with what came of it"))
    close.add_argument("ref", metavar="REF")
    close.add_argument("--outcome", required=True, help=_("what came of it; the reason, if it is cancelled"))
    close.add_argument("--cancel", action="store_true", help=_("cancel it instead"))
    close.add_argument("--on", default="", metavar="DATE", help=_("the day of it (else today)"))
    close.add_argument("--evidence-link", default="", metavar="URL", help=_("a web address that shows it"))
    close.add_argument("--evidence-meeting", default="", metavar="REF", help=_("the meeting that shows it"))
    close.add_argument("--evidence-file", default="", metavar="FILE", help=_("a file that shows it"))
    close.add_argument("--verified-by", default="", metavar="PERSON", help=_("who has looked"))
    attach = command("attach", _("keep files with a record"))
    attach.add_argument("ref", metavar="REF")
    attach.add_argument("files", metavar="FILE", nargs="+")


def _quick(command: Any) -> None:
    quick = command("quick", _("add a follow-up from one line, and say what was understood"))
    quick.add_argument(
        "text",
        metavar="TEXT",
        nargs="+",
        help=_("such as: Call METI by Friday @Sato #telecom !high /WC-2024-1B"),
    )
    quick.add_argument("--dry-run", action="store_true", help=_("only say what is understood"))
    reminders = command("reminders", _("list what is overdue or due today, and the meetings of the day"))
    reminders.add_argument("--all", action="store_true", help=_("of the whole post, not only yours"))
    _format(reminders, ("table", "json"))


def _layouts(command: Any) -> None:
    layouts = command("layouts", _("list the layouts of the workbook; show, copy, write, read or delete one"))
    actions = layouts.add_subparsers(dest="action", metavar=_("action"), parser_class=_Parser)
    _format(layouts, ("table", "json"))

    def action(name: str, help: str, *names: str) -> None:
        parser = actions.add_parser(name, help=help, description=help, parents=[_common()])
        for each in names:
            parser.add_argument(each.lower().partition(".")[0], metavar=each)
        if name == "write":
            parser.add_argument("--replace", action="store_true", help=_("replace the file if it exists"))
        if name == "read":
            parser.add_argument("--name", default="", help=_("keep it under this name"))

    action("show", _("show a layout as JSON, with what it asks for and cannot have"), "NAME")
    action("copy", _("copy a layout, to be edited"), "NAME", "NEW")
    action("write", _("write a layout to a file"), "NAME", "FILE.json")
    action("read", _("keep the layout of a file"), "FILE.json")
    action("delete", _("delete a layout; undo brings it back"), "NAME")

"""`juntos check`: whether the workspace is whole and says what was saved, and putting right what can be."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable, Sequence
from typing import Any

from desktop.cli import output
from desktop.cli.opening import Failed, opened
from desktop.i18n import _, format_number, ngettext
from desktop.service import checking
from desktop.service.checking import Flaw, Report
from desktop.service.workspace import Workspace
from desktop.store import backup

SHOWN = 50
"""Flaws that are told one by one to people; a program gets all of them."""


def check(asked: Namespace) -> None:
    """`juntos check`: fails where anything is wrong and was not put right."""
    with opened(asked) as workspace:
        report = checking.check(workspace, progress=_progress())
        mended: Sequence[Flaw] = ()
        if asked.mend and report.flaws:
            mended = checking.mend(workspace, report).mended
            report = checking.check(workspace)
        if asked.format == "json":
            output.one(_plain(report, mended))
        else:
            _tell(workspace, report, mended)
        if not report.clean:
            raise Failed(_failure(workspace, report))


def _tell(workspace: Workspace, report: Report, mended: Sequence[Flaw]) -> None:
    for flaw in mended[:SHOWN]:
        print(_("Mended: {flaw}").format(flaw=flaw.sentence))
    for flaw in report.flaws[:SHOWN]:
        print(flaw.sentence)
        if flaw.now is not None or flaw.good is not None:
            output.pairs([(_("  It is now"), _shown(flaw.now)), (_("  It was"), _shown(flaw.good))])
    if report.clean:
        print(
            _("The workspace is whole: {records} records and {operations} operations were checked.").format(
                records=format_number(report.records), operations=format_number(report.operations)
            )
        )


def _failure(workspace: Workspace, report: Report) -> str:
    count = len(report.flaws)
    told = ngettext("{count} flaw was found.", "{count} flaws were found.", count)
    sentences = [told.format(count=format_number(count))]
    if any(flaw.mendable for flaw in report.flaws):
        sentences.append(_("“juntos check --mend” puts back what it can."))
    if not all(flaw.mendable for flaw in report.flaws):
        newest = backup.newest(workspace.engine.path)
        if newest is not None:
            sentences.append(
                _("What cannot be mended may be whole in the newest backup: {path}.").format(path=newest)
            )
        else:
            sentences.append(_("What cannot be mended may be whole in a backup."))
    return " ".join(sentences)


def _shown(value: Any) -> str:
    text = value if isinstance(value, str) else "" if value is None else str(value)
    return text.encode("utf-8", "replace").decode()


def _plain(report: Report, mended: Sequence[Flaw]) -> dict[str, Any]:
    return {
        "clean": report.clean,
        "records": report.records,
        "operations": report.operations,
        "flaws": [_flaw(flaw) for flaw in report.flaws],
        "mended": [_flaw(flaw) for flaw in mended],
    }


def _flaw(flaw: Flaw) -> dict[str, Any]:
    return {
        "kind": str(flaw.kind),
        "where": flaw.where,
        "sentence": flaw.sentence,
        "entity": flaw.entity,
        "uid": _shown(flaw.uid),
        "field": _shown(flaw.field),
        "now": _shown(flaw.now) if isinstance(flaw.now, str) else flaw.now,
        "good": flaw.good,
        "mendable": flaw.mendable,
    }


def _progress() -> Callable[[int, int], None]:
    """Tells on a terminal how far it is."""
    last = -1

    def show(done: int, of: int) -> None:
        nonlocal last
        share = 100 * done // max(1, of)
        if share != last and sys.stderr.isatty():
            last = share
            print(f"\r{share} %", end="" if share < 100 else "\n", file=sys.stderr, flush=True)

    return show


COMMANDS: dict[str, Callable[[Namespace], None]] = {"check": check}

"""The export dialog, with what changed since a report, or with what a report that was just frozen tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.export.report import Request
from desktop.model import FrozenReport
from desktop.ui.dialogs.export import export

if TYPE_CHECKING:
    from desktop.ui.window import MainWindow


def export_since(window: MainWindow, report: FrozenReport | None, since: str, audience: str) -> None:
    """Begin with what changed since a report, or since a point of a comparison: a uid, a day, or ''."""
    if report is None:
        export(window, Request(since=since, audience=audience))
    else:
        asked = Request(since=report.uid, audience=str(report.audience), layout=str(report.layout or ""))
        export(window, asked)


def export_frozen(window: MainWindow, report: FrozenReport, since: str) -> None:
    """Begin with a report's own period, audience and layout; `since` is what it tells changes since. The report ends
    where the workbook is made."""
    asked = Request(
        period_from=str(report.period_from or ""),
        period_to=str(report.period_to),
        audience=str(report.audience),
        layout=str(report.layout or ""),
        since=since,
        freezes=str(report.uid),
    )
    export(window, asked)

"""Compare with another report, or a day: between which two points changes are told, and for whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from desktop.i18n import N_, _, format_date
from desktop.model import FrozenReport, Invalid, field
from desktop.model.dates import Date
from desktop.service import reporting
from desktop.ui.dialogs.audience import AudienceChoice
from desktop.ui.dialogs.dialog import Dialog, open_dialog
from desktop.ui.reports.comparison import Comparison, comparison
from desktop.ui.widgets.combo import Combo

if TYPE_CHECKING:
    from desktop.ui.pages.reports import ReportsPage
    from desktop.ui.window import MainWindow

A_DAY = "day"
"""Stands for a day that is asked."""


def compare(window: MainWindow, page: ReportsPage, since: str, until: str, audience: str) -> CompareDialog:
    """Ask between which points; `page` shows what comes of it."""
    return open_dialog(window, CompareDialog, page, since, until, audience)


class CompareDialog(Dialog):
    """Both ends may be a frozen report or a day; the first also the beginning, the last also now."""

    title, verb = N_("Compare"), N_("Compare")
    usual = (520, 0)

    def build(self) -> None:
        reports = reporting.reports()
        self.main = self.add_fields()
        self.since, self.until = Combo(), Combo()
        ends = (
            ("since", self.since, _("Since"), _("The beginning"), Date(N_("Since the day"))),
            ("until", self.until, _("Until"), _("Now"), Date(N_("Until the day"))),
        )
        for name, combo, label, open_end, day in ends:
            combo.addItem(open_end, "")
            for report in reports:
                words = _("{title} ({day})").format(title=report.title, day=format_date(report.period_to))
                combo.addItem(words, report.uid)
            combo.addItem(_("A day…"), A_DAY)
            self.main.row(label, combo)
            day.name = f"{name}_day"
            self.main.add(day)
            self.main.ask(day.name, False)
            combo.currentIndexChanged.connect(lambda _place: self._ask_days())
        self.audience = AudienceChoice(self.context)
        self.main.row(field(FrozenReport, "audience").title, self.audience)

    def _ask_days(self) -> None:
        for name, combo in (("since", self.since), ("until", self.until)):
            self.main.ask(f"{name}_day", combo.currentData() == A_DAY)
        self.fit_soon()

    def take(self, page: ReportsPage, since: str, until: str, audience: str) -> None:
        """Begin with these points: uids of reports, days, or ''."""
        self._page = page
        for name, combo, text in (("since", self.since, since), ("until", self.until, until)):
            place = combo.findData(text)
            if place < 0:
                self.main.give(f"{name}_day", text)
            combo.setCurrentIndex(place if place >= 0 else combo.count() - 1)
        self.audience.choose(audience)
        self._ask_days()
        self.since.setFocus()

    def typed(self) -> bool:
        return False

    def act(self) -> tuple[str, str, Comparison]:
        since, until = self._point("since", self.since), self._point("until", self.until)
        workspace, audience = self.context.workspace, self.audience.audience()
        found = comparison(workspace, since, until, audience)
        if found.until is not None and found.until < found.since.operation:
            raise Invalid(_("What stands under “Until” comes before what stands under “Since”."))
        return since, until, found

    def _point(self, name: str, combo: Combo) -> str:
        chosen = str(combo.currentData())
        if chosen != A_DAY:
            return chosen
        day = self.main.at(f"{name}_day").value()
        if not day:
            raise Invalid(_("Say which day."), f"{name}_day")
        return str(day)

    def done_with(self, result: Any) -> None:
        self._page.show_comparison(*result)

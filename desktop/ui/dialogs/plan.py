"""Plan the next meeting of a series: the day that its rhythm gives, and which days were skipped for it, and why."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from desktop.countries import country_name
from desktop.i18n import N_, _, format_date
from desktop.model import Invalid, Meeting, Series, field
from desktop.service import holidays, series
from desktop.ui.context import Context
from desktop.ui.dialogs.dialog import Dialog


def plan_next(context: Context, window: Any, record: Any) -> None:
    """Open the dialog for a series."""
    dialog = PlanDialog(context, window)
    dialog.take(record)
    dialog.fit()
    dialog.come_back()


class PlanDialog(Dialog):
    """The day can be changed; Enter makes the meeting."""

    title, verb = N_("Plan the next meeting"), N_("Plan meeting")
    usual = (560, 0)

    def build(self) -> None:
        self.series: Any = None
        self.proposal: Any = None
        self.of = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.column.addWidget(self.of)
        self.main = self.add_fields()
        self.main.add(field(Meeting, "on"))
        self.main.at("on").input.returnPressed.connect(self.accept)
        self.main.at("on").committed.connect(self._show_day)
        self.told = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.told.setProperty("muted", True)
        self.column.addWidget(self.told)

    def take(self, record: Any) -> None:
        """Propose the next day of this series."""
        self.series = record
        rhythm = Series.rhythm.text(record.rhythm)
        self.of.setText(
            _("{ref} {title}: {rhythm}").format(ref=record.ref, title=record.title, rhythm=rhythm)
        )
        self.proposal = self.context.attempt(lambda: series.propose(self.context.workspace, record))
        if self.proposal is not None:
            self.main.give("on", self.proposal.on)
        self._show_day()
        self.main.at("on").setFocus()

    def typed(self) -> bool:
        return False

    def _show_day(self) -> None:
        """Tell the weekday of what stands there, why days were skipped, and of whom no holidays are known."""
        try:
            day = self.main.at("on").value() or ""
        except Invalid:
            return
        lines = [format_date(day, "weekday")] if len(day) == 10 else []
        countries = series.countries(self.context.workspace, self.series)
        if self.proposal is not None and day == self.proposal.on:
            lines += [_skipped(*each) for each in self.proposal.skipped]
        elif len(day) == 10:
            closed = self.context.workspace.facts.closed_days
            following, reasons = holidays.next_working_day(day, countries, closed)
            lines += [_not_working(*each) for each in reasons if each[0] == day and following != day]
        unknown = [country_name(each) for each in holidays.unsupported(countries)]
        if unknown:
            lines.append(
                _("The holidays of {countries} are not known here.").format(countries=", ".join(unknown))
            )
        self.told.setText("\n".join(lines))
        self.fit_soon()

    def act(self) -> Meeting:
        return series.plan_next(self.context.workspace, self.series, self.main.at("on").value() or "")

    def done_with(self, result: Meeting) -> None:
        words = _("{record} is planned for {day}.")
        self.context.said.emit(
            words.format(record=result.ref, day=format_date(result.on, "weekday")),
            [(_("Show"), lambda: self.context.record_requested.emit(result))],
        )


def _skipped(day: str, country: str, why: str) -> str:
    """A day that was passed over."""
    return _("{day} is skipped: {why}").format(day=format_date(day, "weekday"), why=_where(country, why))


def _not_working(day: str, country: str, why: str) -> str:
    """A day that somebody chose although not everybody works on it."""
    return _("{day} is no working day: {why}").format(
        day=format_date(day, "weekday"), why=_where(country, why)
    )


def _where(country: str, why: str) -> str:
    return _("{why} ({country})").format(why=why, country=country_name(country)) if country else why

"""Freeze a report: close a period, for whom, in which layout, of which records; what it tells is said beforehand."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QLabel

from desktop import settings as settings_file
from desktop.i18n import N_, _, format_date, format_datetime
from desktop.model import FrozenReport, Invalid, field
from desktop.model.kinds import SortKey
from desktop.service import ending, reporting, views
from desktop.service.apart import apart
from desktop.service.views import View
from desktop.ui.apart import while_there
from desktop.ui.dialogs.audience import AudienceChoice
from desktop.ui.dialogs.dialog import Dialog, open_dialog
from desktop.ui.named import named
from desktop.ui.reports import comparison
from desktop.ui.widgets.combo import Combo

if TYPE_CHECKING:
    from desktop.ui.window import MainWindow

EXPORT = "desktop.ui.reports.exporting:export_frozen"
REPORTS = "reports"
"""The key of their page."""
PAUSE = 250
"""Milliseconds without another choice before it is read what the report will tell."""
MOST_WORKBOOKS = 5
"""That are offered, the newest."""
FILLED = ("period_from", "recipient")
"""What follows the last report for the same audience, unless somebody typed something else."""


def freeze_report(window: MainWindow) -> FreezeDialog:
    """Open the dialog; the list at hand is offered as what the report covers."""
    page = getattr(window.page, "page", window.page)
    at_hand = None
    if hasattr(page, "definition"):
        name = page.view.name if page.view is not None else ""
        at_hand = View("", name, page.entity, page.definition())
    return open_dialog(window, FreezeDialog, at_hand)


class FreezeDialog(Dialog):
    """Everything is proposed; most often Enter is enough."""

    title, verb = N_("Freeze report"), N_("Freeze it")
    usual = (620, 0)

    def build(self) -> None:
        context = self.context
        self.main = fields = self.add_fields(columns=2)
        fields.add(field(FrozenReport, "title"))
        fields.add(field(FrozenReport, "period_from"), narrow=True)
        fields.add(field(FrozenReport, "period_to"), beside=True)
        fields.add(field(FrozenReport, "recipient"))
        self.audience, self.layout_choice, self.scope = AudienceChoice(context), Combo(), Combo()
        fields.row(field(FrozenReport, "audience").title, self.audience, narrow=True)
        fields.put_beside(field(FrozenReport, "layout").title, self.layout_choice)
        fields.row(_("What it covers"), self.scope)
        self.until = Combo()
        self.until.setToolTip(
            _("With a workbook it ends exactly where that was made, whatever was done since.")
        )
        fields.row(_("Takes in"), self.until)
        fields.add(field(FrozenReport, "note"))
        self.tells = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.tells.setProperty("muted", True)
        self.tells.setAccessibleName(_("What the report tells"))
        self.column.addWidget(self.tells)
        self._asked = 0
        self._timer = QTimer(self, singleShot=True, interval=PAUSE)
        self._timer.timeout.connect(self._read)
        context.stopping.connect(self._timer.stop)
        self.audience.changed.connect(self._propose)
        for choice in (self.scope, self.until):
            choice.currentIndexChanged.connect(lambda _place: self._tell_soon())
        fields.at("period_from").committed.connect(self._tell_soon)
        fields.at("period_to").committed.connect(self._suggest_title)
        fields.at("period_to").committed.connect(self._tell_soon)

    def take(self, at_hand: View | None) -> None:
        """Propose what the next report is; `at_hand` is the list that the page shows."""
        if self.typed():
            return
        self._fill_layouts()
        self._fill_scopes(at_hand)
        self._propose()
        self.main.at("title").setFocus()

    def _fill_layouts(self) -> None:
        from desktop.export import layouts  # with all that knows of workbooks

        self.layout_choice.clear()
        for each in layouts.layouts():
            if each.sheets:
                self.layout_choice.addItem(each.title, each.key)

    def _fill_scopes(self, at_hand: View | None) -> None:
        self.scope.clear()
        self.scope.addItem(_("Everything"), "")
        if at_hand is not None:
            words = _("The list at hand: {name}").format(name=at_hand.name or _(at_hand.entity.plural))
            self.scope.addItem(words, reporting.scope(at_hand))
        for view in views.views():
            words = _("{title} ({kind})").format(title=view.name, kind=_(view.entity.plural))
            self.scope.addItem(words, reporting.scope(view))

    # ---- what is proposed

    def _propose(self) -> None:
        """What follows the last report for the audience."""
        proposed = reporting.proposed(self.context.workspace, self.audience.audience())
        for name in FILLED:
            if self.main.untouched(name):
                self.main.give(name, proposed.get(name))
        if not self._value("period_to"):
            self.main.give("period_to", proposed["period_to"])
        place = self.layout_choice.findData(proposed.get("layout") or "status_report")
        self.layout_choice.setCurrentIndex(max(0, place))
        self._choose_scope(proposed.get("scope") or "")
        self._fill_until()
        self._suggest_title()
        self._tell_soon()

    def _choose_scope(self, scope: str) -> None:
        """Cover what the last report did, whether or not it is still a saved view."""
        view = reporting.scoped(FrozenReport(scope=scope))
        if view is not None and self.scope.findData(scope) < 0:
            words = _("As the last report: {name}").format(name=view.name or _(view.entity.plural))
            self.scope.addItem(words, scope)
        self.scope.setCurrentIndex(max(0, self.scope.findData(scope)))

    def _fill_until(self) -> None:
        """Up to where it goes: to the newest workbook that was made for the audience since, else up to now."""
        workspace = self.context.workspace
        made = ending.workbooks(workspace, self.audience.audience())
        self.until.clear()
        for each in made[:MOST_WORKBOOKS]:
            moment = format_datetime(workspace.local(each.at))
            words = _("What the workbook {file} has ({moment})").format(file=each.file, moment=moment)
            self.until.addItem(words, each.operation)
        self.until.addItem(_("Everything up to now"), "")
        self.until.setCurrentIndex(0)

    def _suggest_title(self) -> None:
        """A title that no other report has, unless somebody typed one."""
        day = self._value("period_to")
        if not day or not self.main.untouched("title"):
            return
        known = {SortKey.key(str(each.title)) for each in reporting.reports()}
        title = plain = _("Report of {day}").format(day=format_date(day))
        number = 1
        while SortKey.key(title) in known:
            number += 1
            title = _("{title} ({number})").format(title=plain, number=number)
        self.main.give("title", title)

    def _value(self, name: str) -> Any:
        """What stands in a field; None where that is nothing yet."""
        try:
            return self.main.at(name).value()
        except Invalid:
            return None

    # ---- what it will tell

    def _tell_soon(self) -> None:
        self._asked += 1
        self.tells.setText(_("Reading what changed…"))
        self._timer.start()

    def _read(self) -> None:
        asked, workspace = self._asked, self.context.workspace
        audience = self.audience.audience()
        since = comparison.before(workspace, audience, self._value("period_from") or "")
        scope = FrozenReport(scope=self.scope.currentData() or "")
        try:
            made = comparison.comparison(workspace, since, "", audience, scope)
            made = replace(
                made, until=ending.place(self.until.currentData()) if self.until.currentData() else None
            )
        except Invalid as error:
            self.tells.setText(str(error))
            return

        def slow() -> str:
            with apart(workspace) as seen:
                return comparison.read(seen, made).delta.paragraph

        self.context.work(slow, while_there(self, lambda words: self._tell(asked, words)))

    def _tell(self, asked: int, words: str) -> None:
        if asked == self._asked:
            self.tells.setText("\n".join(filter(None, (words, self._late()))))
            self.fit_soon()

    def _late(self) -> str:
        """That what was done after the period is within the report too, where the period is over."""
        day = self._value("period_to")
        if not day or day >= self.context.workspace.today():
            return ""
        sentence = _(
            "What was done after {day} is in it too: a report keeps how things stand when it is frozen."
        )
        return sentence.format(day=format_date(day))

    # ---- acting

    def act(self) -> tuple[FrozenReport, str]:
        workspace, values = self.context.workspace, self.main.values()
        audience = self.audience.audience()
        since = comparison.before(workspace, audience, values["period_from"] or "")
        chosen = {
            "audience": audience,
            "layout": self.layout_choice.currentData() or "",
            "scope": self.scope.currentData() or "",
        }
        return ending.freeze(workspace, values | chosen, self.until.currentData() or ""), since

    def done_with(self, result: tuple[FrozenReport, str]) -> None:
        report, since = result
        window, context = self.parent(), self.context
        self.audience.remember()
        settings_file.save(context.settings)
        here = context.settings.last_page == REPORTS
        if here:
            window.page.show_where((report.uid,))
        sentence = _("The report “{title}” is frozen.").format(title=report.title)
        actions = [(_("Export…"), lambda: named(EXPORT)(window, report, since))]
        if not here:
            actions.append((_("Show"), lambda: context.list_requested.emit(REPORTS, (report.uid,))))
        context.said.emit(sentence, actions)

    def draft_words(self) -> str:
        return _("The report is not frozen yet; what you typed is kept.")

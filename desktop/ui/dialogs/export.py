"""Export: the whole status workbook or the list at hand, in a layout, for an audience, since a report."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QLabel,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from desktop.export import layouts
from desktop.export.errors import WouldReplace
from desktop.export.layouts import Definition
from desktop.export.leftout import left_out
from desktop.export.report import SUFFIX, Report, Request, marking_of, note, suggested_name
from desktop.export.report import export as write
from desktop.i18n import LANGUAGES, N_, _, format_date, join_parts, ngettext
from desktop.model import FrozenReport, Invalid, field
from desktop.model.dates import Date
from desktop.model.scales import VISIBILITY
from desktop.model.visibility import INTERNAL
from desktop.service import reporting
from desktop.ui import theme
from desktop.ui.dialogs.audience import AudienceChoice, LeftOutLine
from desktop.ui.dialogs.dialog import open_dialog
from desktop.ui.dialogs.replacing import ask_to_replace
from desktop.ui.dialogs.writing import WritingDialog
from desktop.ui.widgets.combo import Combo
from desktop.ui.workbook.words import about

if TYPE_CHECKING:
    from desktop.ui.window import MainWindow

LAST, A_DAY = "", "day"
"""Since the last report of the same audience; since a day that is asked."""


def export(window: MainWindow, asked: Request | None = None) -> ExportDialog:
    """Open the dialog; the page shown offers its list, and `asked` is what it begins with."""
    return open_dialog(window, ExportDialog, window.ask("current_query"), asked)


class ExportDialog(WritingDialog):
    """Writes a workbook."""

    title, verb = N_("Export"), N_("Export")
    usual = (700, 0)
    replaces_on_second_press = False

    def build_form(self) -> None:
        self._query: Any = None
        self._freezes: tuple[str, str] = "", ""
        self.column.setSpacing(theme.MEDIUM)
        self._build_what()
        self._build_for_whom()
        self._build_fields()
        self.preview_button = QPushButton(self.keys.mark(_("Preview…")), autoDefault=False)
        self.preview_button.clicked.connect(self.show_preview)

    def _build_what(self) -> None:
        self.whole = QRadioButton(self.keys.mark(_("The whole status workbook")))
        self._list_words = self.keys.mark(_("This list"))
        self.list = QRadioButton(self._list_words)
        self.whole.setChecked(True)
        group = QButtonGroup(self)
        what = QVBoxLayout(spacing=theme.TIGHT)
        for button in (self.whole, self.list):
            group.addButton(button)
            what.addWidget(button)
        self.list.toggled.connect(lambda _checked: self._on_what())
        self.column.addLayout(what)

    def _build_for_whom(self) -> None:
        """Layout, audience, since when changes are told."""
        context = self.context
        self.layouts: dict[str, Definition] = {}
        self.layout_choice, self._about = Combo(), QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self._about.setProperty("muted", True)
        chosen = QWidget()
        column = QVBoxLayout(chosen, spacing=theme.TIGHT)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.layout_choice)
        column.addWidget(self._about)
        chosen.setFocusProxy(self.layout_choice)
        self.audience = AudienceChoice(context)
        self.since = Combo()
        fields = self.what = self.add_fields(columns=2)
        fields.row(_("Layout"), chosen)
        self.layout_choice.setAccessibleName(_("Layout"))
        fields.row(field(FrozenReport, "audience").title, self.audience, narrow=True)
        fields.put_beside(_("Changes since"), self.since)
        day = Date(N_("Since the day"), help=N_("What has changed from this day on is told."))
        day.name = "since_day"
        fields.add(day)
        fields.ask("since_day", False)
        self.left_out = LeftOutLine(context)
        self.left_out.counted.connect(self.fit_soon)
        self.column.addWidget(self.left_out)
        self.layout_choice.currentIndexChanged.connect(self._on_layout)
        self.audience.changed.connect(self._on_audience)
        self.since.currentIndexChanged.connect(self._on_since)

    def _build_fields(self) -> None:
        context = self.context
        asked: dict[str, Date] = {
            "period_from": Date(N_("Period from"), help=N_("Reports and closures since then. Empty: all.")),
            "period_to": Date(N_("Period to"), help=N_("Empty: until the day of “as of”.")),
            "as_of": Date(N_("As of"), required=True, help=N_("The day by which things are overdue.")),
        }
        fields = self.main = self.add_fields(columns=2)
        for name, kind in asked.items():
            kind.name = name
        fields.add(asked["period_from"], narrow=True)
        fields.add(asked["period_to"], beside=True)
        fields.add(asked["as_of"], context.workspace.today(), narrow=True)
        fields.at("as_of").committed.connect(self._suggest)
        self.add_reader(fields)
        self.headings = Combo()
        self.headings.addItem(_("No other language"), "")
        for code, name in LANGUAGES.items():
            self.headings.addItem(name, code)
        fields.row(_("Headings also in"), self.headings)
        self.add_file(fields, _("Excel workbooks"), SUFFIX)

    # ---- what it begins with

    def take(self, query: Any, asked: Request | None = None) -> None:
        """Offer this list, if there is one; begin with what is asked."""
        if self._running.going():
            return
        self._query = query
        self._freezes = (asked.freezes, asked.audience) if asked is not None else ("", "")
        self.foot.insertWidget(0, self.preview_button)
        self.list.setEnabled(query is not None)
        if query is None:
            self.whole.setChecked(True)
        else:
            words = _("{this_list}: {name}").format(this_list=self._list_words, name=_(query.entity.plural))
            self.list.setText(words)
        self._fill(asked)
        self._on_layout()
        self._on_audience()
        self._suggest()
        self.act_button.setFocus()  # most often everything is right as it stands

    def _fill(self, asked: Request | None) -> None:
        """What there is to choose from now, and what is asked for of it."""
        chosen = (asked.layout if asked else "") or self.layout_choice.currentData() or ""
        self.layouts = {each.key: each for each in layouts.layouts() if each.sheets}
        self.layout_choice.blockSignals(True)
        self.layout_choice.clear()
        for key, each in self.layouts.items():
            self.layout_choice.addItem(each.title, key)
        self.layout_choice.setCurrentIndex(max(0, self.layout_choice.findData(chosen)))
        self.layout_choice.blockSignals(False)
        if asked is None:
            return
        self.audience.choose(asked.audience)
        self._fill_since(asked.since)
        for name, value in (("period_from", asked.period_from), ("period_to", asked.period_to)):
            if value:
                self.main.give(name, value)

    def _fill_since(self, chosen: str = "") -> None:
        """The reports that were frozen; the last one of the audience is taken by itself."""
        kept = chosen or self.since.currentData() or LAST
        last = reporting.last(self.audience.audience())
        words = (
            _("Last report: {title}").format(title=last.title)
            if last is not None
            else _("The beginning of the period")
        )
        self.since.blockSignals(True)
        self.since.clear()
        self.since.addItem(words, LAST)
        for report in reporting.reports():
            self.since.addItem(join_parts(report.title, format_date(report.period_to)), report.uid)
        self.since.addItem(_("A day…"), A_DAY)
        place = self.since.findData(kept)
        if place < 0:  # a day
            self.what.give("since_day", kept)
            place = self.since.count() - 1
        self.since.setCurrentIndex(place)
        self.since.blockSignals(False)
        self._on_since()

    # ---- what follows from a choice

    def definition(self) -> Definition:
        """The layout that is chosen."""
        return self.layouts[self.layout_choice.currentData()]

    def _on_what(self) -> None:
        whole = self.whole.isChecked()
        for part in (self.layout_choice, self.since):
            part.setEnabled(whole)
        self._on_layout()
        self._on_since()
        self._count()
        self._suggest()

    def _on_layout(self) -> None:
        chosen = self.definition()
        whole = self.whole.isChecked()
        words = about(chosen) if whole else _("The columns, the filter and the order of the list")
        self._about.setText(words)
        fixed = chosen.languages if whole else ()
        for code, combo in zip((*fixed, "", "")[:2], (self.language, self.headings), strict=True):
            combo.setEnabled(not fixed)
            if fixed:
                combo.setCurrentIndex(combo.findData(code))
            combo.setToolTip(_("The layout says so.") if fixed else "")
        self._suggest_marking()
        self.fit_soon()

    def _on_audience(self) -> None:
        self._fill_since()
        self._suggest_marking()
        self._suggest()
        self._count()

    def _on_since(self) -> None:
        day = self.whole.isChecked() and self.since.currentData() == A_DAY
        self.what.ask("since_day", day)
        self.fit_soon()

    def _count(self) -> None:
        """Say what is left out for the audience."""
        audience = self.audience.audience()
        workspace = self.context.workspace
        request = Request(audience=audience, only=self._query if self.list.isChecked() else None)
        self.left_out.show_for(audience, lambda: left_out(workspace, request))

    def _suggest_marking(self) -> None:
        """How the file is marked, unless somebody has said it."""
        if self.main.untouched("marking"):
            self.main.give("marking", self._usual_marking())

    def _usual_marking(self) -> str:
        workspace, audience = self.context.workspace, self.audience.audience()
        own = self.definition().marking if self.whole.isChecked() else ""
        if not own and audience == INTERNAL:
            own = workspace.facts.marking or self.context.settings.last_marking
        return marking_of(workspace, own, audience)

    def _suggest(self) -> None:
        """A good name for the file, which tells its day."""
        try:
            as_of = self.main.at("as_of").value()
        except Invalid:
            return
        name = suggested_name(self.context.workspace, as_of, self.audience.audience())
        if self.list.isChecked() and self._query is not None:
            name = name.replace("Status", self._query.entity.__name__, 1)
        self.suggest(name)

    # ---- acting

    def request(self) -> Request:
        """What is asked for; raises `Invalid`."""
        values, officer = self.main.values(), self.context.workspace.officer
        whole = self.whole.isChecked()
        return Request(
            period_from=values["period_from"] or "",
            period_to=values["period_to"] or "",
            as_of=values["as_of"],
            language=self.language.currentData(),
            marking=self._marking(values["marking"]),
            prepared_by=officer.name if officer else "",
            only=None if whole else self._query,
            audience=self.audience.audience(),
            layout=self.layout_choice.currentData() if whole else "",
            since=self._since() if whole else "",
            headings=self._headings(),
            freezes=self._freezes[0] if whole and self._freezes[1] == self.audience.audience() else "",
        )

    def _marking(self, typed: str) -> str:
        """What was typed; the usual words are left to the export, which says them in the reader's language."""
        audience = self.audience.audience()
        usual = typed == _(VISIBILITY[audience]) and not self.context.workspace.facts.marking
        return "" if usual and not self.definition().marking else typed

    def _since(self) -> str:
        chosen = self.since.currentData()
        if chosen != A_DAY:
            return str(chosen)
        day = self.what.at("since_day").value()
        if not day:
            raise Invalid(_("Say since which day."), "since_day")
        return str(day)

    def _headings(self) -> str:
        other = self.headings.currentData() if self.headings.isEnabled() else ""
        return other if other != self.language.currentData() else ""

    def _asked(self) -> Request | None:
        """What is asked for; None after it was told what is wrong with it."""
        wrong = next((each for each in [fields.wrong() for fields in self.fields] if each is not None), None)
        if wrong is not None:
            self.go_to(wrong)
            return None
        try:
            return self.request()
        except Invalid as error:
            self.blame(error)
            return None

    def show_preview(self) -> None:
        """Show the workbook as it would be."""
        from desktop.ui.workbook.preview import show_preview  # with all that draws it

        request = self._asked()
        if request is not None and not self._running.going():
            show_preview(self, self.context, request, export=self.accept)

    def start(self, path: Path) -> None:
        self.run(path, replace=str(path) == self._may_replace)

    def run(self, path: Path, *, replace: bool) -> None:
        """Write; `replace` says that what stands there may go."""
        request = self._asked()
        if request is None:
            return
        context = self.context
        if request.audience == INTERNAL:
            context.settings.last_marking = self.main.values()["marking"]
        self.audience.remember()
        workspace, progress = context.workspace, self._running.progress
        self.write(path, lambda: write(workspace, request, path, progress, replace=replace), self._on_written)

    def would_replace(self, path: Path, refused: WouldReplace) -> None:
        self._failed(str(refused) if self.isHidden() else "")
        if self.isHidden():
            return

        def under(other: Path) -> None:
            self.file.suggest(other)
            self.run(other, replace=False)

        workspace = self.context.workspace
        ask_to_replace(self, workspace, path, lambda: self.run(path, replace=True), under)

    def _on_written(self, report: Report) -> None:
        context, path, rows = self.context, report.path, report.rows
        context.attempt(lambda: note(context.workspace, report))
        words = ngettext("{file} was written: {count} row.", "{file} was written: {count} rows.", rows)
        self.written(path, [words.format(file=path.name, count=rows), *report.told])

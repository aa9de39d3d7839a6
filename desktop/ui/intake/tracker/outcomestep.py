"""The last step: what will be made and changed, what may be there already, and what is not taken, and why."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QTabWidget,
    QWidget,
)

from desktop.export import saving
from desktop.export.errors import ExportError
from desktop.export.intake.tracker.plan import Act, Plan
from desktop.export.report import marking_of
from desktop.i18n import N_, _, format_number, ngettext
from desktop.model import Invalid
from desktop.service.attachments import MOST_NAME_BYTES, first_bytes
from desktop.ui import theme
from desktop.ui.freepath import free_path
from desktop.ui.icons import icon
from desktop.ui.intake.tracker import planned
from desktop.ui.intake.tracker.step import Step
from desktop.ui.intake.tracker.tables import Line, LineTable
from desktop.ui.lists.counts import counted
from desktop.ui.savefile import chosen_path
from desktop.ui.widgets.emptystate import EmptyState
from desktop.ui.widgets.searchbox import SearchBox
from desktop.ui.widgets.tips import plain_tip


class OutcomeStep(Step):
    """Nothing is written yet: the button of the wizard says what it would do."""

    key, icon, title = "outcome", "check", N_("What will happen")

    def build(self) -> None:
        self.tables: dict[str, LineTable] = {}
        self._pages: dict[str, QStackedWidget] = {}
        self._lines: dict[str, list[Line]] = {}
        self.tabs = QTabWidget(documentMode=True)
        self.search = SearchBox(_("Find in this list"))
        self.search.text_changed_settled.connect(lambda _text: self._filter())
        for key, (title, titles, empty) in planned.LISTS.items():
            table = self.tables[key] = LineTable(_(title), [_(each) for each in titles])
            page = self._pages[key] = QStackedWidget()
            page.addWidget(table)
            page.addWidget(EmptyState("check", _(empty)))
            self.tabs.addTab(page, _(title))
        self.tables["likely"].setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.tabs.currentChanged.connect(lambda _at: self._on_tab())
        find = QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self)
        find.activated.connect(self.search.setFocus)
        self.column.addWidget(self.tabs, 1)
        self.column.addLayout(self._foot())
        self.told = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText, visible=False)
        self.told.setProperty("muted", True)
        self.column.addWidget(self.told)

    def _foot(self) -> QHBoxLayout:
        row, mark = QHBoxLayout(spacing=theme.SMALL), self.wizard.keys.mark
        row.addWidget(self.search, 1)
        self.decide: dict[str, QPushButton] = {}
        for key, words in planned.DECISIONS.items():
            button = self.decide[key] = QPushButton(mark(_(words)), autoDefault=False, visible=False)
            button.clicked.connect(lambda _on=False, key=key: self._decide(key))
            row.addWidget(button)
        row.addSpacing(theme.LARGE)
        self.copy_button = QPushButton(icon("copy", "muted"), mark(_("Copy as a table")), autoDefault=False)
        self.copy_button.clicked.connect(self._copy)
        self.write_button = QPushButton(
            icon("export", "muted"), mark(_("Save as a table…")), autoDefault=False
        )
        self.write_button.clicked.connect(self.ask_to_write)
        row.addWidget(self.copy_button)
        row.addWidget(self.write_button)
        return row

    def begin(self) -> QWidget:
        return self.tabs.tabBar()

    @property
    def current(self) -> str:
        """The key of the list that is shown."""
        return list(planned.LISTS)[self.tabs.currentIndex()]

    # ---- what is shown

    def refresh(self) -> None:
        plan: Plan | None = self.wizard.held.plan
        if plan is None:
            return
        self._lines = {
            "made": planned.made(plan),
            "changed": planned.changed(plan),
            "likely": planned.likely(plan, self.wizard.held.decided),
            "untaken": planned.untaken(plan),
            "supposed": planned.supposed(plan),
        }
        sizes = {**{key: len(lines) for key, lines in self._lines.items()}, "changed": plan.count(Act.CHANGE)}
        for at, (key, (title, _titles, _empty)) in enumerate(planned.LISTS.items()):
            self.tabs.setTabText(at, f"{_(title)} ({format_number(sizes[key])})")
        self._filter()
        self._on_tab()
        self.said.setText(self._sentence(plan))
        told = list(dict.fromkeys(plan.told))
        self.told.setText("\n".join(told[:3]))
        self.told.setToolTip(plain_tip("\n".join(told)))
        self.told.setVisible(bool(told))

    def _sentence(self, plan: Plan) -> str:
        made, changed = self.wizard.held.decided.counts(plan)
        same = plan.count(Act.SAME)
        parts = [
            _("{records} will be made.").format(records=counted(plan.mapping.kind, made)),
            _("{records} will be changed.").format(records=counted(plan.mapping.kind, changed)),
        ]
        if same:
            words = ngettext("{count} row says nothing new.", "{count} rows say nothing new.", same)
            parts.append(words.format(count=format_number(same)))
        same_names = self.wizard.held.same_names
        new = sum((each.wanted.kind, each.wanted.name) not in same_names for each in plan.names)
        if new:
            words = ngettext(
                "{count} name goes into the directory.", "{count} names go into the directory.", new
            )
            parts.append(words.format(count=format_number(new)))
        parts.append(_("A backup is written before; one undo takes all of it back."))
        return " ".join(parts)

    def _filter(self) -> None:
        wanted = self.search.text().strip().casefold()
        for key, table in self.tables.items():
            lines = self._lines.get(key, [])
            shown = [line for line in lines if wanted in " ".join(line.cells).casefold()] if wanted else lines
            table.show_lines(shown)
            self._pages[key].setCurrentIndex(0 if lines else 1)

    def _on_tab(self) -> None:
        any_lines = bool(self._lines.get(self.current))
        for button in self.decide.values():
            button.setVisible(self.current == "likely" and any_lines)
        for each in (self.search, self.copy_button, self.write_button):
            each.setEnabled(any_lines)

    # ---- what is said

    def _decide(self, decision: str) -> None:
        table = self.tables["likely"]
        rows = [index.row() for index in table.selectionModel().selectedRows()]
        keys = set(table.chosen())
        plan = self.wizard.held.plan
        for row in plan.likely if plan is not None else ():
            if row.key in keys and (decision != planned.SAME or planned.same_as(row)):
                self.wizard.held.decided.decide(row, decision)
            elif row.key in keys:
                words = _("Row {row} is like another row of the file; it can be left out, or both kept.")
                self.wizard.refuse(words.format(row=format_number(row.taken.row)))
        self.refresh()
        self.wizard.offer()
        if rows:
            table.selectRow(min(rows[-1], len(table.lines.lines) - 1))

    def _copy(self) -> None:
        self.tables[self.current].copy()
        self.wizard.messages.show_message(_("The list was copied."), "success", timeout=4_000)

    def ask_to_write(self) -> None:
        """Ask where the list is to be written, and write it."""
        context, title = self.wizard.context, _("Save as a table")
        folder = Path(context.settings.export_folder or context.places.documents)
        end = f" – {_(planned.LISTS[self.current][0])}.tsv"
        stem = first_bytes(self.wizard.held.path.stem, MOST_NAME_BYTES - len(end.encode()))
        suggested = free_path(folder / f"{stem}{end}")
        try:
            path = chosen_path(self, title, suggested, _("Tables as text"), ".tsv")
        except Invalid as error:
            self.wizard.refuse(str(error))
            return
        if path is not None:
            self.write(path)

    def write(self, path: Path) -> None:
        """Write the list that is shown into a file."""
        workspace, settings = self.wizard.context.workspace, self.wizard.context.settings
        marking = marking_of(workspace, workspace.facts.marking or settings.last_marking)
        try:
            saving.write(self.tables[self.current].as_text(marking).encode("utf-8-sig"), path)
        except ExportError as error:
            self.wizard.refuse(str(error))
            return
        words = _("{file} was written.").format(file=path.name)
        self.wizard.messages.show_message(words, "success", timeout=8_000)

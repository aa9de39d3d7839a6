"""The tabs of Activity: what was done, what is deleted, which workbooks were made and sent.

To add one: a `Tab` here, and its place in `ActivityPage.tabs`; it fills itself when it is seen and after each change.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QStackedLayout,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.i18n import N_, _, format_date, ngettext
from desktop.model import RECORDS, Fact
from desktop.service import history, journal, reports, undo
from desktop.ui import theme
from desktop.ui.context import Context
from desktop.ui.dialogs.sent import note_export_as_sent
from desktop.ui.icons import icon
from desktop.ui.pages.activitytree import DATA, ActivityTree, moment
from desktop.ui.passing import PassesFocus
from desktop.ui.widgets.emptystate import EmptyState

PAGE = 100
"""Operations read at once; scrolling to the end reads more."""
STEPS = 200
"""Steps shown of one operation."""

SOURCES = {
    "window": N_("Window"),
    "command_line": N_("Command line"),
    "undo": N_("Undo"),
    "catalogue": N_("Catalogue"),
    "setup": N_("Set-up"),
    "import": N_("Import"),
    "merge": N_("Merge of files"),
    "export": N_("Export"),
    "check": N_("Check workspace"),
}


class Tab(PassesFocus, QWidget):
    """A tree with one button for what is selected, and a sentence where there is nothing."""

    columns: tuple[str, ...] = ()
    wide = 0
    """The column that takes the room."""
    verb, verb_icon = "", ""
    empty, empty_icon = "", "activity"

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.tree = ActivityTree([_(title) for title in self.columns], self.wide)
        self.tree.itemSelectionChanged.connect(self._on_selected)
        self.tree.itemActivated.connect(self._on_activated)
        self.button = QPushButton(icon(self.verb_icon), _(self.verb), enabled=False)
        self.button.clicked.connect(self.act)
        self.bar = bar = QHBoxLayout()
        bar.setContentsMargins(theme.WIDE, theme.SMALL, theme.WIDE, theme.SMALL)
        bar.addWidget(self.button)
        bar.addStretch(1)
        whole = QVBoxLayout(self, spacing=0)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addLayout(bar)
        room = QWidget(self)  # what a stack without a widget gets first would be shown as a window of its own
        self._either = QStackedLayout(room)
        self._either.addWidget(self.tree)
        self._either.addWidget(EmptyState(self.empty_icon, _(self.empty)))
        whole.addWidget(room, 1)
        self.pass_focus_to(self.tree)

    def stops(self) -> list[QWidget]:
        """Where Tab stops, in the order of sight."""
        return [self.button, self.tree]

    def fill(self) -> None:
        """Show how things stand, keeping what is selected where it is still there."""
        self.tree.keep(self._fill)
        self._either.setCurrentIndex(0 if self.tree.topLevelItemCount() else 1)
        self._on_selected()

    def _fill(self) -> None:
        raise NotImplementedError

    def act(self) -> None:
        """Do what the button says to what is selected."""
        raise NotImplementedError

    def chosen(self) -> Any:
        """What stands behind the selected line, or None."""
        items = self.tree.selectedItems()
        return items[0].data(0, DATA) if items else None

    def _on_activated(self, item: QTreeWidgetItem) -> None:
        """Enter on a line does what the button says."""
        if item.data(0, DATA) is not None:
            self.act()

    def _on_selected(self) -> None:
        self.button.setEnabled(self.chosen() is not None)


class Done(Tab):
    """Everything that was done, newest first; each opens to its steps."""

    columns = (N_("When"), N_("Who"), N_("What"), N_("Through"))
    wide = 2
    verb, verb_icon = N_("Take back"), "undo"
    empty = N_("Nothing was done yet.")

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._last: int | None = None
        self._more = True
        self._before: int | None = None
        """The operation before which the list begins; None where it begins with the newest."""
        self.newest = QPushButton(_("Show the newest"), flat=True, visible=False, autoDefault=False)
        self.newest.setProperty("flat", True)
        self.newest.clicked.connect(lambda: self.begin_with(""))
        self.bar.insertWidget(1, self.newest)
        self.tree.itemExpanded.connect(self._show_steps)
        self.tree.end_reached.connect(self._read_on)

    def stops(self) -> list[QWidget]:
        return [self.button, self.newest, self.tree]

    def begin_with(self, day: str) -> None:
        """Begin the list with what was done on a day, the first line of it selected; '' for the newest."""
        self._before = history.after_day(self.context.workspace, day) if day else None
        self.newest.setVisible(self._before is not None)
        self._fill()
        self.tree.setCurrentItem(self.tree.topLevelItem(0))
        self._either.setCurrentIndex(0 if self.tree.topLevelItemCount() else 1)
        self.tree.setFocus()

    def _fill(self) -> None:
        self.tree.clear()
        self._last, self._more = self._before, True
        self._read_on()

    def _read_on(self) -> None:
        """Show the operations before the last one shown."""
        if not self._more:
            return
        zone = self.context.workspace.facts.zone
        rows = list(history.operations(PAGE, self._last))
        self._more = len(rows) == PAGE
        set_back = history.set_back(rows)
        for operation in rows:
            source = _(SOURCES.get(operation.source, operation.source))
            at = moment(operation.at, zone)
            if operation.id in set_back:
                at = _("{moment} (the clock had been set back)").format(moment=at)
            item = self.tree.line((at, operation.officer_name, operation.label, source))
            item.setData(0, DATA, operation)
            item.setChildIndicatorPolicy(QTreeWidgetItem.ChildIndicatorPolicy.ShowIndicator)
            self._last = operation.id

    def _show_steps(self, item: QTreeWidgetItem) -> None:
        """What an operation changed, in words, when it is first opened."""
        if item.childCount():
            return
        steps = [step for step in journal.steps_of(item.data(0, DATA)) if not _told_already(step)]
        if not steps:
            item.setChildIndicatorPolicy(QTreeWidgetItem.ChildIndicatorPolicy.DontShowIndicator)
        for step in steps[:STEPS]:
            self.tree.step(item, history.describe(step), step)
        rest = len(steps) - STEPS
        if rest > 0:
            self.tree.step(
                item, ngettext("and {count} more", "and {count} more", rest).format(count=rest), None
            )

    def _on_activated(self, item: QTreeWidgetItem) -> None:
        """Enter on an operation opens it, on a step leads to its record."""
        step = item.data(0, DATA)
        if item.parent() is None:
            item.setExpanded(not item.isExpanded())
        elif step is not None:
            entity: Any = RECORDS[step.entity]
            record = entity.get_or_none(entity.uid == step.uid)
            if record is not None and hasattr(record, "ref"):
                self.context.record_requested.emit(record)

    def chosen(self) -> Any:
        items = self.tree.selectedItems()
        item = items[0] if items else None
        while item is not None and item.parent() is not None:
            item = item.parent()
        return item.data(0, DATA) if item is not None else None

    def act(self) -> None:
        operation, context = self.chosen(), self.context
        label = _("Take back: {what}").format(what=operation.label)

        def verb() -> bool:
            undo.revert(context.workspace, operation, label)
            return True

        if context.attempt(verb):
            context.said.emit(_("Taken back: {what}").format(what=operation.label), [])


def _told_already(step: journal.Step) -> bool:
    """Whether a step says no more than its operation: the note that a workbook was made or sent."""
    return step.entity == Fact.key() and history.name_of(step).startswith(reports.PREFIX)


class Deleted(Tab):
    """The records that are deleted now."""

    columns = (N_("Deleted"), N_("By"), N_("Record"))
    wide = 2
    verb, verb_icon = N_("Bring back"), "undo"
    empty, empty_icon = N_("Nothing is deleted. What you delete can be brought back from here."), "delete"

    def _fill(self) -> None:
        self.tree.clear()
        zone = self.context.workspace.facts.zone
        for operation, step in history.deleted(self.context.workspace):
            words = f"{_(RECORDS[step.entity].singular)} {history.name_of(step)}"
            item = self.tree.line((moment(operation.at, zone), operation.officer_name, words))
            item.setData(0, DATA, (operation, step))

    def act(self) -> None:
        (operation, step), context = self.chosen(), self.context
        name = history.name_of(step)

        left_out = context.attempt(lambda: history.bring_back(context.workspace, operation, step))
        if left_out is not None:
            words = [_("Brought back: {what}").format(what=name), *left_out]
            context.said.emit("\n".join(words), [])


class Exports(Tab):
    """The workbooks that were made, and when and to whom each was sent."""

    columns = (N_("Made"), N_("File"), N_("Marking"), N_("Sent"), N_("Sent to"))
    wide = 1
    verb, verb_icon = N_("Note as sent…"), "check"
    empty, empty_icon = N_("No workbook was exported yet. Ctrl+E makes one."), "workbook"

    def _fill(self) -> None:
        self.tree.clear()
        zone = self.context.workspace.facts.zone
        for export in reports.exports(self.context.workspace):
            cells = (
                moment(export.at, zone),
                export.file,
                export.marking,
                format_date(export.sent_on),
                export.sent_to,
            )
            self.tree.line(cells).setData(0, DATA, export)

    def act(self) -> None:
        note_export_as_sent(self.window(), self.context, self.chosen())

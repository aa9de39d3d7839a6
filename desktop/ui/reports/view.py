"""What changed between two points: how many records moved how, which they are, and what of them differs."""

from __future__ import annotations

from collections import Counter
from typing import Any

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from desktop.i18n import _, format_datetime, format_number
from desktop.model import ENTITIES
from desktop.service.changes import Moved
from desktop.ui import theme
from desktop.ui.context import Context
from desktop.ui.icons import icon
from desktop.ui.layout import letter
from desktop.ui.passing import PassesFocus
from desktop.ui.reports import words
from desktop.ui.reports.cells import CellsTable
from desktop.ui.reports.changestree import ChangesTree
from desktop.ui.reports.comparison import MOST_CELLS, Found
from desktop.ui.reports.marks import MarkChips
from desktop.ui.widgets.combo import Combo
from desktop.ui.widgets.emptystate import EmptyState

FOLLOWED, EVERYTHING = "followed", ""
"""Which kinds of records are shown: those whose course is followed, all, or one by its key."""
HAPPENED, CELLS = 0, 1
KINDS = 48
"""Letters of the choice of kinds, at most."""


class ChangesView(PassesFocus, QWidget):
    """Fed with what was `Found`; wishes go out as signals."""

    opened = Signal(str)
    """Somebody wants to see the record of this uid in full."""
    led = Signal(str)
    """Somebody wants to see it on its page."""
    bring_back_requested = Signal(object)
    """Make this `Moved` again."""
    cells_wanted = Signal()
    """The fields are to be seen, and are not there."""

    def __init__(self, context: Context, state: dict[str, Any]) -> None:
        super().__init__()
        self._state, self._found = state, None
        workspace = context.workspace
        self.chips = MarkChips()
        self.tree, self.table = ChangesTree(), CellsTable(lambda at: format_datetime(workspace.local(at)))
        self.bar = QTabBar(drawBase=False, expanding=False)
        self.bar.setAccessibleName(_("What changed"))
        self.bar.setUsesScrollButtons(False)  # there are two; the kinds give way
        for title in (_("What happened"), _("Cell by cell")):
            self.bar.addTab(title)
        self.kinds = Combo()
        self.kinds.setMaximumWidth(KINDS * letter(self))
        self.kinds.setAccessibleName(_("Kinds of records"))
        self.kinds.setToolTip(_("Which kinds of records are shown"))
        self.back_button = QPushButton(icon("undo"), _("Bring back"), enabled=False, autoDefault=False)
        self.note = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText, visible=False)
        self.note.setProperty("muted", True)
        self.nothing = EmptyState("reports", _("Nothing has changed since."))
        self.stack = QStackedWidget()
        for part in (self.tree, self.table, self.nothing):
            self.stack.addWidget(part)
        self._lay_out()
        self.pass_focus_to(self.tree)
        self.chips.chosen.connect(self._go_to)
        self.bar.currentChanged.connect(lambda _place: self._on_tab())
        self.kinds.currentIndexChanged.connect(lambda _place: self._on_kind())
        self.tree.chosen.connect(self._on_chosen)
        self.tree.opened.connect(lambda moved: self.opened.emit(moved.uid))
        self.table.opened.connect(lambda cell: self.opened.emit(cell.uid))
        self.back_button.clicked.connect(lambda: self.bring_back_requested.emit(self.tree.current()))
        self.tree.menu_requested.connect(self._show_menu)
        self.table.menu_requested.connect(self._show_menu)

    def _lay_out(self) -> None:
        tabs = QHBoxLayout(spacing=theme.SMALL)
        tabs.setContentsMargins(theme.MEDIUM, 0, theme.WIDE, 0)
        tabs.addWidget(self.bar)
        tabs.addStretch(1)
        tabs.addWidget(self.back_button)
        tabs.addWidget(self.kinds, 4)
        told = QVBoxLayout(spacing=theme.SMALL)
        told.setContentsMargins(theme.WIDE, 0, theme.WIDE, theme.TIGHT)
        told.addWidget(self.chips)
        told.addWidget(self.note)
        whole = QVBoxLayout(self, spacing=theme.SMALL)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addLayout(told)
        whole.addLayout(tabs)
        whole.addWidget(self.stack, 1)

    # ---- what it shows

    def wants_cells(self) -> bool:
        """Whether the fields are seen."""
        return self.bar.currentIndex() == CELLS

    def show_found(self, found: Found, nothing: str) -> None:
        """Show what changed, or the sentence that nothing did."""
        self._found = found
        self.nothing.say("reports", nothing)
        self._offer_kinds()
        self._fill()

    def moved_of(self, uid: str) -> Moved | None:
        """The record of a uid, if it moved."""
        return self._found.delta.by_uid.get(uid) if self._found is not None else None

    def _offer_kinds(self) -> None:
        counts = Counter(each.entity for each in self._moved(EVERYTHING))
        followed = sum(words.is_followed(each) for each in self._moved(EVERYTHING))
        self.kinds.blockSignals(True)
        self.kinds.clear()
        offered = [(FOLLOWED, _("Recommendations, initiatives, follow-ups"), followed)]
        offered.append((EVERYTHING, _("All kinds of records"), counts.total()))
        offered += [
            (each.key(), _(each.plural), counts[each.key()]) for each in ENTITIES if counts[each.key()]
        ]
        for key, title, count in offered:
            self.kinds.addItem(_("{title} ({count})").format(title=title, count=format_number(count)), key)
        self.kinds.setCurrentIndex(max(0, self.kinds.findData(self._state.get("kind", FOLLOWED))))
        self.kinds.blockSignals(False)

    def _moved(self, kind: str) -> list[Moved]:
        """The records of a kind that moved."""
        found = self._found.delta.moved if self._found is not None else []
        return [
            each
            for each in found
            if kind in (EVERYTHING, each.entity) or (kind == FOLLOWED and words.is_followed(each))
        ]

    def _fill(self) -> None:
        if self._found is None:
            return
        moved = self._moved(self.kinds.currentData())
        self.chips.show_counts(Counter(mark for each in moved for mark in each.marks))
        self.tree.show_changes(moved, self._found.rags)
        cells, uids = self._found.cells or [], {each.uid for each in moved}
        self.table.rows.show([cell for cell in cells[:MOST_CELLS] if cell.uid in uids])
        self.table.fit()
        more = self.wants_cells() and len(cells) > MOST_CELLS
        sentence = _("Only the first {count} fields are shown; the workbook has them all.")
        self.note.setText(sentence.format(count=format_number(MOST_CELLS)))
        self.note.setVisible(more)
        self.stack.setCurrentIndex(self.bar.currentIndex() if moved else 2)
        self.pass_focus_to(self.stack.currentWidget() if moved else self.bar)
        self._on_chosen()

    def _on_kind(self) -> None:
        self._state["kind"] = self.kinds.currentData()
        self._fill()

    def _on_tab(self) -> None:
        if self._found is not None and self.wants_cells() and self._found.cells is None:
            self.cells_wanted.emit()
        self._fill()

    def _go_to(self, mark: str) -> None:
        self.bar.setCurrentIndex(HAPPENED)
        self.tree.go_to(mark)

    def copy(self) -> None:
        """Copy the selected rows."""
        (self.table if self.wants_cells() else self.tree).copy()

    # ---- records

    def _on_chosen(self) -> None:
        moved = self.tree.current()
        self.back_button.setEnabled(moved is not None and "deleted" in moved.marks and not self.wants_cells())

    def _show_menu(self, place: QPoint) -> None:
        on = self.table if self.wants_cells() else self.tree
        current = on.current()
        uid = current.uid if current is not None else ""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for text, signal in ((_("&Open in its own window"), self.opened), (_("&Show on its page"), self.led)):
            action = menu.addAction(text, lambda signal=signal: signal.emit(uid))
            action.setEnabled(bool(uid))
        back = menu.addAction(icon("undo"), _("&Bring back"), self.back_button.click)
        back.setEnabled(self.back_button.isEnabled())
        menu.addSeparator()
        copy = menu.addAction(icon("copy"), _("&Copy rows"), self.copy)
        copy.setShortcut(QKeySequence(QKeySequence.StandardKey.Copy))
        if on is self.tree:
            menu.addSeparator()
            menu.addAction(_("&Unfold all"), self.tree.expandAll)
            menu.addAction(_("&Fold all"), self.tree.collapseAll)
        menu.popup(place)

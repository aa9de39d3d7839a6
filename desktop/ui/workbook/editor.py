"""A layout to look at or to change: its sheets in their order, each with its columns; and what holds for all of it.

Each change is kept at once, and undo takes it back.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSplitter, QTabWidget, QVBoxLayout, QWidget

from desktop.export import layouts
from desktop.export.layouts import Definition, LayoutSheet
from desktop.i18n import _
from desktop.model import ENTITIES
from desktop.ui import theme
from desktop.ui.accesskeys import AccessKeys
from desktop.ui.context import KNOWN_PROBLEMS, Context
from desktop.ui.widgets.heading import Heading
from desktop.ui.workbook.general import GeneralPane
from desktop.ui.workbook.sheetpane import SheetPane
from desktop.ui.workbook.ticked import Entry, TickedPanel, TickedTable
from desktop.ui.workbook.words import about


class LayoutEditor(QWidget):
    """Shows one layout."""

    copy_requested = Signal()
    problem = Signal(str)

    def __init__(self, context: Context, keys: AccessKeys, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.shown: Definition | None = None
        self._unticked: dict[str, LayoutSheet] = {}
        """Sheets that were taken out here: ticked again, they are as they were."""
        self.name, self._about = Heading("", 2), QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self._about.setProperty("muted", True)
        self.copy = QPushButton(keys.mark(_("Copy to change")), autoDefault=False)
        self.copy.clicked.connect(self.copy_requested)
        self.lacking = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText, visible=False)
        self.lacking.setProperty("problem", True)
        self.sheets = TickedTable(_("Sheets"), [_("Sheet"), _("Called")])
        self.sheets.setColumnWidth(1, 120)
        self.panel = TickedPanel(self.sheets)
        self.pane, self.general = SheetPane(context, keys.apart()), GeneralPane(keys.apart())
        self._lay_out()
        self.sheets.picked.connect(self._show_sheet)
        self.sheets.arranged.connect(self._on_arranged)
        self.sheets.typed.connect(self._on_called)
        self.pane.changed.connect(self._on_sheet)
        self.general.changed.connect(self._keep)
        for part in (self.pane, self.general):
            part.problem.connect(self.problem)

    def _lay_out(self) -> None:
        top = QHBoxLayout(spacing=theme.MEDIUM)
        words = QVBoxLayout(spacing=theme.TIGHT)
        words.addWidget(self.name)
        words.addWidget(self._about)
        top.addLayout(words, 1)
        top.addWidget(self.copy, 0, Qt.AlignmentFlag.AlignTop)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.addWidget(self.panel)
        split.addWidget(self.pane)
        split.setStretchFactor(0, 2)
        split.setStretchFactor(1, 3)
        split.setSizes([330, 500])
        split.setHandleWidth(1)
        self.panel.setContentsMargins(0, 0, theme.MEDIUM, 0)
        self.pane.setContentsMargins(theme.MEDIUM, 0, 0, 0)
        page = QWidget()
        inner = QVBoxLayout(page)
        inner.setContentsMargins(0, theme.SMALL, 0, 0)
        inner.addWidget(split)
        self.tabs = QTabWidget(documentMode=True)
        self.tabs.addTab(page, _("Sheets and columns"))
        self.tabs.addTab(self.general, _("Words, languages, paper"))
        column = QVBoxLayout(self, spacing=theme.SMALL)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(top)
        column.addWidget(self.lacking)
        column.addWidget(self.tabs, 1)

    # ---- showing

    def show_layout(self, shown: Definition) -> None:
        """Show a layout; what one is on stays so where it is the same one."""
        same = self.shown is not None and self.shown.key == shown.key
        if not same:
            self._unticked = {}
        self.shown = shown
        self.name.setText(shown.title)
        origin = _("Comes with the program.") if shown.shipped else ""
        self._about.setText(f"{origin} {about(shown)}".strip())
        self.copy.setVisible(shown.shipped)
        told = layouts.lacking(self._context.workspace, shown)
        self.lacking.setText("\n".join(told))
        self.lacking.setVisible(bool(told))
        self.panel.set_read_only(shown.shipped)
        current = self.sheets.current() if same else ""
        self.sheets.fill(self._entries(), current or self._first())
        self.general.show_layout(shown)

    def _first(self) -> str:
        """The first sheet of which there is more to choose than its name."""
        keys = [each.key for each in self.shown.sheets]
        return next((key for key in keys if layouts.sheet(key) is not None), keys[0])

    def _entries(self) -> list[Entry]:
        kept = {sheet.key: sheet for sheet in self.shown.sheets}
        rest = [key for key in layouts.sheet_keys() if key not in kept]
        if self.sheets.entries() and set(kept) <= {each.key for each in self.sheets.entries()}:
            before = [each.key for each in self.sheets.entries()]
            in_order = [key for key in before if key in kept]
            keys = before if in_order == list(kept) else [*kept, *rest]
        else:
            keys = [*kept, *rest]
        return [Entry(key, _title(key), key in kept, (self._called(kept.get(key)),)) for key in keys]

    def _called(self, sheet: LayoutSheet | None) -> str:
        return sheet.title if sheet is not None else ""

    def _sheet(self, key: str) -> LayoutSheet:
        """The sheet of a key as it is, or was before it was taken out."""
        found = self.shown.sheet(key) if self.shown is not None else None
        return found or self._unticked.get(key) or LayoutSheet(key)

    def _show_sheet(self, key: str) -> None:
        if self.shown is None or not key:
            return
        self.pane.show_sheet(self._sheet(key), self.shown.shipped)

    # ---- changing

    def _on_arranged(self) -> None:
        kept = self.sheets.ticked()
        self._unticked |= {sheet.key: sheet for sheet in self.shown.sheets if sheet.key not in kept}
        self._keep(replace(self.shown, sheets=tuple(map(self._sheet, kept))))

    def _on_called(self, key: str, _what: int, text: str) -> None:
        sheet = self._sheet(key)
        if text != sheet.title:
            self._on_sheet(replace(sheet, name="" if text == layouts.sheet_title(key) else text))

    def _on_sheet(self, sheet: LayoutSheet) -> None:
        """A sheet that is given columns, a filter or a name is wanted."""
        there = [each.key for each in self.shown.sheets]
        if sheet.key in there:
            sheets = [sheet if each.key == sheet.key else each for each in self.shown.sheets]
        else:
            keys = [each.key for each in self.sheets.entries() if each.on or each.key == sheet.key]
            sheets = [sheet if key == sheet.key else self._sheet(key) for key in keys]
        self._keep(replace(self.shown, sheets=tuple(sheets)))

    def _keep(self, wanted: Definition) -> None:
        """Keep the layout as it is to be; where it cannot be, say why and show it as it is."""
        shown: Any = self.shown
        try:
            shown = layouts.save(self._context.workspace, wanted)
        except KNOWN_PROBLEMS as error:
            self.problem.emit(str(error))
        self.show_layout(shown)


def _title(key: str) -> str:
    """The words of a sheet; the plain one of an entity says that it has all of it."""
    if any(entity.key() == key for entity in ENTITIES):
        return _("{sheet}: all fields").format(sheet=layouts.sheet_title(key))
    return layouts.sheet_title(key)

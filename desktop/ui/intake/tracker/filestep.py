"""The first step: which sheets, in which row the headings stand, and what kind of record the rows are."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QPushButton,
    QSpinBox,
    QWidget,
)

from desktop.export.intake.book import State
from desktop.export.intake.tracker import targets
from desktop.i18n import N_, _, format_number, join_parts, ngettext
from desktop.ui import theme
from desktop.ui.icons import icon
from desktop.ui.intake.tracker.keeping import applied_words, fill_menu
from desktop.ui.intake.tracker.sheetpreview import SheetPreview, wanted
from desktop.ui.intake.tracker.step import Step, label
from desktop.ui.intake.tracker.understanding import Understood
from desktop.ui.lists.counts import counted
from desktop.ui.widgets.combo import Combo
from desktop.ui.widgets.tips import plain_tip

_NAME = Qt.ItemDataRole.UserRole


class FileStep(Step):
    """What is said here is guessed anew on a worker; what was corrected in later steps holds."""

    key, icon, title = "file", "workbook", N_("What it is")

    def build(self) -> None:
        self.kind = Combo()
        self.kind.setMinimumContentsLength(18)
        self.kind.activated.connect(lambda _place: self._wish(kind=self.kind.currentData()))
        self.row = QSpinBox(minimum=1, maximum=1, keyboardTracking=False)
        self.row.valueChanged.connect(self._on_row)
        self.load_button = QPushButton(
            icon("folder", "muted"), self.wizard.keys.mark(_("Apply a saved mapping")), autoDefault=False
        )
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(lambda: fill_menu(self._menu, self.wizard))
        self.load_button.setMenu(self._menu)
        self.applied = QLabel(textFormat=Qt.TextFormat.PlainText, visible=False)
        self.applied.setProperty("muted", True)
        mark = self.wizard.keys.mark
        fields = QHBoxLayout(spacing=theme.SMALL)
        for text, field in ((_("Each row is a"), self.kind), (_("Headings in row"), self.row)):
            fields.addWidget(label(mark(text), field))
            fields.addWidget(field)
            fields.addSpacing(theme.LARGE)
        fields.addStretch(1)
        fields.addWidget(self.load_button)
        self.column.addLayout(fields)
        self.column.addWidget(self.applied)
        self.sheets = QListWidget()
        self.sheets.setProperty("checklist", True)
        self.sheets.setFixedWidth(210)
        self.sheets.itemChanged.connect(lambda _item: self._on_ticked())
        self.preview = SheetPreview()
        self.preview.chosen.connect(lambda row: self._wish(row=row))
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.MEDIUM)
        grid.setVerticalSpacing(theme.TIGHT)
        grid.addWidget(label(mark(_("Sheets")), self.sheets), 0, 0)
        self.of = QLabel(textFormat=Qt.TextFormat.PlainText)
        self.of.setProperty("muted", True)
        grid.addWidget(self.of, 0, 1)
        grid.addWidget(self.sheets, 1, 0)
        grid.addWidget(self.preview, 1, 1)
        grid.setColumnStretch(1, 1)
        self.column.addLayout(grid, 1)

    def begin(self) -> QWidget:
        return self.kind

    # ---- what is shown

    def refresh(self) -> None:
        understood = self.wizard.held.understood
        if understood is None:
            return
        blockers = [QSignalBlocker(each) for each in (self.kind, self.row, self.sheets)]
        self.kind.clear()
        for key in sorted(targets.KINDS, key=lambda key: -understood.guess.kinds.get(key, -1.0)):
            self.kind.addItem(_(targets.KINDS[key].singular), key)
        self.kind.setCurrentIndex(self.kind.findData(understood.mapping.kind))
        header = understood.headers[0]
        sheet = self.wizard.held.book.sheet(header.sheet)
        self.row.setMaximum(max(1, len(sheet.rows)))
        self.row.setValue(header.last)
        self._fill_sheets(understood)
        self.preview.show_sheet(sheet, header)
        words = _("Sheet “{sheet}”: the row with the headings is marked; what is grey is not taken.")
        self.of.setText(words.format(sheet=sheet.name))
        del blockers
        self.said.setText(_said(understood))
        told = applied_words(understood)
        self.applied.setText(told)
        self.applied.setVisible(bool(told))

    def _fill_sheets(self, understood: Understood) -> None:
        taken = {header.sheet for header in understood.headers}
        before = self.sheets.currentRow()
        self.sheets.clear()
        for sheet in self.wizard.held.book.sheets:
            header = understood.found.get(sheet.name)
            rows = header.end - header.begin + 1 if header is not None else 0
            words = ngettext("{count} row", "{count} rows", rows).format(count=format_number(rows))
            hidden = _("hidden") if sheet.state is not State.VISIBLE else ""
            told = join_parts(words if header is not None else _("no table"), hidden)
            item = QListWidgetItem(f"{sheet.name} ({told})")
            item.setToolTip(plain_tip(sheet.name))
            item.setData(_NAME, sheet.name)
            flags = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable
            item.setFlags(flags | Qt.ItemFlag.ItemIsEnabled if header is not None else flags)
            on = sheet.name in taken
            item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
            self.sheets.addItem(item)
        self.sheets.setCurrentRow(max(0, before))

    # ---- what is said

    def _on_row(self, row: int) -> None:
        understood = self.wizard.held.understood
        if understood is None:
            return
        header = understood.headers[0]
        found = wanted(self.wizard.held.book.sheet(header.sheet), header, row)
        if found:
            self._wish(row=found)
        else:
            self.refresh()

    def _ticked(self) -> tuple[str, ...]:
        """The sheets that are ticked, that with the marked headings first."""
        items = [self.sheets.item(row) for row in range(self.sheets.count())]
        names = [item.data(_NAME) for item in items if item.checkState() is Qt.CheckState.Checked]
        first = self.wizard.held.understood.headers[0].sheet
        return tuple(sorted(names, key=lambda name: name != first))

    def _on_ticked(self) -> None:
        if self._ticked():
            self._wish(sheets=self._ticked())
        else:
            self.refresh()  # one sheet there must be

    def _wish(self, **said: object) -> None:
        if self.wizard.held.understood is not None:
            self.wizard.wish(**{"sheets": self._ticked(), **said})


def _said(understood: Understood) -> str:
    """What was found, in a sentence."""
    rows = counted(understood.mapping.kind, understood.rows)
    if len(understood.headers) == 1:
        return _("{rows} on the sheet “{sheet}”.").format(rows=rows, sheet=understood.headers[0].sheet)
    words = ngettext(
        "{rows} on {count} sheet with the same headings, taken together.",
        "{rows} on {count} sheets with the same headings, taken together.",
        len(understood.headers),
    )
    return words.format(rows=rows, count=format_number(len(understood.headers)))

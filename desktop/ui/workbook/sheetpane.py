"""One sheet of a layout: its columns in order with heading and width, its filter, its order, its groups."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.export import layouts
from desktop.export.columns import Sheet
from desktop.export.layouts import LayoutColumn, LayoutSheet, known
from desktop.export.layouts.definition import MOST_WIDTH
from desktop.i18n import N_, _, format_number, parse_decimal
from desktop.model import Invalid, fields
from desktop.service import views
from desktop.service.grouping import groupable
from desktop.service.query import Order
from desktop.ui import theme
from desktop.ui.accesskeys import AccessKeys
from desktop.ui.context import Context
from desktop.ui.lists.filterbar import FilterBar
from desktop.ui.widgets.combo import Combo
from desktop.ui.workbook.ticked import Entry, TickedPanel, TickedTable

HEADING, WIDTH = 0, 1
"""The texts beside a column."""
_SINCE = N_("Since last report")


class SheetPane(QWidget):
    """Shows one sheet of a layout; `changed` tells what it is to be."""

    changed = Signal(object)
    problem = Signal(str)

    def __init__(self, context: Context, keys: AccessKeys, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._keys = context, keys
        self.sheet: LayoutSheet | None = None
        self._declared: Sheet | None = None
        self._read_only = self._filling = False
        self.bar: FilterBar | None = None
        self._filtered: tuple[Any, ...] = ()
        """Sheet, filter and whether it is only looked at, of the bar that stands there."""
        self._local: dict[str, list[Any]] = {}
        """The filter as this workspace has it: other records by id."""
        self._nothing = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self._nothing.setProperty("muted", True)
        self.columns = TickedTable(_("Columns"), [_("Column"), _("Heading"), _("Width")])
        self.columns.setColumnWidth(1, 190)
        self.columns.setColumnWidth(2, 64)
        self.columns.arranged.connect(self._on_columns)
        self.columns.typed.connect(self._on_typed)
        self.panel = TickedPanel(self.columns)
        self.all = QPushButton(keys.mark(_("All columns, as they come")), flat=True, autoDefault=False)
        self.all.setProperty("flat", True)
        self.all.clicked.connect(lambda: self._tell(columns=()))
        self.panel.buttons.addWidget(self.all)
        self.order, self.group = Combo(), Combo()
        self.descending = QCheckBox(keys.mark(_("Last first")))
        self.order.currentIndexChanged.connect(self._on_order)
        self.descending.toggled.connect(self._on_order)
        self.group.currentIndexChanged.connect(self._on_group)
        self._lay_out()

    def _lay_out(self) -> None:
        self._filter = QHBoxLayout(spacing=theme.SMALL)
        self._filter_words = _muted(_("Filter"))
        self._filter_words.setContentsMargins(0, theme.SMALL, 0, 0)
        self._filter.addWidget(self._filter_words, 0, Qt.AlignmentFlag.AlignTop)
        below = QHBoxLayout(spacing=theme.SMALL)
        for words, combo in ((_("Sorted by"), self.order), (_("Grouped by"), self.group)):
            label = _muted(self._keys.mark(words))
            label.setBuddy(combo)
            combo.setAccessibleName(words)
            below.addWidget(label)
            below.addWidget(combo, 1)
            if combo is self.order:
                below.addWidget(self.descending)
        self._whole = QWidget()
        column = QVBoxLayout(self._whole, spacing=theme.SMALL)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.panel, 1)
        column.addLayout(self._filter)
        column.addLayout(below)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._nothing)
        outer.addWidget(self._whole, 1)
        outer.addStretch(0)

    # ---- showing

    def show_sheet(self, sheet: LayoutSheet | None, read_only: bool) -> None:
        """Show a sheet; None for none."""
        self.sheet, self._read_only = sheet, read_only
        self._declared = layouts.sheet(sheet.key) if sheet is not None else None
        self._whole.setVisible(self._declared is not None)
        self._nothing.setVisible(self._declared is None)
        if self._declared is None:
            words = _("Nothing can be chosen of this sheet but its name, and whether it is there.")
            self._nothing.setText(words if sheet is not None else "")
            return
        self._filling = True
        self.panel.set_read_only(read_only)
        self.all.setEnabled(not read_only and bool(sheet.columns))
        self.columns.fill(self._entries())
        self._fill_filter()
        self._fill_orders()
        self._filling = False

    def _entries(self) -> list[Entry]:
        """The chosen columns in their order, then what else there is."""
        known_columns = layouts.columns(self._declared)
        kept = {column.key: column for column in self.sheet.columns}
        keys = layouts.column_keys(self._declared)
        usual = [column.key for column in self._declared.columns]
        usual += [known.SINCE] if known.SINCE in keys else []
        chosen = list(kept) or usual
        found = []
        for key in (*(key for key in chosen if key in keys), *(key for key in keys if key not in chosen)):
            title, width = self._usual(known_columns.get(key))
            column = kept.get(key)
            shown = (column.title if column else "") or title
            wide = (column.width if column else 0) or width
            found.append(Entry(key, title, key in chosen, (shown, _shown(wide))))
        return found

    def _usual(self, column: Any) -> tuple[str, float]:
        """The heading and the width that a column has by itself."""
        if column is None:
            return _(_SINCE), 30.0
        entity = self._declared.entity
        return column.title(entity), column.width or column.kinds(entity)[0].width

    def _fill_filter(self) -> None:
        """Filters that say this already stay: one may be about to tick more in them."""
        wanted = (self.sheet.key, self.sheet.where, self._read_only)
        if wanted == self._filtered:
            return
        self._filtered = wanted
        if self.bar is not None:
            self._filter.removeWidget(self.bar)
            self.bar.hide()
            self.bar.deleteLater()
        view = known.view(self.sheet, self._declared.entity)
        self.bar = FilterBar(self._context, self._declared.entity, [each for each, _keys in self.sheet.where])
        self._local = self._context.attempt(lambda: views.local(self._context.workspace, view)) or {}
        self.bar.restore(self._local)
        self.bar.setEnabled(not self._read_only)
        self.bar.changed.connect(self._on_filter)
        self._filter.addWidget(self.bar, 1)
        trail = [self.all, *self.bar.stops(), self.order, self.descending, self.group]
        for stop, after in pairwise(
            trail
        ):  # what is added late stands behind all the window in Qt's own circle
            QWidget.setTabOrder(stop, after)

    def _fill_orders(self) -> None:
        entity = self._declared.entity
        self.order.clear()
        self.order.addItem(_("As it comes"), "")
        for kind in fields(entity):
            if kind.exported:
                self.order.addItem(kind.title, kind.name)
        first = self.sheet.order[0] if self.sheet.order else Order("")
        self.order.setCurrentIndex(max(0, self.order.findData(first.field)))
        self.descending.setChecked(first.descending)
        self.group.clear()
        self.group.addItem(_("Nothing"), "")
        for kind in groupable(entity):
            self.group.addItem(kind.title, kind.name)
        self.group.setCurrentIndex(max(0, self.group.findData(self.sheet.group)))
        self.descending.setEnabled(bool(first.field) and not self._read_only)
        for combo in (self.order, self.group):
            combo.setEnabled(not self._read_only)

    # ---- changing

    def _tell(self, **values: Any) -> None:
        if self._filling or self.sheet is None or self._read_only:
            return
        self.changed.emit(replace(self.sheet, **values))

    def _chosen(self) -> tuple[LayoutColumn, ...]:
        """The ticked columns as they stand."""
        kept = {column.key: column for column in self.sheet.columns}
        return tuple(kept.get(key) or LayoutColumn(key) for key in self.columns.ticked())

    def _on_columns(self) -> None:
        chosen = self._chosen()
        if chosen:
            self._tell(columns=chosen)
            return
        self.problem.emit(
            _("A sheet has one column at least; to leave the sheet out, take away its own tick.")
        )
        self.show_sheet(self.sheet, self._read_only)

    def _on_typed(self, key: str, what: int, text: str) -> None:
        title, width = self._usual(layouts.columns(self._declared).get(key))
        if what == HEADING:
            values: dict[str, Any] = {"label": "" if text == title else text}
        else:
            try:
                typed = _width(text)
            except Invalid as error:
                self.problem.emit(str(error))
                self.show_sheet(self.sheet, self._read_only)
                return
            values = {"width": 0 if typed == width else typed}
        chosen = self._chosen()
        if key not in [column.key for column in chosen]:
            chosen = (*chosen, LayoutColumn(key))  # who names a column wants it
        self._tell(columns=tuple(replace(each, **values) if each.key == key else each for each in chosen))

    def _on_filter(self) -> None:
        """What nobody touched stays as it is kept: whoever is at the desk, and what is not there any more too, which
        finds nothing; were it let go, the workbook would hold more than was meant."""
        entity, chosen, kept = self._declared.entity, self.bar.chosen(), dict(self.sheet.where)
        where: dict[str, Any] = {}
        if self.bar.active:
            where = {name: keys for name, keys in kept.items() if not self._local.get(name)}
        for name, keys in chosen.items():
            same = list(self._local.get(name, ())) == keys
            where[name] = kept[name] if same else tuple(views.portable(entity, name, keys))
        told = tuple(where.items())
        self._filtered = (self.sheet.key, told, self._read_only)
        self._local = chosen | {name: [] for name in where if name not in chosen}
        self._tell(where=told)

    def _on_order(self) -> None:
        name = self.order.currentData()
        self.descending.setEnabled(bool(name))
        self._tell(order=(Order(name, self.descending.isChecked()),) if name else ())

    def _on_group(self) -> None:
        self._tell(group=self.group.currentData())


def _muted(words: str) -> QLabel:
    label = QLabel(words)
    label.setProperty("muted", True)
    return label


def _shown(width: float) -> str:
    """A width as one reads it: a decimal only where there is one."""
    return format_number(int(width) if width == int(width) else round(width, 1))


def _width(text: str) -> float:
    """A width as typed, 0 for none; raises `Invalid`."""
    if not text:
        return 0
    try:
        found = float(parse_decimal(text))
    except ValueError:
        found = -1
    if not 0 <= found <= MOST_WIDTH:
        raise Invalid(
            _("“{text}” is no width: it is a number of characters, up to {most}.").format(
                text=text, most=format_number(int(MOST_WIDTH))
            ),
            "width",
        )
    return found

"""The row of filters over a list: each is a button that shows its choice and opens a list to tick."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QMenu, QPushButton, QToolButton, QWidget

from desktop.i18n import _
from desktop.model import Invalid, fields
from desktop.service.query import Condition
from desktop.ui import theme
from desktop.ui.context import Context
from desktop.ui.icons import icon
from desktop.ui.lists.checklist import Checklist
from desktop.ui.lists.choices import Filter, FixedFilter
from desktop.ui.lists.filters import can_choose, make_filter
from desktop.ui.lists.spans import BETWEEN, DateFilter
from desktop.ui.widgets.dateedit import DateEdit
from desktop.ui.widgets.flow import FlowLayout


class FilterButton(QToolButton):
    """One filter. Delete or Backspace clears it."""

    changed = Signal()

    def __init__(self, chosen_by: Filter, parent: QWidget) -> None:
        super().__init__(parent)
        self.filter = chosen_by
        self._list: Checklist | None = None
        self._ends: _Ends | None = None
        self.setProperty("filter", True)
        self.setCheckable(True)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        # Never shown: it makes the button draw its arrow and tells assistive tools that something opens.
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(lambda: QTimer.singleShot(0, self.open))
        self.setMenu(self._menu)
        self.show_choice()

    def show_choice(self) -> None:
        """Say what is chosen."""
        title, words = self.filter.kind.title, self.filter.words()
        text = _("{filter}: {choice}").format(filter=title, choice=words) if words else title
        self.setText(text.replace("&", "&&"))
        self.setChecked(self.filter.active)
        self.setAccessibleName(_("Filter by {filter}").format(filter=title))
        self.setAccessibleDescription(words)

    def open(self) -> None:
        """Show the list to tick."""
        self._menu.hide()
        if isinstance(self.filter, FixedFilter):
            self.clear()
            return
        if self._list is None:
            self._list = self._make_list()
        if self._ends is not None:
            self._ends.show_ends(self.filter.ends if self.filter.chosen == (BETWEEN,) else (None, None))
        self._list.show_under(self, frozenset(self.filter.chosen), self.filter.active)

    def _make_list(self) -> Checklist:
        name = self.accessibleName()
        made = Checklist(self, self.filter.options, name=name, single=self.filter.single)
        made.ticked.connect(self._on_ticked)
        made.cleared.connect(self.clear)
        if isinstance(self.filter, DateFilter):
            self._ends = _Ends(self.filter)
            self._ends.committed.connect(self._tell)
            made.add_below(self._ends)
        return made

    def clear(self) -> None:
        """Let everything through."""
        if self.filter.active:
            self.filter.clear()
            self._tell()
        if self._list is not None:
            self._list.close()

    def _on_ticked(self, key: Any, on: bool) -> None:
        self.filter.choose(key, on)
        self._tell()

    def _tell(self) -> None:
        self.show_choice()
        if self._list is not None:
            self._list.set_checked(frozenset(self.filter.chosen))
            self._list.set_clears(self.filter.active)
        self.changed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.clear()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_Down):
            self.open()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.open()


class _Ends(QWidget):
    """The two ends of a range of days."""

    committed = Signal()

    def __init__(self, chosen_by: DateFilter) -> None:
        super().__init__()
        self._filter = chosen_by
        self._edits = []
        grid = QGridLayout(self)
        grid.setContentsMargins(theme.TIGHT, theme.TIGHT, theme.TIGHT, 0)
        grid.setSpacing(theme.TIGHT)
        for row, text in enumerate((_("&From"), _("&To"))):
            edit, label = DateEdit(), QLabel(text)
            label.setBuddy(edit)
            edit.committed.connect(self._commit)
            edit.problem.connect(self._say)
            grid.addWidget(label, row, 0)
            grid.addWidget(edit, row, 1)
            self._edits.append(edit)
        self._problem = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText, visible=False)
        self._problem.setProperty("problem", True)
        grid.addWidget(self._problem, 2, 0, 1, 2)

    def show_ends(self, ends: Sequence[str | None]) -> None:
        """Show two days."""
        for edit, end in zip(self._edits, ends, strict=True):
            edit.set_value(end)
        self._say("")

    def _commit(self) -> None:
        try:
            self._filter.between(*(edit.value() for edit in self._edits))
        except Invalid as error:
            self._say(str(error))
            return
        self._say("")
        self.committed.emit()

    def _say(self, sentence: str) -> None:
        self._problem.setText(sentence)
        self._problem.setVisible(bool(sentence))


class FilterBar(QWidget):
    """The filters of a list of `entity`: those of `names` always, the others where they are asked for."""

    changed = Signal()

    def __init__(self, context: Context, entity: Any, names: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace, self.entity, self.names = context.workspace, entity, tuple(names)
        self.buttons: dict[str, FilterButton] = {}
        self._row = FlowLayout(self, theme.SMALL)
        self._add = QToolButton(icon=icon("add", "muted"), text=_("Filter"), autoRaise=True)
        self._add.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._add.setAccessibleName(_("Filter by another field"))
        self._add.setToolTip(self._add.accessibleName())
        self._add.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu = QMenu(self._add)
        self._menu.aboutToShow.connect(self._fill_menu)
        self._add.setMenu(self._menu)
        self._clear = QPushButton(_("Clear filters"), flat=True, visible=False, autoDefault=False)
        self._clear.setProperty("flat", True)
        self._clear.clicked.connect(self.clear)
        for part in (self._add, self._clear):
            self._row.addWidget(part)
        for name in self.names:
            self._button(name)

    def conditions(self) -> tuple[Condition, ...]:
        """What all filters ask of the query."""
        return tuple(each for button in self.buttons.values() for each in button.filter.conditions())

    @property
    def active(self) -> bool:
        """Whether any filter narrows the list."""
        return any(button.filter.active for button in self.buttons.values())

    def clear(self) -> None:
        """Let everything through."""
        for button in self.buttons.values():
            button.filter.clear()
        self._refresh()
        self.changed.emit()

    def take(self, conditions: Sequence[Condition]) -> None:
        """Choose what these conditions say, and nothing else. Tells no change."""
        for button in self.buttons.values():
            button.filter.clear()
        by_field: dict[str, list[Condition]] = {}
        for condition in conditions:
            by_field.setdefault(condition.field, []).append(condition)
        for name, asked in by_field.items():
            button = self._button(name)
            if not button.filter.take(asked):
                self._remove(name)
                self._button(name, FixedFilter).filter.take(asked)
        self._refresh()

    def state(self) -> dict[str, Any]:
        """What is remembered of the choices, for JSON."""
        return {name: state for name, b in self.buttons.items() if b.filter.active and (state := b.filter.state())}

    def restore(self, state: Any) -> None:
        """The inverse of `state`. Tells no change."""
        known = {kind.name for kind in fields(self.entity)}
        for name, kept in state.items() if isinstance(state, dict) else ():
            if name in known and can_choose(self.entity, name):
                self._button(name).filter.restore(kept)
        self._refresh()

    def _button(self, name: str, of: type[Filter] | None = None) -> FilterButton:
        if name in self.buttons:
            return self.buttons[name]
        made = of(self._workspace, self.entity, _kind(self.entity, name)) if of else None
        button = FilterButton(made or make_filter(self._workspace, self.entity, name), self)
        button.changed.connect(self._on_changed)
        self.buttons[name] = button
        self._row.insert(len(self.buttons) - 1, button)
        return button

    def _remove(self, name: str) -> None:
        button = self.buttons.pop(name)
        self._row.removeWidget(button)
        button.hide()
        button.deleteLater()

    def _on_changed(self) -> None:
        self._refresh()
        self.changed.emit()

    def _refresh(self) -> None:
        """Show all choices; a filter that is not of this list goes with its choice."""
        for name, button in list(self.buttons.items()):
            if isinstance(button.filter, FixedFilter) and not button.filter.active:
                self._remove(name)
                if name in self.names:
                    self._button(name)
            else:
                button.show_choice()
        self._clear.setVisible(self.active)
        self.updateGeometry()

    def _fill_menu(self) -> None:
        self._menu.clear()
        for kind in fields(self.entity):
            if kind.name not in self.buttons and kind.filtered and can_choose(self.entity, kind.name):
                action = self._menu.addAction(kind.title.replace("&", "&&"))
                action.triggered.connect(lambda _checked=False, name=kind.name: self._open_new(name))
        self._add.setEnabled(True)

    def _open_new(self, name: str) -> None:
        button = self._button(name)
        button.show()
        QTimer.singleShot(0, button.open)  # once the layout has given it a place


def _kind(entity: Any, name: str) -> Any:
    return next(kind for kind in fields(entity) if kind.name == name)

"""The row of filters over a list: those at hand, those that are added, and the button that clears them all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QMenu, QPushButton, QToolButton, QWidget

from desktop.i18n import _
from desktop.model import field, fields
from desktop.service.query import Condition
from desktop.ui import theme
from desktop.ui.accesskeys import unmarked
from desktop.ui.context import Context
from desktop.ui.icons import icon
from desktop.ui.lists.choices import Filter, FixedFilter
from desktop.ui.lists.filterbutton import FilterButton
from desktop.ui.lists.filters import can_choose, make_filter
from desktop.ui.widgets.flow import FlowLayout


class FilterBar(QWidget):
    """The filters of a list of `entity`: those of `names` always, the others where they are asked for."""

    changed = Signal()

    def __init__(
        self, context: Context, entity: Any, names: Sequence[str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._workspace, self.entity, self.names = context.workspace, entity, tuple(names)
        self.buttons: dict[str, FilterButton] = {}
        self._lifted: dict[str, Any] | None = None
        """The states of the filters that wait for `put_back`; None where none was lifted."""
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
        self._lifted = None if self._lifted is None else {}
        self._refresh()
        self.changed.emit()

    def lift(self, conditions: Sequence[Condition]) -> None:
        """Clear the filters that say just what these conditions say, until `put_back`. Tells no change."""
        if self._lifted is not None:
            return
        self._lifted = {}
        for condition in conditions:
            button = self.buttons.get(condition.field)
            if button is not None and button.filter.conditions() == (condition,):
                self._lifted[condition.field] = button.filter.state()
                button.filter.clear()
        self._refresh()

    def put_back(self) -> None:
        """The inverse of `lift`, but for filters that were chosen or cleared meanwhile. Tells no change."""
        lifted, self._lifted = self._lifted or {}, None
        self.restore({name: state for name, state in lifted.items() if not self.buttons[name].filter.active})

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
        """What is remembered of the choices, for JSON; of those too that are lifted."""
        chosen = {
            name: state for name, b in self.buttons.items() if b.filter.active and (state := b.filter.state())
        }
        return {**(self._lifted or {}), **chosen}

    def restore(self, state: Any) -> None:
        """The inverse of `state`. Tells no change."""
        known = {kind.name for kind in fields(self.entity)}
        for name, kept in state.items() if isinstance(state, dict) else ():
            if name in known and can_choose(self.entity, name):
                self._button(name).filter.restore(kept)
        self._refresh()

    def fixed(self) -> tuple[Condition, ...]:
        """The conditions that nobody can choose here."""
        shown = (button.filter for button in self.buttons.values())
        return tuple(each for one in shown if isinstance(one, FixedFilter) for each in one.conditions())

    def chosen(self) -> dict[str, list[Any]]:
        """The keys of the filters that narrow the list now: without those that are lifted."""
        filters = {name: button.filter for name, button in self.buttons.items() if button.filter.active}
        return {
            name: list(each.state()) for name, each in filters.items() if not isinstance(each, FixedFilter)
        }

    def show_choices(self, chosen: dict[str, Any], fixed: Sequence[Condition], *, whole: bool) -> None:
        """Choose this and nothing else; `whole`: a search looks no further than it. Tells no change."""
        self.take(fixed)
        self._lifted = {} if whole else None
        self.restore(chosen)

    def _button(self, name: str, of: type[Filter] | None = None) -> FilterButton:
        if name in self.buttons:
            return self.buttons[name]
        made = of(self._workspace, self.entity, field(self.entity, name)) if of else None
        button = FilterButton(made or make_filter(self._workspace, self.entity, name), self)
        button.changed.connect(self._on_changed)
        before = next(reversed(self.buttons.values()), None) or self._add.previousInFocusChain()
        self.buttons[name] = button
        self._row.insert(len(self.buttons) - 1, button)
        QWidget.setTabOrder(before, button)
        return button

    def stops(self) -> list[QWidget]:
        """Where Tab stops, in the order of sight."""
        return [*self.buttons.values(), self._add, self._clear]

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
                action = self._menu.addAction(unmarked(kind.title))
                action.triggered.connect(lambda _checked=False, name=kind.name: self._open_new(name))

    def _open_new(self, name: str) -> None:
        button = self._button(name)
        button.show()
        QTimer.singleShot(0, button.open)  # once the layout has given it a place

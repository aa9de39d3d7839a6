"""A page shows a saved view in place of its own arrangement, which it takes up again when the view is left."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QSignalBlocker

from desktop.service import views
from desktop.service.views import Definition, View
from desktop.ui.lists.model import Keep


class Viewed:
    """The part of a `Page` that knows of views. What is changed while a view is shown is forgotten with it."""

    view: View | None = None
    """The view that is shown, if any."""

    def show_view(self: Any, view: View) -> None:
        """Show a saved view; raises `Invalid` where it cannot be asked now."""
        definition = view.definition
        chosen, fixed = views.local(self.context.workspace, view), views.fixed(self.context.workspace, view)
        self.view = view
        self._state = {
            name: kept
            for name, kept in (
                ("columns", list(definition.columns)),
                ("widths", dict(definition.widths)),
                ("sort", list(definition.sort)),
                ("group", definition.group),
            )
            if kept
        }
        with QSignalBlocker(self.search):
            self.search.setText(definition.text)
        self.filter_bar.show_choices(chosen, fixed, whole=bool(definition.text))
        self._arrange(view.name)

    def leave_view(self: Any) -> None:
        """Take up the page's own arrangement again, if a view is shown."""
        if self.view is None:
            return
        self.view, self._state = None, self._own
        with QSignalBlocker(self.search):
            self.search.clear()
        self.filter_bar.show_choices({}, (), whole=False)
        self._restore_filters()
        self._arrange(self.title)

    def _arrange(self: Any, title: str) -> None:
        self._columns.use(self._state)
        self._title.setText(title)
        self._title.setVisible(self.headed or self.view is not None)
        self.group_button.show_group()
        self._apply(Keep.NOTHING)

    def definition(self: Any) -> Definition:
        """What is shown now, as a view keeps it."""
        columns = self._columns
        bar, entity = self.filter_bar, self.entity
        fixed = tuple(
            (each.field, each.operator, views.portable(entity, each.field, each.values))
            for each in bar.fixed()
        )
        order = columns.order
        return Definition(
            text=self.search.text(),
            filters={name: views.portable(entity, name, keys) for name, keys in bar.chosen().items()},
            fixed=fixed,
            columns=columns.shown,
            widths=dict(self._state.get("widths", {})),
            sort=(order[0].field, order[0].descending) if order else (),
            group=columns.group,
        )

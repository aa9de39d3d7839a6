"""The pane that shows one record: whichever it is handed, none, or that it is gone."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QMenuBar, QStackedLayout, QWidget

from desktop.i18n import _
from desktop.model import Entity
from desktop.service import history
from desktop.ui.context import Context
from desktop.ui.record.view import DETAILS, RecordView
from desktop.ui.widgets.emptystate import EmptyState


class RecordPane(QWidget):
    """Can stand beside a list or in a window of its own. What is typed is saved when another record is shown."""

    report_requested = Signal(object)
    """Somebody wants to report progress on this record."""
    window_requested = Signal(object)
    """Somebody wants this record in a window of its own."""
    shown = Signal(object)
    """This record is on show now, as it is kept; None for none."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self._views: dict[type[Entity], RecordView] = {}
        self._record: Any = None
        self._alone = self._stale = False
        self._tab = DETAILS
        self._stack = QStackedLayout(self)
        self._none = EmptyState("pane-right", _("Select a record to see it here."))
        self._gone = EmptyState("restore", _("This record was deleted."), _("Bring it back"))
        self._gone.action_requested.connect(self._bring_back)
        self._stack.addWidget(self._none)
        self._stack.addWidget(self._gone)
        self.setAccessibleName(_("Record"))
        context.changed.connect(self._on_changed)

    def record(self) -> Any:
        """The record on show, or None."""
        return self._record

    def view(self) -> RecordView | None:
        """What shows the record, or None while there is none."""
        widget = self._stack.currentWidget()
        return widget if isinstance(widget, RecordView) else None

    def show_record(self, record: Any) -> None:
        """Show a record, or that none is selected; what was typed into the one before is saved."""
        before = self.view()
        if before is not None:
            self._tab = before.tab()
            if record is not None and self._record is not None and record.uid == self._record.uid:
                self._refresh()
                return
            before.leave()
        self._record = record
        if record is None:
            self._stack.setCurrentWidget(self._none)
        else:
            self._show(record)
        self.shown.emit(record)

    def _show(self, record: Any) -> None:
        view = self._view_of(type(record))
        view.show_record(record)
        view.show_tab(self._tab)
        self._stack.setCurrentWidget(view)

    def _view_of(self, entity: type[Entity]) -> RecordView:
        if entity not in self._views:
            view = RecordView(self.context, entity, self._taken())
            view.set_alone(self._alone)
            view.report_requested.connect(self.report_requested)
            view.window_requested.connect(self.window_requested)
            view.gone.connect(self._refresh)
            self._views[entity] = view
            self._stack.addWidget(view)
        return self._views[entity]

    def _taken(self) -> tuple[str, ...]:
        """The access keys of the menus over it."""
        bar = self.window().findChild(QMenuBar)
        titles = [action.text() for action in bar.actions()] if bar is not None else []
        return tuple(title[title.index("&") + 1] for title in titles if "&" in title[:-1])

    def commit(self) -> None:
        """Save all that is typed; before anything that reads the workspace, and before it is closed."""
        view = self.view()
        if view is not None:
            view.commit()

    def leave(self) -> None:
        """Save all that is typed, whatever it is; the window closes."""
        view = self.view()
        if view is not None:
            view.leave()

    def edit(self) -> None:
        """Go to the first field of the form."""
        view = self.view()
        if view is not None:
            view.show_tab(DETAILS)
            view.form.focus_field()

    def begin_link(self) -> None:
        """Ask with what to link the record."""
        view = self.view()
        if view is not None:
            view.begin_link()

    def set_alone(self, alone: bool) -> None:
        """Whether the pane is in a window of its own."""
        self._alone = alone
        for view in self._views.values():
            view.set_alone(alone)

    def hideEvent(self, event: QHideEvent) -> None:
        self.context.safely(self.commit)
        super().hideEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale and self._record is not None:
            self.context.safely(self._refresh)

    def _on_changed(self, _committed: Any) -> None:
        """A record that nobody sees is read again when it is seen."""
        self._stale = not self.isVisible()
        if self._record is not None and not self._stale:
            self._refresh()

    def _refresh(self) -> None:
        """Show the record as it is kept now; one that was brought back is there again, one deleted is gone."""
        self._stale = False
        record = type(self._record).get_or_none(type(self._record).uid == self._record.uid)
        if record is None:
            self._show_gone()
            return
        self._record = record
        view = self.view()
        if view is None:
            self._show(record)
        else:
            view.refresh(record)
        self.shown.emit(record)

    def _show_gone(self) -> None:
        words = _("{ref} “{name}” was deleted.").format(ref=self._record.ref, name=self._record.name_text())
        self._gone.say("restore", words, _("Bring it back"))
        self._stack.setCurrentWidget(self._gone)

    def _bring_back(self) -> None:
        workspace = self.context.workspace
        for operation, step in history.deleted(workspace):
            if step.uid == self._record.uid:
                left_out = self.context.attempt(lambda: history.bring_back(workspace, operation, step))  # noqa: B023
                if left_out:
                    self.context.said.emit("\n".join(left_out), [])
                return

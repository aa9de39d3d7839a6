"""The saved views of the window: shown in the side bar with their counts, opened, renamed, put in order, deleted."""

from __future__ import annotations

import time
from contextlib import closing
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QPoint, Qt, QTimer
from PySide6.QtWidgets import QMenu

from desktop.i18n import _, join_list, quoted
from desktop.model import Invalid
from desktop.service import query, views
from desktop.service.views import View
from desktop.ui.apart import Apart, while_there
from desktop.ui.icons import icon
from desktop.ui.named import named
from desktop.ui.navigation import page_of, tab_of

if TYPE_CHECKING:
    from desktop.ui.window import MainWindow

PREFIX = "view:"
"""Before the key of a view, where the side bar keeps pages and views by their keys."""
SETTLE_MS = 1200
DEAR = 0.25
"""Seconds after which the rows of a view are not counted again: nobody waits for a badge."""
NAMING = "desktop.ui.dialogs.viewname"


class Shelf(QObject):
    """What the side bar wishes about views is done here."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window, self._context, self._bar = window, window.context, window.sidebar
        self._dear: set[str] = set()
        self._timer = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._timer.timeout.connect(self._count)
        shown = self._bar.views
        shown.chosen.connect(self.show)
        shown.arranged.connect(self._arrange)
        shown.step_requested.connect(self._step)
        shown.rename_requested.connect(lambda key: self._with(key, self.rename))
        shown.delete_requested.connect(lambda key: self._with(key, self.delete))
        shown.menu_requested.connect(self._show_menu)
        self._context.changed.connect(self._on_changed)
        self._context.stopping.connect(self._timer.stop)
        self._fill()
        self._timer.start()

    def _fill(self) -> None:
        self._bar.show_views([(PREFIX + view.key, view.name, not view.shipped) for view in views.views()])

    def _on_changed(self, committed: Any) -> None:
        if committed is None or "saved_view" in committed.entities:
            self._fill()
        self._timer.start()

    def recount(self) -> None:
        """Count soon: somebody else sits at the desk."""
        self._timer.start()

    # ---- opening

    def show(self, key: str) -> None:
        """Show the view of this key of the side bar."""
        self._with(key, self.open)

    def open(self, view: View) -> None:
        """Show a view on the page of its list."""
        window = self._window
        page = tab_of(window.show_page(page_of(view.entity.key())), view.entity.key())
        if self._context.attempt(lambda: page.show_view(view) or True) is None:
            return
        self._bar.set_current(PREFIX + view.key)
        page.setFocus()
        gone = views.lacking(self._context.workspace, view)
        if gone:
            words = _("“{view}” asks for what is not there any more: {names}. The rest is shown.")
            self._context.said.emit(words.format(view=quoted(view.name), names=join_list(gone)), [])

    def _with(self, key: str, act: Any) -> None:
        view = views.find(key.removeprefix(PREFIX))
        if view is None:
            self._fill()
        else:
            act(view)

    # ---- what can be done with one

    def _show_menu(self, key: str, place: QPoint) -> None:
        self._with(key, lambda view: self._menu(view).popup(place))

    def _menu(self, view: View) -> QMenu:
        """What can be done with a view. One that comes with the program can be opened alone."""
        menu = QMenu(self._bar)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        own = self._bar.views.movable()
        place = own.index(PREFIX + view.key) if not view.shipped else -1
        page = self.page_of(view)
        for words, drawing, act, enabled in (
            (_("&Open"), "", lambda: self.open(view), True),
            (_("&Rename…"), "edit", lambda: self.rename(view), not view.shipped),
            (_("Re&place by what is shown"), "saved", lambda: self.replace(view), page and not view.shipped),
            (_("Move &up"), "chevron-up", lambda: self._step(PREFIX + view.key, -1), place > 0),
            (
                _("Move do&wn"),
                "chevron-down",
                lambda: self._step(PREFIX + view.key, 1),
                -1 < place < len(own) - 1,
            ),
            (_("&Delete"), "delete", lambda: self.delete(view), not view.shipped),
        ):
            action = menu.addAction(icon(drawing, "muted"), words) if drawing else menu.addAction(words)
            action.setEnabled(bool(enabled))
            action.triggered.connect(lambda _checked=False, act=act: act())
        return menu

    def page_of(self, view: View) -> Any:
        """The page that is shown, if it is of the list of this view."""
        page = self._window.page
        page = getattr(page, "page", page)
        return page if getattr(page, "entity", None) is view.entity and hasattr(page, "definition") else None

    def rename(self, view: View) -> None:
        """Ask for another name."""
        named(f"{NAMING}:rename_view")(self._window, view)

    def replace(self, view: View) -> None:
        """Keep under the name of a view what the page shows now."""
        page = self.page_of(view)
        if page is not None:
            self._act(
                lambda: views.save(
                    self._context.workspace, view.name, view.entity, page.definition(), instead=True
                )
            )
            self._said(_("The view “{view}” was replaced."), view)

    def delete(self, view: View) -> None:
        """Delete a view; undo brings it back."""
        if self._act(lambda: views.delete(self._context.workspace, view) or True):
            self._said(_("The view “{view}” was deleted."), view)

    def _arrange(self, keys: list[str]) -> None:
        self._act(lambda: views.arrange(self._context.workspace, [key.removeprefix(PREFIX) for key in keys]))
        self._fill()  # those that come with the program stay first

    def _step(self, key: str, step: int) -> None:
        self._with(key, lambda view: self._act(lambda: views.move(self._context.workspace, view, step)))

    def _act(self, verb: Any) -> Any:
        return self._context.attempt(verb)

    def _said(self, words: str, view: View) -> None:
        undo = (_("Undo"), lambda: self._window.commands.run("undo"))
        self._context.said.emit(words.format(view=quoted(view.name)), [undo])

    # ---- counts

    def _count(self) -> None:
        """Count the rows of each view on a worker, but of those that take long."""
        workspace, asked = self._context.workspace, []
        for view in views.views():
            try:
                if view.key not in self._dear:
                    asked.append((view.key, views.query(workspace, view)))
            except Invalid:  # nobody is at the desk
                self._bar.set_count(PREFIX + view.key, None)

        def slow() -> list[tuple[str, int, float]]:
            found = []
            with closing(workspace.engine.reader()) as connection:
                apart: Any = Apart(workspace, connection)
                for key, each in asked:
                    begun = time.monotonic()
                    found.append((key, query.count(apart, each), time.monotonic() - begun))
            return found

        self._context.work(slow, while_there(self, self._counted))

    def _counted(self, found: list[tuple[str, int, float]]) -> None:
        for key, count, took in found:
            self._bar.set_count(PREFIX + key, count if took < DEAR else None)
            if took >= DEAR:
                self._dear.add(key)

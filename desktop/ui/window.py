"""The main window: it hosts the side bar, the pages and the record pane, and leads from one to the other.

What can be done from it stands in `actions`; the pages in `navigation`; how it comes back as it was in `layout`.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QMainWindow, QSplitter

from desktop.ui import enterkey, layout
from desktop.ui.closing import may_close
from desktop.ui.context import Context
from desktop.ui.intake.dropping import TableDrop
from desktop.ui.menus import Commands
from desktop.ui.navigation import PAGES, page_of, tab_of
from desktop.ui.pagestack import PageStack
from desktop.ui.pane import Pane
from desktop.ui.saying import Saying
from desktop.ui.standing import title_of
from desktop.ui.status import StatusLine
from desktop.ui.views.shelf import Shelf
from desktop.ui.widgets.messagebar import MessageBar
from desktop.ui.widgets.sidebar import SideBar

SETTLED_MS = 500
"""After so long a window is painted and its list counted; what is not looked at first comes then."""


class MainWindow(QMainWindow):
    """Facts of the context come in as signals; wishes that concern more than this window go out as such."""

    workspace_requested = Signal(object)
    """Open the workspace at this path instead; None: make a new one."""

    rebuild_requested = Signal()
    """A preference changed that only a new window shows, such as the language."""

    officer_chosen = Signal(str)
    """The person of this uid sits down at the desk."""

    closed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.drafts: dict[Any, Any] = {}
        self.sidebar = SideBar()
        self.show_post()
        self.sidebar.add_pages(PAGES)
        self.sidebar.page_requested.connect(self.show_page)
        self.stack, self.messages, self.pane = PageStack(context), MessageBar(), Pane(context)
        self.splitter = QSplitter(Qt.Orientation.Horizontal, handleWidth=1, childrenCollapsible=False)
        for part in (self.sidebar, layout.middle(self.stack, self.messages), self.pane):
            self.splitter.addWidget(part)
        self.splitter.setStretchFactor(1, 1)
        self.setCentralWidget(self.splitter)
        self.status = StatusLine(context)
        self.setStatusBar(self.status)
        self.commands, self.shelf, self.tables = Commands(self), Shelf(self), TableDrop(self)
        self._wire(context)
        layout.restore(self)
        layout.come_back(self)
        settled = QTimer(self, singleShot=True, interval=SETTLED_MS, timeout=self._after_start)
        context.stopping.connect(settled.stop)
        settled.start()

    def show_post(self) -> None:
        """Say whose post this is, and who works there."""
        post, officer = self.context.workspace.facts.post, self.context.workspace.officer
        self.setWindowTitle(title_of(self.context.workspace))
        self.sidebar.set_post(post, officer.name if officer else "")

    def _wire(self, context: Context) -> None:
        self.saying = Saying(context, self.messages)
        context.record_requested.connect(self.show_record)
        context.list_requested.connect(self.show_list)
        context.changed.connect(self._on_changed)
        run = self.commands.run
        self.pane.report_requested.connect(lambda record: run("report_progress", record))
        self.stack.selected.connect(self._on_selected)
        self.stack.opened.connect(self.pane.open_window)
        self.stack.count_changed.connect(self.status.say)
        self.stack.command_requested.connect(run)
        self.stack.merge_requested.connect(lambda records: run("merge", records))
        self.stack.menu_about_to_show.connect(self.commands.fill_row_menu)

    def _after_start(self) -> None:
        """What nobody waits for: the first page is painted, and can be used, before."""
        from desktop.ui.badges import Badges  # with all that Today counts

        self.commands.refresh_undo()
        self.status.show_kept()
        self.badges = Badges(self.context, self.sidebar)

    def _on_changed(self, _committed: Any) -> None:
        self.commands.refresh_undo()

    # ---- pages

    def show_page(self, key: str) -> Any:
        """Show the page of this key, or the first one for a key that is none; returns the page."""
        self.sidebar.set_current(self.stack.show_page(key))
        self.pane.offer(hasattr(self.page, "selected"))
        self._on_selected(self.selected()[0] if self.ask("selected_count") == 1 else None)
        self.status.say(self.ask("status_text", ""))
        return self.page

    @property
    def page(self) -> Any:
        """The page that is shown."""
        return self.stack.currentWidget()

    def ask(self, what: str, default: Any = None) -> Any:
        """The result of a method of the page shown, or `default` where it has none of this name."""
        return self.stack.ask(what, default)

    def selected(self) -> list[Any]:
        """The records that are selected on the page shown."""
        return self.ask("selected_records", [])

    def _on_selected(self, record: Any) -> None:
        self.pane.show_record(record)
        self.commands.refresh()

    def show_record(self, record: Any) -> None:
        """Lead to a record on its page."""
        self.show_page(page_of(record.key())).select_record(record)

    def show_list(self, entity: str, conditions: Any) -> None:
        """Lead to the list of an entity under these conditions, or to a page by its key."""
        page = tab_of(self.show_page(page_of(entity) or entity), entity)
        getattr(page, "show_where", lambda _conditions: None)(conditions)
        page.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not enterkey.pressed(self, event):
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self.signalsBlocked() and not may_close(self):
            event.ignore()
            return
        self.pane.leave()
        layout.remember(self)
        super().closeEvent(event)
        QTimer.singleShot(0, self.closed.emit)

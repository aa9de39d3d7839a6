"""The tree of recommendations, a view of their page: documents, headings, recommendations, asks, and how they stand."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QMenu

from desktop.i18n import _
from desktop.model import Recommendation
from desktop.service.apart import apart
from desktop.service.query import Query
from desktop.service.today import COUNTED
from desktop.service.tree import Node, tree
from desktop.store.engine import TooSlow
from desktop.ui.apart import while_there
from desktop.ui.context import Context
from desktop.ui.icons import icon
from desktop.ui.lists import clipboard
from desktop.ui.lists.hits import terms_of
from desktop.ui.lists.telling import SETTLE_MS, records_of
from desktop.ui.pages.seenfresh import SeenFresh
from desktop.ui.tree import words
from desktop.ui.tree.model import Key, key_of
from desktop.ui.tree.treetable import TreeTable
from desktop.ui.tree.unfolded import Unfolded, leads_on
from desktop.ui.tree.words import COLUMNS

NOTICED = 0.15
"""Seconds that reading the tree may take on the window's own thread."""
_FLAGS = QItemSelectionModel.SelectionFlag


class TreeView(SeenFresh, TreeTable):
    """A view of the page of recommendations (see `pages.views.Alternative`). A document shows its source's record."""

    selected = Signal(object)
    opened = Signal(object)
    menu_about_to_show = Signal(QMenu)
    filled = Signal()
    """What was asked for is shown."""

    def __init__(self, context: Context) -> None:
        state = context.settings.pages.setdefault(Recommendation.key(), {}).setdefault("tree", {})
        super().__init__(context, state)
        self.setAccessibleName(_("Tree of recommendations"))
        self._unfolded = Unfolded(state)
        self._query: Query | None = None
        self._asked: Query | None = None
        """What was last asked for; its answer may be under way."""
        self._wanted: Key | None = None
        """What is to be selected as soon as it is there."""
        self._filling = self._slow = False
        self._pace = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._pace.timeout.connect(self._tell)
        self.selectionModel().selectionChanged.connect(self._on_selection)
        self.expanded.connect(lambda index: self._on_turned(index, True))
        self.collapsed.connect(lambda index: self._on_turned(index, False))
        self.open_requested.connect(self._open_current)
        self.copy_requested.connect(self.copy)
        self.menu_requested.connect(self._show_menu)
        self.keep_fresh(context)

    # ---- what it shows

    def show_query(self, query: Query) -> None:
        """Show what this query finds. All levels are shown, unless others than the usual one are asked for."""
        where = tuple(each for each in query.where if each != COUNTED)
        asked = replace(query, columns=(), where=where, order=())
        self._stale = self._stale or asked != self._query
        self._query = asked
        if self.isVisible():
            self._refresh_if_stale()

    def refresh(self) -> None:
        """Read anew: at once where that takes no time that one notices, else on a worker."""
        super().refresh()
        if self._query is None:
            return
        workspace, asked = self.context.workspace, replace(self._query)
        self._asked = asked
        if not self._slow:
            try:
                with workspace.engine.within(NOTICED):
                    found = tree(workspace, asked)
            except TooSlow:
                self._slow = True
            else:
                self._show(asked, found)
                return

        def read() -> tuple[Node, ...]:
            with apart(workspace) as seen:
                return tree(seen, asked)

        self.context.work(read, while_there(self, lambda found: self._show(asked, found)))

    def _show(self, asked: Query, found: tuple[Node, ...]) -> None:
        """Show what was read, with the same rows selected and in view as far as they are still there."""
        if asked is not self._asked:
            return  # something else was asked for meanwhile
        chosen, current = self._chosen(), self.rows.node(self.currentIndex())
        top = self.rows.node(self.indexAt(QPoint(0, 0)))
        self._filling = True
        self.narrowed = bool(asked.text.strip() or asked.where)
        self.terms = terms_of(asked.text)
        self.rows.show(found)
        for index, node in self.rows.parents():
            if leads_on(node) if self.narrowed else self._unfolded.opens(node):
                self.setExpanded(index, True)
        self.assessed = any(node.assessment for node in self.rows.nodes())
        self.fit_columns()
        for node in chosen:
            self._take(self.rows.index_of(key_of(node)), _FLAGS.Select)
        if current is not None:
            self.selectionModel().setCurrentIndex(self.rows.index_of(key_of(current)), _FLAGS.NoUpdate)
        if top is not None:
            self.scrollTo(self.rows.index_of(key_of(top)), self.ScrollHint.PositionAtTop)
        self._filling = False
        if self._wanted is not None:
            self._lead_to(self._wanted)
        elif len(self._chosen()) != len(chosen):
            self._tell()
        self.filled.emit()

    def _take(self, index: QModelIndex, how: Any) -> None:
        if index.isValid():
            self.selectionModel().select(index, how | _FLAGS.Rows)

    def _on_turned(self, index: QModelIndex, opened: bool) -> None:
        """Somebody opened or closed a row: that is remembered, but not while a filter or a search opens them."""
        node = self.rows.node(index)
        if not self._filling and not self.narrowed and node is not None:
            self._unfolded.turn(node, opened)

    # ---- what is selected

    def _chosen(self) -> list[Node]:
        """The nodes that are selected, in the order of the tree."""
        numbers = sorted(index.internalId() for index in self.selectionModel().selectedRows())
        return [self.rows.nodes()[number] for number in numbers]

    def selected_records(self) -> list[Any]:
        """The selected recommendations of any level; documents are none."""
        return records_of(
            Recommendation, [node.id for node in self._chosen() if node.entity is Recommendation]
        )

    def select_record(self, record: Any) -> bool:
        """Select a recommendation and bring it into view; False where it is not among those of the query."""
        if self._query is None:
            return False
        key = (type(record).key(), record.id)
        if self._stale or self._asked != self._query or not self.isVisible():
            self._wanted = key
            self._stale = True
            if self.isVisible():
                self.refresh()
            return True
        return self._lead_to(key)

    def _lead_to(self, key: Key) -> bool:
        self._wanted = None
        index = self.rows.index_of(key)
        if not index.isValid():
            return False
        self.selectionModel().setCurrentIndex(index, _FLAGS.ClearAndSelect | _FLAGS.Rows)
        self.scrollTo(index)
        return True

    def _on_selection(self) -> None:
        self.viewport().update()
        if self._filling:
            return
        if not self._pace.isActive():
            self._tell()
        self._pace.start()  # of those that a held key passes, only the first and the last are told

    def _tell(self) -> None:
        chosen = self._chosen()
        self.selected.emit(chosen[0].record() if len(chosen) == 1 else None)

    # ---- what is done with a row

    def _open_current(self) -> None:
        node = self.rows.node(self.currentIndex())
        record = node.record() if node is not None else None
        if record is not None:
            self.opened.emit(record)

    def _show_menu(self, place: QPoint) -> None:
        chosen = self._chosen()
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(_("&Open"), self._open_current).setEnabled(len(chosen) == 1 and chosen[0].id > 0)
        menu.addSeparator()
        copy = menu.addAction(icon("copy"), _("&Copy"), self.copy)
        copy.setShortcut(QKeySequence(QKeySequence.StandardKey.Copy))
        copy.setEnabled(bool(chosen))
        menu.addSeparator()
        index = self.currentIndex().siblingAtColumn(0)
        menu.addAction(_("&Expand all below"), lambda: self.expandRecursively(index)).setEnabled(
            index.isValid()
        )
        menu.addAction(_("Expand e&verything"), self.expandAll)
        menu.addAction(_("Co&llapse everything"), self.collapseAll)
        self.menu_about_to_show.emit(menu)
        menu.popup(place)

    def copy(self) -> None:
        """Put the selected rows on the clipboard, with what is rolled up in words."""
        chosen = self._chosen()
        if not chosen:
            return
        headings = [
            clipboard.Heading(_("Reference")),
            *(clipboard.Heading(words.heading(c)) for c in COLUMNS),
        ]
        cells = [
            [node.ref, words.lines(node, "title")[0], *(words.spoken(node, c) for c in COLUMNS[1:])]
            for node in chosen
        ]
        QApplication.clipboard().setMimeData(clipboard.mime(headings, cells))

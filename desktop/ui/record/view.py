"""A record as a whole: what it is called and how it stands, its tabs, and what can be done with it."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QTabWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop.i18n import _
from desktop.model import Entity, FollowUp, Meeting, Source
from desktop.model.anchored import Anchored
from desktop.model.base import Registered
from desktop.model.followed import Followed
from desktop.model.visibility import INTERNAL
from desktop.service import query
from desktop.service.query import Query
from desktop.ui import readonly, theme
from desktop.ui.context import Context
from desktop.ui.editors import shown_text
from desktop.ui.icons import icon
from desktop.ui.named import named
from desktop.ui.passages.strip import TextStrip
from desktop.ui.record.form import Form
from desktop.ui.record.history import HistoryTab
from desktop.ui.record.links import LinksTab
from desktop.ui.record.trail import Trail
from desktop.ui.record.updates import UpdatesTab
from desktop.ui.stops import beyond, stops, takes_tab
from desktop.ui.visibility.changing import set_level
from desktop.ui.visibility.levelbutton import LevelButton
from desktop.ui.visibility.words import word
from desktop.ui.widgets.flow import FlowLayout
from desktop.ui.widgets.rag import CHIP_PAD, Chip
from desktop.ui.widgets.scrollcolumn import ScrollColumn
from desktop.ui.widgets.tips import plain_tip

DETAILS, MINUTES, UPDATES, LINKS, HISTORY = "details", "minutes", "updates", "links", "history"
MINUTES_TAB = "desktop.ui.minutes.tab:MinutesTab"
"""Imported with the first meeting that is shown."""
SHARE, ONLOOKER = "desktop.ui.visibility.share:share_these", "desktop.ui.visibility.onlooker:show_seen"


class RecordView(QWidget):
    """Made once for an entity; shows one record after the other."""

    report_requested = Signal(object)
    window_requested = Signal(object)
    gone = Signal()

    def __init__(self, context: Context, entity: type[Entity], taken: tuple[str, ...] = ()) -> None:
        super().__init__()
        self.context, self.entity = context, entity
        self.record: Any = None
        self.form = Form(context, entity, taken)
        self.form.gone.connect(self.gone)
        self._pages: dict[str, QWidget] = {DETAILS: self.form}
        self._titles = {DETAILS: _("Details")}
        if entity is Meeting:
            self._add_page(MINUTES, _("Minutes"), named(MINUTES_TAB)(context))
        if issubclass(entity, Followed):
            self._add_page(UPDATES, _("Updates"), UpdatesTab(context))
        if issubclass(entity, Registered | Source):
            self._add_page(LINKS, _("Links"), LinksTab(context))
        self._add_page(HISTORY, _("History"), HistoryTab(context))
        self._stale = set(self._pages) - {DETAILS}
        self.tabs = QTabWidget(documentMode=True)
        for key, page in self._pages.items():
            self.tabs.addTab(_with_margin(page) if key == HISTORY else page, self._titles[key])
        for part in (self.tabs, self.tabs.tabBar()):
            part.setAccessibleName(_("Parts of the record"))
        self.tabs.tabBar().setExpanding(False)
        self.tabs.setUsesScrollButtons(True)
        # Its bar is the stop; were both, Tab would come back from the one behind it to the bar for ever.
        self.tabs.setFocusProxy(None)
        self.tabs.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.tabs.currentChanged.connect(lambda _index: self._on_tab())
        self.trail = Trail(context) if issubclass(entity, FollowUp | Anchored) else None
        self.text = TextStrip(context) if entity is Source else None
        outer = QVBoxLayout(self, spacing=theme.SMALL)
        outer.setContentsMargins(theme.LARGE, theme.MEDIUM, theme.SMALL, theme.SMALL)
        outer.addLayout(self._head())
        outer.addWidget(self.form.title.field)
        if self.trail is not None:
            outer.addWidget(self.trail)
        if self.text is not None:
            outer.addWidget(self.text)
        outer.addWidget(self.tabs, 1)
        if issubclass(entity, Registered):
            outer.addWidget(self._foot())
        if MINUTES in self._pages:
            self._pages[MINUTES].rearranged.connect(self._order_tabs)
        if LINKS in self._pages:
            self._pages[LINKS].rearranged.connect(self._order_tabs)
        self._dress()
        self._order_tabs()

    def _add_page(self, key: str, title: str, page: QWidget) -> None:
        self._pages[key], self._titles[key] = page, title

    def _head(self) -> QHBoxLayout:
        self.ref = shown_text()
        self.ref.setWordWrap(False)
        self.ref.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Preferred)
        self.ref.setProperty("muted", True)
        self.ref.setAccessibleName(_("Reference"))
        self.ref.setContentsMargins(0, CHIP_PAD, 0, CHIP_PAD)  # on one line with the chips
        self.attention, self.rag = Chip(), Chip()
        self.visibility = LevelButton()
        self.visibility.chosen.connect(self._set_visibility)
        self.visibility.offer(
            (
                (_("Share…"), lambda: self._run(SHARE)),
                (_("What others see…"), lambda: self._run(ONLOOKER)),
            )
        )
        self._window = QToolButton(icon=icon("open-file", "muted"), autoRaise=True)
        self._window.setToolTip(_("Open in a window of its own"))
        self._window.setAccessibleName(self._window.toolTip())
        self._window.clicked.connect(lambda: self.window_requested.emit(self.record))
        head = QHBoxLayout(spacing=theme.TIGHT)
        head.setContentsMargins(theme.TIGHT, 0, theme.TIGHT, 0)
        head.addWidget(self.ref, 0, Qt.AlignmentFlag.AlignTop)
        chips = FlowLayout(at_end=True)  # the reference stays whole beside them
        chips.addWidget(self.visibility)
        chips.addWidget(self.attention)
        chips.addWidget(self.rag)
        head.addLayout(chips, 1)
        head.addWidget(self._window, 0, Qt.AlignmentFlag.AlignTop)
        return head

    def _foot(self) -> QWidget:
        foot = QWidget()
        row = FlowLayout(foot, spacing=theme.SMALL)  # long words go to a second line
        row.setContentsMargins(0, theme.TIGHT, theme.SMALL, theme.TIGHT)
        self.report = QPushButton(icon("progress"), _("Report progress"))
        self.report.clicked.connect(self._report)
        self.link = QPushButton(icon("link"), _("Link…"))
        self.link.clicked.connect(self.begin_link)
        row.addWidget(self.report)
        row.addWidget(self.link)
        self.report.setVisible(issubclass(self.entity, Followed))
        return foot

    def _order_tabs(self) -> None:
        for before, after in pairwise(self._stops()):
            self.setTabOrder(before, after)

    def _stops(self) -> list[QWidget]:
        """Tab goes from the title through its trail to the tabs, what the one on show has, and the foot."""
        title, *rest = self.form.stops()
        trail = self.trail.buttons() if self.trail is not None else []
        trail += self.text.stops() if self.text is not None else []
        shown = rest if self.tab() == DETAILS else self._stops_of(self._pages[self.tab()])
        return [self.visibility, title, *trail, self.tabs.tabBar(), *shown, *self._feet()]

    def _feet(self) -> list[QPushButton]:
        return [self.report, self.link] if issubclass(self.entity, Registered) else []

    def focusNextPrevChild(self, forward: bool) -> bool:
        # Qt's own circle leads back into parts that hand their focus on, before it has come round.
        focus = self.focusWidget()
        order = self._stops()  # as it is now: fields may have come in where one types
        if focus not in order:
            return super().focusNextPrevChild(forward)
        place = order.index(focus)
        further = order[place + 1 :] if forward else order[:place][::-1]
        found = next((each for each in further if takes_tab(each)), None) or beyond(self, forward)
        if found is None:
            found = next((each for each in order[:: 1 if forward else -1] if takes_tab(each)), focus)
        reasons = Qt.FocusReason
        found.setFocus(reasons.TabFocusReason if forward else reasons.BacktabFocusReason)
        return True

    def _stops_of(self, page: QWidget) -> list[QWidget]:
        """Where Tab stops in a tab beside the form."""
        if hasattr(page, "stops"):
            return page.stops()
        return [page, *stops(page.page.layout())] if isinstance(page, ScrollColumn) else [page]

    def show_record(self, record: Any) -> None:
        """Show another record; what was typed into the one before is saved."""
        self.leave()
        self.form.show_record(record)
        self._took(record)

    def refresh(self, record: Any) -> None:
        """Show what is kept now of the same record."""
        self.form.refresh(record)
        self._took(record)

    def _took(self, record: Any) -> None:
        self.record = record
        self.ref.setText(record.ref)
        self.visibility.show_level(record.visibility)
        self._show_standing(record)
        if self.trail is not None:
            self.trail.show_record(record)
        if self.text is not None:
            self.text.show_source(record)
        self._stale = set(self._pages) - {DETAILS}
        self._freshen()
        readonly.lock(self, self.context, *self._feet())
        self._order_tabs()  # its steps, its links and files are this record's

    def _show_standing(self, record: Any) -> None:
        followed = issubclass(self.entity, Followed)
        self.rag.setVisible(followed)
        self.attention.setVisible(False)
        if isinstance(record, Meeting) and record.state == "final":
            self.attention.show_rag(None, Meeting.state.text(record.state))
            self.attention.setVisible(True)
        if not followed:
            return
        asked = Query(self.entity, ("rag", "attention"))
        row = query.one(self.context.workspace, asked, record.id)
        if row is None:
            return
        self.rag.show_rag(row[1])
        self.rag.setToolTip(plain_tip(record.rag_reason) if record.rag_set else "")
        self.attention.show_rag(None, query.shown(asked, row)[1])
        self.attention.setVisible(bool(row[2]))

    def _freshen(self) -> None:
        """Fill the tab on show, if it was not since the record changed; the others wait until they are seen."""
        key = self.tab()
        if key in self._stale and self.record is not None:
            self._stale.discard(key)
            self._pages[key].show_record(self.record)

    def _on_tab(self) -> None:
        self._freshen()
        readonly.lock(self, self.context)
        self._order_tabs()

    def tab(self) -> str:
        """The tab on show."""
        return list(self._pages)[self.tabs.currentIndex()]

    def show_tab(self, key: str) -> None:
        """Show a tab; one that the entity does not have is not missed."""
        if key in self._pages:
            self.tabs.setCurrentIndex(list(self._pages).index(key))

    def has_page(self, key: str) -> bool:
        """Whether its entity has this tab."""
        return key in self._pages

    def page(self, key: str) -> Any:
        """The page of a tab."""
        return self._pages[key]

    def begin_link(self) -> None:
        """Ask with what to link the record."""
        if issubclass(self.entity, Registered):
            self.show_tab(LINKS)
            self._pages[LINKS].begin()

    def commit(self) -> None:
        """Save all that is typed."""
        self.form.commit()
        if MINUTES in self._pages:
            self._pages[MINUTES].commit()

    def leave(self) -> None:
        """Save all that is typed; another record is shown next."""
        self.form.leave()
        if MINUTES in self._pages:
            self._pages[MINUTES].leave()

    def _report(self) -> None:
        self.commit()
        self.report_requested.emit(self.record)

    def _set_visibility(self, level: str) -> None:
        self.commit()
        if level == self.record.visibility or not set_level(
            self.context, self.visibility, self.record, level
        ):
            return
        if level == INTERNAL:
            self.context.said.emit(_("{ref} is internal now.").format(ref=self.record.ref), [])
            return
        words = _("{ref} is now: {level}. Its texts and its parts keep a level of their own.")
        more = [(_("Share…"), lambda: self._run(SHARE))]
        self.context.said.emit(words.format(ref=self.record.ref, level=word(level)), more)

    def _run(self, verb: str) -> None:
        """Open a dialog about this record, over the window that it is shown in."""
        self.commit()
        named(verb)(self.window(), [self.record])

    def set_alone(self, alone: bool) -> None:
        """Whether it is in a window of its own already."""
        self._window.setVisible(not alone)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.FontChange:
            self._dress()
        super().changeEvent(event)

    def _dress(self) -> None:
        self.form.title.editor.input.setFont(theme.heading_font(self.font(), 2))
        self.ref.setFont(theme.tabular(self.font()))


def _with_margin(table: QWidget) -> QWidget:
    """A table set in as far as what the other tabs show."""
    page = QWidget()
    room = QVBoxLayout(page)
    room.setContentsMargins(0, theme.MEDIUM, theme.SMALL, theme.SMALL)
    room.addWidget(table)
    return page

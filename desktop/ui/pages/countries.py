"""Countries: to the left those that anything concerns, to the right all that is known of the one chosen."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.countries import country_name
from desktop.i18n import _, captioned, join_parts
from desktop.service import country
from desktop.service.apart import apart
from desktop.service.country import Country
from desktop.store.engine import TooSlow
from desktop.ui import theme
from desktop.ui.apart import while_there
from desktop.ui.context import Context
from desktop.ui.country.cards import CountryCards
from desktop.ui.country.countrylist import CountryList
from desktop.ui.icons import icon
from desktop.ui.named import named
from desktop.ui.pages.seenfresh import SeenFresh
from desktop.ui.passing import PassesFocus
from desktop.ui.widgets.emptystate import EmptyState
from desktop.ui.widgets.heading import Heading
from desktop.ui.widgets.ragbar import RagBar

NOTICED = 0.15
"""Seconds that reading may take on the window's own thread."""
DOSSIER = "desktop.ui.country.dossier:write_dossier"
"""With the writers of documents, which are loaded once one is asked for."""


class CountriesPage(SeenFresh, PassesFocus, QWidget):
    """The country that was shown last comes back."""

    count_changed = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self._state = context.settings.pages.setdefault("country", {})
        self.known: Country | None = None
        self.countries = CountryList()
        self.countries.chosen.connect(self.show_country)
        self.stack = QStackedWidget()
        self.stack.addWidget(self._build_page())
        self.stack.addWidget(
            EmptyState(
                "globe",
                _("All that concerns a country stands here, once a record names one or the post has one."),
            )
        )
        splitter = QSplitter(Qt.Orientation.Horizontal, handleWidth=1, childrenCollapsible=False)
        for part in (self.countries, self.stack):
            splitter.addWidget(part)
        splitter.setStretchFactor(1, 1)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(splitter)
        self.pass_focus_to(self.countries)
        self.keep_fresh(context)
        self.refresh()

    def _build_page(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page, spacing=theme.LARGE)
        column.setContentsMargins(theme.WIDE, theme.LARGE, theme.WIDE, theme.WIDE)
        self.heading = Heading("", 1)
        self.summary = QLabel(textFormat=Qt.TextFormat.PlainText, wordWrap=True)
        self.summary.setProperty("muted", True)
        self.dossier = QPushButton(icon("export", "muted"), _("&Dossier…"), autoDefault=False)
        self.dossier.setToolTip(_("The same on two pages, as Word or PDF"))
        self.dossier.clicked.connect(lambda: named(DOSSIER)(self.window(), self.countries.code()))
        head = QHBoxLayout(spacing=theme.MEDIUM)
        head.addWidget(self.heading, 1)
        head.addWidget(self.dossier, 0, Qt.AlignmentFlag.AlignTop)
        self.bar = RagBar()
        self.bar.setAccessibleName(_("Recommendations by RAG"))
        self.cards = CountryCards(self.context)
        top = QVBoxLayout(spacing=theme.TIGHT)
        top.addLayout(head)
        top.addWidget(self.summary)
        column.addLayout(top)
        column.addWidget(self.bar)
        column.addWidget(self.cards)
        column.addStretch(1)
        self.area = QScrollArea(widgetResizable=True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(page)
        return self.area

    # ---- what it shows

    def refresh(self) -> None:
        """Read anew which countries there are, and the one that is shown."""
        super().refresh()
        workspace = self.context.workspace
        self._read(lambda seen: country.countries(seen), workspace, self._offer)

    def _offer(self, found: Any) -> None:
        code = self.countries.code() or str(self._state.get("code", ""))
        self.countries.offer(found, self.context.workspace.facts.accreditations, code)
        self.stack.setCurrentIndex(0 if found else 1)
        self.countries.setVisible(bool(found))
        if self.countries.code():
            self.show_country(self.countries.code())

    def show_country(self, code: str) -> None:
        """Show all that concerns a country."""
        self._state["code"] = code
        self._read(lambda seen: country.view(seen, code), self.context.workspace, self._show)

    def _read(self, question: Any, workspace: Any, show: Any) -> None:
        """Ask at once where that takes no time that one notices, else on a worker."""
        try:
            with workspace.engine.within(NOTICED):
                found = question(workspace)
        except TooSlow:

            def slow() -> Any:
                with apart(workspace) as seen:
                    return question(seen)

            self.context.work(slow, while_there(self, show))
        else:
            show(found)

    def _show(self, known: Country) -> None:
        if known.code != self.countries.code():
            return  # another one was chosen meanwhile
        other = self.known is None or self.known.code != known.code
        self.known = known
        self.heading.setText(country_name(known.code))
        self.summary.setText(join_parts(*known.counts.words()) or _("Nothing yet."))
        self.bar.set_counts(known.rag)
        self.bar.setVisible(bool(known.recommendations.count))
        self.cards.show_country(known)
        if other:
            self.area.verticalScrollBar().setValue(0)
        self.count_changed.emit(self.status_text())

    # ---- what is asked of it

    def status_text(self) -> str:
        """What the window's status line tells of it."""
        if self.known is None:
            return ""
        return captioned(country_name(self.known.code), self.summary.text())

    def focus_search(self) -> None:
        """Go to the search box."""
        self.countries.search.setFocus()
        self.countries.search.selectAll()

    def select_country(self, code: str) -> None:
        """Show this country."""
        self.countries.go_to(code)

"""The window in which a source's text is read: sections at the left, the text, what is selected under it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QByteArray, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QSplitter, QVBoxLayout, QWidget
from shiboken6 import isValid

from desktop.i18n import _, format_number
from desktop.service import passages
from desktop.ui import theme, verbs
from desktop.ui.apart import while_there
from desktop.ui.dialogs.dialog import open_dialog
from desktop.ui.passages.bar import SelectionBar
from desktop.ui.passages.checks import Checks
from desktop.ui.passages.commands import Commands
from desktop.ui.passages.finding import Finder
from desktop.ui.passages.here import Here
from desktop.ui.passages.making import MakeDialog, TieDialog
from desktop.ui.passages.marks import marks
from desktop.ui.passages.outline import Outline
from desktop.ui.passages.page import TextPage
from desktop.ui.record.window import centre
from desktop.ui.saying import Saying
from desktop.ui.widgets.messagebar import MessageBar
from desktop.ui.widgets.searchbox import SearchBox

PLACE = "reader"
"""Under which name the settings keep its size and place."""
USUAL = (1120, 780)
SIDE = 280


class ReaderWindow(QWidget):
    """One for a source. Esc closes it; it follows what is done to the source and its passages elsewhere."""

    def __init__(self, context: Any, source: Any, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.context = Here(context, self)
        self.context.record_requested.connect(self.show_record)
        self.source, self.edition = source, None
        self.drafts: dict[Any, Any] = {}
        self._before = parent.focusWidget() if parent is not None else None
        self._finder = Finder("")
        self._build()
        for keys in (QKeySequence(QKeySequence.StandardKey.Close), QKeySequence("Esc")):
            QShortcut(keys, self).activated.connect(self.close)
        context.changed.connect(self._on_changed)
        context.stopping.connect(self.close)
        self.resize(*USUAL)
        geometry = context.settings.pages.get(PLACE, {}).get("geometry", "")
        if geometry:
            self.restoreGeometry(QByteArray.fromBase64(str(geometry).encode()))
        if parent is not None:
            centre(self, parent.frameGeometry())
        self.refresh()
        self.page.setFocus()

    # ---- building

    def _build(self) -> None:
        self.search = SearchBox(_("Find in the text"))
        self.search.text_changed_settled.connect(lambda _text: self.find())
        self.search.returnPressed.connect(self.find_next)
        self.search.down_pressed.connect(lambda: self.outline.setFocus())
        self.hits = QLabel(visible=False, textFormat=Qt.TextFormat.PlainText)
        self.hits.setProperty("muted", True)
        self.outline, self.checks = Outline(), Checks()
        self.outline.section_requested.connect(self._read_at)
        self.page = TextPage()
        self.page.moved.connect(self._on_moved)
        self.page.verticalScrollBar().valueChanged.connect(
            lambda _value: self.outline.follow(self.page.top())
        )
        self.commands = Commands(self)
        self.bar = SelectionBar(self.context, self.commands.passage)
        self.bar.remove_requested.connect(self.remove)
        self.messages = MessageBar()
        Saying(self.context, self.messages)
        self.checks.chosen.connect(self._look_at)
        self.checks.here_requested.connect(self._find_by_hand)
        self.checks.right_requested.connect(
            lambda quote: self.context.attempt(lambda: passages.confirm(self.context.workspace, quote))
        )
        self.checks.remove_requested.connect(self.remove)
        self.splitter = QSplitter(Qt.Orientation.Horizontal, handleWidth=1, childrenCollapsible=False)
        self.splitter.addWidget(self._side())
        self.splitter.addWidget(self._middle())
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setSizes([SIDE, USUAL[0] - SIDE])
        whole = QVBoxLayout(self, spacing=0)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.splitter)

    def _side(self) -> QWidget:
        side = QWidget()
        head = QVBoxLayout(spacing=theme.TIGHT)
        head.setContentsMargins(theme.MEDIUM, theme.MEDIUM, theme.MEDIUM, theme.SMALL)
        head.addWidget(self.search)
        head.addWidget(self.hits)
        column = QVBoxLayout(side, spacing=0)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(head)
        column.addWidget(self.outline, 3)
        column.addWidget(self.checks, 2)
        side.setMinimumWidth(200)
        return side

    def _middle(self) -> QWidget:
        middle = QWidget()
        told = QVBoxLayout()
        told.setContentsMargins(theme.LARGE, theme.TIGHT, theme.LARGE, 0)
        told.addWidget(self.messages)
        column = QVBoxLayout(middle, spacing=0)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.page, 1)
        column.addLayout(told)
        column.addWidget(self.bar)
        return middle

    # ---- what is shown

    def refresh(self) -> None:
        """Show the newest text and its passages as they are kept now; without a text, close."""
        self.source = type(self.source).get_or_none(type(self.source).uid == self.source.uid)
        edition = passages.newest(self.source) if self.source is not None else None
        if edition is None:
            self.close()
            return
        if self.edition is None or edition.uid != self.edition.uid:
            text = self.context.attempt(lambda: passages.text_of(edition))
            if text is None:
                return
            self.page.show_text(text)
            self.outline.show_text(text)
            self.edition, self._finder = edition, Finder(text.text)
            finder = self._finder
            # so that the first search does not wait
            self.context.work(finder.prepare, while_there(self, lambda _folded: None))
            self.search.clear()
        number = format_number(edition.number)
        self.setWindowTitle(
            _("{title} — {file}, edition {number}").format(
                title=self.source.title, file=edition.name, number=number
            )
        )
        self.page.show_marks(marks(self.context.workspace, edition))
        self.checks.show_quotes(passages.lost(self.source), passages.unsure(edition))
        self._on_moved()

    def _on_changed(self, _committed: Any) -> None:
        QTimer.singleShot(0, self, lambda: self.context.safely(self.refresh))

    def _on_moved(self) -> None:
        start, end = self.page.selected()
        self.bar.show_place(self.page.text, start, end, self.page.here())
        self.commands.set_selected(start < end)
        self.checks.set_selected(start < end)
        self.outline.follow(start)

    def tell(self, sentence: str) -> None:
        """Say what was done; it stays until it is read."""
        self.messages.show_message(sentence, "success")

    # ---- going to places

    def go_to(self, quote: Any = None, section: str = "", paragraph: str = "") -> None:
        """Go to a passage; without one, or where it is lost, to the section and paragraph."""
        found = quote is not None and quote.state == passages.FOUND
        if found and self.edition is not None and quote.edition_id == self.edition.id:
            self.page.select(quote.start, quote.end)
            return
        place = passages.place(self.page.text, section, paragraph) if section else None
        if place is not None:
            self.page.point(*place)

    def _read_at(self, place: int) -> None:
        self.page.read_at(place)

    def _look_at(self, quote: Any) -> None:
        self.go_to(quote, quote.section, quote.paragraph)

    def show_record(self, record: Any) -> None:
        """Show a record in a window of its own; without a main window, wherever the context shows it."""
        open_window = getattr(getattr(self.parent(), "pane", None), "open_window", None)
        (open_window or self.context.common.record_requested.emit)(record)

    # ---- finding

    def find(self) -> None:
        """Look for what stands in the search box, from the place that is read on."""
        words = self.search.text()
        hits = self._finder.find(words)
        self.page.show_hits(hits)
        self.hits.setVisible(bool(words.strip()))
        if not hits:
            self.hits.setText(_("Not found"))
            return
        self._show_hit(self._finder.behind(self.page.selected()[0]) or 0)

    def find_next(self, back: bool = False) -> None:
        """Go on to what is found next, or before; round the ends of the text."""
        hits = self._finder.hits
        if not hits:
            return
        start, end = self.page.selected()
        number = self._finder.behind(start if back else max(end, start + 1)) or 0
        self._show_hit((number - 1) % len(hits) if back else number)

    def _show_hit(self, number: int) -> None:
        hits = self._finder.hits
        self.page.select(*hits[number])
        self.hits.setText(
            _("{number} of {count}").format(number=format_number(number + 1), count=format_number(len(hits)))
        )

    # ---- what can be done with a passage

    def widen(self) -> None:
        """Select the whole sentences."""
        self.page.widen()

    def make(self, level: str) -> None:
        """Ask for a new recommendation or ask from what is selected."""
        start, end = self.page.selected()
        self.context.attempt(lambda: open_dialog(self, MakeDialog, self.edition, start, end, level))

    def tie(self) -> None:
        """Ask which record comes from what is selected."""
        start, end = self.page.selected()
        self.context.attempt(lambda: open_dialog(self, TieDialog, self.edition, start, end))

    def remove(self, quote: Any) -> None:
        """Remove a passage; undo brings it back."""

        def verb() -> bool:
            passages.remove(self.context.workspace, quote)
            return True

        if self.context.attempt(verb):
            self.context.said.emit(
                _("The passage was removed. Undo brings it back."), [(_("Undo"), lambda: verbs.undo(self))]
            )

    def _find_by_hand(self, quote: Any) -> None:
        start, end = self.page.selected()
        self.context.attempt(lambda: passages.relocate(self.context.workspace, quote, start, end))

    # ---- the window

    def next_pane(self) -> None:
        """Go on from the sections to the text, to the buttons, to the passages to look at."""
        parts = [self.outline, self.page, self.bar.buttons[0]]
        parts += [self.checks.list] if self.checks.isVisible() else []
        focus = self.focusWidget()
        here = next((n for n, part in enumerate(parts) if part is focus), -1)
        parts[(here + 1) % len(parts)].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def closeEvent(self, event: QCloseEvent) -> None:
        place = self.context.settings.pages.setdefault(PLACE, {})
        place["geometry"] = bytes(self.saveGeometry().toBase64()).decode()
        super().closeEvent(event)
        if self.parent() is not None and self.parent().isVisible():
            self.parent().activateWindow()
            if self._before is not None and isValid(self._before):
                self._before.setFocus(Qt.FocusReason.ActiveWindowFocusReason)

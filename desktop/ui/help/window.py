"""The window of the help: contents and search at the left, a page at the right; it stands beside what it explains."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop.i18n import _, format_number, language, ngettext
from desktop.ui import theme
from desktop.ui.announce import announce
from desktop.ui.help.finding import Found, find
from desktop.ui.help.pages import pages
from desktop.ui.help.topics import topic_of
from desktop.ui.help.view import HelpView
from desktop.ui.icons import icon
from desktop.ui.lists.hits import terms_of
from desktop.ui.widgets.searchbox import SearchBox

USUAL = (820, 640)
TOPIC, TEXT = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1


def show_help(window: QWidget) -> HelpWindow:
    """Show the help on what has the keyboard now: a dialog, a record, a page."""
    active = QApplication.activeWindow()
    widget = active.focusWidget() or active if active is not None else window
    if isinstance(widget.window(), HelpWindow):
        return widget.window()
    page = getattr(getattr(window, "sidebar", None), "current", str)()
    topic = topic_of(widget if widget is not window else None, page)
    made = next((each for each in window.findChildren(HelpWindow) if each.language == language()), None)
    made = made or HelpWindow(window)
    made.show_topic(topic)
    made.come()
    return made


class HelpWindow(QWidget):
    """Closed by Esc; made once for a window, and for its language."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setWindowTitle(_("Help"))
        self.language = language()
        self._pages = pages()
        self._been: list[str] = []
        self._make_parts()
        self._lay_out()
        self._wire()
        self._fill([Found(page, "") for page in self._pages])
        scale = max(1.0, self.fontMetrics().height() / 17)
        room = self.screen().availableSize()
        self.resize(min(round(USUAL[0] * scale), room.width() - 40), min(USUAL[1], room.height() - 60))

    def _make_parts(self) -> None:
        self.search = SearchBox(_("Search the help"))
        self.contents = QListWidget()
        self.contents.setAccessibleName(_("Contents"))
        self.contents.setFrameShape(QListWidget.Shape.NoFrame)
        self.contents.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.contents.setProperty("checklist", True)
        self.none = QLabel(textFormat=Qt.TextFormat.PlainText, wordWrap=True)
        self.none.setProperty("muted", True)
        self.none.hide()
        self.back = QToolButton(icon=icon("chevron-left", "muted"), autoRaise=True, text=_("Back"))
        self.back.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.back.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.back.setEnabled(False)
        self.view = HelpView()

    def _lay_out(self) -> None:
        side, right = QWidget(), QWidget()
        left = QVBoxLayout(side, spacing=theme.SMALL)
        left.setContentsMargins(theme.MEDIUM, theme.MEDIUM, theme.SMALL, theme.MEDIUM)
        for part in (self.search, self.none):
            left.addWidget(part)
        left.addWidget(self.contents, 1)
        column = QVBoxLayout(right, spacing=0)
        column.setContentsMargins(0, 0, 0, 0)
        head = QHBoxLayout()
        head.setContentsMargins(theme.MEDIUM, theme.MEDIUM, theme.MEDIUM, 0)
        head.addWidget(self.back)
        head.addStretch(1)
        column.addLayout(head)
        column.addWidget(self.view, 1)
        parts = QSplitter(Qt.Orientation.Horizontal, handleWidth=1, childrenCollapsible=False)
        parts.addWidget(side)
        parts.addWidget(right)
        parts.setStretchFactor(1, 1)
        letters = self.fontMetrics().averageCharWidth()
        parts.setSizes([letters * 34, letters * 90])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(parts)

    def _wire(self) -> None:
        self.search.text_changed_settled.connect(self._on_searched)
        self.search.down_pressed.connect(self.contents.setFocus)
        self.search.returnPressed.connect(self._go_to_first)
        self.contents.currentItemChanged.connect(lambda item, _before: self._on_chosen(item))
        self.contents.itemActivated.connect(lambda _item: self.view.setFocus())
        self.view.topic_requested.connect(self.follow)
        self.back.clicked.connect(self.go_back)
        for keys, call in (
            ("Esc", self.close),
            (QKeySequence(QKeySequence.StandardKey.Close), self.close),
            (QKeySequence(QKeySequence.StandardKey.Find), self.find),
            ("Alt+Left", self.go_back),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(call)

    # ---- which page

    def topic(self) -> str:
        """The page that is shown."""
        return self._been[-1] if self._been else ""

    def show_topic(self, topic: str) -> None:
        """Begin with a page, whatever was sought before."""
        if self.search.text():
            self.search.clear()
            self._on_searched("")
        self._select(topic)

    def follow(self, topic: str) -> None:
        """Go on to a page that a link names; it may be none of those found."""
        self.show_topic(topic)
        self.view.setFocus()

    def go_back(self) -> None:
        """To the page before."""
        if len(self._been) > 1:
            del self._been[-1]
            before = self._been.pop()
            self.show_topic(before)
            self.view.setFocus()

    def come(self) -> None:
        """Show the window, ready to read."""
        self.show()
        self.raise_()
        self.activateWindow()
        self.view.setFocus()

    def find(self) -> None:
        """Go to the search box."""
        self.search.setFocus()
        self.search.selectAll()

    def _select(self, topic: str) -> None:
        for row in range(self.contents.count()):
            if self.contents.item(row).data(TOPIC) == topic:
                self.contents.setCurrentRow(row)
                self._on_chosen(self.contents.item(row))

    def _on_chosen(self, item: QListWidgetItem | None) -> None:
        if item is None:
            return
        topic = item.data(TOPIC)
        if topic != self.topic():
            self._been.append(topic)
            self.view.set_text(next(page.text for page in self._pages if page.topic == topic))
            self.view.verticalScrollBar().setValue(0)
            self.setWindowTitle(_("{page} – Help").format(page=item.data(TEXT)))
        self.back.setEnabled(len(self._been) > 1)
        self.view.set_terms(terms_of(self.search.text()))

    # ---- search

    def _on_searched(self, text: str) -> None:
        found = find(self._pages, text)
        self._fill(found)
        self.none.setVisible(not found)
        if not found:
            self.none.setText(_("Nothing in the help has “{text}”.").format(text=text.strip()))
            announce(self.search, self.none.text())
        elif text.strip():
            words = ngettext("{count} page", "{count} pages", len(found))
            announce(self.search, words.format(count=format_number(len(found))))
            self.contents.setCurrentRow(0)
        else:
            self._select(self.topic())

    def _go_to_first(self) -> None:
        self._on_searched(self.search.text())  # Enter does not wait until the typing has settled
        if self.contents.count():
            self.view.setFocus()

    def _fill(self, found: list[Found]) -> None:
        self.contents.blockSignals(True)
        self.contents.clear()
        for page, excerpt in found:
            item = QListWidgetItem(f"{page.title}\n{excerpt}" if excerpt else page.title)
            item.setData(TOPIC, page.topic)
            item.setData(TEXT, page.title)
            self.contents.addItem(item)
        self.contents.blockSignals(False)

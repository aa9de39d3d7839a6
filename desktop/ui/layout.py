"""How the window is arranged, and comes back as it was: its place and its panes, on a screen that is there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, QEvent, QObject, QPoint, QRect
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop import settings as settings_file
from desktop.ui import theme
from desktop.ui.views import coming
from desktop.ui.widgets.messagebar import MessageBar

if TYPE_CHECKING:
    from desktop.ui.window import MainWindow

PLACE = "window"
"""Under which name the settings keep what belongs to the window itself."""
LEAST = (900, 520)
"""Smaller than this nothing is usable; a screen of 1920 × 1080 at double scale has 960 × 540."""
USUAL = (1280, 800)
PAGE = 66
"""Letters that a page with its list takes at least."""
ROOMY_PAGE = 80
"""Letters up to which the page has them before the record."""
PANE, NARROW_PANE = 54, 43
"""Letters across the record pane: until somebody moves its edge, and at least."""
_WIDTH = "width when hidden"


def middle(pages: QStackedWidget, messages: MessageBar) -> QWidget:
    """The pages, and under them what is told; that is over when another page is opened."""
    pages.currentChanged.connect(messages.outdate)
    whole = QWidget()
    column = QVBoxLayout(whole, spacing=0)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(pages, 1)
    foot = QHBoxLayout()
    foot.setContentsMargins(theme.SMALL, 0, theme.SMALL, theme.SMALL)
    foot.addWidget(messages)
    column.addLayout(foot)
    return whole


def under_pages(window: MainWindow, widget: QWidget) -> None:
    """Put a widget between the pages and what is told: it takes from their foot, nothing over it moves."""
    column = window.stack.parentWidget().layout()
    framed = QHBoxLayout()
    framed.setContentsMargins(theme.SMALL, 0, theme.SMALL, theme.SMALL)
    framed.addWidget(widget)
    column.insertLayout(1, framed)


def over_pages(window: MainWindow, widget: QWidget, place: int) -> None:
    """Put a widget over the pages, under those that stand there: the place counts from the top."""
    framed = QHBoxLayout()
    framed.setContentsMargins(theme.SMALL, theme.SMALL, theme.SMALL, 0)
    framed.addWidget(widget)
    window.stack.parentWidget().layout().insertLayout(place, framed)


def state_of(window: MainWindow) -> dict[str, Any]:
    """The part of the settings that belongs to the window."""
    return window.context.settings.pages.setdefault(PLACE, {})


def restore(window: MainWindow) -> None:
    """Bring a new window where the last one was."""
    window.setMinimumSize(*LEAST)
    window.installEventFilter(_Watch(window))
    window.pane.installEventFilter(_WidthKeeper(window.pane))
    geometry = window.context.settings.window_geometry
    if not (geometry and window.restoreGeometry(QByteArray.fromBase64(geometry.encode()))):
        usual(window)
    seen = any(
        screen.availableGeometry().intersects(window.frameGeometry()) for screen in QApplication.screens()
    )
    if not seen:
        usual(window)
    elif not window.isMaximized() and window.height() > room_for(window).height():
        keep_on_screen(window, window.geometry().topLeft())
    state = state_of(window)
    window.sidebar.set_shrunk(bool(state.get("shrunk")))
    window.pane.set_wanted(state.get("pane", True) is not False)
    window.sidebar.shrunk_changed.connect(lambda _shrunk: _give_back(window))
    make_room(window)
    window.splitter.setSizes(_sizes(state) or usual_sizes(window))


def room_for(window: QWidget) -> QRect:
    """Where the contents of a window may stand: what the screen has, less the title bar that they get."""
    frame = window.frameGeometry().height() - window.height()
    if frame <= 0:  # nobody has framed it yet
        frame = round(1.8 * window.fontMetrics().height())
    return window.screen().availableGeometry().adjusted(0, frame, 0, 0)


def keep_on_screen(window: QWidget, wished: QPoint) -> None:
    """Make a window no larger than its screen, and move its contents there, as near as goes to a place."""
    room = room_for(window)
    window.resize(window.size().boundedTo(room.size()))
    left = max(room.left(), min(wished.x(), room.right() + 1 - window.width()))
    top = max(room.top(), min(wished.y(), room.bottom() + 1 - window.height()))
    frame = room.top() - window.screen().availableGeometry().top()
    window.move(left, top - frame)


def usual(window: MainWindow) -> None:
    """The size and place of a window that was never moved."""
    window.resize(*USUAL)
    place = window.rect()
    place.moveCenter(room_for(window).center())
    keep_on_screen(window, place.topLeft())


def reset(window: MainWindow) -> None:
    """Forget how window and lists were arranged."""
    window.showNormal()
    window.show_page(window.context.settings.last_page)  # a saved view that is open is left
    window.context.settings.pages.clear()
    window.context.settings.window_geometry = ""
    window.sidebar.set_shrunk(False)
    window.pane.set_wanted(True)
    usual(window)
    window.splitter.setSizes(usual_sizes(window))


def usual_sizes(window: MainWindow) -> list[int]:
    """The widths of side bar, page and record until somebody moves an edge."""
    one = letter(window)
    room = (window.width() - window.sidebar.width()) // one
    pane = one * max(NARROW_PANE, min(PANE, room - ROOMY_PAGE))
    return [1, window.width() - pane, pane]


def letter(widget: QWidget) -> int:
    """The width of a Latin letter: what is measured in it grows with the text.

    Fonts of Japanese tell that of their squares as the average; measured in these the side bar would never have room.
    """
    metrics = widget.fontMetrics()
    return min(metrics.averageCharWidth(), round(1.2 * metrics.horizontalAdvance("x")))


def make_room(window: MainWindow) -> None:
    """Let the side bar show icons alone where its words would leave page and record too little."""
    least = (PAGE + (NARROW_PANE if window.pane.wanted else 0)) * letter(window)
    window.sidebar.set_roomy(window.width() >= window.sidebar.width_of_words() + least)
    _give_back(window)


def _give_back(window: MainWindow) -> None:
    """Let the page have what the side bar no longer takes: a splitter keeps the room that a part once had."""
    bar, page, pane = window.splitter.sizes()
    spare = bar - window.sidebar.maximumWidth()  # its width is fixed
    if spare > 0:  # a record pane that is hidden comes back as wide as it was
        kept = window.pane.property(_WIDTH) or window.pane.width()
        window.splitter.setSizes([bar - spare, page + spare, pane or kept])


class _Watch(QObject):
    """Makes room whenever the window is sized, or its text is."""

    def eventFilter(self, window: Any, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.FontChange):
            make_room(window)
        return False


class _WidthKeeper(QObject):
    """Notes how wide the record pane was when it was hidden: a splitter makes what is hidden narrow."""

    def eventFilter(self, pane: Any, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Hide:
            pane.setProperty(_WIDTH, pane.width())
        return False


def come_back(window: MainWindow) -> None:
    """Show the page, and the saved view on it, that the last window showed."""
    window.show_page(window.context.settings.last_page)
    coming.come_back(window, state_of(window).get("view"))


def remember(window: MainWindow) -> None:
    """Keep how the window is arranged."""
    settings = window.context.settings
    settings.window_geometry = bytes(window.saveGeometry().toBase64()).decode()
    state = state_of(window)
    state["shrunk"] = window.sidebar.is_wished_shrunk()
    state["pane"] = window.pane.wanted
    state["view"] = coming.shown(window)
    if window.pane.isVisible():
        state["sizes"] = window.splitter.sizes()
    problem = settings_file.save(settings)
    if problem:
        window.context.problem.emit(problem)


def _sizes(state: dict[str, Any]) -> list[int]:
    sizes = state.get("sizes")
    good = isinstance(sizes, list) and len(sizes) == 3 and all(isinstance(size, int) for size in sizes)
    if not good:
        return []
    bar, page, pane = sizes
    return [
        1,
        max(1, page + bar - 1),
        pane,
    ]  # what the side bar needs it takes; more it would keep when it shrinks

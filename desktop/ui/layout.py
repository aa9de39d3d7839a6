"""How the window is arranged, and comes back as it was: its place and its panes, on a screen that is there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, QPoint, QRect
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop import settings as settings_file
from desktop.ui import theme
from desktop.ui.widgets.messagebar import MessageBar

if TYPE_CHECKING:
    from desktop.ui.window import MainWindow

PLACE = "window"
"""Under which name the settings keep what belongs to the window itself."""
LEAST = (900, 520)
"""Smaller than this nothing is usable; a screen of 1920 × 1080 at double scale has 960 × 540."""
USUAL = (1280, 800)
PANE = 380
"""Width of the record pane, until somebody moves its edge."""


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


def state_of(window: MainWindow) -> dict[str, Any]:
    """The part of the settings that belongs to the window."""
    return window.context.settings.pages.setdefault(PLACE, {})


def restore(window: MainWindow) -> None:
    """Bring a new window where the last one was."""
    window.setMinimumSize(*LEAST)
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
    window.splitter.setSizes(_sizes(state) or [1, window.width() - PANE, PANE])


def room_for(window: QWidget) -> QRect:
    """Where the contents of a window may stand: what the screen has, less the title bar that they get."""
    frame = window.frameGeometry().height() - window.height() or round(1.8 * window.fontMetrics().height())
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
    window.context.settings.pages.clear()
    window.context.settings.window_geometry = ""
    window.sidebar.set_shrunk(False)
    window.pane.set_wanted(True)
    usual(window)
    window.splitter.setSizes([1, window.width() - PANE, PANE])


def remember(window: MainWindow) -> None:
    """Keep how the window is arranged."""
    settings = window.context.settings
    settings.window_geometry = bytes(window.saveGeometry().toBase64()).decode()
    state = state_of(window)
    state["shrunk"] = window.sidebar.is_shrunk()
    state["pane"] = window.pane.wanted
    if window.pane.isVisible():
        state["sizes"] = window.splitter.sizes()
    problem = settings_file.save(settings)
    if problem:
        window.context.problem.emit(problem)


def _sizes(state: dict[str, Any]) -> list[int]:
    sizes = state.get("sizes")
    good = isinstance(sizes, list) and len(sizes) == 3 and all(isinstance(size, int) for size in sizes)
    return sizes if good else []

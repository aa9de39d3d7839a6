"""Shows the palette of a window, and leads to what is chosen in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt

from desktop.i18n import _
from desktop.model import Meeting, field
from desktop.service.finding import Hit
from desktop.ui.palette.entries import Entry
from desktop.ui.palette.offers import Offers
from desktop.ui.palette.palette import Palette
from desktop.ui.record.view import MINUTES, UPDATES
from desktop.ui.record.window import RecordWindow

if TYPE_CHECKING:
    from desktop.ui.window import MainWindow

TABS = {"point": MINUTES, "agenda_item": MINUTES, "update": UPDATES, "extension": UPDATES}
"""By the part of a record that has the words, the tab that shows it."""


def show_palette(window: MainWindow | RecordWindow) -> None:
    """Search everywhere, in the window that one is in."""
    palette = window.findChild(Palette, options=Qt.FindChildOption.FindDirectChildrenOnly)
    if palette is None:
        palette = Palette(window, Offers(window, desk_of(window)))
        palette.entry_chosen.connect(lambda entry, alone: open_entry(window, entry, alone))
    palette.begin()


def desk_of(window: MainWindow | RecordWindow) -> Any:
    """The main window: itself, or the one that a record's window belongs to."""
    return window.parent() if isinstance(window, RecordWindow) else window


def open_entry(window: MainWindow | RecordWindow, entry: Entry, alone: bool) -> None:
    """Do what a row of the palette stands for."""
    if entry.hit is None:
        if entry.act is not None:
            entry.act()
        return
    record = entry.hit.record()
    if record is None:
        window.context.problem.emit(_("{ref} was deleted meanwhile.").format(ref=entry.hit.ref))
    elif alone:
        _open_alone(window, record, tab_of(entry.hit))
    else:
        _open_here(window, record, tab_of(entry.hit))


def tab_of(hit: Hit) -> str:
    """The tab of the record on which the words stand; '' for the one that is shown anyway."""
    sentence = hit.sentence
    if sentence is None:
        return ""
    if sentence.part in TABS:
        return TABS[sentence.part]
    minutes = hit.entity is Meeting and field(Meeting, sentence.part).section == "minutes"
    return MINUTES if minutes else ""


def _open_here(window: MainWindow | RecordWindow, record: Any, tab: str) -> None:
    if isinstance(window, RecordWindow):
        window.show_record(record)
        _show_tab(window.pane, tab)
        return
    window.show_record(record)
    window.page.setFocus()
    if not tab:
        return
    if not window.pane.wanted:
        window.pane.set_wanted(True)
    window.pane.show_record(record)
    _show_tab(window.pane.record_pane(), tab)


def _open_alone(window: MainWindow | RecordWindow, record: Any, tab: str) -> None:
    desk = desk_of(window)
    desk.pane.open_window(record)
    _show_tab(desk.findChildren(RecordWindow)[-1].pane, tab)


def _show_tab(pane: Any, tab: str) -> None:
    view = pane.view()
    if view is not None and tab:
        view.show_tab(tab)

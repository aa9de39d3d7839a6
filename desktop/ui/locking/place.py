"""Where one was in a window, so that unlocking leads back there: the page comes back by itself, the rest from here."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QTimer

from desktop.model import RECORDS
from desktop.ui.named import named
from desktop.ui.navigation import page_of
from desktop.ui.record.window import RecordWindow

if TYPE_CHECKING:
    from desktop.ui.window import MainWindow

DRAFTS = "desktop.ui.drafts.keeper:begin"
SHOWN_MS, TRIES = 50, 40
"""How often, and how many times, it is looked whether the list shows the record that was selected."""

Record = tuple[str, str]
"""The key of an entity, and a uid."""


class Place(NamedTuple):
    """It holds no words of any record."""

    selected: Record | None
    windows: tuple[Record, ...]
    """The records that stood in windows of their own."""
    known: frozenset[str]
    """Texts that earlier runs left and that still wait for an answer."""


def place_of(window: MainWindow) -> Place:
    """Where one is."""
    chosen = window.selected()
    selected = _named(chosen[0]) if len(chosen) == 1 else None
    shown = [each.pane.record() for each in window.findChildren(RecordWindow) if each.isVisible()]
    keeper = getattr(window, "keeper", None)
    return Place(
        selected,
        tuple(_named(record) for record in shown if record is not None),
        frozenset(keeper.left if keeper is not None else ()),
    )


def lead_back(window: MainWindow, place: Place) -> None:
    """Show what was shown, and put back what was typed."""
    window.setProperty("unlocking", True)  # the texts wait for the record
    selected = _found(place.selected) if place.selected else None
    if selected is not None and hasattr(window.page, "select_record"):
        if page_of(selected.key()) == window.context.settings.last_page:
            window.show_record(selected)
        else:
            window.context.safely(lambda: window.page.select_record(selected))
    for each in place.windows:
        record = _found(each)
        if record is not None:
            window.pane.open_window(record)
    _once(window, lambda: _shows(window, selected), lambda: named(DRAFTS)(window, place.known))


def _once(window: MainWindow, true: Callable[[], bool], act: Callable[[], Any]) -> None:
    """Act as soon as something is true, or will not be any more."""
    timer, left = QTimer(window, interval=SHOWN_MS), [TRIES]

    def look() -> None:
        left[0] -= 1
        if true() or not left[0]:
            timer.stop()
            window.context.safely(act)

    timer.timeout.connect(look)
    window.context.stopping.connect(timer.stop)
    timer.start()


def _shows(window: MainWindow, record: Any) -> bool:
    if record is None:
        return True
    return [each.uid for each in window.selected()] == [record.uid]


def _named(record: Any) -> Record:
    return record.key(), record.uid


def _found(named_: Record) -> Any:
    entity: Any = RECORDS.get(named_[0])
    return entity.get_or_none(entity.uid == named_[1]) if entity is not None else None

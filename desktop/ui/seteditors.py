"""The editor of a set: chips, and a line that finds more."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop.countries import countries
from desktop.text import fold
from desktop.ui import offers, theme
from desktop.ui.editorwidget import NOTHING, EditorWidget
from desktop.ui.offers import New, among
from desktop.ui.pickeditors import found, made
from desktop.ui.widgets.chipsedit import ChipsEdit


class Chips(ChipsEdit):
    """Chips that can be quiet, that make what is not there yet, and that keep a text which names nothing."""

    refused = Signal()
    """Enter was pressed after a text for which there is nothing."""

    def __init__(
        self, make: Callable[[tuple[Any, str]], tuple[Any, str] | None], *args: Any, **named: Any
    ) -> None:
        super().__init__(*args, **named)
        self._make = make

    def add(self, key: Any, label: str) -> None:
        option = self._make((key, label))
        if option is not None:
            super().add(*option)

    def _meant(self, text: str) -> list[tuple[Any, str]]:
        # Leaving never makes anything: what is new is picked.
        return [option for option in super()._meant(text) if not isinstance(option[0], New)]

    def _on_line_key(self, event: QKeyEvent) -> bool:
        done = super()._on_line_key(event)
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and self._line.text().strip() and not self._offered:
            self.refused.emit()
        return done

    def _leave_typed(self) -> None:
        """It stays: the editor tells what is wrong with it."""

    def paintEvent(self, event: QPaintEvent) -> None:
        focus = self.focusWidget()
        active = self.underMouse() or (focus is not None and focus.hasFocus())
        if active or theme.current().high or not self.property("quiet"):
            super().paintEvent(event)


class ManyEditor(EditorWidget):
    """A set, as chips; each that is added or removed is saved at once."""

    def _build(self) -> QWidget:
        chips = Chips(self._made, self._search)
        chips.setAttribute(Qt.WidgetAttribute.WA_Hover)
        chips.changed.connect(self._on_changed)
        chips.refused.connect(self.check)
        chips.line().textEdited.connect(lambda _text: self.edited.emit())
        return chips

    def _search(self, text: str) -> list[tuple[Any, str]]:
        if self.kind.target is None:
            return among(list(countries().items()), text)
        return found(self.context, self.kind, text)

    def _made(self, option: tuple[Any, str]) -> tuple[Any, str] | None:
        return made(self.context, self.kind, option)

    def _on_changed(self) -> None:
        # An offer says more than its chip should.
        self.input.set_items([(key, offers.short(self.kind, key)) for key in list(self.input.keys())])
        self.edited.emit()
        self._tell_nothing()
        self.commit()

    def _tell_nothing(self) -> None:
        """A dash stands where nothing is chosen yet and nothing invites."""
        empty = self.input.property("quiet") and not self.input.keys()
        self.input.set_placeholder(NOTHING if empty else "")

    def _read(self) -> Any:
        typed = self.input.line().text()
        return frozenset(self.input.keys()) | (self.kind.parse(typed) if typed.strip() else frozenset())

    def commit(self) -> None:
        if self.input.line().text().strip() and self.is_typed() and self.check():
            # Names that were typed or pasted, with semicolons between them.
            self._put(self.value())
        super().commit()

    def _show(self, value: Any) -> None:
        self._put(value)

    def _put(self, value: Any) -> None:
        items = [(key, offers.short(self.kind, key)) for key in value or ()]
        self.input.set_items(sorted(items, key=lambda item: fold(item[1])))
        self.input.line().clear()
        self._tell_nothing()

    def set_quiet(self, quiet: bool) -> None:
        super().set_quiet(quiet)
        self._tell_nothing()

    def set_read_only(self, read_only: bool) -> None:
        self.input.set_read_only(read_only)

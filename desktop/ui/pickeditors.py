"""Editors in which one of many is found by a part of its name: a country, a time zone, another record."""

from __future__ import annotations

from typing import Any
from zoneinfo import available_timezones

from PySide6.QtWidgets import QToolButton, QWidget

from desktop.countries import countries, named_like
from desktop.i18n import _
from desktop.ui import offers
from desktop.ui.context import Context
from desktop.ui.editorwidget import EditorWidget
from desktop.ui.icons import icon
from desktop.ui.offers import New, among
from desktop.ui.widgets.pickline import PickLine
from desktop.ui.widgets.tips import plain_tip

KEYS = "↓ ↵"
"""The keys that pick the last of what is offered, as keyboards show them."""


class PickEditor(EditorWidget):
    """One of many, found by a part of its name."""

    def _build(self) -> QWidget:
        line = PickLine(self._search, make=self._made)
        line.textChanged.connect(lambda _text: self.edited.emit())
        line.picked.connect(self.commit)
        line.editingFinished.connect(self.commit)
        return line

    def _search(self, text: str) -> list[tuple[Any, str]]:
        raise NotImplementedError

    def _read(self) -> Any:
        line = self.input
        if not line.text().strip():
            return self.kind.empty()
        if line.chosen() is not None:
            return line.chosen()
        option = line.match(among=lambda option: not isinstance(option[0], New))
        return option[0] if option else self.kind.parse(line.text())

    def _made(self, option: tuple[Any, str]) -> tuple[Any, str] | None:
        """What was picked: as it was offered, or just made."""
        return made(self.context, self.kind, option)

    def commit(self) -> None:
        if self.is_typed() and not self.input.exact() and self.check():
            # A part of a name becomes the whole, whoever saves it or not.
            value = self.value()
            self.input.set_chosen(value, self.label(value))
        super().commit()

    def label(self, value: Any) -> str:
        """What stands in the line for a value."""
        return self.kind.text(value)

    def _show(self, value: Any) -> None:
        self.input.set_chosen(value or None, self.label(value) if value else "")


class CountryEditor(PickEditor):
    """A country, by its name or code."""

    def _search(self, text: str) -> list[tuple[Any, str]]:
        options = list(countries().items())
        # What is called so in another language is found where nothing of this one is.
        return among(options, text) or [each for each in options if each[0] in named_like(text)]


class ZoneEditor(PickEditor):
    """A time zone by its IANA name."""

    def _search(self, text: str) -> list[tuple[Any, str]]:
        return among([(zone, zone) for zone in sorted(available_timezones())], text.replace(" ", "_"))


class ReferenceEditor(PickEditor):
    """Another record; the button beside it leads there."""

    def _build(self) -> QWidget:
        line = super()._build()
        self._open = QToolButton(icon=icon("chevron-right", "muted"), autoRaise=True)
        self._open.clicked.connect(self.open)
        self.beside(self._open)
        return line

    def _search(self, text: str) -> list[tuple[Any, str]]:
        return found(self.context, self.kind, text)

    def check(self) -> bool:
        if super().check():
            return True
        offer = self._search(self.input.text())[-1:]
        if offer and isinstance(offer[0][0], New) and not self.input.isReadOnly():
            # It need not be there yet: the keys that add it say more than that it is not.
            self.show_problem(f"{KEYS} {offer[0][1]}")
        return False

    def label(self, value: Any) -> str:
        return offers.caption(self.context.workspace, self.kind.target, value)

    def open(self) -> None:
        """Ask for the record that is shown."""
        record = self.kind.target.get_or_none(self.kind.target.id == self.shown()) if self.shown() else None
        if record is not None:
            self.context.record_requested.emit(record)

    def _show(self, value: Any) -> None:
        super()._show(value)
        words = _("Go to {record}").format(record=self.label(value)) if value else _("Nothing to go to")
        self._open.setEnabled(bool(value))
        self._open.setToolTip(plain_tip(words))
        self._open.setAccessibleName(words)


def found(context: Context, kind: Any, text: str) -> list[tuple[Any, str]]:
    """The records that a text finds for a field; what is typed can be added where the directory has room for it."""
    offered = offers.offers(context.workspace, kind.target, text, kind)
    if kind.name in offers.OWNERS:
        return offered
    return offers.with_new(kind.target, offered, text)


def made(context: Context, kind: Any, option: tuple[Any, str]) -> tuple[Any, str] | None:
    """What was picked; if it is new, the record that is made for it, or None where that was refused."""
    new = option[0]
    if not isinstance(new, New):
        return option
    return context.attempt(lambda: offers.add(context.workspace, kind.target, new))

"""What is known of a country, as cards: each title leads to the list behind it, each line to the record."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from desktop.i18n import _, captioned, format_date, format_number, ngettext
from desktop.model import FollowUp, Recommendation
from desktop.service import query
from desktop.service.country import OURS, THEIRS, Country, Part
from desktop.service.query import Condition, Query, Row
from desktop.ui.actions import shown_keys
from desktop.ui.context import Context
from desktop.ui.widgets.card import Card, CardGrid
from desktop.ui.widgets.linelist import Line, LineList

EMPTY = {
    "recommendations": lambda: _("No recommendation names the country."),
    "initiatives": lambda: _("No initiative concerns the country."),
    OURS: lambda: _("We owe nothing."),
    "theirs": lambda: _("Nobody owes us anything."),
    "contacts": lambda: _("No meeting was held yet."),
    "planned": lambda: _("No meeting is planned. {keys} logs one.").format(keys=shown_keys("log_meeting")),
    "people": lambda: _("Nobody of the country is in the directory."),
    "organisations": lambda: _("No organisation of the country is in the directory."),
}
"""What a card says when there is nothing to show."""

ASIDE = {
    "recommendations": ("status", "last_update_on"),
    "initiatives": ("stage", "last_update_on"),
    "contacts": ("counterparts", "on"),
    "planned": ("counterparts", "on"),
    "people": ("organisation", "last_contact"),
    "organisations": ("kind", ""),
}
"""The columns that stand, muted, beside a name and at the end of its line."""
PROMISE = ("counterpart", "due_on")


class CountryCards(CardGrid):
    """The cards of one country after another."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.lists: dict[str, LineList] = {}
        self.cards_by_name: dict[str, Card] = {}
        self._behind: dict[str, Query] = {}
        self._sides: dict[str, QLabel] = {}
        for name in EMPTY:
            self._add(name)

    def _add(self, name: str) -> None:
        card = Card("")
        card.opened.connect(lambda: self._open(name))
        self.cards_by_name[name] = card
        if name == "theirs":
            for side in THEIRS:
                label = self._sides[side] = QLabel(textFormat=Qt.TextFormat.PlainText)
                label.setProperty("muted", True)
                card.body.addWidget(label)
                self._add_list(side, card)
        self._add_list(name, card)
        self.add(card, 6)

    def _add_list(self, name: str, card: Card) -> None:
        lines = self.lists[name] = LineList()
        lines.chosen.connect(self._go)
        card.body.addWidget(lines)

    def show_country(self, known: Country) -> None:
        """Show what is known of a country."""
        for name in ASIDE:
            self._show(name, getattr(known, name))
        self._show(OURS, known.commitments[OURS])
        self._show_theirs(known)

    def _show(self, name: str, part: Part, title: str = "") -> None:
        card = self.cards_by_name[name]
        card.set_title(title or _(part.title))
        card.set_count(part.count)
        self._behind[name] = part.query
        self._fill(name, part, EMPTY[name]())

    def _fill(self, name: str, part: Part, empty: str) -> None:
        aside, end = ASIDE.get(name, PROMISE)
        year = self.context.workspace.today()[:4]
        lines = [line(part.query, row, aside, end, year) for row in part.rows]
        rest = part.count - len(part.rows)
        if rest > 0:
            words = ngettext("and {count} more", "and {count} more", rest)
            lines.append(Line(part.query, words.format(count=format_number(rest))))
        self.lists[name].show_lines(lines, empty)
        self.lists[name].setAccessibleName(_(part.title))

    def _show_theirs(self, known: Country) -> None:
        """What the other sides owe, side by side: those who owe anything."""
        card = self.cards_by_name["theirs"]
        parts = {side: known.commitments[side] for side in THEIRS}
        total = sum(part.count for part in parts.values())
        card.set_title(_("Owed by the other sides"))
        card.set_count(total)
        for side, part in parts.items():
            told = captioned(_(part.title), format_number(part.count))
            self._sides[side].setText(told)
            for shown in (self._sides[side], self.lists[side]):
                shown.setVisible(bool(part.count))
            self._fill(side, part, "")
        nothing = self.lists["theirs"]
        nothing.show_lines([], EMPTY["theirs"]())
        nothing.setAccessibleName(card.title())
        nothing.setVisible(not total)
        ours = known.commitments[OURS].query
        rest = tuple(each for each in ours.where if each.field != "direction")
        where = (*rest, Condition("direction", "in", THEIRS))
        self._behind["theirs"] = Query(FollowUp, ours.columns, where=where, order=ours.order)

    def _open(self, name: str) -> None:
        behind = self._behind.get(name)
        if behind is not None:
            self.context.list_requested.emit(behind.entity.key(), behind.where)

    def _go(self, key: Any) -> None:
        if isinstance(key, Query):  # the line that says how many more there are
            self.context.list_requested.emit(key.entity.key(), key.where)
            return
        entity, record_id = key
        record = entity.get_or_none(entity.id == record_id)
        if record is not None:
            self.context.record_requested.emit(record)

    def first(self) -> QWidget | None:
        """The first list in which there is something."""
        return next((lines for lines in self.lists.values() if lines.count()), None)


def line(asked: Query, row: Row, aside: str, end: str, year: str) -> Line:
    """A record as a line of its card: its name, what stands beside it, the day, its RAG.

    A day of this `year` is told without it.
    """
    shown = dict(zip(asked.columns, query.shown(asked, row), strict=True))
    raw = dict(zip(asked.columns, row[1:], strict=True))
    day = raw.get(end) or ""
    short = len(day) == 10 and day.startswith(year)
    told = format_date(day, "day") if short else shown.get(end, "")
    name = shown[asked.entity.naming]
    # Recommendations are spoken of by their numbers.
    words = f"{shown['ref']}  {name}" if asked.entity is Recommendation else name
    return Line((asked.entity, row[0]), words, shown[aside], told, raw.get("rag") or "")

"""The second step: which field each column becomes, how its dates and names are written, and what goes with that."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QWidget

from desktop.export.intake.tracker import days, names, namesakes, quarters, surnames, targets
from desktop.i18n import N_, _, captioned, format_number, ngettext
from desktop.model.dates import Date, Time
from desktop.model.relations import Many, Reference
from desktop.ui import theme
from desktop.ui.intake.tracker.columngrid import LEAVE, NOTE, ColumnGrid
from desktop.ui.intake.tracker.step import Step, label
from desktop.ui.intake.tracker.understanding import Understood, with_target
from desktop.ui.widgets.combo import Combo

_DATES = {"": N_("not known"), days.DAY_FIRST: N_("day first"), days.MONTH_FIRST: N_("month first")}
_SPLITS = {
    surnames.LISTED: N_("one name, or several"),
    names.PERSON_FIRST: N_("person, then organisation"),
    names.ORGANISATION_FIRST: N_("organisation, then person"),
    surnames.SURNAME_FIRST: N_("surname, given name"),
}


_QUARTERS = {"": N_("not taken"), quarters.LAST_DAY: N_("their last day")}


class ColumnStep(Step):
    """What is chosen for a column is shown below it at once."""

    key, icon, title = "columns", "columns", N_("Columns")

    def build(self) -> None:
        self._place = 0
        self.grid = ColumnGrid()
        self.grid.chosen.connect(self._choose)
        self.grid.reached.connect(self._be_on)
        self.column.addWidget(self.grid, 1)
        self.about = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.column.addWidget(self.about)
        mark, row = self.wizard.keys.mark, QHBoxLayout(spacing=theme.SMALL)
        self.dates, self.quarters, self.split = Combo(), Combo(), Combo()
        self._labels = {}
        for combo, words, text in (
            (self.dates, _DATES, _("Dates with numbers")),
            (self.quarters, _QUARTERS, _("Quarters")),
            (self.split, _SPLITS, _("A cell names")),
        ):
            combo.setFixedWidth(200)
            for value, shown in words.items():
                combo.addItem(_(shown), value)
            self._labels[combo] = label(mark(text), combo)
            row.addWidget(self._labels[combo])
            row.addWidget(combo)
            row.addSpacing(theme.MEDIUM)
        row.addStretch(1)
        self.dates.activated.connect(lambda _at: self._rule(dates=self.dates.currentData()))
        self.quarters.activated.connect(lambda _at: self._rule(quarters=self.quarters.currentData()))
        self.split.activated.connect(lambda _at: self._rule(split=self.split.currentData()))
        self.column.addLayout(row)
        self.notes = QCheckBox(mark(_("What no field takes goes into the note of its record")))
        self.notes.clicked.connect(lambda on: self._whole(notes=on))
        self.by_name = QCheckBox(mark(_("A row with the name of a record that is there changes it")))
        self.by_name.clicked.connect(self._on_key)
        boxes = QHBoxLayout(spacing=theme.WIDE)
        boxes.addWidget(self.notes)
        boxes.addWidget(self.by_name)
        boxes.addStretch(1)
        self.column.addLayout(boxes)

    def begin(self) -> QWidget:
        return self.grid.combos[0] if self.grid.combos else self.grid

    # ---- what is shown

    def refresh(self) -> None:
        understood = self.wizard.held.understood
        if understood is None:
            return
        self.grid.show_table(understood, self.wizard.held.rows)
        self._place = min(self._place, len(self.grid.combos) - 1)
        self._be_on(self._place)
        self.notes.setChecked(understood.mapping.notes)
        self.by_name.setChecked(understood.entity.naming in understood.mapping.key)
        self._say()

    def _say(self) -> None:
        untaken = sum(bool(cell.why) for _number, cells in self.wizard.held.rows for cell in cells)
        words = _("Say what each column becomes.")
        if untaken:
            more = ngettext(
                "{count} cell of the first rows is not understood; it is marked.",
                "{count} cells of the first rows are not understood; they are marked.",
                untaken,
            )
            words = f"{words} {more.format(count=format_number(untaken))}"
        understood = self.wizard.held.understood
        told = namesakes.told(understood.mapping) if understood is not None else []
        self.said.setText(" ".join([words, *told]))

    def _be_on(self, place: int) -> None:
        """Tell of one column, and offer what matters for it."""
        understood = self.wizard.held.understood
        if understood is None or not 0 <= place < len(understood.mapping.columns):
            return
        self._place = place
        rule, column = understood.mapping.columns[place], understood.column(place)
        dated, named = _offers(understood, rule.target)
        for combo, value, shown in (
            (self.dates, rule.dates, dated),
            (self.quarters, rule.quarters, dated and _has_quarters(understood, place)),
            (self.split, rule.split, named),
        ):
            with QSignalBlocker(combo):
                combo.setCurrentIndex(max(0, combo.findData(value)))
            combo.setVisible(shown)
            self._labels[combo].setVisible(shown)
        whys = [cells[place].why for _number, cells in self.wizard.held.rows if cells[place].why]
        told = whys[0] if whys else understood.reason(place)
        self.about.setText(captioned(f"{column.letter}  {column.shown}", told) if told else column.shown)

    # ---- what is said

    def _choose(self, place: int, chosen: str) -> None:
        understood = self.wizard.held.understood
        if understood is None:
            return
        self._place = place
        made = with_target(understood, place, "" if chosen in (NOTE, LEAVE) else chosen)
        columns = list(made.columns)
        columns[place] = replace(columns[place], noted=chosen != LEAVE)
        self.wizard.correct(replace(made, columns=tuple(columns)))

    def _rule(self, **said: str) -> None:
        understood = self.wizard.held.understood
        if understood is not None:
            columns = list(understood.mapping.columns)
            columns[self._place] = replace(columns[self._place], **said)
            self.wizard.correct(replace(understood.mapping, columns=tuple(columns)))

    def _whole(self, **said: Any) -> None:
        understood = self.wizard.held.understood
        if understood is not None:
            self.wizard.correct(replace(understood.mapping, **said))

    def _on_key(self, on: bool) -> None:
        naming = self.wizard.held.understood.entity.naming
        self._whole(key=("ref", naming) if on else ("ref",))


def _has_quarters(understood: Understood, place: int) -> bool:
    """Whether there are quarters among what stands in a column, or it was said what they stand for."""
    texts = (value for value in understood.values(place) if isinstance(value, str))
    return bool(understood.mapping.columns[place].quarters) or any(map(quarters.is_quarter, texts))


def _offers(understood: Understood, target: str) -> tuple[bool, bool]:
    """Whether the order of day and month matters for what a column becomes, and that of person and organisation."""
    kind: Any = getattr(targets.targets(understood.entity).get(target), "field", None)
    dated = isinstance(kind, Date) and not isinstance(kind, Time)
    to = getattr(kind, "target", None) if isinstance(kind, Reference | Many) else None
    named = (to is not None and to.key() in ("person", "organisation")) or target == targets.ATTENDEES
    own = understood.mapping.kind == "person" and target == understood.entity.naming
    return dated or target in (targets.PROGRESS, targets.PROGRESS_ON), named or own

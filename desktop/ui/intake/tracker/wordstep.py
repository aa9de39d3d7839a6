"""The third step: what the file's words mean on our scales, and whom its names mean."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QFrame, QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from desktop.export.intake.tracker import targets
from desktop.export.intake.tracker.plan import NewName
from desktop.export.intake.tracker.shown import text_of
from desktop.i18n import N_, _, format_number, join_parts, ngettext
from desktop.ui import theme
from desktop.ui.icons import icon
from desktop.ui.intake.tracker import planned
from desktop.ui.intake.tracker.step import Step, put_after
from desktop.ui.intake.tracker.understanding import Understood, choice_of
from desktop.ui.widgets.combo import Combo
from desktop.ui.widgets.heading import Heading
from desktop.ui.widgets.tips import plain_tip

MOST = 200
"""Names that are offered to be matched by hand; the others are new."""


class WordStep(Step):
    """Words first, then names; what is not known comes first among them."""

    key, icon, title = "words", "edit", N_("Words and names")

    def build(self) -> None:
        self.combos: dict[tuple[int, str], Combo] = {}
        self.names: dict[tuple[str, str], Combo] = {}
        self._shown: Any = None
        self.area = QScrollArea(widgetResizable=True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.make = QCheckBox(
            self.wizard.keys.mark(_("Put people and organisations that are not known into the directory"))
        )
        self.make.clicked.connect(self._on_make)
        self.column.addWidget(self.make)
        self.column.addWidget(self.area, 1)

    def begin(self) -> QWidget:
        first = [*self.combos.values(), *self.names.values(), self.make]
        return first[0]

    # ---- what is shown

    def refresh(self) -> None:
        understood, plan = self.wizard.held.understood, self.wizard.held.plan
        if understood is None:
            return
        self.make.setChecked(understood.mapping.make_names)
        new = plan.names if plan is not None else ()
        typed = planned.only_typed(plan) if plan is not None else ()
        shown = (
            [
                (rule.target, tuple(rule.words), rule.shown)
                for rule in understood.mapping.columns
                if rule.words
            ],
            new,
            typed,
        )
        if shown != self._shown:
            self._shown = shown
            self._make(understood, new, typed)
        for (place, word), combo in self.combos.items():
            combo.setCurrentIndex(
                max(0, combo.findData(understood.mapping.columns[place].words.get(word, "")))
            )
            _mark(combo)
        self._say()

    def _make(self, understood: Understood, new: Any, typed: Any) -> None:
        self.combos, self.names = {}, {}
        page = QWidget()
        column = QVBoxLayout(page, spacing=theme.SMALL)
        column.setContentsMargins(0, 0, theme.MEDIUM, theme.MEDIUM)
        for place, rule in enumerate(understood.mapping.columns):
            kind = choice_of(understood.entity, rule.target)
            if kind is None or not rule.words:
                continue
            column.addWidget(Heading(_("{column} → {field}").format(column=rule.shown, field=kind.title), 3))
            grid = _grid(column)
            counts = Counter(text_of(value) for value in understood.values(place))
            for word in sorted(rule.words, key=lambda word: (bool(rule.words[word]), -counts[word])):
                combo = Combo()
                combo.addItem(icon("warning", "amber"), _("Not taken"), "")
                for step in kind.scale:
                    combo.addItem(kind.text(step), step)
                combo.setAccessibleName(_("“{word}” means").format(word=word))
                combo.activated.connect(lambda _at, place=place, word=word: self._word(place, word))
                rows = ngettext("{count} row", "{count} rows", counts[word])
                _row(grid, word, rows.format(count=format_number(counts[word])), combo)
                self.combos[place, word] = combo
        if new:
            column.addWidget(Heading(_("Not in the directory yet"), 3))
            grid = _grid(column)
            for each in sorted(new, key=lambda each: (not each.like, -each.rows))[:MOST]:
                self._name(grid, each, _("New"))
        if typed:
            column.addWidget(Heading(_("Attendees who may be in the directory"), 3))
            grid = _grid(column)
            for each in sorted(typed, key=lambda each: -each.rows)[:MOST]:
                self._name(grid, each, _("As typed"))
        column.addStretch(1)
        self.area.setWidget(page)
        put_after(self.make, [*self.combos.values(), *self.names.values()])

    def _name(self, grid: QGridLayout, each: NewName, nobody: str) -> None:
        kind = _(targets.KINDS[each.wanted.kind].singular)
        combo, key = Combo(), (each.wanted.kind, each.wanted.name)
        combo.addItem(nobody, "")
        for name in each.like:
            combo.addItem(_("Is {name}").format(name=name), name)
        combo.setCurrentIndex(max(0, combo.findData(self.wizard.held.same_names.get(key, ""))))
        combo.setAccessibleName(_("“{word}” is").format(word=each.wanted.name))
        combo.setEnabled(bool(each.like))
        combo.activated.connect(lambda _at: self._same(key))
        rows = ngettext("{count} row", "{count} rows", each.rows).format(count=format_number(each.rows))
        _row(grid, each.wanted.name, join_parts(kind, each.wanted.organisation, rows), combo)
        self.names[key] = combo

    def _say(self) -> None:
        unknown = sum(not combo.currentData() for combo in self.combos.values())
        if not self.combos and not self.names:
            self.said.setText(_("There is nothing to say here: all words and names are known."))
        elif unknown:
            words = ngettext(
                "Say what {count} word means on our scale; cells with it are else not taken.",
                "Say what {count} words mean on our scales; cells with them are else not taken.",
                unknown,
            )
            self.said.setText(words.format(count=format_number(unknown)))
        else:
            self.said.setText(_("All words are understood; look whether they are so rightly."))

    # ---- what is said

    def _word(self, place: int, word: str) -> None:
        combo, understood = self.combos[place, word], self.wizard.held.understood
        columns = list(understood.mapping.columns)
        rule = columns[place]
        columns[place] = replace(rule, words={**rule.words, word: combo.currentData()})
        self.wizard.correct(replace(understood.mapping, columns=tuple(columns)))

    def _same(self, key: tuple[str, str]) -> None:
        name = self.names[key].currentData()
        if name:
            self.wizard.held.same_names[key] = name
        else:
            self.wizard.held.same_names.pop(key, None)

    def _on_make(self, on: bool) -> None:
        understood = self.wizard.held.understood
        if understood is not None:
            self.wizard.correct(replace(understood.mapping, make_names=on))


def _grid(column: QVBoxLayout) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(theme.LARGE)
    grid.setVerticalSpacing(theme.TIGHT)
    for at, stretch in enumerate((3, 2, 3)):
        grid.setColumnStretch(at, stretch)
    column.addLayout(grid)
    column.addSpacing(theme.SMALL)
    return grid


def _row(grid: QGridLayout, word: str, aside: str, combo: Combo) -> None:
    row = grid.rowCount()
    shown = QLabel(" ".join(word.split()), textFormat=Qt.TextFormat.PlainText, wordWrap=True)
    shown.setToolTip(plain_tip(word))
    shown.setBuddy(combo)
    told = QLabel(aside, textFormat=Qt.TextFormat.PlainText, wordWrap=True)
    told.setProperty("muted", True)
    for at, part in enumerate((shown, told, combo)):
        grid.addWidget(part, row, at, Qt.AlignmentFlag.AlignVCenter)


def _mark(combo: Combo) -> None:
    """What is not taken is told beside the words themselves too."""
    combo.setAccessibleDescription("" if combo.currentData() else _("These cells are not taken."))

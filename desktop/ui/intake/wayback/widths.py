"""How wide the columns of the list of changes are: what is said by the program as its words need, the rest shared."""

from __future__ import annotations

from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QTableView

from desktop.ui.intake.wayback import words
from desktop.ui.intake.wayback.delegate import width_of_kinds
from desktop.ui.intake.wayback.words import CAME, RECORD, ROW, SHEET, TAKE, WHAT

BOX = 40
"""What stands beside the words of a decision."""
LETTERS = {SHEET: 18, ROW: 7}
SHARES = {RECORD: 26, words.COLUMN: 20, words.EXPORTED: 24, words.NOW: 24, CAME: 24}
"""Of the rest, and at least two thirds of so many letters; the last one has what is left."""


def begin(table: QTableView) -> None:
    """Give the first columns what they need."""
    metrics, head = QFontMetrics(table.font()), table.horizontalHeader()
    decisions = [words.decision(kind, taken) for kind in words.DECISIONS for taken in (True, False, None)]
    table.setColumnWidth(TAKE, max(map(metrics.horizontalAdvance, decisions)) + BOX)
    table.setColumnWidth(WHAT, width_of_kinds(metrics))
    for column, letters in LETTERS.items():
        table.setColumnWidth(column, letters * metrics.averageCharWidth())
    for column in (TAKE, WHAT, ROW):
        table.setColumnWidth(column, max(table.columnWidth(column), head.sectionSizeHint(column)))


def fit(table: QTableView) -> None:
    """Share the room that there is among what is to be read."""
    letter = table.fontMetrics().averageCharWidth()
    rest = max(0, table.viewport().width() - sum(table.columnWidth(each) for each in range(RECORD)))
    for column, share in SHARES.items():
        if column != CAME:
            table.setColumnWidth(column, max(share * letter * 2 // 3, rest * share // sum(SHARES.values())))

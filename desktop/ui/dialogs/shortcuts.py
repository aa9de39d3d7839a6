"""All keyboard shortcuts, by menu; read from the commands themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QGridLayout, QLabel

from desktop.i18n import N_, _
from desktop.ui import theme
from desktop.ui.actions import COMMANDS, MENUS, plain
from desktop.ui.dialogs.told import TellingDialog
from desktop.ui.widgets.heading import Heading

if TYPE_CHECKING:
    from desktop.ui.window import MainWindow

ELSEWHERE = (
    (N_("Open the selected record in its own window"), "Return"),
    (N_("Context menu of the selected rows"), "Shift+F10"),
    (N_("Move the selected card of a board to the stage before"), "Ctrl+Shift+Left"),
    (N_("Move the selected card of a board to the next stage"), "Ctrl+Shift+Right"),
    (N_("Today, in a date"), "Ctrl+;"),
    (N_("Calendar, in a date"), "Alt+Down"),
    (N_("Everything that can be chosen, in a field that finds"), "Down"),
    (N_("Finish a dialog from within a long text"), "Ctrl+Return"),
    (N_("Next part of the dialog that logs a meeting"), "F6"),
    (N_("Minutes: make it a decision, or a note again"), "Ctrl+D"),
    (N_("Minutes: make it a follow-up, or a note again"), "Ctrl+T"),
    (N_("Minutes: move an item or a point up, or down with Alt+Down"), "Alt+Up"),
    (N_("Text of a source: widen what is selected to the sentence"), "Ctrl+Shift+E"),
    (N_("Text of a source: make a recommendation of the passage"), "Ctrl+N"),
    (N_("Text of a source: make an ask of the passage"), "Ctrl+Shift+N"),
    (N_("Text of a source: tie the passage to a record"), "Ctrl+L"),
    (N_("Close a dialog; what is typed is kept"), "Esc"),
)
"""Keys that belong to a field or a list, not to a command."""


def show_shortcuts(window: MainWindow) -> None:
    """Open the list."""
    ShortcutsDialog(window).show()


class ShortcutsDialog(TellingDialog):
    """A section a menu."""

    title = N_("Keyboard shortcuts")
    usual = (560, 620)

    def build(self) -> None:
        by_key = {command.key: command for command in COMMANDS}
        for title, keys in MENUS:
            commands = [by_key[key] for key in keys if key in by_key and by_key[key].shortcuts]
            if commands:
                self._section(
                    plain(_(title)),
                    [(plain(_(each.text)), QKeySequence(each.shortcuts[0])) for each in commands],
                )
        self._section(_("In fields and lists"), [(_(words), QKeySequence(keys)) for words, keys in ELSEWHERE])

    def _section(self, title: str, rows: list[tuple[str, QKeySequence]]) -> None:
        self.column.addWidget(Heading(title, 3))
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.WIDE)
        grid.setVerticalSpacing(theme.TIGHT)
        grid.setColumnStretch(0, 1)
        for number, (words, keys) in enumerate(rows):
            shown = QLabel(
                keys.toString(QKeySequence.SequenceFormat.NativeText), textFormat=Qt.TextFormat.PlainText
            )
            shown.setProperty("muted", True)
            grid.addWidget(QLabel(words, textFormat=Qt.TextFormat.PlainText, wordWrap=True), number, 0)
            grid.addWidget(shown, number, 1, Qt.AlignmentFlag.AlignRight)
        self.column.addLayout(grid)

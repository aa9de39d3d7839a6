"""All keyboard shortcuts: those of the commands, by menu, and those that belong to a place in the window.

To add a key of a place: a line in `PLACES`. Those of commands are read from the commands themselves.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QTextDocument
from PySide6.QtPrintSupport import QPrinter, QPrintPreviewDialog
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton

from desktop.i18n import N_, _
from desktop.paths import APPLICATION
from desktop.ui import theme, verbs
from desktop.ui.actions import COMMANDS, MENUS, keys_of, plain
from desktop.ui.dialogs.told import TellingDialog
from desktop.ui.widgets.heading import Heading

if TYPE_CHECKING:
    from desktop.ui.window import MainWindow

Row = tuple[str, str]
"""Words, and keys as Qt names them; several are parted by a space."""

PLACES: tuple[tuple[str, tuple[Row, ...]], ...] = (
    (
        N_("In lists"),
        (
            (N_("Open the selected record in its own window"), "Return"),
            (N_("Search: begin to type, or"), "Ctrl+F"),
            (N_("From the search to the first hit"), "Down"),
            (N_("Select all"), "Ctrl+A"),
            (N_("Copy the selected rows as a table"), "Ctrl+C"),
            (N_("Paste rows from a spreadsheet"), "Ctrl+V"),
            (N_("Context menu of the selected rows"), "Shift+F10"),
            (N_("First and last row"), "Home End"),
        ),
    ),
    (
        N_("In quick entry"),
        (
            (N_("Add, and close"), "Return"),
            (N_("Add, and go on to the next line"), "Ctrl+Return"),
            (N_("Go through what is offered"), "Up Down"),
            (N_("Take what is offered"), "Tab"),
            (N_("Close; the line is kept"), "Esc"),
        ),
    ),
    (
        N_("In the tree, and in who owes whom"),
        (
            (N_("Close and open a branch or group"), "Left Right"),
            (N_("Close, open, open all below"), "- + *"),
        ),
    ),
    (
        N_("On the board"),
        (
            (N_("From card to card, from column to column"), "Up Down Left Right"),
            (N_("Move the selected card of a board to the stage before"), "Ctrl+Shift+Left"),
            (N_("Move the selected card of a board to the next stage"), "Ctrl+Shift+Right"),
        ),
    ),
    (
        N_("In fields"),
        (
            (N_("Today, in a date"), "Ctrl+;"),
            (N_("Calendar, in a date"), "Alt+Down"),
            (N_("Everything that can be chosen, in a field that finds"), "Down"),
            (N_("Leave a field, and save it"), "Tab"),
            (N_("Take back what was typed into a field"), "Esc"),
        ),
    ),
    (
        N_("In the minutes"),
        (
            (N_("Next point"), "Return"),
            (N_("Make it a decision, or a note again"), "Ctrl+D"),
            (N_("Make it a follow-up, or a note again"), "Ctrl+T"),
            (N_("Move an item or a point up or down"), "Alt+Up Alt+Down"),
            (N_("Take away an item or a point that has the focus"), "Del"),
        ),
    ),
    (
        N_("In the text of a source"),
        (
            (N_("Select words"), "Shift+Left Shift+Right"),
            (N_("Widen what is selected to the sentence"), "Ctrl+Shift+E"),
            (N_("Make a recommendation of the passage"), "Ctrl+N"),
            (N_("Make an ask of the passage"), "Ctrl+Shift+N"),
            (N_("Tie the passage to a record"), "Ctrl+L"),
        ),
    ),
    (
        N_("In the search everywhere"),
        (
            (N_("Choose among what is found"), "Up Down"),
            (N_("Open what is chosen"), "Return"),
            (N_("Close"), "Esc"),
        ),
    ),
    (
        N_("In the changes of a workbook"),
        (
            (N_("Take or leave what is selected"), "Space"),
            (N_("Of a conflict, take theirs or keep ours"), "1 2"),
            (N_("Read the whole of a change"), "Return"),
            (N_("Take over what is chosen"), "Ctrl+Return"),
        ),
    ),
    (
        N_("In the side bar"),
        (
            (N_("Look at a page or a saved view, and choose it"), "Up Down Return"),
            (N_("Rename and delete a saved view of one's own"), "F2 Del"),
            (N_("Menu of a saved view"), "Shift+F10"),
        ),
    ),
    (
        N_("On the pictures of Today"),
        (
            (N_("From mark to mark"), "Left Right Up Down"),
            (N_("Open the list behind a mark"), "Return"),
        ),
    ),
    (
        N_("In dialogs"),
        (
            (N_("Press the button that acts"), "Return"),
            (N_("Finish a dialog from within a long text"), "Ctrl+Return"),
            (N_("Next part of the dialog that logs a meeting"), "F6"),
            (N_("Close a dialog; what is typed is kept"), "Esc"),
        ),
    ),
    (
        N_("In the layouts of the workbook"),
        (
            (N_("Tick a sheet or a column"), "Space"),
            (N_("Move a sheet or a column up or down"), "Alt+Up Alt+Down"),
            (N_("Edit a name, a heading, a width or a word"), "F2"),
        ),
    ),
    (
        N_("In the help"),
        (
            (N_("From link to link"), "Tab"),
            (N_("Back to the page before"), "Alt+Left"),
            (N_("Close"), "Esc"),
        ),
    ),
)
"""Keys that belong to a place in the window, not to a command."""


def show_shortcuts(window: MainWindow) -> None:
    """Open the list."""
    ShortcutsDialog(window).show()


def sections() -> Iterator[tuple[str, list[Row]]]:
    """The commands that have keys, by menu, then the places; words translated, keys as this platform writes them."""
    by_key = {command.key: command for command in COMMANDS}
    for title, keys in MENUS:
        commands = [by_key[key] for key in keys if key in by_key and keys_of(by_key[key])]
        rows = [
            (plain(_(each.text)), "  ".join(filter(None, map(_native, keys_of(each))))) for each in commands
        ]
        if rows:
            yield plain(_(title)), rows
    for title, places in PLACES:
        yield _(title), [(_(words), "  ".join(map(_native, keys.split(" ")))) for words, keys in places]


def _native(keys: object) -> str:
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)


class ShortcutsDialog(TellingDialog):
    """A section a menu and a place; it can be copied and printed."""

    title = N_("Keyboard shortcuts")
    usual = (600, 640)

    def build(self) -> None:
        for title, rows in sections():
            self._section(title, rows)
        copy = QPushButton(_("C&opy"), autoDefault=False)
        copy.clicked.connect(self.copy)
        printing = QPushButton(_("&Print…"), autoDefault=False)
        printing.clicked.connect(self.print)
        self.foot.insertWidget(0, copy)
        self.foot.insertWidget(1, printing)

    def _section(self, title: str, rows: list[Row]) -> None:
        self.column.addWidget(Heading(title, 3))
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.WIDE)
        grid.setVerticalSpacing(theme.TIGHT)
        grid.setColumnStretch(0, 1)
        for number, (words, keys) in enumerate(rows):
            shown = QLabel(keys, textFormat=Qt.TextFormat.PlainText)
            shown.setProperty("muted", True)
            grid.addWidget(QLabel(words, textFormat=Qt.TextFormat.PlainText, wordWrap=True), number, 0)
            grid.addWidget(shown, number, 1, Qt.AlignmentFlag.AlignRight)
        self.column.addLayout(grid)

    def copy(self) -> None:
        """Put all of it on the clipboard: a line a key, words and keys parted by a tab."""
        parts = [
            "\n".join([title, *(f"{words}\t{keys}" for words, keys in rows)]) for title, rows in sections()
        ]
        verbs.copy_text("\n\n".join(parts))

    def print(self) -> None:
        """Show it as it would be printed, and print it from there."""
        preview = QPrintPreviewDialog(QPrinter(QPrinter.PrinterMode.HighResolution), self)
        preview.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        preview.paintRequested.connect(lambda printer: self.document().print_(printer))
        preview.open()

    def document(self) -> QTextDocument:
        """All of it as it is printed."""
        parts = [f"<h2>{escape(f'{APPLICATION}: {_(self.title)}')}</h2>"]
        for title, rows in sections():
            lines = "".join(
                f'<tr><td width="65%">{escape(words)}</td><td>{escape(keys)}</td></tr>'
                for words, keys in rows
            )
            parts.append(f'<h4>{escape(title)}</h4><table width="100%">{lines}</table>')
        document = QTextDocument()
        document.setHtml("".join(parts))
        return document

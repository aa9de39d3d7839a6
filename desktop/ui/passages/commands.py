"""The commands of the reader, once: their words, icons and keys; in the bar under the text and in its menu."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QKeySequence, QShortcut

from desktop.i18n import N_, _
from desktop.ui import icons, verbs
from desktop.ui.actions import plain

if TYPE_CHECKING:
    from desktop.ui.passages.reader import ReaderWindow

WIDEN, RECOMMEND, ASK, TIE = "Ctrl+Shift+E", "Ctrl+N", "Ctrl+Shift+N", "Ctrl+L"
PASSAGE = (
    (N_("Whole &sentence"), "", WIDEN),
    (N_("Make a &recommendation…"), "recommendations", RECOMMEND),
    (N_("Make an &ask…"), "add", ASK),
    (N_("Is the &passage of…"), "link", TIE),
)


class Commands:
    """Those about a passage need one."""

    def __init__(self, reader: ReaderWindow) -> None:
        calls = (
            reader.widen,
            lambda: reader.make("recommendation"),
            lambda: reader.make("ask"),
            reader.tie,
        )
        self.passage = []
        for (words, icon, keys), call in zip(PASSAGE, calls, strict=True):
            action = QAction(_(words), reader)
            if icon:
                action.setIcon(icons.icon(icon, "muted"))
            action.setShortcut(QKeySequence(keys))
            shown = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            action.setToolTip(f"{plain(_(words))}  {shown}")
            action.triggered.connect(lambda _checked=False, call=call: reader.context.safely(call))
            reader.page.addAction(action)
            reader.addAction(action)
            self.passage.append(action)
        others = (
            (QKeySequence(QKeySequence.StandardKey.Find), self._find),
            (QKeySequence(QKeySequence.StandardKey.FindNext), reader.find_next),
            (QKeySequence(QKeySequence.StandardKey.FindPrevious), lambda: reader.find_next(back=True)),
            (QKeySequence("F6"), reader.next_pane),
            (QKeySequence(QKeySequence.StandardKey.Undo), lambda: verbs.undo(reader)),
            (QKeySequence("Ctrl+Shift+Z"), lambda: verbs.redo(reader)),
        )
        self._reader = reader
        for keys, call in others:
            QShortcut(keys, reader).activated.connect(call)

    def _find(self) -> None:
        self._reader.search.setFocus()
        self._reader.search.selectAll()

    def set_selected(self, selected: bool) -> None:
        """Whether something is selected; the sentence around the cursor can be had without."""
        for action in self.passage[1:]:
            action.setEnabled(selected)

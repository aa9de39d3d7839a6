"""Texts in inputs that no place is known for: kept all the same, to be read and copied.

Looked at is where the keyboard is, and where it was until what was typed there is gone or taken.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget
from shiboken6 import isValid

from desktop.i18n import captioned
from desktop.ui.closing import QUICK_ENTRY
from desktop.ui.dialogs.dialog import Dialog
from desktop.ui.dialogs.pathedits import FileEdit, FolderEdit
from desktop.ui.drafts.inputs import is_secret
from desktop.ui.drafts.places import parts
from desktop.ui.minutes.tab import MinutesTab
from desktop.ui.palette.line import PaletteLine
from desktop.ui.record.form import Form
from desktop.ui.widgets.pickline import PickLine
from desktop.ui.widgets.searchbox import SearchBox

LOOSE = "text"
_LOOKS_FOR = (PickLine, SearchBox, PaletteLine)
"""Lines in which one looks for something: nothing is lost with them."""
_KNOWN = (Form, FileEdit, FolderEdit)


class Loose:
    """Remembers where one typed."""

    def __init__(self) -> None:
        self._lines: list[Any] = []

    def look_at(self, widget: Any) -> None:
        """One may type here now."""
        if isinstance(widget, QLineEdit | QPlainTextEdit) and widget not in self._lines and _counts(widget):
            self._lines.append(widget)

    def typed(self) -> dict[str, dict[str, Any]]:
        """What stands in them, by the name of its place."""
        self._lines = [line for line in self._lines if isValid(line)]
        found: dict[str, dict[str, Any]] = {}
        for line in self._lines:
            text = _typed_in(line)
            if text.strip():
                where = captioned(line.window().windowTitle(), line.accessibleName())
                found[f"{LOOSE}:{len(found)}:{where}"] = {"where": where, "text": text}
        return found


def _counts(line: QWidget) -> bool:
    looks = isinstance(line, _LOOKS_FOR) or (isinstance(line, QLineEdit) and line.isClearButtonEnabled())
    return not looks and not is_secret(line) and not line.isReadOnly()


def _typed_in(line: Any) -> str:
    """The words that somebody typed and nothing else keeps."""
    if not line.isVisible() or _is_kept_elsewhere(line):
        return ""
    if isinstance(line, QLineEdit):
        return line.text() if line.isModified() else ""
    return line.toPlainText() if line.document().isModified() else ""


def _is_kept_elsewhere(line: QWidget) -> bool:
    around = line.parentWidget()
    while around is not None:
        if isinstance(around, _KNOWN) or around.objectName() == QUICK_ENTRY:
            return True
        form = getattr(around, "form", None)  # its title stands over the tabs
        if isinstance(form, Form) and any(row.editor.isAncestorOf(line) for row in form.rows.values()):
            return True
        if isinstance(around, MinutesTab):
            return any(part is line or part.isAncestorOf(line) for part in parts(around).values())
        if isinstance(around, Dialog):
            return around.typed()
        around = around.parentWidget()
    return False

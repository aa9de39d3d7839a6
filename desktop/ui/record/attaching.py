"""Attaching files to a record, wherever it is asked for: each is kept in the workspace, or it is said why not."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.i18n import _, format_number, ngettext, quoted
from desktop.service import attachments, undo
from desktop.ui.context import Context

if TYPE_CHECKING:
    from desktop.ui.window import MainWindow


def attach_to_selected(window: MainWindow) -> None:
    """Ask for files, and attach them to the selected record."""
    attach(window.context, window.selected()[0], chosen(window))


def chosen(parent: QWidget) -> list[Path]:
    """Ask for files."""
    names, _kind = QFileDialog.getOpenFileNames(parent, _("Attach a file"))
    return [Path(name) for name in names]


def attach(context: Context, record: Any, paths: list[Path]) -> None:
    """Attach these files to a record, each as a step of its own, and say so."""
    workspace = context.workspace
    tried = (context.attempt(lambda path=path: attachments.attach(workspace, record, path)) for path in paths)
    kept = [each for each in tried if each is not None]
    if not kept:
        return
    words = ngettext(
        "{name} was attached to {record}.", "{count} files were attached to {record}.", len(kept)
    )
    told = words.format(
        name=quoted(kept[0].name), count=format_number(len(kept)), record=workspace.say(record)
    )
    back = [(_("Undo"), lambda: context.attempt(lambda: undo.undo(workspace)))] if len(kept) == 1 else []
    context.said.emit(told, back)

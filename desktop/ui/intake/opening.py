"""*Take in a file…*: asks for it, has it read, and opens what belongs to it.

A workbook of ours leads to the page of changes, any other file to the wizard for trackers.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFileDialog

from desktop.export.intake.reading import SUFFIXES
from desktop.i18n import _
from desktop.ui.dialogs.dialog import open_dialog
from desktop.ui.intake.reading import ReadingDialog
from desktop.ui.named import named

if TYPE_CHECKING:
    from desktop.ui.window import MainWindow

PLACE = "take_in"
"""Under which name the settings keep the folder of the last file."""
WIZARD = "desktop.ui.intake.tracker.wizard:open_wizard"


def take_in(window: MainWindow, path: Path | None = None) -> Any:
    """Read a file, the one given or one that is asked for; None where none was chosen."""
    path = path or chosen(window)
    return open_dialog(window, ReadingDialog, path) if path is not None else None


def chosen(window: MainWindow) -> Path | None:
    """Ask for a file."""
    context = window.context
    kept = context.settings.pages.setdefault(PLACE, {})
    folder = kept.get("folder") or context.settings.export_folder or str(context.places.documents)
    endings = " ".join(f"*{suffix}" for suffix in SUFFIXES)
    kinds = f"{_('Workbooks and tables')} ({endings})"
    name, _kind = QFileDialog.getOpenFileName(window, _("Take in a file"), str(folder), kinds)
    if not name:
        return None
    kept["folder"] = str(Path(name).parent)
    return Path(name)


def open_tracker(window: MainWindow, path: Path, book: Any) -> None:
    """Show the wizard for a file of another kind; the book is the wizard's from here on."""
    named(WIZARD)(window, path, book)

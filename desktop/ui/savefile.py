"""Ask where a file is to be written, in the system's own dialog; nothing is replaced that it did not ask about."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.i18n import _
from desktop.model import Invalid


def suffixed(path: Path, suffix: str) -> Path:
    """The path with the ending of its kind."""
    return path if path.suffix.lower() == suffix else path.with_name(path.name + suffix)


def chosen_path(parent: QWidget, title: str, suggested: Path, kind: str, suffix: str) -> Path | None:
    """Where somebody wants it, or None; `kind` is what the system's dialog calls such files.

    Raises `Invalid` where a file stands under the name with its suffix, which the dialog has not asked about.
    """
    chosen, _kind = QFileDialog.getSaveFileName(parent, title, str(suggested), f"{kind} (*{suffix})")
    if not chosen:
        return None
    path = suffixed(Path(chosen), suffix)
    if path != Path(chosen) and path.exists():
        words = _(
            "{file} exists already and was not replaced. Choose it by its whole name, or choose another."
        )
        raise Invalid(words.format(file=path.name))
    return path

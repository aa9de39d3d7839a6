"""The list of changes as a table: on the clipboard, or as a file that spreadsheet programs open."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QApplication, QWidget

from desktop.export import saving
from desktop.export.errors import ExportError
from desktop.export.intake.wayback import Proposal
from desktop.export.names import file_name
from desktop.export.texts import guard
from desktop.i18n import _
from desktop.model import Invalid
from desktop.service import handling
from desktop.service.attachments import MOST_NAME_BYTES, first_bytes
from desktop.ui.freepath import free_path
from desktop.ui.intake.wayback import words
from desktop.ui.lists import clipboard
from desktop.ui.savefile import chosen_path

SUFFIX = ".csv"


def copy(proposals: Sequence[Proposal]) -> None:
    """Put these on the clipboard."""
    headings = [clipboard.Heading(title) for title in words.titles()]
    lines = [words.line(each) for each in proposals]
    QApplication.clipboard().setMimeData(clipboard.mime(headings, lines))


def save(
    parent: QWidget, proposals: Sequence[Proposal], folder: Path, name: str, marking: str
) -> Path | None:
    """Ask where, and write these there; None where nobody said where. Raises `Invalid`.

    The handling marking stands in the proposed name and in the first line.
    """
    marked = f" – {file_name(marking)}" if file_name(marking) else ""
    end = f"{marked}{SUFFIX}"
    around = len((_("{file} – not taken").format(file="") + end).encode())
    stem = _("{file} – not taken").format(file=first_bytes(name, MOST_NAME_BYTES - around))
    suggested = free_path(folder / f"{stem}{end}")
    path = chosen_path(parent, _("Save the list"), suggested, _("Tables as text"), SUFFIX)
    if path is None:
        return None
    lines, titles = io.StringIO(newline=""), words.titles()
    writer = csv.writer(lines)
    writer.writerow(handling.row(marking, len(titles)))
    writer.writerow(titles)
    writer.writerows([guard(text) for text in words.line(each)] for each in proposals)
    try:
        saving.write(lines.getvalue().encode("utf-8-sig"), path)  # with its mark Excel knows the encoding
    except ExportError as error:
        raise Invalid(str(error)) from None
    return path

"""Another file stands where one is to be written: may it go, or is the new one to have another name?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from desktop.i18n import _, format_datetime
from desktop.service import reports
from desktop.ui.accesskeys import with_access_keys
from desktop.ui.freepath import free_path


def ask_to_replace(
    parent: QWidget, workspace: Any, path: Path, replace: Callable[[], None], write: Callable[[Path], None]
) -> QMessageBox:
    """Ask what is to become of the file at `path`: `replace` it, or `write` under the first name that is free."""
    other = free_path(path)
    box = QMessageBox(parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setIcon(QMessageBox.Icon.Question)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setWindowTitle(_("Replace the file?"))
    box.setText(_("“{file}” exists already.").format(file=path.name))
    box.setInformativeText(what_it_is(workspace, path))
    words = [_("Save as “{file}”").format(file=other.name), _("Replace"), _("Cancel")]
    saving, replacing, cancelling = with_access_keys(words)
    keep = box.addButton(saving, QMessageBox.ButtonRole.AcceptRole)
    gone = box.addButton(replacing, QMessageBox.ButtonRole.DestructiveRole)
    box.addButton(cancelling, QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(keep)
    keep.clicked.connect(lambda: write(other))
    gone.clicked.connect(replace)
    box.open()
    return box


def what_it_is(workspace: Any, path: Path) -> str:
    """Whether Juntos wrote it, and when it was changed."""
    written = next((each for each in reports.exports(workspace) if each.file == path.name), None)
    zone = ZoneInfo(workspace.facts.zone)
    told = [_("Where it is: {folder}").format(folder=path.parent)]
    if written is not None:
        at = format_datetime(dt.datetime.fromisoformat(written.at).astimezone(zone))
        told.append(
            _("Juntos exported a file of this name on {moment}; somebody has changed it since.").format(
                moment=at
            )
        )
    else:
        told.append(_("Juntos did not write it."))
    try:
        changed = dt.datetime.fromtimestamp(path.stat().st_mtime, zone)
    except OSError:
        return "\n".join(told)
    told.append(_("It was last changed on {moment}.").format(moment=format_datetime(changed)))
    return "\n".join(told)

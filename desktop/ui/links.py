"""Addresses that lead out of the program: of pages and of mailboxes, opened after the whole of it was shown.

Everything else (files, shares, scripts, the schemes with which other programs are steered) is never opened.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, QUrl, QUrlQuery
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QMessageBox, QWidget

from desktop.i18n import N_, _

OPENED = ("http", "https", "mailto")
ATTACHES = ("attach", "attachment")
"""What some mail programs take for the path of a file to send along."""
REFUSED = N_("Only addresses of pages (http, https) and of mailboxes can be opened from here.")


def openable(typed: str) -> str:
    """The address if it may be opened, else nothing."""
    address = typed.strip()
    if not address.isprintable() or any(letter.isspace() or letter == "\\" for letter in address):
        return ""
    url = QUrl(address)
    if not url.isValid() or url.scheme() not in OPENED:
        return ""
    if url.scheme() == "mailto":
        named = [name.lower() for name, _value in QUrlQuery(url).queryItems()]
        return address if url.path() and not set(named) & set(ATTACHES) else ""
    return address if url.host() else ""


def open_address(address: str) -> bool:
    """Open an address that was shown whole already; returns whether it may be opened, and a program was found."""
    may = openable(address)
    return bool(may) and QDesktopServices.openUrl(QUrl(may))


def ask_to_open(address: str, parent: QWidget | None) -> QMessageBox:
    """Show where a link leads, whose words may tell something else, and open it when that is wished."""
    box = QMessageBox(parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setWindowTitle(_("Open a link"))
    may = openable(address)
    if may:
        box.setText(_("This link leads to:"))
        # Letters of other alphabets that look like these, in the name of a host, are seen as what they are.
        box.setInformativeText(QUrl(may).toString(QUrl.ComponentFormattingOption.FullyEncoded))
        box.addButton(_("Open it"), QMessageBox.ButtonRole.AcceptRole)
        box.accepted.connect(lambda: open_address(may))
    else:
        box.setText(_(REFUSED))
        box.setInformativeText(address)
    close = box.addButton(_("Cancel") if may else _("Close"), QMessageBox.ButtonRole.RejectRole)
    box.setEscapeButton(close)
    box.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    box.open()
    return box

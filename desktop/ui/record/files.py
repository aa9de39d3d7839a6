"""The files of a record: opened, copied out, removed, added by a button or by dropping them here."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop.i18n import _, captioned, format_number, join_parts
from desktop.model import Attachment, field
from desktop.service import attachments
from desktop.ui import readonly, theme, verbs
from desktop.ui.context import Context
from desktop.ui.dropped import accept_copy, files
from desktop.ui.freepath import free_path
from desktop.ui.icons import icon
from desktop.ui.record.attaching import attach, chosen
from desktop.ui.visibility.changing import set_level
from desktop.ui.visibility.levelbutton import LevelButton
from desktop.ui.widgets.tips import plain_tip

KILOBYTE = 1024


class Files(QWidget):
    """Shows the files of the record it is handed."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.record: Any = None
        self._shown: list[tuple[str, str]] | None = None
        self.setAcceptDrops(True)
        self._title = QLabel(textFormat=Qt.TextFormat.PlainText)
        self._rows = QVBoxLayout(spacing=0)
        self.add = QPushButton(icon("attach"), _("Attach a file…"))
        self.add.clicked.connect(self.choose)
        column = QVBoxLayout(self, spacing=theme.TIGHT)
        column.setContentsMargins(0, theme.SMALL, 0, 0)
        column.addWidget(self._title)
        column.addLayout(self._rows)
        column.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)
        self._dress()

    def show_record(self, record: Any) -> None:
        """Show the files of a record."""
        self.record = record
        self.add.setVisible(not self.context.workspace.readonly)
        found = attachments.of(record)
        shown = [(each.uid, each.name) for each in found]
        if shown == self._shown:
            for row, each in zip(self.rows(), found, strict=True):
                row.show_level(each)
            return
        self._shown = shown
        count = format_number(len(found))
        self._title.setText(_("{title} ({count})").format(title=_("Files"), count=count))
        while self._rows.count():
            old = self._rows.takeAt(0).widget()
            old.hide()
            old.deleteLater()
        for each in found:
            self._rows.addWidget(FileRow(each, self))

    def rows(self) -> list[FileRow]:
        """The rows on show, in order."""
        return [self._rows.itemAt(place).widget() for place in range(self._rows.count())]

    # ---- what can be done

    def choose(self) -> None:
        """Ask for files, and attach them."""
        self.attach(chosen(self))

    def attach(self, paths: list[Path]) -> None:
        """Attach these files to the record."""
        attach(self.context, self.record, paths)

    def open(self, attachment: Attachment) -> None:
        """Open a copy of a file; what can do something when it is opened can only be saved."""
        if not attachments.is_program(attachment.name):
            self.context.attempt(lambda: verbs.open_path(attachments.open_copy(attachment)))
            return
        words = _(
            "{name} can run commands on this computer and is not opened from here. "
            "Save it only if you know where it comes from."
        )
        self.context.said.emit(
            words.format(name=attachment.name), [(_("Save a copy…"), lambda: self.save_copy(attachment))]
        )

    def save_copy(self, attachment: Attachment) -> None:
        """Ask where, and write the file there."""
        folder = Path(self.context.settings.export_folder or Path.home())
        proposed = free_path(folder / attachments.file_name(attachment.name))
        name, _kind = QFileDialog.getSaveFileName(self, _("Save a copy"), str(proposed))
        if not name:
            return
        # That a file may be replaced was asked by the system's own dialog.
        saved = self.context.attempt(lambda: attachments.save_copy(attachment, Path(name), overwrite=True))
        if saved is not None:
            self.context.said.emit(
                _("{file} was written.").format(file=saved.name),
                [(_("Show in folder"), lambda: verbs.show_in_folder(saved))],
            )

    def remove(self, attachment: Attachment) -> None:
        """Remove a file; undo brings it back."""

        def verb() -> bool:
            attachments.remove(self.context.workspace, attachment)
            return True

        if self.context.attempt(verb):
            self.context.said.emit(
                _("{name} was removed. Undo brings it back.").format(name=attachment.name), []
            )

    # ---- dropping, dressing

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if files(event) and not self.context.workspace.readonly:
            accept_copy(event)

    def dropEvent(self, event: QDropEvent) -> None:
        if accept_copy(event):
            self.context.safely(lambda: self.attach(files(event)))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.FontChange:
            self._dress()
        super().changeEvent(event)

    def _dress(self) -> None:
        self._title.setFont(theme.heading_font(self.font(), 3))
        self._title.setContentsMargins(theme.TIGHT, 0, 0, 0)


class FileRow(QWidget):
    """A file: a button that opens it, and what else can be done with it."""

    def __init__(self, attachment: Attachment, files: Files) -> None:
        super().__init__()
        self.attachment = attachment
        self.button = _FileButton(attachment)
        self.button.clicked.connect(lambda: files.open(attachment))
        row = QHBoxLayout(self, spacing=theme.TIGHT)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.button, 1)
        size = QLabel(described(attachment), textFormat=Qt.TextFormat.PlainText)
        size.setProperty("muted", True)
        row.addWidget(size)
        self.level = LevelButton(join_parts(_("Visibility"), attachment.name), quiet=True, brief=True)
        self.level.chosen.connect(lambda level: set_level(files.context, self.level, self.attachment, level))
        self.show_level(attachment)
        row.addWidget(self.level)
        self.save = self._tool("export", _("Save a copy…"), lambda: files.save_copy(attachment))
        self.remove = self._tool("delete", _("Remove this file"), lambda: files.remove(attachment))
        row.addWidget(self.save)
        row.addWidget(self.remove)
        self.remove.setVisible(not files.context.workspace.readonly)
        readonly.lock(self, files.context)

    def show_level(self, attachment: Attachment) -> None:
        """Show who may see it."""
        self.attachment = attachment
        self.level.show_level(attachment.visibility)

    def _tool(self, picture: str, words: str, call: Any) -> QToolButton:
        button = QToolButton(icon=icon(picture, "muted"), autoRaise=True)
        button.setToolTip(words)
        button.setAccessibleName(captioned(words.rstrip("…"), self.attachment.name))
        button.clicked.connect(call)
        return button


class _FileButton(QToolButton):
    """Bears the name of a file, cut in its middle where there is no room: the suffix stays."""

    def __init__(self, attachment: Attachment) -> None:
        super().__init__()
        self._name = attachment.name
        self.setIcon(icon("attach", "muted"))
        self.setIconSize(QSize(16, 16))
        self.setAutoRaise(True)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        told = join_parts(_("Open {name}").format(name=attachment.name), described(attachment))
        self.setAccessibleName(told)
        self.setToolTip(plain_tip(told))
        self.setText(attachment.name.replace("&", "&&"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = self.width() - self.iconSize().width() - 4 * theme.SMALL
        shown = self.fontMetrics().elidedText(self._name, Qt.TextElideMode.ElideMiddle, max(0, room))
        self.setText(shown.replace("&", "&&"))


def described(attachment: Attachment) -> str:
    """How large a file is, and what it is kept as."""
    size = attachment.size or 0
    if size >= KILOBYTE * KILOBYTE:
        words = _("{count} MB").format(count=format_number(round(size / KILOBYTE / KILOBYTE)))
    else:
        words = _("{count} kB").format(count=format_number(max(1, round(size / KILOBYTE))))
    if attachment.role == attachments.EVIDENCE:
        words = f"{field(Attachment, 'role').text(attachment.role)} · {words}"
    return words

"""What all dialogs share: fields with access keys, faults told under them, one button that acts, and drafts.

A dialog does not block the window. Closed with something typed in it, it is kept as a draft: the window says so
and offers to go on, and the command that opens it brings the draft back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop.i18n import _
from desktop.model import Invalid
from desktop.ui import theme
from desktop.ui.accesskeys import AccessKeys
from desktop.ui.context import KNOWN_PROBLEMS, Context
from desktop.ui.fields import Fields
from desktop.ui.widgets.messagebar import MessageBar

if TYPE_CHECKING:
    from desktop.ui.window import MainWindow


class Dialog(QDialog):
    """A form, a message when needed, and the buttons. A subclass builds the form and acts."""

    title: ClassVar[str] = ""
    """Message ids of the title and of the button that acts."""
    verb: ClassVar[str] = ""
    size: ClassVar[tuple[int, int]] = (560, 0)
    """Width and height that it takes where the screen has them; height 0: what its fields need."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.keys = AccessKeys()
        self.fields: list[Fields] = []
        self.setWindowTitle(_(self.title))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        verb, cancel = self.keys.mark(_(self.verb)), self.keys.mark(_("Cancel"))
        self.form = QWidget()
        self.column = QVBoxLayout(self.form, spacing=theme.LARGE)
        self.column.setContentsMargins(theme.WIDE, theme.LARGE, theme.WIDE, theme.LARGE)
        self.area = QScrollArea(widgetResizable=True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.messages = MessageBar()
        self.act_button = QPushButton(verb, default=True)
        self.cancel_button = QPushButton(cancel, autoDefault=False)
        self.act_button.clicked.connect(self.accept)
        self.cancel_button.clicked.connect(self.reject)
        self.foot = QHBoxLayout(spacing=theme.SMALL)
        self.foot.setContentsMargins(theme.WIDE, theme.MEDIUM, theme.WIDE, theme.LARGE)
        self.foot.addStretch(1)
        self.foot.addWidget(self.cancel_button)
        self.foot.addWidget(self.act_button)
        told = QHBoxLayout()
        told.setContentsMargins(theme.LARGE, 0, theme.LARGE, 0)
        told.addWidget(self.messages)
        whole = QVBoxLayout(self, spacing=0)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.area, 1)
        whole.addLayout(told)
        whole.addLayout(self.foot)
        self.build()
        self.area.setWidget(self.form)

    # ---- what a dialog says for itself

    def build(self) -> None:
        """Make the fields."""
        raise NotImplementedError

    def act(self) -> Any:
        """Do it; raises `Invalid`, `Conflict` or `StoreError`. What it returns goes to `done_with`."""
        raise NotImplementedError

    def done_with(self, result: Any) -> None:
        """Tell that it is done."""

    def typed(self) -> bool:
        """Whether something would be lost."""
        return any(fields.typed() for fields in self.fields)

    def draft_words(self) -> str:
        """What the window says when the dialog is closed with something in it."""
        return _("What you typed is kept.")

    # ---- building

    def add_fields(self, columns: int = 1, into: Any = None) -> Fields:
        """A group of fields, at the end of the form or of another layout."""
        fields = Fields(self.context, self.keys, columns)
        self.fields.append(fields)
        (into or self.column).addWidget(fields)
        return fields

    # ---- acting

    def accept(self) -> None:
        """Do it, if nothing is wrong; what is wrong is told where it stands."""
        for fields in self.fields:
            wrong = fields.wrong()
            if wrong is not None:
                wrong.setFocus()
                self.area.ensureWidgetVisible(wrong)
                return
        try:
            result = self.act()
        except KNOWN_PROBLEMS as error:
            self.blame(error)
            return
        self.setResult(QDialog.DialogCode.Accepted)
        self.finish()
        self.done_with(result)

    def blame(self, error: Exception) -> None:
        """Tell an error under the field that it names, else at the foot."""
        if not (isinstance(error, Invalid) and any(fields.blame(error) for fields in self.fields)):
            self.messages.show_message(str(error), "error")

    def finish(self) -> None:
        """Close for good."""
        drafts = drafts_of(self.parent())
        drafts.pop(type(self), None)
        super().accept()
        self.deleteLater()

    def reject(self) -> None:
        """Close; what is typed is kept."""
        if self.typed() and self.parent() is not None:
            drafts_of(self.parent())[type(self)] = self
            self.hide()
            self.context.said.emit(
                self.draft_words(), [(_("Go on"), self.come_back), (_("Discard"), self.discard)]
            )
            return
        super().reject()
        drafts_of(self.parent()).pop(type(self), None)
        self.deleteLater()

    def come_back(self) -> None:
        """Show the draft again."""
        self.show()
        self.raise_()
        self.activateWindow()

    def discard(self) -> None:
        """Forget the draft."""
        drafts_of(self.parent()).pop(type(self), None)
        self.deleteLater()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Ctrl+Enter acts from within a text of several lines too.
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and (
            event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            self.accept()
            return
        super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not event.spontaneous() and not self.testAttribute(Qt.WidgetAttribute.WA_Resized):
            self.resize(self.wanted_size())

    def wanted_size(self) -> QSize:
        """Its usual size, within the screen."""
        width, height = self.size_in_letters()
        room = self.screen().availableSize()
        needed = self.form.sizeHint().height() + self.foot.sizeHint().height() + self.messages.sizeHint().height()
        return QSize(min(width, room.width() - 40), min(height or needed, room.height() - 60))

    def size_in_letters(self) -> tuple[int, int]:
        """The usual size, larger with a larger font."""
        scale = max(1.0, self.fontMetrics().height() / 17)
        return round(type(self).size[0] * scale), round(type(self).size[1] * scale)


def drafts_of(window: Any) -> dict[type[Dialog], Dialog]:
    """The dialogs of a window that were closed with something in them."""
    return getattr(window, "drafts", {})


def open_dialog(window: MainWindow, kind: type[Dialog], **given: Any) -> Any:
    """Open a dialog of this kind, or come back to the draft of one."""
    draft = window.drafts.get(kind)
    if draft is not None and not given:
        draft.come_back()
        return draft
    dialog = kind(window.context, window, **given)
    dialog.come_back()
    return dialog

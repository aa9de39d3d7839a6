"""What all dialogs share: fields with access keys, faults told under them, one button that acts, and drafts.

A dialog does not block the window. Closed with something typed in it, it is kept as a draft: the window says so
and offers to go on, and the command that opens it brings the draft back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
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
from desktop.ui import enterkey, theme
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
    usual: ClassVar[tuple[int, int]] = (560, 0)
    """Width and height that it takes where the screen has them; height 0: what its fields need."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.keys = AccessKeys()
        self.given: tuple[Any, ...] | None = None
        """What it was opened with, by `open_dialog`; None where it was opened in another way."""
        self.fields: list[Fields] = []
        self.setWindowTitle(_(self.title))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        verb, cancel = self.keys.mark(_(self.verb)), self.keys.mark(_("Cancel"))
        # The fields come into the window before the buttons: Tab goes through them first.
        self.area = QScrollArea(self, widgetResizable=True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.form = QWidget()
        self.column = QVBoxLayout(self.form, spacing=theme.LARGE)
        self.column.setContentsMargins(theme.WIDE, theme.LARGE, theme.WIDE, theme.SMALL)
        self.area.setWidget(self.form)
        self.build()
        self.column.addStretch(1)
        self.messages = MessageBar()
        self.act_button = QPushButton(verb, default=True)
        self.cancel_button = QPushButton(cancel, autoDefault=False)
        self.act_button.clicked.connect(self.accept)
        self.cancel_button.clicked.connect(self.reject)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):  # from within a text of several lines too
            QShortcut(QKeySequence(keys), self).activated.connect(self.accept)
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

    # ---- what a dialog says for itself

    def build(self) -> None:
        """Make the fields."""
        raise NotImplementedError

    def take(self, *given: Any) -> None:
        """Begin with what the opener hands over; a draft that comes back is asked too."""

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

    def standing(self) -> tuple[str, dict[str, Any]] | None:
        """Of a dialog that is no form: what is decided in it, by the name of its place, to be kept on the disk as it
        is. None where nothing is, or where the dialog is a form, whose inputs are kept as they stand."""
        return None

    # ---- building

    def add_fields(self, columns: int = 1, into: Any = None) -> Fields:
        """A group of fields, at the end of the form or of another layout."""
        fields = Fields(self.context, self.keys, columns)
        self.fields.append(fields)
        fields.finished.connect(self.accept)
        (into or self.column).addWidget(fields)
        return fields

    # ---- acting

    def accept(self) -> None:
        """Do it, if nothing is wrong; what is wrong is told where it stands."""
        self.messages.dismiss()
        wrong = next((each for each in [fields.wrong() for fields in self.fields] if each is not None), None)
        if wrong is not None:
            self.go_to(wrong)
            return
        try:
            result = self.act()
        except KNOWN_PROBLEMS as error:
            self.blame(error)
            return
        self.setResult(QDialog.DialogCode.Accepted)
        self.finish()
        self.done_with(result)

    def go_to(self, wrong: QWidget) -> None:
        """Go to a field in which something is wrong, once what is told under it has its room."""
        wrong.setFocus()
        self.fit_soon()

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
        """Forget what is typed."""
        drafts_of(self.parent()).pop(type(self), None)
        self.hide()
        self.setParent(None)
        self.deleteLater()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Qt's own dialogs act on Enter where *Cancel* has the focus, which is not their default button.
        if not enterkey.pressed(self, event):
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        # Rows that were added late stand behind the buttons in Qt's own circle.
        first = self._first()
        ends = (first, self.act_button)
        if first is not None and self.focusWidget() is ends[forward]:
            ends[not forward].setFocus(
                Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
            )
            return True
        return super().focusNextPrevChild(forward)

    def _first(self) -> QWidget | None:
        """The field in which one begins; None where nothing takes the keyboard."""
        found = self.form.nextInFocusChain()
        while not (found.focusPolicy() & Qt.FocusPolicy.TabFocus and found.isVisible() and found.isEnabled()):
            if found is self.form:  # all the way round, as while it is busy
                return None
            found = found.nextInFocusChain()
        return found

    def fit(self) -> None:
        """Take the room that the fields need, within the screen, and align their labels."""
        labels = max((fields.label_width() for fields in self.fields if fields.aligned), default=0)
        for fields in self.fields:
            if fields.aligned:
                fields.set_label_width(labels)
        width, height = self.size_in_letters()
        room = self.screen().availableSize()
        self.form.layout().activate()
        # and one, which a scale such as 1.5 may round away: a scroll bar would come up for it
        needed = self.form.sizeHint().height() + self.foot.sizeHint().height() + 1
        wanted = QSize(min(width, room.width() - 40), min(max(height, needed), room.height() - 60))
        # On a small screen, or with large text, what has no room beside the rest is reached by scrolling.
        cut = self.form.minimumSizeHint().width() > wanted.width()
        off, on = Qt.ScrollBarPolicy.ScrollBarAlwaysOff, Qt.ScrollBarPolicy.ScrollBarAsNeeded
        self.area.setHorizontalScrollBarPolicy(on if cut else off)
        self.resize(wanted.expandedTo(self.size()) if self.isVisible() else wanted)

    def fit_soon(self) -> None:
        """Once what was just added is laid out: grow, and keep in view where one types."""
        QTimer.singleShot(0, self, self._fit_and_follow)

    def _fit_and_follow(self) -> None:
        self.fit()
        focus = self.focusWidget()
        if focus is not None and self.form.isAncestorOf(focus):
            self.area.ensureWidgetVisible(focus, 0, theme.WIDE)

    def size_in_letters(self) -> tuple[int, int]:
        """The usual size, larger with a larger font."""
        scale = max(1.0, self.fontMetrics().height() / 17)
        return round(type(self).usual[0] * scale), round(type(self).usual[1] * scale)


def drafts_of(window: Any) -> dict[Any, Any]:
    """The dialogs of a window that were closed with something in them."""
    return getattr(window, "drafts", {})


def open_dialog(window: MainWindow, kind: type[Dialog], *given: Any) -> Any:
    """Open a dialog of this kind, or come back to the one that is open or was left with something in it."""
    for dialog in window.findChildren(kind):
        if dialog.isVisible() or window.drafts.get(kind) is dialog:
            dialog.take(*given)
            dialog.come_back()
            return dialog
    dialog = kind(window.context, window)
    dialog.given = given
    dialog.take(*given)
    dialog.fit()
    dialog.come_back()
    return dialog

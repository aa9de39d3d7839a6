"""The bar of quick entry: the line, what could stand there, what was understood, what was not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from desktop.i18n import _, join_parts
from desktop.service import quick
from desktop.service.quick import Understood
from desktop.service.quick.completion import Candidate, complete
from desktop.ui import enterkey, theme
from desktop.ui.announce import announce
from desktop.ui.closing import QUICK_ENTRY
from desktop.ui.context import KNOWN_PROBLEMS
from desktop.ui.icons import icon
from desktop.ui.quick.candidates import CandidateList
from desktop.ui.quick.line import OWN, QuickLine
from desktop.ui.saying import READ_MS
from desktop.ui.widgets.flow import FlowLayout
from desktop.ui.widgets.itemchip import ItemChip
from desktop.ui.widgets.messagebar import MessageBar
from desktop.ui.widgets.problemline import ProblemLine

if TYPE_CHECKING:
    from desktop.ui.window import MainWindow

WIDTH = 100
"""Of the bar, in average letters, where the window has them."""
SAID_MS = 900
"""After so long without a key, what was understood is said aloud."""


class QuickBar(QFrame):
    """A child of the window that it lies over, and of the main window while it is closed: what is typed is kept."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.main, self.context = window, window.context
        self.understood = Understood("")
        self._before: QWidget | None = None
        self._passed: tuple[int, str] | None = None
        self.setObjectName(QUICK_ENTRY)
        self.setWindowTitle(_("Quick entry"))
        self.setAccessibleName(_("Quick entry"))
        self._build()
        self._saying = QTimer(self, singleShot=True, interval=SAID_MS)
        self._saying.timeout.connect(self._say)
        self.context.stopping.connect(self._saying.stop)
        theme.changed.connect(self.update)
        self.hide()

    def _build(self) -> None:
        self.line = QuickLine(self._on_key)
        self.add_button = QPushButton(_("Add"), autoDefault=False)
        self.add_button.setProperty("primary", True)
        self.add_button.clicked.connect(lambda: self.add())
        close = QToolButton(autoRaise=True, icon=icon("close", "muted"))
        close.setAccessibleName(_("Close quick entry; what is typed is kept"))
        close.setToolTip(close.accessibleName())
        close.clicked.connect(self.close_bar)
        row = QHBoxLayout(spacing=theme.SMALL)
        row.addWidget(self.line, 1)
        row.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        self.candidates = CandidateList()
        self.candidates.taken.connect(self._take)
        self._chips = QWidget()
        self._flow = FlowLayout(self._chips)
        self.problem = ProblemLine()
        self._hint = QLabel(
            _("Enter adds · Ctrl+Enter adds and goes on · Esc closes"),
            wordWrap=True,
            textFormat=Qt.TextFormat.PlainText,
        )
        self._hint.setProperty("muted", True)
        self.form = QWidget()
        column = QVBoxLayout(self.form, spacing=theme.SMALL)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row)
        for part in (self.candidates, self._chips, self.problem, self._hint):
            column.addWidget(part)
        self.messages = MessageBar()
        self.messages.dismissed.connect(self._on_read)
        whole = QVBoxLayout(self, spacing=theme.SMALL)
        whole.setContentsMargins(theme.MEDIUM, theme.MEDIUM, theme.MEDIUM, theme.MEDIUM)
        whole.addWidget(self.form)
        whole.addWidget(self.messages)
        self.line.textChanged.connect(self._on_text)
        self.line.cursorPositionChanged.connect(self._offer)

    # ---- open and closed

    def open_over(self, host: QWidget) -> None:
        """Come up over a window of the program, with what was left."""
        if self.parentWidget() is not host:
            self._leave()
            self.setParent(host)
        focus = host.focusWidget()
        if self.isHidden() or not self.form.isVisibleTo(self):
            self._before = focus
        host.removeEventFilter(self)
        host.installEventFilter(self)
        self.form.show()
        self.messages.dismiss()
        self.understand()
        self.show()
        self.raise_()
        self._fit()
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def close_bar(self) -> None:
        """Close; a line that was not added is kept, and the window says so."""
        self._shut()
        if self.typed():
            self.context.said.emit(
                _("The line of quick entry is not added yet; it is kept."),
                [(_("Go on"), self.come_back), (_("Discard"), self.discard)],
            )

    def _shut(self) -> None:
        """Go away, and give the keyboard back to where it was."""
        self._saying.stop()
        inside = self.isAncestorOf(self.window().focusWidget() or self.window())
        self._leave()
        self.hide()
        if inside and self._before is not None and isValid(self._before) and self._before.isVisible():
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)

    def _leave(self) -> None:
        """Go back to the main window, unseen: the window under it may be closed for good."""
        host = self.parentWidget()
        host.removeEventFilter(self)
        if host is not self.main:
            self.hide()
            self.setParent(self.main)

    def typed(self) -> bool:
        """Whether something would be lost."""
        return bool(self.line.text().strip())

    def come_back(self) -> None:
        """Show the line that was left."""
        self.open_over(self.main)

    def discard(self) -> None:
        """Forget what is typed."""
        self.line.clear()
        self._shut()

    # ---- what is typed

    def _on_text(self) -> None:
        self.understand()
        self._saying.start()

    def understand(self) -> None:
        """Say what the line means so far."""
        self.understood = quick.understand(self.context.workspace, self.line.text())
        self.line.show_marks(self.understood.marks)
        self._show_chips([mark.meaning for mark in self.understood.marks if mark.meaning])
        self.problem.say("\n".join(self.understood.problems))
        self._offer()

    def _show_chips(self, meanings: list[str]) -> None:
        if [self._flow.itemAt(n).widget().label for n in range(self._flow.count())] != meanings:
            while self._flow.count():
                self._flow.takeAt(0).widget().deleteLater()
            for meaning in meanings:
                chip = ItemChip(meaning, meaning, self._chips)
                chip.set_removable(False)
                chip.setFocusPolicy(Qt.FocusPolicy.NoFocus)
                self._flow.addWidget(chip)
                chip.show()
        self._chips.setVisible(bool(meanings))
        self._fit()

    def _offer(self) -> None:
        """Offer what the mark at the cursor could become; the first one is marked where the mark means nothing yet."""
        text, position = self.line.text(), self.line.position()
        found = None if self.line.converting() else complete(self.context.workspace, text, position)
        if found is not None and self._passed == (found.start, text[found.start]):
            found = None
        elif found is None:
            self._passed = None
        if found is not None and len(found.candidates) == 1 and self._means(found.start):
            found = None  # the chip says it already
        begin = found is not None and position > found.start + 1 and not self._means(found.start)
        self.candidates.offer(found, begin=begin)
        self._fit()

    def _means(self, start: int) -> bool:
        return any(mark.start == start and not mark.problem for mark in self.understood.marks)

    def _take(self, candidate: Candidate) -> None:
        """Write a candidate out, and go on behind it."""
        completion = self.candidates.completion
        follows = self.line.text()[completion.end : completion.end + 1]
        self.line.write(
            completion.start, completion.end, candidate.written + ("" if follows.isspace() else " ")
        )
        self.line.setFocus()

    def _on_key(self, event: QKeyEvent) -> bool:
        """Whether a key was for the bar; asked by the line."""
        key, control = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        offered = not self.candidates.isHidden()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            chosen = None if control else self.candidates.current()
            self._take(chosen) if chosen is not None else self.add(stay=control)
        elif key == Qt.Key.Key_Tab and self.candidates.current() is not None:
            self._take(self.candidates.current())
        elif offered and key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.candidates.move(1 if key == Qt.Key.Key_Down else -1)
        elif key == Qt.Key.Key_Escape and offered:
            start = self.candidates.completion.start
            self._passed = start, self.line.text()[start]
            self._offer()
        elif key == Qt.Key.Key_Escape:
            self.close_bar()
        else:
            return False
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # What its buttons did not want is not for the window under it.
        if event.key() == Qt.Key.Key_Escape:
            self.close_bar()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            enterkey.pressed(self.window(), event)
        event.accept()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and event.key() in OWN:
            event.accept()  # on its buttons too: Esc closes the bar, not the window under it
            return True
        return super().event(event)

    # ---- adding

    def add(self, *, stay: bool = False) -> None:
        """Make the follow-up, unless something is not understood; `stay` for the next one."""
        self.understand()
        try:
            made = quick.add(self.context.workspace, self.understood)
        except KNOWN_PROBLEMS as error:
            self.problem.say("\n".join(self.understood.problems) or str(error))
            announce(self.line, self.problem.text(), urgent=True)
            self._fit()
            self.line.setFocus()
            return
        self.line.clear()
        sentence = _("{ref} was added: {title}").format(ref=made.ref, title=made.title)
        here = self.parentWidget()
        if not stay:
            self._shut()
        if stay or here is not self.main:
            self._tell(sentence, made, here, stay)
        else:
            self.context.said.emit(sentence, [(_("Show"), lambda: self._lead_to(made))])

    def _tell(self, sentence: str, made: Any, host: QWidget, stay: bool) -> None:
        """Say what was made where one is: in the bar itself, which goes with it."""
        self.form.setVisible(stay)
        self.messages.show_message(
            sentence, "success", [(_("Show"), lambda: self._lead_to(made))], READ_MS[True]
        )
        if not stay:
            self.setParent(host)
            host.installEventFilter(self)
            self.show()
            self.raise_()
        self._fit()

    def _lead_to(self, record: Any) -> None:
        self.main.raise_()
        self.main.activateWindow()
        self.context.record_requested.emit(record)

    def _on_read(self) -> None:
        """What was said is read: nothing is left to see where the form is gone already."""
        if not self.form.isVisibleTo(self):
            self._leave()
            self.hide()
            self.form.show()
        self._fit()

    def _say(self) -> None:
        """Say aloud what was understood and what was not."""
        meanings = [mark.problem or mark.meaning for mark in self.understood.marks]
        self.line.setAccessibleDescription(join_parts(*meanings))
        if meanings:
            announce(self.line, join_parts(*meanings))

    # ---- its place

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.parentWidget():
            if event.type() == QEvent.Type.Resize:
                self._fit()
            elif event.type() == QEvent.Type.Close and watched is not self.main:
                self._leave()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        """As wide as its line wants to be, as high as what stands in it, in the middle of the window's top."""
        host = self.parentWidget()
        if self.isHidden() or host is None:
            return
        width = min(host.width() - 2 * theme.LARGE, WIDTH * self.fontMetrics().averageCharWidth())
        layout = self.layout()
        inset = theme.MEDIUM if self.form.isVisibleTo(self) else 0  # a message alone has a frame of its own
        layout.setContentsMargins(inset, inset, inset, inset)
        for part in (self.form.layout(), layout):
            part.invalidate()
            part.activate()
        height = (
            layout.totalHeightForWidth(width) if layout.hasHeightForWidth() else layout.sizeHint().height()
        )
        top = host.centralWidget().y() if isinstance(host, QMainWindow) else 0
        self.setGeometry(
            (host.width() - width) // 2,
            top + theme.SMALL,
            width,
            min(height, host.height() - top - theme.SMALL),
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        tones = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour(tones.control), 1))
        painter.setBrush(theme.colour(tones.raised))
        painter.drawRoundedRect(
            QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), theme.RADIUS, theme.RADIUS
        )

"""For whom a file is written, and what is left out of it for them: asked by every dialog that writes one.

choice = AudienceChoice(context)          # remembered by workspace
line = LeftOutLine(context)
choice.changed.connect(lambda: line.show_for(choice.audience(), lambda: left_out(workspace, request)))
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget
from shiboken6 import isValid

from desktop.export.leftout import LeftOut
from desktop.i18n import N_, _, captioned, format_number, join_parts, ngettext
from desktop.model.scales import VISIBILITY
from desktop.model.visibility import AUDIENCES, INTERNAL
from desktop.ui import theme
from desktop.ui.announce import announce
from desktop.ui.context import Context
from desktop.ui.dialogs.told import TellingDialog
from desktop.ui.icons import icon
from desktop.ui.visibility.words import ICONS
from desktop.ui.widgets.combo import Combo
from desktop.ui.widgets.heading import Heading

PAUSE = 200
"""Milliseconds without another choice before it is counted what that leaves out."""


class AudienceChoice(Combo):
    """Internal, shareable with the partner, public: each with its word and its icon."""

    changed = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        for audience in AUDIENCES:
            self.addItem(icon(ICONS[audience], "muted"), _(VISIBILITY[audience]), audience)
        self.choose(context.settings.audiences.get(self._place(), INTERNAL))
        self.currentIndexChanged.connect(lambda _index: self.changed.emit())

    def audience(self) -> str:
        """Who will read it."""
        return str(self.currentData())

    def choose(self, audience: str) -> None:
        """Write for these."""
        self.setCurrentIndex(max(0, self.findData(audience)))

    def remember(self) -> None:
        """Begin with this choice the next time; who calls it saves the settings."""
        self._context.settings.audiences[self._place()] = self.audience()

    def _place(self) -> str:
        return str(self._context.workspace.engine.path)


class LeftOutLine(QWidget):
    """What an audience does not get, in a line, with a button that tells all of it. Nothing where all goes out."""

    counted = Signal()
    """What stands here is true of what was chosen."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.found: LeftOut | None = None
        self._audience, self._count = INTERNAL, lambda: LeftOut(INTERNAL)
        self._asked = 0
        self._timer = QTimer(self, singleShot=True, interval=PAUSE)
        self._timer.timeout.connect(self._begin)
        context.stopping.connect(self._timer.stop)
        self.words = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.MinimumExpanding)
        self.button = QPushButton(_("What is left out…"), autoDefault=False, visible=False)
        self.button.clicked.connect(self.show_all)
        self._shape = QLabel()
        row = QHBoxLayout(self, spacing=theme.SMALL)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._shape)
        row.addWidget(self.words, 1)
        row.addWidget(self.button)
        self._shape.setPixmap(icon("about", "muted").pixmap(self.fontMetrics().height()))
        self.setVisible(False)

    def show_for(self, audience: str, count: Callable[[], LeftOut]) -> None:
        """Tell what this audience does not get; `count` works it out, on a worker."""
        self._audience, self._count = audience, count
        self._asked += 1
        self.found = None
        self.button.hide()
        self.setVisible(audience != INTERNAL)
        self._timer.stop()
        if audience == INTERNAL:
            self.counted.emit()
            return
        self.words.setText(_("What is left out is being counted…"))
        self._timer.start()

    def _begin(self) -> None:
        asked, count = self._asked, self._count
        self._context.work(
            count, lambda found: self._show(asked, found), lambda sentence: self._fail(asked, sentence)
        )

    def _show(self, asked: int, found: LeftOut) -> None:
        if not isValid(self) or asked != self._asked:
            return
        self.found = found
        words = in_short(found)
        self.words.setText(
            _("Left out: {what}.").format(what=words) if words else _("Nothing is left out for them.")
        )
        self.button.setVisible(bool(found))
        announce(self.words, self.words.text())
        self.counted.emit()

    def _fail(self, asked: int, sentence: str) -> None:
        if isValid(self) and asked == self._asked:
            self.words.setText(sentence)

    def show_all(self) -> None:
        """Tell each kind by itself."""
        if self.found:
            LeftOutDialog(self, self.found).show()


class LeftOutDialog(TellingDialog):
    """What is left out, a line a kind."""

    title = N_("What is left out")

    def __init__(self, parent: QWidget, found: LeftOut) -> None:
        self._found = found
        super().__init__(parent.window())

    def build(self) -> None:
        found = self._found
        self.column.addWidget(Heading(captioned(_("For"), _(VISIBILITY[found.audience])), 2))
        for words in found.words():
            self.column.addWidget(QLabel(words, wordWrap=True, textFormat=Qt.TextFormat.PlainText))
        advice = QLabel(
            _("Each record and each long text has its own visibility; give them another one to share them."),
            wordWrap=True,
        )
        advice.setProperty("muted", True)
        self.column.addWidget(advice)


def in_short(found: LeftOut) -> str:
    """How much is left out: records, texts, parts and names."""
    records = sum(kept.count for kept in found.records)
    parts = sum(count for _part, count in found.parts)
    names = found.people + found.organisations
    counted: list[tuple[int, Any]] = [
        (records, ngettext("{count} record", "{count} records", records)),
        (found.texts, ngettext("{count} long text", "{count} long texts", found.texts)),
        (parts, ngettext("{count} update, point or file", "{count} updates, points and files", parts)),
        (names, ngettext("{count} name", "{count} names", names)),
    ]
    return join_parts(*(words.format(count=format_number(count)) for count, words in counted if count))

"""The texts that an earlier run left: where, when and what, each to be brought back, copied or discarded."""

from __future__ import annotations

import datetime as dt
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView, QLabel, QPushButton, QTreeWidget, QTreeWidgetItem, QVBoxLayout

from desktop.i18n import N_, _, format_datetime
from desktop.ui import theme
from desktop.ui.dialogs.dialog import Dialog
from desktop.ui.drafts import bringing
from desktop.ui.drafts.given import NotGiven
from desktop.ui.verbs import copy_text
from desktop.ui.widgets.growingtext import GrowingText
from desktop.ui.widgets.tips import plain_tip

FIRST = 120
"""Letters of a text that its line shows."""
LEAST, MOST = 3, 6
"""Lines of the list and of a text that are seen without scrolling."""
WHERE = 0.4
"""The part of the width that the places take."""
_MODE = QHeaderView.ResizeMode


class DraftsDialog(Dialog):
    """Nothing is thrown away here unasked: closed, it leaves what is left for later."""

    title, verb = N_("Texts that were not saved"), N_("Bring back")
    usual = (720, 0)

    def build(self) -> None:
        self._keeper: Any = None
        told = QLabel(
            _("Brought back, a text stands where you typed it, and is not saved yet."), wordWrap=True
        )
        told.setProperty("muted", True)
        self.column.addWidget(told)
        self.list = QTreeWidget(rootIsDecorated=False, uniformRowHeights=True, columnCount=3)
        self.list.setHeaderLabels([_("Where"), _("Text"), _("When")])
        self.list.setAccessibleName(_("Texts that were not saved"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.header().setSectionsMovable(False)
        self.list.header().setStretchLastSection(False)
        for column, mode in enumerate((_MODE.Interactive, _MODE.Stretch, _MODE.ResizeToContents)):
            self.list.header().setSectionResizeMode(column, mode)
        self.list.currentItemChanged.connect(lambda _now, _before: self._show())
        self.list.itemDoubleClicked.connect(lambda _item: self.accept())
        self.column.addWidget(self.list)
        self.yours = self._text(N_("What you typed"))
        self.note = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.column.addWidget(self.note)
        self.kept = self._text(N_("What is kept there now"))

    def _text(self, title: str) -> GrowingText:
        label = QLabel(self.keys.mark(_(title)))
        label.setProperty("muted", True)
        text = GrowingText(least=2, most=MOST)
        text.setReadOnly(True)
        text.setAccessibleName(_(title))
        label.setBuddy(text)
        both = QVBoxLayout(spacing=theme.TIGHT)
        both.addWidget(label)
        both.addWidget(text)
        self.column.addLayout(both)
        return text

    def take(self, keeper: Any) -> None:
        """Show what is left."""
        self._keeper = keeper
        self.cancel_button.setText(self.keys.mark(_("Keep for later")))
        self.copy = QPushButton(self.keys.mark(_("Copy the text")), autoDefault=False)
        self.copy.clicked.connect(self._copy)
        self.throw = QPushButton(self.keys.mark(_("Discard")), autoDefault=False)
        self.throw.clicked.connect(self._ask)
        self.foot.insertWidget(0, self.throw)
        self.foot.insertWidget(1, self.copy)
        self._fill()
        self.list.setFocus()

    def typed(self) -> bool:
        return False

    def name(self) -> str:
        """Which text is chosen; '' for none."""
        item = self.list.currentItem()
        return str(item.data(0, Qt.ItemDataRole.UserRole)) if item is not None else ""

    def _fill(self) -> None:
        row = max(0, self.list.indexOfTopLevelItem(self.list.currentItem()) if self.name() else 0)
        self.list.clear()
        for name, content in self._keeper.left.items():
            stamp = dt.datetime.fromisoformat(content["typed_at"])
            at = format_datetime(self.context.workspace.local(stamp.strftime("%Y-%m-%dT%H:%M:%SZ")))
            words = " ".join(content["text"][:FIRST].split())
            item = QTreeWidgetItem([content["where"], words, at])
            item.setToolTip(0, plain_tip(content["where"]))
            item.setToolTip(1, plain_tip(words))
            item.setData(0, Qt.ItemDataRole.UserRole, name)
            self.list.addTopLevelItem(item)
        lines = max(LEAST, min(self.list.topLevelItemCount(), MOST)) + 1  # with the header
        self.list.setFixedHeight(lines * theme.row_height(self.list, compact=True))
        self.list.setColumnWidth(0, round(WHERE * self.size_in_letters()[0]))
        self.list.setCurrentItem(self.list.topLevelItem(min(row, self.list.topLevelItemCount() - 1)))

    def _show(self) -> None:
        """The chosen text whole, and what stands in its place, if that changed since."""
        self.messages.dismiss()
        content = self._keeper.left.get(self.name())
        if content is None:
            return
        self.yours.setPlainText(content["text"])
        words, kept = "", None
        try:
            kept = bringing.now(content)
            if kept is not None:
                words = _("It was changed after you typed this. Bringing yours back saves nothing yet.")
        except NotGiven:
            words = _("What you typed this for is no longer there. You can copy the text.")
        self.note.setText(words)
        self.note.setVisible(bool(words))
        self.kept.setPlainText(kept or "")
        for part in (self.kept, self._label_of(self.kept)):
            part.setVisible(kept is not None)
        self.fit_soon()

    def _label_of(self, text: GrowingText) -> QLabel:
        return next(label for label in self.findChildren(QLabel) if label.buddy() is text)

    # ---- acting

    def accept(self) -> None:
        """Bring the chosen text back; what stands elsewhere by now stays here, to be copied."""
        name = self.name()
        if name not in self._keeper.left:
            return
        self.hide()
        if self._keeper.bring_back(name):
            self.finish()
            self._keeper.tell()
            return
        self.show()
        self.messages.show_message(
            _(
                "There is no place any more for all of this text. It stays here: copy it to where you need it."
            ),
            "error",
        )

    def _copy(self) -> None:
        copy_text(self.yours.toPlainText())
        self.messages.show_message(_("The text is on the clipboard."), timeout=4000)

    def _ask(self) -> None:
        self.messages.show_message(
            _("Discard this text for good?"), "info", [(_("Discard the text"), self._discard)]
        )
        self.messages.go_in()

    def _discard(self) -> None:
        self._keeper.discard(self.name())
        if not self._keeper.left:
            self.finish()
            return
        self._fill()
        self.list.setFocus()

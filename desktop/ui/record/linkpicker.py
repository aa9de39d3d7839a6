"""Linking a record with another: which, how, and a note; in passing, above the links there are."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.i18n import _
from desktop.model import FollowUp, Initiative, Invalid, Meeting, Recommendation
from desktop.model.base import Registered
from desktop.model.scales import RELATION, RELATION_BACK
from desktop.service import links
from desktop.ui import theme
from desktop.ui.context import Context
from desktop.ui.editorwidget import is_undo
from desktop.ui.offers import GAP
from desktop.ui.record.summaries import found
from desktop.ui.widgets.combo import Combo
from desktop.ui.widgets.ground import Ground
from desktop.ui.widgets.pickline import PickLine
from desktop.ui.widgets.problemline import ProblemLine

LINKED: tuple[type[Registered], ...] = (FollowUp, Recommendation, Initiative, Meeting)
"""What can be linked."""
EACH = 8
"""Records of each kind that are offered for a text."""


def relations(one: type[Any], other: type[Any]) -> list[tuple[str, bool, str]]:
    """How two entities can be linked: relation, whether it reads from `one`, its words from that side."""
    ways = links.possible(one, other)
    back = {relation for relation, forward in links.possible(other, one) if forward}
    told = []
    for relation, forward in ways:
        told.append((relation, forward, _((RELATION if forward else RELATION_BACK)[relation])))
        if forward and relation in back and RELATION[relation] != RELATION_BACK[relation]:
            told.append((relation, False, _(RELATION_BACK[relation])))
    return told


class LinkPicker(Ground):
    """Hidden until `begin`; Enter in its line goes on, Esc closes it."""

    tone = "accent_soft"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.record: Any = None
        self.line = PickLine(self._search)
        self.line.setPlaceholderText(_("Reference or a part of the name"))
        self.line.setAccessibleName(_("Link with"))
        self.line.picked.connect(self._on_picked)
        self.line.textChanged.connect(lambda _text: self._offer_relations())
        self.line.returnPressed.connect(self._on_return)
        self.relation: QComboBox = Combo()
        self.relation.setAccessibleName(_("Relation"))
        self._problem = ProblemLine()
        self.save = QPushButton(_("Save the link"))
        self.save.setProperty("primary", True)
        self.save.clicked.connect(self.link)
        self.close_button = QPushButton(_("Close"))
        self.close_button.clicked.connect(self.end)
        form = QFormLayout(rowWrapPolicy=QFormLayout.RowWrapPolicy.WrapLongRows)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setVerticalSpacing(theme.TIGHT)
        form.addRow(_("Link with"), self.line)
        form.addRow(_("Relation"), self.relation)
        buttons = QHBoxLayout(spacing=theme.SMALL)
        buttons.addWidget(self.save)
        buttons.addWidget(self.close_button)
        buttons.addStretch(1)
        outer = QVBoxLayout(self, spacing=theme.SMALL)
        outer.setContentsMargins(theme.MEDIUM, theme.SMALL, theme.MEDIUM, theme.MEDIUM)
        outer.addLayout(form)
        outer.addWidget(self._problem)
        outer.addLayout(buttons)
        for part in (self.line, self.relation, self.save, self.close_button):
            part.installEventFilter(self)
        self.hide()

    def begin(self) -> None:
        """Ask with what to link the record."""
        self.line.set_chosen(None, "")
        self._offer_relations()
        self.show()
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def end(self) -> None:
        """Ask no more."""
        self.hide()

    def chosen(self) -> Any:
        """The record that stands in the line, or None."""
        key = self.line.chosen()
        if key is None:
            return None
        entity, record_id = key
        return entity.get_or_none(entity.id == record_id)

    def link(self) -> None:
        """Link the record with the chosen one; what is wrong is told here."""
        other = self.chosen()
        if other is None:
            self._problem.say(_("Choose what to link with: type a part of its name and pick it."))
            self.line.setFocus()
            return
        relation, forward = self.relation.currentData()
        ends = (self.record, other) if forward else (other, self.record)

        def verb() -> bool:
            try:
                links.link(self.context.workspace, *ends, relation)
            except Invalid as error:
                self._problem.say(str(error))
                return False
            return True

        if self.context.attempt(verb):
            told = _("{item} added").format(item=self.context.workspace.say(other))
            self.begin()
            self.context.said.emit(told, [])

    def _search(self, text: str) -> list[tuple[Any, str]]:
        rows = found(self.context.workspace, LINKED, text, EACH)
        own = (type(self.record), self.record.id)
        return [
            ((row.entity, row.id), f"{row.ref}{GAP}{row.name}") for row in rows if (row.entity, row.id) != own
        ]

    def _on_picked(self) -> None:
        self._offer_relations()
        self.relation.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_return(self) -> None:
        """Enter takes what the line means, then goes on to the relation."""
        if self.line.marked() is not None:
            return  # it is picked next
        option = self.line.match() if self.line.chosen() is None else None
        if option is not None:
            self.line.set_chosen(*option)
        if self.line.chosen() is not None:
            self._on_picked()

    def _offer_relations(self) -> None:
        self._problem.say("")
        key = self.line.chosen()
        self.relation.clear()
        self.relation.setEnabled(key is not None)
        self.save.setEnabled(key is not None)
        if key is not None:
            for relation, forward, words in relations(type(self.record), key[0]):
                self.relation.addItem(words, (relation, forward))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress) and isinstance(
            event, QKeyEvent
        ):
            if watched is self.line and is_undo(event) and not self.line.text():
                event.ignore()  # nothing to undo in here: the window undoes what was saved last
                return event.type() == QEvent.Type.ShortcutOverride
            if event.key() == Qt.Key.Key_Escape:
                event.accept()
                if event.type() == QEvent.Type.KeyPress:
                    self.end()
                return True
            enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if enter and watched in (self.relation, self.save) and event.type() == QEvent.Type.KeyPress:
                self.link()
                return True
        return super().eventFilter(watched, event)

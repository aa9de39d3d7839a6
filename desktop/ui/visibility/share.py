"""Share: for whom, and what of a record, its texts, its parts and the names in it; one operation, one undo."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from desktop.i18n import N_, _, format_number, ngettext
from desktop.model import Invalid
from desktop.model.visibility import INTERNAL, PARTNER, PUBLIC
from desktop.service import sharing
from desktop.service.sharing import Shareable
from desktop.ui.apart import while_there
from desktop.ui.dialogs.dialog import Dialog, open_dialog
from desktop.ui.icons import icon
from desktop.ui.visibility.sharetree import ShareTree
from desktop.ui.visibility.sight import concerned, sentences
from desktop.ui.visibility.words import ICONS
from desktop.ui.widgets.combo import Combo

if TYPE_CHECKING:
    from desktop.ui.window import MainWindow

LINES = 14
"""Lines of the tree that are seen at once."""
_WHOM = {
    PARTNER: N_("The partner"),
    PUBLIC: N_("Anyone"),
    INTERNAL: N_("The post alone"),
}
_DONE = {
    PARTNER: N_("Shared with the partner: {what}."),
    PUBLIC: N_("Made public: {what}."),
    INTERNAL: N_("Internal again: {what}."),
}


def share_selected(window: MainWindow) -> None:
    """Ask what of the selected records is shared."""
    share_these(window, window.selected())


def share_these(window: Any, records: list[Any]) -> None:
    """Ask what of these records is shared."""
    if records:
        open_dialog(window, ShareDialog, records)


class ShareDialog(Dialog):
    """The record is ticked, its texts and parts are not: what goes to others is chosen, never swept along."""

    title, verb = N_("Share"), N_("Share")
    usual = (720, 0)

    def build(self) -> None:
        self.records: list[Any] = []
        self.things: list[Shareable] = []
        self._asked = 0
        self._share, self._keep = "", self.keys.mark(_("Keep internal"))
        self.level = Combo()
        for level, words in _WHOM.items():
            self.level.addItem(icon(ICONS[level], "muted"), _(words), level)
        self.level.currentIndexChanged.connect(lambda _index: self._on_level())
        self.add_fields().row(_("Audience"), self.level)
        self.tree = ShareTree()
        self.tree.setMinimumHeight(LINES * (self.fontMetrics().height() + 8))
        self.tree.ticked.connect(self._on_ticked)
        self.column.addWidget(self.tree, 1)
        self.preview = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.preview.setMinimumHeight(4 * self.fontMetrics().lineSpacing())
        self.preview.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.preview.setProperty("muted", True)
        self.column.addWidget(self.preview)

    def take(self, records: list[Any]) -> None:
        """Share these."""
        self.records = records
        self._share = self._share or self.act_button.text()
        one = records[0].ref if len(records) == 1 else ""
        count = format_number(len(records))
        many = ngettext("Share {count} record", "Share {count} records", len(records)).format(count=count)
        self.setWindowTitle(_("Share {ref}").format(ref=one) if one else many)
        self._read()
        self.tree.setFocus()

    def typed(self) -> bool:
        return False

    # ---- reading

    def _read(self) -> None:
        """All that can be shared of the records, as they are now; a worker finds it."""
        self._asked += 1
        asked, records, workspace = self._asked, self.records, self.context.workspace
        self.things = []
        self.act_button.setEnabled(False)
        self.preview.setText(_("Reading what there is…"))

        def slow() -> list[Shareable]:
            try:
                fresh = (type(each).get_or_none(type(each).id == each.id) for each in records)
                found = [thing for each in fresh if each is not None for thing in sharing.shareable(each)]
                return _once(found)
            finally:
                workspace.engine.db.close()  # the connection of this thread alone

        self.context.work(slow, while_there(self, lambda found: self._show(asked, found)))

    def _show(self, asked: int, found: list[Shareable]) -> None:
        if asked == self._asked:
            self.things = found
            self.tree.show_things(found, self.level.currentData(), several=len(self.records) > 1)

    def _on_level(self) -> None:
        self.act_button.setText(self._keep if self._closes() else self._share)
        if self.things:
            self.tree.show_level(self.level.currentData())

    def _closes(self) -> bool:
        return bool(self.level.currentData() == INTERNAL)

    def _on_ticked(self) -> None:
        level, chosen = self.level.currentData(), self.tree.chosen()
        shown = [each.record for each in self.things if each.group == sharing.RECORD]
        self.preview.setText("\n".join(sentences(self.things, chosen, level, shown)))
        self.act_button.setEnabled(bool(concerned(chosen, level)))

    # ---- acting

    def act(self) -> int:
        chosen = [_anew(each) for each in self.tree.chosen()]
        there = [each for each in chosen if each is not None]
        if not there:
            raise Invalid(_("Nothing is ticked."))
        QApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            return sharing.share_these(self.context.workspace, there, self.level.currentData())
        finally:
            QApplication.restoreOverrideCursor()

    def done_with(self, result: int) -> None:
        window, level, records = self.parent(), self.level.currentData(), self.records
        words = ngettext("{count} thing", "{count} things", result)
        what = records[0].ref if len(records) == 1 else words.format(count=format_number(result))
        more: list[Any] = [(_("Undo"), lambda: getattr(window, "commands", window).run("undo"))]
        if len(records) == 1 and level != INTERNAL:
            more.append((_("What others see…"), lambda: _show_seen(window, records)))
        self.context.said.emit(_(_DONE[level]).format(what=what), more)


def _show_seen(window: Any, records: list[Any]) -> None:
    from desktop.ui.visibility.onlooker import show_seen

    show_seen(window, records)


def _once(found: list[Shareable]) -> list[Shareable]:
    """Whom several records name stands there once."""
    kept: dict[tuple[str, str], Shareable] = {}
    for each in found:
        kept.setdefault((each.record.uid, each.text), each)
    return list(kept.values())


def _anew(each: Shareable) -> Shareable | None:
    """The same of the record as it is now: while the dialog is open, one can go on working."""
    table = type(each.record)
    record = table.get_or_none(table.id == each.record.id)
    return replace(each, record=record) if record is not None else None

"""What can be decided at once: of what is selected, of a row, of a column, of all that is shown."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu

from desktop.export.intake.wayback import Kind, Proposal
from desktop.i18n import _
from desktop.ui.accesskeys import unmarked
from desktop.ui.icons import icon
from desktop.ui.intake.wayback.choices import Scope
from desktop.ui.intake.wayback.table import ChangesTable


def fill(menu: QMenu, table: ChangesTable) -> None:
    """Put in what can be decided now."""
    menu.clear()
    number = table.current()
    here = table.rows.choices.proposals[number] if number is not None else None
    chosen = [table.rows.choices.proposals[each] for each in table.selected()]
    conflicts = [each for each in chosen if each.kind is Kind.CONFLICT]
    can = any(each.open for each in chosen)
    take = _keyed(_("&Take what is selected"), Qt.Key.Key_Space)
    menu.addAction(icon("check"), take, lambda: table.decide_selected(True)).setEnabled(can)
    menu.addAction(_("&Leave what is selected"), lambda: table.decide_selected(False)).setEnabled(can)
    for words, key, side in (
        (_("Conflict: t&heirs"), Qt.Key.Key_1, True),
        (_("Conflict: &ours"), Qt.Key.Key_2, False),
    ):
        action = menu.addAction(_keyed(words, key), lambda side=side: table.decide_conflicts(side))
        action.setEnabled(bool(conflicts))
    menu.addSeparator()
    _add_scope(menu, table, Scope.ROW, here if here is not None and here.row else None)
    _add_scope(menu, table, Scope.COLUMN, here if here is not None and here.column else None)
    _add_scope(menu, table, Scope.ALL, here)
    menu.addSeparator()
    copy = _keyed(_("&Copy"), QKeySequence.StandardKey.Copy)
    menu.addAction(icon("copy"), copy, table.copy_requested.emit).setEnabled(bool(chosen))


def _keyed(words: str, keys: Any) -> str:
    """The words with their keys, which are the table's own: as a shortcut they would work in the buttons too."""
    return f"{words}\t{QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)}"


def _add_scope(menu: QMenu, table: ChangesTable, scope: Scope, here: Proposal | None) -> None:
    for words, take in _words(scope, here):
        found = table.within(scope, take) if here is not None else []
        action = menu.addAction(words, lambda found=found, take=take: table.rows.decide(found, take))
        action.setEnabled(bool(found))


def _words(scope: Scope, here: Proposal | None) -> tuple[tuple[str, bool], ...]:
    if scope is Scope.ROW:
        return ((_("Take this &row"), True), (_("Leave this ro&w"), False))
    if scope is Scope.ALL:
        return ((_("Take &all changes shown"), True), (_("Lea&ve all shown"), False))
    column = unmarked(here.heading or here.letter) if here is not None else ""
    if not column:
        return ((_("Take this col&umn"), True), (_("Leave this colu&mn"), False))
    if here is not None and here.clears:
        taken = _("Take this col&umn with its emptied cells: {column}").format(column=column)
    else:
        taken = _("Take this col&umn: {column}").format(column=column)
    return ((taken, True), (_("Leave this colu&mn: {column}").format(column=column), False))

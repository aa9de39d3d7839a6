"""The widgets of the page of changes and how they play together: filters, list, the whole of one, what is decided."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMenu,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QSplitter,
    QStackedLayout,
    QToolButton,
    QWidget,
)

from desktop.i18n import N_, _, format_number, join_parts, ngettext
from desktop.ui import theme
from desktop.ui.accesskeys import with_access_keys
from desktop.ui.announce import announce
from desktop.ui.dialogs.dialog import Dialog
from desktop.ui.intake.wayback import menu
from desktop.ui.intake.wayback.choices import Choices
from desktop.ui.intake.wayback.detail import Detail
from desktop.ui.intake.wayback.head import Head
from desktop.ui.intake.wayback.table import ChangesTable
from desktop.ui.widgets.emptystate import EmptyState

NONE_FOUND = N_("None of the changes is like that. Clear the filter to see them all.")
CLEAR = N_("Clear the filter")


class ChangesForm(Dialog):
    """Shows proposals and lets them be decided."""

    def build(self) -> None:
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self.busy = False
        self.head, self.table, self.detail = Head(), ChangesTable(), Detail()
        self.table.setAccessibleName(_("Changes"))
        self.nothing = EmptyState("search", _(NONE_FOUND))
        lists = QWidget()
        self._lists = QStackedLayout(lists)
        self._lists.addWidget(self.table)
        self._lists.addWidget(self.nothing)
        parts = QSplitter(Qt.Orientation.Vertical, handleWidth=1, childrenCollapsible=False)
        parts.addWidget(lists)
        parts.addWidget(self.detail)
        parts.setStretchFactor(0, 3)
        parts.setStretchFactor(1, 2)
        parts.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.bar = QProgressBar(textVisible=False, visible=False)
        self.bar.setRange(0, 0)
        self.bar.setAccessibleName(_("Progress of the taking over"))
        self.column.setContentsMargins(theme.WIDE, theme.MEDIUM, theme.WIDE, 0)
        self.column.setSpacing(theme.SMALL)
        self.column.addWidget(self.head)
        self.column.addWidget(parts, 1_000)  # the base leaves the rest empty
        self.column.addWidget(self.bar)
        self._build_foot()
        self._wire()

    def _build_foot(self) -> None:
        self.several = QToolButton(popupMode=QToolButton.ToolButtonPopupMode.InstantPopup)
        self.several.setText(self.keys.mark(_("Decide several")))
        self.several.setProperty("filter", True)
        self.several.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(lambda: menu.fill(self._menu, self.table))
        self.several.setMenu(self._menu)
        self.save_button = QPushButton(self.keys.mark(_("Save the list…")), autoDefault=False)
        self.count = QLabel(textFormat=Qt.TextFormat.PlainText)
        self.count.setProperty("muted", True)

    def _wire(self) -> None:
        table, head = self.table, self.head
        head.kinds.changed.connect(self._narrow)
        head.search.text_changed_settled.connect(lambda _text: self._narrow())
        head.search.down_pressed.connect(table.setFocus)
        self.nothing.action_requested.connect(self._clear)
        table.find_requested.connect(self._find)
        table.menu_requested.connect(self._show_menu)
        table.read_requested.connect(self.detail.setFocus)
        table.moved.connect(self._show_current)
        table.rows.decided.connect(self._on_decided)
        self.detail.chosen.connect(self._on_chosen)

    def add_foot(self) -> None:
        """What stands at the left of the buttons, once these are there."""
        row = QHBoxLayout(spacing=theme.SMALL)
        for part in (self.several, self.save_button, self.count):
            row.addWidget(part)
        self.foot.insertLayout(0, row)
        self.act_button.setDefault(False)  # Enter in the list reads
        self.act_button.setAutoDefault(False)
        self.cancel_button.setText(_("Close"))

    # ---- what is shown

    def choices(self) -> Choices:
        """What is decided."""
        return self.table.rows.choices

    def show_choices(self, choices: Choices) -> None:
        """Show all of these, with what is decided of them: whatever was sought among others is not."""
        self.head.clear()
        self.head.kinds.show_counts(choices.kinds())
        self.table.rows.show_choices(choices)
        self._narrow()
        self._on_decided()

    def _narrow(self) -> None:
        rows = self.table.rows
        rows.narrow(self.head.kinds.chosen(), self.head.search.text())
        shown, every = len(rows.numbers), len(rows.choices)
        if not shown:
            if every:
                sentence = _(NONE_FOUND)
            else:
                sentence = _("The workbook says what the workspace says; there is nothing to take over.")
            self.nothing.say("search" if every else "check", sentence, _(CLEAR) if every else "")
        self._lists.setCurrentIndex(0 if shown else 1)
        self._count()
        announce(self, self.count.text())

    def _count(self) -> None:
        numbers, choices = self.table.rows.numbers, self.choices()
        shown_fixed, fixed = choices.fixed(numbers), choices.fixed()
        shown, every = len(numbers) - shown_fixed, len(choices) - fixed
        if shown < every:
            text = ngettext("{shown} of {count} change", "{shown} of {count} changes", every)
        else:
            text = ngettext("{count} change", "{count} changes", every)
        told = [text.format(shown=format_number(shown), count=format_number(every))]
        if fixed:
            if shown_fixed < fixed:
                text = ngettext(
                    "{shown} of {count} that cannot be taken",
                    "{shown} of {count} that cannot be taken",
                    fixed,
                )
            else:
                text = ngettext("{count} that cannot be taken", "{count} that cannot be taken", fixed)
            told.append(text.format(shown=format_number(shown_fixed), count=format_number(fixed)))
        open_ones = self.choices().undecided()
        if open_ones:
            words_ = ngettext(
                "{count} conflict is not decided", "{count} conflicts are not decided", open_ones
            )
            told.append(words_.format(count=format_number(open_ones)))
        self.count.setText(join_parts(*told))

    def _show_current(self) -> None:
        number = self.table.current()
        if number is None or number >= len(self.choices()):
            self.detail.show_proposal(None, None)
        else:
            self.detail.show_proposal(self.choices().proposals[number], self.choices().taken(number))

    def _clear(self) -> None:
        self.head.clear()
        self._narrow()
        self.table.setFocus()

    def _find(self, text: str) -> None:
        self.head.search.setFocus()
        self.head.search.setText(text)

    def _show_menu(self, place: QPoint) -> None:
        self._menu.popup(place)

    # ---- deciding

    def _on_chosen(self, take: bool) -> None:
        number = self.table.current()
        if number is not None:
            self.table.rows.decide([number], take)

    def _on_decided(self) -> None:
        """Say what the button would do, and let it."""
        count = self.choices().count()
        said = ngettext("Take over {count} change", "Take over {count} changes", count)
        said = said.format(count=format_number(count)) if count else _("Take over")
        taken = (
            each.text().partition("&")[2][:1] for each in (self.several, self.save_button, self.cancel_button)
        )
        self.act_button.setText(with_access_keys([said], taken)[0])
        self.act_button.setEnabled(bool(count) and not self.busy)
        self.save_button.setEnabled(count < len(self.choices()))
        self._count()
        self._show_current()

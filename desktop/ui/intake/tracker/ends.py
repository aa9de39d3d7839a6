"""The foot of the wizard: keep the mapping, how far it is, back, and the button that says what it would do."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QProgressBar, QPushButton, QWidget

from desktop.i18n import _, format_number, ngettext
from desktop.ui.intake.tracker.savedialog import save_mapping

if TYPE_CHECKING:
    from desktop.ui.intake.tracker.wizard import TrackerWizard


class Ends:
    """Beside the buttons that every dialog has."""

    def __init__(self, wizard: TrackerWizard) -> None:
        self.wizard = wizard
        self.bar = QProgressBar(visible=False, textVisible=False)
        self.bar.setAccessibleName(_("Progress"))
        self.bar.setFixedWidth(220)
        self.save = QPushButton(wizard.keys.mark(_("Save this mapping…")), autoDefault=False)
        self.save.clicked.connect(lambda: save_mapping(wizard))
        self.back = QPushButton(wizard.keys.mark(_("Back")), autoDefault=False)
        self.back.clicked.connect(lambda: wizard.go(wizard.at - 1))

    def put_in(self) -> None:
        """Put them into the foot, once it is there."""
        wizard, foot = self.wizard, self.wizard.foot
        if foot.indexOf(self.save) >= 0:
            return
        foot.insertWidget(0, self.save)
        foot.insertWidget(2, self.bar)
        foot.insertWidget(foot.indexOf(wizard.act_button), self.back)
        circle = (self.save, wizard.cancel_button, self.back, wizard.act_button)
        for before, after in pairwise(circle):
            QWidget.setTabOrder(before, after)
        wizard.list.setFixedWidth(wizard.list.needed_width())

    def offer(self, ready: bool) -> None:
        """Say what the button would do, and let it."""
        wizard, act = self.wizard, self.wizard.act_button
        plan = wizard.held.plan
        self.save.setEnabled(ready)
        self.back.setEnabled(ready and wizard.at > 0)
        if wizard.at < len(wizard.steps) - 1 or plan is None:
            act.setText(_("Next"))
            act.setEnabled(ready)
            return
        count = sum(wizard.held.decided.counts(plan))
        words = ngettext("Take in {count} record", "Take in {count} records", count)
        act.setText(words.format(count=format_number(count)))
        act.setEnabled(ready and count > 0)

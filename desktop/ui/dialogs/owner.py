"""Hand the selected records over to another officer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from desktop.i18n import N_, _, ngettext
from desktop.model import Invalid, Person
from desktop.service import directory, records
from desktop.ui.dialogs.dialog import Dialog, open_dialog
from desktop.ui.widgets.combo import Combo

if TYPE_CHECKING:
    from desktop.ui.window import MainWindow


def change_owner(window: MainWindow) -> None:
    """Open the dialog for what is selected."""
    open_dialog(window, OwnerDialog, window.selected())


class OwnerDialog(Dialog):
    """Which officer."""

    title, verb = N_("Change owner"), N_("Hand over")
    usual = (440, 0)

    def build(self) -> None:
        self.records: list[Any] = []
        self.main = self.add_fields()
        self.officer = Combo()
        for person in directory.officers():
            self.officer.addItem(person.name, person.id)
        self.main.row(_("New owner"), self.officer)

    def take(self, chosen: list[Any]) -> None:
        """Hand these over."""
        self.records = chosen
        owners = {record.owner_id for record in chosen}
        for place in range(self.officer.count()):
            if self.officer.itemData(place) not in owners:
                self.officer.setCurrentIndex(place)
                break

    def act(self) -> int:
        if self.officer.currentData() is None:
            raise Invalid(_("The directory has no officer of this post; add one under People."))
        owner = Person.get_by_id(self.officer.currentData())
        return records.change_owner(self.context.workspace, self.records, owner)

    def done_with(self, result: int) -> None:
        words = ngettext("{count} record has a new owner.", "{count} records have a new owner.", result)
        self.context.said.emit(words.format(count=result), [])

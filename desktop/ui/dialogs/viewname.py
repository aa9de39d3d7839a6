"""Save what a list shows as a view, under a name; give a view another name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from desktop.i18n import N_, _, quoted
from desktop.model import Invalid, SavedView, field
from desktop.model.kinds import SortKey
from desktop.service import views
from desktop.service.views import Definition, View
from desktop.ui.dialogs.dialog import Dialog, open_dialog
from desktop.ui.fields import text_of

if TYPE_CHECKING:
    from desktop.ui.window import MainWindow


def save_view(window: MainWindow) -> None:
    """Ask under which name to keep what the page shows."""
    page = getattr(window.page, "page", window.page)
    if hasattr(page, "definition"):
        open_dialog(window, SaveViewDialog, page)


def rename_view(window: MainWindow, view: View) -> None:
    """Ask for another name of a view."""
    open_dialog(window, RenameViewDialog, view)


class _NameDialog(Dialog):
    """One name."""

    usual = (440, 0)

    def build(self) -> None:
        self.main = self.add_fields()
        self.name = self.main.add(field(SavedView, "name"))
        self.name.edited.connect(self._look)

    def typed(self) -> bool:
        return False  # a name is soon typed again

    def _look(self) -> None:
        """Tell of a view that bears the name already."""

    def _bearer(self) -> View | None:
        wanted = SortKey.key(text_of(self.name).strip())
        return next((view for view in views.views() if SortKey.key(view.name) == wanted), None)


class SaveViewDialog(_NameDialog):
    """A name that a view has already replaces it: undo brings the other one back."""

    title, verb = N_("Save this view"), N_("Save")

    def take(self, page: Any) -> None:
        """Keep what this page shows."""
        self._entity: Any = page.entity
        self._definition: Definition = page.definition()
        shown = page.view
        self.main.give("name", shown.name if shown is not None and not shown.shipped else "")
        self._look()
        self.name.setFocus()

    def _look(self) -> None:
        there = self._bearer()
        words = _("Replaces the view “{name}”.") if there is not None and not there.shipped else ""
        self.name.show_note(words.format(name=quoted(there.name)) if there is not None else "")

    def act(self) -> View:
        name = self.name.value()
        return views.save(self.context.workspace, name, self._entity, self._definition, instead=True)

    def done_with(self, result: View) -> None:
        window = self.parent()
        window.shelf.open(result)
        words = _("The view “{view}” was saved; it stands in the side bar.")
        self.context.said.emit(words.format(view=quoted(result.name)), [])


class RenameViewDialog(_NameDialog):
    """Another name for a view."""

    title, verb = N_("Rename the view"), N_("Rename")

    def take(self, view: View) -> None:
        """Rename this one."""
        self._view = view
        self.main.give("name", view.name)
        self.name.setFocus()

    def act(self) -> View:
        if not self.name.value():
            raise Invalid(_("Give the view a name."), "name")
        return views.rename(self.context.workspace, self._view, self.name.value())

"""Workbook layouts and label packs: what there is, and what can be done with it; each change is kept at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QPushButton, QSplitter, QTabWidget, QVBoxLayout, QWidget

from desktop.export import layouts
from desktop.export.errors import ExportError
from desktop.export.layouts import Definition, Pack
from desktop.export.names import file_name
from desktop.export.request import Request
from desktop.i18n import N_, _, quoted, why
from desktop.model.kinds import SortKey
from desktop.ui import enterkey, theme
from desktop.ui.context import KNOWN_PROBLEMS
from desktop.ui.dialogs.dialog import Dialog, open_dialog
from desktop.ui.savefile import chosen_path
from desktop.ui.workbook.editor import LayoutEditor
from desktop.ui.workbook.library import Library
from desktop.ui.workbook.packs import PackEditor
from desktop.ui.workbook.preview import show_preview

if TYPE_CHECKING:
    from desktop.ui.window import MainWindow

SUFFIX = ".json"


def edit_layouts(window: MainWindow) -> None:
    """Open the layouts."""
    open_dialog(window, LayoutsDialog)


class LayoutsDialog(Dialog):
    """Nothing is lost when it is closed: what was changed is kept."""

    title, verb = N_("Workbook layouts"), N_("Close")
    usual = (1120, 640)

    def build(self) -> None:
        self.column.setContentsMargins(theme.WIDE, theme.MEDIUM, theme.WIDE, 0)
        self.preview_button = QPushButton(self.keys.mark(_("Preview…")), autoDefault=False)
        self.export_button = QPushButton(self.keys.mark(_("Export…")), autoDefault=False)
        self.layouts_page, self.packs_page = _LayoutsPage(self), _PacksPage(self)
        self.tabs = QTabWidget(documentMode=True)
        self.tabs.addTab(self.layouts_page, _("Layouts"))
        self.tabs.addTab(self.packs_page, _("Label packs"))
        self.column.addWidget(self.tabs, 1_000)  # the base leaves the rest empty
        self.preview_button.clicked.connect(self.show_preview)
        self.export_button.clicked.connect(self.export)
        self.tabs.currentChanged.connect(lambda _number: self._offer())
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self.refresh)
        self.context.changed.connect(self._on_changed)
        self.context.stopping.connect(self._later.stop)
        for keys, command in ((QKeySequence.StandardKey.Undo, "undo"), ("Ctrl+Shift+Z", "redo")):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.activated.connect(lambda command=command: self.undo(command))

    def take(self, *_given: Any) -> None:
        self.cancel_button.hide()
        self.act_button.setDefault(False)  # Enter in a table or a line is that one's
        self.act_button.setAutoDefault(False)
        self.foot.insertWidget(0, self.preview_button)
        self.foot.insertWidget(1, self.export_button)
        before = self.cancel_button.previousInFocusChain()
        for button in (self.preview_button, self.export_button):
            self.setTabOrder(before, button)
            before = button
        self.refresh()
        self.layouts_page.library.list.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not enterkey.pressed(self, event):  # no button is the default here
            super().keyPressEvent(event)

    def _offer(self) -> None:
        here = self.tabs.currentWidget() is self.layouts_page
        self.preview_button.setVisible(here)
        self.export_button.setVisible(here)

    def typed(self) -> bool:
        return False

    def act(self) -> None:
        return None

    def _on_changed(self, _committed: Any) -> None:
        self._later.start()

    def refresh(self) -> None:
        """Show what there is now, as after an undo."""
        self.layouts_page.refresh()
        self.packs_page.refresh()

    def undo(self, command: str) -> None:
        """Take back the last change, or bring it back, as the window does."""
        window: Any = self.parent()
        if window is not None and hasattr(window, "commands"):
            window.commands.run(command)

    def tell(self, sentence: str, actions: Any = ()) -> None:
        """Say that something was done."""
        self.messages.show_message(sentence, "success", actions, timeout=8_000)

    def refuse(self, sentence: str) -> None:
        """Say that something was not done, and why."""
        self.messages.show_message(sentence, "error")

    def attempt(self, verb: Callable[[], Any]) -> Any:
        """The result of a verb; None after it was told why there is none."""
        try:
            return verb()
        except (*KNOWN_PROBLEMS, ExportError) as error:
            self.refuse(str(error))
        except OSError as error:
            name = Path(error.filename).name if error.filename else _("The file")
            self.refuse(_("{file} cannot be read or written: {why}.").format(file=name, why=why(error)))
        return None

    def show_preview(self) -> None:
        """Show a workbook in the layout that is shown, as it would be."""
        shown = self.layouts_page.editor.shown
        if shown is not None:
            show_preview(self, self.context, self._request(shown), export=self.export)

    def _request(self, shown: Definition) -> Request:
        officer = self.context.workspace.officer
        return Request(layout=shown.key, prepared_by=officer.name if officer else "")

    def export(self) -> None:
        """Go on to the export in this layout."""
        window, shown = self.parent(), self.layouts_page.editor.shown
        if shown is not None and window is not None and hasattr(window, "commands"):
            self.finish()
            window.commands.run("export", Request(layout=shown.key))


class _Page(QWidget):
    """A list at the left, an editor at the right."""

    def __init__(self, dialog: LayoutsDialog, library: Library, editor: QWidget) -> None:
        super().__init__()
        self.dialog, self.library, self.editor = dialog, library, editor
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(1)
        library.setContentsMargins(0, 0, theme.MEDIUM, 0)
        editor.setContentsMargins(theme.MEDIUM, 0, 0, 0)
        split.addWidget(library)
        split.addWidget(editor)
        split.setStretchFactor(0, 0)
        split.setStretchFactor(1, 1)
        split.setSizes([230, 800])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.MEDIUM, 0, 0)
        column.addWidget(split)
        library.picked.connect(self._pick)
        library.copy_requested.connect(self._copy)
        library.delete_requested.connect(self._delete)
        library.renamed.connect(self._rename)
        editor.copy_requested.connect(lambda: self._copy(library.current()))
        editor.problem.connect(dialog.refuse)

    @property
    def workspace(self) -> Any:
        return self.dialog.context.workspace

    def things(self) -> list[Any]:
        """All that there are."""
        raise NotImplementedError

    def show_thing(self, thing: Any) -> None:
        """Show one in the editor."""
        raise NotImplementedError

    def refresh(self) -> None:
        """Show what there is now; nothing moves where nothing is different."""
        there = self.things()
        names = [(each.key, each.title) for each in there]
        if names != self._listed():
            self.library.fill(there)
        else:
            self.library.know(there)
        now = self.library.thing()
        if now is not None and now != self.editor.shown:
            self.show_thing(now)

    def _listed(self) -> list[tuple[str, str]]:
        items = [self.library.list.item(row) for row in range(self.library.list.count())]
        return [self.library.named(item) for item in items]

    def _pick(self, _key: str) -> None:
        thing = self.library.thing()
        if thing is not None and thing != self.editor.shown:
            self.show_thing(thing)

    def free_name(self, name: str) -> str:
        """A name like this one that is not taken."""
        taken = {SortKey.key(each.title) for each in self.things()}
        found, number = _("{name} (copy)").format(name=name), 1
        while SortKey.key(found) in taken:
            number += 1
            found = _("{name} (copy {number})").format(name=name, number=number)
        return found

    def _done(self, made: Any) -> None:
        """One that was just made: be on it, its name ready to be typed."""
        if made is not None:
            self.library.fill(self.things(), made.key)
            self.library.edit()

    def _copy(self, _key: str) -> None:
        raise NotImplementedError

    def _delete(self, _key: str) -> None:
        raise NotImplementedError

    def _rename(self, _key: str, _name: str) -> None:
        raise NotImplementedError

    def _gone(self, name: str, words: str) -> None:
        self.library.fill(self.things())
        undo = [(_("Undo"), lambda: self.dialog.undo("undo"))]
        self.dialog.tell(words.format(name=quoted(name)), undo)


class _LayoutsPage(_Page):
    """The layouts of the workbook."""

    def __init__(self, dialog: LayoutsDialog) -> None:
        keys = dialog.keys.apart()
        library = Library(_("Layouts"), keys)
        taking, giving = library.add_button(_("Import…")), library.add_button(_("Export to a file…"))
        super().__init__(dialog, library, LayoutEditor(dialog.context, keys))
        taking.clicked.connect(lambda _down=False: self.ask_to_read())
        giving.clicked.connect(lambda _down=False: self.ask_to_write())

    def things(self) -> list[Definition]:
        return [each for each in layouts.layouts() if each.sheets]

    def show_thing(self, thing: Definition) -> None:
        self.editor.show_layout(thing)

    def _copy(self, _key: str) -> None:
        thing = self.library.thing()
        name = self.free_name(thing.title)
        self._done(self.dialog.attempt(lambda: layouts.copy(self.workspace, thing, name)))

    def _rename(self, _key: str, name: str) -> None:
        thing = self.library.thing()
        self.dialog.attempt(lambda: layouts.rename(self.workspace, thing, name))
        self.library.fill(self.things())
        self.refresh()

    def _delete(self, _key: str) -> None:
        thing: Definition = self.library.thing()

        def act() -> bool:
            layouts.delete(self.workspace, thing)
            return True

        if self.dialog.attempt(act):
            self._gone(thing.title, _("The layout “{name}” was deleted."))

    def ask_to_write(self) -> None:
        """Ask for a file, and write the layout to it."""
        thing: Definition = self.library.thing()
        folder = Path(self.dialog.context.settings.export_folder or self.dialog.context.places.documents)
        suggested = folder / f"{file_name(thing.title) or 'layout'}{SUFFIX}"
        path = self.dialog.attempt(
            lambda: chosen_path(self, _("Export the layout"), suggested, _("Layouts"), SUFFIX)
        )
        if path is not None:
            self.write(path)

    def write(self, path: Path) -> None:
        """Write the layout to a file."""

        def act() -> bool:
            layouts.write(self.library.thing(), path)
            return True

        if self.dialog.attempt(act):
            self.dialog.tell(_("{file} was written.").format(file=path.name))

    def ask_to_read(self) -> None:
        """Ask for a file, and keep the layout that is in it."""
        kind = _("Layouts (*{suffix})").format(suffix=SUFFIX)
        name, _kind = QFileDialog.getOpenFileName(
            self, _("Import a layout"), self.dialog.context.settings.export_folder, kind
        )
        if name:
            self.read(Path(name))

    def read(self, path: Path) -> None:
        """Keep the layout of a file."""
        made = self.dialog.attempt(lambda: layouts.read(self.workspace, path))
        if made is not None:
            self.library.fill(self.things(), made.key)
            self.dialog.tell(_("The layout “{name}” was taken in.").format(name=quoted(made.title)))


class _PacksPage(_Page):
    """The words of others for our scales."""

    def __init__(self, dialog: LayoutsDialog) -> None:
        keys = dialog.keys.apart()
        super().__init__(dialog, Library(_("Label packs"), keys), PackEditor(dialog.context, keys))

    def things(self) -> list[Pack]:
        return layouts.all_packs()

    def show_thing(self, thing: Pack) -> None:
        self.editor.show_pack(thing)

    def _copy(self, _key: str) -> None:
        thing = self.library.thing()
        name = self.free_name(thing.title)
        self._done(self.dialog.attempt(lambda: layouts.copy_pack(self.workspace, thing, name)))

    def _rename(self, _key: str, name: str) -> None:
        thing = self.library.thing()
        self.dialog.attempt(lambda: layouts.rename_pack(self.workspace, thing, name))
        self.library.fill(self.things())
        self.refresh()

    def _delete(self, _key: str) -> None:
        thing: Pack = self.library.thing()

        def act() -> bool:
            layouts.delete_pack(self.workspace, thing)
            return True

        if self.dialog.attempt(act):
            self._gone(thing.title, _("The label pack “{name}” was deleted."))

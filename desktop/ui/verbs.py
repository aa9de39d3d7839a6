"""What the commands of the window do, where no dialog is needed. Each takes the window."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QAbstractItemView, QApplication, QFileDialog, QMenu, QWidget

from desktop.i18n import _, format_number, ngettext
from desktop.model import Invalid
from desktop.paths import WORKSPACE_SUFFIX
from desktop.service import backups, catalogue, directory, records
from desktop.service import undo as taking_back
from desktop.service.backups import Made
from desktop.ui import layout
from desktop.ui.accesskeys import unmarked
from desktop.ui.apart import while_there
from desktop.ui.lists.menus import fill_grouping
from desktop.ui.standing import Banner
from desktop.ui.widgets.messagebar import MessageBar

if TYPE_CHECKING:
    from desktop.ui.window import MainWindow


def undo(window: MainWindow) -> None:
    """Take back the last edit."""
    _go(window, taking_back.undo, _("Undone: {what}"))


def redo(window: MainWindow) -> None:
    """Bring back what the last undo took away."""
    _go(window, taking_back.redo, _("Done again: {what}"))


def _go(window: MainWindow, verb: Any, words: str) -> None:
    context = window.context
    label = context.attempt(lambda: verb(context.workspace))
    if label:
        context.said.emit(words.format(what=label), [])


def delete(window: MainWindow) -> None:
    """Delete the selected records; undo brings them back."""
    chosen = window.selected()
    context = window.context
    one = context.workspace.say(chosen[0]) if len(chosen) == 1 else ""

    def act() -> bool:
        records.delete(context.workspace, chosen)
        return True

    if context.attempt(act):
        words = ngettext("{record} was deleted.", "{count} records were deleted.", len(chosen))
        sentence = words.format(record=one, count=format_number(len(chosen)))
        context.said.emit(sentence, [(_("Undo"), lambda: undo(window))])


def copy(window: MainWindow) -> None:
    """Copy the selected rows for a spreadsheet."""
    page = getattr(window.page, "page", window.page)
    (page if hasattr(page, "copy") else page.table).copy()


def find(window: MainWindow) -> None:
    """Go to the search box of the page shown; from a page without one, to the follow-ups'."""
    if not hasattr(window.page, "focus_search"):
        window.show_page("follow_up")
    window.ask("focus_search")


def show_page(window: MainWindow, key: str) -> None:
    """Show a page, ready for the keyboard."""
    window.show_page(key).setFocus()


def edit(window: MainWindow) -> None:
    """Go to the first field of the record's form."""
    if not window.pane.wanted:
        toggle_pane(window)
    window.pane.record_pane().edit()


def open_record(window: MainWindow) -> None:
    """Show the selected record in a window of its own."""
    window.pane.open_window(window.selected()[0])


def link(window: MainWindow) -> None:
    """Link the selected record to another one."""
    if not window.pane.wanted:
        toggle_pane(window)
    window.pane.record_pane().begin_link()


def toggle_pane(window: MainWindow) -> None:
    """Show or hide the record pane."""
    window.pane.set_wanted(not window.pane.wanted)
    layout.make_room(window)


def toggle_side_bar(window: MainWindow) -> None:
    """Shrink the side bar to icons, or give it its words back."""
    window.sidebar.set_shrunk(not window.sidebar.is_shrunk())


def next_pane(window: MainWindow) -> None:
    """Go on to the next part of the window: side bar, page, a message with something to do about it, record."""
    _go_to_pane(window, 1)


def previous_pane(window: MainWindow) -> None:
    """Go back to the part of the window before."""
    _go_to_pane(window, -1)


def _go_to_pane(window: MainWindow, step: int) -> None:
    standing = [each for each in window.findChildren(Banner) if not each.isHidden() and each.buttons()]
    parts: list[QWidget] = [window.sidebar, *standing, window.page]
    if window.messages.text() and window.messages.buttons():
        parts.append(window.messages)
    if window.pane.isVisible() and window.ask("selected_count", 0) == 1:
        parts.append(window.pane)
    focus = window.focusWidget()
    here = next((place for place, part in enumerate(parts) if focus and part.isAncestorOf(focus)), 0)
    part = parts[(here + step) % len(parts)]
    if part is window.pane:
        window.pane.record_pane().edit()
    elif isinstance(part, MessageBar):
        part.go_in()
    elif part is window.sidebar:
        part.findChild(QAbstractItemView).setFocus()
    else:
        part.setFocus()


def reset_layout(window: MainWindow) -> None:
    """Arrange window and lists as they were at first."""
    layout.reset(window)
    window.rebuild_requested.emit()


def leave(window: MainWindow) -> None:
    """Quit."""
    window.close()


# ---- workspaces


def new_workspace(window: MainWindow) -> None:
    """Begin another workspace."""
    window.workspace_requested.emit(None)


def open_workspace(window: MainWindow) -> None:
    """Open another workspace."""
    here = str(window.context.workspace.engine.path.parent)
    kind = _("Juntos workspaces (*{suffix})").format(suffix=WORKSPACE_SUFFIX)
    name, _kind = QFileDialog.getOpenFileName(window, _("Open workspace"), here, kind)
    if name:
        window.workspace_requested.emit(Path(name))


def fill_recent(window: MainWindow, menu: QMenu) -> None:
    """The workspaces opened lately; those that are not there any more cannot be chosen."""
    menu.clear()
    open_now = window.context.workspace.engine.path
    for number, text in enumerate(window.context.settings.recent_workspaces, 1):
        path = Path(text)
        action = menu.addAction(f"&{number % 10}  {unmarked(f'{path.stem} — {path.parent}')}")
        action.setEnabled(path.is_file() and path != open_now)
        action.triggered.connect(lambda _checked=False, path=path: window.workspace_requested.emit(path))


def fill_officers(window: MainWindow, menu: QMenu) -> None:
    """The officers of the post, with the one who works here marked."""
    menu.clear()
    now = window.context.workspace.officer
    for number, officer in enumerate(directory.officers(), 1):
        action = menu.addAction(
            f"&{number}  {unmarked(officer.name)}" if number < 10 else unmarked(officer.name)
        )
        action.setCheckable(True)
        action.setChecked(now is not None and officer.uid == now.uid)
        action.triggered.connect(lambda _checked=False, uid=officer.uid: window.officer_chosen.emit(uid))


def fill_groups(window: MainWindow, menu: QMenu) -> None:
    """By what the list of the page shown can be grouped."""
    page = getattr(window.page, "page", window.page)
    menu.clear()
    menu.setEnabled(hasattr(page, "table") and hasattr(page, "group_button"))
    if menu.isEnabled():
        fill_grouping(page.table, menu)


def back_up(window: MainWindow) -> None:
    """Write a backup now."""
    workspace = window.context.workspace

    def done(made: Made) -> None:
        window.status.show_kept()
        window.context.said.emit(
            _("A backup was written: {file}").format(file=made.path.name),
            [(_("Show in folder"), lambda: show_in_folder(made.path))],
        )
        if made.notice:
            window.context.problem.emit(made.notice)

    window.context.work(lambda: backups.make(workspace, "asked"), while_there(window, done), asked=True)


def load_catalogue(window: MainWindow) -> None:
    """Add what the catalogue has and the workspace does not."""
    context = window.context
    loaded = context.attempt(lambda: catalogue.load(context.workspace))
    if loaded is None:
        return
    made = sum(loaded.made.values())
    words = (
        ngettext(
            "{count} record of the catalogue was added.", "{count} records of the catalogue were added.", made
        )
        if made
        else _("The catalogue was loaded already; nothing was changed.")
    )
    context.said.emit(words.format(count=format_number(made)), [])


def open_log_folder(window: MainWindow) -> None:
    """Show where the log is."""
    window.context.attempt(lambda: open_path(window.context.places.log_file.parent))


def open_path(path: Path) -> None:
    """Open a file or a folder with the program that the system has for it; raises `Invalid` where there is none."""
    if not (path.exists() and QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))):
        raise Invalid(_("{path} cannot be opened.").format(path=path))


def show_in_folder(path: Path) -> None:
    """Open the folder of a file; raises `Invalid` where that cannot be."""
    open_path(path.parent)


def copy_text(text: str) -> None:
    """Put a text on the clipboard."""
    QApplication.clipboard().setText(text)

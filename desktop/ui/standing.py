"""What stands over the pages for as long as it is so: that nothing can be saved, that the file is not as it was left,
that it lies where it is in danger, that it was moved away or is damaged; and the ways on from there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QToolButton

from desktop.i18n import _
from desktop.paths import APPLICATION, WORKSPACE_SUFFIX
from desktop.service.workspace import Workspace
from desktop.store import locking
from desktop.store.errors import StoreError
from desktop.store.witness import STALE_WAL, TAKEN_OVER
from desktop.ui import layout
from desktop.ui.freepath import free_path
from desktop.ui.named import named
from desktop.ui.widgets.messagebar import MessageBar

if TYPE_CHECKING:
    from desktop.ui.session import Session

Actions = list[tuple[str, Callable[[], Any]]]
"""Words of a button, and what it calls."""
BACKUPS = "desktop.ui.backups.dialog:show_backups"
CHECK = "desktop.ui.checking.dialog:check_workspace"
COPIES = "desktop.ui.recovery.copies"
WATCHED_MS = 2000
"""How often it is looked whether the file still lies where it was opened."""
WARNED = "warned"
"""Under which name the settings keep the folders of which it was said what is to be feared there."""


def title_of(workspace: Workspace) -> str:
    """What the title bar of the window says."""
    name = workspace.facts.post
    if workspace.readonly:
        name = _("{title} (read-only)").format(title=name or workspace.engine.path.name)
    # It ends with the application's name: otherwise Qt puts that behind it once more.
    return f"{name} — {APPLICATION}" if name else APPLICATION


class Banner(MessageBar):
    """A message that goes when it is no longer so, not when somebody is tired of it; unless it is `passing`."""

    def __init__(self, *, passing: bool = False) -> None:
        super().__init__()
        self.passing = passing
        self.findChild(QToolButton).setVisible(passing)

    def dismiss(self) -> None:
        if self.passing:
            super().dismiss()

    def retire(self) -> None:
        """It is no longer so."""
        super().dismiss()


class Standing(QObject):
    """The banners of a window."""

    def __init__(self, session: Session) -> None:
        super().__init__(session.window)
        self.session, self.window, self.context = session, session.window, session.context
        self.workspace: Workspace = self.context.workspace
        self.banners: dict[str, Banner] = {}
        """By what they are about."""
        self._place = 0
        self._tell_readonly()
        self._tell_finding()
        self._tell_warning()
        self.context.broke.connect(self._tell_broken)
        self._watch = QTimer(self, interval=WATCHED_MS, timeout=self.look)
        self.context.stopping.connect(self._watch.stop)
        self._watch.start()

    def show(
        self,
        about: str,
        sentence: str,
        actions: Actions,
        *,
        error: bool = False,
        passing: bool = False,
    ) -> Banner:
        """Say something over the pages; what was said about the same before goes."""
        banner = self.banners.get(about)
        if banner is None:
            banner = self.banners[about] = Banner(passing=passing)
            layout.over_pages(self.window, banner, self._place)
            self._place += 1
        safe = [(words, lambda call=call: self.context.safely(call)) for words, call in actions]
        banner.show_message(sentence, "error" if error else "info", safe)
        return banner

    # ---- what is so from the beginning

    def _tell_readonly(self) -> None:
        copy = self.session.copy
        if copy is not None:
            back = self.session.behind
            actions: Actions = [(_("Restore this one…"), self._restore_copy)]
            if back is not None:
                words = _("Back to {file}").format(file=back.path.name)
                actions.insert(0, (words, lambda: named(f"{COPIES}:close_copy")(self.session)))
            self.show("readonly", named(f"{COPIES}:about")(copy, self.workspace.facts.zone), actions)
        elif self.workspace.readonly:
            self.show("readonly", self.workspace.readonly, self._ways_to_write())

    def _ways_to_write(self) -> Actions:
        """A copy, and taking over the lock of a computer that has not been heard of."""
        path = self.workspace.engine.path
        ways: Actions = [(_("Save a copy…"), self.copy)]
        holder = locking.holder(path)
        if holder is not None and holder.stale:
            ways.insert(0, (_("Take over"), lambda: self.session.change_workspace(path, take_over=True)))
        return ways

    def _restore_copy(self) -> None:
        named(f"{COPIES}:ask_to_restore")(self.session)

    def _tell_finding(self) -> None:
        finding = self.workspace.finding
        if finding is None:
            return
        told = finding.told(self.workspace.facts.zone)
        if finding.kind == TAKEN_OVER:
            self.show("finding", told, [], passing=True)
            return
        actions: Actions = [(_("Backups…"), self._backups)]
        if finding.kind != STALE_WAL:
            actions.append((_("Save a rescue copy…"), self.rescue))
        if not self.workspace.readonly:
            actions.append((_("Continue with this file"), self.accept))
        self.show("finding", told, actions, error=finding.kind != STALE_WAL)

    def accept(self) -> None:
        """Go on with the file as it is."""
        self.context.attempt(self.workspace.engine.accept)
        self.banners["finding"].retire()

    def _tell_warning(self) -> None:
        folder = str(self.workspace.engine.path.parent)
        warned = layout.state_of(self.window).setdefault(WARNED, [])
        if not self.workspace.warning or folder in warned or self.workspace.readonly:
            return
        banner = self.show("warning", self.workspace.warning, [], passing=True)
        banner.dismissed.connect(lambda: warned.append(folder))

    # ---- what happens meanwhile

    def look(self) -> None:
        """Notice that the file was deleted or replaced, also while nothing is saved."""
        try:
            self.workspace.engine.db.still_there()
        except StoreError as error:
            self._watch.stop()
            words = _("{what} What you type stays in its field, and is not saved.").format(what=error)
            actions: Actions = [
                (_("Save a rescue copy…"), self.rescue),
                (_("Restore…"), self._backups),
                (_("Continue with this file"), self._open_again),
            ]
            self.show("moved", words, actions, error=True)

    def _open_again(self) -> None:
        self.session.change_workspace(self.workspace.engine.path)

    def _tell_broken(self, error: Exception) -> None:
        actions: Actions = [
            (_("Backups…"), self._backups),
            (_("Check workspace…"), lambda: named(CHECK)(self.window)),
            (_("Save a rescue copy…"), self.rescue),
        ]
        self.show("broken", str(error), actions, error=True)

    # ---- ways on

    def _backups(self) -> None:
        named(BACKUPS)(self.window)

    def rescue(self) -> None:
        """Write what the open workspace still holds to a new file."""
        path = self.workspace.engine.path
        suggested = path.with_name(_("{file}-rescue").format(file=path.stem) + path.suffix)
        self._save(suggested, _("Save a rescue copy"), _("A rescue copy was saved as {path}."))

    def copy(self) -> None:
        """Write what can only be read here to a new file, which can be written."""
        folder = Path(self.context.settings.export_folder or Path.home())
        self._save(folder / self.workspace.engine.path.name, _("Save a copy"), _("{file} was written."))

    def _save(self, suggested: Path, title: str, said: str) -> None:
        from PySide6.QtWidgets import QFileDialog  # each class of Qt takes its time, even unused

        kind = _("Juntos workspaces (*{suffix})").format(suffix=WORKSPACE_SUFFIX)
        name, _kind = QFileDialog.getSaveFileName(self.window, title, str(free_path(suggested)), kind)
        if not name:
            return
        target = Path(name) if Path(name).suffix else Path(name).with_suffix(WORKSPACE_SUFFIX)

        def slow() -> None:
            if target.exists():
                raise StoreError(_("{path} exists already; choose another name.").format(path=target))
            self.workspace.engine.rescue(target)

        def done(_none: None) -> None:
            open_it = (_("Open it"), lambda: self.session.change_workspace(target))
            self.context.said.emit(said.format(path=target, file=target), [open_it])

        self.context.work(slow, done)

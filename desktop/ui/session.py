"""One run of the program: its application object, and which workspace its window shows.

The window wishes (another workspace, another language), the session acts: it closes, opens and makes anew.
"""

from __future__ import annotations

import gc
import signal
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QLibraryInfo, Qt, QTimer, QTranslator
from PySide6.QtWidgets import QApplication

from desktop import i18n, log, paths
from desktop import settings as settings_file
from desktop.i18n import _, why
from desktop.model import Invalid
from desktop.paths import APPLICATION, Places
from desktop.service import directory
from desktop.service.session import open_workspace, remember_officer
from desktop.service.workspace import Workspace
from desktop.settings import Settings
from desktop.store import backup
from desktop.store.engine import Engine, StoreError
from desktop.ui import filetypes, secondstart, theme
from desktop.ui.apart import while_there
from desktop.ui.closing import may_close
from desktop.ui.context import Context
from desktop.ui.freepath import free_path
from desktop.ui.icons import app_icon
from desktop.ui.named import named
from desktop.ui.window import SETTLED_MS, MainWindow

if TYPE_CHECKING:
    from desktop.service.setup import Answers

QT_LANGUAGES = {"pt": "pt_BR"}
"""Under which name Qt has its own words, where it is another than ours."""
OFFICERS = "desktop.ui.verbs:fill_officers"
UNSEEN = ("offscreen", "minimal")
"""Where Qt draws for nobody: a box that waits for an answer would wait for ever."""
FEW = 3
"""As many officers fit as buttons in a message."""
REMINDERS = "desktop.ui.reminders.watch:begin"
START = "desktop.ui.start:StartPage"
"""Imported when there is no workspace yet."""


class Session:
    """The windows of one run. `language` overrides the preference for this run."""

    def __init__(self, places: Places, settings: Settings, language: str = "") -> None:
        self.places, self.settings, self.language = places, settings, language
        self.backs_up = True
        filetypes.register()
        self.app = QApplication.instance() or QApplication([APPLICATION])
        self.app.setApplicationName(APPLICATION)
        self.app.setApplicationDisplayName(APPLICATION)
        self.app.setDesktopFileName(APPLICATION.lower())
        self.app.setWindowIcon(app_icon())
        self.app.setQuitOnLastWindowClosed(False)
        self.app.aboutToQuit.connect(self.end)
        theme.apply(self.app, settings.scheme)
        self._words: QTranslator | None = None
        self.translate()
        self.context: Context | None = None
        self.window: MainWindow | None = None
        self.start: Any = None
        self.listens = False
        self._door: secondstart.Door | None = None

    def run(self, path: Path, workspace: Workspace | None, notices: list[str]) -> int:
        """Show a window, or the first start, and stay until it is closed."""
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl+C in a terminal ends the program, as users expect
        log.install(self.tell)
        if workspace is not None and secondstart.raised(path, self.places):
            workspace.close()
            return 0
        self.listens = True
        QTimer.singleShot(SETTLED_MS, self.app, _collect_garbage)
        if workspace is not None:
            self.show(workspace)
            if notices:
                self.tell("\n".join(notices))
        else:
            self.begin(path, notices)
        return int(self.app.exec())

    def translate(self) -> None:
        """Speak the language chosen, in Qt's own dialogs too."""
        spoken = i18n.use(self.language or self.settings.language_in_use())
        if self._words is not None:
            self.app.removeTranslator(self._words)
        self._words = QTranslator()
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if self._words.load(f"qtbase_{QT_LANGUAGES.get(spoken, spoken)}", folder):
            self.app.installTranslator(self._words)

    def tell(self, sentence: str) -> None:
        """Say something that went wrong, wherever it can be read."""
        if self.context is not None and self.window is not None:
            self.context.problem.emit(sentence)
        elif self.start is not None:
            self.start.tell(sentence)
        else:
            log.tell_on_stderr(sentence)

    def alarm(self, sentence: str) -> None:
        """Say, without a window of ours, why there is none."""
        log.tell_on_stderr(sentence)
        if self.app.platformName() not in UNSEEN:
            from PySide6.QtWidgets import QMessageBox  # each class of Qt takes its time, even unused

            QMessageBox.critical(None, APPLICATION, sentence)

    # ---- workspaces

    def show(self, workspace: Workspace) -> None:
        """Show the window of a workspace."""
        self.settings.remember_workspace(workspace.engine.path)
        self.context = Context(workspace, self.settings, self.places)
        self._make_window()
        QTimer.singleShot(1500, self._back_up)
        if self.listens:
            QTimer.singleShot(SETTLED_MS, self.context, self._listen)

    def _listen(self) -> None:
        """Hear whoever starts the program on this workspace again."""
        self._shut()
        self._door = secondstart.Door(self.context.workspace.engine.path, self.places, self.app)
        self._door.knocked.connect(self._come)

    def _shut(self) -> None:
        door, self._door = self._door, None
        if door is not None:
            door.close()

    def _come(self) -> None:
        """Bring the window to the front."""
        if self.window is not None:
            self.window.setWindowState(self.window.windowState() & ~Qt.WindowState.WindowMinimized)
            self.window.show()
            self.window.raise_()
            self.window.activateWindow()

    def _make_window(self) -> None:
        self.window = MainWindow(self.context)
        self.window.workspace_requested.connect(self.change_workspace)
        self.window.rebuild_requested.connect(self.rebuild)
        self.window.officer_chosen.connect(self.sign_in)
        self.window.closed.connect(self.app.quit)
        self.window.show()
        window = self.window
        QTimer.singleShot(
            SETTLED_MS, window, lambda: named(REMINDERS)(window) if window is self.window else None
        )
        self._ask_who()

    def _ask_who(self) -> None:
        """Where several officers share a workspace, the first time it is opened on this machine."""
        workspace = self.context.workspace
        officers = directory.officers() if workspace.officer is None else []
        if not officers:
            return
        choices = [(each.name, lambda each=each: self.sign_in(each.uid)) for each in officers]
        if len(choices) > FEW:
            choices = [(_("Choose…"), self._offer_officers)]
        self.window.messages.show_message(_("Who is working here?"), "info", choices)

    def _offer_officers(self) -> None:
        from PySide6.QtWidgets import QMenu

        menu = QMenu(self.window)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        named(OFFICERS)(self.window, menu)
        menu.popup(self.window.stack.mapToGlobal(self.window.stack.rect().center()))

    def sign_in(self, uid: str) -> None:
        """Somebody sits down at the desk."""
        workspace = self.context.workspace
        workspace.sign_in(uid)
        remember_officer(workspace, self.settings)
        settings_file.save(self.settings)
        self.window.shelf.recount()
        self.window.show_post()
        self.window.commands.refresh_undo()
        self.context.changed.emit(None)  # what is theirs is another's now

    def _back_up(self) -> None:
        """Once a day, a backup beside the workspace; off the window's thread. Before it, the figures of the day."""
        if self.context is None or self.window is None or not self.backs_up:
            return
        with suppress(StoreError):  # they are right without it, and nobody asked
            self.context.workspace.bring_figures()
        if not backup.due(self.context.workspace.engine.path):
            return
        engine, status = self.context.workspace.engine, self.window.status
        self.context.work(lambda: _daily(engine), while_there(status, lambda _path: status.show_kept()))

    def change_workspace(self, path: Path | None) -> None:
        """Open another workspace, or begin a new one; where that fails the one before comes back."""
        if path is None:
            self.begin(paths.default_workspace(), [])
            return
        if not may_close(self.window):
            return
        before = self._leave()
        try:
            workspace = open_workspace(path, self.settings)
        except StoreError as error:
            self.show(open_workspace(before, self.settings))
            self.tell(str(error))
            return
        self.show(workspace)

    def _leave(self) -> Path | None:
        """Close the window and its workspace; returns the file, None where nothing was open."""
        if self.context is None:
            return None
        self._shut()
        path = self.context.workspace.engine.path
        window, context, self.window, self.context = self.window, self.context, None, None
        _take_down(window, context)
        context.workspace.close()
        return path

    def rebuild(self) -> None:
        """Make the window anew, in the language and colours now chosen.

        With a context of its own: whatever hangs on the one before ends with the window before.
        """
        if not may_close(self.window):
            return
        window, before, self.window = self.window, self.context, None
        _take_down(window, before)
        self.translate()
        theme.apply(self.app, self.settings.scheme)
        self.context = Context(before.workspace, self.settings, self.places)
        self._make_window()
        before.hand_over(self.context)

    def end(self) -> None:
        """The last thing: nothing is written after this."""
        self._leave()

    # ---- first start

    def begin(self, path: Path, notices: list[str]) -> None:
        """Ask what a new workspace needs to know."""
        self.start = named(START)(
            free_path(path), self.settings, make=self.make, open_=self.open, speak=self.speak
        )
        self.start.closed.connect(self._start_closed)
        if notices:
            self.start.tell("\n".join(notices))
        self.start.show()

    def make(self, path: Path, answers: Answers) -> None:
        """A new workspace by these answers, and its window; raises `Invalid` or `StoreError`, with no file left."""
        before = self._leave()
        try:
            paths.private_folder(path.parent)
            workspace = made(path, answers)
        except (Invalid, StoreError, OSError) as error:
            if before is not None:
                self.show(open_workspace(before, self.settings))
            if isinstance(error, OSError):
                raise StoreError(
                    _("The folder {folder} cannot be made: {why}.").format(folder=path.parent, why=why(error))
                ) from error
            raise
        remember_officer(workspace, self.settings)
        self.show(workspace)

    def open(self, path: Path) -> None:
        """Open a workspace that exists instead of making one; raises `StoreError`."""
        if self.context is not None:
            self.change_workspace(path)
        else:
            self.show(open_workspace(path, self.settings))

    def speak(self, language: str) -> None:
        """Another language was chosen at the first start."""
        self.settings.language, self.language = language, ""
        self.translate()

    def _start_closed(self) -> None:
        self.start = None
        if self.window is None:
            self.app.quit()


def made(path: Path, answers: Answers) -> Workspace:
    """A new workspace file, set up; raises `Invalid` or `StoreError`, and leaves no half-made file."""
    from desktop.service import setup  # with the catalogue and its reader, which only a first start needs

    workspace = Workspace.create(path)
    try:
        setup.set_up(workspace, answers)
    except BaseException:
        workspace.close()
        for suffix in ("", "-wal", "-shm"):
            Path(f"{path}{suffix}").unlink(missing_ok=True)
        raise
    return workspace


def _take_down(window: MainWindow | None, context: Context) -> None:
    """Close a window and end its context; both are gone when Qt has the turn again."""
    if window is not None:
        window.blockSignals(True)
        window.close()
        window.deleteLater()
    context.stop()
    context.deleteLater()


def _collect_garbage() -> None:
    """From here on; what a start has made stays, and need not be looked through time and again."""
    gc.freeze()
    gc.enable()


def _daily(engine: Engine) -> Path:
    written = backup.backup(engine)
    backup.thin(engine.path)
    return written

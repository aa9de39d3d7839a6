"""One run of the program: its application object, and which workspace its window shows.

The window wishes (another workspace, another language), the session acts: it closes, opens and makes anew.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QLibraryInfo, Qt, QTimer, QTranslator
from PySide6.QtWidgets import QApplication

from desktop import i18n, log, paths
from desktop import settings as settings_file
from desktop.i18n import _, why
from desktop.model import Invalid
from desktop.paths import APPLICATION, Places
from desktop.service.backups import Backup
from desktop.service.session import open_workspace, remember_officer
from desktop.service.workspace import Workspace
from desktop.settings import Settings
from desktop.store.errors import Encrypted, StoreError
from desktop.store.keys import Key
from desktop.ui import filetypes, garbage, opening, secondstart, theme
from desktop.ui.atthedesk import ask_who
from desktop.ui.closing import may_close
from desktop.ui.context import Context
from desktop.ui.daily import begin_day
from desktop.ui.freepath import free_path
from desktop.ui.icons import app_icon
from desktop.ui.named import named
from desktop.ui.recovery.errands import end_pages
from desktop.ui.standing import Standing
from desktop.ui.toldtoend import ToldToEnd
from desktop.ui.window import SETTLED_MS, MainWindow

if TYPE_CHECKING:
    from desktop.service.setup import Answers

QT_LANGUAGES = {"pt": "pt_BR"}
"""Under which name Qt has its own words, where it is another than ours."""
UNSEEN = ("offscreen", "minimal")
"""Where Qt draws for nobody: a box that waits for an answer would wait for ever."""
PATIENCE_MS = 2000
"""So long the end of the program waits for a backup that nobody asked for: the next start makes another."""
DRAFTS = "desktop.ui.drafts.keeper:begin"
CLEAR_CLIPBOARD = "desktop.ui.locking.curtain:clear_clipboard"
GUARD, PLAIN_COPIES = "desktop.ui.locking.guard:watch", "desktop.ui.locking.reminding:remind"
"""Imported with the first encrypted workspace."""
REMINDERS = "desktop.ui.reminders.watch:begin"
START, MAKE = "desktop.ui.start:StartPage", "desktop.service.setup:made"
"""Imported when there is no workspace yet; the second one with the catalogue and its reader."""


class Left(NamedTuple):
    """A workspace that was closed, to come back to."""

    path: Path
    key: Key | None


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
        """The page that is shown where there is no window: the first start, a passphrase, a recovery."""
        self._hidden: list[Any] = []
        """Pages behind it, which come back when it is closed."""
        self.waiting: Any = None
        """The page that waits while something is done with the file."""
        self.behind: Left | None = None
        """The workspace that comes back when a page or a copy is closed."""
        self.copy: Backup | None = None
        """The backup that is looked into, if the window shows one."""
        self.locked: Any = None
        """The workspace that is locked, until it is unlocked or another one is opened."""
        self.guard: Any = None
        """Locks an encrypted workspace while nobody is there; begun with the first one."""
        self.listens = False
        self._door: secondstart.Door | None = None

    def run(
        self, path: Path, workspace: Workspace | None, notices: list[str], failure: StoreError | None = None
    ) -> int:
        """Show a window, the page that a failure to open it leads to, or the first start; stay until it is closed."""
        told_to_end = ToldToEnd(self.app)
        told_to_end.told.connect(lambda: self.app.exit(0))  # not `quit`, which a dialog could refuse
        log.install(self.tell)
        if (workspace is not None or isinstance(failure, Encrypted)) and secondstart.raised(
            path, self.places
        ):
            if workspace is not None:
                workspace.close()
            return 0
        self.listens = True
        QTimer.singleShot(SETTLED_MS, self.app, lambda: garbage.begin(self.app))
        if workspace is not None:
            self.show(workspace)
        elif failure is not None:
            self.instead(opening.page_for(self, path, failure))
        else:
            self.begin(path, notices)
            notices = []
        if notices:
            self.tell("\n".join(notices))
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

            box = QMessageBox(QMessageBox.Icon.Critical, APPLICATION, sentence)
            box.setTextFormat(Qt.TextFormat.PlainText)  # it names a file
            box.exec()

    # ---- workspaces

    def show(self, workspace: Workspace, copy: Backup | None = None) -> None:
        """Show the window of a workspace; `copy` is the backup that it is, which is looked into and left again."""
        self.copy = copy
        if copy is None:
            self.behind = None
            self.settings.remember_workspace(workspace.engine.path)
        self.settings.be_discreet(workspace.engine.key is not None)
        self.context = Context(workspace, self.settings, self.places)
        self._make_window()
        if workspace.recovered:
            self.context.said.emit(workspace.recovered, [])
        QTimer.singleShot(1500, self._back_up)
        if self.listens:
            QTimer.singleShot(SETTLED_MS, self.context, self._listen)

    def _listen(self) -> None:
        """Hear whoever starts the program on this workspace again."""
        self.shut_door()
        self.listen_at(self.context.workspace.engine.path, self._come)

    def listen_at(self, path: Path, come: Any) -> None:
        """Call `come` when the program is started on this workspace again."""
        self._door = secondstart.Door(path, self.places, self.app)
        self._door.knocked.connect(come)

    def shut_door(self) -> None:
        """Hear of no second start any more."""
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
        self.context.closing_requested.connect(self._act)
        self.standing = Standing(self)
        self.window.show()
        window = self.window
        QTimer.singleShot(
            SETTLED_MS, window, lambda: named(REMINDERS)(window) if window is self.window else None
        )
        QTimer.singleShot(
            SETTLED_MS, window, lambda: named(DRAFTS)(window) if window is self.window else None
        )
        if self.context.workspace.engine.key is not None:
            QTimer.singleShot(SETTLED_MS, window, lambda: named(GUARD)(self))
        ask_who(window, self.sign_in)

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
        if self.window is not None and self.backs_up:
            begin_day(self.window, self.tell)
            if self.context.workspace.engine.key is not None:
                named(PLAIN_COPIES)(self)

    def _act(self, act: Any) -> None:
        """Do what takes the closing of the file, once whoever asked for it has returned."""
        QTimer.singleShot(
            0, self.app, lambda: self.context.safely(lambda: act(self)) if self.context else None
        )

    def change_workspace(self, path: Path | None, **options: Any) -> None:
        """Open another workspace, or begin a new one; where that fails the one before comes back, or a page leads on.

        `options` are those of `Workspace.open`.
        """
        if path is None:
            self.begin(paths.default_workspace(), [])
            return
        if not may_close(self.window):
            return
        left = self.leave()
        before = self.behind or left
        if path == left.path and left.key is not None:
            options.setdefault("key", left.key)
        try:
            workspace = open_workspace(path, self.settings, **options)
        except StoreError as error:
            if path == before.path or opening.leads_on(path, error):
                self.behind = before if path != before.path else None
                self.instead(opening.page_for(self, path, error, options.get("key")))
            else:
                self.behind = None
                self.come_back(before, str(error))
            return
        self.show(workspace)

    def come_back(self, left: Left, sentence: str = "") -> None:
        """Open again what was left, and say why; where even that cannot be opened, the page that leads on."""
        opening.attempt(self, left.path, key=left.key)
        if sentence:
            self.tell(sentence)

    def leave(self, patience: int = -1) -> Left | None:
        """Close the window and its workspace; returns what it was, None where nothing was open.

        `patience` is that of `Context.stop`.
        """
        if self.context is None:
            return None
        self.shut_door()
        engine = self.context.workspace.engine
        left = Left(engine.path, engine.key)
        window, context, self.window, self.context = self.window, self.context, None, None
        _take_down(window, context, patience)
        context.workspace.close()
        return left

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
        """The last thing: nothing is written after this, and of what was encrypted nothing stays on the clipboard."""
        left = self.leave(PATIENCE_MS)
        self.shut_door()
        end_pages(page for page in (*self._hidden, self.start, self.waiting) if page is not None)
        if self.guard is not None or (left is not None and left.key is not None):
            named(CLEAR_CLIPBOARD)()

    # ---- first start

    def begin(self, path: Path, notices: list[str]) -> None:
        """Ask what a new workspace needs to know."""
        page = named(START)(free_path(path), self.settings, make=self.make, open_=self.open, speak=self.speak)
        if notices:
            page.tell("\n".join(notices))
        self.instead(page)

    def instead(self, page: Any) -> None:
        """Show a page where there is no window, over the one that is there, which comes back when it is closed."""
        if self.start is not None:
            self._hidden.append(self.start)
            self.start.hide()
        self.start = page
        page.closed.connect(lambda: self._page_closed(page))
        page.show()

    def make(self, path: Path, answers: Answers, passphrase: str | None = None) -> None:
        """A new workspace by these answers, and its window; raises `Invalid` or `StoreError`, with no file left."""
        before = self.leave()
        try:
            paths.private_folder(path.parent)
            workspace = named(MAKE)(path, answers, passphrase)
        except (Invalid, StoreError, OSError) as error:
            if before is not None:
                self.come_back(before)
            if isinstance(error, OSError):
                raise StoreError(
                    _("The folder {folder} cannot be made: {why}.").format(folder=path.parent, why=why(error))
                ) from error
            raise
        remember_officer(workspace, self.settings)
        self.show(workspace)

    def open(self, path: Path) -> bool:
        """Open a workspace that exists instead of making one; False where a page leads on; raises `StoreError`."""
        if self.context is not None:
            self.change_workspace(path)
            return True
        try:
            workspace = open_workspace(path, self.settings)
        except StoreError as error:
            if not opening.leads_on(path, error):
                raise
            self.instead(opening.page_for(self, path, error))
            return False
        self.show(workspace)
        return True

    def speak(self, language: str) -> None:
        """Another language was chosen at the first start."""
        self.settings.language, self.language = language, ""
        self.translate()

    def _page_closed(self, page: Any) -> None:
        """Show what was behind a page; without anything the program ends."""
        page.deleteLater()
        if page is not self.start:
            if page in self._hidden:
                self._hidden.remove(page)
            return
        self.start = self._hidden.pop() if self._hidden and self.window is None else None
        if self.window is not None or self.waiting is not None:
            hidden, self._hidden = self._hidden, []
            for each in hidden:
                each.close()
        elif self.start is not None:
            self.start.show()
        elif self.behind is not None:
            left, self.behind = self.behind, None
            self.come_back(left)
        else:
            self.app.quit()


def _take_down(window: MainWindow | None, context: Context, patience: int = -1) -> None:
    """Close a window and end its context; both are gone when Qt has the turn again."""
    if window is not None:
        window.blockSignals(True)
        window.close()
        window.deleteLater()
    context.stop(patience)
    context.deleteLater()

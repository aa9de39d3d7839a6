"""Locking: nothing of the workspace stays on the screen or in the clipboard, what is typed is kept, the file is closed.

The windows are hidden before anything that may take time. What only reads (a check, a preview, a file that is being
looked at) is told to stop; what is being written (an export, an import) comes to its end behind the curtain. Then the
file is closed; what they had to say is said after unlocking. Where what is typed cannot be kept (the disk is full), the
window stays behind the curtain: it is not closed, and comes back with the passphrase.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, QTimer

from desktop.i18n import _
from desktop.service.session import open_workspace
from desktop.store.errors import StoreError, WrongPassphrase
from desktop.store.keys import Key
from desktop.ui import opening
from desktop.ui.locking.curtain import Curtain, clear_clipboard, nothing_waits
from desktop.ui.locking.passphrase import PassphrasePage
from desktop.ui.locking.place import Place, lead_back, place_of

if TYPE_CHECKING:
    from desktop.ui.context import Context
    from desktop.ui.session import Session
    from desktop.ui.window import MainWindow

LOOK_MS = 100
"""How often it is looked whether the work is done that the closing waits for."""


def lock_now(window: MainWindow) -> None:
    """The command."""
    window.context.closing_requested.emit(lock)


def lock(session: Session) -> Locked | None:
    """Lock what is open and encrypted; None where there is nothing of the kind."""
    keyed = session.context is not None and session.context.workspace.engine.key is not None
    behind = session.behind is not None and session.behind.key is not None
    if session.locked is not None:
        return None
    if not keyed and not (behind and session.waiting is None):
        return None
    return Locked(session)


class Locked(QObject):
    """From the moment of locking until it is unlocked, or something else is opened."""

    def __init__(self, session: Session) -> None:
        super().__init__(session.app)
        self.session = session
        session.locked = self
        self._curtain, self._place = Curtain(), Place(None, (), frozenset())
        self._kept: bool | None = None
        """Whether what is typed is saved or kept; None until that was tried."""
        self._listens = False
        self._sentences: list[str] = []
        """What those had to say that were waited for."""
        self._wrong = False
        """Whether something of that was not done."""
        window = session.window
        behind = session.behind
        self._looked_into = (behind, session.copy)
        """A backup that is looked into is left; it is the workspace that is unlocked."""
        session.behind = session.copy = None
        self.path = behind.path if behind is not None else session.context.workspace.engine.path
        if session.context is not None:
            session.context.held = True  # a save might have to wait: the windows are made blank before
        if window is not None:
            self._place = place_of(window)
            keeper = getattr(window, "keeper", None)
            if keeper is not None:
                session.context.safely(keeper.hold)
        self._pages = (session.start, session._hidden)
        session.start, session._hidden = None, []
        geometry = window.saveGeometry() if window is not None else None
        self.page = PassphrasePage(self.path, self._unlock, locked=True, geometry=geometry)
        self.page.open_requested.connect(self._open_other)
        self.page.backups_requested.connect(self._show_backups)
        self.page.closed.connect(self._on_closed)
        session.instead(self.page)
        self._watch = QTimer(self, interval=LOOK_MS)
        self._watch.timeout.connect(self.look)
        self._curtain.draw(self.page, window)
        clear_clipboard()
        if session.context is not None:
            session.context.problem.connect(self._on_problem)
            session.context.said.connect(self._on_said)
            session.context.give_way()
        self._watch.start()
        self.look()

    # ---- closing

    def look(self) -> None:
        """Hide what came up; close the workspace once nobody writes and nobody waits."""
        session = self.session
        self._curtain.draw(self.page, session.window)
        context = session.context
        if context is not None and (context.busy() or not nothing_waits()):
            if self.page.closable:
                self.page.wait(_("Something is being finished; then the workspace is closed."))
            return
        if self._kept is None:
            self._kept = False
            self._kept = self._settle()
        if not self._kept:
            self.page.wait(
                _(
                    "What you typed could not be written to the disk. It waits behind this page; unlock to save it."
                )
            )
            return
        self._watch.stop()
        session.leave()
        session.listen_at(self.path, self._come)
        self._listens = True
        self.page.wait("")

    def _settle(self) -> bool:
        """Save what can be saved; whether the rest of what is typed is kept."""
        window, context = self.session.window, self.session.context
        if context is not None:
            context.held = False
        if window is not None:
            context.safely(window.pane.commit)
            keeper = getattr(window, "keeper", None)
            if keeper is not None:
                if not keeper.keep_now():
                    return False
                context.safely(keeper.forget_saved)
                return bool(keeper.keep_now())
        return True

    def _on_problem(self, sentence: str) -> None:
        if self._kept is None:
            self._sentences.append(sentence)
            self._wrong = True

    def _on_said(self, sentence: str, _actions: Any) -> None:
        if self._kept is None:
            self._sentences.append(sentence)

    def _tell(self, context: Context) -> None:
        """Say it all at once: each message takes the place of the one before."""
        sentence = "\n".join(self._sentences)
        if self._wrong:
            context.problem.emit(sentence)
        elif sentence:
            context.said.emit(sentence, [])

    @property
    def closed(self) -> bool:
        """Whether the workspace is closed, and its key forgotten."""
        return self.session.context is None

    # ---- what comes after

    def _unlock(self, key: Key | None) -> None:
        session = self.session
        if not self.closed:
            behind, copy = self._looked_into
            if key != (behind or session.context.workspace.engine).key:
                raise WrongPassphrase(_("This passphrase does not open the workspace."))
            self._watch.stop()
            session.context.held = False
            session.behind, session.copy = behind, copy
            self._end()
            self._curtain.lift()
            keeper = getattr(session.window, "keeper", None)
            if keeper is not None:
                keeper.go_on()
            session.window.activateWindow()
            return
        try:
            workspace = open_workspace(self.path, session.settings, key=key)
        except WrongPassphrase:
            raise
        except StoreError as error:
            session.instead(opening.recovery_page(session, self.path, error, key=key))
            return
        session.show(workspace)
        window, place = session.window, self._place
        self._end()
        self._curtain.lift()
        lead_back(window, place)
        self._tell(session.context)
        window.activateWindow()

    def _end(self) -> None:
        """The page goes; those that stood over the window come back."""
        self.page.wait("")
        self.page.close()
        self.session.start, self.session._hidden = self._pages
        self._pages = (None, [])

    def _come(self) -> None:
        """The program was started on the workspace again."""
        page = self.session.start or self.page
        page.setWindowState(page.windowState() & ~Qt.WindowState.WindowMinimized)
        page.raise_()
        page.activateWindow()

    def _on_closed(self) -> None:
        self._watch.stop()
        if self._listens:
            self.session.shut_door()
        self.session.locked = None
        self.page.deleteLater()
        self.deleteLater()

    def _open_other(self, path: Any) -> None:
        if opening.attempt(self.session, path):
            self.page.close()

    def _show_backups(self) -> None:
        typed = self.page.line.text() or None
        page = opening.recovery_page(self.session, self.path, None, passphrase=typed, locked=True)
        self.session.instead(page)

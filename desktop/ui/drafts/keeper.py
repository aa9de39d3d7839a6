"""Keeps what is being typed: half a second after a key it is on its way to the disk; saved or taken back, it goes.

Nothing is done for a key but to start a clock. When that rings, what is typed in the window is read once, and what
differs from before is written, in one transaction, on a thread of its own.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QMetaObject, QObject, QTimer
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit

from desktop.i18n import _, format_number, join_parts, ngettext
from desktop.store.errors import StoreError
from desktop.ui.drafts import bringing, places
from desktop.ui.drafts.dialog import DraftsDialog
from desktop.ui.drafts.given import NotGiven
from desktop.ui.drafts.loose import Loose
from desktop.ui.drafts.places import Content
from desktop.ui.drafts.writing import Writing

if TYPE_CHECKING:
    from desktop.ui.window import MainWindow

SOON_MS = 300
"""So long after the first key that is not kept yet, all that is typed is read."""
AGAIN_MS = 700
"""So often it is looked for what no key was pressed for: saved, taken back, chosen, or written by a screen reader."""
NAMED = 3
"""Places that the message names; more are counted."""


class Keeper(QObject):
    """One a window, begun when that stands. `left` are the texts of earlier runs that wait for an answer."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window, self._context = window, window.context
        engine = self._context.workspace.engine
        self._writing = Writing(engine.path, engine.key, self)
        self._writing.failed.connect(self._on_failed)
        self._writing.told.connect(self._context.problem)
        self._kept: dict[str, Content] = {}
        self._answered: set[str] = set()
        self._on_disk: set[str] = set()
        """Places of which something may be on disk."""
        self._handed: set[str] = set()
        """Places of what was handed over last."""
        self._heard: QMetaObject.Connection | None = None
        """What tells of keys in the line where one types now."""
        self._loose = Loose()
        self._told = self._ended = self._held = False
        self._says = ""
        """What the window was told of what is left."""
        self.left: dict[str, Content] = {}
        self._soon = QTimer(self, singleShot=True, interval=SOON_MS)
        self._soon.timeout.connect(self._look)
        self._again = QTimer(self, interval=AGAIN_MS)
        self._again.timeout.connect(self._look)
        QApplication.instance().focusChanged.connect(self._on_focus)
        self._context.changed.connect(self._on_changed)
        self._context.stopping.connect(self._stop)
        window.closed.connect(self._stop)
        window.installEventFilter(self)
        self._on_focus(None, QApplication.focusWidget())
        self._again.start()

    # ---- what is typed now

    def _on_focus(self, _before: Any, now: Any) -> None:
        if self._heard is not None:
            # By its handle: a line that is just being destroyed has no such signal any more.
            QObject.disconnect(self._heard)
            self._heard = None
        if isinstance(now, QLineEdit | QPlainTextEdit):
            self._heard = now.textChanged.connect(self._on_typed)
            self._loose.look_at(now)
        self._on_typed()

    def _on_typed(self, _text: str = "") -> None:
        if not (self._soon.isActive() or self._ended):
            self._soon.start()

    def _on_changed(self, _committed: Any) -> None:
        if self._kept:
            self._on_typed()

    def _look(self) -> None:
        """Read what is typed, and hand over what differs from what is kept."""
        if self._ended or self._held:
            return
        self._context.safely(self._exchange)

    def _exchange(self) -> None:
        typed = places.typed(self._window)
        typed.update(self._loose.typed())
        kept = {place: content for place, content in typed.items() if self._kept.get(place) != content}
        dropped = [place for place in self._on_disk if place not in typed] + sorted(self._answered)
        self._answered.clear()
        if kept or dropped:
            self._handed = {*kept, *dropped}
            self._writing.exchange(kept, dropped)
            self._kept, self._on_disk = typed, set(typed)

    def keep_now(self) -> bool:
        """Have on disk what is typed at this moment, before the window goes; whether it is."""
        if self._ended:
            return True
        self._soon.stop()
        self._look()
        return self._writing.wait()

    def hold(self) -> None:
        """Keep what is typed at this moment, and leave it at that while the window is hidden; `keep_now` waits for
        the disk."""
        self._soon.stop()
        self._look()
        self._held = True

    def forget_saved(self) -> None:
        """Forget what was saved of records, and what was decided of files that were taken in, while the window is
        hidden; what other dialogs hold cannot be told then."""
        typed = places.typed(self._window)
        of_records = (f"{places.RECORD}:", f"{places.MINUTES}:")
        saved = [
            place
            for place in self._on_disk - typed.keys()
            if place.startswith(of_records) or "file" in self._kept.get(place, ())
        ]
        if saved:
            self._handed = set(saved)
            self._writing.exchange({}, saved)
            self._on_disk.difference_update(saved)
            self._kept = {place: content for place, content in self._kept.items() if place not in saved}

    def go_on(self) -> None:
        """The window is seen again."""
        self._held = False
        self._on_typed()

    def _on_failed(self, why: str) -> None:
        """It is tried again, until it is kept; said once."""
        self._kept = {}
        self._on_disk |= self._handed
        if not self._told:
            self._told = True
            self._context.problem.emit(
                _(
                    "What you are typing is not kept in case Juntos should end before you save it. {why}"
                ).format(why=why)
            )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Close:
            # What can be saved is; what cannot is offered the next time.
            self._context.safely(self._window.pane.commit)
            self.keep_now()
        return super().eventFilter(watched, event)

    def _stop(self) -> None:
        if self._ended:
            return
        self._ended = True
        self._soon.stop()
        self._again.stop()
        QApplication.instance().focusChanged.disconnect(self._on_focus)
        self._window.removeEventFilter(self)
        self._writing.close()

    # ---- what was left

    def offer(self, known: Collection[str] | None = None) -> None:
        """Say what earlier runs left, if they left something; of that, what is not `known` is brought back unasked."""
        try:
            self.left = self._writing.left()
        except StoreError as error:
            self._on_failed(str(error))
        for name, content in list(self.left.items()):
            if bringing.is_saved(content):
                self.discard(name)
        for name in reversed([name for name in self.left if known is not None and name not in known]):
            self._context.safely(lambda name=name: self.bring_back(name, go=False))
        self.tell()

    def tell(self) -> None:
        """Say what is left, once the window has nothing else to ask."""
        if not self.left:
            return
        bar = self._window.messages
        if bar.text() and bar.buttons():
            bar.dismissed.connect(self._tell_then)
            return
        names = [content["where"] for content in self.left.values()]
        more = _("and {count} more").format(count=format_number(len(names) - NAMED))
        where = join_parts(*names[:NAMED], more if len(names) > NAMED else "")
        words = ngettext(
            "{count} text was not saved when Juntos ended: {where}",
            "{count} texts were not saved when Juntos ended: {where}",
            len(names),
        ).format(count=format_number(len(names)), where=where)
        bar.show_message(words, "info", [(_("Show…"), self.show_left)])
        self._says = words

    def _tell_then(self) -> None:
        self._window.messages.dismissed.disconnect(self._tell_then)
        QTimer.singleShot(0, self, self.tell)

    def show_left(self) -> None:
        """Show what is left, with what can be done about each."""
        if not self.left:
            self._context.said.emit(_("No text waits to be brought back."), [])
            return
        dialog = DraftsDialog(self._context, self._window)
        dialog.take(self)
        dialog.fit()
        dialog.come_back()

    def bring_back(self, name: str, *, go: bool = True) -> bool:
        """Put a text back where it was typed; whether there is room for all of it. It is forgotten only once it is
        kept there."""
        content = self.left[name]
        try:
            lost = bringing.bring_back(self._window, content, go=go)
        except NotGiven:
            return False
        if lost:
            return False
        self.discard(name)
        return True

    def discard(self, name: str) -> None:
        """Forget a text, unless it is forgotten already: a dialog and its file may both have shown it."""
        if self.left.pop(name, None) is None:
            return
        self._answered.add(name)
        self._look()
        bar = self._window.messages
        if not self.left and bar.text() == self._says:
            bar.dismiss()


def begin(window: MainWindow, known: Collection[str] | None = None) -> Keeper | None:
    """Keep what is typed in this window from now on, and offer what was left; not where nothing can be written.

    After unlocking, what was typed before comes back unasked: all but what was `known` then. Until that is given, such
    a window has no keeper.
    """
    if window.context.workspace.engine.readonly or (window.property("unlocking") and known is None):
        return None
    keeper = Keeper(window)
    window.keeper = keeper
    keeper.offer(known)
    return keeper


def show(window: MainWindow) -> None:
    """Show the texts that wait to be brought back."""
    keeper = getattr(window, "keeper", None)
    if keeper is not None:
        keeper.show_left()

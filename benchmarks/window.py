"""One window in a process of its own: `empty`, or the program on a workspace, until it is painted, or scrolled.

    python -m benchmarks.window empty
    python -m benchmarks.window painted FILE HOME
    python -m benchmarks.window scrolled FILE HOME

The program starts by its own `app.main`. What is looked at is hooked in where it hands over to Qt's event loop:
the event filter sits on the one widget that is waited for, so that nothing else is slowed down.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import Any

from benchmarks.processes import megabytes, tell

PAGES = 1_000


def empty() -> None:
    """The yardstick: an empty main window of the same size."""
    from PySide6.QtWidgets import QApplication, QMainWindow

    application = QApplication([])
    window = QMainWindow()
    window.resize(1280, 800)
    window.show()
    when_painted(window, lambda: True, lambda: (tell(painted=time.monotonic()), window.close()))
    application.exec()


def when_painted(widget: Any, ready: Callable[[], bool], then: Callable[[], Any]) -> None:
    """Call `then` when the widget was painted, being ready, and the event loop has nothing more to do."""
    from PySide6.QtCore import QAbstractEventDispatcher, QEvent, QObject, Qt

    class Filter(QObject):
        seen = False

        def eventFilter(self, watched: Any, event: Any) -> bool:  # noqa: N802 - Qt's name
            if event.type() == QEvent.Type.Paint and not self.seen and ready():
                self.seen = True
                # Once the loop is about to wait, everything is painted and nothing is left to do.
                dispatcher.aboutToBlock.connect(self.idle, Qt.ConnectionType.SingleShotConnection)
            return False

        def idle(self) -> None:
            watched.removeEventFilter(self)
            then()

    watched, dispatcher = widget, QAbstractEventDispatcher.instance()
    watched.bench_filter = Filter()
    watched.installEventFilter(watched.bench_filter)


def program(path: str, home: str, watch: Callable[[Any], None]) -> int:
    """The program itself; `watch` is called with its window as the event loop begins."""
    from desktop import app, settings
    from desktop.paths import use_home
    from desktop.store import backup

    use_home(home)
    chosen, _notice = settings.load()
    chosen.last_page = "follow_up"
    settings.save(chosen)
    backup.due = lambda _path: False  # a benchmark needs no copy of its workspace
    opening = app.open_workspace

    def opened(*arguments: Any, **named: Any) -> Any:
        workspace = opening(*arguments, **named)
        from PySide6.QtWidgets import QApplication  # what the program imports next

        loop = QApplication.exec

        def watched(*_self: Any) -> int:
            window = next(
                each for each in QApplication.topLevelWidgets() if type(each).__name__ == "MainWindow"
            )
            watch(window)
            return loop()

        QApplication.exec = watched
        return workspace

    app.open_workspace = opened
    return app.main(["--home", home, "--workspace", path, "--language", "en"])


def painted(window: Any) -> None:
    """Tell when the list of follow-ups was painted and the event loop idle, and when its count was known."""
    table, model = window.page.table, window.page.model
    told: dict[str, float] = {}

    def now(what: str) -> None:
        told.setdefault(what, time.monotonic())
        if model.exact and "painted" in told:
            told.setdefault("counted", time.monotonic())
            tell(**told)
            window.close()

    model.counted.connect(lambda: now("first count"))
    when_painted(table.viewport(), lambda: model.rowCount() > 0, lambda: now("painted"))


def scrolled(window: Any) -> None:
    """Scroll through a thousand pages of all follow-ups, once they are numbered; every other page is far away."""
    from PySide6.QtCore import QTimer

    window.page.clear_filters()
    model, bar = window.page.model, window.page.table.verticalScrollBar()
    timer = QTimer(window, interval=0)
    turns = iter(range(PAGES))

    def turn() -> None:
        if not model.exact:
            return
        number = next(turns, None)
        if number is None:
            timer.stop()
            now, most = megabytes()
            tell(now=now, most=most, rows=model.rowCount(), platform=window.windowHandle().screen().name())
            window.close()
        elif number % 2:
            bar.triggerAction(bar.SliderAction.SliderPageStepAdd)
        else:
            bar.setValue(bar.maximum() * number // PAGES)

    timer.timeout.connect(turn)
    timer.start()


if __name__ == "__main__":
    what, *rest = sys.argv[1:]
    sys.exit(
        empty() if what == "empty" else program(*rest, watch={"painted": painted, "scrolled": scrolled}[what])
    )

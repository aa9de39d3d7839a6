"""The context of the reader: what is done in it is told in it, and a record that is asked for opens beside it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from desktop.ui.context import Context


class Here(QObject):
    """All that is not here is the common context's."""

    said = Signal(str, list)
    problem = Signal(str)
    record_requested = Signal(object)

    attempt = Context.attempt
    safely = Context.safely

    def __init__(self, context: Any, parent: QObject) -> None:
        super().__init__(parent)
        self.common = context

    def work(
        self,
        slow: Callable[[], Any],
        done: Callable[[Any], None],
        failed: Callable[[str], None] | None = None,
    ) -> None:
        """As the common context does it; what fails is told here."""
        self.common.work(slow, done, failed or self.problem.emit)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.common, name)

"""What a worker reads for a part of the window: the workspace `Apart`, and its answer only while that part is there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject
from shiboken6 import isValid

from desktop.service.apart import Apart

__all__ = ["Apart", "while_there"]


def while_there(owner: QObject, call: Callable[[Any], None]) -> Callable[[Any], None]:
    """The call, for as long as its owner is there: a worker may be done after a page was taken down."""
    return lambda result: call(result) if isValid(owner) else None

"""What the reading process says of a file that it does not read; the program makes a sentence of it."""

from __future__ import annotations

from typing import Any


class Unreadable(Exception):
    """`reason` is the value of a `refusal.Reason`, `detail` what its sentences name."""

    def __init__(self, reason: str, **detail: Any) -> None:
        super().__init__(reason)
        self.reason = reason
        self.detail = detail


def damaged(where: str) -> Unreadable:
    """A part of the file makes no sense."""
    return Unreadable("damaged", where=where)

"""The picture on the cover of a layout: a small PNG or JPEG, kept as base64."""

from __future__ import annotations

import base64
import binascii
from pathlib import Path

from desktop.i18n import _, format_number
from desktop.model import Invalid
from desktop.service import files

MOST = 200_000
"""Bytes of the picture."""
MOST_SIDE = 4_000
"""Pixels of its longer side."""
_PNG, _JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"
_FRAMES = (*range(0xC0, 0xC4), *range(0xC5, 0xC8), *range(0xC9, 0xCC), *range(0xCD, 0xD0))
"""The segments of a JPEG that tell its size."""


def from_file(path: Path) -> str:
    """The picture of a file as a layout keeps it; raises `Invalid`, and OSError where it cannot be read."""
    return encoded(files.content(path, MOST))


def encoded(data: bytes) -> str:
    """A picture as a layout keeps it; raises `Invalid`."""
    if len(data) > MOST:
        raise Invalid(
            _("The logo has more than {most} bytes; make it smaller.").format(most=format_number(MOST)),
            "logo",
        )
    width, height = size(data)
    if not (0 < width <= MOST_SIDE and 0 < height <= MOST_SIDE):
        raise Invalid(
            _("The logo has {width} × {height} pixels; {most} a side is the most.").format(
                width=width, height=height, most=format_number(MOST_SIDE)
            ),
            "logo",
        )
    return base64.b64encode(data).decode("ascii")


def decoded(text: str) -> bytes:
    """The picture that a layout keeps; raises `Invalid` for a text that is none."""
    try:
        data = base64.b64decode("".join(text.split()), validate=True)
    except (binascii.Error, ValueError):
        raise Invalid(_("The logo is not a picture in base64."), "logo") from None
    encoded(data)
    return data


def size(data: bytes) -> tuple[int, int]:
    """Width and height in pixels; raises `Invalid` for what is neither a PNG nor a JPEG."""
    if data.startswith(_PNG) and data[12:16] == b"IHDR" and b"IEND" in data[-12:]:
        return int.from_bytes(data[16:20]), int.from_bytes(data[20:24])
    if data.startswith(_JPEG):
        found = _frame(data)
        if found is not None:
            return found
    raise Invalid(_("The logo is neither a PNG nor a JPEG picture."), "logo")


def _frame(data: bytes) -> tuple[int, int] | None:
    place = 2
    while place + 9 <= len(data) and data[place] == 0xFF:
        mark = data[place + 1]
        if mark in _FRAMES:
            return int.from_bytes(data[place + 7 : place + 9]), int.from_bytes(data[place + 5 : place + 7])
        place += 1 if mark == 0xFF else 2 + max(2, int.from_bytes(data[place + 2 : place + 4]))
    return None

"""A picture on a sheet: the logo of a layout, at the right edge of the cover."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from openpyxl.drawing.image import Image
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, OneCellAnchor
from openpyxl.drawing.xdr import XDRPositiveSize2D

from desktop.export.layouts import logo

PIXEL = 9_525
"""In the units of drawings."""
CHARACTER = 7
"""Pixels of a column a character wide."""
POINT = 4 / 3
"""In pixels."""
MARGIN = 8
"""Pixels above and below it."""


class Picture(Image):  # type: ignore[misc]
    """A picture whose size is known: openpyxl would ask another library for it."""

    def __init__(self, data: bytes) -> None:
        self.ref = BytesIO(data)
        self.width, self.height = logo.size(data)
        self.format = "png" if data.startswith(b"\x89PNG") else "jpeg"

    def _data(self) -> bytes:
        return self.ref.getvalue()


def place(sheet: Any, data: bytes, widths: Sequence[float], row: int, room: float) -> None:
    """Put a picture at the right edge of a sheet, below its first `row` rows; `room` is how high it may be, in
    points. It is never wider than the last column, and never larger than it is."""
    found = Picture(data)
    high, wide = room * POINT - 2 * MARGIN, widths[-1] * CHARACTER
    scale = min(1.0, high / found.height, wide / found.width)
    width, height = max(1, int(found.width * scale)), max(1, int(found.height * scale))
    start = AnchorMarker(
        col=len(widths) - 1,
        colOff=int(widths[-1] * CHARACTER - width) * PIXEL,
        row=row,
        rowOff=MARGIN * PIXEL,
    )
    found.anchor = OneCellAnchor(_from=start, ext=XDRPositiveSize2D(width * PIXEL, height * PIXEL))
    sheet.add_image(found)

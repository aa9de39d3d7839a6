"""The plain way to write rows: cell by cell through openpyxl, in its write-only mode.

It takes over where openpyxl writes a sheet in a way that `streaming` does not know, and the tests hold what is
streamed against it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from openpyxl.cell.cell import Cell
from openpyxl.utils import get_column_letter

from desktop.export import texts


class StyledCell(Cell):  # type: ignore[misc]
    """A cell whose coordinate and style are known: openpyxl would work them out anew for each one."""

    __slots__ = ("coordinate", "has_style", "style_id")


class Heights(dict[int, dict[str, str]]):
    """Stands in for openpyxl's dimensions of rows, which would remember each row of the sheet."""

    def __init__(self) -> None:
        super().__init__()
        self.now: dict[str, str] = {}

    def get(self, key: int, default: Any = None) -> Any:
        return self.now


class Plain:
    """Writes the rows of one sheet."""

    def __init__(self, sheet: Any) -> None:
        self.sheet = sheet
        self._heights = sheet.row_dimensions = Heights()
        sheet._values_to_row = lambda values, number: values

    def write(self, number: int, height: float, cells: Iterable[tuple[int, Any, str]]) -> None:
        """One row: of each cell its column, its content and the number of its style."""
        written = []
        for column, content, look in cells:
            cell = StyledCell(self.sheet, row=number, column=column)
            text = isinstance(content, str)
            cell.coordinate = f"{get_column_letter(column)}{number}"
            cell._value, cell.data_type = (texts.escape(content), "s") if text else (content, "n")
            cell.has_style, cell.style_id = True, look
            written.append(cell)
        self._heights.now = {"ht": f"{height:g}", "customHeight": "1"} if height else {}
        self.sheet.append(written)

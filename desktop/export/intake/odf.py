"""Errors and formulas in an .ods, and the bounds of its sheets: a cell there can claim to stand a billion times."""

from __future__ import annotations

from desktop.export.intake import ooxml
from desktop.export.intake.faults import Unreadable
from desktop.export.intake.limits import MOST_CELLS, MOST_COLUMNS, MOST_NAMED, MOST_ROWS
from desktop.export.intake.losses import DENSE, Lost
from desktop.export.intake.package import Package
from desktop.export.intake.values import UNCOMPUTED, ErrorValue, Value

CONTENT = "content.xml"
_SHOWN = ("table:visibility", "collapse", "filter")


class _Reader:
    def __init__(self, without: Value) -> None:
        self.without = without
        self.sheets: dict[str, Lost] = {}
        self.lost = Lost()
        self.row = self.column = self.filled_rows = self.filled_columns = self.times = 0
        self.nested = self.texts = 0
        self.pending: tuple[int, int] | None = None
        self.pieces: list[str] = []
        self.parser = ooxml.new_parser()
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.data

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = ooxml.local(tag)
        if name in ("table-cell", "covered-table-cell"):
            self.cell(attributes)
        elif name == "table-row":
            self.row += self.times
            self.times = _times(attributes, "table:number-rows-repeated")
            self.column = 0
            if attributes.get("table:visibility") in _SHOWN[1:]:
                self.lost.hidden_rows += range(
                    self.row + 1, min(self.row + self.times, MOST_ROWS, self.row + 5_000) + 1
                )
        elif name == "table-column":
            times = _times(attributes, "table:number-columns-repeated")
            if attributes.get("table:visibility") in _SHOWN[1:] and self.column < MOST_COLUMNS:
                self.lost.hidden_columns.append((self.column + 1, min(self.column + times, MOST_COLUMNS)))
            self.column += times
        elif name == "table":
            self.nested += 1
            if self.nested == 1:
                self.lost = self.sheets[attributes.get("table:name", "")] = Lost()
                self.row = self.column = self.times = self.filled_rows = self.filled_columns = 0
        elif name == "p" and self.pending:
            self.texts += 1

    def cell(self, attributes: dict[str, str]) -> None:
        times = _times(attributes, "table:number-columns-repeated")
        column = self.column
        self.column += times
        rows, columns = (_times(attributes, f"table:number-{what}-spanned") for what in ("rows", "columns"))
        if rows * columns > 1 and len(self.lost.merged) < MOST_NAMED:
            self.lost.merged.append((self.row + 1, column + 1, self.row + rows, column + columns))
        kind = attributes.get("office:value-type")
        formula = "table:formula" in attributes
        if kind is None and not formula:
            return
        last_row, last_column = self.row + self.times, column + times
        self.filled_rows = max(self.filled_rows, last_row)
        self.filled_columns = max(self.filled_columns, last_column)
        if last_row > MOST_ROWS or self.filled_rows * self.filled_columns > DENSE:
            raise Unreadable("too many cells", most=MOST_CELLS)
        if formula:
            for row in range(self.row + 1, last_row + 1):
                for each in range(column, last_column):
                    self.lost.formula(row, each)
                    if kind is None:
                        self.lost.put(row, each, self.without)
        if attributes.get("calcext:value-type") == "error":
            self.pending = (self.row + 1, column)
            self.pieces.clear()

    def end(self, tag: str) -> None:
        name = ooxml.local(tag)
        if name == "table":
            self.nested -= 1
        elif name == "p" and self.texts:
            self.texts -= 1
        elif name == "table-cell" and self.pending:
            self.lost.put(*self.pending, ErrorValue("".join(self.pieces) or "#"))
            self.pending, self.texts = None, 0

    def data(self, text: str) -> None:
        if self.texts:
            self.pieces.append(text)


def _times(attributes: dict[str, str], name: str) -> int:
    return ooxml.whole_number(attributes.get(name, "1")) or 1


def ods(package: Package) -> dict[str, Lost]:
    """The sheets of an .ods."""
    if b"encryption-data" in package.read("meta-inf/manifest.xml"):
        raise Unreadable("password")
    # LibreOffice writes all results, but an empty text as none.
    computed = any(name in package.read("meta.xml") for name in (b"LibreOffice", b"OpenOffice"))
    reader = _Reader("" if computed else UNCOMPUTED)
    ooxml.parse(package.stream(CONTENT), reader.parser, CONTENT)
    return reader.sheets

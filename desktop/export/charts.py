"""Native charts: bars stacked by RAG, with their values on them, in colours whose greys differ too."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from openpyxl.chart import BarChart, Reference, Series
from openpyxl.chart.data_source import NumData, NumVal, StrData, StrVal
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.series import SeriesLabel, StrRef
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, TwoCellAnchor
from openpyxl.drawing.text import (
    CharacterProperties,
    Font,
    Paragraph,
    ParagraphProperties,
    RichTextProperties,
)

from desktop.export import palette

LIGHT = {"red", "green"}
"""Fills on which a label is white."""
NO_ZERO = "0;;;"
MARGIN = 9 * 9525
"""Room around a chart, in the units of drawings (9,525 a pixel)."""


@dataclass(frozen=True)
class Bars:
    """A table to draw: a bar a row, a series a RAG. `column` is that of the names, `head` the row of headings."""

    title: str
    keys: tuple[str, ...]
    names: list[str]
    rows: list[tuple[str, list[int]]]
    column: int
    head: int


def stacked(sheet: Any, bars: Bars, font: str) -> Any:
    """The chart of a table of the sheet."""
    first, last = bars.head + 1, bars.head + len(bars.rows)
    chart = BarChart()
    chart.type, chart.grouping, chart.overlap, chart.gapWidth = "bar", "stacked", 100, 45
    chart.title = bars.title
    chart.title.tx.rich.p[0].pPr = ParagraphProperties(defRPr=_text(font, 12, palette.TEXT, bold=True))
    for run in chart.title.tx.rich.p[0].r:
        run.rPr = _text(font, 12, palette.TEXT, bold=True)
    chart.title.overlay = False
    categories = Reference(sheet, min_col=bars.column, min_row=first, max_row=last)
    for index, key in enumerate(bars.keys):
        series = Series(Reference(sheet, min_col=bars.column + index + 1, min_row=first, max_row=last))
        name = Reference(sheet, min_col=bars.column + index + 1, min_row=bars.head)
        series.tx = SeriesLabel(strRef=StrRef(str(name), strCache=_words([bars.names[index]])))
        series.val.numRef.numCache = NumData(
            formatCode="General",
            ptCount=len(bars.rows),
            pt=[NumVal(idx=at, v=str(counts[index])) for at, (_name, counts) in enumerate(bars.rows)],
        )
        series.graphicalProperties = GraphicalProperties(solidFill=palette.STRONG[key])
        series.graphicalProperties.line = LineProperties(solidFill=palette.SURFACE, w=6350)
        series.invertIfNegative = False
        series.dLbls = _labels(font, palette.ON_ACCENT if key in LIGHT else palette.TEXT)
        chart.series.append(series)
    chart.set_categories(categories)
    for series in chart.series:
        # As text, and kept in the file: previews that do not compute show the chart too.
        series.cat.strRef = StrRef(str(categories), strCache=_words([name for name, _counts in bars.rows]))
        series.cat.numRef = None
    _axes(chart, font)
    chart.legend.position = "b"
    chart.legend.txPr = _rich(font, 9, palette.TEXT)
    chart.graphical_properties = GraphicalProperties(solidFill=palette.SURFACE)
    chart.graphical_properties.line = LineProperties(solidFill=palette.HAIRLINE)
    chart.roundedCorners = False
    plain = chart._write
    chart._write = lambda: _own_formats(plain())
    return chart


def over(left: int, right: int, top: int, bottom: int) -> Any:
    """The place of a chart that covers columns and rows, counted from 0, but for a margin to the right and below.

    Its right edge would be cut in print if it lay on the edge of the last column.
    """
    start = AnchorMarker(col=left, colOff=0, row=top, rowOff=0)
    end = AnchorMarker(col=right - 1, colOff=8 * MARGIN, row=bottom - 1, rowOff=MARGIN)
    return TwoCellAnchor(editAs="oneCell", _from=start, to=end)


def _own_formats(tree: Any) -> Any:
    """The chart's XML, its labels in their own number format and not the cells': openpyxl has no word for it."""
    for element in tree.iter():
        if element.tag.endswith("}numFmt") or element.tag == "numFmt":
            element.set("sourceLinked", "0")
    return tree


def _axes(chart: Any, font: str) -> None:
    """Categories from top to bottom; no scale, as each bar carries its number."""
    chart.x_axis.scaling.orientation = "maxMin"
    chart.x_axis.delete = False
    chart.x_axis.majorTickMark = "none"
    chart.x_axis.txPr = _rich(font, 9, palette.TEXT)
    chart.x_axis.graphicalProperties = GraphicalProperties(ln=LineProperties(noFill=True))
    chart.y_axis.delete = True
    chart.y_axis.majorGridlines = None
    chart.y_axis.scaling.min = 0


def _labels(font: str, color: str) -> Any:
    labels = DataLabelList(numFmt=NO_ZERO, txPr=_rich(font, 9, color, bold=True))
    labels.showVal = True
    labels.showSerName = labels.showCatName = labels.showLegendKey = labels.showPercent = False
    return labels


def _words(words: list[str]) -> Any:
    return StrData(ptCount=len(words), pt=[StrVal(idx=at, v=word) for at, word in enumerate(words)])


def _text(font: str, size: float, color: str, bold: bool = False) -> Any:
    face = Font(typeface=font)
    return CharacterProperties(sz=int(size * 100), b=bold, solidFill=color, latin=face, ea=face)


def _rich(font: str, size: float, color: str, bold: bool = False) -> Any:
    properties = ParagraphProperties(defRPr=_text(font, size, color, bold))
    return RichText(
        bodyPr=RichTextProperties(), p=[Paragraph(pPr=properties, endParaRPr=CharacterProperties())]
    )

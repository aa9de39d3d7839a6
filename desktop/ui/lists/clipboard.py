"""Rows on the clipboard: tab-separated with Excel's quoting, and as an HTML table; no text becomes a formula."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QApplication

from desktop.export.texts import guard
from desktop.model.kinds import Flag, Kind, Money, Number
from desktop.ui.lists.lines import MOST

_TEXT_TO_EXCEL = " style=\"mso-number-format:'\\@'\""


@dataclass(frozen=True)
class Heading:
    """A column: its title, and whether its cells are numbers, which are then left as they read."""

    title: str
    numeric: bool = False


Cells = Sequence[str]


def quoted(text: str) -> str:
    """A cell as Excel writes it into a text of tabs and lines."""
    if any(char in text for char in '\t\n\r"'):
        return '"' + text.replace('"', '""') + '"'
    return text


def as_tsv(headings: Sequence[Heading], rows: Iterable[Cells]) -> str:
    """Lines of cells, titles first."""
    lines = [[heading.title for heading in headings]]
    lines += [
        [text if h.numeric else guard(text) for h, text in zip(headings, row, strict=True)] for row in rows
    ]
    return "".join("\t".join(quoted(text) for text in line) + "\r\n" for line in lines)


def as_html(headings: Sequence[Heading], rows: Iterable[Cells]) -> str:
    """A table; cells that are no numbers are texts to Excel, so that it makes no dates of them either."""
    head = "".join(f"<th align='left'>{escape(heading.title)}</th>" for heading in headings)
    body = "".join(
        "<tr>" + "".join(_cell(heading, text) for heading, text in zip(headings, row, strict=True)) + "</tr>"
        for row in rows
    )
    return f"<meta charset='utf-8'><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _cell(heading: Heading, text: str) -> str:
    if heading.numeric:
        return f"<td align='right'>{escape(text)}</td>"
    words = escape(guard(text)).replace("\n", "<br style='mso-data-placement:same-cell'>")
    return f"<td{_TEXT_TO_EXCEL}>{words}</td>"


def mime(headings: Sequence[Heading], rows: Sequence[Cells]) -> QMimeData:
    """Both at once; the program that pastes chooses."""
    data = QMimeData()
    data.setText(as_tsv(headings, rows))
    data.setHtml(as_html(headings, rows))
    return data


def copy(model: Any, ranges: list[tuple[int, int]]) -> None:
    """Put these rows of a list's model on the clipboard, as the list shows them but with their whole texts."""
    kinds = [model.kind(column) for column in range(model.columnCount())]
    headings = [Heading(kind.title, _is_number(kind)) for kind in kinds]
    cells = [
        [kind.shown(raw) for kind, raw in zip(kinds, row[1:], strict=True)]
        for row in model.whole(ranges, MOST)
    ]
    QApplication.clipboard().setMimeData(mime(headings, cells))


def _is_number(kind: Kind) -> bool:
    shown = getattr(kind, "as_", kind)
    return isinstance(shown, Number | Money) and not isinstance(shown, Flag)

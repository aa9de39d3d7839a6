"""Rows on the clipboard: tab-separated with Excel's quoting, and as an HTML table; no text becomes a formula."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape

from PySide6.QtCore import QMimeData

_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠|%]")
_NUMBER = re.compile(r"[+\-]?[\d.,\s   ]*\d%?")


def neutral(text: str) -> str:
    """The text so that no spreadsheet computes it: what could be a formula begins with an apostrophe."""
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text.strip()) else text


def quoted(text: str) -> str:
    """A cell as Excel writes it into a text of tabs and lines."""
    if any(char in text for char in '\t\n\r"'):
        return '"' + text.replace('"', '""') + '"'
    return text


def as_tsv(titles: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Lines of cells, titles first."""
    lines = [titles, *([neutral(text) for text in row] for row in rows)]
    return "".join("\t".join(quoted(text) for text in line) + "\r\n" for line in lines)


def as_html(titles: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; its cells are texts to Excel, so that it makes no dates of them either."""
    head = "".join(f"<th align='left'>{escape(title)}</th>" for title in titles)
    body = "".join("<tr>" + "".join(_cell(text) for text in row) + "</tr>" for row in rows)
    return f"<meta charset='utf-8'><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _cell(text: str) -> str:
    words = escape(neutral(text)).replace("\n", "<br style='mso-data-placement:same-cell'>")
    return f"<td style=\"mso-number-format:'\\@'\">{words}</td>"


def mime(titles: Sequence[str], rows: Sequence[Sequence[str]]) -> QMimeData:
    """Both at once; the program that pastes chooses."""
    data = QMimeData()
    data.setText(as_tsv(titles, rows))
    data.setHtml(as_html(titles, rows))
    return data

"""What a document says, as data: who writes it knows neither Word nor PDF, who sets it knows no records.

    Document("Minutes", (Heading("Decisions"), Bullets((words("The tender opens in May."),))), marking="Internal")

To add a kind of block: a class here, its name in `Block`, and how it is set in `word` and in `html`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any, TypeAlias, TypeVar
from urllib.parse import urlsplit

from desktop.export import palette
from desktop.i18n import _
from desktop.model import scales
from desktop.text import clean

SCHEMES = ("http", "https", "mailto")
"""Addresses that may be links; all others are text."""
LEVELS = 3
"""Of headings, and of lists within lists: what lies deeper is set like the deepest."""


@dataclass(frozen=True)
class Span:
    """A text in one look. `tone` is a RAG: its shape stands before the text, and its word where there is no text."""

    text: str
    bold: bool = False
    italic: bool = False
    link: str = ""
    tone: str = ""
    muted: bool = False

    @property
    def shown(self) -> str:
        """The text as it is read."""
        return toned(self.text, self.tone)


Spans: TypeAlias = tuple[Span, ...]


def words(text: str, *, bold: bool = False, muted: bool = False, tone: str = "") -> Spans:
    """A plain text; line ends in it are kept."""
    return (Span(text, bold=bold, muted=muted, tone=tone),) if text or tone else ()


def toned(text: str, tone: str) -> str:
    """A text with the shape of its RAG, so that it is understood without colours."""
    if tone not in palette.TONES:
        return text
    return f"{palette.SHAPES[tone]} {text.strip() or _(scales.RAG[tone])}"


@dataclass(frozen=True)
class Heading:
    """`level` from 1; the title of the document stands above them all."""

    text: str
    level: int = 1


@dataclass(frozen=True)
class Paragraph:
    """Line ends within its spans are kept."""

    spans: Spans


@dataclass(frozen=True)
class Bullets:
    """A list; an item is what stands on its line, or blocks where there is more to it."""

    items: tuple[Spans | tuple[Block, ...], ...]


@dataclass(frozen=True)
class Numbered:
    """A list with numbers."""

    items: tuple[Spans | tuple[Block, ...], ...]
    start: int = 1


@dataclass(frozen=True)
class Facts:
    """What is known, a label and a text a row, without lines."""

    rows: tuple[tuple[str, Spans], ...]


@dataclass(frozen=True)
class Table:
    """`widths` in per cent, none for equal ones; `tones` a RAG or nothing for each cell, row by row."""

    headers: tuple[str, ...]
    rows: tuple[tuple[Spans, ...], ...]
    widths: tuple[float, ...] = ()
    tones: tuple[tuple[str, ...], ...] = ()

    def cells(self, row: int) -> tuple[Spans, ...]:
        """The cells of a row, as many as there are headers; one under a RAG is a single text in it."""
        given = self.rows[row][: len(self.headers)]
        given += ((),) * (len(self.headers) - len(given))
        return tuple(_under(spans, self.tone(row, column)) for column, spans in enumerate(given))

    def tone(self, row: int, column: int) -> str:
        """The RAG of a cell, or nothing."""
        tones = self.tones[row] if row < len(self.tones) else ()
        tone = tones[column] if column < len(tones) else ""
        return tone if tone in palette.TONES else ""

    def shares(self) -> tuple[float, ...]:
        """The widths, which together make 100."""
        count = len(self.headers)
        given = (
            [width if width > 0 else 1.0 for width in self.widths]
            if len(self.widths) == count
            else [1.0] * count
        )
        return tuple(width * 100 / sum(given) for width in given)


@dataclass(frozen=True)
class Quote:
    """Another's words; `source` says whose and where."""

    spans: Spans
    source: str = ""


@dataclass(frozen=True)
class Rule:
    """A line across the page."""


Block: TypeAlias = Heading | Paragraph | Bullets | Numbered | Facts | Table | Quote | Rule


@dataclass(frozen=True)
class Properties:
    """What the file says of itself: of the office, never of a machine. `at` is when it was made."""

    author: str = ""
    subject: str = ""
    at: dt.datetime = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)


@dataclass(frozen=True)
class Document:
    """`marking` stands at the head and foot of each page, `as_of` (in words) beside the title at its foot."""

    title: str
    blocks: tuple[Block, ...] = ()
    subtitle: str = ""
    marking: str = ""
    language: str = "en"
    as_of: str = ""
    landscape: bool = False
    """Whether its pages lie on their long side, where paper has one."""
    properties: Properties = Properties()

    @property
    def foot(self) -> str:
        """What stands at the foot of each page beside its number."""
        return " · ".join(part for part in (_line(self.title), _line(self.as_of)) if part)


def _under(spans: Spans, tone: str) -> Spans:
    return words("".join(span.text for span in spans), tone=tone) if tone else spans


def item_blocks(item: Spans | tuple[Block, ...]) -> tuple[Block, ...]:
    """An item of a list as blocks."""
    spans = tuple(part for part in item if isinstance(part, Span))
    blocks = tuple(part for part in item if not isinstance(part, Span))
    return (Paragraph(spans), *blocks) if spans or not blocks else blocks


def address(link: str) -> str:
    """The link if it may be one, else nothing."""
    try:
        scheme = urlsplit(link).scheme
    except ValueError:
        return ""
    return link if scheme in SCHEMES and link.isprintable() and " " not in link else ""


_Part = TypeVar("_Part")


def cleaned(part: _Part) -> _Part:
    """The same with every text as it may stand in a file; see `desktop.text.clean`."""
    return _mapped(part)  # type: ignore[no-any-return]


def texts(part: Any) -> Iterator[str]:
    """All texts in it."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, tuple):
        for each in part:
            yield from texts(each)
    elif is_dataclass(part):
        for each in fields(part):
            yield from texts(getattr(part, each.name))


def _mapped(part: Any) -> Any:
    if isinstance(part, str):
        return clean(part)[0]
    if isinstance(part, tuple):
        return tuple(_mapped(each) for each in part)
    if is_dataclass(part) and not isinstance(part, type):
        return replace(part, **{each.name: _mapped(getattr(part, each.name)) for each in fields(part)})
    return part


def _line(text: str) -> str:
    return " ".join(text.split())

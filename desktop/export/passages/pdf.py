"""PDF: paragraphs from where lines stand on the page, headings from the size of their letters.

PDFium reads the text; nothing is drawn, no script runs and nothing is fetched.
"""

from __future__ import annotations

import ctypes
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

import pypdfium2
import pypdfium2.raw as pdfium

from desktop.export.passages.errors import ReadError
from desktop.export.passages.lines import Line, finished, join, normalise, words
from desktop.i18n import _
from desktop.text import clean, fold

MOST_PAGES = 5_000
LARGER, SMALLER = 1.15, 0.88
"""Of the size of running text: from which a line is a heading, below which it is a note."""
EDGE = 3
"""Lines at the head and at the foot of a page among which running heads are looked for."""

_LINE_HYPHENS = "\u0002\ufffe"
"""What PDFium writes for a hyphen at a line end, and no line end behind it."""
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_COMPATIBLE = re.compile("[\u2e80-\u2fdf\ufb00-\ufb06]")
_PAGE_NUMBER = re.compile(
    r"\W*(?:page\s*|p\.\s*|página\s*)?(?:\d{1,4}|[ivxlc]{1,7})(?:\s*(?:/|of|de)\s*\d{1,4})?\W*$",
    re.IGNORECASE,
)
_NOTE = re.compile(r"([⁰¹²³⁴⁵⁶⁷⁸⁹]+|\d{1,3})\s*(?=[^\W\d])")


@dataclass(slots=True)
class _Row:
    """A line as it is printed: its left and right edge, its base and the size of its letters in points."""

    text: str
    left: float
    right: float
    base: float
    size: float
    bold: bool
    page: int


@dataclass
class _Page:
    rows: list[_Row] = field(default_factory=list)


@dataclass(frozen=True)
class _Look:
    """How a document looks: the size of its running text, whether bold letters say something, its words."""

    body: float
    bold_says: bool
    known: frozenset[str]


def lines(content: bytes) -> list[Line]:
    """The paragraphs of a document. Raises `ReadError` where it is protected, damaged or only pictures."""
    pages = _pages(content)
    rows = [row for page in pages for row in page.rows]
    if sum(len(row.text) for row in rows) < 3 * len(pages):
        raise ReadError(
            _(
                "This PDF holds pictures of pages and no text. Have its text recognised (OCR) first, or ask for the"
                " document as Word or text."
            )
        )
    _leave_out_running_heads(pages)
    _leave_out_twice_printed(pages)
    sizes: Counter[float] = Counter()
    for page in pages:
        for row in page.rows:
            sizes[round(row.size * 2) / 2] += len(row.text)
    body = max(sizes.items(), key=lambda found: (found[1], found[0]))[0] if sizes else 1.0
    bold = sum(len(row.text) for page in pages for row in page.rows if row.bold)
    marked = bold * 3 < sizes.total()  # where most of the text is bold, bold says nothing
    known = words(row.text for row in rows)
    return [line for page in pages for line in _paragraphs(page.rows, _Look(body, marked, known))]


def _pages(content: bytes) -> list[_Page]:
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if error.err_code in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY):
            raise ReadError(
                _("This PDF is protected with a password. Save a copy without a password, then choose that.")
            ) from None
        raise ReadError(_damaged()) from None
    try:
        count = len(document)
        if not count:
            raise ReadError(_damaged())
        if count > MOST_PAGES:
            raise ReadError(_("This PDF has too many pages to be read here."))
        return [_Page(list(_joined(_rows(document, number)))) for number in range(count)]
    except pypdfium2.PdfiumError:
        raise ReadError(_damaged()) from None
    finally:
        document.close()


def _damaged() -> str:
    return _(
        "This PDF is damaged and cannot be read. Ask for it again, or open and save it in another program."
    )


def _rows(document: pypdfium2.PdfDocument, number: int) -> Iterator[_Row]:
    """The lines of a page in the order of its content.

    PDFium's own line ends are only half the truth: it leaves some out, and on a page with little text it may end
    a line behind each letter. So it is the places of the letters that tell.
    """
    page = document[number]
    text = page.get_textpage()
    try:
        row: list[int] = []
        letters: list[str] = []
        last, ended = -1, False
        for index in range(text.count_chars()):
            letter = chr(pdfium.FPDFText_GetUnicode(text.raw, index))
            if letter in "\r\n":
                ended = True
                continue
            if not letter.isspace():
                between = _between(text, last, index, ended) if last >= 0 else ""
                if between is None or (letters and letters[-1] in _LINE_HYPHENS):
                    yield from _row(text, row, letters, number + 1)
                    row, letters = [], []
                elif between and not letters[-1].isspace():
                    row.append(index)
                    letters.append(between)
                last, ended = index, False
            row.append(index)
            letters.append(letter)
        yield from _row(text, row, letters, number + 1)
    finally:
        text.close()
        page.close()


def _between(text: pypdfium2.PdfTextPage, last: int, index: int, ended: bool) -> str | None:
    """What stands between two letters: nothing, a space, or None for a line end."""
    across, up, before, height = (ctypes.c_double() for _turn in range(4))
    pdfium.FPDFText_GetCharOrigin(text.raw, last, before, height)
    pdfium.FPDFText_GetCharOrigin(text.raw, index, across, up)
    level = abs(up.value - height.value) <= 1
    if not ended:
        return None if across.value < before.value - 1 and not level else ""
    right, size = text.get_charbox(last, loose=True)[2], _height(text, last)
    if not level or not -1 <= across.value - right < size * 0.6:
        return None
    return " " if across.value - right > size * 0.12 else ""


def _row(text: pypdfium2.PdfTextPage, row: list[int], letters: list[str], page: int) -> Iterator[_Row]:
    solid = [place for place, letter in enumerate(letters) if not letter.isspace()]
    if not solid:
        return
    middle = row[solid[len(solid) // 2]]
    size = max(_height(text, row[solid[0]]), _height(text, middle), _height(text, row[solid[-1]]))
    for place in solid:
        if letters[place] in "0123456789" and len(solid) > 3 and _height(text, row[place]) < size * 0.8:
            letters[place] = letters[place].translate(_SUPERSCRIPT)
    letters = letters[: solid[-1] + 1]
    hyphen = letters[-1] in _LINE_HYPHENS
    whole = clean("".join(letters[:-1] if hyphen else letters))[0]
    whole = _COMPATIBLE.sub(_plain, whole).strip() + ("-" if hyphen else "")
    left, base = text.get_charbox(row[solid[0]], loose=True)[:2]
    right = text.get_charbox(row[solid[-1]], loose=True)[2]
    bold = all(_is_bold(text, row[solid[end]]) for end in (0, -1))
    if whole.strip("-"):
        yield _Row(whole, left, right, base, size, bold, page)


def _is_bold(text: pypdfium2.PdfTextPage, index: int) -> bool:
    """By the name of the font: the weight that it tells of itself is seldom true."""
    name = ctypes.create_string_buffer(128)
    pdfium.FPDFText_GetFontInfo(text.raw, index, name, len(name), ctypes.c_int())
    return any(sign in name.value.lower() for sign in (b"bold", b"black", b"heavy"))


def _joined(rows: Iterable[_Row]) -> Iterator[_Row]:
    """Rows with what stands on the same line right behind them: PDFium tells a mark set high as a line of its own."""
    last: _Row | None = None
    for row in rows:
        beside = last and -1 <= row.left - last.right < last.size * 0.6 and not last.text.endswith("-")
        if last and beside and abs(row.base - last.base) < last.size * 0.8:
            mark = row.text.isdecimal() and row.size < last.size * 0.8
            text = row.text.translate(_SUPERSCRIPT) if mark else row.text
            last.text += text if text[0] in "⁰¹²³⁴⁵⁶⁷⁸⁹" else f" {text}"
            last.right = row.right
            continue
        if last:
            yield last
        last = row
    if last:
        yield last


def _plain(found: re.Match[str]) -> str:
    """A ligature as its letters, a radical as the character that was meant."""
    return fold(found[0])


def _height(text: pypdfium2.PdfTextPage, index: int) -> float:
    """The size of a letter as printed; its font's size says nothing where the page is scaled."""
    box = text.get_charbox(index, loose=True)
    return float(box[3] - box[1])


def _leave_out_running_heads(pages: list[_Page]) -> None:
    """Takes away what stands at the head or foot of several pages, and page numbers there."""
    counts: Counter[str] = Counter()
    for page in pages:
        counts.update({_likeness(row) for row in page.rows[:EDGE] + page.rows[-EDGE:]})
    least = max(2, min(3, len(pages) // 3))
    for page in pages:
        edges = set(range(min(EDGE, len(page.rows)))) | set(
            range(max(0, len(page.rows) - EDGE), len(page.rows))
        )
        page.rows = [
            row
            for place, row in enumerate(page.rows)
            if place not in edges
            or not (
                (counts[_likeness(row)] >= least and len(row.text) <= 120)
                or (place in (0, len(page.rows) - 1) and len(page.rows) > 1 and _PAGE_NUMBER.match(row.text))
            )
        ]


def _leave_out_twice_printed(pages: list[_Page]) -> None:
    """Takes away the first line of a page that is the last of the one before: cut in two, it is printed on both."""
    for page, following in pairwise(pages):
        if page.rows and following.rows and page.rows[-1].text == following.rows[0].text:
            del following.rows[0]


def _likeness(row: _Row) -> str:
    """A line as it would be on any page: its numbers are all one."""
    return re.sub(r"\d+", "#", normalise(row.text)).casefold() + f"@{row.base:.0f}"


def _paragraphs(rows: list[_Row], look: _Look) -> Iterator[Line]:
    """The rows of a page as paragraphs, each told whether it is a heading or a note."""
    if not rows:
        return
    pitches = [one.base - other.base for one, other in pairwise(rows)]
    usual = [pitch for pitch in pitches if 0 < pitch < 3 * look.body]
    pitch = median(usual) if usual else look.body
    margin = min(row.left for row in rows)
    edge = max(row.right for row in rows)
    begun: list[_Row] = []
    for row in rows:
        if begun and _begins(begun, row, pitch, margin, edge):
            yield _line(begun, look)
            begun = []
        begun.append(row)
    yield _line(begun, look)


def _begins(begun: list[_Row], row: _Row, pitch: float, margin: float, edge: float) -> bool:
    """Whether a row begins a paragraph: another size, a wider gap, an indent, or a short last line before it."""
    last = begun[-1]
    if last.text.endswith(("-", "\u00ad")):
        return False
    one, other = _NOTE.match(begun[0].text), _NOTE.match(row.text)
    if one and other and _number(other) == _number(one) + 1:
        return True
    if abs(row.size - last.size) > 0.08 * max(row.size, last.size) or row.bold != last.bold:
        return True
    gap = last.base - row.base
    if gap > max(pitch * 1.35 + 0.5, row.size * 1.15) or gap < -pitch:
        # up the page again: the next column goes on where its column broke
        return gap > 0 or finished(last.text)
    indented = row.left - last.left > row.size * 0.7 and (len(begun) > 1 or finished(last.text))
    short = last.right < margin + (edge - margin) * 0.8 and finished(last.text)
    return (indented and finished(last.text)) or short


def _number(note: re.Match[str]) -> int:
    return int(note[1].translate(_DIGITS))


def _line(rows: list[_Row], look: _Look) -> Line:
    text = ""
    for row in rows:
        text = join(text, row.text, look.known)
    text = normalise(text.removesuffix("\u00ad"))
    size, page = rows[0].size, rows[0].page
    if size >= look.body * LARGER and len(text) <= 200 and any(letter.isalpha() for letter in text):
        return Line(text, "heading", page)
    if look.bold_says and all(row.bold for row in rows) and len(text) <= 120 and not finished(text):
        return Line(text, "heading", page)
    note = _NOTE.match(text)
    if note and size <= look.body * SMALLER:
        return Line(text, "endnote", page, label=str(_number(note)))
    return Line(text, None, page)

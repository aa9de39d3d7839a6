"""What a row below the headings is: one of the table, or a total, a note, a legend, the headings once more."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from desktop.export.intake.book import SheetRead
from desktop.export.intake.tracker.columns import Header
from desktop.export.intake.tracker.shown import is_filled, plain, text_of
from desktop.export.intake.values import Value
from desktop.i18n import N_, _

ABOVE, TOTAL, AGAIN, NOTE, SECTION, COUNTED = "above", "total", "again", "note", "section", "counted"
_SENTENCES = {
    ABOVE: N_("it stands above the headings and is not taken."),
    TOTAL: N_("it is a total and is not taken."),
    COUNTED: N_("it numbers the columns and is not taken."),
    AGAIN: N_("it has the headings once more and is not taken."),
    NOTE: N_("it is a note or a legend beside the table and is not taken."),
    SECTION: N_("it has a single cell, as a title within the table has, and is not taken."),
}
_TOTALS = re.compile(
    r"(?:grand |sub ?)?(?:total(?:es|s|is)?|sum|count)\b|suma\b|soma\b|合計|小計|総計|計$|件数", re.IGNORECASE
)
_NOTES = re.compile(
    r"(?:legend|key|notes?|source|remarks?|status codes?|colou?rs?|leyenda|notas?|fuente|observaciones|legenda"
    r"|fontes?|observa[cç][oõ]es|prepared by|last updated|updated|elaborad[oa]|actualizad[oa]|atualizad[oa]"
    r"|凡例|注記?|備考|出典|※|作成|更新)\b|^(?:凡例|注|備考|出典|※|\*|作成|更新)",
    re.IGNORECASE,
)
SPARSE = 0.34
"""The share of a usual row's cells below which a row after a gap is none of the table."""


def sentence(why: str) -> str:
    """Why a row is not taken."""
    return _(_SENTENCES[why])


def classified(sheet: SheetRead, header: Header) -> dict[int, str]:
    """By the number of each filled row below the headings: why it is none of the table, '' where it is one."""
    titles = {column.number: plain(column.title) for column in header.columns if column.title}
    inside = {column.number for column in header.columns}
    wide = {(area.top, area.left) for area in sheet.merged if area.right > area.left}
    kinds: dict[int, str] = {}
    counts: list[int] = []
    before, ended = header.last, False
    usual = 0.0
    for number, values in sheet.rows.filled():
        if number <= header.last:
            if number >= (header.first or 1) and header.first:
                kinds[number] = ""
            continue
        filled = [place for place, value in enumerate(values, 1) if is_filled(value) and place in inside]
        why = _why(values, filled, titles)
        if not why and len(filled) == 1 and ((number, filled[0]) in wide) and len(inside) > 2:
            why = SECTION
        if not why and number == header.last + 1 and _counts_columns([values[place - 1] for place in filled]):
            why = COUNTED
        gap = number - before > 1
        if not filled:
            why = NOTE
        elif counts and len(inside) > 2 and (gap or ended) and not why:
            usual = usual or median(counts)
            if len(filled) <= max(1, usual * SPARSE):
                why = NOTE
        ended = (ended or gap) and why == NOTE
        kinds[number] = why
        if not why:
            if len(counts) < 200:
                counts.append(len(filled))
            ended = False
        before = number
    for number in range(header.first, header.last + 1):
        kinds.pop(number, None)
    return _loose(sheet, kinds, median(counts) if counts else 0, len(inside))


def _loose(sheet: SheetRead, kinds: dict[int, str], usual: float, width: int) -> dict[int, str]:
    """Single cells under the table's last full row are notes, those between its rows titles of sections."""
    if usual < 3 or width < 3:
        return kinds
    full = [
        number for number, why in kinds.items() if not why and _count(sheet, number) > max(1, usual * SPARSE)
    ]
    last = full[-1] if full else 0
    for number, why in kinds.items():
        if why in ("", NOTE) and _count(sheet, number) == 1:
            kinds[number] = NOTE if number > last else SECTION
    return kinds


def _counts_columns(values: Sequence[Value]) -> bool:
    """Whether cells number the columns: (1), (2), (3), or A, B, C."""
    texts = [unicodedata.normalize("NFKC", text_of(value)).strip("()[] .").casefold() for value in values]
    found = [int(text) if text.isdecimal() else ord(text) - 96 if len(text) == 1 else 0 for text in texts]
    return len(found) >= 3 and found[0] in (1, 2) and all(b - a == 1 for a, b in pairwise(found))


def _count(sheet: SheetRead, number: int) -> int:
    return sum(is_filled(value) for value in sheet.rows[number - 1])


def _why(values: Sequence[Value], filled: Sequence[int], titles: dict[int, str]) -> str:
    if not filled:
        return ""
    first = text_of(values[filled[0] - 1])
    others = [values[place - 1] for place in filled[1:]]
    if _TOTALS.match(first.strip(" :：")) and all(_is_count(value) for value in others):
        return TOTAL
    shared = [place for place in filled if titles.get(place)]
    again = sum(plain(text_of(values[place - 1])) == titles[place] for place in shared)
    if again >= 2 and again > 0.5 * len(filled):
        return AGAIN
    if len(filled) <= 2 and len(titles) > 2 and _NOTES.match(first.strip("*（( ")):
        return NOTE
    return ""


def _is_count(value: Value) -> bool:
    """Whether a cell of a total counts: `4`, `(4)`, `4 actions`."""
    return not isinstance(value, str) or bool(
        re.fullmatch(r"[\d.,% ()=件]*|\d[\d.,]* [^\W\d]+(?: [^\W\d]+)?", value.strip())
    )

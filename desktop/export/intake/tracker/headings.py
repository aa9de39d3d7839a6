"""The row of headings: what looks most like one among the first rows of a sheet, in one level or two."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from desktop.export.intake.book import Area, SheetRead
from desktop.export.intake.tracker import field_words
from desktop.export.intake.tracker.columns import Column, numbered
from desktop.export.intake.tracker.shown import is_filled, plain, text_of
from desktop.export.intake.values import Value
from desktop.service import handling

Top = list[tuple[int, Sequence[Value]]]
Found = tuple[int, int, tuple[Column, ...], float]
LOOKED_AT = 80
"""Filled rows among which the headings are sought."""
BELOW = 25
"""Rows under a row of headings that should look like their table."""
LONGEST = 90
"""Characters of a heading."""
ENOUGH = 0.9
"""The score from which a row is a heading."""


def top_of(sheet: SheetRead) -> Top:
    """The first filled rows of a sheet."""
    found: Top = []
    for number, values in sheet.rows.filled():
        found.append((number, values))
        if len(found) >= LOOKED_AT + BELOW:
            break
    return found


def best(sheet: SheetRead, top: Top) -> Found | None:
    """The likeliest headings; without any, the columns have only letters."""
    if top and handling.is_row(top[0][1], top[1][1] if len(top) > 1 else ()):
        top = top[1:]
    if not top:
        return None
    scored = [(_score(top, at), -at) for at in range(min(len(top), LOOKED_AT))]
    score, at = max(scored)
    if score < ENOUGH:
        width = max(len(values) for _number, values in top)
        used = [n for n in range(1, width + 1) if any(_filled(values, n) for _row, values in top)]
        if len(top) < 2 and len(used) < 2:
            return None
        columns = tuple(Column(n, "", hidden=n in sheet.hidden_columns) for n in used)
        return 0, top[0][0] - 1, columns, score / 2
    return at_index(sheet, top, -at, score)


def at(sheet: SheetRead, top: Top, row: int) -> Found | None:
    """The headings that an officer pointed at."""
    index = next((at for at, (number, _values) in enumerate(top) if number == row), None)
    return None if index is None else at_index(sheet, top, index, _score(top, index))


def at_index(sheet: SheetRead, top: Top, index: int, score: float) -> Found:
    """The headings of this row, with the level above or below that goes with it."""
    first, last = index, index
    if _is_lower(sheet, top, index):
        last = index + 1
    elif index and _is_lower(sheet, top, index - 1):
        first = index - 1
    below = top[last + 1 : last + 1 + BELOW]
    width = max([len(top[first][1]), len(top[last][1]), *(len(values) for _number, values in below)])
    upper = _spread(sheet, top[first], width) if last > first else {}
    columns = []
    for number in range(1, width + 1):
        title = _text(top[last][1], number) or _hanging(sheet, top[last][0], number)
        group = upper.get(number, "")
        if not title:
            title, group = group, ""
        if title or any(_filled(values, number) for _row, values in below):
            group = "" if plain(group) == plain(title) else group
            columns.append(Column(number, title, group, hidden=number in sheet.hidden_columns))
    return top[first][0], top[last][0], numbered(columns), score


def _score(top: Top, index: int) -> float:
    """How much a row looks like headings: short different words, known ones, over columns that are filled below."""
    _number, values = top[index]
    places = [place for place, value in enumerate(values, 1) if is_filled(value)]
    texts = [_text(values, place) for place in places]
    below = top[index + 1 : index + 1 + BELOW]
    if not places or not below:
        return 0.0
    words = [
        isinstance(values[place - 1], str) and _is_title(text)
        for place, text in zip(places, texts, strict=True)
    ]
    used = [n for n in range(1, max(len(row) for _n, row in below) + 1) if _share(below, n) >= 0.3]
    covered = len(set(places) & set(used)) / len(used) if used else 0.0
    known = sum(field_words.is_known(text) for text in texts) / len(texts)
    apart = len({plain(text) for text in texts}) / len(texts)
    few = 0.4 if len(places) == 1 and len(used) > 1 else 1.0
    worded = sum(words) / len(words)
    return few * worded * (0.7 * covered + 1.6 * known + 0.2 * apart + 0.1) - 0.004 * index


def _is_title(text: str) -> bool:
    return (
        0 < len(text) <= LONGEST
        and not re.fullmatch(r"[\d\W_]+", text)
        and not re.match(r"\d{4}[-/年]", text)
    )


def _is_lower(sheet: SheetRead, top: Top, index: int) -> bool:
    """Whether the row after this one is the second level of its headings."""
    if index + 2 >= len(top):
        return False
    (upper, above), (lower, below) = top[index], top[index + 1]
    if lower != upper + 1:
        return False
    places = [place for place, value in enumerate(below, 1) if is_filled(value)]
    texts = [_text(below, place) for place in places]
    if not places or not all(
        isinstance(below[place - 1], str) and _is_title(text)
        for place, text in zip(places, texts, strict=True)
    ):
        return False
    used = [
        n
        for n in range(1, len(top[index + 2][1]) + 1)
        if _share(top[index + 2 : index + 2 + BELOW], n) >= 0.3
    ]
    spans = [area for area in sheet.merged if area.top <= upper == area.bottom and area.right > area.left]
    spans = [area for area in spans if _filled(above, area.left) and not _over_all(area, used)]
    under = [place for place in places if any(area.left <= place <= area.right for area in spans)]
    if len(under) >= 2:
        return True
    alone = [place for place in places if not _filled(above, place)]
    known = sum(field_words.is_known(text) for text in texts)
    others = sum(is_filled(value) for value in above)
    upper_known = sum(field_words.is_known(_text(above, n)) for n in range(1, len(above) + 1))
    return (
        bool(alone)
        and others >= 2
        and known > 0.5 * len(places)
        and upper_known > 0
        and len(places) <= len(used)
    )


def _over_all(area: Area, used: Sequence[int]) -> bool:
    """Whether merged cells lie over the whole table: a title, and no heading."""
    return bool(used) and area.left <= used[0] and area.right >= used[-1]


def _spread(sheet: SheetRead, row: tuple[int, Sequence[Value]], width: int) -> dict[int, str]:
    """The texts of an upper level by column: each reaches as far as its cells are merged, else to the next."""
    number, values = row
    spans = {area.left: area.right for area in sheet.merged if area.top <= number <= area.bottom}
    found: dict[int, str] = {}
    open_until, text = 0, ""
    for place in range(1, width + 1):
        if _filled(values, place):
            text = _text(values, place)
            open_until = spans.get(place, place if spans else width)
        if place <= open_until:
            found[place] = text
    return found


def _hanging(sheet: SheetRead, row: int, column: int) -> str:
    """The text of merged cells that reach down or across to this one."""
    for area in sheet.merged:
        if area.top < row <= area.bottom and area.left <= column <= area.right:
            return text_of(sheet.cell(area.top, area.left).value) if area.left == column else ""
    return ""


def _filled(values: Sequence[Value], place: int) -> bool:
    return place <= len(values) and is_filled(values[place - 1])


def _text(values: Sequence[Value], place: int) -> str:
    if place > len(values) or isinstance(values[place - 1], dt.date):
        return text_of(values[place - 1]) if place <= len(values) else ""
    return text_of(values[place - 1])


def _share(rows: Top, place: int) -> float:
    return sum(_filled(values, place) for _number, values in rows) / len(rows) if rows else 0.0

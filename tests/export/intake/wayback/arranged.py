"""What people do to a whole sheet: sort it, move its columns, rename, insert, translate. None of it changes a cell."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from random import Random

from desktop.export.columns import Sheet
from desktop.export.layouts import known
from desktop.i18n import LANGUAGES, speaking

from .paper import UID, Page


def sheet_of(page: Page) -> Sheet:
    found = known.sheet(page.key)
    assert found is not None
    return found


Arrange = Callable[[Page, Random], None]


def as_sent(page: Page, chance: Random) -> None:
    """Left as it was."""


def sorted_rows(page: Page, chance: Random) -> None:
    key = chance.choice(page.columns)
    page.rows.sort(key=lambda row: str(row.get(key)), reverse=chance.random() < 0.5)


def shuffled(page: Page, chance: Random) -> None:
    chance.shuffle(page.rows)


def moved_column(page: Page, chance: Random) -> None:
    key = page.columns.pop(chance.randrange(len(page.columns)))
    page.columns.insert(chance.randrange(len(page.columns)), key)


def uid_first(page: Page, chance: Random) -> None:
    page.columns.remove(UID)
    page.columns.insert(0, UID)


def renamed_heading(page: Page, chance: Random) -> None:
    page.headings[chance.choice(page.columns)] = f"Renamed {chance.randrange(99)}"


def moved_and_renamed(page: Page, chance: Random) -> None:
    """A column with something in it, which is told by what that is."""
    telling = [key for key in (*page.columns,) if len({row.get(key) for row in page.rows}) > 3 and key != UID]
    for key in telling[:1]:
        page.headings[key] = "Something else"
        page.columns.remove(key)
        page.columns.append(key)


def title_lines(page: Page, chance: Random) -> None:
    for number in range(chance.randint(1, 4)):
        page.above.insert(0, [f"Our remarks {number}", None, dt.date(2026, 12, 1)])


def blank_rows(page: Page, chance: Random) -> None:
    for _number in range(3):
        page.rows.insert(chance.randrange(len(page.rows) + 1), {})


def renamed_sheet(page: Page, chance: Random) -> None:
    page.name = f"Tabelle{chance.randrange(999)}"


def own_column(page: Page, chance: Random) -> None:
    key = f"own {chance.randrange(99)}"
    page.columns.insert(chance.randrange(len(page.columns)), key)
    page.headings[key] = "Our own remarks"
    for row in page.rows:
        row[key] = f"seen {chance.randrange(9)}"


def in_another_language(page: Page, chance: Random) -> None:
    sheet = sheet_of(page)
    with speaking(chance.choice(list(LANGUAGES))):
        for column in sheet.columns:
            if column.key in page.headings:
                page.headings[column.key] = column.title(sheet.entity)


def uid_heading_gone(page: Page, chance: Random) -> None:
    page.headings[UID] = chance.choice(("", "x", "Column22"))


def repeated_headings(page: Page, chance: Random) -> None:
    page.rows.insert(chance.randrange(1, len(page.rows) + 1), dict(page.headings))


def all_together(page: Page, chance: Random) -> None:
    for each in (shuffled, moved_column, uid_first, title_lines, blank_rows, renamed_sheet, own_column):
        each(page, chance)


ARRANGED: dict[str, Arrange] = {
    each.__name__: each
    for each in (
        as_sent,
        sorted_rows,
        shuffled,
        moved_column,
        uid_first,
        renamed_heading,
        moved_and_renamed,
        title_lines,
        blank_rows,
        renamed_sheet,
        own_column,
        in_another_language,
        uid_heading_gone,
        repeated_headings,
        all_together,
    )
}

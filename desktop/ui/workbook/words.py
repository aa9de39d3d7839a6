"""What a layout has, said in a line; and the languages of its headings."""

from __future__ import annotations

from desktop.export import layouts
from desktop.export.layouts import Definition
from desktop.i18n import LANGUAGES, _, captioned, format_number, join_list, join_parts, ngettext
from desktop.model import Invalid

NAMED = 4
"""Sheets that are named; of more, it is said how many there are."""


def about(layout: Definition) -> str:
    """Which sheets it has, with how many columns where that is little to say, in whose words, in which languages."""
    names = [sheet.title or layouts.sheet_title(sheet.key) for sheet in layout.sheets]
    more = len(names) - NAMED
    if more > 1:
        words = ngettext("{count} more sheet", "{count} more sheets", more)
        names = [*names[:NAMED], words.format(count=format_number(more))]
    sheets = join_list(names)
    chosen = [sheet.columns for sheet in layout.sheets if sheet.columns]
    columns = ""
    if len(chosen) == 1:
        words = ngettext("{count} column", "{count} columns", len(chosen[0]))
        columns = words.format(count=format_number(len(chosen[0])))
    return join_parts(sheets, columns, _words(layout), _languages(layout), _plain(layout))


def _words(layout: Definition) -> str:
    try:
        pack = layouts.pack(layout.pack)
    except Invalid:
        return ""
    return captioned(_("Words"), pack.title) if pack is not None else ""


def _languages(layout: Definition) -> str:
    return join_list(LANGUAGES[code] for code in layout.languages)


def _plain(layout: Definition) -> str:
    return _("for programs to read") if layout.plain else ""

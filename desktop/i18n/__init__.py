"""The words, dates and numbers of the four languages of Juntos.

    from desktop.i18n import _, ngettext
    _("{count} follow-ups are overdue").format(count=n)

English is the source language. `use()` sets the language of the process, `speaking()` that of a block: an
export can speak Japanese while the window speaks Spanish, each in its own thread. A message is looked up when
`_()` is called, so constants of a module are marked with `N_()` and translated where they are shown.

To add a language: its name in `LANGUAGES`, its house style in `scripts/locales.py`, its `juntos.po`.
"""

from desktop.i18n.dates import (
    first_weekday,
    format_date,
    format_datetime,
    format_time,
    month_name,
    weekday_name,
)
from desktop.i18n.faults import why
from desktop.i18n.messages import (
    LANGUAGES,
    N_,
    _,
    captioned,
    join_list,
    join_parts,
    language,
    ngettext,
    npgettext,
    pgettext,
    quoted,
    speaking,
    system_language,
    system_territory,
    use,
)
from desktop.i18n.numbers import format_number, parse_decimal, parse_number
from desktop.i18n.typed_dates import parse_date, parse_fuzzy_date, parse_time

__all__ = [
    "LANGUAGES",
    "N_",
    "_",
    "captioned",
    "first_weekday",
    "format_date",
    "format_datetime",
    "format_number",
    "format_time",
    "join_list",
    "join_parts",
    "language",
    "month_name",
    "ngettext",
    "npgettext",
    "parse_date",
    "parse_decimal",
    "parse_fuzzy_date",
    "parse_number",
    "parse_time",
    "pgettext",
    "quoted",
    "speaking",
    "system_language",
    "system_territory",
    "use",
    "weekday_name",
    "why",
]

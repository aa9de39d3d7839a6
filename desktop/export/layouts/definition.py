"""What a layout says, as data: which sheets, which columns, in whose words, on which paper.

`reading.from_json` is the way back. Labels and names are message ids where the program has them, so that a copy of
what is shipped is still spoken in the reader's language; any other text stands as it was typed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from desktop.i18n import _
from desktop.service.filters import BETWEEN, NONE
from desktop.service.query import Order
from desktop.service.views import ME

FORMAT = "juntos layout"
VERSION = 1
MOST_NAME, MOST_MARKING, MOST_SHEETS, MOST_COLUMNS, MOST_VALUES = 80, 200, 60, 200, 500
MOST_WIDTH = 255.0
"""Characters; what Excel takes."""
MOST_LANGUAGES = 2
"""Headers stand in two rows at most."""
PAPERS = ("", "a4", "a3", "letter")
"""'' is by the width of the sheet."""
SAID = {NONE: None, ME: "me"}
"""What a filter keeps, and how it is written: records without it, and the officer at the desk."""

Filter = tuple[str, tuple[Any, ...]]
"""A field and the keys of its filter, as saved views keep them: other records by uid, days by what they are called."""


@dataclass(frozen=True)
class LayoutColumn:
    """A column by its key; `width` in characters, 0 for that of the declared column; `label` '' for its own."""

    key: str
    width: float = 0
    label: str = ""
    extra: Mapping[str, Any] = field(default_factory=dict, hash=False)
    """What a newer program wrote, kept as it is."""

    @property
    def title(self) -> str:
        """The label in the language spoken, '' for that of the declared column."""
        return _(self.label)

    def as_data(self) -> dict[str, Any]:
        """As it stands in JSON."""
        own = {"key": self.key, "width": self.width, "label": self.label}
        return {**self.extra, **_said(own, "key")}


@dataclass(frozen=True)
class LayoutSheet:
    """A sheet by its key, with what narrows it beside what is declared; no columns are those of the declared sheet."""

    key: str
    name: str = ""
    columns: tuple[LayoutColumn, ...] = ()
    where: tuple[Filter, ...] = ()
    order: tuple[Order, ...] = ()
    group: str = ""
    extra: Mapping[str, Any] = field(default_factory=dict, hash=False)

    @property
    def title(self) -> str:
        """The name in the language spoken, '' for that of the declared sheet."""
        return _(self.name)

    def as_data(self) -> dict[str, Any]:
        """As it stands in JSON."""
        own = {
            "key": self.key,
            "name": self.name,
            "columns": [column.as_data() for column in self.columns],
            "where": {name: _keys(keys) for name, keys in self.where},
            "order": [f"{order.field}:desc" if order.descending else order.field for order in self.order],
            "group": self.group,
        }
        return {**self.extra, **_said(own, "key")}


@dataclass(frozen=True)
class Definition:
    """A layout. `key` is that of a shipped one, the uid of a stored one, '' of one that is not kept yet.

    `languages` none as asked, two for headers in both; `pack` the key of a label pack; `logo` a PNG or JPEG in
    base64; `paper` one of `PAPERS`; `plain` for programs to read: no cover, no colours, no marks.
    """

    key: str
    name: str
    sheets: tuple[LayoutSheet, ...]
    languages: tuple[str, ...] = ()
    pack: str = ""
    marking: str = ""
    logo: str = ""
    paper: str = ""
    plain: bool = False
    shipped: bool = False
    extra: Mapping[str, Any] = field(default_factory=dict, hash=False)

    @property
    def title(self) -> str:
        """The name in the language spoken."""
        return _(self.name)

    def sheet(self, key: str) -> LayoutSheet | None:
        """The sheet of a key, if the layout has it."""
        return next((sheet for sheet in self.sheets if sheet.key == key), None)

    def as_data(self) -> dict[str, Any]:
        """As it stands in JSON: everything but its key, which is its place's."""
        own = {
            "name": self.name,
            "sheets": [sheet.as_data() for sheet in self.sheets],
            "languages": list(self.languages),
            "pack": self.pack,
            "marking": self.marking,
            "logo": self.logo,
            "paper": self.paper,
            "plain": self.plain,
        }
        return {"format": FORMAT, "version": VERSION, **self.extra, **_said(own, "name", "sheets")}

    def as_json(self) -> str:
        """As it is kept, and written to a file."""
        return dumped(self.as_data())


def dumped(data: Any) -> str:
    """JSON that people can read and any file can hold."""
    text = json.dumps(data, ensure_ascii=False, indent=1)
    try:
        text.encode()
    except UnicodeEncodeError:  # half a character, in what a newer program wrote
        return json.dumps(data, indent=1)
    return text


def _said(values: dict[str, Any], *always: str) -> dict[str, Any]:
    """Without what is not said."""
    return {name: value for name, value in values.items() if value or name in always}


def _keys(keys: tuple[Any, ...]) -> list[Any]:
    return list(keys) if keys[:1] == (BETWEEN,) else [SAID.get(key, key) for key in keys]

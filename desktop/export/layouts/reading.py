"""A layout from JSON. Whatever it names is checked; what is wrong is a sentence that says where.

A file that somebody gives us is read strictly: the first fault is an `Invalid`. What stands in the workspace may
have been written by a newer program, or speak of a field that is gone: it is read leniently, the faults are told
and what they are about is left out; of a filter, the whole sheet.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

from desktop.export.layouts import known, logo
from desktop.export.layouts.checking import order_of, values_of
from desktop.export.layouts.definition import (
    FORMAT,
    MOST_COLUMNS,
    MOST_LANGUAGES,
    MOST_MARKING,
    MOST_NAME,
    MOST_SHEETS,
    MOST_WIDTH,
    PAPERS,
    VERSION,
    Definition,
    Filter,
    LayoutColumn,
    LayoutSheet,
)
from desktop.i18n import LANGUAGES, _, captioned, format_number, quoted
from desktop.model import Invalid
from desktop.service.grouping import groupable
from desktop.service.query import Order
from desktop.text import clean_line

_OF_ANY_VERSION = ("format", "name", "sheets", "languages", "pack", "marking", "logo", "paper", "plain")
_KNOWN = (*_OF_ANY_VERSION, "version")
MOST_TEXT, DEEPEST = 2_000_000, 30
_OF_SHEET = ("key", "name", "columns", "where", "order", "group")
_OF_COLUMN = ("key", "width", "label")


def from_json(text: str, key: str = "") -> Definition:
    """The layout that a JSON text says; raises `Invalid` with a sentence that names what is wrong."""
    return from_data(loaded(text), key)


def from_data(data: Any, key: str = "") -> Definition:
    """The same of what `json.loads` has made of it."""
    return _Reader(_refuse).definition(data, key)


def checked(definition: Definition) -> Definition:
    """A layout as it may be kept: as if it were read; raises `Invalid`."""
    return from_data(definition.as_data(), definition.key)


def leniently(text: str, key: str, name: str) -> tuple[Definition, list[str]]:
    """The layout that the workspace keeps, as far as this program understands it; and what it does not."""
    told: list[str] = []

    def tell(fault: Invalid) -> None:
        told.append(str(fault))

    try:
        data = loaded(text)
    except Invalid as fault:
        told.append(str(fault))
        data = {}
    data = data if isinstance(data, dict) else {}
    return _Reader(tell).definition({**data, "name": name}, key), told


def loaded(text: str) -> Any:
    """What a JSON text holds; raises `Invalid`."""
    if len(text) > MOST_TEXT:
        words = _("A layout has {most} characters at most.")
        raise Invalid(words.format(most=format_number(MOST_TEXT)))
    try:
        found = json.loads(text.removeprefix("\ufeff"))
    except json.JSONDecodeError as error:
        raise Invalid(
            _("This is not JSON: something is wrong at line {line}, character {character}.").format(
                line=error.lineno, character=error.colno
            )
        ) from None
    except (ValueError, RecursionError):
        raise Invalid(_("This is not JSON that a layout could be.")) from None
    if _deep(found):
        raise Invalid(_("This is not JSON that a layout could be."))
    return found


def _deep(found: Any) -> bool:
    """Whether it is nested so deep that it could not be written again."""
    level = [found]
    for _depth in range(DEEPEST):
        level = [
            inner
            for each in level
            if isinstance(each, dict | list)
            for inner in (each.values() if isinstance(each, dict) else each)
        ]
    return bool(level)


def _refuse(fault: Invalid) -> None:
    raise fault


class _Reader:
    """Reads one layout; `fault` is told what is wrong, and may raise it."""

    def __init__(self, fault: Callable[[Invalid], None]) -> None:
        self.fault = fault

    def wrong(self, sentence: str, field: str = "") -> None:
        self.fault(Invalid(sentence, field))

    def definition(self, data: Any, key: str) -> Definition:
        if not isinstance(data, dict):
            self.wrong(_("A layout is a JSON object, with a name and sheets."))
            data = {}
        if data.get("format", FORMAT) != FORMAT:
            self.wrong(_("This file is not a layout of Juntos."), "format")
        name = self.line(data, "name", _("Name"), MOST_NAME)
        if not name:
            self.wrong(_("The layout has no name."), "name")
        sheets = tuple(self.sheets(self.array(data, "sheets", MOST_SHEETS)))
        if not sheets:
            self.wrong(_("The layout has no sheet."), "sheets")
        return Definition(
            key=key,
            name=name,
            sheets=sheets,
            languages=self.languages(self.array(data, "languages", MOST_LANGUAGES)),
            pack=self.line(data, "pack", _("Label pack"), MOST_NAME),
            marking=self.line(data, "marking", _("Handling"), MOST_MARKING),
            logo=self.logo(data.get("logo", "")),
            paper=self.paper(data.get("paper", "")),
            plain=self.flag(data.get("plain", False)),
            extra=_others(data, _KNOWN if data.get("version", VERSION) == VERSION else _OF_ANY_VERSION),
        )

    # ---- its parts

    def sheets(self, found: list[Any]) -> Iterable[LayoutSheet]:
        taken: set[str] = set()
        for data in found:
            if isinstance(data, str):
                data = {"key": data}
            key = data.get("key") if isinstance(data, dict) else None
            if not isinstance(key, str) or key not in known.sheet_keys():
                self.wrong(
                    _("There is no sheet “{name}”; there are: {known}.").format(
                        name=_shown(key), known=", ".join(known.sheet_keys())
                    ),
                    "sheets",
                )
            elif key in taken:
                self.wrong(_("The sheet “{name}” stands there twice.").format(name=key), "sheets")
            else:
                taken.add(key)
                sheet = self.sheet(key, data)
                if sheet is not None:
                    yield sheet

    def sheet(self, key: str, data: dict[str, Any]) -> LayoutSheet | None:
        """A sheet; None for one of whose filter or columns too little is understood: it would hold more than was
        meant."""
        title = known.sheet_title(key)
        declared = known.sheet(key)
        name = self.line(data, "name", captioned(title, _("Name")), MOST_NAME)
        extra = _others(data, _OF_SHEET)
        if declared is None:
            if any(data.get(part) for part in ("columns", "where", "order", "group")):
                self.wrong(
                    _("{sheet}: columns, filter, order and groups of this sheet cannot be chosen.").format(
                        sheet=title
                    ),
                    "sheets",
                )
            return LayoutSheet(key, name, extra=extra)
        group = data.get("group", "")
        if group not in ("", *(kind.name for kind in groupable(declared.entity))):
            allowed = ", ".join(kind.name for kind in groupable(declared.entity))
            self.wrong(
                _("{sheet}: it cannot be grouped by “{name}”; it can by: {known}.").format(
                    sheet=title, name=_shown(group), known=allowed or "–"
                ),
                "group",
            )
            group = ""
        asked = self.array(data, "columns", MOST_COLUMNS)
        columns = tuple(self.columns(asked, title, known.column_keys(declared)))
        where = tuple(self.filters(data.get("where", {}), title, declared.entity))
        if None in where or bool(asked) != bool(columns):
            self.wrong(_("{sheet}: the sheet is left out.").format(sheet=title), "sheets")
            return None
        return LayoutSheet(
            key,
            name,
            columns=columns,
            where=tuple(each for each in where if each is not None),
            order=tuple(self.orders(self.array(data, "order", MOST_COLUMNS), title, declared.entity)),
            group=group,
            extra=extra,
        )

    def columns(self, found: list[Any], title: str, keys: tuple[str, ...]) -> Iterable[LayoutColumn]:
        taken: set[str] = set()
        for data in found:
            if isinstance(data, str):
                data = {"key": data}
            key = data.get("key") if isinstance(data, dict) else None
            if not isinstance(key, str) or key not in keys:
                words = _("{sheet}: there is no column “{name}”; there are: {known}.")
                self.wrong(words.format(sheet=title, name=_shown(key), known=", ".join(keys)), "columns")
            elif key in taken:
                words = _("{sheet}: the column “{name}” stands there twice.")
                self.wrong(words.format(sheet=title, name=key), "columns")
            else:
                taken.add(key)
                label = self.line(data, "label", captioned(title, key), MOST_NAME)
                yield LayoutColumn(
                    key, self.width(data.get("width", 0), title, key), label, _others(data, _OF_COLUMN)
                )

    def width(self, width: Any, title: str, key: str) -> float:
        if isinstance(width, int | float) and not isinstance(width, bool) and 0 <= width <= MOST_WIDTH:
            return width
        words = _("{sheet}: the width of “{name}” must be a number from 0 to {most}, in characters.")
        self.wrong(words.format(sheet=title, name=key, most=format_number(int(MOST_WIDTH))), "width")
        return 0

    def filters(self, found: Any, title: str, entity: Any) -> Iterable[Filter | None]:
        if not isinstance(found, dict):
            self.wrong(
                _("{sheet}: a filter is an object of fields and lists of values.").format(sheet=title),
                "where",
            )
            yield None
            return
        for name, keys in found.items():
            try:
                yield name, values_of(entity, name, keys)
            except Invalid as fault:
                self.wrong(captioned(title, str(fault)), "where")
                yield None

    def orders(self, found: list[Any], title: str, entity: Any) -> Iterable[Order]:
        for text in found:
            try:
                yield order_of(entity, text)
            except Invalid as fault:
                self.wrong(captioned(title, str(fault)), "order")

    def languages(self, found: list[Any]) -> tuple[str, ...]:
        kept: list[str] = []
        for code in found:
            if not isinstance(code, str) or code not in LANGUAGES:
                words = _("“{name}” is not a language; there are: {known}.")
                self.wrong(words.format(name=_shown(code), known=", ".join(LANGUAGES)), "languages")
            elif code in kept:
                self.wrong(_("The language “{name}” stands there twice.").format(name=code), "languages")
            else:
                kept.append(code)
        return tuple(kept)

    def logo(self, text: Any) -> str:
        try:
            if not isinstance(text, str):
                raise Invalid(_("The logo is not a picture in base64."), "logo")
            return logo.encoded(logo.decoded(text)) if text else ""
        except Invalid as fault:
            self.fault(fault)
            return ""

    def paper(self, name: Any) -> str:
        if isinstance(name, str) and name in PAPERS:
            return name
        words = _("“{name}” is not a paper; there are: {known}.")
        self.wrong(words.format(name=_shown(name), known=", ".join(PAPERS[1:])), "paper")
        return ""

    def flag(self, value: Any) -> bool:
        if isinstance(value, bool):
            return value
        self.wrong(_("“plain” is true or false, not “{name}”.").format(name=_shown(value)), "plain")
        return False

    # ---- shapes

    def line(self, data: dict[str, Any], name: str, caption: str, most: int) -> str:
        """A text of one line."""
        text = data.get(name, "")
        if not isinstance(text, str):
            self.wrong(captioned(caption, _("“{text}” is not a text.").format(text=_shown(text))), name)
            return ""
        text = " ".join(clean_line(text)[0].split())
        if len(text) > most:
            words = _("{count} characters are too many, {most} is the most.")
            self.wrong(
                captioned(caption, words.format(count=format_number(len(text)), most=format_number(most))),
                name,
            )
            return text[:most].strip()
        return text

    def array(self, data: dict[str, Any], name: str, most: int) -> list[Any]:
        """A list."""
        found = data.get(name, [])
        if not isinstance(found, list):
            self.wrong(_("“{name}” is not a list.").format(name=name), name)
            return []
        if len(found) > most:
            words = _("“{name}” has {count} entries; {most} is the most.")
            self.wrong(
                words.format(name=name, count=format_number(len(found)), most=format_number(most)), name
            )
        return found[:most]


def _others(data: dict[str, Any], own: tuple[str, ...]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if name not in own}


def _shown(value: Any) -> str:
    """Anything, as a sentence quotes it."""
    return quoted(clean_line(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))[0])

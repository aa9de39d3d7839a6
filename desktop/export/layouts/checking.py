"""Whether a filter's field, its values and an order are such that a list could be asked for them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from desktop.countries import is_country, regions
from desktop.export.layouts.definition import MOST_VALUES
from desktop.i18n import _, captioned, format_number, quoted
from desktop.model import Invalid, Person, Record, fields
from desktop.model.computed import Computed
from desktop.model.dates import Date, Time
from desktop.model.kinds import Choice, Country, Flag, Kind
from desktop.model.relations import Many, Reference
from desktop.service import filters
from desktop.service.filters import BETWEEN, NONE, REGION
from desktop.service.query import Order
from desktop.service.views import ME


def _field(entity: type[Record], name: Any) -> Kind:
    """A field by its name; raises `Invalid`."""
    kinds = {kind.name: kind for kind in fields(entity)}
    if not isinstance(name, str) or name not in kinds:
        shown = quoted(name) if isinstance(name, str) else "…"
        words = _("there is no field “{name}”; there are: {known}.")
        raise Invalid(words.format(name=shown, known=", ".join(kinds)))
    return kinds[name]


def order_of(entity: type[Record], text: Any) -> Order:
    """The order that `field` or `field:desc` asks for; raises `Invalid`."""
    name, _colon, way = text.partition(":") if isinstance(text, str) else ("", "", "?")
    if way not in ("", "asc", "desc"):
        words = _("“{text}” is not an order; write field, field:asc or field:desc.")
        raise Invalid(words.format(text=quoted(str(text))))
    return Order(_field(entity, name).name, way == "desc")


def values_of(entity: type[Record], name: str, keys: Any) -> tuple[Any, ...]:
    """The keys of a field's filter, as saved views keep them; raises `Invalid`."""
    kind = _field(entity, name)
    if not isinstance(keys, list) or not keys:
        raise Invalid(captioned(name, _("a filter is a list of values, and has one at least.")))
    if len(keys) > MOST_VALUES:
        words = _("{count} values are too many, {most} is the most.")
        raise Invalid(
            captioned(name, words.format(count=format_number(len(keys)), most=format_number(MOST_VALUES)))
        )
    plain = kind.as_ if isinstance(kind, Computed) else kind
    if isinstance(plain, Date) and not isinstance(plain, Time):
        return _days(entity, kind, keys)
    found = tuple(dict.fromkeys(_value(kind, plain, key) for key in keys))
    if NONE in found and len(found) > 1:
        raise Invalid(captioned(name, _("null, which asks for empty ones, stands by itself.")))
    return found


def _value(kind: Kind, plain: Kind, key: Any) -> Any:
    if key in (None, NONE):
        return NONE
    if isinstance(plain, Flag) and key in (0, 1):
        return int(key)
    if isinstance(key, bool) or not isinstance(key, str | int) or not _legal(key):
        raise _wrong(kind, key, _("a text or a number"))
    if isinstance(plain, Reference | Many) and plain.target is not None:
        if not isinstance(key, str) or not key:
            raise _wrong(kind, key, _("the uid or the reference of a record"))
        return ME if key == "me" and plain.target is Person else key
    if isinstance(plain, Choice):
        if key not in plain.scale:
            raise _wrong(kind, key, ", ".join(plain.scale))
    elif isinstance(plain, Country | Many) and not _is_country(str(key)):
        raise _wrong(kind, key, _("the two-letter code of a country"))
    return key


def _is_country(code: str) -> bool:
    return code.removeprefix(REGION) in regions() if code.startswith(REGION) else is_country(code)


def _days(entity: type[Record], kind: Kind, keys: Sequence[Any]) -> tuple[Any, ...]:
    spans = filters.spans_of(entity, kind)
    if keys[0] in (None, NONE) and len(keys) == 1:
        return (NONE,)
    if keys[0] == BETWEEN and len(keys) == 3:
        for day in keys[1:]:
            if not (day is None or _is_day(day)):
                raise _wrong(kind, day, _("a day such as 2026-11-21, or null"))
        return tuple(keys)
    if len(keys) == 1 and isinstance(keys[0], str) and keys[0] in spans:
        return tuple(keys)
    raise _wrong(kind, keys[0], ", ".join((*spans, BETWEEN)))


def _is_day(text: Any) -> bool:
    try:
        return isinstance(text, str) and dt.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _legal(key: str | int) -> bool:
    """Whether the database can take it."""
    try:
        str(key).encode()
    except (UnicodeEncodeError, ValueError):
        return False
    return (isinstance(key, str) and len(key) <= 200) or (isinstance(key, int) and abs(key) < 2**63)


def _wrong(kind: Kind, key: Any, known: str) -> Invalid:
    shown = key if isinstance(key, str) and _legal(key) else repr(key)[:60]
    words = _("“{text}” is not a value of this filter; it takes: {known}.")
    return Invalid(captioned(kind.name, words.format(text=quoted(shown), known=known)))

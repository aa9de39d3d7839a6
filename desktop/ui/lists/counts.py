"""How many records there are, in words: each entity's name agrees with the number."""

from __future__ import annotations

from collections.abc import Callable

from desktop.i18n import _, format_number, ngettext

_COUNTED: dict[str, Callable[[int], str]] = {
    "follow_up": lambda n: ngettext("{count} follow-up", "{count} follow-ups", n),
    "meeting": lambda n: ngettext("{count} meeting", "{count} meetings", n),
    "recommendation": lambda n: ngettext("{count} recommendation", "{count} recommendations", n),
    "initiative": lambda n: ngettext("{count} initiative", "{count} initiatives", n),
    "organisation": lambda n: ngettext("{count} organisation", "{count} organisations", n),
    "person": lambda n: ngettext("{count} person", "{count} people", n),
    "sector": lambda n: ngettext("{count} sector", "{count} sectors", n),
    "series": lambda n: ngettext("{count} series", "{count} series", n),
    "source": lambda n: ngettext("{count} source", "{count} sources", n),
}


def counted(entity_key: str, count: int, exact: bool = True) -> str:
    """Such as `1,204 follow-ups`, or `200+ follow-ups` while there may be more."""
    say = _COUNTED.get(entity_key, lambda n: ngettext("{count} record", "{count} records", n))
    number = format_number(count)
    return say(count).format(count=number if exact else _("{count}+").format(count=number))

"""A definition of a view as it was kept, by its shape: what has another one is left out, so that nothing trips over it.

What is kept may come from another office's file, or from a newer program. Which fields it names is looked up in
`views`.
"""

from __future__ import annotations

import json
from typing import Any

MOST_NUMBER = 2**63
"""Whole numbers from here on are too large for the database."""


def shaped(text: str) -> dict[str, Any]:
    """The parts of a definition that are what they should be."""
    try:
        given = json.loads(text)
    except (ValueError, RecursionError):
        given = {}
    given = given if isinstance(given, dict) else {}
    kept: dict[str, Any] = {
        name: whole(given[name]) for name in ("text", "group") if isinstance(given.get(name), str)
    }
    lists = {name: given[name] for name in ("fixed", "columns", "sort") if isinstance(given.get(name), list)}
    dicts = {name: given[name] for name in ("filters", "widths") if isinstance(given.get(name), dict)}
    if "filters" in dicts:
        kept["filters"] = {
            whole(name): _plain(keys) for name, keys in dicts["filters"].items() if _plain(keys)
        }
    if "widths" in dicts:
        kept["widths"] = {whole(name): width for name, width in dicts["widths"].items() if type(width) is int}
    if "fixed" in lists:
        kept["fixed"] = [
            [whole(each[0]), each[1], _plain(each[2])]
            for each in lists["fixed"]
            if isinstance(each, list) and len(each) == 3 and all(isinstance(one, str) for one in each[:2])
        ]
    if "columns" in lists:
        kept["columns"] = [whole(each) for each in lists["columns"] if isinstance(each, str)]
    if "sort" in lists:
        sort = lists["sort"]
        kept["sort"] = [whole(sort[0]), bool(sort[1])] if len(sort) == 2 and isinstance(sort[0], str) else []
    return kept


def whole(text: str) -> str:
    """The text with broken halves of characters replaced, which the database does not take."""
    return text.encode("utf-8", "replace").decode()


def _plain(keys: Any) -> list[Any]:
    """The keys of a filter: texts, numbers, whether, or an open end."""
    return [
        whole(key) if isinstance(key, str) else key
        for key in (keys if isinstance(keys, list) else ())
        if key is None
        or isinstance(key, str | bool | float)
        or (isinstance(key, int) and abs(key) < MOST_NUMBER)
    ]

"""The dictionary above the full-text tables: each word that was ever indexed, once.

FTS5 answers a prefix of up to three characters from an index of its own. A longer one it answers by gathering all
records of all words that begin so before it gives the first: milliseconds where there are a million. So a longer
prefix is completed here, and FTS5 is asked for whole words, whose records it walks from the newest.

A word stays when the last record that has it goes: it then leads to nothing. `search.rebuild` makes it anew.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from typing import Any

from desktop.model import database

TABLE = "search_term"
LEAST = 4
"""Characters of a prefix that FTS5 has no index of."""
MOST = 48
"""Completions that are asked for one by one; a prefix of more has few records a word, and FTS5 gathers them."""

# As FTS5's unicode61 sees words; private characters are letters to it.
_WORD = re.compile(r"[\w\ue000-\uf8ff]+")
_KEPT = re.compile(f"(?=[0-9]*[a-z])[a-z0-9]{{{LEAST}}}")
_LATIN = re.compile("[a-z0-9]+")

_LEARN = f"INSERT OR IGNORE INTO {TABLE} (word) SELECT value FROM json_each(?)"

Read = Callable[[str, tuple[Any, ...]], Iterable[Any]]


def words(searched: str) -> set[str]:
    """The words of what the index keeps of a text that are worth a place: of Latin letters, long enough.

    Numbers are not: each reference would bring one, and a number has few completions.
    """
    found = {word for word in set(_WORD.findall(_apart(searched))) if _KEPT.match(word)}
    if searched.isascii():
        return found
    # Where FTS5 ends a word at a letter that is newer than it is.
    return found | {
        _LATIN.match(word)[0]  # type: ignore[index]  # it matched already
        for word in found
        if not word.isascii()
    }


def learn(searched: str) -> None:
    """Take up the words of a text that is being indexed; within the same transaction."""
    # One statement for all: most are there already, and to find that takes less than to ask.
    database.execute_sql(_LEARN, (json.dumps(sorted(words(searched))),))


def pieces(term: Iterable[str]) -> list[str]:
    """The words that FTS5 makes of the tokens of a search term: o'brien is two."""
    return [word for token in term for word in _WORD.findall(_apart(token))]


def _apart(text: str) -> str:
    """The text with what Python takes for part of a word and FTS5 does not as a gap."""
    return text.replace("_", " ")


def completions(prefix: str, read: Read) -> list[str] | None:
    """The words that begin so; None where FTS5 should be asked for the prefix itself."""
    if not prefix.isascii() or not _KEPT.match(prefix):
        return None
    sql = f"SELECT word FROM {TABLE} WHERE word >= ? AND word < ? LIMIT ?"
    found = [row[0] for row in read(sql, (prefix, prefix + "\U0010ffff", MOST + 1))]
    return None if len(found) > MOST else found

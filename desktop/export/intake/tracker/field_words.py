"""How offices head the columns of their trackers, in four languages, and which field is meant.

The words are in `data/trackers/columns.toml`; the labels of our own fields, in all languages, are known besides.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache

from rapidfuzz import fuzz

from desktop.export.intake.tracker.shown import is_japanese, plain
from desktop.export.intake.tracker.targets import KINDS, targets
from desktop.i18n import LANGUAGES, speaking
from desktop.paths import bundled

FOLLOWED = ("follow_up", "initiative", "recommendation")
"""The kinds that share the words of what is followed."""
ALIKE = 86
"""From how many per cent of likeness on a heading is one of the words."""

_COUNTED = re.compile(
    r"^\s*[(（]?(?:(?:[0-9]{1,2}[.)）]|[A-Za-z][)）])(?=\s*[^\s\d])|[A-Za-z]\.\s+(?=\S))|^[①-⑳]"
)
"""The number or letter that some put before each heading: `1) Title`."""


@cache
def _table() -> dict[str, dict[str, str]]:
    with bundled("data", "trackers", "columns.toml").open("rb") as file:
        found: dict[str, dict[str, str]] = tomllib.load(file)
    return found


@cache
def words(kind: str) -> dict[str, dict[str, int]]:
    """By field, the plain words that head its column, each with how sure it is."""
    found: dict[str, dict[str, int]] = {}
    parts = ("all", "followed", kind) if kind in FOLLOWED else ("all", kind)
    for name, listed in [item for part in parts for item in _table()[part].items()]:
        held = found.setdefault(name, {})
        for word in listed.split(","):
            text, _tilde, sure = word.strip().partition("~")
            for way in {plain(text), plain(text.replace("-", ""))} - {""}:
                held[way] = max(held.get(way, 0), int(sure or 100))
    for spoken in LANGUAGES:
        with speaking(spoken):
            for name, target in targets(KINDS[kind]).items():
                held = found.setdefault(name, {})
                held.setdefault(plain(target.title), 96)
    for name in targets(KINDS[kind]):
        found[name].setdefault(plain(name), 90)
    return found


@cache
def all_words() -> frozenset[str]:
    """Every word that heads a column of any kind."""
    return frozenset(word for kind in KINDS for held in words(kind).values() for word in held)


def alternatives(title: str) -> list[str]:
    """A heading and its parts: one in two languages says the same thing twice."""
    if title.strip() in ("#", "＃"):
        return ["no"]
    parts = re.split(r"[\n/|()（）\[\]／・:：]+", title)
    found = [_close(plain(_COUNTED.sub("", text))) for text in (title, *parts)]
    return list(dict.fromkeys(word for word in found if word))


def _close(word: str) -> str:
    """Japanese without the spaces with which headings are stretched (`状　況`)."""
    return word.replace(" ", "") if is_japanese(word) else word


@cache
def is_known(title: str) -> bool:
    """Whether a text heads a column in some tracker."""
    known = all_words()
    found = alternatives(title) if len(title) <= 90 else []
    return any(word in known or (is_japanese(word) and _holds(word, known)) for word in found)


def _holds(text: str, known: frozenset[str]) -> bool:
    return len(text) <= 12 and any(
        text.endswith(word) for word in known if len(word) >= 2 and is_japanese(word)
    )


@cache
def likeness(kind: str, name: str, title: str, group: str) -> float:
    """How surely a heading means a field, of 100."""
    held = words(kind).get(name, {})
    if not held or not title.strip():
        return 0.0
    best = max((_one(held, word) - 10 * (at > 0) for at, word in enumerate(alternatives(title))), default=0.0)
    if group.strip():
        both = _close(f"{plain(group)} {plain(title)}")
        turned = _close(f"{plain(title)} {plain(group)}")
        best = max(best * 0.97, _one(held, both), _one(held, turned), 0.62 * _one(held, _close(plain(group))))
    return best


def _one(held: dict[str, int], word: str) -> float:
    if word in held:
        return float(held[word])
    best = 0.0
    for known, sure in held.items():
        if is_japanese(known):
            if len(known) >= 2 and known in word:
                best = max(best, sure * (0.8 if word.endswith(known) else 0.65))
        elif len(known) >= 4 and len(word) >= 4:
            alike = max(fuzz.ratio(word, known), fuzz.token_sort_ratio(word, known))
            if alike >= ALIKE:
                best = max(best, sure * alike / 100 - 4)
            elif f" {known} " in f" {word} ":
                best = max(best, sure * (0.78 if word.startswith(known) else 0.72))
    return best


def kind_words(kind: str) -> tuple[str, ...]:
    """What a title above the table, or the name of its sheet, says where it lists records of a kind."""
    return tuple(plain(word) for word in _table()["titles"][kind].split(","))

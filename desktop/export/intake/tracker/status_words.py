"""The words of other people's scales, in four languages, and the step of ours that each means.

The words are in `data/trackers/steps.toml`. Colours of cells are not looked at: a word says it, or nothing does.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from typing import Any

from rapidfuzz import fuzz

from desktop.export.intake.tracker.shown import is_japanese, plain
from desktop.i18n import LANGUAGES, _, speaking
from desktop.model import scales
from desktop.model.kinds import Choice
from desktop.paths import bundled

ALIKE = 88
_TURNS = "not no non nao sin sem without never ni nunca partially partly parcial parcialmente"
_NOT = frozenset(_TURNS.split())
"""Folded words that turn round what stands beside them, or take a part of it away."""
_NOT_JA = re.compile("[未不非要再否半約近]|一部|部分|ほぼ|概ね|間もなく|まもなく|今後|来月|来年|予定")
"""What does so before or behind a Japanese word."""
_ALONE = frozenset({"済み", "予定", "新規"})
"""Japanese words that mean a step where they stand alone, and nothing sure behind others (依頼済み)."""


def listed(text: str) -> Iterable[str]:
    """The plain words of a list."""
    return (plain(word) for word in text.split(","))


@cache
def _tables() -> dict[str, dict[str, Any]]:
    with bundled("data", "trackers", "steps.toml").open("rb") as file:
        found: dict[str, dict[str, Any]] = tomllib.load(file)
    return found


@cache
def _meant(of: tuple[str, ...]) -> dict[str, str]:
    """By step of any work's course, the step of the scale of these keys; empty where it is no course."""
    named = ((name, meant) for name, meant in _tables()["meant"].items())
    return next((meant for name, meant in named if tuple(getattr(scales, name)) == of), {})


@cache
def _known(of: tuple[str, ...]) -> dict[str, str]:
    """By plain word, the step of the scale of these keys, but for its own labels."""
    found: dict[str, str] = {}
    for name, own in _tables()["own"].items():
        if tuple(getattr(scales, name)) == of:
            for key, text in own.items():
                for word in listed(text):
                    found.setdefault(word, key)
    for concept, key in _meant(of).items():
        for word in listed(_tables()["course"][concept]):
            found.setdefault(word, key)
    return found


@cache
def _asked(of: tuple[str, ...]) -> frozenset[str]:
    """Plain words that can mean more than one step of the scale of these keys: an officer says which."""
    texts = [text for name, text in _tables()["ask"].items() if tuple(getattr(scales, name)) == of]
    return frozenset(word for text in texts for word in listed(text))


def step(choice: Choice, text: str) -> str:
    """The step of a scale that a word means, '' where that is not known."""
    word = plain(text)
    if not word or "?" in text or "？" in text:
        return ""
    known = words(tuple(choice.scale.items()))
    if word in known:
        return known[word]
    if word in _asked(tuple(choice.scale)):
        return ""
    share, meant = _share(text), _meant(tuple(choice.scale))
    if share is not None and "in_progress" in meant:
        return meant.get("not_started" if share <= 0 else "done" if share >= 1 else "in_progress", "")
    return _alike(known, word, text)


@cache
def words(scale: tuple[tuple[str, str], ...]) -> dict[str, str]:
    """By plain word, the step of a scale; its own labels in all languages count first."""
    found: dict[str, str] = {}
    for spoken in LANGUAGES:
        with speaking(spoken):
            for key, label in scale:
                found.setdefault(plain(_(label)), key)
                found.setdefault(plain(key), key)
    keys = tuple(key for key, _label in scale)
    told = {word: key for word, key in _known(keys).items() if word not in _asked(keys)}
    return {**told, **found}


def _alike(known: dict[str, str], word: str, text: str) -> str:
    """The step of the likeliest word; of a word with a remark (`Closed (May)`) that of what stands before it."""
    head = plain(re.split(r"[(（,;:：、,/\n–—]| - ", text.strip())[0])
    if head != word and head in known:
        rest = word.removeprefix(head)
        turned = _NOT & set(rest.split()) or (is_japanese(rest) and _NOT_JA.search(rest))
        return "" if turned else known[head]
    if is_japanese(word):
        return _ending(known, word)
    if len(word) < 4:
        return ""
    # The first letter must be the same: `incomplete` is as like `complete` as a slip of the pen is.
    likely = [
        name for name in known if name[:1] == word[:1] and not _NOT & (set(word.split()) ^ set(name.split()))
    ]
    likeness, name = max(((fuzz.ratio(word, name), name) for name in likely), default=(0.0, ""))
    return known[name] if likeness >= ALIKE else ""


def _ending(known: dict[str, str], word: str) -> str:
    """The step of the longest Japanese word that this one ends with, unless what stands before it turns it round."""
    ends = [name for name in known if len(name) >= 2 and word.endswith(name) and name not in _ALONE]
    if not ends or len(word) > 10:
        return ""
    name = max(ends, key=len)
    return "" if _NOT_JA.search(word.removesuffix(name)) else known[name]


def _share(text: str) -> float | None:
    match = re.fullmatch(r"([0-9]{1,3}(?:[.,][0-9]+)?) ?%", text.strip())
    return float(match[1].replace(",", ".")) / 100 if match else None


def guessed(choice: Choice, texts: Iterable[str]) -> dict[str, str]:
    """By each word of a column, the step that it means; '' for those that an officer must say."""
    return {text: step(choice, text) for text in dict.fromkeys(texts)}

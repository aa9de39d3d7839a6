"""How good a passphrase is: by its words and characters, told as a sentence."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass

from desktop.i18n import _, ngettext
from desktop.store.keys import normalised

SHORTEST, WORDS = 12, 5
"""A passphrase has so many characters, or so many words."""

A_WORD, LONG = 11, 8
"""Bits of a word of a list of two thousand, and the letters beyond which it may be none of such a list."""
WEAK, FAIR, STRONG = 50, 70, 90
"""Bits from which on a passphrase is called so."""

BITS = {"lower": 26, "upper": 26, "digit": 10, "other": 33, "letter": 60}
ROWS = (
    "1234567890",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "qwertzuiop",
    "yxcvbnm",
    "azertyuiop",
    "qsdfghjklm",
    "abcdefghijklmnopqrstuvwxyz",
)
"""Rows of keyboards, and the alphabet: typed along, they are worth little."""


@dataclass(frozen=True)
class Strength:
    """How good a passphrase is: an estimate that rather says too little."""

    bits: int
    accepted: bool
    sentence: str
    """What it is called, or what is missing."""

    @property
    def level(self) -> int:
        """0 (refused or weak) to 3 (strong), for a bar."""
        return sum(self.bits >= bound for bound in (WEAK, FAIR, STRONG)) if self.accepted else 0


def strength(passphrase: str, known: Iterable[str] = ()) -> Strength:
    """How good a passphrase is, where `known` words (of the workspace: names, the post) are worth little."""
    text = normalised(passphrase)
    words = text.split()
    loose, each = _letter_bits(text, known)
    bits = int(min(sum(loose), _steady_bits(text, loose, each)))
    if len(text) < SHORTEST and len(words) < WORDS:
        sentence = ngettext(
            "At least {count} character, or {words} words.",
            "At least {count} characters, or {words} words.",
            SHORTEST,
        ).format(count=SHORTEST, words=WORDS)
        return Strength(bits, False, sentence)
    if min(bits, _word_bits(words) if len(words) >= WORDS else bits) < WEAK // 2:
        return Strength(bits, False, _("Too easy to guess: repeated, in a row, or known words. Add others."))
    called = next(
        sentence
        for bound, sentence in (
            (STRONG, _("Strong.")),
            (FAIR, _("Good.")),
            (WEAK, _("Fair. Another word makes it good.")),
            (0, _("Weak. Add a word or two.")),
        )
        if bits >= bound
    )
    return Strength(bits, True, called)


def _word_bits(words: list[str]) -> float:
    """Of words as from a list of two thousand; one that comes again is worth a bit."""
    different = {word.casefold() for word in words}
    return A_WORD * len(different) + (len(words) - len(different))


def _steady_bits(text: str, loose: list[float], each: float) -> float:
    """Of words and of characters by one rule, from the first letter on: what is added never makes it less.

    A word of letters is worth no more than one of a list, and what it is longer; the spaces between are worth nothing.
    """
    total, place = 0.0, 0
    for part in re.split(r"(\s+)", text):
        worth, place = sum(loose[place : place + len(part)]), place + len(part)
        if part.isspace():
            continue
        if all(letter.lower() != letter.upper() for letter in part):  # no kanji: those are words themselves
            worth = min(worth, A_WORD + each * max(0, len(part) - LONG))
        total += worth
    return total


def _letter_bits(text: str, known: Iterable[str]) -> tuple[list[float], float]:
    """Of each character by the classes that there are, and of one that nothing tells; what follows from the one
    before is worth a bit, and so is all of a known word but its first letter."""
    lowered = _lowered(text)
    for word in sorted({_lowered(word) for word in known if len(word) > 3}, key=len, reverse=True):
        lowered = lowered.replace(word, "\0" + "\1" * (len(word) - 1))
    lowered = re.sub(r"(?:19|20)\d\d", "\0\1\1\1", lowered)
    classes = {_class(letter) for letter in text}
    each = math.log2(sum(BITS[name] for name in classes) or 1)
    bits, before = [], ""
    for place, letter in enumerate(lowered):
        if letter in "\0\1":
            bits.append(6.0 if letter == "\0" else 0.0)
        elif (
            letter == before
            or _in_a_row(before, letter)
            or lowered.find(lowered[place - 2 : place + 1]) < place - 2
        ):
            bits.append(1.0)
        else:
            bits.append(each)
        before = letter
    return bits, each


def _lowered(text: str) -> str:
    """Small letters, each where the letter itself stood."""
    return "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in text)


def _class(letter: str) -> str:
    if letter.isdigit():
        return "digit"
    if not letter.isalpha():
        return "other"
    return ("lower" if letter.islower() else "upper") if letter.isascii() else "letter"


def _in_a_row(one: str, other: str) -> bool:
    return bool(one) and any(one + other in row or other + one in row for row in ROWS)

"""Keys of encrypted workspaces: made from a passphrase as SQLCipher itself makes them.

The key is derived here once and handed to each connection raw, which takes half a millisecond; SQLCipher would take
half a second for each. As the derivation is its own (PBKDF2-HMAC-SHA512 over the file's salt), every SQLCipher tool
opens the file with the passphrase and `PRAGMA kdf_iter`. The rounds stand nowhere in the file: the witness hints at
them, and where it is gone, the few that are possible are tried. docs/decisions/keys-are-raw.md gives the reasons.
"""

from __future__ import annotations

import hashlib
import math
import os
import re
import time
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from desktop.i18n import _, ngettext

ROUNDS = (256_000, 512_000, 1_024_000, 2_048_000)
"""The rounds that a key may have; the first is SQLCipher's own choice."""

SALT = 16
"""Bytes at the beginning of an encrypted file."""

SAMPLE = 32_000
"""Rounds by which a machine is timed."""


@dataclass(frozen=True)
class Key:
    """What opens an encrypted file. Nothing of it is shown, wherever it is printed."""

    raw: bytes = field(repr=False)
    salt: bytes = field(repr=False)
    rounds: int = field(repr=False)

    @property
    def pragma(self) -> str:
        """The value for `PRAGMA key` and `ATTACH … KEY`: an SQL text."""
        return f"\"x'{self.raw.hex()}{self.salt.hex()}'\""

    @property
    def literal(self) -> str:
        """The same, to be bound as a parameter."""
        return f"x'{self.raw.hex()}{self.salt.hex()}'"


def normalised(passphrase: str) -> str:
    """The one form (NFC) of a passphrase: keyboards and systems type accents in different ways."""
    return unicodedata.normalize("NFC", passphrase)


def derive(passphrase: str, salt: bytes, rounds: int) -> Key:
    """The key of a passphrase, as SQLCipher derives it."""
    raw = hashlib.pbkdf2_hmac("sha512", normalised(passphrase).encode(), salt, rounds, 32)
    return Key(raw, salt, rounds)


def new(passphrase: str, rounds: int = 0) -> Key:
    """A key for a new file, with a salt of its own; of so many rounds as suit this machine if none are given."""
    return derive(passphrase, os.urandom(SALT), rounds or rounds_here())


def rounds_here(seconds: float = 0.5) -> int:
    """The fewest of the possible rounds that take so long on this machine; the most where none do."""
    begun = time.perf_counter()
    hashlib.pbkdf2_hmac("sha512", b"timed", bytes(SALT), SAMPLE, 32)
    each = (time.perf_counter() - begun) / SAMPLE
    return next((rounds for rounds in ROUNDS if rounds * each >= seconds), ROUNDS[-1])


def found(passphrase: str, salt: bytes, opens: Callable[[Key], bool], hint: int = 0) -> Key | None:
    """The key of a passphrase that opens a file of this salt, None if none does.

    The rounds that are hinted at are tried first; 0 hints at nothing.
    """
    for rounds in sorted(ROUNDS, key=lambda rounds: (rounds != hint, rounds)):
        key = derive(passphrase, salt, rounds)
        if opens(key):
            return key
    return None


# ---- how good a passphrase is

SHORTEST, WORDS = 12, 5
"""A passphrase has so many characters, or so many words."""

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
    bits = int(min(_character_bits(text, known), _word_bits(words) if len(words) >= WORDS else math.inf))
    if len(text) < SHORTEST and len(words) < WORDS:
        sentence = ngettext(
            "At least {count} character, or {words} words.",
            "At least {count} characters, or {words} words.",
            SHORTEST,
        ).format(count=SHORTEST, words=WORDS)
        return Strength(bits, False, sentence)
    if bits < WEAK // 2:
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
    return 11 * len(different) + (len(words) - len(different))


def _character_bits(text: str, known: Iterable[str]) -> float:
    """Of characters by the classes that there are; what follows from the one before is worth a bit."""
    lowered = text.casefold()
    for word in sorted({word.casefold() for word in known if len(word) > 3}, key=len, reverse=True):
        lowered = lowered.replace(word, "\0")
    lowered = re.sub(r"(?:19|20)\d\d", "\1", lowered)
    classes = {_class(letter) for letter in text}
    each = math.log2(sum(BITS[name] for name in classes) or 1)
    bits, before = 0.0, ""
    for place, letter in enumerate(lowered):
        if letter in "\0\1":
            bits += 6
        elif (
            letter == before
            or _in_a_row(before, letter)
            or lowered.find(lowered[place - 2 : place + 1]) < place - 2
        ):
            bits += 1
        else:
            bits += each
        before = letter
    return bits


def _class(letter: str) -> str:
    if letter.isdigit():
        return "digit"
    if not letter.isalpha():
        return "other"
    return ("lower" if letter.islower() else "upper") if letter.isascii() else "letter"


def _in_a_row(one: str, other: str) -> bool:
    return bool(one) and any(one + other in row or other + one in row for row in ROWS)

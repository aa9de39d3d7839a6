"""Keys of encrypted workspaces: made from a passphrase as SQLCipher itself makes them.

The key is derived here once and handed to each connection raw, which takes half a millisecond; SQLCipher would take
half a second for each. As the derivation is its own (PBKDF2-HMAC-SHA512 over the file's salt), every SQLCipher tool
opens the file with the passphrase and `PRAGMA kdf_iter`. The rounds stand nowhere in the file: the witness hints at
them, and where it is gone, the few that are possible are tried. docs/decisions/keys-are-raw.md gives the reasons.
"""

from __future__ import annotations

import hashlib
import os
import time
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field

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

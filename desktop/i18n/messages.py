"""Which language is spoken, and its messages (gettext catalogues, read when first needed)."""

from __future__ import annotations

import gettext
import json
import locale
import os
import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import Any

from desktop.paths import bundled

#: Each language under its own name, as a list of languages shows it.
LANGUAGES = {"en": "English", "ja": "日本語", "es": "Español", "pt": "Português"}
SOURCE = "en"
DOMAIN = "juntos"

_process_language = SOURCE
_block_language: ContextVar[str | None] = ContextVar("language", default=None)


def known(tag: str | None) -> str | None:
    """The language of a tag such as `pt_BR.UTF-8` or `ja-JP`, or None where it is none of ours."""
    code = re.split(r"[-_.@]", tag or "")[0].lower()
    return code if code in LANGUAGES else None


def use(tag: str | None) -> str:
    """Set the language of the process; a tag of no language of ours means English. Returns the language."""
    global _process_language
    _process_language = known(tag) or SOURCE
    return _process_language


@contextmanager
def speaking(tag: str | None) -> Iterator[str]:
    """Speak another language for a block, in this thread alone."""
    spoken = known(tag) or SOURCE
    token = _block_language.set(spoken)
    try:
        yield spoken
    finally:
        _block_language.reset(token)


def language() -> str:
    """The language spoken here and now: that of the block, else that of the process."""
    return _block_language.get() or _process_language


@cache
def _catalogue(code: str) -> gettext.NullTranslations:
    file = bundled("resources", "translations", code, "LC_MESSAGES", f"{DOMAIN}.mo")
    if code == SOURCE or not file.is_file():
        return gettext.NullTranslations()
    with file.open("rb") as stream:
        return gettext.GNUTranslations(stream)


def _(message: str) -> str:
    """The message in the language spoken; English where it has no translation."""
    # gettext keeps a catalogue's header under the empty message
    return _catalogue(language()).gettext(message) if message else ""


def ngettext(singular: str, plural: str, count: int) -> str:
    """The message whose form agrees with a count; the count itself goes in by `.format(count=…)`."""
    return _catalogue(language()).ngettext(singular, plural, count)


def pgettext(context: str, message: str) -> str:
    """A message that needs a context, where one English word has two translations."""
    return _catalogue(language()).pgettext(context, message)


def npgettext(context: str, singular: str, plural: str, count: int) -> str:
    return _catalogue(language()).npgettext(context, singular, plural, count)


def N_(message: str) -> str:  # noqa: N802 - the name that gettext uses
    """Mark a message for translation; `_()` translates it where it is shown."""
    return message


@cache
def _tables() -> dict[str, Any]:
    tables: dict[str, Any] = json.loads(bundled("resources", "locales.json").read_text("utf-8"))
    return tables


def table(code: str | None = None) -> dict[str, Any]:
    """Month names, separators and patterns of a language (made by `scripts/locales.py`)."""
    languages: dict[str, dict[str, Any]] = _tables()["languages"]
    return languages[code or language()]


def first_weekdays() -> dict[str, int]:
    """The day on which weeks begin, 0 for Monday, by territory; those that begin on Monday are left out."""
    days: dict[str, int] = _tables()["first_weekday"]
    return days


def join_list(items: Iterable[str]) -> str:
    """Several things as the language lists them: `Chile, Peru and Brazil`."""
    words = list(items)
    if len(words) < 2:
        return "".join(words)
    style = table()["list"]
    joiner = style["last"]
    # Spanish says «e» before the sound of i: España e Italia
    if language() == "es" and re.match(r"h?[ií](?![aeou])", words[-1].lower()):
        joiner = " e "
    return str(style["comma"]).join(words[:-1]) + str(joiner) + words[-1]


def join_parts(*parts: str) -> str:
    """Short facts about one thing, such as `FU-2026-014, Send the draft, Open`; empty ones are left out."""
    return str(table()["list"]["comma"]).join(part for part in parts if part)


def captioned(caption: str, text: str) -> str:
    """A text after what it is: `Due: 18 Nov 2026`."""
    return _("{caption}: {text}").format(caption=caption, text=text)


def quoted(text: str) -> str:
    """A typed text as a sentence about it quotes it: on one line, cut after 40 characters."""
    shown = " ".join(text[:1000].split())
    return shown if len(shown) <= 40 else shown[:39] + "…"


def _system_tags() -> Iterator[str]:
    # LANGUAGE is a list of wishes, heeded only where the locale is not the plain C one (as gettext does)
    plain = next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := os.environ.get(name))), "")
    if plain.split(".")[0] not in ("C", "POSIX", ""):
        yield from os.environ.get("LANGUAGE", "").split(":")
    yield plain
    if sys.platform == "win32":
        import ctypes

        yield locale.windows_locale.get(ctypes.windll.kernel32.GetUserDefaultUILanguage(), "")
    elif sys.platform == "darwin" and not plain:
        import plistlib  # nowhere else needed, and a start waits for what is imported

        preferences = Path.home() / "Library" / "Preferences" / ".GlobalPreferences.plist"
        try:
            yield from plistlib.loads(preferences.read_bytes()).get("AppleLanguages", [])
        except (OSError, plistlib.InvalidFileException):
            return


def system_language() -> str:
    """The language of the system, as far as it is one of ours; else English."""
    return next((code for tag in _system_tags() if (code := known(tag))), SOURCE)


def system_territory() -> str | None:
    """The country of the system's locale (`BR` of `pt_BR.UTF-8`), or None."""
    for tag in _system_tags():
        match = re.match(r"[A-Za-z]{2,3}[-_](?:[A-Za-z]{4}[-_])?([A-Z]{2})\b", tag)
        if match:
            return match[1]
    return None

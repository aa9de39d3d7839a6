"""Texts at the border: made clean when they come in, folded when they are searched and sorted."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from desktop.i18n import _, format_number, ngettext

MAX_LONG_TEXT = 100_000
"""Characters of a long text; more is refused with a sentence, never cut."""

_SPOKEN = r"[^\W_]"
_SURROGATES = "[\ud800-\udfff]"
_CONTROLS = "[\x00-\x08\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ufffe\uffff]"
# a vertical tab is Word's line break; form feed, NEL and the Unicode separators break lines too
_LINE_ENDS = "\r\n|[\r\x0b\x0c\x85\u2028\u2029]"
# what is written without spaces: Han, kana, Hangul
_CJK = (
    "([\u2e80-\u2fdf\u3005-\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff])"
)
# the accents of Latin, Greek and Cyrillic; those of kana (U+3099, U+309A) make another sound and stay
# what turns the direction of letters, or stands between them unseen; the joiners of emoji and Persian are none of it
_UNSEEN = "[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]"
_MARKS = "[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]"


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """A pattern, compiled when it is first needed: those of whole scripts take milliseconds, and a start needs none."""
    return re.compile(pattern)


def clean(text: str) -> tuple[str, list[str]]:
    """The text as it may be kept, and a sentence for each kind of thing that was taken out of it.

    Characters are composed (NFC) and line ends made one, which nobody sees and is not told; control
    characters and broken halves of characters are. Right-to-left marks, emoji and no-break spaces stay.
    """
    told = []
    text, broken = _compiled(_SURROGATES).subn("\ufffd", text)
    if broken:
        told.append(
            ngettext(
                "{count} broken character was replaced by “\ufffd”.",
                "{count} broken characters were replaced by “\ufffd”.",
                broken,
            ).format(count=format_number(broken))
        )
    text, taken = _compiled(_CONTROLS).subn("", _compiled(_LINE_ENDS).sub("\n", text))
    if taken:
        told.append(
            ngettext(
                "{count} control character was taken out.",
                "{count} control characters were taken out.",
                taken,
            ).format(count=format_number(taken))
        )
    return unicodedata.normalize("NFC", text), told


def clean_line(text: str) -> tuple[str, list[str]]:
    """`clean()` for a text of one line: line ends and tabs become spaces, and none is left at the ends."""
    text, told = clean(text)
    return " ".join(text.split("\n")).replace("\t", " ").strip(), told


def made_visible(text: str) -> str:
    """The text as it is compared: what turns or hides letters shows as `‹U+202E›`. It is kept as it was."""
    if text.isascii():
        return text
    return _compiled(_UNSEEN).sub(lambda found: f"‹U+{ord(found[0]):04X}›", text)


def length_problem(text: str, limit: int = MAX_LONG_TEXT) -> str | None:
    """What to say of a text that is too long, or None."""
    if len(text) <= limit:
        return None
    return _("{count} characters are too many, {most} is the most. Nothing was cut or saved.").format(
        count=format_number(len(text)), most=format_number(limit)
    )


def fold(text: str) -> str:
    """The text blind to case, accents and width: É, e and ｅ are one; が and か stay two."""
    if text.isascii():
        return text.lower()
    text = unicodedata.normalize("NFKC", text).casefold()
    text = _compiled(_MARKS).sub("", unicodedata.normalize("NFD", text))
    return unicodedata.normalize("NFKC", text)


def search_text(text: str) -> str:
    """What the full-text index keeps of a text: folded, each Japanese character a word of its own."""
    text = fold(text)
    # The pattern of whole scripts takes longer than all the rest.
    return " ".join((text if text.isascii() else _compiled(_CJK).sub(r" \1 ", text)).split())


def search_terms(text: str) -> list[list[str]]:
    """The words of a search, each as the tokens that follow one another in the index: 会議 Mé → 会 議, me."""
    words = (
        [token for token in search_text(word).split() if _compiled(_SPOKEN).search(token)]
        for word in fold(text).split()
    )
    return [word for word in words if word]


_LIVE = "'*(?:\\s*[=+\\-@＝＋－＠]|[\t\r\n])"
"""What a spreadsheet could take for a formula."""


def guard(text: str) -> str:
    """The text as no spreadsheet takes it for a formula, for where no type says that it is a text."""
    return "'" + text if _compiled(_LIVE).match(text) else text


def unguard(text: str) -> str:
    """The inverse of `guard`: only those apostrophes go that it put there."""
    return text[1:] if text.startswith("'") and _compiled(_LIVE).match(text) else text

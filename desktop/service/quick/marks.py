"""The marks of a line of quick entry: where they stand, and what may have been typed behind each.

A mark begins a word: @ # ! / > or their full-width forms; in Japanese, which has no spaces, @ and # may also
follow a character directly. An e-mail address, and/or, 5/6 and C# have none, and nothing in quotation marks has.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from desktop.i18n.spoken_dates import quotations

SIGNS = {"@": "who", "#": "about", "!": "priority", "/": "record", ">": "owed_to"}
WIDE = str.maketrans("@＃#！／＞＠", "@##!/>@")
MOST_WORDS = 6
"""Words of a name that is typed without quotation marks."""

_CJK = "\u3040-\u30ff\u3400-\u9fff々"
_BEGIN = re.compile(rf"(?:(?:^|(?<=[\s(（「、。,;]))[@#!/>＠＃！／＞]|(?<=[{_CJK}])[@#＠＃])(?=[\"“]|[^\W_])")
_BEGUN = re.compile(
    rf"(?:(?:^|(?<=[\s(（「、。,;]))[@#!/>＠＃！／＞]|(?<=[{_CJK}])[@#＠＃])(?P<typed>[\"“]?[^\s\"“”]*)$"
)
"""A mark at the end of a text that is still being typed, its name perhaps not begun."""
_WORD = re.compile(r"\S+")
_QUOTED = re.compile('"([^"]+)"|“([^”]+)”')
_CUT = re.compile(r"(?<=[^\u3040-\u309f])(?=[\u3040-\u309f氏様殿、。])")
"""Where a Japanese name may end: before a particle, before a form of address."""
_END = ",.;:!?)]）、。」"


@dataclass(frozen=True)
class Typed:
    """A mark as typed: each wording that it may have, the longest first, with where it ends."""

    start: int
    kind: str
    wordings: tuple[tuple[str, int], ...]
    first: int
    """How many of the wordings are several words; these must be exact names."""


def typed_marks(text: str) -> Iterator[Typed]:
    """The marks of a line, from left to right."""
    quoted = quotations(text)
    ended = 0
    for match in _BEGIN.finditer(text):
        start, kind = match.start(), SIGNS[match[0].translate(WIDE)]
        if start < ended or any(begin < start < end for begin, end in quoted):
            continue
        found = _QUOTED.match(text, match.end())
        if found is not None:
            wordings = [((found[1] or found[2]).strip(), found.end())]
            first = 0
        elif text[match.end()].isdigit() and not _reference(text, match.end(), kind):
            continue
        else:
            several = list(_several(text, match.end()))
            wordings = several + list(_single(text, match.end()))
            first = len(several)
        ended = wordings[-1][1]
        yield Typed(start, kind, tuple(wordings), first)


def begun_mark(text: str) -> tuple[int, str, str] | None:
    """The mark that is being typed at the end of a text: where it starts, its kind, and what is typed of the name."""
    found = _BEGUN.search(text)
    if found is None or any(begin < found.start() < end for begin, end in quotations(text)):
        return None
    typed = found["typed"].lstrip('"“')
    if typed[:1].isdigit() and SIGNS[found[0][0].translate(WIDE)] != "record":
        return None
    return found.start(), SIGNS[found[0][0].translate(WIDE)], typed


def _reference(text: str, position: int, kind: str) -> bool:
    """Whether what begins with a digit can be a reference: «#5» and «/2» are numbers."""
    word = _WORD.match(text, position)
    return kind == "record" and word is not None and bool(re.search(r"[^\W\d]", word[0]))


def _several(text: str, position: int) -> Iterator[tuple[str, int]]:
    """The next words together, the most first, up to the next mark."""
    ends: list[int] = []
    for word in _WORD.finditer(text, position):
        if ends and (_BEGIN.match(text, word.start()) or len(ends) == MOST_WORDS):
            break
        bare = word[0].rstrip(_END)
        ends.append(word.start() + len(bare))
        if bare != word[0]:
            break
    for end in ends[:0:-1]:
        yield " ".join(text[position:end].split()), end


def _single(text: str, position: int) -> Iterator[tuple[str, int]]:
    """The next word, then, where it is Japanese, less and less of it."""
    found = _WORD.match(text, position)
    assert found is not None
    # a mark that follows directly, as Japanese has it, begins another word
    word = re.split("(?<=.)[@＠#＃]", found[0])[0].rstrip(_END) or found[0]
    yield word, position + len(word)
    for cut in reversed([match.start() for match in _CUT.finditer(word)]):
        yield word[:cut], position + cut

"""Access keys: a letter of each label that Alt reaches it by, each once in a form or dialog."""

from __future__ import annotations

import re
from collections.abc import Iterable


def unmarked(text: str) -> str:
    """A text for a label, a button or a menu that has no access key in it, whatever somebody typed."""
    return text.replace("&", "&&")


def with_access_keys(labels: Iterable[str], taken: Iterable[str] = ()) -> list[str]:
    """The labels with `&` before their letter; in scripts without letters it stands behind, as in 件名(&A).

    Initials of words are preferred; a label for which no letter is left has none.
    """
    used = {letter.casefold() for letter in taken}
    marked = []
    for label in labels:
        shown = unmarked(label)
        place = _place(shown, used)
        if place is not None:
            used.add(shown[place].casefold())
            marked.append(f"{shown[:place]}&{shown[place:]}")
            continue
        spare = _spare(used) if not any(_is_letter(char) for char in shown) else None
        if spare:
            used.add(spare)
            words = shown.removesuffix("…")
            shown = f"{words}(&{spare.upper()}){shown[len(words) :]}"
        marked.append(shown)
    return marked


class AccessKeys:
    """Gives out the letters of one dialog, whose labels and buttons come one after the other."""

    def __init__(self) -> None:
        self._taken: list[str] = []

    def mark(self, text: str) -> str:
        """The text with `&` before its access key, or with the key behind it; none if no letter is left."""
        (marked,) = with_access_keys([text], self._taken)
        key = re.search(r"(?<!&)&(?!&)(\w)", marked)
        self._taken += [key[1]] if key else []
        return marked

    def apart(self) -> AccessKeys:
        """For a tab, which no other tab is seen beside: it shares no letter with what was marked until now."""
        others = AccessKeys()
        others._taken = list(self._taken)
        return others


def _place(label: str, used: set[str]) -> int | None:
    """Where the first free letter stands: initials first, then any."""
    letters = [place for place, char in enumerate(label) if _is_letter(char) and char.casefold() not in used]
    initials = [place for place in letters if place == 0 or not label[place - 1].isalnum()]
    return next(iter(initials or letters), None)


def _spare(used: set[str]) -> str | None:
    return next((letter for letter in "abcdefghijklmnopqrstuvwxyz" if letter not in used), None)


def _is_letter(char: str) -> bool:
    """Whether it is on every keyboard without a dead key."""
    return char.isascii() and char.isalpha()

"""Access keys: a letter of each label that Alt reaches it by, each once in a form."""

from __future__ import annotations

from collections.abc import Iterable


def with_access_keys(labels: Iterable[str], taken: Iterable[str] = ()) -> list[str]:
    """The labels with `&` before their letter; in scripts without letters it stands behind, as in 件名(&A).

    Initials of words are preferred; a label for which no letter is left has none.
    """
    used = {letter.casefold() for letter in taken}
    marked = []
    for label in labels:
        shown = label.replace("&", "&&")
        place = _place(shown, used)
        if place is not None:
            used.add(shown[place].casefold())
            marked.append(f"{shown[:place]}&{shown[place:]}")
            continue
        spare = _spare(used) if not any(_is_letter(char) for char in shown) else None
        if spare:
            used.add(spare)
            shown = f"{shown}(&{spare.upper()})"
        marked.append(shown)
    return marked


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

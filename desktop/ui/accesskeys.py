"""Access keys: one letter for each label and button of a form, no letter twice."""

from __future__ import annotations

import re
import string


class AccessKeys:
    """Gives out the letters of one dialog or form; `taken` are spoken for already."""

    def __init__(self, taken: str = "") -> None:
        self._taken = set(taken.casefold())

    def mark(self, text: str) -> str:
        """The text with `&` before its access key: the first of a word if one is free, else any letter.

        A text without Latin letters has the key behind it, as is usual in Japanese: «件名(&A)».
        """
        plain = text.replace("&", "&&")
        starts = [match.start() for match in re.finditer(r"(?<!\w)[A-Za-z0-9]", plain)]
        others = [match.start() for match in re.finditer("[A-Za-z]", plain)]
        for place in (*starts, *others):
            if self._take(plain[place]):
                return f"{plain[:place]}&{plain[place:]}"
        if others:
            return plain
        free = next((letter for letter in string.ascii_uppercase if self._take(letter)), "")
        return f"{plain}(&{free})" if free else plain

    def _take(self, letter: str) -> bool:
        if letter.casefold() in self._taken:
            return False
        self._taken.add(letter.casefold())
        return True

"""The access keys of one dialog, whose labels and buttons come one after the other."""

from __future__ import annotations

import re

from desktop.ui.record.accesskeys import with_access_keys


class AccessKeys:
    """Gives out each letter once."""

    def __init__(self) -> None:
        self._taken: list[str] = []

    def mark(self, text: str) -> str:
        """The text with `&` before its access key, or with the key behind it; none if no letter is left."""
        (marked,) = with_access_keys([text], self._taken)
        key = re.search(r"(?<!&)&(?!&)(\w)", marked)
        self._taken += [key[1]] if key else []
        return marked

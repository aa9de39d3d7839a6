"""Finding in a text: blind to case, accents, width, line ends and marks of notes."""

from __future__ import annotations

from bisect import bisect_right

from desktop.service.locating import Folded


class Finder:
    """What a search found in one text, and which of it one is at."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.hits: list[tuple[int, int]] = []
        self._folded: Folded | None = None

    def prepare(self) -> Folded:
        """Fold the text: half a second for a million characters, once; may be done on a worker."""
        if self._folded is None:
            self._folded = Folded.of(self.text)
        return self._folded

    def find(self, words: str) -> list[tuple[int, int]]:
        """Look for words; none are found nowhere."""
        key = Folded.of(words).key
        self.hits = []
        if not key:
            return []
        folded = self.prepare()
        place = folded.key.find(key)
        while place >= 0:
            self.hits.append((folded.starts[place], folded.ends[place + len(key) - 1]))
            place = folded.key.find(key, place + len(key))
        return self.hits

    def behind(self, place: int) -> int | None:
        """The number of the first hit at a place or behind it, else of the first; None where nothing was found."""
        if not self.hits:
            return None
        return bisect_right([start for start, _end in self.hits], place - 1) % len(self.hits)

"""The sheet of long texts: what is longer than a cell holds, or than a row can show, stands here whole, in parts.

Parts wait in a file of the private folder until all rows are written, so that memory does not grow with them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from desktop.export import texts
from desktop.export.told import Told
from desktop.i18n import N_, _

NAME = N_("Long texts")
WIDTH = 120
LINES = 22
"""Lines of a part: what the tallest row shows, in any font."""
PART = 3_000
"""Units of a part, at most."""


class LongTexts:
    """Gathers the texts that go on elsewhere."""

    def __init__(self, folder: Path, told: Told) -> None:
        self._told = told
        self._path = folder / "long-texts"
        self._file = self._path.open("w+", encoding="utf-8")
        self.rows = 0

    def keep(self, text: str, ref: str, label: str) -> str:
        """Keep a text whole; gives what stands in its cell: itself, or its beginning and where it goes on."""
        parts = list(_parts(text, PART))
        for number, part in enumerate(parts, 1):
            row = (ref, label, _("{number} of {count}").format(number=number, count=len(parts)), part)
            self._file.write(json.dumps(row) + "\n")
        self.rows += len(parts)
        if texts.units(text) <= texts.MAX_UNITS and texts.units(texts.escape(text)) <= texts.MAX_UNITS:
            return text
        self._told.continued(ref, label)
        pointer = "\n" + _("[continued on the sheet “{sheet}”: {ref}, {field}]").format(
            sheet=_(NAME), ref=ref, field=label
        )
        room = texts.MAX_UNITS - texts.units(pointer)
        beginning = texts.split(text, room)[0]
        while texts.units(texts.escape(beginning)) > room:
            beginning = texts.split(beginning, texts.units(beginning) * 9 // 10)[0]
        return beginning + pointer

    def read(self) -> Iterator[tuple[str, str, str, str]]:
        """All parts: ref, field, number of the part, text."""
        self._file.seek(0)
        for line in self._file:
            ref, label, part, text = json.loads(line)
            yield ref, label, part, text

    def close(self) -> None:
        """Let the file go; the folder it lies in is removed by its owner."""
        self._file.close()


def _parts(text: str, most: int) -> Iterator[str]:
    """The text in parts that a row of this sheet shows whole."""
    for part in texts.split(text, most):
        if texts.lines(part, WIDTH) > LINES and most > LINES:
            yield from _parts(part, min(most, texts.units(part)) // 2)
        else:
            yield part

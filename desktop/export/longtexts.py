"""The sheet of long texts: what is longer than a cell holds, or than a row can show, stands here whole, in parts.

Parts wait in a file of the private folder until all rows are written, so that memory does not grow with them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from desktop.export import styles, texts
from desktop.export.told import Told
from desktop.i18n import N_, _

NAME = N_("Long texts")
WIDTH = 120
TALLEST = 400.0
"""Points that a part may take, in any font."""
PART = 3_000
"""Units of a part, at most."""


class LongTexts:
    """Gathers the texts that go on elsewhere."""

    def __init__(self, folder: Path, told: Told, sheet_name: str, font: str) -> None:
        self._told, self.sheet_name, self._font = told, sheet_name, font
        self._path = folder / "long-texts"
        self._file = self._path.open("w+", encoding="utf-8")
        self.rows = 0

    def keep(self, text: str, ref: str, label: str) -> str:
        """Keep a text whole; gives what stands in its cell: itself, or its beginning and where it goes on."""
        parts = list(self._parts(text, PART))
        for number, part in enumerate(parts, 1):
            row = (ref, label, _("{number} of {count}").format(number=number, count=len(parts)), part)
            self._file.write(json.dumps(row) + "\n")
        self.rows += len(parts)
        if texts.fits(text):
            return text
        self._told.continued(ref, label)
        pointer = "\n" + _("[continued on the sheet “{sheet}”: {ref}, {field}]").format(
            sheet=self.sheet_name, ref=ref, field=label
        )
        room = texts.MAX_UNITS - texts.units(pointer)
        beginning = texts.split(text, room)[0]
        while texts.units(texts.escape(beginning)) > room:
            beginning = texts.split(beginning, texts.units(beginning) * 9 // 10)[0]
        return beginning + pointer

    def _parts(self, text: str, most: int) -> Iterator[str]:
        """The text in parts that a row of this sheet shows whole."""
        for part in texts.split(text, most):
            if styles.height(part, WIDTH, self._font) > TALLEST and most > 1:
                yield from self._parts(part, max(1, min(most, texts.units(part)) // 2))
            else:
                yield part

    def read(self) -> Iterator[tuple[str, str, str, str]]:
        """All parts: ref, field, number of the part, text."""
        self._file.seek(0)
        for line in self._file:
            ref, label, part, text = json.loads(line)
            yield ref, label, part, text

    def close(self) -> None:
        """Let the file go; the folder it lies in is removed by its owner."""
        with suppress(OSError):  # what is still to be written finds no room either
            self._file.close()

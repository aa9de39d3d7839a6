"""A table as text: .csv, .tsv and the like, in whatever encoding and with whatever separator."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import Any, BinaryIO

from desktop.export.intake.encodings import encoding_of
from desktop.export.intake.faults import Unreadable
from desktop.export.intake.limits import MOST_CELLS, MOST_COLUMNS, MOST_FIELD, MOST_ROWS
from desktop.export.intake.spool import Spool

SEPARATORS = ",;\t|"
LONGEST = 2_000_000
"""Characters of a line."""
MOST_RECORDS = MOST_ROWS
LOOKED_AT = 200
"""Lines by which the separator is told."""
PLAIN_SPEED = 4
"""Texts are read so many times faster than XML."""
_SAID = re.compile(r"sep=(.)\s*$", re.IGNORECASE)
_LIVE = re.compile("'*(?:\\s*[=+\\-@＝＋－＠]|[\t\r\n])")


class Lines(Iterator[str]):
    """The lines of a text, none longer than can be borne; those of the record at hand are remembered."""

    def __init__(self, file: BinaryIO, encoding: str) -> None:
        file.seek(0)
        self.text = io.TextIOWrapper(file, encoding, errors="replace", newline="")
        self.again: list[str] = []
        self.record: list[str] = []
        self.controls = self.number = 0
        self.ended = False

    def __next__(self) -> str:
        if self.again:
            line = self.again.pop()
        else:
            line = self.text.readline(LONGEST)
            if len(line) >= LONGEST:
                raise Unreadable("no table", row=self.number + 1)
            if "\0" in line or "\x1a" in line:
                self.controls += line.count("\0")
                line = line.replace("\0", "").replace("\x1a", "") or "\n"
            if not line:
                self.ended = True
                raise StopIteration
            self.number += 1
        self.record.append(line)
        return line

    def take_back(self) -> str:
        """The first line of the record at hand; the others come once more."""
        first, *others = self.record
        self.again += reversed(others)
        self.record.clear()
        self.ended = False
        return first


def read(file: BinaryIO, spool: Spool, steps: Any, name: str, about: dict[str, Any]) -> list[list[Any]]:
    """Into one sheet. `about` gets the encoding and the separator."""
    size = file.seek(0, 2)
    steps.begin(size, size // PLAIN_SPEED)
    steps.total = size
    encoding = encoding_of(file)
    separator, said = separator_of(Lines(_view(file), encoding))
    lines = Lines(_view(file), encoding)
    if said:
        next(lines)
        lines.record.clear()
    made = spool.sheet(name)
    broken: list[int] = []
    csv.field_size_limit(MOST_FIELD)
    for number, values in enumerate(_records(lines, separator, broken), 1):
        if number > MOST_RECORDS:
            raise Unreadable("too many cells", most=MOST_CELLS)
        if len(values) > MOST_COLUMNS:
            raise Unreadable("no table", row=number)
        made.add(number, [_value(text) for text in values])
        if number % 1_000 == 0:
            steps(min(file.tell(), size) - steps.done)
    about.update(encoding=encoding, separator=separator)
    news: list[list[Any]] = []
    if broken:
        news.append(["quotes", len(broken), broken[0]])
    if lines.controls:
        news.append(["controls", lines.controls])
    return news


def _view(file: BinaryIO) -> BinaryIO:
    """The same file, which stays open when a reader of it goes."""
    return io.BufferedReader(io.FileIO(file.fileno(), closefd=False))


def _value(text: str) -> str | None:
    """The text as it was before a program put an apostrophe before what looks like a formula."""
    if not text:
        return None
    return text[1:] if text[0] == "'" and _LIVE.match(text) else text


def separator_of(lines: Lines) -> tuple[str, bool]:
    """The separator that makes the most even table, and whether the first line names it."""
    first = list(islice(lines, LOOKED_AT))
    if first and (said := _SAID.match(first[0])):
        return said[1], True
    best, most = ",", 0.0
    for separator in SEPARATORS:
        counts = Counter(_widths(first, separator))
        counts.pop(0, None)
        if not counts:
            continue
        width, times = max(counts.items(), key=lambda each: (each[1] * (each[0] > 1), each[0]))
        if width > 1:
            even = times / sum(counts.values())
            score = even * 10 + min(width, 30) / 10
            if score > most:
                best, most = separator, score
    return best, False


def _widths(lines: list[str], separator: str) -> list[int]:
    csv.field_size_limit(LONGEST)
    return [len(record) for record in csv.reader(lines, delimiter=separator)]


def _records(lines: Lines, separator: str, broken: list[int]) -> Iterator[list[str]]:
    """The records; a quote that is never closed spoils its own line alone."""
    number = 0
    while True:
        reader = csv.reader(lines, delimiter=separator)
        try:
            for record in reader:
                if lines.ended and len(lines.record) > 1 and sum(map(_quotes, lines.record)) % 2:
                    break
                number += 1
                lines.record.clear()
                yield record
            else:
                return
        except csv.Error:
            if not lines.record:
                return
        number += 1
        broken.append(number)
        line = lines.take_back().rstrip("\r\n")
        yield [text[:MOST_FIELD] for text in line.split(separator)]


def _quotes(line: str) -> int:
    return line.count('"')

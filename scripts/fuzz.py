"""Good files, broken at random, through the reader of files from outside: each is read or refused, in time.

    python -m scripts.fuzz [--count N | --seconds S] [--seed N] [--keep FOLDER]

A seed gives the same files again. What is neither read nor refused within the limits is kept in FOLDER, its number
is told, and the command ends with 1.
"""

from __future__ import annotations

import argparse
import io
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import NamedTuple

import openpyxl

from desktop import paths
from desktop.export.intake import limits
from desktop.export.intake.process import Process
from desktop.export.intake.reading import read
from desktop.export.intake.refusal import Refusal
from tests.export.intake import books, ole

SECONDS = 5.0
MEGABYTES = 300.0
_NUMBERS = ("-1", "0", "1", "16385", "1048577", "4294967296", "1e308", "NaN", "9" * 400, "", "\u0660", "x")
_PIECES = (
    "<![CDATA[",
    "]]>",
    "&#0;",
    "&#xD800;",
    "<!-- ",
    "&a;",
    "\ufffe",
    "<c>",
    "</row>",
    "<f/>",
    "xml:space=''",
)


class Outcome(NamedTuple):
    """What came of one file."""

    name: str
    seconds: float
    peak: float
    said: str


def good() -> dict[str, bytes]:
    """Files that are read without complaint, by their names."""
    made = io.BytesIO()
    work = openpyxl.Workbook()
    sheet = work.active
    for row in range(60):
        sheet.append([f"Topic {row}", row, row / 7, row % 2 == 0, "=A1", "会議の準備"])
    sheet.merge_cells("A1:C1")
    sheet["D2"].number_format = "yyyy-mm-dd"
    work.create_sheet("Other").sheet_state = "hidden"
    work.save(made)
    cells = '<c r="A1" t="s"><v>0</v></c><c r="B1" s="1"><v>45352</v></c><c r="C1"><f>A1</f><v>1</v></c>'
    table = (
        '<table:table-row table:number-rows-repeated="3"><table:table-cell office:value-type="float" office:value="1"'
        ' table:number-columns-repeated="4"/></table:table-row>'
    )
    text = "案件;期限;Ministério\n" + '"会議の\n準備";来月;ação\n' * 40
    return {
        "openpyxl.xlsx": made.getvalue(),
        "by-hand.xlsx": books.book(books.rows(cells), strings="<si><t>Topic</t></si>"),
        "table.ods": books.ods(table),
        "old.xls": ole.xls(*(ole.number(row, column, row) for row in range(40) for column in range(4))),
        "text.csv": text.encode(),
        "wide.csv": text.encode("utf-16"),
        "japanese.csv": "案件,期限\n会議の準備,来月\n".encode("cp932") * 20,
        "western.csv": "Topic\tStatus\nação\t“open”\n".encode("cp1252") * 20,
    }


# ---- ways to break one


def flip(content: bytes, chance: Random) -> bytes:
    """Some bits."""
    made = bytearray(content)
    for _time in range(chance.choice((1, 1, 5, 40))):
        made[chance.randrange(len(made))] ^= 1 << chance.randrange(8)
    return bytes(made)


def cut(content: bytes, chance: Random) -> bytes:
    """Its end, or its beginning."""
    at = chance.randrange(1, len(content))
    return content[:at] if chance.random() < 0.8 else content[at:]


def paste(content: bytes, chance: Random) -> bytes:
    """A piece of it stands elsewhere, once or many times."""
    one, other = sorted(chance.randrange(len(content)) for _end in range(2))
    at = chance.randrange(len(content))
    return content[:at] + content[one:other][:4_000] * chance.choice((1, 1, 3, 200)) + content[at:]


def blank(content: bytes, chance: Random) -> bytes:
    """A piece of one byte."""
    at = chance.randrange(len(content))
    return content[:at] + bytes([chance.randrange(256)]) * chance.randrange(1, 600) + content[at + 600 :]


def words(content: bytes, chance: Random) -> bytes:
    """Numbers become others, tags go, things come that do not belong: in a part of a zip, which is packed anew."""
    if not content.startswith(b"PK"):
        return _reworded(content, chance)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    except Exception:  # it is broken already, in whatever way
        return _reworded(content, chance)
    for name in chance.sample(sorted(parts), k=chance.choice((1, 1, 2))):
        part = parts[name]
        parts[name] = _reworded(part if isinstance(part, bytes) else part.encode(), chance)
    if chance.random() < 0.1:
        parts.pop(chance.choice(sorted(parts)))
    return books.packed(parts)


def _reworded(content: bytes, chance: Random) -> bytes:
    text = content.decode("latin-1")
    for _time in range(chance.choice((1, 2, 6))):
        at = chance.randrange(len(text) or 1)
        what = chance.random()
        if what < 0.5:
            digit = next((n for n in range(at, len(text)) if text[n].isdigit()), at)
            end = next((n for n in range(digit, len(text)) if not text[n].isdigit()), len(text))
            text = text[:digit] + _bytes(chance.choice(_NUMBERS)) + text[end:]
        elif what < 0.75:
            end = text.find(">", at)
            text = text[:at] + text[end + 1 :] if end > 0 else text
        else:
            text = text[:at] + _bytes(chance.choice(_PIECES)) * chance.choice((1, 1, 1_000)) + text[at:]
    return text.encode("latin-1")


def _bytes(text: str) -> str:
    """Letters as the bytes that they are, among which they are put."""
    return text.encode().decode("latin-1")


WAYS: tuple[Callable[[bytes, Random], bytes], ...] = (flip, cut, paste, blank, words, words, words)


def broken(seed: int) -> Iterator[tuple[str, bytes]]:
    """Files without end, the same for the same seed."""
    files = good()
    number = 0
    while True:
        chance = Random(f"{seed}/{number}")
        name = chance.choice(sorted(files))
        content = files[name]
        for _time in range(chance.choice((1, 1, 2, 3))):
            content = chance.choice(WAYS)(content, chance) or b"\0"
        yield f"{number:06}-{name}", content
        number += 1


def outcome(path: Path) -> Outcome:
    """What comes of a file; other exceptions than a refusal are the reader's fault and go on."""
    peaks: list[float] = []
    wait = Process.wait

    def noted(self: Process, go_on: Callable[[int, int], bool]) -> None:
        wait(self, go_on)
        peaks.append(float(self.outcome.get("peak", 0)))

    begun = time.monotonic()
    Process.wait = noted  # type: ignore[method-assign]
    try:
        with read(path) as book:
            peaks.append(book.peak)
            said = "read"
            for sheet in book.sheets:
                for _number, _values in sheet.rows.filled():
                    pass
    except Refusal as refusal:
        said = refusal.reason.value
    finally:
        Process.wait = wait  # type: ignore[method-assign]
    return Outcome(path.name, time.monotonic() - begun, max(peaks, default=0.0), said)


def run(files: Iterator[tuple[str, bytes]], until: Callable[[int], bool], keep: Path) -> list[Outcome]:
    """The outcomes, and the files that broke the limits in `keep`."""
    found: list[Outcome] = []
    for name, content in files:
        if until(len(found)):
            return found
        path = keep / name
        path.write_bytes(content)
        one = outcome(path)
        found.append(one)
        if not too_much(one):
            path.unlink()
    return found


def too_much(one: Outcome) -> bool:
    """Whether a file got further than it may: too long, too large, or its reader stopped."""
    return one.seconds > SECONDS or one.peak > MEGABYTES or one.said == "crashed"


def main() -> int:
    """Run; 1 where the reader fell short."""
    parser = argparse.ArgumentParser(prog="python -m scripts.fuzz", description=__doc__)
    parser.add_argument("--count", type=int, default=0, help="so many files")
    parser.add_argument("--seconds", type=float, default=60.0, help="so long, where no count is given")
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--keep", type=Path, help="where the files stay that broke a limit")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="juntos-fuzz-") as home:
        paths.use_home(home)
        keep = asked.keep or Path(tempfile.mkdtemp(prefix="juntos-fuzz-kept-"))
        keep.mkdir(exist_ok=True)
        begun = time.monotonic()
        found = run(
            broken(asked.seed),
            lambda done: done >= asked.count if asked.count else time.monotonic() - begun > asked.seconds,
            keep,
        )
    bad = [one for one in found if too_much(one)]
    counts = ", ".join(f"{said} {count}" for said, count in Counter(one.said for one in found).most_common())
    slowest = max((one.seconds for one in found), default=0.0)
    largest = max((one.peak for one in found), default=0.0)
    print(f"seed {asked.seed}, {len(found)} files in {time.monotonic() - begun:.0f} s: {counts}")
    print(f"slowest {slowest:.2f} s, most memory {largest:.0f} MB of {limits.MEMORY / limits.MEGABYTE:.0f}")
    for one in bad:
        print(f"{keep / one.name}: {one.said}, {one.seconds:.1f} s, {one.peak:.0f} MB", file=sys.stderr)
    if not bad and asked.keep is None:
        keep.rmdir()
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())

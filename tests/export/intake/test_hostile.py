"""Files that were made to do harm: each is refused with a sentence or read, in time and within its memory."""

from __future__ import annotations

import subprocess
import sys
import zlib
from pathlib import Path

import pytest

from desktop import scratch
from desktop.export.intake import limits, process
from desktop.export.intake.process import Process
from desktop.export.intake.reading import read
from desktop.export.intake.refusal import _WORDS, Reason, Refusal
from tests.export.intake.hostile import HOSTILE

MEGABYTES = 300.0

REASONS = {
    "bomb-sheet.xlsx": Reason.BOMB,
    "bomb-lying.xlsx": Reason.BOMB,
    "overlapping.xlsx": Reason.BOMB,
    "many-entries.xlsx": Reason.BOMB,
    "laughs-sheet.xlsx": Reason.ENTITIES,
    "laughs-utf16.xlsx": Reason.ENTITIES,
    "laughs.ods": Reason.ENTITIES,
    "external-entity.xlsx": Reason.ENTITIES,
    "external-dtd.xlsx": Reason.ENTITIES,
    "encrypted.xlsx": Reason.PASSWORD,
    "encrypted-zip.xlsx": Reason.PASSWORD,
    "encrypted.ods": Reason.PASSWORD,
    "password.xls": Reason.PASSWORD,
    "sheet-outside.xlsx": Reason.OUTSIDE,
    "sheet-on-the-net.xlsx": Reason.OUTSIDE,
    "ten-thousand-sheets.xlsx": Reason.TOO_MANY_SHEETS,
    "no-sheets.xlsx": Reason.NO_SHEETS,
    "billionth-row.xlsx": Reason.DAMAGED,
    "cut-50.xlsx": Reason.DAMAGED,
    "cut-90.xls": Reason.DAMAGED,
    "twice.xlsx": Reason.DAMAGED,
    "billions.ods": Reason.TOO_MANY_CELLS,
    "far.xls": Reason.TOO_MANY_CELLS,
    "picture.xlsx": Reason.OTHER_KIND,
    "word.xlsx": Reason.OTHER_KIND,
    "word.xls": Reason.OTHER_KIND,
    "noise.csv": Reason.OTHER_KIND,
    "page.xls": Reason.OLD_KIND,
    "excel4.xls": Reason.OLD_KIND,
    "nothing.xlsx": Reason.EMPTY,
    "zeros.xlsx": Reason.EMPTY,
    "one-line.csv": Reason.NO_TABLE,
    "utf16-broken.csv": Reason.ENCODING,
}
"""Where the reason matters; of the others it is enough that there is one."""
READ = {
    "far-cell.xlsx",
    "far-merge.xlsx",
    "far-link.xlsx",
    "far-comment.xlsx",
    "dimension-large.xlsx",
    "dimension-small.xlsx",
    "strict.xlsx",
    "macros.xlsm",
    "external-links.xlsx",
    "odd-values.xlsx",
    "formulas-without-values.xlsx",
    "nested.xlsx",
    "traversal.xlsx",
    "formulas.csv",
    "billions-of-empty.ods",
}
"""What harms a plain reader and not this one."""


def test_there_are_enough_of_them() -> None:
    assert len(HOSTILE) >= 58
    assert set(REASONS) | READ <= set(HOSTILE)


def test_the_reasons_are_few_and_each_has_words() -> None:
    assert len(Reason) <= 20
    assert set(_WORDS) == set(Reason)
    assert all(advice for reason, (_said, advice) in _WORDS.items() if reason is not Reason.CANCELLED)


@pytest.fixture
def peaks(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Megabytes that each reading process says it took."""
    found: list[float] = []
    wait = Process.wait

    def noted(self: Process, *arguments: object) -> None:
        wait(self, *arguments)  # type: ignore[arg-type]
        found.append(float(self.outcome.get("peak", 0)))

    monkeypatch.setattr(process.Process, "wait", noted)
    return found


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_or_read(name: str, tmp_path: Path, peaks: list[float]) -> None:
    path = tmp_path / "given" / name
    path.parent.mkdir()
    path.write_bytes(HOSTILE[name]())
    before = path.read_bytes()[:100_000]
    refusal = None
    try:
        with read(path) as book:
            peaks.append(book.peak)
            assert any(len(sheet.rows) for sheet in book.sheets)
    except Refusal as error:
        refusal = error
    if refusal is not None:
        assert name in str(refusal)
        assert refusal.advice
        assert "{" not in str(refusal) + refusal.advice
    assert max(peaks, default=0) < MEGABYTES
    assert list(path.parent.iterdir()) == [path]
    assert path.read_bytes()[:100_000] == before
    assert not any(scratch.folder().glob("intake-*"))
    assert not Path("/tmp/juntos-escaped").exists()
    if name in REASONS:
        assert refusal is not None
        assert refusal.reason is REASONS[name]
    if name in READ:
        assert refusal is None


def test_without_its_guards_a_bomb_does_harm() -> None:
    """The control: the part unpacked without a count is more than a process may have, out of a small file."""
    name = b"xl/worksheets/sheet1.xml"
    content = HOSTILE["bomb-lying.xlsx"]()
    unpacked = zlib.decompressobj(-15)
    size, rest = 0, content[content.find(name) + len(name) :]
    while not unpacked.eof and rest:
        size += len(unpacked.decompress(rest, 1 << 20))
        rest = unpacked.unconsumed_tail
    assert len(content) < 2_000_000 < limits.MEMORY < size


def test_the_last_cell_stops_calamine_without_the_other_reader(tmp_path: Path) -> None:
    """The control: what the large reader does in a process with as much memory, without the guards."""
    path = tmp_path / "far.xlsx"
    path.write_bytes(HOSTILE["far-cell.xlsx"]())
    code = (
        "import sys; from desktop.export.intake import limits; limits.confine(); import python_calamine as c;"
        " c.CalamineWorkbook.from_path(sys.argv[1]).get_sheet_by_index(0).to_python()"
    )
    done = subprocess.run([sys.executable, "-c", code, path], capture_output=True, timeout=60, check=False)
    assert done.returncode != 0

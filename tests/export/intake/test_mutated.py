"""Good files, broken at random as `scripts.fuzz` does for longer: each is read or refused, none stops the reader."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts import fuzz

COUNT = 60


@pytest.mark.slow
def test_broken_files_are_read_or_refused(tmp_path: Path) -> None:
    found = fuzz.run(fuzz.broken(6), lambda done: done >= COUNT, tmp_path)
    assert len(found) == COUNT
    assert [one for one in found if one.said == "crashed" or one.peak > fuzz.MEGABYTES] == []
    assert {"read", "damaged"} <= {one.said for one in found}
    assert list(tmp_path.iterdir()) == []


def test_the_same_seed_breaks_files_alike() -> None:
    one, same, other = (fuzz.broken(seed) for seed in (1, 1, 2))
    first = [next(one) for _file in range(5)]
    assert first == [next(same) for _file in range(5)]
    assert first != [next(other) for _file in range(5)]


def test_a_reader_that_stops_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: with a reader that dies the same run is not content."""
    monkeypatch.setattr("desktop.export.intake.process.CHILD", "desktop.export.intake.nowhere")
    (one,) = fuzz.run(fuzz.broken(6), lambda done: done >= 1, tmp_path)
    assert fuzz.too_much(one)
    assert len(list(tmp_path.iterdir())) == 1

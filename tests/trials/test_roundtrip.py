"""Generated records out and in again: a hundred and fifty here, `python -m tests.trials.roundtrip` does more."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from desktop.export import table
from desktop.export.intake.wayback import values
from desktop.export.marks import canonical
from tests.trials import roundtrip
from tests.trials.generated import FIELDS, gathered
from tests.trials.generated import values as generated

COUNT, SEED = 150, 7
Way = Callable[[Path, int, int], tuple[int, list[str]]]


@pytest.mark.parametrize("way", [roundtrip.by_workbook, roundtrip.by_csv], ids=lambda way: way.__name__)
def test_what_goes_out_comes_in_again(way: Way, tmp_path: Path) -> None:
    count, wrong = way(tmp_path, COUNT, SEED)
    assert wrong == []
    assert count == COUNT


def test_control_texts_made_alike_are_seen_to_differ(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As it was: no-break spaces and full-width digits were changed in what was taken in."""
    taken = values.Speech._value

    def alike(self: Any, kind: Any, plain: Any, value: Any) -> Any:
        return taken(self, kind, plain, canonical(value) if isinstance(value, str) else value)

    monkeypatch.setattr(values.Speech, "_value", alike)
    assert roundtrip.by_workbook(tmp_path, COUNT, SEED)[1]


def test_control_without_the_guard_of_a_csv_differences_are_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(table, "guard", str)
    assert roundtrip.by_csv(tmp_path, COUNT, SEED)[1]


def test_the_same_seed_gives_the_same_records(tmp_path: Path) -> None:
    known = {target: [1, 2] for target in roundtrip.POINTED}
    for entity, names in FIELDS.items():
        source = generated(entity, known, names)
        assert gathered(source, 5, 1) == gathered(source, 5, 1) != gathered(source, 5, 2)

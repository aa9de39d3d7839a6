"""Two hundred kinds of edits, one seed of each in the suite; `python -m scripts.wayback_trials` does fifty of each."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from desktop.export.intake.wayback import Kind

from .trials import ARRANGED, EDITS, World, kinds, trial

SEEDS = 1


def test_there_are_two_hundred_kinds() -> None:
    assert len(kinds()) >= 200


@pytest.mark.parametrize("arranged", ARRANGED)
def test_exactly_what_was_edited_is_proposed(arranged: str, worlds: Callable[[], World]) -> None:
    world = worlds()
    proposed = 0
    for edit in EDITS:
        for seed in range(SEEDS):
            expected, got, found = trial(world, arranged, edit, f"{arranged} {edit} {seed}")
            assert got == expected, (edit, seed)
            assert not [each for each in found if each.kind is Kind.GONE]
            assert not [each for each in found if each.kind is Kind.CLEAR and each.accepted]
            proposed += len(got)
    assert proposed >= len(EDITS) // 2

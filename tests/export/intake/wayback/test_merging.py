"""Both sides edit at random; what stands in the workspace after is what a model of three values says."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.export.intake.wayback import apply, decide, propose, recognise
from desktop.export.intake.wayback.proposals import OURS, THEIRS

from .arranged import all_together
from .paper import UID
from .trials import EDITS, PAGES, Typed, World, our_side

MERGED = ("text", "same_text", "date", "date_as_text", "several", "reference", "cleared", "status")
FOLLOWS = {
    "version",
    "updated_at",
    "times_slipped",
    "last_update_on",
    "direction",
    "due_first",
    "target_first",
}
"""What follows from other fields."""


def model(base: Any, ours: Any, theirs: Any, cleared: bool, decided: str) -> Any:
    """One field: whose value it is."""
    if theirs in (base, ours):
        return ours
    if cleared:
        return ours
    if ours == base:
        return theirs
    return theirs if decided == THEIRS else ours


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10**9), decided=st.sampled_from([THEIRS, OURS]))
def test_the_result_is_the_three_way_merge(worlds: Callable[[], World], seed: int, decided: str) -> None:
    chance, world = Random(seed), worlds()
    workspace = world.workspace
    paper = world.paper.copy()
    typed: dict[tuple[str, str], Typed] = {}
    for _number in range(chance.randint(3, 12)):
        page = paper.pages[chance.choice(PAGES)]
        uid = str(chance.choice(page.rows)[UID])
        made = EDITS[chance.choice(MERGED)](world, page, uid, chance)
        heading = world.base[uid].get("level") == "heading"
        if made is not None and made.means is not None and not (heading and "target_on" in made.means):
            typed[uid, made.key] = made
            page.row(uid)[made.key] = made.value
    our_side(world, chance, list(typed.values()))
    for key in PAGES:
        all_together(paper.pages[key], chance)
    ours = world.now()
    with paper.book() as book:
        found = propose(workspace, recognise(book), check=False)
    apply(workspace, decide(found, decided), "Status.xlsx")
    expected = {uid: dict(values) for uid, values in ours.items()}
    for (uid, _key), made in typed.items():
        assert made.means is not None
        empty = made.value is None or not str(made.value).strip()
        for name, theirs in made.means.items():
            expected[uid][name] = model(world.base[uid][name], ours[uid][name], theirs, empty, decided)
    got = world.now()
    for uid, values in expected.items():
        differing = {
            name: (value, got[uid][name])
            for name, value in values.items()
            if name not in FOLLOWS and got[uid][name] != value
        }
        assert not differing, (uid, differing)
    assert got.keys() == expected.keys(), "no record was made, and none deleted"

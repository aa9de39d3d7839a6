"""Links: which relations join what, that each is made once, and how it is seen from both sides."""

from __future__ import annotations

import pytest

from desktop.model import FollowUp, Initiative, Invalid, Link, Meeting, Operation, Recommendation
from desktop.service import links, records
from desktop.service.conflicts import Conflict
from desktop.service.links import link, natural, of, possible, unlink
from tests.service.conftest import World


@pytest.mark.parametrize(
    ("one", "other", "relation", "forward"),
    [
        (Initiative, Recommendation, "advances", True),
        (Recommendation, Initiative, "advances", False),
        (FollowUp, Recommendation, "serves", True),
        (Initiative, FollowUp, "serves", False),
        (Meeting, FollowUp, "discussed", True),
        (Recommendation, Meeting, "discussed", False),
        (Recommendation, Recommendation, "builds_on", True),
        (Initiative, Initiative, "part_of", True),
        (FollowUp, FollowUp, "follows", True),
        (Meeting, Meeting, "follows", True),
    ],
)
def test_the_natural_relation(one: type, other: type, relation: str, forward: bool) -> None:
    assert natural(one, other) == (relation, forward)
    assert {"follows", "related"} <= {name for name, _forward in possible(one, other)}


def test_a_link_is_seen_from_both_sides(world: World) -> None:
    link(world.workspace, world.cables, world.suppliers, note="Annex 2")
    (seen,) = of(world.suppliers)
    assert (seen.relation, seen.other.uid, seen.forward, seen.link.note) == (
        "Serves",
        world.cables.uid,
        True,
        "Annex 2",
    )
    assert [(each.relation, each.other.uid) for each in of(world.cables)] == [
        ("Advanced by", world.humboldt.uid),
        ("Served by", world.suppliers.uid),
    ]


def test_what_cannot_be_linked(world: World) -> None:
    with pytest.raises(
        Invalid, match=f"{world.cables.ref} and {world.suppliers.ref} cannot be linked in this way"
    ):
        link(world.workspace, world.cables, world.suppliers, "builds_on")
    with pytest.raises(Invalid, match="cannot be linked to itself"):
        link(world.workspace, world.cables, world.cables)
    with pytest.raises(Invalid, match="cannot be linked in this way"):
        link(world.workspace, world.cables, world.suppliers, "likes")


def test_nothing_is_linked_twice(world: World) -> None:
    for ends in ((world.humboldt, world.cables), (world.cables, world.humboldt)):
        with pytest.raises(Invalid, match="are linked already"):
            link(world.workspace, *ends)
    link(world.workspace, world.humboldt, world.cables, "related")
    with pytest.raises(Invalid, match="are linked already"):
        link(world.workspace, world.cables, world.humboldt, "related")
    link(world.workspace, world.heading, world.cables)
    link(world.workspace, world.cables, world.heading)
    assert Link.select().count() == 4


def test_a_link_is_removed_once(world: World) -> None:
    row = Link.get()
    unlink(world.workspace, row)
    assert of(world.cables) == []
    label = Operation.select().order_by(Operation.id.desc()).get().label
    assert label == f"Remove the link {world.humboldt.ref} – {world.cables.ref}"
    with pytest.raises(Conflict, match="was deleted meanwhile"):
        unlink(world.workspace, row)
    made = link(world.workspace, world.suppliers, world.terms)
    records.delete(world.workspace, [world.suppliers, world.terms])
    with pytest.raises(Conflict, match="was deleted meanwhile"):
        unlink(world.workspace, made)


def test_records_are_found_by_reference(world: World) -> None:
    assert links.find(" wc-2024-1a ").uid == world.cables.uid
    assert links.find("FU-2026-1").uid == world.suppliers.uid
    assert links.subject(world.cables.id).uid == world.cables.uid
    for text in ("FU-2099-001", "", "?", "x" * 1000):
        with pytest.raises(Invalid, match="There is no record with the reference"):
            links.find(text)

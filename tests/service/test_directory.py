"""The directory: sides and directions that follow, likely duplicates, and making one record of two."""

from __future__ import annotations

import errno
from typing import Any

import pytest

from desktop.model import Alias, FollowUp, Invalid, Meeting, Operation, Organisation, Person
from desktop.service import directory, meetings, records, setup, undo
from desktop.service.conflicts import Conflict
from desktop.service.meetings import Attendee
from desktop.service.workspace import Workspace
from desktop.store import backup
from desktop.store.errors import StoreError
from tests.service.conftest import World, state


@pytest.mark.parametrize(
    ("kind", "country", "side"),
    [
        ("ministry", "JP", "capital"),
        ("development_bank", "JP", "capital"),
        ("agency", "US", "partner"),
        ("parliament", "CL", "host"),
        ("subnational", "BO", "host"),
        ("embassy", "PE", "third"),
        ("ministry", "", "third"),
        ("development_bank", "", "international"),
        ("international", "US", "international"),
        ("forum", "", "international"),
        ("company", "JP", "private"),
        ("university", "CL", "private"),
        ("", "JP", ""),
    ],
)
def test_the_side_of_an_organisation(world: World, kind: str, country: str, side: str) -> None:
    made = records.add(world.workspace, Organisation, {"name": "New", "kind": kind, "country": country})
    assert made.side == side
    records.change(world.workspace, made, {"side_set": "host"})
    assert made.side == "host"
    records.change(world.workspace, made, {"side_set": ""})
    assert made.side == side


def test_the_post_is_on_its_own_side(world: World) -> None:
    assert world.post.side == "post"


def owed(world: World, **values: Any) -> str:
    return str(records.add(world.workspace, FollowUp, {"title": "New", **values}).direction)


def test_the_direction_of_a_follow_up(world: World) -> None:
    loose = records.add(world.workspace, Person, {"name": "Without organisation"})
    assert owed(world) == "us"
    assert owed(world, owed_by=world.post.id) == "us"
    assert owed(world, owed_by=world.meti.id) == "capital"
    assert owed(world, owed_by=world.dfc.id) == "partner"
    assert owed(world, owed_by=world.minrel.id) == "host"
    assert owed(world, owed_by=world.caf.id) == "other"
    assert owed(world, owed_by_person=world.rojas.id) == "host"
    assert owed(world, owed_by_person=world.sato.id) == "us"
    assert owed(world, owed_by_person=loose.id) == "other"
    assert owed(world, owed_by=world.dfc.id, owed_by_person=world.rojas.id) == "partner"


def test_the_direction_follows_what_changes_later(world: World) -> None:
    workspace = world.workspace
    made = records.add(workspace, FollowUp, {"title": "New", "owed_by_person": world.rojas.id})

    def now() -> str:
        return str(FollowUp.get_by_id(made.id).direction)

    records.change(workspace, world.rojas, {"organisation": world.dfc.id})
    assert now() == "partner"
    records.change(workspace, world.dfc, {"country": "JP"})
    assert now() == "capital"
    # What this record in memory says of the direction is old; what it saves must be right all the same.
    records.change(workspace, made, {"detail": "Nothing about whoever owes it"})
    assert now() == "capital"
    records.change(workspace, made, {"owed_by": world.minrel.id})
    assert now() == "host"
    records.change(workspace, world.minrel, {"side_set": "third"})
    assert now() == "other"
    setup.change_facts(workspace, partners=["CL"])
    records.change(workspace, world.minrel, {"side_set": ""})
    assert now() == "partner"
    assert undo.undo(workspace)
    assert undo.undo(workspace)
    assert now() == "other"


def test_likely_duplicates(world: World) -> None:
    def found(entity: type[Any], text: str) -> list[str]:
        return [each.uid for each in directory.likely_duplicates(entity, text)]

    assert found(Organisation, "meti") == [world.meti.uid]
    assert found(Organisation, "経済産業省") == [world.meti.uid]
    assert found(Organisation, "ministerio de relaciones exteriores") == [world.minrel.uid]
    assert found(Person, "sato kenji") == [world.sato.uid]
    assert found(Person, "佐藤健二") == [world.sato.uid]
    assert found(Person, " ") == found(Organisation, "") == found(Organisation, "minis") == []
    assert [each.name for each in directory.officers()] == ["Mori Aya", "Sato Kenji"]


def test_likely_duplicates_among_people(world: World) -> None:
    def found(text: str, organisation: int | None = None) -> list[str]:
        return [each.name for each in directory.likely_duplicates(Person, text, organisation)]

    def add(name: str, organisation: int | None = None, **values: Any) -> None:
        records.add(world.workspace, Person, {"name": name, "organisation": organisation, **values})

    add("Claudia Fuentes", world.minrel.id)
    add("Fuentes Claudio", world.dfc.id)
    add("Claudia Andrade", world.dfc.id)
    add("Watanabe Yui", world.meti.id, own_name="渡辺 結衣")
    assert found("Ana Rojas") == found("ROJAS, Ana") == ["Rojas Ana"], "either order"
    assert found("Yui Watanabe") == found("Yui Watanabé") == found("渡辺結衣") == ["Watanabe Yui"]
    assert found("Claudia Fuente") == ["Claudia Fuentes", "Fuentes Claudio"], "a letter more or less"
    assert found("Claudia Fuentes", world.dfc.id) == ["Fuentes Claudio", "Claudia Fuentes"], (
        "colleagues first"
    )
    assert found("Fuentes") == []
    assert found("Fuentes", world.minrel.id) == ["Claudia Fuentes"], "of a colleague a part is enough"
    assert found("Li Wei") == found("山田太郎") == found("…") == []


# ---- merging


def test_everything_points_to_the_one_that_is_kept(world: World) -> None:
    workspace = world.workspace
    double = records.add(
        workspace,
        Organisation,
        {
            "name": "Cancillería",
            "acronym": "MRE",
            "aliases": "MOFA; MINREL",
            "kind": "ministry",
            "country": "CL",
            "link": "https://minrel.gob.cl",
            "parent": world.caf.id,
            "visibility": "internal",
        },
    )
    records.change(workspace, world.suppliers, {"owed_by": double.id, "owed_to": double.id})
    records.change(workspace, world.lunch, {"counterparts": {double.id, world.minrel.id}})
    records.change(workspace, world.rojas, {"organisation": double.id})
    directory.merge(workspace, world.minrel, [double])
    assert Organisation.get_or_none(Organisation.uid == double.uid) is None
    minrel, suppliers = world.minrel, world.suppliers
    assert (suppliers.owed_by_id, suppliers.owed_to_id, suppliers.direction) == (minrel.id, minrel.id, "host")
    assert records.values_of(world.lunch)["counterparts"] == {minrel.id}
    assert world.rojas.organisation_id == minrel.id
    assert minrel.aliases == "Cancillería; MRE; MOFA"
    assert (minrel.link, minrel.parent_id) == ("https://minrel.gob.cl", world.caf.id)
    for name in (double.ref, double.ref.lower()):
        assert Organisation.find(name).uid == minrel.uid
    with pytest.raises(Invalid, match="taken already"):
        records.add(workspace, Organisation, {"name": "New", "ref": double.ref})


def test_fewer_may_see_the_one_that_is_kept(world: World) -> None:
    double = records.add(world.workspace, Organisation, {"name": "Double", "visibility": "partner"})
    records.change(world.workspace, world.dfc, {"visibility": "public"})
    directory.merge(world.workspace, world.dfc, [double])
    assert world.dfc.visibility == "partner"


def test_a_chain_of_organisations_makes_no_circle(world: World) -> None:
    workspace = world.workspace
    records.change(workspace, world.dfc, {"parent": world.caf.id})
    records.change(workspace, world.caf, {"parent": world.minrel.id})
    directory.merge(workspace, world.dfc, [world.minrel])
    assert world.dfc.parent_id == world.caf.id
    assert world.caf.parent_id is None


def test_somebody_is_at_a_meeting_once(world: World) -> None:
    double = records.add(
        world.workspace, Person, {"name": "A. Rojas", "officer": 0, "email": "rojas@example.org"}
    )
    for person in (world.rojas, double):
        meetings.attend(world.workspace, world.lunch, Attendee(person=person.id))
    other = records.add(world.workspace, Meeting, {"title": "Other", "on": "2026-11-01"})
    meetings.attend(world.workspace, other, Attendee(person=double.id))
    directory.merge(world.workspace, world.rojas, [double])
    assert [each.person_id for each in meetings.attendance(world.lunch)] == [world.rojas.id]
    assert [each.person_id for each in meetings.attendance(other)] == [world.rojas.id]
    assert world.rojas.email == "rojas@example.org"


def test_the_officer_at_the_desk_may_be_merged(world: World) -> None:
    records.change(world.workspace, world.cables, {"owner": world.sato.id})
    directory.merge(world.workspace, world.mori, [world.sato])
    assert world.workspace.officer.uid == world.mori.uid
    assert world.cables.owner_id == world.mori.id
    assert world.mori.email == "sato@example.org"
    undo.undo(world.workspace)
    assert world.sato is not None


def test_the_post_may_be_merged(world: World) -> None:
    before = state()
    embassy = records.add(
        world.workspace, Organisation, {"name": "Japanese Embassy", "kind": "embassy", "country": "JP"}
    )
    assert embassy.side == "capital"
    directory.merge(world.workspace, embassy, [world.post])
    kept = Organisation.get_by_id(embassy.id)
    assert (kept.side, world.workspace.facts.post_uid) == ("post", kept.uid)
    assert undo.undo(world.workspace)
    assert undo.undo(world.workspace)
    assert state() == before


def test_a_backup_from_before_it_holds_both(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    workspace, double = world.workspace, records.add(world.workspace, Organisation, {"name": "Double"})
    before, path = state(), workspace.engine.path

    def full(*_what: object) -> None:
        raise OSError(errno.ENOSPC, "no room")

    with monkeypatch.context() as patch:
        patch.setattr(backup, "copy", full)
        with pytest.raises(StoreError, match="No backup could be written"):
            directory.merge(workspace, world.dfc, [double])
    assert state() == before, "without a backup nothing is merged"
    directory.merge(workspace, world.dfc, [double])
    assert state() != before, "the control"
    (made,) = (each for each in backup.listed(path) if each.why == "before-merge")
    workspace.close()
    opened = Workspace.open(made.path, readonly=True)
    assert state() == before
    opened.close()


def test_what_cannot_be_merged(world: World) -> None:
    before = state()
    for keep, other in ((world.dfc, world.rojas), (world.cables, world.heading)):
        with pytest.raises(Invalid, match="Only organisations can be merged"):
            directory.merge(world.workspace, keep, [other])
    stale = world.caf
    records.change(world.workspace, world.caf, {"notes": "Changed"})
    with pytest.raises(Conflict, match="was changed meanwhile"):
        directory.merge(world.workspace, world.dfc, [stale])
    undo.undo(world.workspace)
    assert state() == before
    count = Operation.select().count()
    directory.merge(world.workspace, world.dfc, [world.dfc])
    assert (Operation.select().count(), Alias.select().count()) == (count, 0)

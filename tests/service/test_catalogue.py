"""Loading the catalogue: the same records everywhere, nothing twice, and never over what an officer did."""

from __future__ import annotations

import dataclasses
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.model import (
    ENTITIES,
    Attendance,
    Initiative,
    Link,
    Meeting,
    Operation,
    Organisation,
    Person,
    Recommendation,
)
from desktop.service import catalogue, directory, history, journal, links, records, setup, today, undo
from desktop.service.conflicts import Conflict
from desktop.service.workspace import Workspace
from tests.conftest import EMBASSY, Clock
from tests.service.conftest import state

SMALL = """
[[source]]
key = "report"
title = "A report"

[[organisation]]
key = "meti"
ref = "ORG-555"
name = "Ministry of Economy"
kind = "ministry"
country = "JP"

[[organisation]]
key = "nexi"
ref = "ORG-777"
name = "Export Insurance"
parent = "meti"

[[person]]
key = "minister"
name = "A. Minister"
organisation = "meti"

[[recommendation]]
key = "1"
ref = "R-1"
title = "Do it"
addressees = ["meti", "nexi"]

[[initiative]]
key = "fund"
ref = "I-1"
name = "A fund"
partners = ["nexi"]
countries = ["CL"]

[[meeting]]
key = "summit"
ref = "M-1"
title = "Summit"
on = "2015"
state = "held"
historic = true
attendees = ["minister"]

[[link]]
from_kind = "initiative"
from = "fund"
to_kind = "recommendation"
to = "1"
relation = "advances"
"""
MORE = """
[[initiative]]
key = "programme"
name = "A programme"
partners = ["nexi", "meti"]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A catalogue of a few records."""
    place = tmp_path / "catalogue"
    place.mkdir()
    (place / "all.toml").write_text(SMALL, "utf-8")
    return place


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file that was set up with the whole catalogue."""
    path = tmp_path_factory.mktemp("loaded") / "post.juntos"
    workspace = Workspace.create(path, clock=Clock())
    setup.set_up(workspace, dataclasses.replace(EMBASSY, catalogue=True))
    workspace.close()
    return path


@pytest.fixture
def whole(loaded: Path, tmp_path: Path) -> Iterator[Workspace]:
    path = tmp_path / "whole.juntos"
    shutil.copy(loaded, path)
    workspace = Workspace.open(path, clock=Clock())
    yield workspace
    workspace.close()


def load(workspace: Workspace, folder: Path) -> tuple[int, int]:
    """How many records were made, and how many were left alone."""
    done = catalogue.load(workspace, folder)
    return sum(done.made.values()), sum(done.kept.values())


def taken_back(workspace: Workspace) -> None:
    last = Operation.select().where(Operation.source == "catalogue").order_by(Operation.id.desc()).get()
    undo.revert(workspace, last, "Take back")


# ---- the catalogue as it is


def test_all_of_it_is_there_with_its_references(whole: Workspace) -> None:
    files = catalogue.tables()
    for name, entity in catalogue.FILES.items():
        wanted = {record["ref"] for record in files[name]}
        assert wanted <= {record.ref for record in entity.select()}, name
        assert {catalogue.uid(name, r["key"]) for r in files[name]} <= {r.uid for r in entity.select()}
    assert Link.select().count() == len(files["link"])
    assert Attendance.select().count() == sum(len(record.get("attendees", [])) for record in files["meeting"])
    assert Recommendation.select().where(Recommendation.level == "recommendation").count() == 9
    assert journal.broken_at() is None


def test_an_untouched_catalogue_is_grey(whole: Workspace) -> None:
    assert set(today.rag(whole, Recommendation).items()) >= {("red", 0), ("amber", 0), ("green", 0)}
    board = today.board(whole)
    assert {name: tile.count for name, tile in board.tiles.items() if tile.count} == {}


def test_loading_it_twice_changes_nothing(whole: Workspace) -> None:
    before, operations = state(), Operation.select().count()
    done = catalogue.load(whole)
    assert (done.made, Operation.select().count()) == ({}, operations)
    assert state() == before


def test_two_offices_have_the_same_records(whole: Workspace, tmp_path: Path) -> None:
    def common() -> dict[str, dict[str, object]]:
        known = {catalogue.uid(name, r["key"]) for name in catalogue.FILES for r in catalogue.tables()[name]}
        known |= {row.uid for part in (Link, Attendance) for row in part.select()}
        return {uid: values for uid, values in state(without=("derived created_at",)).items() if uid in known}

    before = common()
    whole.close()
    other = Workspace.create(tmp_path / "other.juntos")
    catalogue.load(other)

    def plain(records: dict[str, dict[str, object]]) -> dict[str, object]:
        # Whose side an organisation is on depends on the office.
        return {uid: {k: v for k, v in row.items() if "side" not in k} for uid, row in records.items()}

    assert plain(common()) == plain(before)
    other.close()


# ---- what an officer did


def test_what_was_deleted_stays_deleted_and_what_was_edited_stays_edited(
    workspace: Workspace, folder: Path
) -> None:
    assert load(workspace, folder) == (9, 0)
    records.change(workspace, Organisation.find("Ministry of Economy"), {"name": "METI of Japan"})
    records.delete(workspace, [Initiative.find("A fund")])
    records.delete(workspace, [Meeting.find("Summit")])
    before = state()
    assert load(workspace, folder) == (0, 7)
    assert state() == before


def test_an_undone_deletion_is_no_deletion(workspace: Workspace, folder: Path) -> None:
    load(workspace, folder)
    records.delete(workspace, [Initiative.find("A fund")])
    undo.undo(workspace)
    undo.redo(workspace)
    assert load(workspace, folder)[0] == 0, "redone, it is a deletion by an officer again"
    undo.undo(workspace)
    assert Initiative.find("A fund").ref == "I-1"


def test_a_link_that_was_removed_stays_removed(workspace: Workspace, folder: Path) -> None:
    load(workspace, folder)
    links.unlink(workspace, Link.get())
    assert load(workspace, folder)[0] == 0


def test_a_link_that_an_officer_made_is_not_made_twice(workspace: Workspace, folder: Path) -> None:
    load(workspace, folder)
    links.unlink(workspace, Link.get())
    links.link(workspace, Initiative.find("A fund"), Recommendation.find("R-1"))
    assert load(workspace, folder) == (0, 9)


def test_taken_back_it_can_be_loaded_again(workspace: Workspace, folder: Path) -> None:
    before = state()
    load(workspace, folder)
    after = state()
    taken_back(workspace)
    assert state() == before
    assert load(workspace, folder) == (9, 0)
    assert state() == after
    taken_back(workspace)
    undo.undo(workspace)
    assert state() == after
    assert load(workspace, folder) == (0, 9)


def test_it_is_not_taken_back_from_under_an_officer(workspace: Workspace, folder: Path) -> None:
    load(workspace, folder)
    records.change(workspace, Organisation.find("Ministry of Economy"), {"notes": "Mine"})
    before = state()
    with pytest.raises(Conflict, match="ORG-555 was changed since"):
        taken_back(workspace)
    assert state() == before


def test_what_was_merged_is_found_where_it_went(workspace: Workspace, folder: Path) -> None:
    load(workspace, folder)
    mine = records.add(workspace, Organisation, {"name": "NEXI"})
    directory.merge(workspace, mine, [Organisation.find("Export Insurance")])
    (folder / "more.toml").write_text(MORE, "utf-8")
    assert load(workspace, folder) == (1, 9)
    programme = records.values_of(Initiative.find("A programme"))
    assert programme["partners"] == {mine.id, Organisation.find("ORG-555").id}


def test_what_was_deleted_is_left_out_of_what_is_new(workspace: Workspace, folder: Path) -> None:
    load(workspace, folder)
    records.delete(workspace, [Recommendation.find("R-1"), Initiative.find("A fund")])
    records.delete(workspace, [Organisation.find("Export Insurance")])
    records.add(workspace, Organisation, {"name": "Another", "ref": "ORG-777"})
    (folder / "more.toml").write_text(MORE, "utf-8")
    assert load(workspace, folder)[0] == 1
    assert records.values_of(Initiative.find("A programme"))["partners"] == {Organisation.find("ORG-555").id}


def test_a_reference_that_is_taken_gives_way(workspace: Workspace, folder: Path) -> None:
    records.add(workspace, Initiative, {"name": "Ours", "ref": "I-1"})
    load(workspace, folder)
    assert Initiative.find("I-1").name == "Ours"
    assert Initiative.find("A fund").ref == "IN-2026-001"


def test_encounters_are_history(workspace: Workspace, folder: Path) -> None:
    load(workspace, folder)
    assert (Meeting.find("Summit").historic, Meeting.find("Summit").on) == (1, "2015")
    assert Attendance.get().person_id == Person.find("A. Minister").id
    assert Attendance.get().side == "capital"
    assert all(history.of(record) for entity in ENTITIES for record in entity.select().limit(2))

"""The first start, the workspace's own facts, and who is at the desk."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import pytest

from desktop.model import Fact, Invalid, Operation, Organisation, Person
from desktop.service import directory, reports, session
from desktop.service.facts import Facts, read
from desktop.service.setup import Officer, change_facts, days, set_up
from desktop.service.workspace import Workspace
from desktop.settings import Settings
from tests.conftest import EMBASSY, Clock
from tests.service.conftest import World


def test_the_answers_are_kept(workspace: Workspace) -> None:
    path = workspace.engine.path
    workspace.close()
    again = Workspace.open(path)
    assert again.facts == Facts(
        post="Embassy of Japan in Chile",
        post_uid=Organisation.get().uid,
        zone="America/Santiago",
        own_government="JP",
        partners=("US",),
        accreditations=("CL", "BO"),
    )
    assert again.facts.post_uid
    sato, mori = Person.select().order_by(Person.id)
    assert (sato.name, sato.own_name, sato.email, sato.title) == (
        "Sato Kenji",
        "佐藤健二",
        "sato@example.org",
        "First Secretary",
    )
    assert (mori.officer, mori.organisation_id) == (1, Organisation.get().id)
    assert {operation.source for operation in Operation.select()} == {"setup"}
    again.close()


def test_the_one_at_the_desk_is_signed_in(tmp_path: Path) -> None:
    workspace = Workspace.create(tmp_path / "new.juntos")
    assert not workspace.facts.post_uid
    set_up(workspace, dataclasses.replace(EMBASSY, me=1))
    assert workspace.officer.name == "Mori Aya"
    workspace.close()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"post": " "}, "post"),
        ({"country": "XX"}, "country"),
        ({"own_government": ""}, "own_government"),
        ({"partners": ["Atlantis"]}, "partners"),
        ({"accreditations": ["cl"]}, "accreditations"),
        ({"zone": "Santiago"}, "zone"),
        ({"zone": ""}, "zone"),
        ({"me": 2}, "me"),
        ({"officers": [Officer("")]}, "officers"),
        ({"officers": [Officer("Sato", email="sato")]}, "officers"),
    ],
)
def test_an_answer_that_cannot_be_taken_leaves_nothing(
    tmp_path: Path, wrong: dict[str, Any], field: str
) -> None:
    workspace = Workspace.create(tmp_path / "new.juntos")
    with pytest.raises(Invalid) as caught:
        set_up(workspace, dataclasses.replace(EMBASSY, **wrong))
    assert caught.value.field == field
    assert Operation.select().count() == 0
    workspace.close()


def test_without_officers_nobody_is_signed_in(tmp_path: Path) -> None:
    workspace = Workspace.create(tmp_path / "new.juntos")
    set_up(workspace, dataclasses.replace(EMBASSY, officers=[]))
    assert workspace.officer is None
    workspace.close()


def test_the_day_is_the_posts(workspace: Workspace, clock: Clock) -> None:
    clock.now = clock.now.replace(hour=2)
    assert workspace.today() == "2026-11-20"
    change_facts(workspace, zone="Asia/Tokyo")
    assert workspace.today() == "2026-11-21"
    assert workspace.local("2026-11-21T20:00:00.000Z").isoformat() == "2026-11-22T05:00:00+09:00"


def test_facts_change_and_what_follows(world: World) -> None:
    change_facts(world.workspace, post="Embajada del Japón", own_government="US", partners=[])
    assert (world.post.name, world.post.country, world.post.side) == ("Embajada del Japón", "US", "post")
    assert (world.dfc.side, world.meti.side) == ("capital", "third")
    assert (world.terms.direction, read().partners) == ("capital", ())


@pytest.mark.parametrize("wrong", [{"zone": "x"}, {"post": ""}, {"own_government": "x"}, {"partners": ["x"]}])
def test_facts_that_cannot_be(workspace: Workspace, wrong: dict[str, Any]) -> None:
    before = workspace.facts
    with pytest.raises(Invalid):
        change_facts(workspace, **wrong)
    assert (workspace.facts, read()) == (before, before)


def test_facts_of_a_newer_program_stay(workspace: Workspace) -> None:
    with workspace.operation("Newer") as writing:
        writing.create(Fact, {"name": "working_days", "value": "[1,2,3]"})
    assert workspace.facts.extra == {"working_days": [1, 2, 3]}
    change_facts(workspace, marking="Restricted")
    assert (read().extra, read().marking) == ({"working_days": [1, 2, 3]}, "Restricted")


def test_who_worked_here_last_is_remembered(workspace: Workspace) -> None:
    settings, path, uid = Settings(), workspace.engine.path, workspace.officer.uid
    session.remember_officer(workspace, settings)
    workspace.close()
    again = session.open_workspace(path, settings)
    assert again.officer.uid == uid
    again.close()
    unknown = session.open_workspace(path, Settings())
    assert unknown.officer is None, "there are two"
    with unknown.operation("Leave") as writing:
        writing.change(directory.officers()[0], {"officer": 0})
    unknown.close()
    alone = session.open_workspace(path, Settings())
    assert alone.officer.uid == uid
    alone.close()


# ---- exports


def test_an_export_and_its_sending_are_noted(world: World) -> None:
    workspace = world.workspace
    uid = reports.exported(workspace, "Juntos_Status.xlsx", marking="Internal", rows=120)
    other = reports.exported(workspace, "x" * 200 + ".xlsx")
    reports.sent(workspace, uid, "2026-11-22", "Ministry of Foreign Affairs, " * 15)
    newest, oldest = reports.exports(workspace)
    assert (newest.uid, newest.sent_on) == (other, "")
    assert (oldest.file, oldest.marking, oldest.rows, oldest.sent_on) == (
        "Juntos_Status.xlsx",
        "Internal",
        120,
        "2026-11-22",
    )
    assert oldest.at == "2026-11-21T12:00:00.000Z"
    assert oldest.sent_to.startswith("Ministry of Foreign Affairs")
    assert workspace.facts == read()
    assert workspace.facts.extra == {}


def test_an_export_that_cannot_be_sent(world: World) -> None:
    uid = reports.exported(world.workspace, "Juntos_Status.xlsx")
    for arguments, told in (
        ((uid, "2026-11-22", " "), "Say to whom"),
        ((uid, "31/02", "Tokyo"), "31/02"),
        ((uid, "", "Tokyo"), "must not be empty"),
        ((uid, "2026-11-22", "x" * 501), "Sent to: 501 characters"),
        (("nothing", "2026-11-22", "Tokyo"), "not in the workspace any more"),
    ):
        with pytest.raises(Invalid, match=told):
            reports.sent(world.workspace, *arguments)
    assert reports.exports(world.workspace)[0].sent_on == ""


def test_the_days_on_which_the_post_is_closed(workspace: Workspace) -> None:
    assert days("2026-12-31; 24 Dec 2026\n２０２６年１２月３１日") == ("2026-12-24", "2026-12-31")
    assert days(" \n") == ()
    with pytest.raises(Invalid) as caught:
        days("2026-12-24\nsoon")
    assert caught.value.field == "closed_days"
    assert "soon" in str(caught.value)
    change_facts(workspace, closed_days=("2026-12-24",))
    assert read().closed_days == ("2026-12-24",)
    with pytest.raises(Invalid):
        change_facts(workspace, closed_days=("2026-02-30",))

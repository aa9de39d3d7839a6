"""A small world for the services: organisations of all sides, a tree of recommendations, an initiative, a meeting."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, ClassVar

import pytest

from desktop.model import (
    RECORDS,
    FollowUp,
    Initiative,
    Meeting,
    Organisation,
    Person,
    Recommendation,
    Sector,
    Source,
)
from desktop.service import journal, links, records
from desktop.service.workspace import Workspace
from tests.conftest import Clock

State = dict[str, dict[str, Any]]


def state(*, without: tuple[str, ...] = ()) -> State:
    """All journalled records by uid, each with its kind and what is derived from it."""
    found: State = {}
    for entity in RECORDS.values():
        for record in entity.select():
            values = journal.snapshot(record) | {"kind": entity.key(), **derived(record)}
            found[record.uid] = {name: value for name, value in values.items() if name not in without}
    return json.loads(json.dumps(found))


def derived(record: Any) -> dict[str, Any]:
    """The stored facts of a record that nobody sets."""
    names = (
        "side",
        "direction",
        "last_update_on",
        "times_slipped",
        "starts_at",
        "ends_at",
        "title_key",
        "name_key",
        "ref_key",
        "created_at",
    )
    return {f"derived {name}": getattr(record, name) for name in names if hasattr(record, name)}


def fill(workspace: Workspace) -> None:
    """The records of the small world; tests find them by name, in `World`."""

    def add(entity: type[Any], **values: Any) -> Any:
        return records.add(workspace, entity, values)

    meti = add(
        Organisation,
        name="Ministry of Economy",
        own_name="経済産業省",
        acronym="METI",
        kind="ministry",
        country="JP",
    )
    dfc = add(
        Organisation, name="Development Finance Corporation", acronym="DFC", kind="agency", country="US"
    )
    minrel = add(
        Organisation,
        name="Ministerio de Relaciones Exteriores",
        acronym="MINREL",
        kind="ministry",
        country="CL",
    )
    add(Organisation, name="Andean Development Corporation", acronym="CAF", kind="development_bank")
    add(Person, name="Rojas Ana", organisation=minrel.id)
    digital, source = add(Sector, name="Digital"), add(Source, title="A partnership for the Americas")
    heading = add(Recommendation, ref="WC-2024-1", title="Connectivity", level="heading", source=source.id)
    cables = add(
        Recommendation,
        ref="WC-2024-1A",
        title="Finance submarine cables together",
        parent=heading.id,
        target_on="2027-06-30",
        countries={"CL"},
        sectors={digital.id},
    )
    humboldt = add(
        Initiative, name="Humboldt cable", type="project", stage="financing", partners={dfc.id, minrel.id}
    )
    lunch = add(
        Meeting,
        title="Lunch on cables",
        on="2026-11-12",
        starts="12:30",
        ends="14:00",
        counterparts={minrel.id},
    )
    add(
        FollowUp, title="Send the list of suppliers", owed_to=minrel.id, due_on="2026-11-18", meeting=lunch.id
    )
    add(FollowUp, title="Come back on terms", owed_by=dfc.id, owed_to=meti.id, due_on="2026-12-15")
    links.link(workspace, humboldt, cables)


class World(SimpleNamespace):
    """The records of the small world, read anew each time; None for one that was deleted."""

    names: ClassVar[dict[str, tuple[Any, str]]] = {
        "meti": (Organisation, "METI"),
        "dfc": (Organisation, "DFC"),
        "minrel": (Organisation, "MINREL"),
        "caf": (Organisation, "CAF"),
        "rojas": (Person, "Rojas Ana"),
        "sato": (Person, "Sato Kenji"),
        "mori": (Person, "Mori Aya"),
        "post": (Organisation, "Embassy of Japan in Chile"),
        "digital": (Sector, "Digital"),
        "source": (Source, "A partnership for the Americas"),
        "heading": (Recommendation, "WC-2024-1"),
        "cables": (Recommendation, "WC-2024-1A"),
        "humboldt": (Initiative, "Humboldt cable"),
        "lunch": (Meeting, "Lunch on cables"),
        "suppliers": (FollowUp, "Send the list of suppliers"),
        "terms": (FollowUp, "Come back on terms"),
    }

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.uids = {name: entity.find(called).uid for name, (entity, called) in self.names.items()}

    def __getattr__(self, name: str) -> Any:
        if name not in self.names:
            raise AttributeError(name)
        entity = self.names[name][0]
        return entity.get_or_none(entity.uid == self.uids[name])


@pytest.fixture(scope="session")
def filled(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file with the small world."""
    path = tmp_path_factory.mktemp("filled") / "post.juntos"
    shutil.copy(template, path)
    opened = Workspace.open(path, clock=Clock())
    opened.sign_in(Person.get(Person.name == "Sato Kenji").uid)
    fill(opened)
    opened.close()
    return path


@pytest.fixture
def world(filled: Path, tmp_path: Path, clock: Clock) -> Iterator[World]:
    """The small world; `world.workspace` is the workspace, signed in as Sato Kenji, `world.clock` its clock."""
    path = tmp_path / "world.juntos"
    shutil.copy(filled, path)
    workspace = Workspace.open(path, clock=clock)
    workspace.sign_in(Person.get(Person.name == "Sato Kenji").uid)
    yield World(workspace=workspace, clock=clock)
    workspace.close()

"""What the tests of the window share: a workspace at one post, on one day, and a context over it.

`workspace` has officers, organisations, a source, a small tree of recommendations, an initiative, a meeting and
follow-ups; `links.find("FU-2026-001")` gives a record by its reference.
"""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from desktop.model import FollowUp, Initiative, Organisation, Person, Recommendation, Sector, Series, Source
from desktop.paths import Places
from desktop.service import follow_ups, links, meetings, records, setup
from desktop.service.meetings import Attendee
from desktop.service.setup import Answers, Officer
from desktop.service.workspace import Workspace
from desktop.settings import Settings
from desktop.ui import theme
from desktop.ui.context import Context

NOW = dt.datetime(2026, 11, 21, 15, 0, tzinfo=dt.UTC)
"""Noon at the post in Santiago, on Saturday, 21 November 2026."""


def pytest_sessionfinish() -> None:
    """Let go of what was copied: without a real clipboard Qt keeps it until after Python is gone, and then crashes."""
    if QGuiApplication.instance() is not None:
        QGuiApplication.clipboard().clear()


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace file to copy: making one takes longer than most tests."""
    path = tmp_path_factory.mktemp("template") / "post.juntos"
    made = Workspace.create(path, clock=lambda: NOW)
    answers = Answers(
        post="Embassy of Japan in Chile",
        country="CL",
        zone="America/Santiago",
        own_government="JP",
        partners=["US"],
        accreditations=["CL"],
        officers=[
            Officer("Sato Kenji", "佐藤健二", "sato@example.org", "First Secretary"),
            Officer("Mori Aya", "森彩"),
        ],
        catalogue=False,
    )
    setup.set_up(made, answers)
    fill(made)
    made.close()
    return path


def fill(workspace: Workspace) -> None:
    """The records that tests may count on."""

    def add(entity: type[Any], **values: Any) -> Any:
        return records.add(workspace, entity, values)

    sato = Person.get(Person.name == "Sato Kenji")
    digital = add(Sector, name="Digital")
    add(Sector, name="Energy")
    described = {"own_name": "経済産業省", "acronym": "METI", "kind": "ministry", "country": "JP"}
    meti = add(Organisation, name="Ministry of Economy, Trade and Industry", **described)
    dfc = add(
        Organisation,
        name="U.S. International Development Finance Corporation",
        acronym="DFC",
        kind="agency",
        country="US",
    )
    minrel = add(
        Organisation,
        name="Ministerio de Relaciones Exteriores",
        acronym="MINREL",
        kind="ministry",
        country="CL",
    )
    rojas = add(Person, name="Rojas Ana", title="Director", organisation=minrel.id)
    source = add(
        Source, title="A partnership for the Americas", author="A. Author", link="https://example.org/report"
    )
    anchor = {
        "source": source.id,
        "section": "Digital connectivity",
        "paragraph": "3–4",
        "endnotes": "13; 14",
    }
    heading = add(
        Recommendation, ref="WC-2024-1", title="Digital connectivity", level="heading", source=source.id
    )
    cables = add(
        Recommendation,
        ref="WC-2024-1A",
        title="Finance trusted submarine cables together",
        parent=heading.id,
        summary="Joint financing of cables that trusted suppliers lay.",
        owner=sato.id,
        target_on="2027-06-30",
        countries={"CL"},
        sectors={digital.id},
        **anchor,
    )
    add(Recommendation, ref="WC-2024-1A.1", title="Name a lead agency", level="ask", parent=cables.id)
    humboldt = add(
        Initiative,
        name="Humboldt cable",
        type="project",
        stage="financing",
        partners={dfc.id},
        countries={"CL"},
        owner=sato.id,
        value="400000000",
        currency="USD",
    )
    links.link(workspace, humboldt, cables)
    meeting = meetings.log_meeting(
        workspace,
        {
            "title": "Working lunch on cables",
            "on": "2026-11-12",
            "starts": "12:30",
            "ends": "14:00",
            "place": "Residence",
            "country": "CL",
            "state": "held",
            "counterparts": {minrel.id},
            "countries": {"CL"},
            "minutes": "MINREL asked for a list of suppliers.\nDFC will come back on terms.",
        },
        [Attendee(person=sato.id), Attendee(person=rojas.id), Attendee(name="John Doe", organisation=dfc.id)],
        [
            {
                "title": "Send the list of suppliers",
                "owed_to": minrel.id,
                "due_on": "2026-11-18",
                "owner": sato.id,
                "serves": [cables],
            },
            {"title": "Come back on terms", "owed_by": dfc.id, "due_on": "2026-12-15", "owner": sato.id},
        ],
        [cables],
    )
    add(Series, title="Talks on cables", rhythm="quarterly", counterparts={minrel.id})
    follow_ups.add(
        workspace,
        {
            "title": "Brief the capital on the tender",
            "owed_to": meti.id,
            "countries": {"CL"},
            "priority": "low",
        },
        [humboldt],
    )
    assert FollowUp.select().where(FollowUp.meeting == meeting.id).count() == 2


@pytest.fixture
def workspace(template: Path, tmp_path: Path) -> Iterator[Workspace]:
    """A workspace of its own for each test, signed in as Sato Kenji."""
    path = tmp_path / "post.juntos"
    shutil.copy(template, path)
    opened = Workspace.open(path, clock=lambda: NOW)
    opened.sign_in(Person.get(Person.name == "Sato Kenji").uid)
    yield opened
    opened.close()


@pytest.fixture
def context(qapp: QApplication, workspace: Workspace, tmp_path: Path) -> Iterator[Context]:
    """The window's common ground over `workspace`, in light colours; what is told as `problem` is kept in `told`."""
    theme.apply(qapp, "light")
    ground = Context(workspace, Settings(), Places.within(tmp_path / "home"))
    ground.told = []
    ground.problem.connect(ground.told.append)
    yield ground
    ground.stop()

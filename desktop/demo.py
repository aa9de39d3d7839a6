"""The whole path without a window: a workspace with a day's work in it, its status workbook, its pictures.

It goes through the same services as the window and the command line. The pictures are drawn by a process of its
own, off screen, so that nothing here loads Qt.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from desktop import scratch
from desktop.export.errors import ExportError
from desktop.export.report import Request, export, note, suggested_name
from desktop.i18n import _, language
from desktop.model import Initiative, Organisation, Recommendation
from desktop.service import links, meetings, progress, records, setup
from desktop.service.meetings import Attendee
from desktop.service.setup import Answers, Officer
from desktop.service.workspace import Workspace

PICTURE_SECONDS = 120
"""How long the drawing of all pages may take on a slow machine."""


def run(folder: Path | None = None) -> None:
    """Make everything in a new folder and print where it lies; raises `StoreError`, `ExportError` or `OSError`."""
    # Not in the private folder of this process, which goes with it.
    place = folder or Path(tempfile.mkdtemp(prefix="juntos-demo-", dir=scratch.outside()))
    place.mkdir(parents=True, exist_ok=True)
    path = place / "demo.juntos"
    workspace = Workspace.create(path, source="command_line")
    try:
        setup.set_up(workspace, answers())
        work(workspace)
        workbook = place / suggested_name(workspace)
        written = export(workspace, Request(prepared_by=workspace.officer.name), workbook)
        note(workspace, written)
    finally:
        workspace.close()
    print(_("Workspace: {path}").format(path=path))
    print(_("Status workbook: {path}").format(path=workbook))
    for picture in pictures(path, place / "pictures"):
        print(_("Picture: {path}").format(path=picture))


def answers() -> Answers:
    """An embassy to try things with."""
    return Answers(
        post="Embassy of Japan in Chile",
        country="CL",
        zone="America/Santiago",
        own_government="JP",
        partners=["US"],
        accreditations=["CL"],
        officers=[Officer("Sato Kenji", "佐藤健二"), Officer("Ana Morales")],
    )


def work(workspace: Workspace) -> None:
    """A morning at the desk: an initiative, progress on a recommendation, a meeting with two follow-ups."""
    today = workspace.today()
    recommendation = Recommendation.find("WC-2024-1B")
    initiative = records.add(
        workspace,
        Initiative,
        {
            "name": "Open RAN pilot at the port of San Antonio",
            "type": "project",
            "stage": "idea",
            "countries": ["CL"],
            "partner_countries": ["JP", "US"],
            "owner": workspace.officer.id,
            "description": "A private 5G network of several vendors for the cranes of the port.",
        },
    )
    links.link(workspace, initiative, recommendation)
    progress.report(
        workspace,
        recommendation,
        status="in_progress",
        done="First talk with the port authority about a pilot.",
        next="Agree on terms of reference with both sides.",
    )
    partner = organisation("US Embassy in Chile", workspace, kind="embassy", country="US")
    ours = Organisation.find(workspace.facts.post_uid)
    meetings.log_meeting(
        workspace,
        {
            "title": "Coordination on the Open RAN pilot",
            "kind": "working_level",
            "state": "held",
            "on": today,
            "starts": "10:00",
            "ends": "10:45",
            "place": "Santiago",
            "country": "CL",
            "countries": ["CL"],
            "counterparts": [partner.id],
            "purpose": "Agree on who writes to the port authority.",
            "decisions": "One joint letter; the draft is ours.",
        },
        [Attendee(person=workspace.officer.id), Attendee(name="Dana Whitfield", organisation=partner.id)],
        [
            {"title": "Draft the joint letter to the port authority", "owed_by": ours.id, "owed_to": partner.id,
             "due_on": today, "serves": [recommendation, initiative]},
            {"title": "Name a contact at the port’s concession holder", "owed_by": partner.id, "owed_to": ours.id,
             "serves": [initiative]},
        ],
        [recommendation, initiative],
    )  # fmt: skip


def organisation(name: str, workspace: Workspace, **values: Any) -> Any:
    """The organisation of this name, made if there is none."""
    found = Organisation.get_or_none(Organisation.named(name))
    return found or records.add(workspace, Organisation, {"name": name, **values})


def pictures(workspace: Path, folder: Path) -> list[Path]:
    """A picture of each page of the window, drawn off screen by a process of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    program = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "desktop"]
    # Settings of its own: the pictures are of a fresh window, and leave the user's as they are.
    with tempfile.TemporaryDirectory() as home:
        command = [
            *program, "--home", home, "--language", language(), "--workspace", str(workspace),
            "--pictures", str(folder),
        ]  # fmt: skip
        environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
        try:
            subprocess.run(command, check=True, timeout=PICTURE_SECONDS, env=environment)
        except subprocess.SubprocessError as error:
            raise ExportError(
                _("The pictures of the window could not be drawn; the rest of the demo is made.")
            ) from error
    return sorted(folder.glob("*.png"))

"""The status workbook of the year's work as it was sent, to be filled in."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from desktop.export.intake.reading import read
from desktop.export.intake.wayback import Proposal, Sent, propose, recognise
from desktop.export.report import Request, export, note
from desktop.model import Person
from desktop.service.workspace import Workspace
from tests.conftest import Clock

from . import paper
from .paper import Paper
from .trials import World

REQUEST = Request(period_from="2026-07-01")


class Office:
    """A workspace that sends workbooks and takes them back."""

    def __init__(self, workspace: Workspace, folder: Path) -> None:
        self.workspace, self.folder = workspace, folder

    def send(self, request: Request = REQUEST, name: str = "Status.xlsx", noted: bool = True) -> Path:
        """Export, and note it."""
        path = self.folder / name
        report = export(self.workspace, request, path, replace=True)
        if noted:
            note(self.workspace, report)
        return path

    def paper(self, request: Request = REQUEST, noted: bool = True) -> Paper:
        """The same, opened for filling in."""
        with read(self.send(request, noted=noted)) as book:
            return paper.of(book, recognise(book))

    def back(self, given: Paper, **more: Any) -> list[Proposal]:
        """What is proposed of it."""
        with given.book() as book:
            return propose(self.workspace, recognise(book), **more)

    def sent(self, given: Paper) -> Sent:
        """What is recognised of it."""
        return recognise(given.book())


@pytest.fixture
def office(workspace: Workspace, tmp_path: Path) -> Office:
    return Office(workspace, tmp_path)


@pytest.fixture(scope="module")
def worlds(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], World]]:
    """A workspace for many trials, with its workbook; it goes on living, and a new one is made when asked."""
    opened: list[Workspace] = []

    def make() -> World:
        folder = tmp_path_factory.mktemp("world")
        shutil.copyfile(built, folder / "year.juntos")
        workspace = Workspace.open(folder / "year.juntos", clock=Clock())
        opened.append(workspace)
        workspace.sign_in(Person.get(Person.name == "Kenji Sato").uid)
        return World(workspace, Office(workspace, folder).paper())

    yield make
    for workspace in opened:
        workspace.close()

"""`juntos views` and `juntos list --view`: what the window shows under a name, without the window."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from desktop.model import FollowUp
from desktop.service import views
from desktop.service.views import Definition
from desktop.service.workspace import Workspace

from .conftest import Juntos


@pytest.fixture
def promised(juntos: Juntos, tmp_path: Path) -> Path:
    """A workspace with three follow-ups and a view of them."""
    for title, due, priority in (
        ("Late", "2020-08-01", "low"),
        ("Pressing", "2050-01-01", "high"),
        ("Idle", "", "low"),
    ):
        values = (f"title={title}", f"due_on={due}", f"priority={priority}", "raised_on=2020-07-01")
        assert juntos("add", "follow-up", *values).code == 0
    path = tmp_path / "post.juntos"
    workspace = Workspace.open(path)
    definition = Definition(columns=["title", "colour"], sort=["title", True], group="priority")
    views.save(workspace, "By weight", FollowUp, definition)
    workspace.close()
    return path


def listed(printed: str) -> list[dict[str, Any]]:
    return [json.loads(line.rstrip(",")) for line in printed.splitlines()[1:-1]]


def test_the_views_are_listed(juntos: Juntos, promised: Path) -> None:
    found = listed(juntos("views", "--format", "json").out)
    assert [each["name"] for each in found][-2:] == ["High priority", "By weight"]
    assert [each["shipped"] for each in found] == [True] * 6 + [False]
    shown = juntos("--language", "es", "views").out
    assert "By weight" in shown
    assert "Pendientes" in shown or "Compromisos" in shown


def test_a_list_is_what_its_view_says(juntos: Juntos, promised: Path) -> None:
    told = juntos("list", "follow-ups", "--view", "by weight", "--format", "csv")
    assert [line.strip('"') for line in told.out.splitlines()][2:] == ["Pressing", "Late", "Idle"]
    assert "colour" in told.err
    rows = listed(juntos("list", "follow-ups", "--view", "By weight", "--format", "json").out)
    assert [row["title"] for row in rows] == ["Pressing", "Late", "Idle"]
    assert "Late" in juntos("list", "follow-ups", "--view", "Overdue").out
    assert "Idle" not in juntos("list", "follow-ups", "--view", "overdue").out
    both = juntos("list", "follow-ups", "--view", "By weight", "--filter", "priority=low", "--sort", "title")
    assert both.out.index("Idle") < both.out.index("Late")
    assert "Pressing" not in both.out


def test_a_view_that_is_not_there_is_told_with_those_that_are(juntos: Juntos, promised: Path) -> None:
    told = juntos("list", "recommendations", "--view", "By weight")
    assert told.code != 0
    assert "there are: Stale" in told.err

"""Mappings of trackers under a name: each act is an operation, and a name is borne once."""

from __future__ import annotations

from typing import Any

import pytest

from desktop.model import Invalid
from desktop.service import mappings, undo

from .conftest import state


def test_kept_replaced_renamed_deleted_and_undone(world: Any) -> None:
    workspace, states = world.workspace, [state()]
    uid = mappings.save(workspace, "  Monthly ", '{"a": 1}')
    states.append(state())
    assert mappings.save(workspace, "MONTHLY", '{"a": 2}', instead=True) == uid
    states.append(state())
    mappings.rename(workspace, "monthly", "Weekly")
    states.append(state())
    assert [(row.name, row.definition) for row in mappings.rows()] == [("Weekly", '{"a": 2}')]
    mappings.delete(workspace, "Weekly")
    assert mappings.rows() == []
    for before in reversed(states):
        assert undo.undo(workspace)
        assert state() == before


def test_a_name_is_borne_once_and_what_is_not_there_is_said(world: Any) -> None:
    workspace = world.workspace
    with pytest.raises(Invalid, match="none is kept in this workspace yet"):
        mappings.named("Monthly")
    mappings.save(workspace, "Monthly", "{}")
    mappings.save(workspace, "Weekly", "{}")
    for attempt in (
        lambda: mappings.save(workspace, "MONTHLY", "{}"),
        lambda: mappings.rename(workspace, "Weekly", "monthly"),
    ):
        with pytest.raises(Invalid, match="There is a mapping “Monthly” already"):
            attempt()
    mappings.rename(workspace, "Weekly", "WEEKLY")  # its own name in another case
    with pytest.raises(Invalid, match="empty"):
        mappings.save(workspace, " ", "{}")
    with pytest.raises(Invalid, match="no mapping “Yearly”; there are: “Monthly” and “WEEKLY”"):
        mappings.delete(workspace, "Yearly")

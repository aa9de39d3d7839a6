"""What an office keeps of its own for the workbook: named once, undone, and journalled like any record."""

from __future__ import annotations

from typing import Any

import pytest

from desktop.model import Invalid, LabelPack, Layout
from desktop.service import layouts, undo

from .conftest import state


@pytest.mark.parametrize("entity", [Layout, LabelPack])
def test_kept_changed_renamed_deleted_and_undone(world: Any, entity: Any) -> None:
    workspace, states = world.workspace, [state()]
    uid = layouts.save(workspace, entity, "  Ours ", '{"a": 1}')
    states.append(state())
    assert layouts.save(workspace, entity, "Ours", '{"a": 2}', key=uid) == uid
    states.append(state())
    layouts.rename(workspace, entity, uid, "Theirs")
    states.append(state())
    assert [(row.name, row.definition) for row in layouts.rows(entity)] == [("Theirs", '{"a": 2}')]
    layouts.delete(workspace, entity, uid)
    assert layouts.rows(entity) == []
    for before in reversed(states):
        assert undo.undo(workspace)
        assert state() == before


@pytest.mark.parametrize(("entity", "called"), [(Layout, "layout"), (LabelPack, "label pack")])
def test_a_name_is_borne_once_and_what_is_gone_is_said(world: Any, entity: Any, called: str) -> None:
    workspace = world.workspace
    uid = layouts.save(workspace, entity, "Ours", "{}")
    other = layouts.save(workspace, entity, "Others", "{}")
    assert [row.name for row in layouts.rows(entity)] == ["Others", "Ours"]
    for attempt in (
        lambda: layouts.save(workspace, entity, "OURS", "{}"),
        lambda: layouts.rename(workspace, entity, other, "ours"),
    ):
        with pytest.raises(Invalid, match=f"There is a {called} “Ours” already"):
            attempt()
    with pytest.raises(Invalid, match="empty"):
        layouts.save(workspace, entity, " ", "{}")
    layouts.delete(workspace, entity, uid)
    for attempt in (
        lambda: layouts.save(workspace, entity, "New", "{}", key=uid),
        lambda: layouts.rename(workspace, entity, uid, "New"),
        lambda: layouts.delete(workspace, entity, uid),
    ):
        with pytest.raises(Invalid, match=f"This {called} is not there any more"):
            attempt()


def test_a_layout_and_a_pack_may_have_the_same_name(world: Any) -> None:
    layouts.save(world.workspace, Layout, "Ours", "{}")
    layouts.save(world.workspace, LabelPack, "Ours", "{}")
    assert (len(layouts.rows(Layout)), len(layouts.rows(LabelPack))) == (1, 1)

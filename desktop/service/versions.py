"""Versions of minutes: made final under a number, with who and when; reopened, which leaves a trace."""

from __future__ import annotations

import json
from typing import Any

from desktop.i18n import _
from desktop.model import Invalid, Meeting, MinutesVersion
from desktop.model.dates import stamp
from desktop.service import locks, minutes_content, minutes_state
from desktop.service.operation import Writing
from desktop.service.workspace import Workspace


def make_final(workspace: Workspace, meeting: Meeting) -> MinutesVersion:
    """Lock the minutes of a meeting that was held, and keep their content as the next version; raises `Invalid`."""
    label = _("Make the minutes of {meeting} final").format(meeting=workspace.say(meeting))
    with workspace.operation(label) as writing:
        return finalise(writing, meeting)


def finalise(writing: Writing, meeting: Any) -> MinutesVersion:
    """`make_final`, within an operation."""
    workspace = writing.workspace
    if locks.is_final(meeting.id):
        raise Invalid(_("The minutes of {meeting} are final already.").format(meeting=meeting.ref), "state")
    minutes_state.check_day(locks.FINAL, meeting.on, workspace.today())
    writing.current(meeting)
    last = max((version.number for version in versions(meeting)), default=0)
    version = writing.create(
        MinutesVersion,
        {
            "meeting": meeting.id,
            "number": last + 1,
            "made_at": stamp(workspace.now()),
            "made_by": workspace.officer.id if workspace.officer else None,
            "content": json.dumps(
                {
                    **minutes_content.of(meeting),
                    "made_by": workspace.officer.name if workspace.officer else "",
                },
                ensure_ascii=False,
                sort_keys=True,
            ),
        },
    )
    writing.change(meeting, {"state": locks.FINAL})
    return version  # type: ignore[no-any-return]


def reopen(workspace: Workspace, meeting: Meeting, why: str) -> None:
    """Unlock final minutes; the version that was final keeps who did it, when and why. Raises `Invalid`."""
    label = _("Reopen the minutes of {meeting}").format(meeting=workspace.say(meeting))
    with workspace.operation(label) as writing:
        unlock(writing, meeting, why)


def unlock(writing: Writing, meeting: Any, why: str) -> None:
    """`reopen`, within an operation."""
    if not locks.is_final(meeting.id):
        raise Invalid(_("The minutes of {meeting} are not final.").format(meeting=meeting.ref), "state")
    if not why.strip():
        raise Invalid(_("Say why the minutes are reopened."), "reason")
    workspace = writing.workspace
    found = versions(meeting)
    if found:
        writing.change(
            found[-1],
            {
                "reopened_at": stamp(workspace.now()),
                "reopened_by": workspace.officer.id if workspace.officer else None,
                "reopened_why": why,
            },
        )
    writing.change(meeting, {"state": "draft"})


def versions(meeting: Any) -> list[MinutesVersion]:
    """The final versions of a meeting's minutes, the first one first."""
    rows = MinutesVersion.select().where(MinutesVersion.meeting == meeting.id)
    return list(rows.order_by(MinutesVersion.number))


def content(version: MinutesVersion) -> dict[str, Any]:
    """What a version holds, as `minutes_content.of` made it."""
    return dict(json.loads(version.content))

"""Exports: that a workbook was made, and that it was sent, to whom and when. Noted in the journal."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from typing import Any

from desktop.i18n import N_, _
from desktop.model import Fact, Invalid
from desktop.model.dates import stamp
from desktop.model.kinds import Text
from desktop.model.parts import Update
from desktop.service.workspace import Workspace

PREFIX = "export:"
"""Of the names of the facts that keep exports, by which `facts.read` tells them apart."""

TO = Text(N_("Sent to"))
TO.name = "to"


@dataclass(frozen=True)
class Export:
    """A workbook that was made: its file's name, not its folder, and when and to whom it was sent."""

    uid: str
    file: str
    at: str
    marking: str
    rows: int
    sent_on: str = ""
    sent_to: str = ""
    audience: str = ""
    layout: str = ""
    digest: str = ""
    """The SHA-256 of the file as it was written, in hexadecimal; '' of what was written before it was kept."""
    operation: str = ""
    """Uid of the last operation that the workbook takes in; '' of a list, and where that was not kept."""
    frozen: str = ""
    """Uid of the report that was frozen with it."""


def exported(
    workspace: Workspace, file: str, *, marking: str = "", rows: int = 0, uid: str = "", **more: str
) -> str:
    """Note that a workbook was written; returns the uid by which it can be marked as sent.

    `uid` is the one that the workbook has in it, if it has one; `more` are the other facts of an `Export`.
    """
    uid = uid or str(uuid.uuid4())
    value = {"file": file, "at": stamp(workspace.now()), "marking": marking, "rows": rows}
    value |= {name: text for name, text in more.items() if text}
    with workspace.operation(_("Export {file}").format(file=file), source="export") as writing:
        writing.create(Fact, {"name": PREFIX + uid, "value": json.dumps(value, ensure_ascii=False)}, uid=uid)
    return uid


def sent(workspace: Workspace, uid: str, on: str, to: str) -> None:
    """Note that an exported workbook was sent; raises `Invalid`."""
    day = Update.on.check(on)
    whom = TO.check(to)
    if not whom:
        raise Invalid(_("Say to whom it was sent."), "to")
    row = Fact.get_or_none(Fact.uid == uid)
    if row is None:
        raise Invalid(_("This export is not in the workspace any more."))
    value: dict[str, Any] = json.loads(row.value)
    label = _("Sent {file} to {whom}").format(file=value["file"], whom=whom)
    with workspace.operation(label) as writing:
        writing.change(
            row, {"value": json.dumps({**value, "sent_on": day, "sent_to": whom}, ensure_ascii=False)}
        )


def exports(workspace: Workspace) -> list[Export]:
    """All exports, newest first."""
    rows = Fact.select().where(Fact.name.startswith(PREFIX)).order_by(Fact.id.desc())
    return [_export(row.uid, json.loads(row.value)) for row in rows]


def wrote(digest: str) -> bool:
    """Whether a file of this hash is one that was written here, as it was written."""
    noted = Fact.name.startswith(PREFIX) & Fact.value.contains(f'"digest": "{digest}"')
    return bool(Fact.select().where(noted).exists())


def _export(uid: str, value: dict[str, Any]) -> Export:
    # A newer version may have noted more.
    return Export(uid=uid, **{k: v for k, v in value.items() if k in Export.__dataclass_fields__})

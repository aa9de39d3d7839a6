"""`juntos mappings`: list, show, rename and delete the mappings of trackers that are kept under a name."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable

from desktop.cli import output
from desktop.cli.opening import opened
from desktop.i18n import _, format_number
from desktop.service import mappings
from desktop.service.workspace import Workspace


def mappings_(asked: Namespace) -> None:
    """`juntos mappings`"""
    with opened(asked) as workspace:
        ACTIONS[asked.action](workspace, asked)


def _list(_workspace: Workspace, asked: Namespace) -> None:
    from desktop.export.intake.tracker import kept, targets

    found = sorted(kept.fitting(()), key=lambda fit: fit.mapping.name)
    if asked.format == "json":
        output.objects(
            {
                "name": fit.mapping.name,
                "kind": fit.mapping.kind,
                "columns": [rule.shown for rule in fit.mapping.columns],
                "key": list(fit.mapping.key),
            }
            for fit in found
        )
        return
    rows = [
        (
            fit.mapping.name,
            _(targets.entity_of(fit.mapping.kind).plural),
            format_number(len(fit.mapping.columns)),
        )
        for fit in found
    ]
    output.table([_("Name"), _("List"), _("Columns")], rows)


def _show(_workspace: Workspace, asked: Namespace) -> None:
    from desktop.export.intake.tracker import kept

    output.json_text(kept.find(asked.name).as_json())


def _rename(workspace: Workspace, asked: Namespace) -> None:
    mappings.rename(workspace, asked.name, asked.new)


def _delete(workspace: Workspace, asked: Namespace) -> None:
    mappings.delete(workspace, asked.name)


ACTIONS: dict[str | None, Callable[[Workspace, Namespace], None]] = {
    None: _list,
    "show": _show,
    "rename": _rename,
    "delete": _delete,
}
COMMANDS: dict[str, Callable[[Namespace], None]] = {"mappings": mappings_}

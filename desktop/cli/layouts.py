"""`juntos layouts`: list, show, copy, write, read and delete layouts of the workbook."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.cli import output
from desktop.cli.opening import Failed, opened
from desktop.i18n import _, join_list
from desktop.service.workspace import Workspace

if TYPE_CHECKING:
    from desktop.export.layouts import Definition


def layouts_(asked: Namespace) -> None:
    """`juntos layouts`"""
    with opened(asked) as workspace:
        ACTIONS[asked.action](workspace, asked)


def _list(_workspace: Workspace, asked: Namespace) -> None:
    from desktop.export import layouts

    found = layouts.layouts()
    if asked.format == "json":
        output.objects(
            {
                "key": each.key,
                "name": each.title,
                "shipped": each.shipped,
                "sheets": [sheet.key for sheet in each.sheets],
            }
            for each in found
        )
        return
    rows = [
        (
            each.key if each.shipped else "",
            each.title,
            join_list(sheet.title or layouts.sheet_title(sheet.key) for sheet in each.sheets),
            _("comes with Juntos") if each.shipped else "",
        )
        for each in found
    ]
    output.table([_("Key"), _("Name"), _("Sheets"), ""], rows, most=60)


def _show(workspace: Workspace, asked: Namespace) -> None:
    from desktop.export import layouts

    found = layouts.find(asked.name)
    print(layouts.as_file(found))
    _tell(workspace, found)


def _copy(workspace: Workspace, asked: Namespace) -> None:
    from desktop.export import layouts

    print(layouts.copy(workspace, layouts.find(asked.name), asked.new).name)


def _write(workspace: Workspace, asked: Namespace) -> None:
    from desktop.export import layouts
    from desktop.export.saving import spare

    found, path = layouts.find(asked.name), Path(asked.file).expanduser()
    spare(path)
    if path.exists() and not asked.replace:
        raise Failed(_("{path} exists already; add --replace to replace it.").format(path=path))
    layouts.write(found, path)
    print(path)
    _tell(workspace, found)


def _read(workspace: Workspace, asked: Namespace) -> None:
    from desktop.export import layouts

    found = layouts.read(workspace, Path(asked.file).expanduser(), asked.name)
    print(found.name)
    _tell(workspace, found)


def _delete(workspace: Workspace, asked: Namespace) -> None:
    from desktop.export import layouts

    layouts.delete(workspace, layouts.find(asked.name))


def _tell(workspace: Workspace, found: Definition) -> None:
    """Say what a layout asks for and cannot have."""
    from desktop.export import layouts

    for sentence in layouts.lacking(workspace, found):
        print(sentence, file=sys.stderr)


ACTIONS: dict[str | None, Callable[[Workspace, Namespace], None]] = {
    None: _list,
    "show": _show,
    "copy": _copy,
    "write": _write,
    "read": _read,
    "delete": _delete,
}
COMMANDS: dict[str, Callable[[Namespace], None]] = {"layouts": layouts_}

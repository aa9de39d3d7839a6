"""`juntos views`, and what `juntos list --view` begins with."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable

from desktop.cli import output
from desktop.cli.opening import opened
from desktop.i18n import _, join_list, quoted
from desktop.model import fields
from desktop.model.base import Entity
from desktop.service import views
from desktop.service.query import Query
from desktop.service.workspace import Workspace


def begun(workspace: Workspace, entity: type[Entity], name: str) -> Query:
    """What the saved view of this name asks of a list, or without a name the list itself; raises `Invalid`.

    What the view asks for and is not there any more is said.
    """
    if not name:
        return Query(entity, tuple(kind.name for kind in fields(entity) if kind.listed))
    view = views.named(name, entity)
    gone = views.lacking(workspace, view)
    if gone:
        words = _("“{view}” asks for what is not there any more: {names}. The rest is shown.")
        print(words.format(view=quoted(view.name), names=join_list(gone)), file=sys.stderr)
    return views.query(workspace, view)


def views_(asked: Namespace) -> None:
    """`juntos views`"""
    with opened(asked):
        found = views.views()
        if asked.format == "json":
            output.objects(
                {"name": view.name, "kind": view.entity.key(), "key": view.key, "shipped": view.shipped}
                for view in found
            )
            return
        rows = [
            (view.name, _(view.entity.plural), _("comes with Juntos") if view.shipped else "")
            for view in found
        ]
        output.table([_("Name"), _("List"), ""], rows)


COMMANDS: dict[str, Callable[[Namespace], None]] = {"views": views_}

"""What each command does: a few lines over a service.

What writes files is imported by the command that does: the window, which starts through here too, does not wait.
"""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

from desktop.cli import (
    backups,
    checking,
    correspondence,
    documents,
    exporting,
    intake,
    layouts,
    mappings,
    meetings,
    output,
    passages,
    passphrases,
    promises,
    quick,
    reporting,
    saved_views,
    search,
    sharing,
    today,
)
from desktop.cli.kinds import kind_of
from desktop.cli.opening import Failed, opened
from desktop.i18n import _, captioned, format_datetime, format_number, ngettext
from desktop.model import Invalid, Organisation, field, fields
from desktop.model.base import Entity, Registered
from desktop.model.followed import Followed
from desktop.service import catalogue, history, links, plain, progress, query, records, setup, undo
from desktop.service.query import Order, Query, conditions
from desktop.service.session import remember_officer
from desktop.service.workspace import Workspace
from desktop.settings import save


def assignments(texts: list[str]) -> dict[str, str]:
    """Fields and texts of `field=value` arguments; raises `Invalid`."""
    values = {}
    for text in texts:
        name, equals, value = text.partition("=")
        if not equals:
            raise Invalid(_("“{text}” is not of the form field=value.").format(text=text))
        values[name.strip().replace("-", "_")] = value
    return values


def values_of(entity: type[Entity], texts: list[str]) -> dict[str, Any]:
    """The values of `field=value` arguments, having said what was taken out of a text; raises `Invalid`."""
    typed = assignments(texts)
    values = records.parse(entity, typed)
    for name, text in typed.items():
        for sentence in field(entity, name).remarks(text):
            print(sentence, file=sys.stderr)
    return values


def list_(asked: Namespace) -> None:
    """`juntos list`"""
    entity = kind_of(asked.kind)
    where = tuple(
        condition
        for name, text in assignments(asked.filter).items()
        for condition in conditions(entity, name, text)
    )
    order = tuple(_order(entity, text) for text in asked.sort)
    with opened(asked) as workspace, ExitStack() as seen:
        begun = saved_views.begun(workspace, entity, asked.view)
        seen.enter_context(workspace.engine.seen_by(asked.audience))
        text, where, order = asked.search or begun.text, (*begun.where, *where), order or begun.order
        if asked.format == "json":
            found = replace(plain.question(entity, text=text, where=where, order=order), group=begun.group)
            output.objects(plain.records(workspace, found))
            return
        named = [_known(entity, name.strip()) for name in asked.columns.split(",") if name.strip()]
        columns = tuple(named) or begun.columns
        found = Query(entity, columns, text, where, order, begun.group)
        if asked.format == "csv":
            from desktop.export.table import write_csv

            write_csv(workspace, found, sys.stdout, asked.audience)
            return
        rows = [query.shown(found, row) for row in query.each(workspace, found)]
        output.table([f.title for f in found.kinds], rows, [f.align == "right" for f in found.kinds])
        words = ngettext("{count} record", "{count} records", len(rows))
        print(words.format(count=format_number(len(rows))), file=sys.stderr)


def _order(entity: type[Entity], text: str) -> Order:
    name, _colon, way = text.partition(":")
    if way not in ("", "asc", "desc"):
        raise Invalid(_("“{text}” is not an order; write field, field:asc or field:desc.").format(text=text))
    return Order(_known(entity, name), way == "desc")


def _known(entity: type[Entity], name: str) -> str:
    """The name of a field, if the entity has it; raises `Invalid`."""
    conditions(entity, name.replace("-", "_"), "")
    return name.replace("-", "_")


def show(asked: Namespace) -> None:
    """`juntos show`"""
    with opened(asked) as workspace:
        record = links.find(asked.ref)
        if asked.format == "json":
            output.one(_whole(workspace, record))
            return
        found = Query(type(record), tuple(f.name for f in fields(type(record)) if f.section != "system"))
        row = query.one(workspace, found, record.id)
        assert row is not None
        texts = query.shown(found, row)
        output.pairs((f.title, text) for f, text in zip(found.kinds, texts, strict=True))
        for seen in links.of(record) if isinstance(record, Registered) else ():
            print(f"  {captioned(seen.relation, f'{seen.other.ref} {seen.other.name_text()}')}")
        for update in _updates(record):
            print(f"  {update['on']}  {update['status_from']} → {update['status_to']}  {update['done']}")


def _whole(workspace: Workspace, record: Any) -> dict[str, Any]:
    seen = links.of(record) if isinstance(record, Registered) else []
    return {
        "kind": record.key(),
        **plain.record(workspace, record),
        "links": [
            {"relation": s.link.relation, "forward": s.forward, "ref": s.other.ref, "note": s.link.note}
            for s in seen
        ],
        "updates": _updates(record),
    }


def _updates(record: Any) -> list[dict[str, Any]]:
    if not isinstance(record, Followed):
        return []
    names = ("on", "aspect", "status_from", "status_to", "done", "next", "blocks")
    return [{name: getattr(row, name) for name in names} for row in progress.updates(record)]


def history_(asked: Namespace) -> None:
    """`juntos history`"""
    with opened(asked) as workspace:
        events = history.of(links.find(asked.ref))
        if asked.format == "json":
            output.objects(vars(event) for event in events)
            return
        heads = [_("When"), _("Who"), _("Field"), _("Was"), _("Is"), _("What")]
        rows = [
            (format_datetime(workspace.local(e.at)), e.who, e.field, e.before, e.after, e.what)
            for e in events
        ]
        output.table(heads, rows, most=40)


def add(asked: Namespace) -> None:
    """`juntos add`"""
    entity = kind_of(asked.kind)
    with opened(asked) as workspace:
        print(records.add(workspace, entity, values_of(entity, asked.values)).ref)


def set_(asked: Namespace) -> None:
    """`juntos set`"""
    with opened(asked) as workspace:
        record = links.find(asked.ref)
        values = values_of(type(record), asked.values)
        if not records.change(workspace, record, values, reason=asked.reason, agreed_by=asked.agreed_by):
            print(_("Nothing differs."))


def report(asked: Namespace) -> None:
    """`juntos report`"""
    with opened(asked) as workspace:
        record = links.find(asked.ref)
        aspect = progress.DESK if asked.desk else "reported"
        status = ""
        if asked.status:
            status = field(type(record), progress.status_field(type(record), aspect)).parse(asked.status)
        words = {"done": asked.done, "next": asked.next, "blocks": asked.blocks, "on": asked.on}
        progress.report(workspace, record, status=status, aspect=aspect, **words)


def link(asked: Namespace) -> None:
    """`juntos link`"""
    with opened(asked) as workspace:
        one, other = links.find(asked.ref), links.find(asked.other)
        if not isinstance(one, Registered) or not isinstance(other, Registered):
            raise Invalid(_("Only recommendations, initiatives, meetings and follow-ups can be linked."))
        links.link(workspace, one, other, asked.relation)


def delete(asked: Namespace) -> None:
    """`juntos delete`"""
    with opened(asked) as workspace:
        found = [links.find(ref) for ref in asked.refs]
        records.delete(workspace, list({each.uid: each for each in found}.values()))


def undo_(asked: Namespace) -> None:
    """`juntos undo`"""
    with opened(asked) as workspace:
        label = undo.undo(workspace)
    if label is None:
        raise Failed(_("There is nothing to undo."))
    print(_("Undone: {what}").format(what=label))


def redo(asked: Namespace) -> None:
    """`juntos redo`"""
    with opened(asked) as workspace:
        label = undo.redo(workspace)
    if label is None:
        raise Failed(_("There is nothing to redo."))
    print(_("Redone: {what}").format(what=label))


def init(asked: Namespace) -> None:
    """`juntos init`"""
    answers = setup.Answers(
        post=asked.post,
        country=_country(asked.country),
        zone=asked.zone,
        own_government=_country(asked.own_government),
        partners=[_country(text) for text in asked.partner],
        accreditations=[_country(text) for text in asked.accreditation],
        officers=[setup.Officer(name) for name in asked.officers],
        catalogue=not asked.empty,
    )
    setup.check(answers)
    workspace = Workspace.create(Path(asked.file).expanduser(), source="command_line")
    try:
        setup.set_up(workspace, answers)
        remember_officer(workspace, asked.settings)
        asked.settings.remember_workspace(workspace.engine.path)
        save(asked.settings)
        print(workspace.engine.path)
    finally:
        workspace.close()


def _country(text: str) -> str:
    return str(field(Organisation, "country").parse(text))


def catalogue_(asked: Namespace) -> None:
    """`juntos catalogue load`"""
    with opened(asked) as workspace:
        loaded = catalogue.load(workspace)
    made, kept = sum(loaded.made.values()), sum(loaded.kept.values())
    print(
        ngettext("{count} record added", "{count} records added", made).format(count=format_number(made))
        + _("; ")
        + ngettext("{count} left as it was", "{count} left as they were", kept).format(
            count=format_number(kept)
        )
    )


def demo(asked: Namespace) -> None:
    """`juntos demo`"""
    from desktop.demo import run

    run(Path(asked.folder).expanduser() if asked.folder else None)


COMMANDS: dict[str, Callable[[Namespace], None]] = {
    "list": list_,
    "show": show,
    "history": history_,
    "add": add,
    "set": set_,
    "report": report,
    "link": link,
    "delete": delete,
    "undo": undo_,
    "redo": redo,
    "init": init,
    "catalogue": catalogue_,
    "demo": demo,
    **documents.COMMANDS,
    **exporting.COMMANDS,
    **meetings.COMMANDS,
    **correspondence.COMMANDS,
    **passages.COMMANDS,
    **promises.COMMANDS,
    **saved_views.COMMANDS,
    **quick.COMMANDS,
    **search.COMMANDS,
    **today.COMMANDS,
    **layouts.COMMANDS,
    **sharing.COMMANDS,
    **reporting.COMMANDS,
    **intake.COMMANDS,
    **mappings.COMMANDS,
    **backups.COMMANDS,
    **passphrases.COMMANDS,
    **checking.COMMANDS,
}

"""All layouts and label packs: those that come with the program, then those of the workspace.

What the workspace keeps may be of a newer program, or name a field that is gone: it is shown as far as it is
understood, and `lacking` says what is not.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from desktop.export import saving
from desktop.export.layouts import known, packs, reading, shipped
from desktop.export.layouts.definition import Definition, LayoutSheet, dumped
from desktop.export.layouts.packs import Pack
from desktop.i18n import LANGUAGES, _, join_list, quoted, speaking
from desktop.model import Invalid, LabelPack, Layout, Record, field
from desktop.model.kinds import SortKey
from desktop.model.relations import Many, Reference
from desktop.service import files
from desktop.service import layouts as service
from desktop.service.workspace import Workspace

MOST_BYTES = 4 * (reading.MOST_TEXT + 1)
"""Of a file that are looked at: in any script, more characters than a layout may have."""

Named = TypeVar("Named", Definition, Pack)


# ---- which there are


def layouts() -> list[Definition]:
    """Those that come with the program, then those of the workspace by name."""
    return [*_shipped_layouts(), *(_layout(row)[0] for row in service.rows(Layout))]


def all_packs() -> list[Pack]:
    """The same of label packs."""
    return [*packs.SHIPPED, *(_pack(row) for row in service.rows(LabelPack))]


def find(text: str = "") -> Definition:
    """The layout of this key or name, in whichever language it is called; the status report for ''. Raises `Invalid`,
    also for one that is kept and of which nothing is understood."""
    text = text or shipped.STATUS_REPORT
    found = _named(text, _shipped_layouts()) or _named(text, layouts())
    if found is None:
        raise Invalid(
            _("There is no layout “{name}”; there are: {known}.").format(
                name=quoted(text), known=", ".join(each.title for each in layouts())
            )
        )
    if not found.sheets:
        raise Invalid(
            _("Nothing of the layout “{name}” can be shown: {why}").format(
                name=quoted(found.title), why=" ".join(unread(found)[:2])
            )
        )
    return found


def pack(text: str) -> Pack | None:
    """The label pack of this key or name; None for ''. Raises `Invalid` where it is not there."""
    if not text:
        return None
    found = _named(text, packs.SHIPPED) or _named(text, all_packs())
    if found is None:
        raise Invalid(
            _("There is no label pack “{name}”; there are: {known}.").format(
                name=quoted(text), known=", ".join(each.title for each in all_packs())
            )
        )
    return found


def _named(text: str, among: Sequence[Named]) -> Named | None:
    """What is called so: by its key before any name."""
    for each in among:
        if text.strip() == each.key:
            return each
    wanted = SortKey.key(text.strip())
    return next((each for each in among if wanted in names_of(each)), None)


def names_of(of: Definition | Pack) -> set[str]:
    """The sort keys of what it is called: of one that comes with the program, its name in each language and its key."""
    if not of.shipped:
        return {SortKey.key(of.name)}
    found = {SortKey.key(of.key), SortKey.key(of.name)}
    for code in LANGUAGES:
        with speaking(code):
            found.add(SortKey.key(of.title))
    return found


def _shipped_layouts() -> list[Definition]:
    return [make() for make in shipped.SHIPPED]


def _layout(row: Any) -> tuple[Definition, list[str]]:
    return reading.leniently(str(row.definition), str(row.uid), str(row.name))


def _pack(row: Any) -> Pack:
    return packs.leniently(str(row.definition), str(row.uid), str(row.name))


# ---- what of them is not there


def lacking(workspace: Any, definition: Definition) -> list[str]:
    """Sentences on what a layout asks for and cannot have: not understood, deleted, or of another office's file."""
    told = unread(definition)
    try:
        gone = known.lacking(workspace, definition)
    except Invalid as fault:  # of a filter of the officer at the desk, while nobody is
        gone = []
        told.append(str(fault))
    if gone:
        told.append(
            _("Its filters ask for what is not there any more: {names}.").format(names=join_list(gone))
        )
    if definition.pack and pack_of(definition) is None:
        told.append(_("Its label pack is not there any more; the scales have their own words."))
    return told


def unread(definition: Definition) -> list[str]:
    """Sentences on what of a stored layout this program does not understand."""
    row = Layout.get_or_none(Layout.uid == definition.key) if definition.key else None
    return _layout(row)[1] if row is not None else []


def pack_of(definition: Definition) -> Pack | None:
    """The label pack of a layout, if it is still there."""
    if not definition.pack:
        return None
    return _named(definition.pack, packs.SHIPPED) or _named(definition.pack, all_packs())


# ---- what can be done with them; each is one operation that undo takes back


def save(workspace: Workspace, definition: Definition) -> Definition:
    """Keep a layout: a new one where it has no key, else in place of what is kept; raises `Invalid`."""
    asked = reading.checked(with_uids(definition))
    words = pack(asked.pack)
    asked = dataclasses.replace(asked, pack=words.key if words is not None else "")
    _free(asked, _shipped_layouts())
    uid = service.save(workspace, Layout, asked.name, asked.as_json(), key=asked.key)
    return find(uid)


def copy(workspace: Workspace, definition: Definition, name: str) -> Definition:
    """Keep a copy under another name, to be edited; raises `Invalid`."""
    return save(workspace, dataclasses.replace(definition, key="", name=name, shipped=False))


def rename(workspace: Workspace, definition: Definition, name: str) -> Definition:
    """Call a layout otherwise; raises `Invalid`."""
    _own(definition)
    called = dataclasses.replace(definition, name=name)
    _free(called, _shipped_layouts())
    service.rename(workspace, Layout, definition.key, name)
    return find(definition.key)


def delete(workspace: Workspace, definition: Definition) -> None:
    """Delete a layout; undo brings it back. Raises `Invalid` for one that comes with the program."""
    _own(definition)
    service.delete(workspace, Layout, definition.key)


def save_pack(workspace: Workspace, given: Pack) -> Pack:
    """Keep a label pack: a new one where it has no key, else in place of what is kept; raises `Invalid`."""
    asked = packs.from_data(given.as_data(), given.key)
    _free(asked, list(packs.SHIPPED))
    uid = service.save(workspace, LabelPack, asked.name, asked.as_json(), key=asked.key)
    return _kept_pack(uid)


def copy_pack(workspace: Workspace, given: Pack, name: str) -> Pack:
    """Keep a copy under another name, to be edited; raises `Invalid`."""
    return save_pack(workspace, dataclasses.replace(given, key="", name=name, shipped=False))


def rename_pack(workspace: Workspace, given: Pack, name: str) -> Pack:
    """Call a label pack otherwise; raises `Invalid`."""
    _own(given)
    _free(dataclasses.replace(given, name=name), list(packs.SHIPPED))
    service.rename(workspace, LabelPack, given.key, name)
    return _kept_pack(given.key)


def delete_pack(workspace: Workspace, given: Pack) -> None:
    """Delete a label pack; raises `Invalid` for one that comes with the program, and while a layout speaks it."""
    _own(given)
    users = [each.title for each in layouts() if each.pack == given.key]
    if users:
        words = _("The label pack “{name}” is used by: {layouts}. Give them another one first.")
        raise Invalid(words.format(name=quoted(given.name), layouts=", ".join(users)))
    service.delete(workspace, LabelPack, given.key)


def _kept_pack(uid: str) -> Pack:
    return next(each for each in all_packs() if each.key == uid)


def _own(of: Definition | Pack) -> None:
    if of.shipped:
        raise Invalid(
            _("“{name}” comes with the program; copy it to change it.").format(name=quoted(of.title)), "name"
        )


def _free(of: Definition | Pack, taken: Iterable[Definition | Pack]) -> None:
    """Raise `Invalid` for what is shipped, and for a name of what is."""
    _own(of)
    if any(SortKey.key(of.name) in names_of(each) for each in taken):
        raise Invalid(
            _("“{name}” comes with the program; choose another name.").format(name=quoted(of.name)), "name"
        )


# ---- files


def as_file(definition: Definition) -> str:
    """The JSON of a layout as a file holds it: with the words of a label pack of the workspace's own."""
    own = pack_of(definition)
    data = definition.as_data()
    if own is not None and not own.shipped:
        data |= {"pack": own.name, "pack_words": own.as_data()["words"]}
    return dumped(data)


def write(definition: Definition, path: Path) -> None:
    """Write a layout to a file, for another office; raises `ExportError`."""
    saving.write((as_file(definition) + "\n").encode(), path)


def read(workspace: Workspace, path: Path, name: str = "") -> Definition:
    """Keep the layout of a file, under a name of its own if one is given; raises `Invalid`, and OSError.

    A label pack that comes with it and is not there is kept too, in the same operation.
    """
    try:
        text = files.content(path, MOST_BYTES - 1).decode()
    except UnicodeDecodeError:
        raise Invalid(_("{file} is not a text in UTF-8.").format(file=path.name)) from None
    data = reading.loaded(text)
    if name and isinstance(data, dict):
        data = {**data, "name": name}
    words = data.pop("pack_words", None) if isinstance(data, dict) else None
    definition = reading.from_data(data)
    with workspace.operation(_("Read the layout {name}").format(name=quoted(definition.name))):
        if words is not None and definition.pack:
            given = packs.from_data({"name": definition.pack, "words": words})
            there = [each for each in all_packs() if SortKey.key(given.name) in names_of(each)]
            kept = there[0] if there else save_pack(workspace, given)
            definition = dataclasses.replace(definition, pack=kept.key)
        return save(workspace, definition)


def with_uids(definition: Definition) -> Definition:
    """A layout whose filters name other records by uid, as they mean the same in another office's file: an id (as a
    list has it) or a reference (as people write it) becomes one; what is not there stays as it is."""
    sheets = tuple(
        dataclasses.replace(each, where=tuple((name, _uids(each, name, keys)) for name, keys in each.where))
        for each in definition.sheets
    )
    return dataclasses.replace(definition, sheets=sheets)


def _uids(of: LayoutSheet, name: str, keys: tuple[Any, ...]) -> tuple[Any, ...]:
    declared = known.sheet(of.key)
    try:
        kind = field(declared.entity, name) if declared is not None else None
    except KeyError:
        return keys
    if not isinstance(kind, Reference | Many) or kind.target is None:
        return keys
    return tuple(_uid(kind.target, key) for key in keys)


def _uid(target: type[Record], key: Any) -> Any:
    try:
        if type(key) is int:
            return target.uid_of(key)
        by_ref = getattr(target, "by_ref", None)
        found = by_ref(key) if by_ref is not None and isinstance(key, str) else None
    except LookupError:
        return key
    return str(found.uid) if found is not None else key

"""Saved views: a list's filters, search, columns, order and groups under a name; some come with the program.

    view = views.save(workspace, "Cables", FollowUp, Definition(text="cable", group="owner"))
    found = views.query(workspace, view)

A definition names other records by uid and days by what they are called, so that it means the same on another
machine and on another day. What it names and is not there any more is left out, and `lacking` says so.

To have one more that comes with the program: a line in `SHIPPED`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from desktop.i18n import N_, _, quoted
from desktop.model import ENTITIES, Entity, FollowUp, Invalid, Recommendation, SavedView
from desktop.model import field as field_of
from desktop.model import fields as fields_of
from desktop.model.computed import Computed
from desktop.model.dates import Date
from desktop.model.kinds import Choice, Kind, SortKey
from desktop.model.relations import Many, Reference
from desktop.service import filters, viewshape
from desktop.service.grouping import groupable
from desktop.service.query import Condition, Order, Query
from desktop.service.workspace import Workspace

ME = "\x00me"
"""The officer at the desk, where a filter of people says so."""
OPERATORS = ("in", "not", "from", "to", "empty")
BY_KEY: dict[str, type[Entity]] = {entity.key(): entity for entity in ENTITIES}


@dataclass(frozen=True)
class Definition:
    """What a view shows. `filters` has for each field the keys of its filter (see `filters`); `fixed` conditions that
    no filter offers, as field, operator, values; `columns` none for those of the list, `sort` its field and way."""

    text: str = ""
    filters: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    fixed: Sequence[Sequence[Any]] = ()
    columns: Sequence[str] = ()
    widths: Mapping[str, int] = field(default_factory=dict)
    sort: Sequence[Any] = ()
    group: str = ""

    def as_json(self) -> str:
        """As it is kept."""
        return json.dumps(asdict(self), ensure_ascii=False)


@dataclass(frozen=True)
class View:
    """A view under its name: `key` is the uid of what somebody saved, or the name of one that is shipped."""

    key: str
    name: str
    entity: type[Entity]
    definition: Definition
    shipped: bool = False


@dataclass(frozen=True)
class Shipped:
    """A view that comes with the program; `name` is a message id."""

    key: str
    name: str
    entity: type[Entity]
    definition: Definition


_FOLLOWED = {"status": FollowUp.course.followed}
_BY_DUE = ("due_on", False)
SHIPPED: tuple[Shipped, ...] = (
    Shipped("overdue", N_("Overdue"), FollowUp, Definition(filters={"attention": ["overdue"]}, sort=_BY_DUE)),
    Shipped(
        "waiting",
        N_("Waiting on the other side"),
        FollowUp,
        Definition(filters={"status": ["waiting"]}, sort=_BY_DUE, group="counterpart"),
    ),
    Shipped("mine", N_("Mine"), FollowUp, Definition(filters={**_FOLLOWED, "owner": [ME]}, sort=_BY_DUE)),
    Shipped(
        "this_week",
        N_("This week"),
        FollowUp,
        Definition(filters={**_FOLLOWED, "due_on": ["week"]}, sort=_BY_DUE),
    ),
    Shipped(
        "stale",
        N_("Stale"),
        Recommendation,
        Definition(
            filters={"level": ["recommendation"], "attention": ["stale"]}, sort=("last_update_on", False)
        ),
    ),
    Shipped(
        "high",
        N_("High priority"),
        FollowUp,
        Definition(filters={**_FOLLOWED, "priority": ["high"]}, sort=_BY_DUE),
    ),
)


# ---- which there are


def views() -> list[View]:
    """Those that come with the program, then those of the workspace in their order."""
    return [*shipped(), *(found for row in _rows() if (found := _view(row)) is not None)]


def shipped() -> list[View]:
    """Those that come with the program, named in the user's language."""
    return [View(each.key, _(each.name), each.entity, each.definition, True) for each in SHIPPED]


def find(key: str) -> View | None:
    """The view of this key, if it is still there."""
    return next((view for view in views() if view.key == key), None)


def named(text: str, entity: type[Entity] | None = None) -> View:
    """The view of this name or key, of a list if one is given; raises `Invalid`."""
    found = views()
    wanted = SortKey.key(text.strip())
    for view in found:
        if wanted in (SortKey.key(view.name), view.key) and entity in (None, view.entity):
            return view
    known = ", ".join(view.name for view in found if entity in (None, view.entity))
    raise Invalid(
        _("There is no saved view “{name}” of this list; there are: {known}.").format(
            name=quoted(text), known=known or "–"
        )
    )


def _rows() -> list[SavedView]:
    return list(SavedView.select().order_by(SavedView.position, SavedView.id))


def _view(row: SavedView) -> View | None:
    """What a row says; None where its list is not one of this program's."""
    entity = BY_KEY.get(str(row.page))
    return View(row.uid, str(row.name), entity, read(str(row.definition))) if entity is not None else None


def read(text: str) -> Definition:
    """A definition as it was kept; what makes no sense in it is left out."""
    return Definition(**viewshape.shaped(text))


# ---- what they ask


def query(workspace: Any, view: View, columns: tuple[str, ...] = ()) -> Query:
    """What a view shows, without what is not there any more; of `columns` where it says none itself."""
    entity, definition = view.entity, view.definition
    known = {kind.name for kind in fields_of(entity)}
    shown = tuple(name for name in definition.columns if name in known)
    return Query(
        entity,
        shown or columns or tuple(kind.name for kind in fields_of(entity) if kind.listed),
        text=definition.text,
        where=conditions(workspace, view),
        order=order(view),
        group=group(view),
    )


def order(view: View) -> tuple[Order, ...]:
    """What a view is sorted by."""
    sort = list(view.definition.sort)
    known = {kind.name for kind in fields_of(view.entity)}
    return (Order(sort[0], bool(sort[1])),) if len(sort) == 2 and sort[0] in known else ()


def group(view: View) -> str:
    """What a view is grouped by."""
    wanted = view.definition.group
    return wanted if any(kind.name == wanted for kind in groupable(view.entity)) else ""


def conditions(workspace: Any, view: View) -> tuple[Condition, ...]:
    """What a view is narrowed to, on this day, for the officer at the desk."""
    found: list[Condition] = []
    for name, keys in local(workspace, view).items():
        kind = field_of(view.entity, name)
        found += filters.conditions(view.entity, kind, tuple(keys), workspace.today())
    return (*found, *fixed(workspace, view))


def local(workspace: Any, view: View) -> dict[str, list[Any]]:
    """The keys of a view's filters as this workspace has them: other records by id; without what is gone."""
    found: dict[str, list[Any]] = {}
    for name, keys in view.definition.filters.items():
        kind = _known(view.entity, name)
        kept = _localised(workspace, view.entity, kind, keys) if kind is not None else []
        if kept:
            found[name] = kept
    return found


def fixed(workspace: Any, view: View) -> tuple[Condition, ...]:
    """The conditions of a view that no filter offers."""
    found = []
    for each in view.definition.fixed:
        kind = _known(view.entity, each[0]) if len(each) == 3 and each[1] in OPERATORS else None
        if kind is not None:
            keep = (lambda key: key) if each[1] == "empty" else _localiser(workspace, kind)
            values = tuple(value for value in map(keep, each[2]) if value is not None)
            found += [Condition(each[0], each[1], values)] if values else []
    return tuple(found)


def lacking(workspace: Any, view: View) -> list[str]:
    """What a view asks for and is not there any more: titles of fields, or the names of those that went."""
    asked = view.definition
    names = [*asked.columns, *asked.widths, *(name for name, _op, _v in asked.fixed), *asked.sort[:1]]
    gone = [name for name in (*names, *asked.filters) if _known(view.entity, name) is None]
    if asked.group and not group(view):
        gone.append(asked.group)
    for name, keys in asked.filters.items():
        kind = _known(view.entity, name)
        if kind is not None and len(local(workspace, view).get(name, [])) < len(keys):
            gone.append(kind.title)
    return list(dict.fromkeys(gone))


def _known(entity: type[Entity], name: str) -> Kind | None:
    try:
        return field_of(entity, name)
    except KeyError:
        return None


def _localised(workspace: Any, entity: type[Entity], kind: Kind, keys: Sequence[Any]) -> list[Any]:
    plain = kind.as_ if isinstance(kind, Computed) else kind
    if isinstance(plain, Date):  # a span by its name, or two ends of which one may be open
        known = (filters.NONE, filters.BETWEEN, *filters.spans_of(entity, kind))
        return list(keys) if keys and keys[0] in known else []
    return [key for key in map(_localiser(workspace, kind), keys) if key is not None]


def _localiser(workspace: Any, kind: Kind) -> Any:
    """What turns a kept key of a field's filter into one of this workspace; None for what is gone."""
    if isinstance(kind, Reference | Many) and kind.target is not None:
        return lambda key: _id(workspace, kind.target, key)
    plain = kind.as_ if isinstance(kind, Computed) else kind
    if isinstance(plain, Choice):
        return lambda key: key if key in plain.scale or key == filters.NONE else None
    return lambda key: key if isinstance(key, str | int) else None


def _id(workspace: Any, target: Any, key: Any) -> Any:
    if key == filters.NONE:
        return key
    if key == ME:
        key = officer_uid(workspace)
    try:
        return target.id_of(str(key))
    except LookupError:
        return None


def officer_uid(workspace: Any) -> str:
    """The uid of the officer at the desk; raises `Invalid` where nobody is."""
    officer = getattr(workspace, "officer", None)
    if officer is None:
        raise Invalid(_("Say first who is at the desk: Tools › Officer at the desk."))
    return str(officer.uid)


def portable(entity: type[Entity], name: str, keys: Sequence[Any]) -> list[Any]:
    """The inverse of `local` for one field: other records by uid."""
    kind = field_of(entity, name)
    if not (isinstance(kind, Reference | Many) and kind.target is not None):
        return list(keys)
    return [kind.target.uid_of(key) if type(key) is int else key for key in keys]


# ---- what can be done with them


def save(
    workspace: Workspace, name: str, entity: type[Entity], definition: Definition, *, instead: bool = False
) -> View:
    """Keep a view under a name, last in the side bar; `instead` of the one that has the name. Raises `Invalid`."""
    called = _name(name)
    there = _called(called)
    if there is not None and not instead:
        raise Invalid(_("There is a view “{name}” already.").format(name=quoted(str(there.name))), "name")
    values: dict[str, Any] = {"name": called, "page": entity.key(), "definition": definition.as_json()}
    with workspace.operation(_("Save the view {name}").format(name=quoted(called))) as writing:
        if there is not None:
            writing.change(there, values)
            return _found(there.uid)
        last = max((row.position for row in _rows()), default=0)
        return _found(writing.create(SavedView, {**values, "position": last + 1}).uid)


def rename(workspace: Workspace, view: View, name: str) -> View:
    """Call a view otherwise; raises `Invalid`."""
    called = _name(name)
    there = _called(called)
    if there is not None and there.uid != view.key:
        raise Invalid(_("There is a view “{name}” already.").format(name=quoted(str(there.name))), "name")
    words = _("Rename the view {name}").format(name=quoted(view.name))
    with workspace.operation(words) as writing:
        writing.change(_row(view), {"name": called})
    return _found(view.key)


def delete(workspace: Workspace, view: View) -> None:
    """Delete a view; undo brings it back."""
    with workspace.operation(_("Delete the view {name}").format(name=quoted(view.name))) as writing:
        writing.delete(_row(view))


def arrange(workspace: Workspace, keys: Sequence[str]) -> None:
    """Put the workspace's views in this order; those that it does not name come after."""
    rows = _rows()
    place = {key: number for number, key in enumerate(keys)}
    rows.sort(key=lambda row: place.get(row.uid, len(place)))
    with workspace.operation(_("Arrange the saved views")) as writing:
        for number, row in enumerate(rows, 1):
            writing.change(row, {"position": number})


def move(workspace: Workspace, view: View, step: int) -> None:
    """Move a view up (-1) or down (1) in the side bar."""
    keys = [row.uid for row in _rows()]
    place = keys.index(view.key)
    keys.insert(max(0, place + step), keys.pop(place))
    arrange(workspace, keys)


def _name(name: str) -> str:
    return str(field_of(SavedView, "name").check(name))


def _called(name: str) -> SavedView | None:
    key = SortKey.key(name)
    if any(SortKey.key(view.name) == key for view in shipped()):
        raise Invalid(
            _("“{name}” comes with the program; choose another name.").format(name=quoted(name)), "name"
        )
    found: SavedView | None = SavedView.get_or_none(SavedView.name_key == key)
    return found


def _row(view: View) -> SavedView:
    found: SavedView | None = SavedView.get_or_none(SavedView.uid == view.key)
    if found is None:
        raise Invalid(_("The view “{name}” is not there any more.").format(name=quoted(view.name)))
    return found


def _found(key: str) -> View:
    found = find(key)
    assert found is not None
    return found

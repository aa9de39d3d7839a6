"""What people do to a workbook, at random by a seed, and what must come of it by a model that knows nothing of the
program: for each field three values, of which one is taken.

A kind of trial is one way of arranging a sheet and one way of editing its cells: `kinds()` has all combinations.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Any

from desktop.export.intake.wayback import Proposal, propose, recognise
from desktop.export.intake.wayback.proposals import Kind
from desktop.i18n import LANGUAGES, _, speaking
from desktop.model import RECORDS, FollowUp, Initiative, Organisation, Person, Recommendation, scales
from desktop.model import field as field_of
from desktop.service import records
from desktop.service.workspace import Workspace

from .arranged import ARRANGED, sheet_of
from .paper import UID, Page, Paper

DAYS = [dt.date(2027, 1, 13) + dt.timedelta(days=11 * number) for number in range(20)]
"""None of them before the day on which anything was raised; their days are above 12 where that is said."""
WORDS = (
    "Ask again",
    "会議の準備をする",
    "Enviar el borrador",
    "Até o fim do mês",
    "=SUM(A1:A3)",
    "007",
    "a  b",
)
Values = dict[str, Any]


@dataclass
class Typed:
    """What somebody typed into a cell: of which record, under which key, and the fields that it means."""

    page: str
    uid: str
    key: str
    value: Any
    means: Values | None
    """None for what cannot be taken: then `outcome` says what must be told."""
    outcome: Kind | None = None


@dataclass(repr=False)
class World:
    """The workspace with the workbook that was exported from it, and what each record was then."""

    workspace: Workspace
    paper: Paper
    base: dict[str, Values] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.base = self.now()

    def now(self) -> dict[str, Values]:
        """All values of the records that have a row, as the services give them."""
        return {
            str(record.uid): records.values_of(record)
            for entity in (Recommendation, Initiative, FollowUp)
            for record in list(entity.select())
        }


def record_of(page: Page, uid: str) -> Any:
    entity: Any = RECORDS[sheet_of(page).entity.key()]
    return entity.get(entity.uid == uid)


# ---- the model: three values of a field, one is taken


def merged(base: Values, now: Values, typed: Typed) -> Kind | None:
    """What must be proposed for a cell that was edited; None for nothing."""
    if typed.means is None:
        return typed.outcome
    if all(base[name] == value for name, value in typed.means.items()):
        return None
    if all(now[name] == value for name, value in typed.means.items()):
        return None
    if any(now[name] != base[name] for name in typed.means):
        return Kind.CONFLICT
    empty = typed.value is None or (isinstance(typed.value, str) and not typed.value.strip())
    return Kind.CLEAR if empty else Kind.CHANGE


# ---- ways of editing a cell: each gives what was typed, or None where there is nothing to edit so

Edit = Callable[[World, Page, str, Random], Typed | None]


def text(world: World, page: Page, uid: str, chance: Random) -> Typed | None:
    key = sheet_of(page).title
    words = f"{chance.choice(WORDS)} {chance.randrange(10_000)}"
    return Typed(page.key, uid, key, words, {key: " ".join(words.split())})


def same_text(world: World, page: Page, uid: str, chance: Random) -> Typed | None:
    """The same to a reader: other spaces, full-width digits, another line end."""
    key = sheet_of(page).title
    was = str(world.paper.pages[page.key].row(uid)[key])
    wide = was.translate({ord(str(digit)): chr(0xFF10 + digit) for digit in range(10)})
    other = chance.choice((was.replace(" ", "\u00a0"), wide, f"{was} ", f" {was}\r\n"))
    return Typed(page.key, uid, key, other, {key: world.base[uid][key]})


def _date_key(page: Page) -> str:
    return {
        "recommendations": "target_first+target_on",
        "initiatives": "milestone_on",
    }.get(page.key, "due_first+due_on")


def _dated(page: Page, uid: str, value: Any, day: dt.date) -> Typed:
    key = _date_key(page)
    name = key.rpartition("+")[2]
    return Typed(page.key, uid, key, value, {name: day.isoformat()})


def date(world: World, page: Page, uid: str, chance: Random) -> Typed | None:
    day = chance.choice(DAYS)
    value: Any = chance.choice((day, dt.datetime.combine(day, dt.time())))
    return _dated(page, uid, value, day)


def date_as_text(world: World, page: Page, uid: str, chance: Random) -> Typed | None:
    day = chance.choice([day for day in DAYS if day.day > 12])
    forms = (
        day.isoformat(),
        f"{day:%d/%m/%Y}",
        f"{day:%d.%m.%Y}",
        f"{day.year}年{day.month}月{day.day}日",
        f"{day:%Y/%m/%d}",
        f"{day.day} {('ene', 'fev', 'mar', 'apr', 'mayo', 'junho', 'jul', 'ago')[day.month - 1]} {day.year}",
    )
    return _dated(page, uid, chance.choice(forms), day)


def date_of_two(world: World, page: Page, uid: str, chance: Random) -> Typed | None:
    """A day that can be read in two ways."""
    text = f"0{chance.randint(1, 9)}/1{chance.randint(0, 2)}/2027"
    return Typed(page.key, uid, _date_key(page), text, None, Kind.ERROR)


def status(world: World, page: Page, uid: str, chance: Random) -> Typed | None:
    """In whichever language, and by its key; none that asks for more than itself."""
    key, scale = {
        "recommendations": ("status", scales.PROGRESS),
        "initiatives": ("stage", scales.STAGE),
    }.get(page.key, ("status", scales.FOLLOW_UP))
    if page.key == "recommendations" and world.base[uid]["level"] == "heading":
        return None
    value = chance.choice([each for each in scale if each not in ("done", "cancelled")])
    if page.key == "follow_ups_closed":
        return None
    with speaking(chance.choice(list(LANGUAGES))):
        word = chance.choice((_(scale[value]), _(scale[value]).upper(), value))
    return Typed(page.key, uid, key, word, {key: value})


def unknown_word(world: World, page: Page, uid: str, chance: Random) -> Typed | None:
    key = {"initiatives": "stage"}.get(page.key, "status")
    if page.key == "recommendations" and world.base[uid]["level"] == "heading":
        return None
    return Typed(page.key, uid, key, f"Perhaps {chance.randrange(99)}", None, Kind.ERROR)


def reference(world: World, page: Page, uid: str, chance: Random) -> Typed | None:
    if "owner" not in page.columns:
        return None
    person = chance.choice(list(Person.select().where(Person.officer == 1)))
    return Typed(
        page.key,
        uid,
        "owner",
        chance.choice((person.name, person.ref, f" {person.name} ")),
        {"owner": person.id},
    )


def several(world: World, page: Page, uid: str, chance: Random) -> Typed | None:
    """Countries, in another order, by code and by name in any language."""
    codes = chance.sample(["CL", "PE", "BR", "JP"], chance.randint(1, 3))
    names = {"CL": "Chile", "PE": "ペルー", "BR": "Brasil", "JP": "Japan"}
    words = chance.choice(("; ", ";", "；", "\n")).join(chance.choice((code, names[code])) for code in codes)
    return Typed(page.key, uid, "countries", words, {"countries": frozenset(codes)})


def party(world: World, page: Page, uid: str, chance: Random) -> Typed | None:
    key = chance.choice(("owed_by+owed_by_person", "owed_to+owed_to_person"))
    if key not in page.columns:
        return None
    end = key.partition("+")[0]
    organisation = chance.choice(list(Organisation.select().where(Organisation.name != "")))
    person = chance.choice(list(Person.select()))
    shown = organisation.acronym or organisation.name
    form = chance.choice(("{o}", "{p}", "{o} ({p})", "{o}（{p}）"))
    who = {end: organisation.id if "{o}" in form else None}
    who[f"{end}_person"] = person.id if "{p}" in form else None
    return Typed(page.key, uid, key, form.format(o=shown, p=person.name), who)


def cleared(world: World, page: Page, uid: str, chance: Random) -> Typed | None:
    """A cell emptied whose field may be empty."""
    key = chance.choice(("countries", "owner", "source", "co_owners", "milestone_on"))
    if key not in page.columns:
        return None
    empty = field_of(sheet_of(page).entity, key).empty()
    return Typed(page.key, uid, key, chance.choice((None, "", "  ")), {key: empty})


def needed_cleared(world: World, page: Page, uid: str, chance: Random) -> Typed | None:
    """A cell emptied that must not be."""
    return Typed(page.key, uid, sheet_of(page).title, None, None, Kind.ERROR)


def computed(world: World, page: Page, uid: str, chance: Random) -> Typed | None:
    key = chance.choice(
        [key for key in ("rag", "times_slipped", "last_update_on", "ref") if key in page.columns]
    )
    return Typed(page.key, uid, key, f"changed {chance.randrange(99)}", None, Kind.IGNORED)


def broken(world: World, page: Page, uid: str, chance: Random) -> Typed | None:
    """An error of a formula, and a formula without its result: never taken for an empty cell."""
    from desktop.export.intake.values import UNCOMPUTED, ErrorValue

    key = chance.choice([sheet_of(page).title, "countries"])
    return Typed(page.key, uid, key, chance.choice((ErrorValue("#REF!"), UNCOMPUTED)), None, Kind.ERROR)


EDITS: dict[str, Edit] = {
    each.__name__: each
    for each in (
        text,
        same_text,
        date,
        date_as_text,
        date_of_two,
        status,
        unknown_word,
        reference,
        several,
        party,
        cleared,
        needed_cleared,
        computed,
        broken,
    )
}

PAGES = ("recommendations", "initiatives", "follow_ups_open")


def kinds() -> list[tuple[str, str]]:
    """All combinations: more than two hundred."""
    return [(arranged, edit) for arranged in ARRANGED for edit in EDITS]


# ---- a trial


def our_side(world: World, chance: Random, typed: list[Typed]) -> None:
    """What the post does meanwhile: to some of the same fields the same or something else, and to others."""
    for each in typed:
        if each.means is None or chance.random() < 0.6:
            continue
        page = world.paper.pages[each.page]
        record = record_of(page, each.uid)
        name, theirs = next(iter(each.means.items()))
        other = {
            "countries": frozenset({"AR"}),
            "title": "Ours",
            "name": "Ours",
            "due_on": "2028-01-31",
            "target_on": "2028-01-31",
            "milestone_on": "2028-01-31",
            "status": "in_progress",
            "stage": "financing",
        }
        if name not in other:
            continue
        value = theirs if chance.random() < 0.5 and theirs else other[name]
        records.change(world.workspace, record, {name: value}, reason="asked")


def trial(
    world: World, arranged: str, edit: str, seed: str
) -> tuple[dict[Any, Any], dict[Any, Any], list[Proposal]]:
    """What must be proposed and what is, by record and field, of one workbook that was filled in."""
    chance = Random(seed)
    paper = world.paper.copy()
    typed: dict[tuple[str, str], Typed] = {}
    for _number in range(chance.randint(1, 4)):
        page = paper.pages[chance.choice(PAGES)]
        uid = chance.choice([str(row[UID]) for row in page.rows])
        made = EDITS[edit](world, page, uid, chance)
        if made is not None:
            if world.base[uid].get("level") == "heading" and made.key == "target_first+target_on":
                made = Typed(made.page, uid, made.key, made.value, None, Kind.IGNORED)
            typed[uid, made.key] = made
    for made in typed.values():
        paper.pages[made.page].row(made.uid)[made.key] = made.value
    our_side(world, chance, list(typed.values()))
    for page in paper.pages.values():
        if page.key in PAGES:
            ARRANGED[arranged](page, chance)
    with paper.book() as book:
        found = propose(world.workspace, recognise(book), check=False)
    now = world.now()
    expected: dict[Any, Any] = {}
    for made in typed.values():
        kind = merged(world.base[made.uid], now[made.uid], made)
        if kind is not None and not (made.means is None and _as_it_was(world, made)):
            expected[made.uid, made.key] = kind, made.means if made.means is not None else {}
    got = {
        (each.uid, each.key): (each.kind, dict(_as_values(each)))
        for each in found
        if each.uid and each.kind is not Kind.GONE
    }
    return expected, got, found


def _as_it_was(world: World, made: Typed) -> bool:
    """Whether what was typed is what stood there."""
    return world.paper.pages[made.page].row(made.uid)[made.key] == made.value


def _as_values(proposal: Proposal) -> Iterator[tuple[str, Any]]:
    entity = RECORDS[proposal.entity]
    for name, value in proposal.values.items():
        yield name, field_of(entity, name).from_json(value)

"""Generated records go out and come in again: through the status workbook and the way back, and through CSV.

    python -m tests.trials.roundtrip [--count N] [--seed N]

Two copies of a workspace have the same N records. In one, a colleague's, each has other values; its workbook is
written, read, and its cells are laid over those of ours, as if they had been typed there. What is then proposed is
taken in, and each record must be as the colleague's, field by field. `make test` runs a hundred and fifty.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from desktop import paths
from desktop.export import table
from desktop.export.intake.reading import read
from desktop.export.intake.tracker.tables import find_table
from desktop.export.intake.wayback import Kind, accept, apply, propose, recognise
from desktop.export.intake.wayback.values import Speech
from desktop.export.report import Request, export, note
from desktop.export.table import write_csv
from desktop.i18n import speaking
from desktop.model import (
    FollowUp,
    Initiative,
    Meeting,
    Organisation,
    Person,
    Recommendation,
    Sector,
    Source,
    field,
)
from desktop.service import records
from desktop.service.query import Query
from desktop.service.workspace import Workspace
from tests.export.conftest import Clock, build
from tests.export.intake.wayback import paper
from tests.export.intake.wayback.paper import UID, Paper
from tests.trials.generated import EVERYWHERE, FIELDS, Values, gathered, values

SHEETS = {"recommendations": Recommendation, "initiatives": Initiative, "follow_ups_open": FollowUp}
SHARES = {Recommendation: 3, Initiative: 3, FollowUp: 4}
"""Of ten records, so many."""
POINTED = (Organisation, Person, Sector, Source, Meeting)
State = dict[str, Values]


def opened(path: Path) -> Workspace:
    """A workspace with somebody at work."""
    workspace = Workspace.open(path, clock=Clock())
    workspace.sign_in(Person.get(Person.name == "Kenji Sato").uid)
    return workspace


def fill(workspace: Workspace, count: int) -> dict[type[Any], list[str]]:
    """So many records with nothing but a name; their uids."""
    made: dict[type[Any], list[str]] = {entity: [] for entity in SHARES}
    with workspace.operation("Fill") as writing:
        for entity, share in SHARES.items():
            for number in range(max(1, count * share // 10)):
                given = {entity.naming: f"Record {number}"}
                given |= {"raised_on": "2026-11-21"} if entity is FollowUp else {}
                made[entity].append(records.make(writing, entity, given).uid)
    return made


def known() -> dict[Any, list[int]]:
    """The ids of what can be pointed to."""
    return {entity: [row.id for row in entity.select(entity.id)] for entity in POINTED}


def write(workspace: Workspace, made: dict[type[Any], list[str]], seed: int, fields: dict[Any, Any]) -> State:
    """Give each record generated values; what they are."""
    given: State = {}
    pointed = known()
    with workspace.operation("Generate") as writing:
        for entity, uids in made.items():
            wanted = gathered(values(entity, pointed, fields[entity]), len(uids), seed)
            for uid, each in zip(uids, wanted, strict=True):
                records.amend(writing, entity.get(entity.uid == uid), each, reason="Generated")
                given[uid] = each
    return given


def differences(given: State, made: dict[type[Any], list[str]]) -> Iterator[str]:
    """What the records have otherwise, a line for each field."""
    for entity, uids in made.items():
        for record in entity.select().where(entity.uid.in_(uids)) if len(uids) < 900 else entity.select():
            if record.uid in given:
                now = records.values_of(record)
                for name, value in given[record.uid].items():
                    if now[name] != value:
                        yield f"{record.ref} {name}: {value!r} came back as {now[name]!r}"


# ---- through the workbook


def sent(workspace: Workspace, path: Path) -> Paper:
    """The workbook of a workspace, written and read."""
    report = export(workspace, Request(), path, replace=True)
    note(workspace, report)
    with read(path) as book:
        return paper.of(book, recognise(book))


def by_workbook(folder: Path, count: int, seed: int) -> tuple[int, list[str]]:
    """How many records were compared, and what came back otherwise."""
    ours, theirs = folder / "ours.juntos", folder / "theirs.juntos"
    build(ours)
    workspace = opened(ours)
    made = fill(workspace, count)
    workspace.close()
    shutil.copyfile(ours, theirs)
    workspace = opened(theirs)
    given = write(workspace, made, seed, FIELDS)
    # It is what was stored that must come back, and it must be what was given.
    wrong = [f"stored: {each}" for each in differences(given, made)]
    filled = sent(workspace, folder / "Theirs.xlsx")
    workspace.close()
    workspace = opened(ours)
    sheet = sent(workspace, folder / "Ours.xlsx")
    for key in SHEETS:
        cells = {row[UID]: row for row in filled.pages[key].rows}
        for row in sheet.pages[key].rows:
            row.update(cells[row[UID]])
    with sheet.book() as book:
        found = propose(workspace, recognise(book))
    mine = {uid for uids in made.values() for uid in uids}
    wrong += [
        f"{each.record} {each.key}: {each.kind.value} {each.told} {each.typed!r}"
        for each in found
        if each.uid in mine and each.kind in (Kind.ERROR, Kind.CONFLICT, Kind.GONE)
    ]
    apply(workspace, accept(found, lambda each: each.uid in mine), "Theirs.xlsx")
    wrong += differences(given, made)
    workspace.close()
    return sum(map(len, made.values())), wrong


# ---- through CSV


def by_csv(folder: Path, count: int, seed: int) -> tuple[int, list[str]]:
    """How many records were compared, and what the cells of the file mean otherwise."""
    path = folder / "csv.juntos"
    build(path)
    workspace = opened(path)
    made = fill(workspace, count)
    given = write(workspace, made, seed, EVERYWHERE)
    wrong = [f"stored: {each}" for each in differences(given, made)]
    for entity, names in EVERYWHERE.items():
        file = folder / f"{entity.key()}.csv"
        refs = {record.ref: record.uid for record in entity.select()}
        with file.open("w", newline="", encoding="utf-8-sig") as stream:
            write_csv(workspace, Query(entity, ("ref", *names)), stream)
        seen = set()
        with read(file) as book, speaking("en"):
            headings = find_table(book.sheets[0])
            if headings is None or (headings.first, headings.last, headings.begin) != (2, 2, 3):
                wrong.append(f"{entity.key()}: the headings are not found under the marking: {headings}")
                continue
            for row in book.sheets[0].rows[headings.last :]:
                ref, *cells = [*row, *[None] * (1 + len(names) - len(row))]
                if refs[ref] not in given:
                    continue
                seen.add(refs[ref])
                for name, cell in zip(names, cells, strict=True):
                    value = Speech("en").value(field(entity, name), cell)
                    if value != given[refs[ref]][name]:
                        wrong.append(f"{ref} {name}: {given[refs[ref]][name]!r} came back as {value!r}")
        wrong += [f"{uid} is missing" for uid in {*made[entity]} - seen]
    workspace.close()
    return sum(map(len, made.values())), wrong


def main() -> int:
    """Both ways; 0 where nothing differs."""
    parser = argparse.ArgumentParser(prog="python -m tests.trials.roundtrip", description=__doc__)
    parser.add_argument("--count", type=int, default=150)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument(
        "--careless", action="store_true", help="without what guards texts in a CSV: the control"
    )
    asked = parser.parse_args()
    if asked.careless:
        table.guard = str  # type: ignore[assignment]
    failed = 0
    for way in (by_workbook, by_csv):
        begun = time.monotonic()
        with tempfile.TemporaryDirectory(prefix="juntos-roundtrip-") as place:
            paths.use_home(place)
            count, wrong = way(Path(place), asked.count, asked.seed)
        failed += len(wrong)
        for each in wrong[:20]:
            print(each)
        print(
            f"{way.__name__}: {count} records, {len(wrong)} differences, {time.monotonic() - begun:.0f} s",
            flush=True,
        )
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

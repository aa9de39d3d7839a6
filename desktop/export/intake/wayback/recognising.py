"""Is this one of our workbooks, and where in it does everything stand now?

Sheets are told by the uids in them and by their names, rows by their uid wherever that column stands, columns as
`headings` says.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from desktop.export.columns import UID
from desktop.export.intake.book import Book, SheetRead
from desktop.export.intake.wayback import empties, headings, syncing
from desktop.export.intake.wayback.marking import Marks, unpacked
from desktop.export.intake.wayback.sent import NotOurs, Sent, SentSheet, Unknown
from desktop.export.intake.wayback.syncing import Synced, SyncSheet
from desktop.export.layouts import known, stored
from desktop.export.sync import FORMAT, NAME
from desktop.i18n import LANGUAGES, _, format_number, ngettext
from desktop.model import Fact, Operation
from desktop.model.visibility import AUDIENCES, INTERNAL
from desktop.service import journal
from desktop.store.engine import SCHEMA

SAMPLE = 400
"""Rows that are looked at to tell columns apart."""
UIDS = 8
"""Cells of a row that are looked at for its uid to tell sheets apart."""
ABOVE = 60
"""Rows above the first record among which headings are looked for."""


def is_ours(book: Book) -> bool:
    """Whether a file is a workbook of Juntos."""
    return any(syncing.parts(book))


def recognise(book: Book) -> Sent:
    """Which export it is and where everything stands; raises `NotOurs`. The workspace is the one that is open."""
    said = syncing.read(book)
    if said is None:
        raise NotOurs(
            _(
                "This is no workbook of Juntos, or its hidden sheet “_sync” was taken out. Ask for the workbook as it"
                " was sent, or take the file in as a tracker of another kind."
            )
        )
    about = said.about
    if syncing.number(about.get("format")) > FORMAT or syncing.number(about.get("schema")) > SCHEMA:
        raise NotOurs(
            _("This workbook was written by a newer version of Juntos. Install that version to take it in.")
        )
    noted, operation = _noted(about.get("export", ""))
    audience = str(noted.get("audience") or about.get("audience") or INTERNAL)
    sheets, gone, others = _sheets(book, said, str(noted.get("layout") or ""))
    language = about.get("language", "")
    return Sent(
        book=book,
        export=about.get("export", ""),
        operation=operation,
        schema=syncing.number(about.get("schema")),
        audience=audience if audience in AUDIENCES else AUDIENCES[-1],
        language=language if language in LANGUAGES else "en",
        pack=about.get("pack", ""),
        as_of=about.get("as_of", ""),
        sheets=tuple(sheets),
        gone=tuple(gone),
        others=tuple(others),
        told=(*(each for each in book.told if f"“{NAME}”" not in each), *_told(said, operation)),
    )


def _told(said: Synced, operation: int | None) -> Iterator[str]:
    if operation is None:
        yield _(
            "The journal of this workspace does not have this export: it was made of another file, or of one that was"
            " put back from a backup since. What the cells held then is known only where the journal shows it."
        )
    head = said.about.get("head", "")
    if head and not Operation.select().where(Operation.hash == head).exists():
        yield _(
            "The workbook knows how the journal ended when it was exported, and the journal of this workspace has no"
            " such entry: it is a workbook of another workspace, or the journal was cut or altered since."
        )
    if said.broken:
        yield ngettext(
            "{count} row of the hidden sheet “_sync” was damaged; that record is not compared.",
            "{count} rows of the hidden sheet “_sync” were damaged; those records are not compared.",
            said.broken,
        ).format(count=format_number(said.broken))


def _noted(export: str) -> tuple[dict[str, Any], int | None]:
    """What the journal notes of an export, and in which operation."""
    fact = Fact.get_or_none(Fact.uid == export) if export else None
    if fact is None:
        return {}, None
    return dict(json.loads(fact.value)), journal.made_in(export)


# ---- sheets


def _sheets(
    book: Book, said: Synced, layout: str
) -> tuple[list[SentSheet], list[SyncSheet], list[SheetRead]]:
    hidden = set(map(id, syncing.parts(book)))
    candidates = [sheet for sheet in book.sheets if id(sheet) not in hidden]
    samples = {id(sheet): _uids(_first(sheet)) for sheet in candidates}
    matched: dict[int, SyncSheet] = {}
    scored = sorted(
        (
            (_likeness(samples[id(sheet)], sheet.name, exported), -place, -number, sheet, exported)
            for place, sheet in enumerate(candidates)
            for number, exported in enumerate(said.sheets)
        ),
        key=lambda each: each[:3],
        reverse=True,
    )
    for score, _place, _order, sheet, exported in scored:
        if score > 0 and id(sheet) not in matched and all(each is not exported for each in matched.values()):
            matched[id(sheet)] = exported
    for sheet in candidates:
        if id(sheet) not in matched:
            found = empties.exported(sheet, said.sheets, layout)
            if found is not None:
                matched[id(sheet)] = found
    sheets = [_sheet(sheet, matched[id(sheet)], layout) for sheet in candidates if id(sheet) in matched]
    gone = [each for each in said.sheets if all(each is not other for other in matched.values())]
    return sheets, gone, [sheet for sheet in candidates if id(sheet) not in matched]


def _first(sheet: SheetRead) -> list[tuple[int, Sequence[Any]]]:
    found = []
    for row in sheet.rows.filled():
        found.append(row)
        if len(found) == SAMPLE:
            break
    return found


def _likeness(sample: list[list[str]], name: str, exported: SyncSheet) -> float:
    """How much a sheet is like an exported one: by the share of its uids, and by its name."""
    rows = sum(any(value in exported.marks for value in texts) for texts in sample)
    named = name.strip().casefold() == exported.name.casefold()
    return rows / max(1, len(sample)) + 0.6 * named


def _uids(sample: list[tuple[int, Sequence[Any]]]) -> list[list[str]]:
    """By row, what may be a uid: of a workbook of ours it is one cell, or a few."""
    return [
        [value.strip() for value in values if type(value) is str and 32 <= len(value) <= 40][:UIDS]
        for _number, values in sample
    ]


def _sheet(read: SheetRead, exported: SyncSheet, layout: str) -> SentSheet:
    declared = known.sheet(exported.key)
    sample = _first(read)
    uid_at = _uid_column(read, sample, exported)
    if declared is None:
        return SentSheet(read, exported, None, uid_at=uid_at)
    columns = headings.columns(declared, exported.columns)
    layouts = [each for each in stored.layouts() if layout in ("", each.key)]
    called = headings.labels(declared, columns, layouts)
    header_rows = _header_rows(sample, called, exported, uid_at)
    heads: dict[int, list[str]] = {}
    shown: dict[int, str] = {}
    for number, values in sample:
        if number in header_rows:
            for place, value in enumerate(values):
                if value is not None and str(value).strip():
                    heads.setdefault(place, []).append(headings.folded(value))
                    shown[place] = " ".join(str(value).split())
    if uid_at < 0:
        uid_at = next((place for place, names in heads.items() if called[UID.key] & set(names)), -1)
    heads.pop(uid_at, None)
    shown.pop(uid_at, None)
    for place in range(min(read.width, headings.WIDE)):
        if place != uid_at:
            heads.setdefault(place, [])
    marked = _sample(sample, exported, uid_at)
    places = headings.placed(exported.columns, heads, called, marked)
    first = max(header_rows) + 1 if header_rows else _first_record(sample, exported, uid_at)
    unknown = tuple(
        Unknown(place, shown.get(place, "")) for place in sorted(heads) if place not in places.values()
    )
    return SentSheet(
        read, exported, declared, columns, places, uid_at, tuple(sorted(header_rows)), first, shown, unknown
    )


# ---- rows and columns


def _uid_column(read: SheetRead, sample: list[tuple[int, Sequence[Any]]], exported: SyncSheet) -> int:
    """Where the uids stand, by what they are."""

    def best(rows: Any) -> int:
        counted: Counter[int] = Counter()
        for _number, values in rows:
            for place, value in enumerate(values):
                if type(value) is str and len(value) > 31 and value.strip() in exported.marks:
                    counted[place] += 1
        return counted.most_common(1)[0][0] if counted else -1

    found = best(sample)
    # They may stand below many rows that were added.
    return found if found >= 0 or len(sample) < SAMPLE else best(read.rows.filled())


def _known(values: Sequence[Any], exported: SyncSheet, uid_at: int) -> str:
    """The uid of a row, '' where it has none of the export."""
    if not 0 <= uid_at < len(values) or type(values[uid_at]) is not str:
        return ""
    uid = values[uid_at].strip()
    return uid if uid in exported.marks else ""


def _header_rows(
    sample: list[tuple[int, Sequence[Any]]], called: dict[str, set[str]], exported: SyncSheet, uid_at: int
) -> set[int]:
    """The rows of headings: those above the first record whose cells are called as columns are."""
    every = set().union(*called.values()) if called else set()
    scored: dict[int, int] = {}
    for number, values in sample[:ABOVE]:
        if _known(values, exported, uid_at):
            break
        scored[number] = sum(headings.folded(value) in every for value in values if type(value) is str)
    most = max(scored.values(), default=0)
    if most >= min(2, len(called) - 1):
        return {number for number, count in scored.items() if count * 2 >= most and count}
    # All were renamed: the row above the first record, where the records begin below rows without any.
    first = _first_record(sample, exported, uid_at)
    above = [number for number, values in sample if number < first and len(values) > 1]
    return {above[-1]} if above else set()


def _first_record(sample: list[tuple[int, Sequence[Any]]], exported: SyncSheet, uid_at: int) -> int:
    return next((number for number, values in sample if _known(values, exported, uid_at)), 1)


def _sample(sample: list[tuple[int, Sequence[Any]]], exported: SyncSheet, uid_at: int) -> headings.Sample:
    marks = Marks()
    now, then = [], []
    for _number, values in sample:
        uid = _known(values, exported, uid_at)
        if uid:
            now.append([marks[value] for value in values])
            then.append(list(unpacked(exported.marks[uid])))
    return headings.Sample(now, then)

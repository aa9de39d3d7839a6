"""What follows from the records, against what it is made of: sort keys and sides, figures, search, its dictionary.

Nothing here is lost when it is damaged: `mend` makes it anew.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any
from zoneinfo import ZoneInfo

from desktop.i18n import _
from desktop.model import ENTITIES, RECORDS, FollowUp, Meeting, Organisation, Record
from desktop.model.dates import instant, local_instant, stamp
from desktop.model.kinds import SortKey
from desktop.model.summaries import ACTIVITY, SUMMED, columns, steps_sql
from desktop.service import derive
from desktop.service.checking.flaw import Flaw, Kind
from desktop.service.checking.rows import Register
from desktop.service.checking.wording import described, kind_name
from desktop.service.facts import Facts
from desktop.service.summaries import DONE_BY_HAND
from desktop.store import proofs, search, terms
from desktop.store.proofs import BROKEN, Reading
from desktop.text import search_text

Tick = Callable[[], None]


def stored_facts(reading: Reading, found: Register, facts: Facts, tick: Tick) -> Iterator[Flaw]:
    """Every column that follows from others."""
    for entity in RECORDS.values():
        yield from _keys(reading, found, entity, tick)
    yield from _sides(reading, found, facts)
    yield from _instants(reading, found)
    queries = [(FollowUp, "direction", derive.DIRECTION)]
    for followed in derive.FOLLOWED:
        queries += [
            (followed, "last_update_on", derive.LAST_UPDATE),
            (followed, "times_slipped", derive.SLIPS),
        ]
    for entity, column, query in queries:
        tick()
        sql = f'SELECT t.rowid AS number, t.{column} AS now, ({query.format(t="t")}) AS good FROM "{entity.key()}" t'
        try:
            differing = reading.ask(f"SELECT * FROM ({sql}) WHERE now IS NOT good")
        except BROKEN:
            continue  # what cannot be read is told with its table
        for number, now, good in differing:
            yield _derived(found, entity, number, column, now, good)


def _derived(found: Register, entity: type[Record], number: int, column: str, now: Any, good: Any) -> Flaw:
    key = entity.key()
    sentence = _("{kind}: “{column}”, which follows from other values, is damaged; it can be made anew.")
    sentence = sentence.format(kind=kind_name(key), column=column)
    uid = found.uids.get(key, {}).get(number, "")
    return Flaw(Kind.DERIVED, key, sentence, key, uid, column, now, good, True, number)


def _keys(reading: Reading, found: Register, entity: type[Record], tick: Tick) -> Iterator[Flaw]:
    keys = [(f.name, f.of) for f in entity._meta.sorted_fields if isinstance(f, SortKey)]
    if not keys:
        return
    names = [name for pair in keys for name in pair]
    for number, *row in reading.each(entity.key(), names):
        tick()
        for place, (name, _of) in enumerate(keys):
            now, text = row[2 * place], row[2 * place + 1]
            good = SortKey.key(text)
            if now != good:
                yield _derived(found, entity, number, name, now, good)


def _sides(reading: Reading, found: Register, facts: Facts) -> Iterator[Flaw]:
    names = ("uid", "kind", "country", "side_set", "side")
    for number, uid, kind, country, chosen, now in reading.each(Organisation.key(), names):
        good = chosen or facts.side(uid, kind, country)
        if now != good:
            yield _derived(found, Organisation, number, "side", now, good)


def _instants(reading: Reading, found: Register) -> Iterator[Flaw]:
    names = ("on", "ends_on", "starts", "ends", "zone", "starts_at", "ends_at")
    for number, on, ends_on, starts, ends, zone, *now in reading.each(Meeting.key(), names):
        for column, day, time, is_now in (
            ("starts_at", on, starts, now[0]),
            ("ends_at", ends_on or on, ends, now[1]),
        ):
            try:
                moment = local_instant(day, time, zone)
            except (ValueError, OSError, KeyError):
                continue  # its own fields are damaged, which is told with them
            good = stamp(moment) if moment else None
            if is_now != good:
                yield _derived(found, Meeting, number, column, is_now, good)


# ---- figures


def figures(reading: Reading, facts: Facts, tick: Tick) -> Iterator[Flaw]:
    """The figures of the Today page; told once, for they are made anew as a whole."""
    try:
        sound = _figures_fit(reading, facts, tick)
    except BROKEN:
        sound = False
    if not sound:
        sentence = _("The figures of the Today page are damaged; they can be made anew.")
        yield Flaw(Kind.FIGURES, "summary_day", sentence, mendable=True)


def _figures_fit(reading: Reading, facts: Facts, tick: Tick) -> bool:
    kept = {
        (picture, day, mark): count
        for picture, day, mark, count in reading.ask("SELECT picture, day, mark, count FROM summary_day")
    }
    days = reading.ask("SELECT day FROM summary_date")
    standing = {(p, m): n for p, m, n in reading.ask("SELECT picture, mark, count FROM summary_now")}
    if len(days) != 1 or not _is_day(days[0][0]):
        return False
    good = {(ACTIVITY, day, "done"): count for day, count in _activity(reading, facts.zone).items()}
    for summed in SUMMED:
        tick()
        listed = ", ".join(f'"{name}"' for name in columns(summed))
        sql = steps_sql(summed, f'SELECT {listed}, 1 AS sign FROM "{summed.table}"')
        good.update({(picture, day, mark): count for picture, day, mark, count in reading.ask(sql)})
    now = Counter[tuple[str, str]]()
    for (picture, day, mark), count in good.items():
        if day <= days[0][0]:
            now[picture, mark] += count
    return kept == good and standing == {mark: count for mark, count in now.items() if count}


def _is_day(text: str) -> bool:
    try:
        return dt.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _activity(reading: Reading, zone: str) -> Counter[str]:
    clock, days = ZoneInfo(zone), Counter[str]()
    for _number, at, source in reading.each("operation", ("at", "source")):
        if source in DONE_BY_HAND:
            try:
                days[instant(at).astimezone(clock).date().isoformat()] += 1
            except ValueError:
                continue  # told with the journal
    return days


# ---- search


def found_by_words(reading: Reading, step: Tick) -> Iterator[Flaw]:
    """The search index of each kind."""
    for entity in ENTITIES:
        try:
            differs = proofs.search_differs(reading, entity, step)
        except BROKEN:
            step()  # it may be no fault: it was told to stop
            reading.close()
            differs = True
        if differs:
            sentence = _("{kinds}: the search index is damaged; it can be made anew.")
            yield Flaw(
                Kind.SEARCH,
                search.table(entity),
                sentence.format(kinds=_(entity.plural)),
                entity.key(),
                mendable=True,
            )


def dictionary(reading: Reading, tick: Tick) -> Iterator[Flaw]:
    """The words that complete what is typed: each that a record has must be among them.

    One more does no harm: it stays where the last record that had it goes.
    """
    try:
        kept = {word for (word,) in reading.ask(f"SELECT word FROM {terms.TABLE}")}
    except BROKEN:
        kept = set()
    missing: set[str] = set()
    for entity in ENTITIES:
        try:
            for rows in search.all_words(reading.connection, entity):
                tick()
                for _number, text in rows:
                    missing |= terms.words(search_text(proofs.plain(text))) - kept
        except BROKEN:
            tick()
            reading.close()
    for word in sorted(missing):
        sentence = _("The word “{word}” is missing in the dictionary of the search; it can be made anew.")
        yield Flaw(
            Kind.WORDS,
            terms.TABLE,
            sentence.format(word=described(word)),
            field="word",
            good=word,
            mendable=True,
        )

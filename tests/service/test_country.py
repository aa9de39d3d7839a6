"""What concerns a country: the rules that choose it, told again in plain Python over random records."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

import pytest

from desktop.i18n import speaking
from desktop.model import (
    FollowUp,
    Initiative,
    Meeting,
    Organisation,
    Person,
    Recommendation,
    Update,
    database,
    scales,
)
from desktop.service import country, facts, meetings, plain, progress, query, records
from desktop.service.apart import apart
from desktop.service.country import Country, Part
from desktop.service.meetings import Attendee
from desktop.service.query import Condition, Query
from tests.service.conftest import World

PLACES = ("CL", "PE", "JP", "US", "")


def refs(workspace: Any, part: Part) -> set[str]:
    """The references of all rows of the list behind a part."""
    rows = query.page(workspace, part.query, limit=-1)
    assert part.count == len(rows)
    assert {row[0] for row in part.rows} <= {row[0] for row in rows}
    return {row[1] for row in rows}


class Oracle:
    """The same rules, record by record."""

    def __init__(self, world: World, code: str) -> None:
        self.today, self.code = world.workspace.today(), code

    def named(self, record: Any, name: str = "countries") -> bool:
        return self.code in records.values_of(record)[name]

    def of(self, organisation_id: int | None) -> bool:
        found = Organisation.get_or_none(Organisation.id == organisation_id)
        return found is not None and found.country == self.code

    def person_of(self, person_id: int | None) -> bool:
        found = Person.get_or_none(Person.id == person_id)
        return found is not None and self.of(found.organisation_id)

    def follow_up(self, record: Any) -> bool:
        ends = (record.owed_by_id, record.owed_to_id)
        people = (record.owed_by_person_id, record.owed_to_person_id)
        meeting = Meeting.get_or_none(Meeting.id == record.meeting_id)
        return (
            self.named(record)
            or any(map(self.of, ends))
            or any(map(self.person_of, people))
            or (meeting is not None and self.named(meeting))
        )

    def meeting(self, record: Any) -> bool:
        there = records.values_of(record)["counterparts"]
        return self.named(record) or record.country == self.code or any(map(self.of, there))

    def expected(self) -> dict[str, set[str]]:
        held = [each for each in Meeting.select() if not each.historic and self.meeting(each)]
        found = {
            "recommendations": [
                each
                for each in Recommendation.select()
                if each.level == "recommendation" and self.named(each)
            ],
            "initiatives": [
                each
                for each in Initiative.select()
                if self.named(each) or self.named(each, "partner_countries")
            ],
            "contacts": [each for each in held if each.state != "planned"],
            "planned": [
                each for each in held if each.state == "planned" and each.on >= self.today[: len(each.on)]
            ],
            "people": [each for each in Person.select() if self.of(each.organisation_id)],
            "organisations": [each for each in Organisation.select() if each.country == self.code],
        }
        for direction in scales.DIRECTION:
            found[direction] = [
                each
                for each in FollowUp.select()
                if each.direction == direction
                and each.status not in ("done", "cancelled")
                and self.follow_up(each)
            ]
        return {name: {each.ref for each in rows} for name, rows in found.items()}


def told(workspace: Any, known: Country) -> dict[str, set[str]]:
    names = ("recommendations", "initiatives", "contacts", "planned", "people", "organisations")
    parts = {name: getattr(known, name) for name in names} | known.commitments
    return {name: refs(workspace, part) for name, part in parts.items()}


def populate(world: World, dice: random.Random) -> None:
    """Records that are tied to countries in every way, by chance."""
    ws = world.workspace
    today = dt.date.fromisoformat(ws.today())

    def some(of: Any, most: int = 2) -> set[Any]:
        return set(dice.sample(of, dice.randrange(most + 1)))

    def maybe(of: Any) -> Any:
        return dice.choice([None, *of])

    def day(least: int, most: int) -> str:
        return (today + dt.timedelta(days=dice.randrange(least, most))).isoformat()

    codes = [code for code in PLACES if code]
    offices = [
        records.add(
            ws, Organisation, {"name": f"Office {n}", "kind": "agency", "country": dice.choice(PLACES)}
        )
        for n in range(5)
    ]
    ids = [each.id for each in offices]
    people = [
        records.add(ws, Person, {"name": f"Person {n}", "organisation": maybe(ids)}).id for n in range(5)
    ]
    meets = [
        records.add(
            ws,
            Meeting,
            {
                "title": f"Meeting {n}",
                "on": (on := day(-40, 40)),
                "state": "planned" if on > ws.today() else dice.choice(["planned", "held"]),
                "historic": int(dice.random() < 0.2),
                "country": dice.choice(PLACES),
                "countries": some(codes, 1),
                "counterparts": some(ids),
            },
        ).id
        for n in range(8)
    ]
    for n in range(8):
        level = dice.choice(["recommendation", "recommendation", "ask", "heading"])
        records.add(ws, Recommendation, {"title": f"Ask {n}", "level": level, "countries": some(codes)})
        partners = some(codes, 1)
        values = {"name": f"Project {n}", "countries": some(codes, 1), "partner_countries": partners}
        records.add(ws, Initiative, values)
    for n in range(20):
        values = {
            "title": f"Promise {n}",
            "owed_by": maybe(ids),
            "owed_to": maybe(ids),
            "owed_by_person": maybe(people),
            "owed_to_person": maybe(people),
            "meeting": maybe(meets),
            "countries": some(codes, 1),
            "status": dice.choice(["open", "open", "waiting", "cancelled"]),
        }
        if values["status"] == "cancelled":
            values |= {"outcome": "No longer needed."}
        records.add(ws, FollowUp, values)


@pytest.mark.parametrize("seed", range(4))
def test_what_concerns_a_country_is_what_the_rules_say(world: World, seed: int) -> None:
    populate(world, random.Random(seed))
    listed = dict(country.countries(world.workspace))
    for code in ("CL", "PE", "JP", "US", "BR"):
        known = country.view(world.workspace, code)
        expected = Oracle(world, code).expected()
        assert told(world.workspace, known) == expected, code
        assert sum(known.rag.values()) == len(expected["recommendations"])
        counts = listed.get(code, country.Counts())
        assert known.counts == country.Counts(**{**vars(counts), "overdue": known.overdue})
        assert (code in listed) == any(vars(counts).values()) or code == "CL"


def test_countries_of_accreditation_come_first_even_without_records(world: World) -> None:
    ws = world.workspace
    with ws.operation("Accredit") as writing:
        chosen = facts.Facts(**{**vars(ws.facts), "accreditations": ("CL", "BO")})
        facts.write(writing, chosen)
    found = country.countries(ws)
    assert [code for code, _counts in found[:2]] == ["CL", "BO"]
    assert found[1][1] == country.Counts()
    with speaking("en"):
        assert [code for code, _counts in country.countries(ws)[2:]] == ["JP", "US"]


def test_the_most_pressing_come_first_and_the_rest_is_counted(world: World) -> None:
    ws = world.workspace
    for n, status in enumerate(("in_progress", "stalled", "implemented", "stalled")):
        made = records.add(ws, Recommendation, {"title": f"R{n}", "countries": {"PE"}})
        progress.report(ws, made, status=status, done=f"Done {n}", next=f"Next {n}")
    known = country.view(ws, "PE", shown=2)
    assert [row[-1] for row in known.recommendations.rows] == ["red", "red"]
    assert known.recommendations.count == 4
    assert known.rag == {"red": 2, "amber": 0, "green": 2, "grey": 0}
    first = known.recommendations.rows[0][1]
    assert (known.said[first].done, known.said[first].next) == ("Done 1", "Next 1")
    assert set(known.said) == {row[1] for row in known.recommendations.rows}
    assert Update.select().count() == 4


def test_last_and_next_contacts(world: World) -> None:
    ws = world.workspace
    person = records.add(ws, Person, {"name": "Prado Luz", "organisation": world.minrel.id})
    for on in ("2026-10-01", "2026-11-05", "2026-12-24"):
        meetings.log_meeting(
            ws,
            {"title": f"On {on}", "on": on, "counterparts": {world.minrel.id}},
            [Attendee(person=person.id)],
        )
    known = country.view(ws, "CL")
    days = [row[known.contacts.query.columns.index("on") + 1] for row in known.contacts.rows]
    assert days == ["2026-11-12", "2026-11-05", "2026-10-01"]
    assert [row[2] for row in known.planned.rows] == ["On 2026-12-24"]
    last = {row[2]: row[-1] for row in known.people.rows}
    assert last == {"Prado Luz": "2026-11-05", "Rojas Ana": None}
    assert known.people.rows[0][2] == "Prado Luz"


def test_the_fields_filter_as_any_set_does(world: World) -> None:
    ws = world.workspace

    def found(*values: Any, operator: str = "in") -> set[str]:
        where = (Condition("concerns", operator, values),)
        return {row[1] for row in query.page(ws, Query(FollowUp, ("title",), where=where))}

    everything = {"Send the list of suppliers", "Come back on terms"}
    assert found("CL") == {"Send the list of suppliers"}
    assert found("CL", "JP") == everything
    assert found("CL", operator="not") == {"Come back on terms"}
    assert found(True, operator="empty") == set()
    assert found(False, operator="empty") == everything
    where = query.conditions(FollowUp, "concerns", "Estados Unidos; BR")
    assert {row[1] for row in query.page(ws, Query(FollowUp, ("title",), where=where))} == {
        "Come back on terms"
    }
    with speaking("es"):
        asked = Query(FollowUp, ("title", "concerns"))
        shown = {row[1]: query.shown(asked, row)[1] for row in query.page(ws, asked)}
    assert shown["Come back on terms"] == "Estados Unidos; Japón"
    assert plain.record(ws, world.terms)["concerns"] == ["JP", "US"]


def test_a_worker_reads_the_same(world: World) -> None:
    ws = world.workspace
    with apart(ws) as seen:
        records.add(ws, FollowUp, {"title": "Later", "countries": {"CL"}})
        known = country.view(seen, "CL")
    assert known.open == 1
    assert country.view(ws, "CL").open == 2


def test_many_records_are_no_matter(world: World) -> None:
    """Five hundred follow-ups of a country and as many of others: the page counts them and shows a few."""
    ws = world.workspace
    rows = range(100_000, 101_000)
    with ws.engine.write():
        database.connection().executemany(
            "INSERT INTO subject (id, uid, kind) VALUES (?, ?, 'follow_up')", [(n, f"u{n}") for n in rows]
        )
        names = [column.name for column in database.get_columns("follow_up")]
        one = database.execute_sql(
            "SELECT * FROM follow_up WHERE title = 'Send the list of suppliers'"
        ).fetchone()
        values = dict(zip(names, one, strict=True))
        owed = {0: world.minrel.id, 1: world.dfc.id}
        database.connection().executemany(
            f"INSERT INTO follow_up ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})",
            [
                tuple(
                    {
                        **values,
                        "id": n,
                        "uid": f"u{n}",
                        "ref": f"X-{n}",
                        "ref_key": f"x{n}",
                        "owed_to_id": owed[n % 2],
                    }[name]
                    for name in names
                )
                for n in rows
            ],
        )
    known = country.view(ws, "US")
    assert known.commitments["us"].count == 500
    assert len(known.commitments["us"].rows) == country.SHOWN


def test_what_is_owed_is_found_once_for_all_directions(world: World) -> None:
    """As others see them, tens of thousands of follow-ups are looked up one by one: not once a direction."""
    sides = [Organisation.get(Organisation.side == side).id for side in ("partner", "host")]
    for number in range(20):
        values = {"title": f"Promise {number}", "countries": {"CL"}, "raised_on": "2026-11-01"}
        values |= {"due_on": f"2026-12-{1 + number % 5:02}", "owed_by": sides[number % 2]}
        records.add(world.workspace, FollowUp, values)
    with apart(world.workspace) as seen:
        asked: list[tuple[str, Any]] = []
        own = seen.rows

        def rows(sql: str, parameters: Any = ()) -> list[Any]:
            asked.append((sql, parameters))
            return own(sql, parameters)

        seen.rows = rows  # type: ignore[method-assign]
        known = country.view(seen, "CL", 3)
        whole = [each for each in asked if 'FROM "follow_up"' in each[0] and "CL" in each[1]]
        assert len(whole) == 2, "what is open, and what of it is overdue"
        for part in known.commitments.values():
            assert part.rows == query.page(seen, part.query, 3)
            assert part.count == query.count(seen, part.query)
    assert sum(bool(part.rows) for part in known.commitments.values()) > 1

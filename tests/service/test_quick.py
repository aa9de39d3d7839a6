"""Quick entry: one line becomes a follow-up; what is not understood is said and never guessed."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from desktop.i18n import use
from desktop.model import Invalid, Link, Operation, Organisation, Person, Sector
from desktop.service import directory, quick, records
from desktop.service.quick import Understood

LINE = "Call METI on Humboldt cable by Friday @Sato #Dig !high /WC-2024-1A"


def understand(world: Any, text: str) -> Understood:
    return quick.understand(world.workspace, text)


def meanings(understood: Understood) -> list[str]:
    return [mark.meaning for mark in understood.marks]


def test_a_line_is_understood_in_all_its_parts(world: Any) -> None:
    found = understand(world, LINE)
    assert found.problems == ()
    assert found.title == "Call METI on Humboldt cable"
    assert found.due == date(2026, 11, 27)
    assert (found.owner, found.sectors, found.priority) == (world.sato, (world.digital,), "high")
    assert found.serves == (world.cables,)
    assert meanings(found) == [
        "due Fri 27 Nov 2026",
        "owner Sato Kenji",
        "sector Digital",
        "priority High",
        "serves WC-2024-1A Finance submarine cables together",
    ]
    assert [LINE[mark.start : mark.end] for mark in found.marks] == [
        "by Friday",
        "@Sato",
        "#Dig",
        "!high",
        "/WC-2024-1A",
    ]


def test_what_was_understood_is_added_as_one_operation(world: Any) -> None:
    before = Operation.select().count()
    made = quick.add(world.workspace, understand(world, LINE + " #CL @DFC"))
    assert Operation.select().count() == before + 1
    values = records.values_of(made)
    assert made.title == "Call METI on Humboldt cable"
    assert (made.due_on, made.priority, made.direction) == ("2026-11-27", "high", "partner")
    assert (made.owner, made.owed_by, made.owed_to) == (world.sato, world.dfc, world.post)
    assert (values["sectors"], values["countries"]) == ({world.digital.id}, {"CL"})
    served = Link.get(Link.from_subject == made.id)
    assert (served.relation, served.to_subject_id) == ("serves", world.cables.id)


def test_a_plain_line_is_the_officers_own(world: Any) -> None:
    made = quick.add(world.workspace, understand(world, "Send the list"))
    assert (made.title, made.owner, made.owed_by, made.due_on) == (
        "Send the list",
        world.sato,
        world.post,
        None,
    )
    assert made.priority == "medium"


def test_another_officer_becomes_the_owner(world: Any) -> None:
    assert quick.add(world.workspace, understand(world, "Send the list @Mori")).owner == world.mori


@pytest.mark.parametrize(
    "typed", ["@Sato", "@sato kenji", "@佐藤", '@"Sato Kenji"', "＠佐藤健二", "@Kenji", "@sa", "@SATO,"]
)
def test_a_person_is_found_by_every_name(world: Any, typed: str) -> None:
    found = understand(world, f"Call {typed}")
    assert (found.owner, found.problems) == (world.sato, ())
    assert found.title == "Call"


def test_a_name_of_several_words_is_taken_whole(world: Any) -> None:
    found = understand(world, "Ask @Development Finance Corporation about terms")
    assert (found.owed_by, found.title) == (world.dfc, "Ask about terms")


def test_japanese_needs_no_spaces(world: Any) -> None:
    found = understand(world, "電話@佐藤さんへ#チリ 金曜まで !高")
    assert (found.owner, found.countries, found.priority) == (world.sato, ("CL",), "high")
    assert (found.due, found.title, found.problems) == (date(2026, 11, 27), "電話さんへ", ())


def test_others_owe_and_are_owed(world: Any) -> None:
    found = understand(world, "Come back on terms @Rojas >METI")
    assert (found.owed_by_person, found.owed_to) == (world.rojas, world.meti)
    made = quick.add(world.workspace, found)
    assert (made.owed_by, made.owed_by_person, made.owed_to) == (world.minrel, world.rojas, world.meti)
    assert made.direction == "host"


@pytest.mark.parametrize("typed", ["#Chile", "#チリ", "#CL", "#chl", "#chil", "＃ｃｌ"])
def test_a_country_is_found_by_name_and_code(world: Any, typed: str) -> None:
    assert understand(world, f"Visit {typed}").countries == ("CL",)


@pytest.mark.parametrize("typed", ["#Costa Rica", "#コスタリカ"])
def test_a_country_of_two_words(world: Any, typed: str) -> None:
    assert understand(world, f"Visit {typed} soon").countries == ("CR",)


@pytest.mark.parametrize("typed", ["#telecom", "#通信", "#Telecomunicaciones", "#telecomunicações"])
def test_a_sector_of_the_catalogue_is_found_in_every_language(world: Any, typed: str) -> None:
    telecom = records.add(world.workspace, Sector, {"name": "Telecommunications"})
    assert understand(world, f"Call {typed}").sectors == (telecom,)
    assert understand(world, f"Call #{telecom.ref}").sectors == (telecom,)


@pytest.mark.parametrize("typed", ["!high", "!alta", "!alto", "!高", "！高", "!HIGH"])
def test_a_high_priority_in_four_languages(world: Any, typed: str) -> None:
    assert understand(world, f"Call {typed}").priority == "high"


@pytest.mark.parametrize(
    ("typed", "priority"),
    [
        ("!média", "medium"),
        ("!me", "medium"),
        ("!中", "medium"),
        ("!baja", "low"),
        ("!baixa", "low"),
        ("!低", "low"),
    ],
)
def test_other_priorities_in_four_languages(world: Any, typed: str, priority: str) -> None:
    assert understand(world, f"Call {typed}").priority == priority


def test_a_meeting_is_where_it_comes_from(world: Any) -> None:
    found = understand(world, f"Send the list /{world.lunch.ref.lower()}")
    assert (found.meeting, found.serves, found.problems) == (world.lunch, (), ())
    assert quick.add(world.workspace, found).meeting == world.lunch


def test_an_exact_reference_counts_before_those_that_begin_with_it(world: Any) -> None:
    assert understand(world, "Call /WC-2024-1").serves == (world.heading,)
    assert understand(world, f"Call /{world.humboldt.ref}").serves == (world.humboldt,)


def test_a_former_reference_still_leads_there(world: Any) -> None:
    records.change(world.workspace, world.humboldt, {"ref": "IN-HUMBOLDT"})
    assert understand(world, "Call /IN-2026-001").serves == (world.humboldt,)
    assert understand(world, "Call /in-hum").serves == (world.humboldt,)


def test_a_reference_that_several_begin_with_is_said(world: Any) -> None:
    assert "WC-2024-1 and WC-2024-1A" in understand(world, "Call /WC").problems[0]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Call @Nobody", "Nobody is called “Nobody”."),
        ("Call #nowhere", "No sector and no country is called “nowhere”."),
        ("Call !soon", "“soon” is no priority: type high, medium or low."),
        ("Call /XX-1", "No recommendation, initiative or meeting has the reference “XX-1”."),
        ("Call @Min", "“Min” could be MINREL and METI. Type more of it."),
        ("Call /MT-20", "No recommendation, initiative or meeting has the reference “MT-20”."),
        ("Visit #costa", "“costa” could be "),
        ("Call @S", "Nobody is called “S”."),
        (
            "Call @Sato @Mori",
            "“owner Mori Aya” is one too many: the line says so already. Take one of the two away.",
        ),
        ("Call mid-December", "“mid-December” does not say which day."),
        ("Call 31 February", "“31 February” is no date: February has the days 1 to 29."),
    ],
)
def test_what_is_not_understood_is_said_and_not_added(world: Any, text: str, said: str) -> None:
    found = understand(world, text)
    assert len(found.problems) == 1
    assert found.problems[0].startswith(said)
    with pytest.raises(Invalid, match="“"):
        quick.add(world.workspace, found)


def test_a_problem_is_no_part_of_the_title(world: Any) -> None:
    assert understand(world, "Call @Nobody today").title == "Call"


@pytest.mark.parametrize(
    "text",
    [
        "Write to a@b.org and/or METI, 5G, C# and F#",
        "Item #5, a > b, 100 %! and/or",
        'Read "about @Sato by Friday #CL"',
        "Wait! What? #",
        "「金曜 @佐藤」を読む",
    ],
)
def test_signs_inside_words_and_quotations_are_no_marks(world: Any, text: str) -> None:
    found = understand(world, text)
    assert (found.title, found.marks) == (text, ())


def test_nothing_but_marks_has_no_title(world: Any) -> None:
    with pytest.raises(Invalid):
        quick.add(world.workspace, understand(world, "@Sato by Friday"))


def test_dates_in_marks_are_not_read(world: Any) -> None:
    records.add(world.workspace, Organisation, {"name": "Friday Group"})
    found = understand(world, "Call @Friday Group")
    assert (found.due, found.owed_by and found.owed_by.name) == (None, "Friday Group")


def test_a_change_of_the_directory_is_seen_at_once(world: Any) -> None:
    assert understand(world, "Call @Tanaka").problems
    records.add(world.workspace, Person, {"name": "Tanaka Yui", "organisation": world.meti.id})
    tanaka = understand(world, "Call @Tanaka").owed_by_person
    assert tanaka is not None
    records.change(world.workspace, tanaka, {"name": "Suzuki Yui"})
    assert understand(world, "Call @Tanaka").problems
    assert understand(world, "Call @Suzuki").problems == ()
    records.delete(world.workspace, [Person.find("Suzuki Yui")])
    assert understand(world, "Call @Suzuki").problems


def test_merged_names_keep_their_meaning(world: Any) -> None:
    other = records.add(world.workspace, Organisation, {"name": "Trade Ministry", "acronym": "TM"})
    directory.merge(world.workspace, world.meti, [other])
    assert understand(world, "Call @TM").owed_by == world.meti


def test_it_speaks_the_language_of_the_window(world: Any) -> None:
    use("ja")
    assert "2026年11月27日(金)" in understand(world, "電話 金曜まで").marks[0].meaning

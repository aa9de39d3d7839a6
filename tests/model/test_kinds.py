"""What each kind of field takes, refuses, shows and keeps, in all four languages."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop import i18n
from desktop.model import ENTITIES, RECORDS, Record, fields, journalled
from desktop.model.dates import YEARS, Date, FuzzyDate, Time, Zone
from desktop.model.kind import Column
from desktop.model.kinds import (
    Choice,
    Code,
    Country,
    Email,
    Flag,
    Invalid,
    Kind,
    Link,
    LongText,
    Money,
    Number,
    SortKey,
    Text,
)
from desktop.model.relations import Many, Reference
from desktop.model.sector import SectorName

LANGUAGES = tuple(i18n.LANGUAGES)

days = st.dates(dt.date(YEARS[0], 1, 1), dt.date(YEARS[1], 12, 31)).map(str)
texts = st.text(max_size=80)
amounts = st.decimals(-(10**12), 10**12, places=4).map(lambda amount: Money("").check(f"{amount:f}"))
SCALES = {
    tuple(field.scale): field.scale
    for entity in RECORDS.values()
    for field in fields(entity)
    if isinstance(field, Choice)
}

KINDS: list[tuple[Kind, st.SearchStrategy[Any]]] = [
    (Text("Field"), texts),
    (LongText("Field"), texts),
    (SectorName("Field"), texts | st.sampled_from(["Energy", "エネルギー"])),
    (Email("Field"), st.sampled_from(["", "a.b@example.org", "señor@ejemplo.es"])),
    (Link("Field"), st.sampled_from(["", "https://example.org/a?b=c", "mailto:a@example.org"])),
    (Country("Field"), st.sampled_from(["", "CL", "JP", "US", "CI", "CD", "KR"])),
    (Number("Field"), st.integers(-(10**14), 10**14)),
    (Flag("Field"), st.sampled_from([0, 1])),
    (Money("Field"), amounts | st.just("")),
    (Code("Field", "[A-Z]{3}", "USD"), st.sampled_from(["", "USD", "JPY"])),
    (Date("Field"), days | st.none()),
    (FuzzyDate("Field"), days | st.none() | days.map(lambda day: day[:7]) | days.map(lambda day: day[:4])),
    (Time("Field"), st.times().map(lambda time: time.strftime("%H:%M")) | st.none()),
    (Zone("Field"), st.sampled_from(["", "America/Santiago", "Asia/Tokyo"])),
    *((Choice("Field", scale), st.sampled_from(["", *scale])) for scale in SCALES.values()),
]
for kind, _values in KINDS:
    kind.name = "field"


def names(value: Any) -> str | None:
    return type(value).__name__ if isinstance(value, Kind) else None


@pytest.mark.parametrize(("kind", "values"), KINDS, ids=names)
@settings(max_examples=30)
@given(data=st.data())
def test_what_is_shown_means_what_is_kept(
    kind: Kind, values: st.SearchStrategy[Any], data: st.DataObject
) -> None:
    value = kind.check(data.draw(values))
    for language in LANGUAGES:
        with i18n.speaking(language):
            assert kind.check(kind.parse(kind.text(value))) == value


@pytest.mark.parametrize(("kind", "values"), KINDS, ids=names)
@settings(max_examples=30)
@given(data=st.data())
def test_what_is_kept_stays_as_it_is(kind: Kind, values: st.SearchStrategy[Any], data: st.DataObject) -> None:
    value = kind.check(data.draw(values))
    assert kind.check(value) == value
    assert kind.from_json(kind.to_json(value)) == value


@pytest.mark.parametrize(("kind", "values"), KINDS, ids=names)
def test_the_empty_value_is_what_an_empty_text_means(kind: Kind, values: object) -> None:
    assert kind.check(kind.parse("")) == kind.empty()
    assert kind.check(kind.parse("  ")) == kind.empty() or isinstance(kind, LongText)


REFUSED = [
    (Date("Due"), "31/02", "31/02"),
    (Date("Due"), "2024-13-01", "2024-13-01"),
    (Date("Due"), "2024-02-30", "2024-02-30"),
    (Date("Due"), "03/04/2024", "2024-04-03"),
    (Date("Due"), "2024", "2024"),
    (FuzzyDate("Due"), "2024-13", "2024-13"),
    (Time("Due"), "25:00", "25:00"),
    (Time("Due"), "24:00", "24:00"),
    (Zone("Due"), "Santiago", "America/Santiago"),
    (Zone("Due"), "../../etc/passwd", "America/Santiago"),
    (Choice("Due", {"open": "Open", "done": "Done"}), "closed", "Open, Done"),
    (Country("Due"), "Atlantis", "Atlantis"),
    (Number("Due"), "3.5", "3.5"),
    (Number("Due"), "1_000", "1_000"),
    (Number("Due"), "9" * 20, "15"),
    (Flag("Due"), "perhaps", "perhaps"),
    (Money("Due"), "two million", "two million"),
    (Money("Due"), "9" * 16, "9" * 16),
    (Code("Due", "[A-Z]{3}", "USD"), "dollars", "USD"),
    (Email("Due"), "sato at example.org", "sato at example.org"),
    (Link("Due"), "javascript:alert(1)", "https://"),
    (Text("Due"), "x" * 501, "501"),
    (LongText("Due"), "x" * 1_000_000, "1,000,000"),
    (SectorName("Due"), "x" * 501, "501"),
]


@pytest.mark.parametrize(("kind", "text", "told"), REFUSED, ids=lambda value: names(value) or str(value)[:20])
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_refused_is_told_in_a_sentence(kind: Kind, text: str, told: str, language: str) -> None:
    kind.name = "due_on"
    with i18n.speaking(language), pytest.raises(Invalid) as caught:
        kind.check(kind.parse(text))
    with i18n.speaking(language):
        assert kind.title in str(caught.value)
    assert caught.value.field == "due_on"
    sentence = str(caught.value)
    assert sentence[-1] in ".。"
    if language == "en":
        assert told in sentence


@pytest.mark.parametrize("text", ["9999-12-31", "0001-01-01", "31 Dec 9999", "９９９９-１２-３１"])
@pytest.mark.parametrize("kind", [Date("Due"), FuzzyDate("Due")])
def test_a_day_around_which_there_are_no_days_is_refused(kind: Date, text: str) -> None:
    """What is computed from it (a zone's instant, the day after, a series) would be no date any more."""
    for read in (kind.parse, kind.parse_span, kind.check):
        with pytest.raises(Invalid, match="too far away: years go from 1000 to 9000") as caught:
            read(text)
        assert str(caught.value).count("Due") == 1
    with pytest.raises(Invalid, match="too far away"):
        kind.check(dt.date.max)
    with pytest.raises(Invalid, match="too far away"):
        FuzzyDate("Due").parse("9999")


@pytest.mark.parametrize("kind", [Date("Due"), FuzzyDate("Due"), Text("Title"), Time("Starts")])
def test_what_was_kept_before_a_limit_came_is_kept_again(kind: Kind) -> None:
    kept = "9999-12-31" if type(kind) in (Date, FuzzyDate) else "10:00"
    assert kind.again(kept) == kept
    kind.required = True
    with pytest.raises(Invalid, match="must not be empty"):
        kind.again(kind.empty())


def test_a_mandatory_field_is_named() -> None:
    kind = Text("Recommendation", required=True)
    kind.name = "title"
    with pytest.raises(Invalid, match="“Recommendation” must not be empty"):
        kind.check("  \n ")


def test_a_line_has_no_line_ends_and_a_text_has_them() -> None:
    assert Text("").check(" a\r\nb\x0bc  d\t ") == "a b c d"
    assert LongText("").check("a\r\nb\x0bc") == "a\nb\nc"


@pytest.mark.parametrize("text", ["=1+1", "é\u202emoc\u202c", "🎌 عربي", "5\u00a0%", "−1", "@here"])
def test_odd_texts_stay_as_they_are(text: str) -> None:
    assert Text("").check(text) == text
    assert LongText("").check(text) == text
    assert Text("").remarks(text) == []


def test_what_is_taken_out_of_a_text_is_told() -> None:
    kind = LongText("Minutes")
    assert kind.check("a\x00b\x07c\ud800") == "abc\ufffd"
    assert kind.remarks("a\x00b\x07c\ud800") == [
        "Minutes: 1 broken character was replaced by “\ufffd”.",
        "Minutes: 2 control characters were taken out.",
    ]


def test_full_width_characters_are_understood() -> None:
    assert Email("").check("ｓａｔｏ＠ｅｘａｍｐｌｅ．ｏｒｇ") == "sato@example.org"
    assert Date("").check("２０２６年１１月２１日") == "2026-11-21"
    assert Code("", "[A-Z]{3}", "USD").check("ｕｓｄ") == "USD"
    assert Number("").check("１２") == 12


@pytest.mark.parametrize("typed", ["CL", "chl", "Chile", "チリ", "chile "])
def test_a_country_is_known_by_code_and_by_its_names(typed: str) -> None:
    assert Country("").check(typed) == "CL"


@pytest.mark.parametrize(
    ("amount", "kept", "shown"),
    [
        ("2,000,000.00", "2000000", "2,000,000"),
        ("12.5", "12.5", "12.50"),
        ("-0", "0", "0"),
        ("1.2340", "1.234", "1.2340"),
    ],
)
def test_an_amount_is_exact(amount: str, kept: str, shown: str) -> None:
    assert Money("").check(Money("").parse(amount)) == kept
    assert Money("").text(kept) == shown


def test_an_amount_that_can_mean_two_things_is_refused() -> None:
    with pytest.raises(Invalid, match=r"can mean 1234 or 1\.234"):
        Money("Value").parse("1.234")
    with i18n.speaking("es"):
        assert Money("").parse("1.234") == "1234"


# ---- sorting


@given(st.integers(0, 999_999_999), st.integers(0, 999_999_999))
def test_numbers_in_a_text_sort_as_numbers(one: int, other: int) -> None:
    keys = [SortKey.key(f"FU-2026-{number}") for number in (one, other)]
    assert (keys[0] < keys[1]) == (one < other)
    assert (keys[0] == keys[1]) == (one == other)


def test_a_key_is_blind_to_case_accents_width_and_leading_zeros() -> None:
    for same in ("FU-2026-014", "fu-2026-14", "ＦＵ-2026-14"):
        assert SortKey.key(same) == SortKey.key("FU-2026-014")
    assert SortKey.key("Ágora") == SortKey.key("agora")
    assert SortKey.key("か") != SortKey.key("が")
    titles = ["Ávila 10", "avila 9", "Bogotá", "élan", "Zurich"]
    assert sorted(titles, key=SortKey.key) == ["avila 9", "Ávila 10", "Bogotá", "élan", "Zurich"]


# ---- what the entities declare

EVERY = [pytest.param(e, f, id=f"{e.key()}.{f.name}") for e in RECORDS.values() for f in fields(e)]


@pytest.mark.parametrize(("entity", "kind"), EVERY)
def test_a_field_is_described(entity: type[Record], kind: Kind) -> None:
    assert kind.label
    assert kind.title
    assert kind.section
    assert kind.width > 0
    assert not (kind.derived and kind.editable)
    if kind.sort:
        assert isinstance(entity._meta.fields[kind.sort], SortKey)
        assert kind.required, "empty texts would come first"
    if kind.searched:
        assert isinstance(kind, Text)


@pytest.mark.parametrize("entity", ENTITIES, ids=lambda entity: entity.key())
def test_an_entity_is_named(entity: Any) -> None:
    assert entity.singular
    assert entity.plural
    assert entity.prefix
    naming = next(f for f in fields(entity) if f.name == entity.naming)
    assert naming.required
    assert naming.searched
    assert naming.listed
    assert fields(entity)[0].name == "ref"


@pytest.mark.parametrize("entity", RECORDS.values(), ids=lambda entity: entity.key())
def test_what_is_declared_is_there_once(entity: type[Record]) -> None:
    declared = [f.name for f in fields(entity)]
    assert len(declared) == len(set(declared))
    columns = {f.name for f in entity._meta.sorted_fields if not isinstance(f, SortKey)} - {"id"}
    assert columns == {f.name for f in fields(entity) if isinstance(f, Column | Reference)}
    kept = {f.name for f in journalled(entity)}
    assert kept.isdisjoint({"uid", "created_at", "updated_at", "version"})
    assert {f.name for f in fields(entity) if isinstance(f, Many)} <= kept


def test_no_scale_has_two_values_of_one_name() -> None:
    for language in LANGUAGES:
        with i18n.speaking(language):
            for scale in SCALES.values():
                shown = [i18n._(label).casefold() for label in scale.values()]
                assert len(shown) == len(set(shown)), (language, shown)


def test_every_kind_that_is_declared_is_tested_here() -> None:
    tested = {type(kind) for kind, _values in KINDS}
    declared = {type(f) for entity in RECORDS.values() for f in fields(entity)}
    elsewhere = {"Reference", "Many", "Computed", "Gathered", "Timestamp", "Document", "TextVisibility"}
    assert {kind.__name__ for kind in declared - tested} <= elsewhere


def test_every_kind_refuses_something() -> None:
    assert {type(kind) for kind, _text, _told in REFUSED} == {type(kind) for kind, _values in KINDS}

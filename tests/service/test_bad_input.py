"""Whatever is typed, by hand or on the command line: taken as it is, or refused with a sentence and nothing changed."""

from __future__ import annotations

from typing import Any

import pytest

from desktop import i18n
from desktop.model import (
    ENTITIES,
    PARTS,
    FollowUp,
    Initiative,
    Invalid,
    Meeting,
    Person,
    Recommendation,
    fields,
    kinds,
)
from desktop.model.kinds import LongText, Text
from desktop.service import directory, history, links, meetings, query, records
from desktop.service.query import Query
from tests.service.conftest import World, state

NEW = {"title": "New"}
REFUSED: list[tuple[type[Any], dict[str, str], str]] = [
    (FollowUp, {**NEW, "due_on": "31/02"}, "31/02"),
    (FollowUp, {**NEW, "due_on": "2024-13-01"}, "2024-13-01"),
    (FollowUp, {**NEW, "due_on": "03/04/2027"}, "2027-04-03"),
    (FollowUp, {**NEW, "due_on": "tomorrow"}, "tomorrow"),
    (FollowUp, {**NEW, "raised_on": "2026-12-02", "due_on": "2026-12-01"}, "before it was raised"),
    (Initiative, {"name": "New", "start_on": "2026-12-02", "end_on": "2026-12-01"}, "before the start"),
    (Meeting, {**NEW, "on": "2026-12-01", "starts": "14:00", "ends": "13:00"}, "before the start"),
    (Meeting, {**NEW, "on": "2024-09-08", "starts": "00:30"}, "00:30 does not exist"),
    (Meeting, {**NEW}, "“Date” must not be empty"),
    (Recommendation, {**NEW, "ref": "wc-2024-1a"}, "wc-2024-1a is taken already"),
    (Recommendation, {**NEW, "ref": "x" * 501}, "501 characters"),
    (FollowUp, {**NEW, "status": "closed"}, "“closed” is not one of: Open"),
    (FollowUp, {**NEW, "colour": "red"}, "no field “colour”"),
    (FollowUp, {**NEW, "rag": "red"}, "no field “rag”"),
    (FollowUp, {**NEW, "owed_by": "ORG-999"}, "There is no organisation “ORG-999”"),
    (FollowUp, {**NEW, "countries": "Chile; Narnia"}, "“Narnia” is not a country"),
    (FollowUp, {"title": " \t "}, "“Follow-up” must not be empty"),
    (FollowUp, {}, "“Follow-up” must not be empty"),
    (FollowUp, {**NEW, "detail": "x" * 1_000_000}, "1,000,000 characters are too many"),
    (FollowUp, {"title": "x" * 501}, "501 characters are too many for one line"),
    (Initiative, {"name": "New", "value": "lots", "currency": "USD"}, "“lots” is not a number"),
    (Initiative, {"name": "New", "value": "5", "currency": "dollars"}, "does not look like USD"),
]


@pytest.mark.parametrize(("entity", "texts", "told"), REFUSED)
def test_what_cannot_be_is_told_and_changes_nothing(
    world: World, entity: type[Any], texts: dict[str, str], told: str
) -> None:
    before, counters = state(), world.workspace.engine.rows("SELECT * FROM counter")
    for language in i18n.LANGUAGES:
        with i18n.speaking(language), pytest.raises(Invalid) as caught:
            records.add(world.workspace, entity, records.parse(entity, texts))
        assert len(str(caught.value)) > 10
        assert language != "en" or told in str(caught.value)
    assert state() == before
    assert world.workspace.engine.rows("SELECT * FROM counter") == counters


TAKEN = (
    "=1+1",
    "-2+3 @home +4",
    "🎌🧑‍🤝‍🧑",
    "مذكرة تفاهم \u202bשלום\u202c",
    "会議の議事録（案）",
    "5\u00a0% de l’\u00e9tude",
    "'; DROP TABLE person; --",
    "<img src='file:///etc/passwd'>",
    "100 %_*?[a]",
)


@pytest.mark.parametrize("text", TAKEN)
def test_what_is_odd_is_taken_as_it_is(world: World, text: str) -> None:
    heard: list[str] = []
    world.workspace.listen(lambda committed: heard.extend(committed.remarks))
    long_text = f"{text}\n\n{text}"
    made = records.add(
        world.workspace, FollowUp, records.parse(FollowUp, {"title": text, "detail": long_text})
    )
    row = query.one(world.workspace, Query(FollowUp, ("title", "detail")), made.id)
    assert row == (made.id, text, long_text)
    assert heard == []
    assert FollowUp.find(text).id == made.id


def test_a_long_text_is_kept_whole(world: World) -> None:
    text = "長" * 100_000
    made = records.add(world.workspace, FollowUp, {"title": "Long", "detail": text})
    assert FollowUp.get_by_id(made.id).detail == text


def test_control_characters_are_taken_out_and_that_is_told(world: World) -> None:
    heard: list[str] = []
    world.workspace.listen(lambda committed: heard.extend(committed.remarks))
    typed = {"title": "A\x00B\ud800", "on": "2026-11-20", "minutes": "one\x0btwo\x07\ud83dthree"}
    made = meetings.log_meeting(world.workspace, typed)
    assert (made.title, made.minutes) == ("AB\ufffd", "one\ntwo\ufffdthree")
    assert next(history.operations(1)).label == "Log a meeting: AB\ufffd"
    assert heard == [
        "Meeting: 1 broken character was replaced by “\ufffd”.",
        "Meeting: 1 control character was taken out.",
        "Minutes: 1 broken character was replaced by “\ufffd”.",
        "Minutes: 1 control character was taken out.",
    ]


def test_a_reference_that_leads_nowhere(world: World) -> None:
    for text in ("FU-2099-001", "nothing", "=1+1", "x" * 5000, "a\x00b", "\ud800"):
        with pytest.raises(Invalid) as caught:
            links.find(text)
        assert len(str(caught.value)) < 200
        assert directory.likely_duplicates(Person, text) == []
        with pytest.raises(Invalid) as caught:
            FollowUp.find(text)
        assert len(str(caught.value)) < 200


# ---- one form at the boundary, whichever way a text comes in

TYPED = "Cafe\u0301 \u1112\u1161\u11ab か\u3099 a\x00b\x0bc\x07d\ud800e\ufffef\x85g\u2028h\r\ni"
"""Composed of parts, with what no text has."""
LINES = "Café 한 が ab\ncd\ufffdef\ng\nh\ni"
LINE = LINES.replace("\n", " ")
TEXTS = [
    (entity, kind)
    for entity in (*ENTITIES, *PARTS)
    for kind in fields(entity)
    # A document is what the program wrote; an address and a code refuse what is none.
    if type(kind) in (Text, LongText) and kind.editable
]


@pytest.mark.parametrize(("entity", "kind"), TEXTS, ids=lambda value: getattr(value, "name", str(value)))
def test_every_text_is_kept_in_one_form(entity: type[Any], kind: Any) -> None:
    kept = LINES if isinstance(kind, LongText) else LINE
    assert kind.check(TYPED) == kept
    assert len(kind.remarks(TYPED)) == 2
    # From the journal, of another file or of before an undo, too.
    assert kind.check(kind.from_json(TYPED)) == kept


def test_many_texts_are_looked_at() -> None:
    assert len(TEXTS) > 60


def test_nothing_can_be_stored_past_it(world: World) -> None:
    """Half a character reaches neither the database nor the index of words, whichever act brings it."""
    workspace = world.workspace
    made = records.add(workspace, FollowUp, {"title": TYPED, "detail": TYPED})
    assert (made.title, made.detail) == (LINE, LINES)
    records.change(workspace, made, {"detail": f"{TYPED} more"})
    assert FollowUp.get_by_id(made.id).detail == f"{LINES} more"
    with workspace.operation(f"Made: {TYPED}") as writing:
        writing.create(FollowUp, {"title": TYPED})
    assert next(history.operations(1)).label == f"Made: {LINE}"
    assert FollowUp.select().where(FollowUp.title == LINE).count() == 2


def test_control_unclean_half_a_character_stops_the_database(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kinds, "clean", lambda text: (text, []))
    with pytest.raises(UnicodeEncodeError):
        records.add(world.workspace, FollowUp, {"title": "Half", "detail": "\ud800"})


def test_composed_or_not_it_is_found(world: World) -> None:
    records.add(world.workspace, FollowUp, {"title": "E\u0301cole de l’\u00c9tat"})
    for typed in ("école", "ÉCOLE", "e\u0301cole", "ecole etat"):
        assert query.page(world.workspace, Query(FollowUp, ("title",), typed), 5)


def test_control_compared_by_the_database_alone_it_is_not(world: World) -> None:
    records.add(world.workspace, FollowUp, {"title": "École de l’État"})
    asked = "SELECT count(*) FROM follow_up WHERE title LIKE ?"
    assert [
        world.workspace.engine.rows(asked, (typed,))[0][0] for typed in ("%École%", "%école%", "%Ecole%")
    ] == [
        1,
        0,
        0,
    ]


def test_a_text_of_blanks_is_none(world: World) -> None:
    made = records.add(world.workspace, FollowUp, {"title": "Blank", "detail": " \n\t\u3000\n"})
    assert made.detail == ""

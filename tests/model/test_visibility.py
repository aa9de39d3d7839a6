"""Who may see what: the levels, and the visibility of each long text apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.model import ENTITIES, FollowUp, Meeting, field, visibility
from desktop.model.kinds import LongText

NAMES = [kind.name for kind in visibility.texts(Meeting)]
LEVELS = st.dictionaries(st.sampled_from(NAMES), st.sampled_from(visibility.AUDIENCES))


@pytest.mark.parametrize(
    ("audience", "seen"),
    [
        ("internal", {"internal", "partner", "public"}),
        ("partner", {"partner", "public"}),
        ("public", {"public"}),
    ],
)
def test_an_audience_sees_its_own_level_and_what_is_more_open(audience: str, seen: set[str]) -> None:
    assert set(visibility.levels(audience)) == seen


@given(LEVELS)
def test_what_is_kept_is_read_again_without_what_is_internal(by_name: dict[str, str]) -> None:
    shared = {name: level for name, level in by_name.items() if level != "internal"}
    text = visibility.kept(by_name)
    assert visibility.read(text) == shared
    assert visibility.kept(visibility.read(text)) == text
    kind = field(Meeting, "text_visibility")
    assert kind.check(text) == text
    assert kind.from_json(kind.to_json(text)) == text


def test_a_new_record_and_its_texts_are_internal() -> None:
    meeting = Meeting(title="Call", purpose="Cables")
    assert meeting.visibility == "internal"
    assert {visibility.of_text(meeting, name) for name in NAMES} == {"internal"}


def test_one_text_is_shared_and_taken_back_without_the_others() -> None:
    meeting = Meeting(title="Call")
    meeting.text_visibility = visibility.with_text(meeting, "purpose", "public")
    meeting.text_visibility = visibility.with_text(meeting, "decisions", "partner")
    assert meeting.text_visibility == "|decisions:partner|purpose:public|"
    meeting.text_visibility = visibility.with_text(meeting, "purpose", "internal")
    assert meeting.text_visibility == "|decisions:partner|"


def test_it_reads_in_words() -> None:
    shown = field(FollowUp, "text_visibility").text("|detail:partner|outcome:public|")
    assert shown == "Detail: Shareable with partner, Outcome: Public"


def test_what_makes_no_sense_is_taken_for_internal() -> None:
    assert field(Meeting, "text_visibility").check("|purpose:everybody|x") == ""


@pytest.mark.parametrize("entity", ENTITIES, ids=lambda entity: entity.key())
def test_all_long_texts_of_an_entity_have_one(entity: type) -> None:
    declared = {kind.name for kind in entity._meta.sorted_fields if isinstance(kind, LongText)}  # type: ignore[attr-defined]
    assert {kind.name for kind in visibility.texts(entity)} == declared

"""Search everywhere: the order of what is found, and the sentence in which it stands."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.model import ENTITIES, AgendaItem, FollowUp, Meeting, Organisation, Person, Series
from desktop.service import finding, follow_ups, points, progress, records, references
from desktop.service.apart import apart
from desktop.service.finding import Hit, sentences
from desktop.service.hits import hits, terms_of
from desktop.service.workspace import Workspace
from desktop.text import fold, search_terms


def names(found: list[Hit]) -> list[str]:
    return [hit.name for hit in found]


def marked(text: str, marks: Any) -> list[str]:
    return [text[start:end] for start, end in marks]


@pytest.mark.parametrize(
    ("text", "kind", "name"),
    [
        ("submarine finance", "recommendation", "Finance submarine cables together"),
        ("humbo", "initiative", "Humboldt cable"),
        ("lunch", "meeting", "Lunch on cables"),
        ("SUPPLIERS", "follow_up", "Send the list of suppliers"),
        ("経済", "organisation", "Ministry of Economy"),
        ("meti", "organisation", "Ministry of Economy"),
        ("rojas", "person", "Rojas Ana"),
        ("佐藤", "person", "Sato Kenji"),
        ("dig", "sector", "Digital"),
        ("partnership", "source", "A partnership for the Americas"),
    ],
)
def test_every_kind_is_found(world: Any, text: str, kind: str, name: str) -> None:
    found = finding.find(world.workspace, text)
    assert (found[0].entity.key(), found[0].name) == (kind, name)
    assert found[0].record().ref == found[0].ref
    assert name in names(finding.first(world.workspace, text))


def test_series_are_found(world: Any) -> None:
    records.add(world.workspace, Series, {"title": "Diálogo digital", "rhythm": "yearly"})
    assert {hit.entity.key() for hit in finding.find(world.workspace, "dig")} == {"sector", "series"}


def test_only_the_kinds_that_are_asked_for(world: Any) -> None:
    assert {hit.entity for hit in finding.find(world.workspace, "cables")} > {Meeting}
    assert {hit.entity for hit in finding.find(world.workspace, "cables", (Meeting,))} == {Meeting}
    assert {hit.entity for hit in finding.first(world.workspace, "cables", (Meeting,))} == {Meeting}


@pytest.mark.parametrize("text", ["", "  ", "?!", "、。", '"', "*"])
def test_punctuation_finds_nothing(world: Any, text: str) -> None:
    assert finding.find(world.workspace, text) == finding.first(world.workspace, text) == []


@given(typed=st.text("aé会ーｶﾞ\"*()^:+-{}'\x00\u3099 ANDor_", max_size=12))
def test_whatever_is_typed_is_no_error(typed: str) -> None:
    for start, end in hits(typed, terms_of(typed)):
        assert 0 <= start < end <= len(typed)


# ---- the order


def test_the_reference_comes_first_whatever_else_has_it(world: Any) -> None:
    reference = world.suppliers.ref
    for number in range(3):
        records.add(world.workspace, FollowUp, {"title": f"{reference} once more, {number}"})
    for typed in (reference, reference.lower(), "ＦＵ－2026－1".replace("－", "-")):
        assert finding.find(world.workspace, typed)[0].ref == reference


def test_a_former_reference_still_leads_there(world: Any) -> None:
    with world.workspace.operation("Renumber"):
        references.keep_ref(world.suppliers, "OLD-7")
    assert names(finding.find(world.workspace, "old-7")) == ["Send the list of suppliers"]


def test_names_come_before_texts_and_open_before_closed_and_new_before_old(world: Any) -> None:
    workspace = world.workspace

    def add(title: str, **values: Any) -> Any:
        return records.add(workspace, FollowUp, {"title": title, **values})

    add("Older: the permit")
    world.clock.forward(days=300)
    workspace_records = [
        add("Closed: the permit"),
        add("Said elsewhere", detail="The permit, the permit, again the permit."),
        add("Newer: the permit"),
        add("Permit of the port"),
    ]
    follow_ups.close(workspace, workspace_records[0], outcome="Settled", cancelled=True)
    assert names(finding.find(workspace, "permit")) == [
        "Permit of the port",
        "Newer: the permit",
        "Older: the permit",
        "Closed: the permit",
        "Said elsewhere",
    ]


def test_more_said_in_less_comes_first(world: Any) -> None:
    filler = "Many other things were discussed at length. " * 60
    for title, detail in (("Short", "Permit and permit."), ("Long", f"{filler} Permit.")):
        records.add(world.workspace, FollowUp, {"title": title, "detail": detail})
    assert names(finding.find(world.workspace, "permit")) == ["Short", "Long"]


def test_at_most_so_many_and_of_each_kind(world: Any) -> None:
    for number in range(90):
        records.add(world.workspace, FollowUp, {"title": f"Cable {number}"})
    assert len(finding.find(world.workspace, "cable", most=75)) == 75
    assert len(set(finding.find(world.workspace, "cable", most=75))) == 75
    found = finding.find(world.workspace, "cable", each=4)
    counts = [sum(hit.entity is entity for hit in found) for entity in ENTITIES]
    assert max(counts) == 4
    assert sum(count > 0 for count in counts) > 2


def test_an_old_record_called_so_is_found_behind_a_thousand_newer_ones(world: Any) -> None:
    first = records.add(world.workspace, Organisation, {"name": "Zeta institute"})
    with world.workspace.operation("Many") as writing:
        for number in range(1010):
            writing.create(Organisation, {"name": f"No. {number}", "notes": "Works with the Zeta institute."})
    assert finding.find(world.workspace, "zeta")[0].id == first.id


# ---- the sentence


def test_the_sentence_of_the_minutes_with_its_day(world: Any) -> None:
    with world.workspace.operation("Minutes") as writing:
        points.make(writing, world.lunch, "note", "Nothing of note.")
        points.make(
            writing, world.lunch, "decision", "First things first. The Réunion permit is due! Later more."
        )
        writing.create(AgendaItem, {"meeting": world.lunch.id, "topic": "陸揚げ許可の申請"})
    (hit,) = finding.find(world.workspace, "reunion PERMIT")
    sentence = hit.sentence
    assert sentence is not None
    assert (sentence.text, sentence.part, sentence.label) == (
        "The Réunion permit is due!",
        "point",
        "Minutes",
    )
    assert sentence.day == "2026-11-12"
    assert marked(sentence.text, sentence.marks) == ["Réunion", "permit"]
    (hit,) = finding.find(world.workspace, "揚げ許可")
    assert hit.sentence is not None
    assert hit.sentence.part == "agenda_item"
    assert marked(hit.sentence.text, hit.sentence.marks) == ["揚げ許可"]


def test_the_entry_of_the_log_with_its_date(world: Any) -> None:
    progress.report(world.workspace, world.suppliers, done="Old annex", on="2026-10-01")
    progress.report(world.workspace, world.suppliers, done="Nothing", next="New annex", on="2026-11-02")
    (hit,) = finding.find(world.workspace, "annex")
    assert hit.sentence is not None
    assert (hit.sentence.part, hit.sentence.day, hit.sentence.text) == ("update", "2026-11-02", "New annex")
    records.change(world.workspace, world.suppliers, {"due_on": "2027-01-15"}, reason="Carnival")
    (hit,) = finding.find(world.workspace, "carnival")
    assert hit.sentence is not None
    assert (hit.sentence.part, hit.sentence.text) == ("extension", "Carnival")


def test_a_hit_in_the_name_alone_has_facts_instead(world: Any) -> None:
    (hit,) = finding.find(world.workspace, "suppliers")
    assert hit.sentence is None
    assert marked(hit.name, hit.marks) == ["suppliers"]
    assert hit.rag == "red"
    assert "MINREL" in hit.facts
    assert "18 Nov 2026" in hit.facts


def test_of_a_long_sentence_what_stands_around_the_hit(world: Any) -> None:
    long = " ".join(["word"] * 100) + " needle " + " ".join(["more"] * 100)
    records.add(world.workspace, FollowUp, {"title": "Long", "detail": long})
    (hit,) = finding.find(world.workspace, "needle")
    assert hit.sentence is not None
    assert len(hit.sentence.text) <= sentences.LONGEST + 2
    assert hit.sentence.text.startswith("…word")
    assert hit.sentence.text.endswith("more…")
    assert marked(hit.sentence.text, hit.sentence.marks) == ["needle"]


@pytest.mark.parametrize(
    ("text", "typed", "found"),
    [
        ("Os números, o NÚMERO", "numero", ["número", "NÚMERO"]),
        ("海底ケーブルの会議", "ケーブル", ["ケーブル"]),
        ("ｹｰﾌﾞﾙとｹｰﾌﾟ", "ケーブル", ["ｹｰﾌﾞﾙ"]),
        ("新5Gの話と15G", "5g", ["5G"]),
        ("O\u2019Brien and O'Brien", "o'brien", ["O\u2019Brien", "O'Brien"]),
        ("FU-2026-014 and FU 2026 014", "fu-2026-014", ["FU-2026-014", "FU 2026 014"]),
        ("e\u0301tude et études", "étude", ["e\u0301tude", "étude"]),
        ("ﬁnance", "fin", ["ﬁn"]),
        ("Ｆｕｌｌ width", "full", ["Ｆｕｌｌ"]),
        ("recable", "cable", []),
        ("Straße", "strasse", ["Straße"]),
    ],
)
def test_where_words_stand(text: str, typed: str, found: list[str]) -> None:
    assert marked(text, hits(text, terms_of(typed))) == found


@given(
    before=st.text("ab É会ｶﾞß.\n", max_size=8),
    word=st.sampled_from(["cablé", "会議", "ｹｰﾌﾞﾙ", "Straße", "５Ｇ"]),
    after=st.text(" .\n、", max_size=3),
)
def test_what_is_marked_folds_to_what_was_searched(before: str, word: str, after: str) -> None:
    text = f"{before} {word}{after}"
    found = marked(text, hits(text, terms_of(word)))
    wanted = "".join(token for term in search_terms(word) for token in term)
    assert wanted in [fold(piece) for piece in found]


# ---- what was worked on last


def test_what_was_worked_on_last_comes_first(world: Any) -> None:
    records.change(world.workspace, world.suppliers, {"detail": "Anew"})
    gone = records.add(world.workspace, Person, {"name": "Nobody"})
    records.change(world.workspace, world.lunch, {"place": "Residence"})
    records.delete(world.workspace, [gone])
    found = finding.recent(world.workspace, 3)
    assert names(found)[:2] == ["Lunch on cables", "Send the list of suppliers"]
    assert len(found) == 3


def test_a_worker_reads_the_same(world: Any) -> None:
    workspace: Workspace = world.workspace
    with apart(workspace) as seen:
        assert finding.find(seen, "cable") == finding.find(workspace, "cable")
        assert finding.recent(seen) == finding.recent(workspace)


def test_of_a_thousand_hits_the_best_forty_are_shown(world: Any) -> None:
    with world.workspace.operation("Many") as writing:
        for number in range(1200):
            writing.create(FollowUp, {"title": f"Cabo {number}", "detail": "Os números do relatório. " * 4})
    found = finding.find(world.workspace, "numeros")
    assert len(found) == 40

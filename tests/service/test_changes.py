"""What changed between two points of the journal, in words, on histories that one can read.

That nothing is missing and nothing more is told, `test_changes_exact` says of random ones.
"""

from __future__ import annotations

import re
from typing import Any

import pytest

from desktop.i18n import speaking
from desktop.model import (
    PARTS,
    Fact,
    FollowUp,
    FrozenReport,
    ImportMapping,
    Invalid,
    LabelPack,
    Layout,
    Organisation,
    SavedView,
    Sector,
    field,
)
from desktop.service import (
    changes,
    directory,
    follow_ups,
    history,
    progress,
    records,
    reporting,
    setup,
    undo,
    views,
)
from desktop.service.changes.wording import PARTS as TOLD


@pytest.fixture
def told(world: Any) -> Any:
    """Tells what has changed since the fixture was asked for; the clock stands two days later."""
    baseline = changes.of(reporting.freeze(world.workspace, {"title": "Autumn", "period_to": "2026-09-30"}))
    world.clock.forward(days=2)

    def tell(**asked: Any) -> changes.Delta:
        return changes.since(world.workspace.engine.rows, baseline, **asked)

    return tell


def lines(delta: changes.Delta, uid: str) -> list[tuple[str, str, str]]:
    """Field, was and is of the cells of a record."""
    return [(cell.field, cell.was, cell.is_) for cell in delta.cells if cell.uid == uid]


def test_nothing_is_told_of_what_came_to_nothing(world: Any, told: Any) -> None:
    ws = world.workspace
    records.change(ws, world.terms, {"title": "Else"})
    records.change(ws, world.terms, {"title": "Come back on terms"})
    records.change(ws, world.suppliers, {"due_on": "2026-12-24"}, reason="late")
    undo.undo(ws)
    records.delete(ws, [world.humboldt])
    undo.undo(ws)
    records.delete(ws, [records.add(ws, FollowUp, {"title": "Never mind"})])
    delta = told()
    assert delta.moved == []
    assert list(delta.cells) == []
    assert delta.paragraph == (
        "Since the report of 30 Sep 2026, no recommendation, initiative or follow-up has moved."
    )


def test_the_marks_and_their_words(world: Any, told: Any) -> None:
    ws = world.workspace
    suppliers, terms, cables = world.suppliers, world.terms, world.cables
    records.change(ws, suppliers, {"due_on": "2026-12-24"}, reason="The list is not ready", agreed_by="Tokyo")
    follow_ups.close(ws, terms, outcome="They agreed")
    progress.report(ws, cables, status="in_progress", done="A draft went out")
    new = follow_ups.add(ws, {"title": "Call DFC", "priority": "high"}, [cables])
    records.delete(ws, [world.humboldt])
    delta = told()
    words = {each.ref: delta.words(each.uid) for each in delta.moved}
    assert words == {
        "WC-2024-1A": "Progressed: Not started → In progress, 1 update",
        "IN-2026-001": "Deleted",
        suppliers.ref: "Slipped: 18 Nov 2026 → 24 Dec 2026",
        terms.ref: "Closed: Open → Done",
        new.ref: "New",
    }
    assert delta.counts == {"progressed": 1, "deleted": 1, "slipped": 1, "closed": 1, "new": 1}
    assert delta.words("of something else") == ""
    assert delta.paragraph == (
        f"Since the report of 30 Sep 2026: 1 new ({new.ref}), 1 progressed (WC-2024-1A), 1 slipped"
        f" ({suppliers.ref}), 1 closed ({terms.ref}) and 1 deleted (IN-2026-001)."
    )
    assert lines(delta, suppliers.uid) == [
        ("Due", "18 Nov 2026", "24 Dec 2026"),
        ("Extension", "", "Due: 18 Nov 2026 → 24 Dec 2026, The list is not ready, Agreed by: Tokyo"),
    ]
    assert lines(delta, cables.uid) == [
        ("Status (reported)", "Not started", "In progress"),
        ("Update", "", "23 Nov 2026, Not started → In progress\nA draft went out"),
        ("Link", "", f"Served by: {new.ref}"),
        ("Link", "Advanced by: IN-2026-001", ""),
    ]
    assert lines(delta, new.uid) == [("New", "", "Call DFC"), ("Link", "", "Serves: WC-2024-1A")]
    assert {cell.by for cell in delta.cells} == {"Sato Kenji"}
    assert {cell.at[:10] for cell in delta.cells} == {"2026-11-23"}


def test_the_weightiest_are_named_and_the_others_counted(world: Any, told: Any) -> None:
    for title, priority in (("a", "low"), ("b", "high"), ("c", "medium"), ("d", "high"), ("e", "low")):
        records.add(world.workspace, FollowUp, {"title": title, "priority": priority})
    assert "5 new (FU-2026-004, FU-2026-006, FU-2026-005 and 2 more)" in told().paragraph


def test_what_was_closed_and_is_open_again(world: Any, told: Any) -> None:
    ws = world.workspace
    follow_ups.close(ws, world.terms, outcome="They agreed")
    later = changes.of(reporting.freeze(ws, {"title": "Winter"}))
    records.change(ws, world.terms, {"status": "waiting"})
    since = changes.since(ws.engine.rows, later)
    assert since.words(world.terms.uid) == "Reopened: Done → Waiting on the other side"
    assert told().words(world.terms.uid).startswith("Progressed: Open → Waiting on the other side")
    until = told(until=later.operation)
    assert until.words(world.terms.uid) == "Closed: Open → Done"


def test_a_closed_record_that_progressed_before_is_both(world: Any, told: Any) -> None:
    progress.report(world.workspace, world.terms, status="in_progress")
    follow_ups.close(world.workspace, world.terms, outcome="They agreed")
    assert told().words(world.terms.uid) == "Closed: Open → Done; Progressed: 2 updates"


def test_merged_organisations(world: Any, told: Any) -> None:
    again = records.add(world.workspace, Organisation, {"name": "Ministry of the Economy", "acronym": "MoE"})
    before = changes.of(reporting.freeze(world.workspace, {"title": "Later"}))
    records.change(world.workspace, world.terms, {"owed_to": again.id})
    directory.merge(world.workspace, world.meti, [again])
    assert told().by_uid.keys() == {world.meti.uid}
    delta = changes.since(world.workspace.engine.rows, before)
    assert delta.words(again.uid) == "Deleted"
    assert world.terms.uid not in delta.by_uid
    assert delta.words(world.meti.uid) == "Changed: Also known as"


def test_sets_differ_by_their_elements(world: Any, told: Any) -> None:
    records.change(world.workspace, world.humboldt, {"partners": {world.dfc.id, world.meti.id}})
    records.change(world.workspace, world.cables, {"countries": {"PE", "CL"}})
    delta = told()
    assert lines(delta, world.humboldt.uid) == [("Partners", "DFC; MINREL", "DFC; METI")]
    assert lines(delta, world.cables.uid) == [("Countries", "Chile", "Chile; Peru")]


def test_only_the_records_that_are_asked_for(world: Any, told: Any) -> None:
    progress.report(world.workspace, world.cables, done="Talks")
    progress.report(world.workspace, world.terms, done="Talks")
    delta = told(refs={world.terms.uid})
    assert [each.uid for each in delta.moved] == [world.terms.uid]
    assert {cell.uid for cell in delta.cells} == {world.terms.uid}


def test_reports_layouts_views_and_settings_are_no_changes(world: Any, told: Any) -> None:
    ws = world.workspace
    views.save(ws, "Ours", FollowUp, views.Definition())
    reporting.freeze(ws, {"title": "Another"})
    setup.change_facts(ws, partners=["PE"])
    with ws.operation("x") as writing:
        writing.create(Layout, {"name": "Ours", "definition": "{}"})
        writing.create(LabelPack, {"name": "Ours", "definition": "{}"})
        writing.create(ImportMapping, {"name": "Ours", "definition": "{}"})
    assert told().moved == []
    left = {Fact, SavedView, FrozenReport, Layout, LabelPack, ImportMapping}
    assert {*PARTS} == TOLD.keys() | left


def test_others_are_told_only_what_is_for_them(world: Any, told: Any) -> None:
    ws = world.workspace
    sharing = {"visibility": "partner"}
    records.change(ws, world.terms, sharing)
    records.change(ws, world.cables, {**sharing, "text_visibility": "|source_note:partner|"})
    shared = changes.of(reporting.freeze(ws, {"title": "Shared", "audience": "partner"}))
    records.change(
        ws,
        world.cables,
        {"assessment": "stalled", "summary": "SECRET", "source_note": "for both", "owner": world.mori.id},
    )
    progress.report(ws, world.cables, status="in_progress", done="SECRET words")
    records.change(ws, world.suppliers, {"title": "SECRET suppliers"})
    records.change(ws, world.humboldt, sharing)
    delta = changes.since(ws.engine.rows, shared, audience="partner")
    assert lines(delta, world.cables.uid) == [
        ("Status (reported)", "Not started", "In progress"),
        ("Note on the source", "", "for both"),
    ]
    assert lines(delta, world.humboldt.uid)[0] == ("New", "", "Humboldt cable")
    assert delta.words(world.cables.uid) == "Progressed: Not started → In progress"
    everything = repr([*delta.moved, *delta.cells]) + delta.paragraph
    for word in ("SECRET", "Mori", "Sato", "talled", "suppliers"):
        assert word not in everything
    assert "SECRET" in repr([*changes.since(ws.engine.rows, shared).cells])
    nobody = changes.since(ws.engine.rows, shared, audience="public")
    assert nobody.moved == []


def test_a_connection_that_sees_less_reads_the_same(world: Any, told: Any) -> None:
    ws = world.workspace
    records.change(ws, world.terms, {"visibility": "public"})
    progress.report(ws, world.terms, status="waiting")
    expected = [*told(audience="partner").cells]
    with ws.engine.seen_by("partner"):
        delta = told(audience="partner")
        assert [*delta.cells] == expected != []


@pytest.mark.parametrize("language", ["es", "ja", "pt"])
def test_it_reads_in_every_language(world: Any, told: Any, language: str) -> None:
    progress.report(world.workspace, world.cables, status="in_progress")
    with speaking(language):
        delta = told()
        assert "{" not in delta.paragraph + delta.words(world.cables.uid)
        assert lines(delta, world.cables.uid)[0][1] != "Not started"


# ---- points of the journal


def test_a_day_counts_from_its_begin_to_its_end(world: Any) -> None:
    ws = world.workspace
    records.change(ws, world.terms, {"title": "Today"})
    world.clock.forward(days=1)
    records.change(ws, world.suppliers, {"title": "Tomorrow"})

    def moved(since: str, until: str = "") -> set[str]:
        found = changes.since(ws.engine.rows, changes.baseline(ws, since), until=changes.until(ws, until))
        return {each.ref for each in found.of("changed")}

    assert changes.baseline(ws, "2026-11-22").name == "22 Nov 2026"
    assert moved("2026-11-22") == {world.suppliers.ref}
    assert world.terms.ref not in moved("2026-11-21")  # it is new as well
    assert changes.since(ws.engine.rows, changes.baseline(ws, "2026-11-21")).of("new")
    assert moved("2026-11-22", "2026-11-22") == {world.suppliers.ref}
    assert changes.baseline(ws, "2026-11-20").operation == 0
    assert changes.baseline(ws, "") == changes.EVER
    assert changes.until(ws, "") is None


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Spring", "“Spring” is neither a frozen report nor a day. There are: “Autumn”."),
        ("2027-01-01", "1 Jan 2027 is still to come: nothing can have changed since."),
    ],
)
def test_what_is_no_point_is_told(world: Any, told: Any, text: str, sentence: str) -> None:
    with pytest.raises(Invalid, match=re.escape(sentence)):
        changes.baseline(world.workspace, text)
    with pytest.raises(Invalid):
        changes.until(world.workspace, text)


def test_a_report_whose_operation_is_not_in_the_journal(world: Any) -> None:
    with world.workspace.operation("x") as writing:
        values = {"title": "From elsewhere", "period_to": "2026-09-30", "operation": "gone"}
        report = writing.create(FrozenReport, values | {"frozen_at": "2026-09-30T00:00:00.000Z"})
    with pytest.raises(Invalid, match="The journal does not have"):
        changes.of(report)


@pytest.mark.parametrize(("language", "energy"), [("ja", "エネルギー"), ("es", "Energía")])
def test_sectors_of_the_catalogue_are_told_in_the_language(
    world: Any, told: Any, language: str, energy: str
) -> None:
    ws = world.workspace
    sector = records.add(ws, Sector, {"name": "Energy"})
    own = records.add(ws, Sector, {"name": "Fisheries"})
    records.change(ws, world.terms, {"sectors": {sector.id, own.id}})
    with speaking(language):
        delta = told()
        is_ = [now for _field, _was, now in lines(delta, world.uids["terms"])]
        assert is_ == [f"{energy}; Fisheries" if language == "es" else f"Fisheries; {energy}"]
        past = [event.after for event in history.of(world.terms)]
        assert is_[0] in past
        step = field(FollowUp, "sectors")
        assert step.text(frozenset({sector.id})) == energy

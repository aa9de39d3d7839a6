"""Cells of every kind, as people type them: what they mean, and what is told of those that mean nothing."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from desktop.export.intake.values import UNCOMPUTED, ErrorValue
from desktop.export.intake.wayback import Kind
from desktop.export.report import Request
from desktop.i18n import _, speaking
from desktop.model import (
    FollowUp,
    Initiative,
    Meeting,
    Organisation,
    Recommendation,
)
from desktop.service import links, progress, records
from desktop.service.workspace import Workspace

from .conftest import Office
from .test_comparing import only, page_of, typed


@pytest.fixture
def follow_up(workspace: Workspace) -> Any:
    return FollowUp.select().where(FollowUp.status == "open").order_by(FollowUp.ref).first()


@pytest.fixture
def cable(workspace: Workspace) -> Any:
    return Initiative.get(Initiative.name == "Humboldt Cable")


@pytest.mark.parametrize(
    ("key", "value", "means"),
    [
        ("value", 2_500_000, {"value": "2500000"}),
        ("value", "2,500,000.75", {"value": "2500000.75"}),
        ("value", Decimal("12.5"), {"value": "12.5"}),
        ("currency", "ｅｕｒ", {"currency": "EUR"}),
        ("start_on", "2021年4月1日", {"start_on": "2021-04-01"}),
        ("start_on", "25/12/2021", {"start_on": "2021-12-25"}),
        ("type", "Fondo", {"type": "fund"}),
        ("milestone", 2027, {"milestone": "2027"}),
        # Letter by letter, composed, without what no text has.
        ("milestone", "Cafe\u0301\x0b5\u00a0%\x07 １２\ud800", {"milestone": "Café 5\u00a0% １２\ufffd"}),
        ("sectors", None, {"sectors": []}),
    ],
)
def test_values_as_people_type_them(office: Office, cable: Any, key: str, value: Any, means: Any) -> None:
    assert only(typed(office, cable, key, value)).values == means


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("start_on", "04/03/2027", "can mean"),
        ("start_on", 46_477, "is a number and no date"),
        ("value", "about 3 million", "not a number"),
        ("value", True, "not a number"),
        ("currency", "dollars", "USD"),
        ("stage", "Nearly", "is not one of"),
        ("countries", "Chile; Atlantis", "Atlantis"),
        ("owner", "Nobody At All", "Nobody At All"),
        ("milestone", dt.datetime(2027, 1, 1), "apostrophe"),
        ("name", None, "must not be empty"),
        ("name", ErrorValue("#N/A"), "#N/A"),
        ("name", UNCOMPUTED, "without its result"),
        ("name", "x" * 600, "too many"),
        ("partners+partner_countries", "Nobody; US", "neither an organisation"),
    ],
)
def test_faults_are_told_with_their_place(
    office: Office, cable: Any, key: str, value: Any, words: str
) -> None:
    found = only(typed(office, cable, key, value))
    assert found.kind is Kind.ERROR
    assert words in found.told
    assert (found.sheet, bool(found.row), bool(found.letter)) == ("Initiatives", True, True)


def test_numbers_as_the_workbook_writes_them(office: Office, cable: Any) -> None:
    asked = Request(language="pt")
    assert only(typed(office, cable, "value", "2.500,5", request=asked)).values == {"value": "2500.5"}
    assert only(typed(office, cable, "value", "1,234", request=asked)).kind is Kind.ERROR


def test_words_of_a_pack_and_one_that_stands_for_several(office: Office, workspace: Workspace) -> None:
    asked = Recommendation.get(Recommendation.ref == "WC-2024-1B")  # implemented
    gao = Request(layout="gao")
    found = only(typed(office, asked, "status", "Closed – Not Implemented", request=gao))
    assert found.kind is Kind.ERROR
    assert "several values" in found.told
    assert only(typed(office, asked, "status", "Stalled", request=gao)).values == {"status": "stalled"}
    table = Request(layout="follow_up_table", language="ja")
    with speaking("ja"):
        word = _("Measure not yet taken")
    assert only(typed(office, asked, "status", word, request=table)).values == {
        "status": "substantially_done"
    }


def test_places_partners_and_provenance_are_taken_apart(
    office: Office, workspace: Workspace, cable: Any
) -> None:
    meeting = Meeting.get(Meeting.place == "Santiago")
    assert only(typed(office, meeting, "place+country", "Lima, ペルー")).values == {
        "place": "Lima",
        "country": "PE",
    }
    assert only(typed(office, meeting, "place+country", "Lima")).kind is Kind.ERROR
    partner = Organisation.select().where(Organisation.name != "").first()
    found = only(typed(office, cable, "partners+partner_countries", f"{partner.name}; Chile; US"))
    assert found.values == {"partners": [partner.uid], "partner_countries": ["CL", "US"]}
    asked = Recommendation.get(Recommendation.ref == "WC-2024-1B")
    found = only(typed(office, asked, "paragraph+endnotes+source_note", "Paragraph 9 · Endnotes 1; 2\nSeen"))
    assert found.values == {"paragraph": "9", "endnotes": "1; 2", "source_note": "Seen"}


def test_decisions_that_are_points_stay_in_their_minutes(office: Office, workspace: Workspace) -> None:
    meeting = Meeting.get(Meeting.place == "Santiago")
    found = only(typed(office, meeting, "decisions+decided", "Something else"))
    assert found.kind is Kind.ERROR
    assert "points of its minutes" in found.told
    plain = Meeting.get(Meeting.title == "Summit")
    assert only(typed(office, plain, "decisions+decided", "We go on")).values == {"decisions": "We go on"}


def test_links_by_their_references(office: Office, workspace: Workspace, cable: Any) -> None:
    asked = {row.ref: row for row in Recommendation.select()}
    found = only(typed(office, cable, "recommendations", "WC-2024-1B;\nwc-2024-1c"))
    assert found.values == {"link:advances:to": sorted([asked["WC-2024-1B"].uid, asked["WC-2024-1C"].uid])}
    assert "WC-2024-1A" in found.exported
    assert only(typed(office, cable, "recommendations", "WC-2024-9Z")).kind is Kind.ERROR
    assert only(typed(office, cable, "recommendations", cable.ref)).kind is Kind.ERROR


def test_links_that_we_made_meanwhile(office: Office, workspace: Workspace, cable: Any) -> None:
    asked = {row.ref: row for row in Recommendation.select()}
    paper = office.paper()
    links.link(workspace, cable, asked["WC-2024-1B"])
    assert office.back(paper) == []
    page_of(paper, cable)[1]["recommendations"] = "WC-2024-1A;\nWC-2024-1C"
    found = only(office.back(paper))
    assert (found.kind, found.exported, found.now) == (
        Kind.CONFLICT,
        "WC-2024-1A",
        "WC-2024-1A; WC-2024-1B",
    )
    page_of(paper, cable)[1]["recommendations"] = "WC-2024-1B; WC-2024-1A"
    assert office.back(paper) == []


def test_what_is_written_as_the_latest_update_is_reported(
    office: Office, workspace: Workspace, follow_up: Any
) -> None:
    paper = office.paper()
    page_of(paper, follow_up)[1]["latest_update"] = "We met them."
    assert only(office.back(paper)).values == {"update:done": "We met them."}
    progress.report(workspace, FollowUp.get_by_id(follow_up.id), done="Ours.")
    found = only(office.back(paper))
    assert (found.kind, found.exported, found.now) == (Kind.CONFLICT, "", "Ours.")
    assert only(typed(office, follow_up, "latest_update", None)).kind is Kind.IGNORED


def test_headings_have_no_status(office: Office, workspace: Workspace) -> None:
    heading = Recommendation.get(Recommendation.level == "heading")
    assert only(typed(office, heading, "status", "Implemented")).kind is Kind.IGNORED


@pytest.mark.parametrize("page", ["progress_log", "extensions"])
def test_the_log_is_never_edited_and_never_grows_by_a_row(office: Office, page: str) -> None:
    paper = office.paper()
    rows = paper.pages[page].rows
    key = {"progress_log": "done+next+blocks", "extensions": "reason"}[page]
    rows[0][key] = "Never said"
    rows.append({key: "A new line"})
    assert [each.kind for each in office.back(paper)] == [Kind.ERROR, Kind.IGNORED]
    if len(rows) > 2:
        del rows[1]
        assert [each.kind for each in office.back(paper)] == [Kind.ERROR, Kind.IGNORED, Kind.IGNORED]


def test_a_text_that_goes_on_elsewhere_is_not_cut(office: Office, workspace: Workspace) -> None:
    meeting = Meeting.get(Meeting.place == "Santiago")
    whole = "まことに長い文章です。" * 4_000
    records.change(workspace, meeting, {"purpose": whole})
    paper = office.paper()
    row = page_of(paper, meeting)[1]
    assert len(row["purpose"]) < len(whole)
    assert office.back(paper) == []
    row["purpose"] = row["purpose"].replace("長い", "短い", 1)
    found = only(office.back(paper))
    assert found.kind is Kind.ERROR
    assert "longer than a cell" in found.told

"""The brief for a meeting: what bears on it stands there in its order, on two pages, and nothing else does."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import Any

import docx
import pypdfium2
import pytest
from PySide6.QtWidgets import QApplication

from desktop.export.documents.brief import brief
from desktop.export.documents.content import Document, Facts, Heading, Table, texts
from desktop.export.documents.saving import save
from desktop.export.errors import ExportError
from desktop.export.request import Request
from desktop.model import FollowUp, Initiative, Meeting, Organisation, Person, Recommendation
from desktop.service import agenda, links, meetings, minutes, progress, records, versions
from desktop.service.meetings import Attendee
from desktop.service.setup import change_facts
from desktop.service.workspace import Workspace
from desktop.ui.pdf import print_pdf

ENGLISH = Request(language="en")


@pytest.fixture
def meeting(workspace: Workspace) -> Any:
    """A meeting to come with the host's agency, in Tokyo."""
    host = Organisation.find("CORFO")
    kenji, john = Person.find("Kenji Sato"), Person.find("John Whitfield")
    records.change(workspace, kenji, {"title": "Counsellor"})
    return meetings.log_meeting(
        workspace,
        {
            "title": "Talks on the cable",
            "kind": "working_level",
            "on": "2026-11-24",
            "starts": "10:00",
            "ends": "11:30",
            "zone": "Asia/Tokyo",
            "place": "Iikura House",
            "country": "JP",
            "counterparts": {host.id},
            "purpose": "Agree on the tender.",
        },
        [
            Attendee(person=kenji.id),
            Attendee(person=john.id, presence="excused"),
            Attendee(name="Ricardo Muñoz", organisation=host.id, side="host"),
        ],
    )


def owed(workspace: Workspace, title: str, **values: Any) -> Any:
    return records.add(workspace, FollowUp, {"title": title, **values})


def headings(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Heading)]


def under(document: Document, title: str) -> list[Any]:
    """The blocks below a heading, to the next one."""
    found, inside = [], False
    for block in document.blocks:
        if isinstance(block, Heading):
            inside = block.text == title
        elif inside:
            found.append(block)
    assert found, title
    return found


def said(part: Any) -> str:
    return " | ".join(texts(tuple(part) if isinstance(part, list) else part))


def pages(path: Path) -> list[str]:
    """The text of each page."""
    with pypdfium2.PdfDocument(path) as read:
        return [unicodedata.normalize("NFKC", page.get_textpage().get_text_bounded()) for page in read]


# ---- who and what


def test_it_says_when_in_the_zones_of_the_meeting_and_of_the_post(workspace: Workspace, meeting: Any) -> None:
    facts = next(block for block in brief(workspace, meeting, ENGLISH).blocks if isinstance(block, Facts))
    rows = {label: said(spans) for label, spans in facts.rows}
    assert "Tue 24 Nov 2026, 10:00–11:30 (Asia/Tokyo, UTC+9)" in rows["When"]
    assert "At the post: Mon 23 Nov 2026, 22:00–23:30 (America/Santiago, UTC−3)" in rows["When"]
    assert "Iikura House, Japan" in rows["Where"]
    assert "Corporación de Fomento (CORFO)" in rows["Counterparts"]
    assert list(rows) == ["When", "Where", "Kind", "Counterparts", "Purpose"]


def test_attendees_stand_by_side_with_title_organisation_and_their_own_script(
    workspace: Workspace, meeting: Any
) -> None:
    (table,) = under(brief(workspace, meeting, ENGLISH), "Attendees")
    assert table.headers == ("Our side", "Their side")
    present, excused = table.rows
    assert "".join(texts(present[0])) == "Kenji Sato 佐藤健二, Counsellor"
    assert "".join(texts(present[1])) == "Ricardo Muñoz, CORFO"
    assert "".join(texts(excused[1])) == "Excused:\nJohn Whitfield, DFC"
    assert excused[0] == ()


def test_the_agenda_stands_in_its_order_with_what_each_item_is_about(
    workspace: Workspace, meeting: Any
) -> None:
    first = agenda.add(workspace, meeting, "Tender")
    agenda.add(workspace, meeting, "", Recommendation.by_ref("WC-2024-1A"))
    agenda.move(workspace, first, 1)
    (items,) = under(brief(workspace, meeting, ENGLISH), "Agenda")
    assert [said(item[:1]).split(" | ")[0] for item in items.items] == ["Set up a working group", "Tender"]
    assert "WC-2024-1A" in said(items.items[0])


def test_topics_that_an_earlier_meeting_left_are_named(workspace: Workspace, meeting: Any) -> None:
    earlier = Meeting.get(Meeting.title == "Call on the Minister")
    agenda.add(workspace, earlier, "Landing rights")
    assert "Landing rights" in said(
        under(brief(workspace, meeting, ENGLISH), "Left over from earlier meetings")
    )


# ---- what is owed


def test_commitments_stand_by_direction_the_first_due_first(workspace: Workspace, meeting: Any) -> None:
    host = Organisation.find("CORFO")
    owed(workspace, "Their late list", owed_by=host.id, due_on="2026-11-01", raised_on="2026-10-01")
    owed(workspace, "Their next list", owed_by=host.id, due_on="2026-12-01")
    owed(workspace, "Our reply", owed_to=host.id, due_on="2026-11-30")
    document = brief(workspace, meeting, ENGLISH)
    (theirs,) = under(document, "They owe us")
    titles = [row[1][0].text for row in theirs.rows]
    assert titles.index("Their late list") < titles.index("Their next list")
    late = next(row for row in theirs.rows if row[1][0].text == "Their late list")
    assert "since 1 Oct 2026" in said(late[1])
    assert said(late[2]).startswith("1 Nov 2026")
    assert [(span.text, span.tone) for span in late[2] if span.tone] == [("20 days overdue", "red")]
    ours = under(document, "We owe them")[0]
    assert "Our reply" in [row[1][0].text for row in ours.rows]
    assert "Our reply" not in said(theirs)


def test_the_last_word_on_a_commitment_stands_beside_it(workspace: Workspace, meeting: Any) -> None:
    promise = owed(workspace, "Their list", owed_by=Organisation.find("CORFO").id)
    progress.report(workspace, promise, status="waiting", done="They asked for time.", next="Call again.")
    row = next(
        row
        for row in under(brief(workspace, meeting, ENGLISH), "They owe us")[0].rows
        if row[1][0].text == "Their list"
    )
    assert said(row[3]).startswith("21 Nov 2026: They asked for time.")
    assert "Next: Call again." in said(row[3])


def test_a_closed_one_is_gone_and_where_nothing_is_open_that_is_said(workspace: Workspace) -> None:
    other = records.add(
        workspace, Organisation, {"name": "Port Authority", "kind": "agency", "country": "CL"}
    )
    values = {"title": "First call", "on": "2026-12-01", "counterparts": {other.id}}
    meeting = meetings.log_meeting(workspace, values)
    promise = owed(workspace, "Once owed", owed_by=other.id)
    assert "Once owed" in said(brief(workspace, meeting, ENGLISH))
    progress.report(workspace, promise, status="cancelled", done="Not needed any more.")
    document = brief(workspace, meeting, ENGLISH)
    assert "Once owed" not in said(document)
    for title in ("They owe us", "We owe them"):
        assert said(under(document, title)).startswith("Nothing is open.")


def test_nothing_without_relation_to_the_meeting_stands_in_it(workspace: Workspace, meeting: Any) -> None:
    elsewhere = Organisation.find("METI")
    secret = "Sealed offer 秘密"
    owed(workspace, secret, owed_by=elsewhere.id, detail=secret)
    records.add(workspace, Initiative, {"name": secret})
    records.add(workspace, Recommendation, {"ref": "X-1", "title": secret, "level": "recommendation"})
    records.add(workspace, Person, {"name": secret, "organisation": Organisation.find("CORFO").id})
    meetings.log_meeting(workspace, {"title": secret, "on": "2026-11-20", "counterparts": {elsewhere.id}})
    mine = owed(workspace, "Their list", owed_by=Organisation.find("CORFO").id, detail=f"inside: {secret}")
    records.change(workspace, Person.find("Kenji Sato"), {"notes": secret})
    document = brief(workspace, meeting, ENGLISH)
    assert mine.ref in said(document)
    assert secret not in said(document)


# ---- how things stand


def test_recommendations_and_initiatives_that_bear_on_it_stand_with_status_and_rag(
    workspace: Workspace, meeting: Any
) -> None:
    cable = Initiative.get(Initiative.name == "Humboldt Cable")
    promise = owed(workspace, "Their list", owed_by=Organisation.find("CORFO").id)
    links.link(workspace, promise, cable)
    links.link(workspace, meeting, Recommendation.by_ref("WC-2024-1B"))
    agenda.add(workspace, meeting, "", Recommendation.by_ref("WC-2024-1C"))
    (table,) = under(brief(workspace, meeting, ENGLISH), "Recommendations and initiatives")
    refs = [said(row[0]).split(" | ")[0] for row in table.rows]
    assert {cable.ref, "WC-2024-1B", "WC-2024-1C"} <= set(refs)
    row = refs.index("WC-2024-1B")
    assert said(table.rows[row][2]).startswith("Implemented")
    assert table.tone(row, 3) == "green"
    assert "Done." in said(table.rows[row][4])
    assert "海底ケーブル" in said(table.rows[refs.index(cable.ref)])


def test_the_last_meeting_with_them_and_its_decisions_stand_there(workspace: Workspace, meeting: Any) -> None:
    host = Organisation.find("CORFO")
    values = {"title": "The one before", "on": "2026-10-02", "state": "held", "counterparts": {host.id}}
    last = meetings.log_meeting(workspace, values)
    minutes.add(workspace, last, "decision", "Both sides **name** a contact.")
    minutes.add(workspace, last, "note", "Idle talk.")
    versions.make_final(workspace, Meeting.get_by_id(last.id))
    found = said(under(brief(workspace, meeting, ENGLISH), "Last meeting with them"))
    assert "The one before" in found
    assert "Fri 2 Oct 2026, Final, version 1" in found
    assert "Both sides name a contact." in found
    assert "Idle talk." not in found


def test_the_parts_stand_in_their_order(workspace: Workspace, meeting: Any) -> None:
    host = Organisation.find("CORFO")
    owed(workspace, "Their list", owed_by=host.id)
    owed(workspace, "Our list", owed_to=host.id)
    agenda.add(workspace, meeting, "", Recommendation.by_ref("WC-2024-1C"))
    document = brief(workspace, meeting, Request(language="en", marking="Restricted", prepared_by="A. B."))
    assert document.title == "Meeting brief: Talks on the cable"
    assert document.subtitle == "Embassy of Japan in Chile · As of 21 Nov 2026 · Prepared by: A. B."
    assert document.marking == "Restricted"
    expected = [
        "Attendees",
        "Agenda",
        "They owe us",
        "We owe them",
        "Recommendations and initiatives",
        "Last meeting with them",
    ]
    assert [each for each in headings(document) if each in expected] == expected


def test_a_marking_that_is_too_long_is_refused(workspace: Workspace, meeting: Any) -> None:
    with pytest.raises(ExportError, match="200"):
        brief(workspace, meeting, Request(marking="x" * 201))


# ---- as files


def crowd(workspace: Workspace, meeting: Any, text: str) -> None:
    """So much that a brief cannot hold it."""
    host = Organisation.find("CORFO")
    for number in range(25):
        meetings.attend(workspace, meeting, Attendee(name=f"{number} {text[:30]}", organisation=host.id))
        agenda.add(workspace, meeting, f"{number} {text}")
        ends = {"owed_by": host.id} if number % 2 else {"owed_to": host.id}
        promise = owed(workspace, f"{number} {text}", due_on="2026-11-01", **ends)
        progress.report(workspace, promise, done=text, next=text)
        record = records.add(
            workspace,
            Recommendation,
            {"ref": f"Y-{number}", "title": f"{number} {text}", "level": "recommendation"},
        )
        links.link(workspace, meeting, record)
        progress.report(workspace, record, status="stalled", done=text)
    records.change(workspace, Meeting.get_by_id(meeting.id), {"purpose": text * 40})
    earlier = Meeting.get(Meeting.title == "Call on the Minister")
    for number in range(20):
        minutes.add(workspace, earlier, "decision", f"{number} {text}")
        agenda.add(workspace, earlier, f"left {number} {text}")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            "The ministry has circulated the draft to its directorates and promised one set of comments. ",
        ),
        (
            "ja",
            "先方は草案を各局に回付し、来月初めまでに統一見解を示すと約束した。論点は個人情報保護の文言である。",
        ),
    ],
)
def test_whatever_there_is_it_keeps_to_two_pages_and_says_how_much_more(
    workspace: Workspace, meeting: Any, tmp_path: Path, qapp: QApplication, language: str, text: str
) -> None:
    crowd(workspace, meeting, text)
    document = brief(
        workspace, Meeting.get_by_id(meeting.id), Request(language=language, marking="限 Limited")
    )
    path = tmp_path / "brief.pdf"
    save(document, path, printer=print_pdf)
    save(document, path.with_suffix(".docx"))
    found = pages(path)
    assert len(found) == 2
    assert all("Limited" in page for page in found)
    tables = [block for block in document.blocks if isinstance(block, Table)]
    assert len(tables) == 5  # attendees, three of commitments, recommendations
    assert all(table.rows for table in tables)
    if language == "en":
        assert said(document).count(" more") >= 5


def test_japanese_names_are_read_from_both_forms(
    workspace: Workspace, meeting: Any, tmp_path: Path, qapp: QApplication
) -> None:
    document = brief(workspace, meeting, Request(language="ja", marking="取扱注意"))
    word, pdf = tmp_path / "brief.docx", tmp_path / "brief.pdf"
    save(document, word)
    save(document, pdf, printer=print_pdf)
    read = docx.Document(str(word))
    cells = [cell.text for table in read.tables for row in table.rows for cell in row.cells]
    assert any("Kenji Sato 佐藤健二" in text for text in cells)
    assert "取扱注意" in read.sections[0].header.paragraphs[0].text
    assert any("2026年11月24日(火)" in text for text in cells)
    (page, *_more) = pages(pdf)
    assert "Kenji Sato 佐藤健二" in page
    assert "取扱注意" in page


def test_more_promises_take_no_more_statements(meeting: Any, workspace: Workspace) -> None:
    cable = Recommendation.select().first()
    host, ricardo = Organisation.find("CORFO").id, None
    ricardo = records.add(workspace, Person, {"name": "Ricardo Muñoz", "organisation": host}).id

    def statements() -> int:
        asked: list[str] = []
        connection = workspace.engine.db.connection()
        connection.set_trace_callback(asked.append)
        document = brief(workspace, meeting, ENGLISH)
        connection.set_trace_callback(None)
        assert any(cable.ref in text for text in texts(document))
        return len(asked)

    def promise(count: int) -> None:
        for number in range(count):
            made = owed(
                workspace, f"Write {number}", owed_by_person=ricardo, due_on=f"2026-12-{number % 9 + 10}"
            )
            links.link(workspace, made, cable)

    promise(15)  # as many as are shown
    few = statements()
    promise(15)
    assert statements() <= few


def test_what_the_capital_owes_us_is_none_of_ours_to_them(workspace: Workspace, meeting: Any) -> None:
    host, capital = Organisation.find("CORFO"), Organisation.find("METI")
    earlier = meetings.log_meeting(
        workspace, {"title": "First round", "on": "2026-11-02", "counterparts": {host.id}}
    )
    owed(workspace, "Instructions", owed_by=capital.id, meeting=earlier.id)
    owed(workspace, "Our reply", owed_to=host.id, meeting=earlier.id)
    document = brief(workspace, meeting, ENGLISH)
    assert "Instructions" not in said(under(document, "We owe them"))
    assert "Our reply" in said(under(document, "We owe them"))
    others = said(under(document, "Others, from meetings with them"))
    assert "Instructions" in others
    assert "METI" in others


def test_what_is_off_the_agenda_or_put_off_does_not_stand_on_it(workspace: Workspace, meeting: Any) -> None:
    for topic, state in (("Tender", "open"), ("Visas", "dropped"), ("Fees", "moved")):
        item = agenda.add(workspace, meeting, topic)
        records.change(workspace, item, {"state": state})
    assert "Tender" in said(under(brief(workspace, meeting, ENGLISH), "Agenda"))
    assert not {"Visas", "Fees"} & set(said(brief(workspace, meeting, ENGLISH)).split(" | "))


def test_internal_is_said_in_the_language_of_the_reader(workspace: Workspace, meeting: Any) -> None:
    if workspace.facts.marking:
        change_facts(workspace, {"marking": ""})
    marking = brief(workspace, meeting, Request(language="ja", marking="Internal")).marking
    assert marking == brief(workspace, meeting, Request(language="ja")).marking != "Internal"
    assert brief(workspace, meeting, Request(language="ja", marking="For SUBTEL")).marking == "For SUBTEL"

"""Minutes as a document: in their order, marked as draft or as which version, and for ever the same once final."""

from __future__ import annotations

import unicodedata
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pypdfium2
import pytest
from PySide6.QtWidgets import QApplication

from desktop.export.documents import attached, word
from desktop.export.documents.content import (
    Bullets,
    Document,
    Facts,
    Heading,
    Numbered,
    Paragraph,
    Table,
    texts,
)
from desktop.export.documents.minutes import minutes
from desktop.export.documents.saving import save
from desktop.export.errors import ExportError
from desktop.export.request import Request
from desktop.model import FollowUp, Meeting, Organisation, Person
from desktop.service import agenda, meetings, records, versions
from desktop.service import minutes as points
from desktop.service.meetings import Attendee
from desktop.service.workspace import Workspace
from desktop.ui.pdf import print_pdf

ENGLISH = Request(language="en")


@pytest.fixture
def meeting(workspace: Workspace) -> Any:
    """A meeting that was held, with notes, decisions and follow-ups in both directions."""
    host, kenji = Organisation.find("CORFO"), Person.find("Kenji Sato")
    made = meetings.log_meeting(
        workspace,
        {
            "title": "Talks on the cable",
            "on": "2026-11-19",
            "starts": "10:00",
            "state": "held",
            "place": "Embassy",
            "counterparts": {host.id},
        },
        [
            Attendee(person=kenji.id),
            Attendee(name="Ricardo Muñoz", organisation=host.id),
            Attendee(name="山田太郎", organisation=host.id, presence="excused"),
        ],
    )
    first, second = (agenda.add(workspace, made, topic) for topic in ("Financing", "Calendar"))
    points.add(workspace, made, "note", "Two **obstacles**:\n\n- the budget\n- the regulator", first)
    points.add(workspace, made, "decision", "One contact is named.", first)
    theirs = {"owed_by": host.id, "due_on": "2026-12-04", "owner": kenji.id}
    points.add(workspace, made, "follow_up", "Send the terms", first, theirs)
    points.add(workspace, made, "follow_up", "要旨を送付する", first, {"owed_to": host.id})
    agenda.set_state(workspace, first, "discussed")
    agenda.set_state(workspace, second, "moved")
    points.add(workspace, made, "decision", "The next round is in May.")
    texts_of_old = {"minutes": "Thanks were said.", "decisions": "1. The talks go on."}
    records.change(workspace, Meeting.get_by_id(made.id), texts_of_old)
    return Meeting.get_by_id(made.id)


def fresh(meeting: Any) -> Any:
    return Meeting.get_by_id(meeting.id)


def said(part: Any) -> str:
    return "".join(texts(tuple(part) if isinstance(part, list) else part))


def of_kind(document: Document, kind: type[Any]) -> list[Any]:
    return [block for block in document.blocks if isinstance(block, kind)]


# ---- what stands in them


def test_items_stand_with_their_notes_and_numbered_decisions_in_order(
    workspace: Workspace, meeting: Any
) -> None:
    document = minutes(workspace, meeting, ENGLISH)
    read = [
        said(block) if isinstance(block, Paragraph) else block.text
        for block in document.blocks
        if isinstance(block, Paragraph | Heading)
    ]
    refs = [
        each.ref for each in FollowUp.select().where(FollowUp.meeting == meeting.id).order_by(FollowUp.id)
    ]
    assert read == [
        "Attendees",
        "Agenda and discussion",
        "1. Financing",
        "Two obstacles:",
        "Decision D1  One contact is named.",
        f"Follow-up: {refs[0]}  Send the terms",
        f"Follow-up: {refs[1]}  要旨を送付する",
        "2. Calendar",
        "Moved on to a later meeting.",
        "Further points",
        "Decision D2  The next round is in May.",
        "Thanks were said.",
        "Decisions",
        "Decision D3  The talks go on.",
        "Follow-ups",
    ]
    (listed,) = of_kind(document, Bullets)
    assert "the budget" in said(listed)


def test_who_was_present_and_who_is_excused_stand_apart_by_side(workspace: Workspace, meeting: Any) -> None:
    table = of_kind(minutes(workspace, meeting, ENGLISH), Table)[0]
    assert table.headers == ("Embassy of Japan in Chile", "CORFO")
    present, excused = table.rows
    assert said(present[0]) == "Kenji Sato 佐藤健二"
    assert said(present[1]) == "Ricardo Muñoz"
    assert said(excused) == "Excused:\n山田太郎"


def test_follow_ups_stand_in_a_table_with_both_ends_owner_and_day(workspace: Workspace, meeting: Any) -> None:
    table = of_kind(minutes(workspace, meeting, ENGLISH), Table)[-1]
    assert table.headers == ("Ref", "Follow-up", "Owed by", "Owed to", "Due")
    theirs, ours = ([said(cell) for cell in row] for row in table.rows)
    assert theirs[1:] == [
        "Send the terms\nOwner: Kenji Sato",
        "CORFO",
        "Embassy of Japan in Chile",
        "4 Dec 2026",
    ]
    assert ours[2:] == ["Embassy of Japan in Chile", "CORFO", ""]


def test_a_draft_says_so_under_its_title_and_on_each_page(workspace: Workspace, meeting: Any) -> None:
    document = minutes(workspace, meeting, Request(language="en", marking="Restricted"))
    assert document.title == "Minutes: Talks on the cable"
    assert document.subtitle == document.as_of == "Draft, as of 21 Nov 2026"
    assert document.marking == "Restricted"
    when = said(of_kind(document, Facts)[0])
    assert "Thu 19 Nov 2026, 10:00 (America/Santiago, UTC−3)" in when


def test_nothing_internal_stands_in_them(workspace: Workspace, meeting: Any) -> None:
    secret = "Sealed offer 秘密"
    host = Organisation.find("CORFO")
    records.add(workspace, FollowUp, {"title": secret, "owed_by": host.id})
    for follow_up in list(FollowUp.select().where(FollowUp.meeting == meeting.id)):
        records.change(workspace, follow_up, {"rag_set": "red", "rag_reason": secret})
    records.change(workspace, Person.find("Kenji Sato"), {"notes": secret})
    records.change(workspace, host, {"notes": secret})
    other = meetings.log_meeting(workspace, {"title": secret, "on": "2026-11-20", "counterparts": {host.id}})
    agenda.add(workspace, other, secret)
    assert secret not in said(minutes(workspace, meeting, ENGLISH))


def test_a_meeting_without_agenda_has_its_text(workspace: Workspace) -> None:
    plain = meetings.log_meeting(workspace, {"title": "Call", "on": "2026-07-12", "state": "held"})
    values = {"agenda": "- The list\n- The visit", "minutes": "# Aim\n\nAll agree.", "decisions": "One\nTwo"}
    records.change(workspace, plain, values)
    document = minutes(workspace, fresh(plain), ENGLISH)
    assert [block.text for block in of_kind(document, Heading)] == [
        "Agenda",
        "Discussion",
        "Aim",
        "Decisions",
    ]
    assert said(of_kind(document, Numbered)) == "The listThe visit"
    assert said(document.blocks[-1]) == "Decision D2  Two"


# ---- versions


def bytes_of(document: Document) -> bytes:
    file = BytesIO()
    word.write(document, file)
    return file.getvalue()


def test_final_minutes_never_change_whatever_is_changed_afterwards(
    workspace: Workspace, meeting: Any
) -> None:
    versions.make_final(workspace, meeting)
    before = minutes(workspace, fresh(meeting), ENGLISH)
    assert before.subtitle == "Final, version 1, 21 Nov 2026, Kenji Sato"
    host = Organisation.find("CORFO")
    records.change(workspace, host, {"acronym": "CRF"})
    for follow_up in list(FollowUp.select().where(FollowUp.meeting == meeting.id)):
        records.change(workspace, follow_up, {"due_on": "2027-05-05"}, reason="asked")
    versions.reopen(workspace, fresh(meeting), "A name")
    points.add(workspace, fresh(meeting), "note", "Something else.")
    assert bytes_of(minutes(workspace, fresh(meeting), ENGLISH, 1)) == bytes_of(before)
    assert "Something else." in said(minutes(workspace, fresh(meeting), ENGLISH))


def test_each_version_is_written_and_the_last_one_unless_another_is_asked_for(
    workspace: Workspace, meeting: Any
) -> None:
    versions.make_final(workspace, meeting)
    versions.reopen(workspace, fresh(meeting), "A name")
    assert minutes(workspace, fresh(meeting), ENGLISH).subtitle.startswith("Draft")
    points.add(workspace, fresh(meeting), "note", "Put right.")
    versions.make_final(workspace, fresh(meeting))
    assert minutes(workspace, fresh(meeting), ENGLISH).subtitle.startswith("Final, version 2")
    assert "Put right." in said(minutes(workspace, fresh(meeting), ENGLISH))
    assert "Put right." not in said(minutes(workspace, fresh(meeting), ENGLISH, 1))
    with pytest.raises(ExportError, match=r"no version 7; they have: 1 and 2\."):
        minutes(workspace, fresh(meeting), ENGLISH, 7)


def test_there_are_no_minutes_of_a_meeting_to_come(workspace: Workspace) -> None:
    planned = meetings.log_meeting(workspace, {"title": "To come", "on": "2026-12-01"})
    with pytest.raises(ExportError, match="has not been held yet"):
        minutes(workspace, planned, ENGLISH)
    with pytest.raises(ExportError, match="never made final"):
        minutes(workspace, planned, ENGLISH, 1)


def test_the_name_of_the_file_tells_the_version(workspace: Workspace, meeting: Any) -> None:
    assert attached.minutes_name(meeting).endswith(f"{meeting.ref}_2026-11-19_draft.docx")
    versions.make_final(workspace, meeting)
    assert attached.minutes_name(fresh(meeting), ".pdf").endswith("_2026-11-19_v1.pdf")


# ---- as files


@pytest.mark.parametrize("language", ["en", "ja", "es", "pt"])
def test_both_forms_are_read_back(
    workspace: Workspace, meeting: Any, tmp_path: Path, qapp: QApplication, language: str
) -> None:
    document = minutes(workspace, meeting, Request(language=language, marking="取扱注意"))
    save(document, tmp_path / "m.docx")
    save(document, tmp_path / "m.pdf", printer=print_pdf)
    paragraphs = [each.text for each in docx.Document(str(tmp_path / "m.docx")).paragraphs]
    assert any("One contact is named." in text for text in paragraphs)
    with pypdfium2.PdfDocument(tmp_path / "m.pdf") as read:
        page = unicodedata.normalize("NFKC", read[0].get_textpage().get_text_bounded())
    assert "佐藤健二" in page
    assert "要旨を送付する" in page
    assert "取扱注意" in page


def test_the_heads_of_a_table_stay_with_its_rows_and_no_page_is_empty(
    workspace: Workspace, meeting: Any, tmp_path: Path
) -> None:
    save(minutes(workspace, meeting, ENGLISH), tmp_path / "m.docx")
    read = docx.Document(str(tmp_path / "m.docx"))
    heads = [cell.paragraphs[0] for table in read.tables[1:] for cell in table.rows[0].cells]
    assert all(head.paragraph_format.keep_with_next for head in heads)
    assert read.paragraphs[-1].text == ""
    assert read.paragraphs[-1].paragraph_format.line_spacing.pt == 1


def test_the_content_for_a_mail_is_the_document_itself(workspace: Workspace, meeting: Any) -> None:
    document = minutes(workspace, meeting, ENGLISH)
    assert attached.content(document) == bytes_of(document)
    with pytest.raises(ExportError, match="No PDF can be made here"):
        attached.content(document, ".pdf")

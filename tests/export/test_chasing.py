"""The polite reminder: what is open between a counterpart and us, and nothing else."""

from __future__ import annotations

import email
from email.policy import default
from typing import Any

import pytest

from desktop.export import chasing
from desktop.i18n import LANGUAGES
from desktop.model import FollowUp, Invalid, Organisation, Person
from desktop.service import progress, records
from desktop.service.workspace import Workspace

SECRET = "They will never agree; RED; do not show"


class Between:
    """A ministry of the host, two of its people, and what is open with it."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.ministry = self.add(Organisation, name="Ministerio de Minería", kind="ministry", country="CL")
        self.ana = self.add(Person, name="Ana Rojas", organisation=self.ministry.id, email="ana@example.cl")
        self.zoe = self.add(Person, name="Zoe Paz", organisation=self.ministry.id, email="zoe@example.cl")
        self.mute = self.add(Person, name="Luis Vera", organisation=self.ministry.id)

    def add(self, entity: Any, **values: Any) -> Any:
        """A new record."""
        return records.add(self.workspace, entity, values)

    def promise(self, title: str, **values: Any) -> Any:
        """A new follow-up."""
        return self.add(FollowUp, title=title, detail=SECRET, **values)

    def titles(self) -> tuple[list[str], list[str]]:
        """What is open, in both directions."""
        theirs, ours = chasing.commitments(self.workspace, self.ministry.id)
        return [each.title for each in theirs], [each.title for each in ours]


@pytest.fixture
def between(workspace: Workspace) -> Between:
    return Between(workspace)


def test_commitments_both_ways(between: Between) -> None:
    ministry, ana = between.ministry.id, between.ana.id
    host, meti = Organisation.find("CORFO").id, Organisation.find("METI").id
    john, sato = Person.find("John Whitfield").id, Person.find("Kenji Sato").id
    between.promise("theirs, undated", owed_by=ministry)
    between.promise("theirs, by a person", owed_by_person=ana, due_on="2026-12-05")
    between.promise("theirs, to our capital", owed_by=ministry, owed_to=meti, due_on="2026-12-03")
    between.promise("theirs, to our officer", owed_by=ministry, owed_to_person=sato, due_on="2026-12-04")
    between.promise("theirs, to somebody else", owed_by=ministry, owed_to=host)
    between.promise("theirs, to somebody of others", owed_by=ministry, owed_to_person=john)
    between.promise("theirs, done", owed_by=ministry, status="done", outcome="Sent.")
    between.promise("theirs, dropped", owed_by=ministry, status="cancelled", outcome="Moot.")
    between.promise("theirs, waiting", owed_by=ministry, status="waiting", due_on="2026-12-01")
    between.promise("ours", owed_to=ministry, due_on="2026-12-02")
    between.promise("ours, to a person", owed_to_person=ana, owed_by_person=sato)
    between.promise("ours, done", owed_to=ministry, status="done", outcome="Sent.")
    between.promise("of others to them", owed_by=host, owed_to=ministry)
    between.promise("of others", owed_by=host)
    assert between.titles() == (
        [
            "theirs, waiting",
            "theirs, to our capital",
            "theirs, to our officer",
            "theirs, by a person",
            "theirs, undated",
        ],
        ["ours", "ours, to a person"],
    )


def test_the_letter_in_english(between: Between) -> None:
    late = between.promise(
        "Send the list", owed_by=between.ministry.id, raised_on="2026-08-03", due_on="2026-11-20"
    )
    later = between.promise(
        "Name a date", owed_by=between.ministry.id, raised_on="2026-07-12", due_on="2026-12-01"
    )
    open_one = between.promise("Share the map", owed_by=between.ministry.id, raised_on="2026-10-01")
    ours = between.promise(
        "Send the draft", owed_to=between.ministry.id, raised_on="2026-08-03", due_on="2026-11-01"
    )
    letter = chasing.open_with_words(between.workspace, between.ministry, "en")
    assert letter.subject == "Our open points: a friendly reminder"
    assert letter.text == (
        "Dear colleagues,\n\n"
        "Thank you for the good cooperation between us. May we kindly recall the following points, on which we should"
        " be most grateful to hear from you at your convenience?\n\n"
        f"1. Send the list ({late.ref})\n"
        "   Raised on 3 August 2026, foreseen for 20 November 2026.\n"
        "   1 day has passed since.\n"
        f"2. Name a date ({later.ref})\n"
        "   Raised on 12 July 2026, foreseen for 1 December 2026.\n"
        f"3. Share the map ({open_one.ref})\n"
        "   Raised on 1 October 2026.\n\n"
        "Should one of these dates call for a change, or should we be able to help, please let us know.\n\n"
        "For our part, we have the following points in hand for you:\n\n"
        f"1. Send the draft ({ours.ref})\n"
        "   Raised on 3 August 2026, foreseen for 1 November 2026.\n\n"
        "With kind regards,\nKenji Sato\nEmbassy of Japan in Chile\n"
    )
    assert letter.follow_ups == (late, later, open_one, ours)


def test_a_due_date_without_a_beginning(between: Between) -> None:
    between.promise("Reply", owed_by=between.ministry.id, raised_on=None, due_on="2026-09-01")
    between.promise("Think", owed_by=between.ministry.id, raised_on=None)
    text = chasing.open_with_words(between.workspace, between.ministry, "en").text
    assert ")\n   Foreseen for 1 September 2026.\n   81 days have passed since.\n2. Think (" in text
    assert text.split("2. Think (")[1].splitlines()[:2] == [f"{FollowUp.find('Think').ref})", ""]


def test_what_is_due_today_is_not_late(between: Between) -> None:
    between.promise("Reply", owed_by=between.ministry.id, due_on="2026-11-21")
    assert "passed" not in chasing.open_with_words(between.workspace, between.ministry, "en").text


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_internal_gets_out(between: Between, language: str) -> None:
    made = between.promise(
        "Send the list",
        owed_by=between.ministry.id,
        due_on="2026-12-20",
        rag_set="red",
        rag_reason=SECRET,
        priority="high",
    )
    progress.report(between.workspace, made, status="waiting", done=SECRET, next=SECRET, blocks=SECRET)
    records.change(between.workspace, FollowUp.get_by_id(made.id), {"due_on": "2027-01-15"}, reason=SECRET)
    letter = chasing.open_with_words(between.workspace, between.ministry, language)
    assert "Send the list" in letter.text
    for word in ("never", "RED", "waiting", "Waiting", "high", "High", "Red", "Internal", "2026-12-20"):
        assert word not in letter.text + letter.subject


def test_only_what_we_owe(between: Between) -> None:
    between.promise("Send the draft", owed_to=between.ministry.id)
    letter = chasing.open_with_words(between.workspace, between.ministry, "en")
    assert letter.subject == "Our open points"
    assert "recall" not in letter.text
    assert "assure you that we have the following points in hand for you:\n\n1. Send the draft" in letter.text


def test_nothing_open_is_said(between: Between) -> None:
    with pytest.raises(Invalid, match="Nothing is open with Ministerio de Minería"):
        chasing.open_with_words(between.workspace, between.ministry)


@pytest.mark.parametrize(
    ("country", "language", "date"),
    [
        ("CL", "es", "1 de diciembre de 2026"),
        ("BR", "pt", "1 de dezembro de 2026"),
        ("JP", "ja", "2026年12月1日"),
        ("US", "en", "1 December 2026"),
        ("", "en", "1 December 2026"),
    ],
)
def test_the_language_of_the_counterpart(between: Between, country: str, language: str, date: str) -> None:
    other = between.add(Organisation, name="Other", kind="forum", country=country)
    between.promise("Reply", owed_by=other.id, due_on="2026-12-01")
    letter = chasing.open_with_words(between.workspace, other)
    assert (letter.language, date in letter.text) == (language, True)
    asked = chasing.open_with_words(between.workspace, other, "en")
    assert "1 December 2026" in asked.text


def test_whom_it_goes_to(between: Between) -> None:
    wrong = between.add(
        Person, name="Juan Soto", organisation=between.ministry.id, email="juan,soto@example.cl"
    )
    between.promise("Reply", owed_by_person=between.zoe.id)
    between.promise("Write", owed_by=between.ministry.id, owed_by_person=between.mute.id)
    letter = chasing.open_with_words(between.workspace, between.ministry, "es")
    assert letter.to == ("zoe@example.cl",), "who is not concerned does not read of it"
    assert letter.told == ("No e-mail address is known of Luis Vera; the draft does not go to them.",)
    between.promise("Answer", owed_by_person=wrong.id)
    letter = chasing.open_with_words(between.workspace, between.ministry, "es")
    assert letter.to == ("zoe@example.cl",)
    assert letter.told[1:] == (
        f"No mail can go to these addresses, which the draft leaves out: {wrong.email}.",
    )


def test_it_goes_to_all_where_nobody_named_has_an_address(between: Between) -> None:
    between.promise("Write", owed_by=between.ministry.id, owed_by_person=between.mute.id)
    letter = chasing.open_with_words(between.workspace, between.ministry, "es")
    assert letter.to == ("ana@example.cl", "zoe@example.cl")
    assert letter.told == (
        "Nobody named in these follow-ups has an e-mail address; the draft goes to all people of Ministerio de"
        " Minería.",
        "No e-mail address is known of Luis Vera; the draft does not go to them.",
    )


def test_more_follow_ups_take_no_more_statements(between: Between) -> None:
    sato, meti = Person.find("Kenji Sato").id, Organisation.find("METI").id

    def statements() -> int:
        asked: list[str] = []
        connection = between.workspace.engine.db.connection()
        connection.set_trace_callback(asked.append)
        chasing.open_with_words(between.workspace, between.ministry)
        connection.set_trace_callback(None)
        return len(asked)

    between.promise("Reply", owed_by=between.ministry.id)
    few = statements()
    for number in range(20):
        between.promise(f"To one of us {number}", owed_by=between.ministry.id, owed_to_person=sato)
        between.promise(f"To us {number}", owed_by=between.ministry.id, owed_to=meti)
    assert 0 < statements() == few


def test_the_draft(between: Between) -> None:
    title = "要旨を送付する\r\nBcc: spy@example.org 🇯🇵"
    between.promise(title, owed_by=between.ministry.id)
    content = chasing.reminder_mail(between.workspace, between.ministry, "ja")
    message: Any = email.message_from_bytes(content, policy=default)
    letter = chasing.open_with_words(between.workspace, between.ministry, "ja")
    assert (message["To"], message["Subject"]) == ("ana@example.cl, zoe@example.cl", letter.subject)
    assert (message["X-Unsent"], message["Content-Language"], message["Bcc"]) == ("1", "ja", None)
    assert message.get_content().replace("\r\n", "\n") == letter.text
    assert "佐藤健二" in letter.text
    assert "要旨を送付する Bcc: spy@example.org 🇯🇵" in letter.text

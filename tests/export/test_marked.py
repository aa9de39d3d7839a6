"""No file goes out without its marking: each kind is made, unpacked and searched for it."""

from __future__ import annotations

import csv
import email
import shutil
from collections.abc import Sequence
from email.policy import default
from pathlib import Path

import pytest
from icalendar import Calendar
from PySide6.QtWidgets import QApplication

from desktop.export import calendar, chasing, mail
from desktop.export.documents import listing
from desktop.export.intake.book import Book
from desktop.export.intake.reading import read
from desktop.export.intake.tracker import asof
from desktop.export.intake.tracker.tables import find_table
from desktop.export.table import write_csv
from desktop.i18n import LANGUAGES, speaking
from desktop.model import FollowUp, Meeting, Organisation, fields
from desktop.model.visibility import INTERNAL, PARTNER
from desktop.service import handling, sharing
from desktop.service.query import Query
from desktop.service.setup import change_facts
from desktop.service.workspace import Workspace

from .intake.tracker.conftest import book_of, plan_of, understand
from .test_leaks import FILES
from .test_libreoffice import SOFFICE, converted
from .unpacked import found

AS_CSV = "--infilter=Text - txt - csv (StarCalc):44,34,76"
"""As the dialog of LibreOffice has it for such a file: commas, quotes, UTF-8."""
CANARY = "Canary 4711 for the desk"
NAMES = ("ref", "title", "due_on", "status")


def unmarked(workspace: Workspace, kind: str, folder: Path) -> list[str]:
    """The files of a kind in which the marking does not stand, beside their names."""
    files = [*FILES[kind](workspace, INTERNAL, folder)]
    assert files
    return [name for name, content in files if not found(content, "", [CANARY])]


@pytest.mark.parametrize("kind", FILES)
def test_every_file_that_goes_out_is_marked(
    workspace: Workspace, tmp_path: Path, qapp: QApplication, kind: str
) -> None:
    change_facts(workspace, marking=CANARY)
    assert unmarked(workspace, kind, tmp_path) == []


def test_control_without_the_line_files_without_pages_go_out_unmarked(
    workspace: Workspace, tmp_path: Path, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As it was: tables of plain text, calendars and drafts bore nothing."""
    change_facts(workspace, marking=CANARY)
    monkeypatch.setattr(handling, "line", lambda marking: "")
    bare = {
        name.rpartition(".")[2]
        for kind in ("lists", "correspondence")
        for name in unmarked(workspace, kind, tmp_path)
    }
    assert bare == {"csv", "ics", "eml"}


def test_control_as_asked_alone_lists_as_documents_go_out_unmarked(
    workspace: Workspace, tmp_path: Path, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As it was where the window's usual marking was left as it stood: nothing was asked for."""
    change_facts(workspace, marking=CANARY)
    monkeypatch.setattr(listing, "marking_of", lambda _workspace, asked, _audience: asked)
    assert "list.docx" in unmarked(workspace, "about_records", tmp_path)


# ---- where it stands


def test_each_event_and_each_letter_begins_with_it(workspace: Workspace) -> None:
    change_facts(workspace, marking="取扱注意")
    for spoken, said in (("en", "Handling: 取扱注意"), ("ja", "取扱区分：取扱注意")):
        dates = calendar.due_dates(workspace, FollowUp.select(), language=spoken)
        events = Calendar.from_ical(dates).walk("VEVENT")
        assert events
        assert {str(event["DESCRIPTION"]).split("\n\n")[0] for event in events} == {said}
        letter, _told = mail.minutes_mail(workspace, Meeting.get(), b"x", "Minutes.pdf", spoken)
        text = email.message_from_bytes(letter, policy=default).get_body(("plain",))
        assert text is not None
        assert text.get_content().replace("\r\n", "\n").startswith(f"{said}\n\n")


def owing(workspace: Workspace) -> Organisation:
    """A counterpart that owes something which the partner may know of."""
    made = next(each for each in Organisation.select() if any(chasing.commitments(workspace, each.id)))
    theirs, ours = chasing.commitments(workspace, made.id)
    sharing.share(workspace, theirs + ours, PARTNER)
    return made


def test_a_letter_to_a_counterpart_is_marked_where_somebody_said_so(workspace: Workspace) -> None:
    organisation = owing(workspace)
    letter = chasing.open_with_words(workspace, organisation, "en")
    assert (letter.marking, letter.text.startswith("Dear colleagues,")) == ("", True)
    letter = chasing.open_with_words(workspace, organisation, "en", PARTNER)
    assert letter.text.startswith(f"Handling: {letter.marking}\n\nDear colleagues,")
    change_facts(workspace, marking="Public")
    letter = chasing.open_with_words(workspace, organisation, "en")
    assert (letter.marking, letter.text.startswith("Dear colleagues,")) == ("", True), "not called internal"
    change_facts(workspace, marking="Restricted")
    letter = chasing.open_with_words(workspace, organisation, "en")
    assert letter.text.startswith("Handling: Restricted\n\nDear colleagues,")


@pytest.mark.parametrize("marking", ["=1+1", "Two\nlines\tand a tab", 'He said "no"', " \u202eturned "])
def test_whatever_the_marking_is_it_stays_one_text_in_one_cell(marking: str) -> None:
    first, *others = handling.row(marking, 3)
    assert first == f"Handling: {' '.join(marking.split())}"
    assert others == ["", ""]
    assert handling.is_row([first], ())


# ---- the way back


def written(workspace: Workspace, path: Path, names: Sequence[str] = NAMES) -> Path:
    with path.open("w", newline="", encoding="utf-8-sig") as stream:
        write_csv(workspace, Query(FollowUp, tuple(names)), stream)
    return path


def saved_again(path: Path, separator: str, encoding: str = "utf-8-sig") -> Path:
    """As a spreadsheet program writes it where lists are separated otherwise: every row as wide as the table."""
    rows = [*csv.reader(path.read_text("utf-8-sig").splitlines(keepends=True))]
    again = path.with_name("Again.csv")
    with again.open("w", newline="", encoding=encoding) as stream:
        csv.writer(stream, delimiter=separator).writerows(rows)
    return again


def stands_under(book: Book) -> None:
    """The headings stand in row 2, and are those that were written."""
    header = find_table(book.sheets[0])
    assert header is not None
    assert (header.first, header.last, header.begin) == (2, 2, 3)
    assert [column.title for column in header.columns] == [FollowUp.ref.title, *titles()]
    assert [(each.row, each.why) for each in header.outside if each.row < 3] == [
        (1, "it stands above the headings and is not taken.")
    ]
    assert asof.day_of(header) == ""


def titles() -> list[str]:
    known = {kind.name: kind.title for kind in fields(FollowUp)}
    return [known[name] for name in NAMES[1:]]


@pytest.mark.parametrize("spoken", LANGUAGES)
@pytest.mark.parametrize("marking", ["", "A; b", "As of 1 March 2027, follow-ups", "取扱注意"])
def test_the_headings_are_found_under_it_in_each_language(
    workspace: Workspace, tmp_path: Path, spoken: str, marking: str
) -> None:
    change_facts(workspace, marking=marking)
    with speaking(spoken):
        path = written(workspace, tmp_path / "list.csv")
        expected = [FollowUp.ref.title, *titles()]
    for each in (path, saved_again(path, ";"), saved_again(path, "\t", "utf-16")):
        with read(each) as book:
            header = find_table(book.sheets[0])
            assert header is not None
            assert (header.first, header.last, header.begin) == (2, 2, 3)
            assert [column.title for column in header.columns] == expected
            assert asof.day_of(header) == ""
            assert not header.above


def test_beside_a_marking_the_day_is_read(tmp_path: Path) -> None:
    """In a row that a program did not write: only where its other cells are empty it is the marking alone."""
    path = tmp_path / "list.csv"
    rows = [["Clasificación: reservado", "As of 2026-06-10", ""], ["Topic", "Owner", "Due"]]
    rows += [[f"Cable {number}", "Sato", f"2026-07-{number:02}"] for number in range(1, 9)]
    with path.open("w", newline="", encoding="utf-8-sig") as stream:
        csv.writer(stream).writerows(rows)
    with read(path) as book:
        header = find_table(book.sheets[0])
        assert header is not None
        assert asof.day_of(header) == "2026-06-10"


def test_it_is_told_and_every_row_is_taken(workspace: Workspace, tmp_path: Path) -> None:
    change_facts(workspace, marking="As of 1 March 2027")
    with read(saved_again(written(workspace, tmp_path / "list.csv"), ";")) as book:
        stands_under(book)
        plan = plan_of(workspace, book, understand(workspace, book).mapping)
        assert len(plan.rows) == FollowUp.select().count()


def test_over_a_single_column_too(workspace: Workspace, tmp_path: Path) -> None:
    """Whatever separator stands in the marking alone."""
    for number, marking in enumerate(("Internal", "Canary, desk", "Canary; desk", "Canary | desk")):
        change_facts(workspace, marking=marking)
        path = written(workspace, tmp_path / f"{number}.csv", ["ref"])
        plain = path.with_name(f"plain{number}.csv")
        plain.write_text(path.read_text("utf-8-sig").replace('"', ""), "utf-8-sig")
        for each in (path, plain):
            with read(each) as book:
                header = find_table(book.sheets[0])
                assert header is not None
                assert (header.first, header.begin) == (2, 3), marking


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed (libreoffice-calc-nogui)")
@pytest.mark.slow
def test_opened_and_saved_in_libreoffice(workspace: Workspace, tmp_path: Path) -> None:
    marking = "Canary, for the desk; nobody else"
    change_facts(workspace, marking=marking)
    path = written(workspace, tmp_path / "list.csv")
    profile = tmp_path / "profile"
    for number, form in enumerate(
        ("csv:Text - txt - csv (StarCalc):59,34,76,1,,0,false,true,false,false,false,-1", "xlsx", "ods")
    ):
        (made,) = converted(path, form, tmp_path / str(number), profile, AS_CSV)
        with read(shutil.copy(made, tmp_path / f"again{number}{made.suffix}")) as book:
            assert book.sheets[0].rows[0][0] == f"Handling: {marking}"
            stands_under(book)


def test_a_table_without_it_reads_as_ever(workspace: Workspace) -> None:
    for rows in (
        [["Handling", "Topic"], ["Restricted", "Cable"], ["Internal", "Port"]],
        [["Handling: level", "Topic"], ["Restricted", "Cable"], ["Internal", "Port"]],
        [["Handling:"], ["Cable"], ["Port"]],
        [["Topic"], ["Cable"], ["Port"]],
    ):
        with book_of(("List", rows)) as book:
            header = find_table(book.sheets[0])
        assert header is not None
        assert (header.first, header.begin) == (1, 2), rows


def test_control_without_a_look_for_it_it_is_taken_for_a_heading(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [["Handling: Internal"], ["Agreed with Peru"], ["Cable"], ["Port"]]
    with book_of(("List", rows)) as book:
        header = find_table(book.sheets[0])
        assert header is not None
        assert header.first == 2
        monkeypatch.setattr(handling, "is_row", lambda cells, below: False)
        header = find_table(book.sheets[0])
        assert header is not None
        assert header.first == 1

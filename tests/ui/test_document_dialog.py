"""The papers of a meeting from the window: brief, minutes, e-mail draft, calendar entry. Nothing is sent."""

from __future__ import annotations

import email
from email.policy import default
from pathlib import Path
from typing import Any

import docx
import icalendar
import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QMenu
from pytestqt.qtbot import QtBot

from desktop.model import FollowUp, Meeting
from desktop.service import meetings, minutes, records, reports, versions
from desktop.ui.actions import PAPERS, ROW_MENU
from desktop.ui.context import Context
from desktop.ui.dialogs import papers
from desktop.ui.dialogs.calendarentry import CalendarDialog, write_calendar
from desktop.ui.dialogs.papers import BriefDialog, MinutesDialog, MinutesMailDialog
from desktop.ui.window import MainWindow

Said = list[tuple[str, list[str]]]


@pytest.fixture
def window(context: Context, qtbot: QtBot, tmp_path: Path) -> MainWindow:
    """A window at the meeting that was held, whose files go to `out`."""
    context.settings.export_folder = str(tmp_path / "out")
    (tmp_path / "out").mkdir()
    made = MainWindow(context)
    qtbot.addWidget(made)
    made.show()
    made.show_record(lunch())
    qtbot.waitUntil(lambda: bool(made.selected()))
    return made


@pytest.fixture
def said(context: Context) -> Said:
    """What the window says was done, with the words of what it offers."""
    told: Said = []
    context.said.connect(lambda words, actions: told.append((words, [label for label, _call in actions])))
    return told


def lunch() -> Any:
    return Meeting.get(Meeting.title == "Working lunch on cables")


def opened(window: MainWindow, key: str, kind: type[Any]) -> Any:
    window.commands.run(key)
    (dialog,) = [each for each in window.findChildren(kind) if each.isVisible()]
    return dialog


def text_of(path: Path) -> str:
    read = docx.Document(str(path))
    cells = [cell.text for table in read.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(each.text for each in read.paragraphs), *cells])


# ---- where they are offered


def test_papers_are_offered_for_one_meeting_alone(window: MainWindow) -> None:
    enabled = {key: window.commands.actions[key].isEnabled() for key in PAPERS}
    assert enabled == dict.fromkeys(PAPERS, True)
    window.show_record(FollowUp.select().first())
    assert [key for key in PAPERS if window.commands.actions[key].isEnabled()] == ["calendar_entry"]
    window.show_page("today")
    assert not any(window.commands.actions[key].isEnabled() for key in PAPERS)


def test_the_menu_of_rows_has_them_on_meetings_and_not_elsewhere(window: MainWindow) -> None:
    def offered() -> list[str]:
        menu = QMenu()
        window.commands.fill_row_menu(menu)
        return [key for key in ROW_MENU if key and window.commands.actions[key] in menu.actions()]

    assert set(PAPERS) <= set(offered())
    window.show_page("initiative")
    assert not set(PAPERS) & set(offered())


# ---- documents


@pytest.mark.parametrize("suffix", [".docx", ".pdf"])
def test_a_brief_is_saved(window: MainWindow, said: Said, qtbot: QtBot, tmp_path: Path, suffix: str) -> None:
    dialog = opened(window, "brief", BriefDialog)
    assert dialog.focusWidget() is dialog.act_button
    dialog.kind.setCurrentIndex(dialog.kind.findData(suffix))
    dialog.language.setCurrentIndex(dialog.language.findData("ja"))
    dialog.main.at("marking").set_value("取扱注意")
    file = tmp_path / "out" / f"Juntos_Brief_{lunch().ref}_2026-11-12{suffix}"
    assert dialog.file.line.text() == str(file)
    QTest.keyClick(dialog.act_button, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: said != [], timeout=20_000)
    assert said == [(f"{file.name} was written.", ["Open file", "Show in folder"])]
    if suffix == ".docx":
        assert "Sato Kenji 佐藤健二" in text_of(file)
    else:
        with pypdfium2.PdfDocument(file) as read:
            assert len(read) in (1, 2)
    assert [each.marking for each in reports.exports(window.context.workspace)] == ["取扱注意"]


def test_minutes_are_saved_as_the_version_that_is_chosen(
    window: MainWindow, context: Context, said: Said, qtbot: QtBot
) -> None:
    workspace = context.workspace
    versions.make_final(workspace, lunch())
    versions.reopen(workspace, lunch(), "A name")
    minutes.add(workspace, lunch(), "note", "Put right.")
    dialog = opened(window, "minutes", MinutesDialog)
    offered = [dialog.version.itemText(row) for row in range(dialog.version.count())]
    assert offered == ["Draft", "Final, version 1, 21 Nov 2026"]
    assert dialog.file.line.text().endswith("_draft.docx")
    dialog.version.setCurrentIndex(1)
    assert dialog.file.line.text().endswith("_v1.docx")
    file = Path(dialog.file.line.text())
    dialog.accept()
    qtbot.waitUntil(lambda: said != [], timeout=20_000)
    assert "Final, version 1" in text_of(file)
    assert "Put right." not in text_of(file)


def test_what_is_written_is_what_is_there_when_it_is_saved(
    window: MainWindow, context: Context, said: Said, qtbot: QtBot
) -> None:
    dialog = opened(window, "minutes", MinutesDialog)
    minutes.add(context.workspace, lunch(), "decision", "Decided while it was open.")
    file = Path(dialog.file.line.text())
    dialog.accept()
    qtbot.waitUntil(lambda: said != [], timeout=20_000)
    assert "Decided while it was open." in text_of(file)


def test_a_meeting_that_is_gone_is_told(window: MainWindow, context: Context, tmp_path: Path) -> None:
    gone = records.add(context.workspace, Meeting, {"title": "Gone", "on": "2026-11-20"})
    papers.write_brief(window, gone)
    (dialog,) = [each for each in window.findChildren(BriefDialog) if each.isVisible()]
    records.delete(context.workspace, [Meeting.get_by_id(gone.id)])
    dialog.accept()
    assert dialog.isVisible()
    assert "was deleted meanwhile" in dialog.messages.text()
    assert list((tmp_path / "out").iterdir()) == []


def test_a_meeting_to_come_has_no_minutes(window: MainWindow, context: Context) -> None:
    planned = meetings.log_meeting(context.workspace, {"title": "To come", "on": "2026-12-01"})
    papers.write_minutes(window, planned)
    papers.mail_minutes(window, planned)
    assert window.findChildren(MinutesDialog) == window.findChildren(MinutesMailDialog) == []
    assert len(context.told) == 2
    assert all("has not been held yet" in sentence for sentence in context.told)


# ---- for mail programs and calendars


@pytest.mark.parametrize(("suffix", "start"), [(".docx", b"PK"), (".pdf", b"%PDF")])
def test_a_draft_has_the_minutes_attached_and_says_whom_it_does_not_reach(
    window: MainWindow, said: Said, qtbot: QtBot, suffix: str, start: bytes
) -> None:
    dialog = opened(window, "mail_minutes", MinutesMailDialog)
    assert "No e-mail address is known of Rojas Ana and John Doe" in dialog.note.text()
    assert "Nothing is sent from here" in dialog.note.text()
    dialog.kind.setCurrentIndex(dialog.kind.findData(suffix))
    file = Path(dialog.file.line.text())
    assert file.name == f"Juntos_Minutes_{lunch().ref}_2026-11-12_draft.eml"
    dialog.accept()
    qtbot.waitUntil(lambda: said != [], timeout=20_000)
    ((words, offers),) = said
    assert words.startswith(f"{file.name} was written. No e-mail address is known of")
    assert offers == ["Open file", "Show in folder"]
    message = email.message_from_bytes(file.read_bytes(), policy=default)
    assert message["To"] == "sato@example.org"
    assert message["X-Unsent"] == "1"
    (attached,) = list(message.iter_attachments())
    assert attached.get_filename().endswith(f"_draft{suffix}")
    assert attached.get_content().startswith(start)


def test_a_calendar_entry_holds_the_meeting_and_its_due_dates(
    window: MainWindow, said: Said, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog = opened(window, "calendar_entry", CalendarDialog)
    file = tmp_path / "out" / f"Juntos_Calendar_{lunch().ref}.ics"
    assert dialog.file.line.text() == str(file)
    QTest.keyClick(dialog.act_button, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: said != [])
    events = icalendar.Calendar.from_ical(file.read_bytes()).walk("VEVENT")
    assert {str(event["SUMMARY"]) for event in events} == {
        "Working lunch on cables",
        "Due: Send the list of suppliers",
        "Due: Come back on terms",
    }
    assert {str(event["DESCRIPTION"]).split("\n")[0] for event in events} == {"Handling: Internal"}
    (noted,) = reports.exports(window.context.workspace)
    assert (noted.file, noted.marking) == (file.name, "Internal")
    assert said == [(f"{file.name} was written.", ["Open file", "Show in folder"])]


def test_a_calendar_entry_replaces_nothing_unasked(
    window: MainWindow, said: Said, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = tmp_path / "talks.ics"
    old.write_text("Of somebody")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(tmp_path / "talks"), ""))
    dialog = opened(window, "calendar_entry", CalendarDialog)
    dialog.file._browse()
    dialog.accept()
    assert old.read_text() == "Of somebody"
    assert dialog._told.text().startswith("talks.ics exists already")
    dialog.accept()
    qtbot.waitUntil(lambda: said != [])
    assert old.read_bytes().startswith(b"BEGIN:VCALENDAR")


def test_a_name_that_got_its_suffix_later_is_asked_about(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = opened(window, "brief", BriefDialog)
    old = tmp_path / "talks.docx"
    old.write_text("Of somebody")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(tmp_path / "talks"), ""))
    dialog.file._browse()
    dialog.accept()
    assert old.read_text() == "Of somebody"
    assert dialog.isVisible()
    assert "exists already" in dialog._told.text()


def test_a_meeting_without_a_day_goes_into_no_calendar(window: MainWindow, context: Context) -> None:
    vague = records.add(context.workspace, Meeting, {"title": "Some day", "on": "2026-12"})
    write_calendar(window, vague)
    assert "needs the day" in context.told[-1]

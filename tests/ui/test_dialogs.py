"""The dialogs: what they ask, what they do, what they tell, and that nothing typed is lost."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from desktop import i18n
from desktop import settings as settings_file
from desktop.i18n import LANGUAGES
from desktop.model import FollowUp, Initiative, Meeting, Organisation, Person, Recommendation, Update
from desktop.service import links, meetings, records, reports
from desktop.ui.closing import may_close
from desktop.ui.context import Context
from desktop.ui.dialogs.about import AboutDialog
from desktop.ui.dialogs.dialog import Dialog
from desktop.ui.dialogs.export import ExportDialog
from desktop.ui.dialogs.facts import FactsDialog
from desktop.ui.dialogs.follow_up import FollowUpDialog
from desktop.ui.dialogs.meeting import MeetingDialog
from desktop.ui.dialogs.merge import MergeDialog
from desktop.ui.dialogs.new import NewDialog, asked
from desktop.ui.dialogs.owner import OwnerDialog
from desktop.ui.dialogs.preferences import PreferencesDialog
from desktop.ui.dialogs.progress import ProgressDialog
from desktop.ui.dialogs.sent import SentDialog
from desktop.ui.dialogs.shortcuts import ShortcutsDialog
from desktop.ui.window import MainWindow

DIALOGS = (
    ExportDialog,
    FactsDialog,
    FollowUpDialog,
    MeetingDialog,
    OwnerDialog,
    PreferencesDialog,
    ProgressDialog,
)


def opened(kind: type[Dialog], context: Context, qtbot: QtBot, *given: Any) -> Any:
    """A dialog on the screen."""
    made = kind(context)
    qtbot.addWidget(made)
    made.take(*given)
    made.fit()
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.fixture
def told(context: Context) -> list[str]:
    """What the window would say was done."""
    sentences: list[str] = []
    context.said.connect(lambda sentence, _actions: sentences.append(sentence))
    return sentences


@pytest.mark.parametrize("language", list(LANGUAGES))
@pytest.mark.parametrize("kind", DIALOGS, ids=lambda kind: kind.__name__)
def test_access_keys_are_unique(kind: type[Dialog], language: str, context: Context, qtbot: QtBot) -> None:
    i18n.use(language)
    dialog = kind(context)
    qtbot.addWidget(dialog)
    texts = [label.text() for label in dialog.findChildren(QLabel) if label.buddy() is not None]
    texts += [button.text() for button in dialog.findChildren(QPushButton)]
    keys = [text[text.index("&") + 1].casefold() for text in texts if "&" in text]
    assert [key for key, count in Counter(keys).items() if count > 1] == []
    assert len(keys) >= 2


@pytest.mark.parametrize("kind", DIALOGS, ids=lambda kind: kind.__name__)
def test_every_control_has_a_name_and_tab_goes_round(
    kind: type[Dialog], context: Context, qtbot: QtBot
) -> None:
    dialog = opened(kind, context, qtbot, None if kind is ExportDialog else [])
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    dialog._first().setFocus()
    seen: list[Any] = []
    while QApplication.focusWidget() not in seen:
        focus = QApplication.focusWidget()
        seen.append(focus)
        assert focus.accessibleName() or getattr(focus, "text", str)(), focus
        dialog.focusNextPrevChild(True)
    assert QApplication.focusWidget() is seen[0]
    assert seen[-1] is dialog.act_button
    dialog.focusNextPrevChild(False)
    assert QApplication.focusWidget() is dialog.act_button


def test_a_follow_up_of_a_meeting_takes_its_countries(
    context: Context, qtbot: QtBot, told: list[str]
) -> None:
    meeting = links.find("MT-2026-001")
    dialog = opened(FollowUpDialog, context, qtbot, [meeting])
    dialog.main.at("title").set_value("Thank the host")
    dialog.accept()
    follow_up = FollowUp.get(FollowUp.title == "Thank the host")
    assert follow_up.meeting_id == meeting.id
    assert records.values_of(follow_up)["countries"] == {"CL"}
    assert told == [f"{follow_up.ref} was added."]


def test_a_follow_up_without_a_title_is_refused_under_its_field(context: Context, qtbot: QtBot) -> None:
    dialog = opened(FollowUpDialog, context, qtbot, [])
    dialog.accept()
    assert "must not be empty" in dialog.main.at("title").problem()
    assert dialog.isVisible()


def test_enter_on_cancel_cancels(context: Context, qtbot: QtBot) -> None:
    before = FollowUp.select().count()
    dialog = FollowUpDialog(context, None)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.main.give("title", "Not to be added")
    dialog.cancel_button.setFocus()
    qtbot.keyClick(dialog.cancel_button, Qt.Key.Key_Return)
    assert not dialog.isVisible()
    assert FollowUp.select().count() == before


def test_a_due_date_before_the_day_is_taken_back_to_when_it_was_raised(
    context: Context, qtbot: QtBot
) -> None:
    dialog = opened(FollowUpDialog, context, qtbot, [])
    dialog.main.at("title").set_value("Late already")
    dialog.main.at("due_on").input.setText("2026-11-01")
    dialog.accept()
    assert FollowUp.get(FollowUp.title == "Late already").raised_on == "2026-11-01"


def test_progress_offers_the_scale_of_the_record(context: Context, qtbot: QtBot) -> None:
    dialog = opened(ProgressDialog, context, qtbot, links.find("WC-2024-1A"))
    assert set(dialog.status.at("status").kind.scale) == set(Recommendation.status.scale)
    assert dialog.words.at("aspect").isVisible()
    dialog.words.at("aspect").input.setCurrentIndex(1)
    dialog.words.at("aspect").commit()
    dialog.status.at("status").set_value("stalled")
    dialog.accept()
    record = links.find("WC-2024-1A")
    assert (record.assessment, record.status) == ("stalled", "not_started")

    dialog = opened(ProgressDialog, context, qtbot, links.find("FU-2026-001"))
    assert set(dialog.status.at("status").kind.scale) == set(FollowUp.status.scale)
    assert not dialog.words.at("aspect").isVisible()


def test_progress_without_a_record_asks_for_one(context: Context, qtbot: QtBot) -> None:
    dialog = opened(ProgressDialog, context, qtbot, None)
    dialog.words.at("done").set_value("Something")
    dialog.accept()
    assert dialog.messages.text() == "Choose the record on which you report."
    dialog.line.setText("FU-2026-003")
    dialog.line.editingFinished.emit()
    assert dialog.status.at("status").value() == "open"
    dialog.accept()
    assert Update.select().where(Update.subject == links.find("FU-2026-003").id).count() == 1


def test_progress_of_a_day_to_come_is_refused(context: Context, qtbot: QtBot) -> None:
    dialog = opened(ProgressDialog, context, qtbot, links.find("FU-2026-001"))
    dialog.words.at("done").set_value("Something")
    dialog.words.at("on").input.setText("2026-12-24")
    dialog.accept()
    assert "day to come" in dialog.words.at("on").problem()


def test_a_meeting_on_a_day_to_come_is_planned(context: Context, qtbot: QtBot) -> None:
    dialog = opened(MeetingDialog, context, qtbot, [])
    assert dialog.main.at("state").value() == "held"
    dialog.main.at("on").input.take("2026-12-24")
    assert dialog.main.at("state").value() == "planned"


def test_an_attendee_of_the_directory_brings_organisation_and_side(context: Context, qtbot: QtBot) -> None:
    dialog = opened(MeetingDialog, context, qtbot, [links.find("WC-2024-1A")])
    dialog.main.at("title").set_value("A meeting")
    row = dialog.attendees._rows[0]
    rojas = Person.get(Person.name == "Rojas Ana")
    row.name._take((rojas.id, "Rojas Ana · Director · MINREL"))
    assert row.name.text() == "Rojas Ana"
    assert row.side.value() == "host"
    typed = dialog.attendees._rows[1]
    typed.name.setText("Sato Kenji")
    typed.typed.emit()
    dialog.accept()
    meeting = Meeting.get(Meeting.title == "A meeting")
    assert [(each.person.name, each.side) for each in meetings.attendance(meeting)] == [
        ("Rojas Ana", "host"),
        ("Sato Kenji", "post"),
    ]
    assert [seen.other.ref for seen in links.of(meeting)] == ["WC-2024-1A"]


def test_a_wrong_date_of_a_promise_is_told_in_its_row(context: Context, qtbot: QtBot) -> None:
    dialog = opened(MeetingDialog, context, qtbot, [])
    dialog.main.at("title").set_value("A meeting")
    row = dialog.promises._rows[0]
    row.editors["title"].set_value("Do it")
    row.editors["due_on"].input.setText("31/02/2026")
    dialog.accept()
    assert "31/02/2026" in row.editors["due_on"].problem()
    assert dialog.isVisible()
    assert Meeting.select().where(Meeting.title == "A meeting").count() == 0


def test_a_promise_due_before_the_meeting_is_told_in_its_row_until_it_is_right(
    context: Context, qtbot: QtBot
) -> None:
    dialog = opened(MeetingDialog, context, qtbot, [])
    dialog.main.at("title").set_value("A meeting")
    for day in ("2026-12-01", "2026-11-01"):
        row = dialog.promises._rows[-1]
        row.editors["title"].set_value("Do it")
        row.editors["due_on"].set_value(day)
        row.typed.emit()
    dialog.accept()
    first, second = dialog.promises.rows()
    assert first.editors["due_on"].problem() == ""
    assert second.editors["due_on"].problem() == "It cannot be due before it was raised."
    assert dialog.messages.text() == "" or not dialog.messages.isVisible()
    second.editors["due_on"].set_value("2026-12-01")
    dialog.accept()
    assert Meeting.select().where(Meeting.title == "A meeting").count() == 1


def test_a_sentence_typed_into_a_choice_is_told(context: Context, qtbot: QtBot) -> None:
    dialog = opened(ProgressDialog, context, qtbot, links.find("WC-2024-1A"))
    status = dialog.status.at("status")
    status.input.setFocus()
    qtbot.keyClicks(status.input, "In the ministry now")
    assert "In the" in status.note()
    assert status.value() == "not_started"
    assert QApplication.activePopupWidget() is None
    status.input.showPopup()
    qtbot.keyClick(status.input.view(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(dialog.words.at("done").problem()))


def test_tab_through_progress_is_as_it_is_read(context: Context, qtbot: QtBot) -> None:
    dialog = opened(ProgressDialog, context, qtbot, links.find("WC-2024-1A"))
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    dialog.line.setFocus()
    names = []
    for _step in range(7):
        names.append(QApplication.focusWidget().accessibleName())
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert names[0] == "Record"
    words = [dialog.words.at(name).accessibleName() for name in ("done", "next", "blocks", "aspect", "on")]
    assert names[2:] == words


def test_a_name_that_can_be_added_is_not_called_wrong(context: Context, qtbot: QtBot) -> None:
    dialog = opened(MeetingDialog, context, qtbot, [])
    owed_by = dialog.promises._rows[0].editors["owed_by"]
    owed_by.input.setText("Port of Valparaiso")
    assert not owed_by.check()
    assert owed_by.problem() == "↓ ↵ Add “Port of Valparaiso” to the directory"
    assert owed_by.input.text() == "Port of Valparaiso"


def test_every_choice_of_side_is_readable(context: Context, qtbot: QtBot) -> None:
    dialog = opened(MeetingDialog, context, qtbot, [])
    side = dialog.attendees._rows[0].side.input
    longest = max(side.fontMetrics().horizontalAdvance(side.itemText(each)) for each in range(side.count()))
    assert side.width() > longest + 20


def test_an_end_before_the_start_is_told_under_its_field(context: Context, qtbot: QtBot) -> None:
    dialog = opened(MeetingDialog, context, qtbot, [])
    dialog.main.at("title").set_value("A meeting")
    dialog.main.at("starts").input.setText("14:00")
    dialog.main.at("ends").input.setText("13:00")
    dialog.accept()
    assert dialog.main.at("ends").problem() == "The end must not be before the start."


@pytest.mark.parametrize("entity", [Organisation, Person, Initiative, Recommendation])
def test_a_new_record_asks_what_its_entity_declares(entity: Any, context: Context, qtbot: QtBot) -> None:
    names = [kind.name for kind in asked(entity)]
    assert names[0] == entity.naming
    assert len(names) == len(set(names)) <= 9
    NewDialog.entity = entity
    dialog = NewDialog(context)
    qtbot.addWidget(dialog)
    wanted: list[Any] = []
    context.record_requested.connect(wanted.append)
    dialog.main.at(entity.naming).set_value("Something new")
    dialog.accept()
    assert [type(each) for each in wanted] == [entity]
    assert wanted[0].name_text() == "Something new"


def test_a_likely_duplicate_is_told_and_stops_nobody(context: Context, qtbot: QtBot) -> None:
    NewDialog.entity = Organisation
    dialog = NewDialog(context)
    qtbot.addWidget(dialog)
    dialog.main.at("name").input.setPlainText("dfc")
    qtbot.waitUntil(lambda: dialog.main.at("name").note() != "")
    assert "U.S. International Development Finance Corporation" in dialog.main.at("name").note()
    dialog.accept()
    assert Organisation.select().where(Organisation.name == "dfc").count() == 1


def test_records_are_handed_over(context: Context, qtbot: QtBot, told: list[str]) -> None:
    chosen = [links.find("FU-2026-001"), links.find("WC-2024-1A")]
    dialog = opened(OwnerDialog, context, qtbot, chosen)
    assert dialog.officer.currentText() == "Mori Aya"
    dialog.accept()
    assert {links.find(each.ref).owner.name for each in chosen} == {"Mori Aya"}
    assert told == ["2 records have a new owner."]


def test_two_organisations_are_made_one(context: Context, qtbot: QtBot) -> None:
    dfc = Organisation.get(Organisation.acronym == "DFC")
    other = records.add(context.workspace, Organisation, {"name": "Development Finance Corp."})
    dialog = opened(MergeDialog, context, qtbot, [other, dfc])
    assert [button.isChecked() for button, _record in dialog.choices] == [True, False]
    dialog.accept()
    assert Organisation.get_or_none(Organisation.uid == other.uid) is None
    assert "Development Finance Corp." in Organisation.get_by_id(dfc.id).aliases


def test_which_of_two_hours_is_asked_where_the_clocks_show_one_twice(context: Context, qtbot: QtBot) -> None:
    dialog = opened(MeetingDialog, context, qtbot, [])
    fold = dialog.main.at("fold")
    assert not fold.isVisible()
    given = {
        "title": "Night call",
        "on": "2027-04-03",
        "starts": "23:30",
        "zone": "America/Santiago",
        "state": "planned",
    }
    for name, value in given.items():
        dialog.main.at(name).set_value(value)
    dialog.accept()
    assert fold.isVisible()
    assert fold.problem().startswith("23:30 comes twice on 3 Apr 2027 in America/Santiago")
    fold.set_value("first")
    dialog.accept()
    assert Meeting.get(Meeting.title == "Night call").starts_at == "2027-04-04T02:30:00.000Z"


def test_an_hour_that_the_clocks_skip_is_told_with_both_choices(context: Context, qtbot: QtBot) -> None:
    dialog = opened(MeetingDialog, context, qtbot, [])
    given = {
        "title": "Night call",
        "on": "2027-09-05",
        "starts": "00:30",
        "zone": "America/Santiago",
        "state": "planned",
    }
    for name, value in given.items():
        dialog.main.at(name).set_value(value)
    dialog.accept()
    assert dialog.main.at("starts").problem().endswith("Write 23:30 or 01:30.")
    assert Meeting.get_or_none(Meeting.title == "Night call") is None


def test_facts_of_the_post_are_changed(context: Context, qtbot: QtBot) -> None:
    dialog = opened(FactsDialog, context, qtbot)
    assert not dialog.typed()
    dialog.main.at("partners").set_value(frozenset({"US", "AU"}))
    dialog.main.at("zone").set_value("America/Punta_Arenas")
    dialog.more.at("marking").set_value("Restricted")
    dialog.accept()
    facts = context.workspace.facts
    assert (facts.partners, facts.zone, facts.marking) == (("AU", "US"), "America/Punta_Arenas", "Restricted")
    assert facts.accreditations == ("CL",)


def test_preferences_ask_every_setting_that_has_a_label(context: Context, qtbot: QtBot) -> None:
    dialog = opened(PreferencesDialog, context, qtbot)
    assert list(dialog.asked) == [each.name for each in settings_file.preferences()]
    dialog.asked["density"].setCurrentIndex(dialog.asked["density"].findData("compact"))
    changed: list[bool] = []
    dialog.changed = lambda: changed.append(True)
    dialog.accept()
    assert context.settings.density == "compact"
    assert changed == [True]


def test_a_folder_for_exports_that_is_none_is_refused(context: Context, qtbot: QtBot) -> None:
    dialog = opened(PreferencesDialog, context, qtbot)
    dialog.asked["export_folder"].line.setText("/no/such/folder")
    dialog.accept()
    assert dialog.messages.text() == "There is no folder /no/such/folder."
    assert context.settings.export_folder == ""


def test_the_languages_are_called_by_their_own_names(context: Context, qtbot: QtBot) -> None:
    i18n.use("es")
    dialog = opened(PreferencesDialog, context, qtbot)
    combo = dialog.asked["language"]
    assert [combo.itemText(row) for row in range(1, combo.count())] == list(LANGUAGES.values())


def test_an_export_is_noted_as_sent(context: Context, qtbot: QtBot, told: list[str]) -> None:
    reports.exported(context.workspace, "Status.xlsx", marking="Internal", rows=3)
    (export,) = reports.exports(context.workspace)
    dialog = opened(SentDialog, context, qtbot, export)
    dialog.accept()
    assert "must not be empty" in dialog.main.at("to").problem()
    dialog.main.at("to").set_value("METI")
    dialog.accept()
    (export,) = reports.exports(context.workspace)
    assert (export.sent_to, export.sent_on) == ("METI", "2026-11-21")
    assert told == ["Noted: Status.xlsx was sent to METI on 21 Nov 2026."]


def test_an_export_without_a_marking_or_with_a_wrong_day_is_refused(context: Context, qtbot: QtBot) -> None:
    dialog = opened(ExportDialog, context, qtbot, None)
    dialog.main.at("marking").set_value("")
    dialog.accept()
    assert "must not be empty" in dialog.main.at("marking").problem()
    dialog.main.at("marking").set_value("Internal")
    dialog.main.at("as_of").input.setText("2024-13-01")
    dialog.accept()
    assert dialog.main.at("as_of").problem()
    assert not dialog._running.going()


def test_an_export_can_be_cancelled(context: Context, qtbot: QtBot, tmp_path: Any) -> None:
    dialog = opened(ExportDialog, context, qtbot, None)
    file = tmp_path / "Status.xlsx"
    dialog.file.line.setText(str(file))
    dialog._running.cancel()
    dialog._running.start = lambda: setattr(dialog._running, "_going", True)  # type: ignore[method-assign]
    dialog.accept()
    qtbot.waitUntil(lambda: not dialog._running.going(), timeout=20_000)
    assert dialog.isVisible()
    assert dialog.form.isEnabled()
    assert dialog.messages.text() == ""
    assert not file.exists()


def test_closing_keeps_what_is_typed_and_says_so(context: Context, qtbot: QtBot, told: list[str]) -> None:
    window = MainWindow(context)
    qtbot.addWidget(window)
    window.show()
    window.commands.run("add_follow_up")
    (dialog,) = window.findChildren(FollowUpDialog)
    dialog.main.at("title").input.setFocus()
    dialog.main.at("detail").input.setPlainText("A long thought")
    dialog.reject()
    assert dialog.isHidden()
    assert told == ["The follow-up is not added yet; what you typed is kept."]
    assert not may_close(window)
    window.commands.run("add_follow_up")
    assert dialog.isVisible()
    assert dialog.main.at("detail").value() == "A long thought"
    dialog.discard()
    assert may_close(window)
    window.commands.run("add_follow_up")
    (fresh,) = window.findChildren(FollowUpDialog)
    assert fresh.main.at("detail").value() == ""
    fresh.reject()
    window.blockSignals(True)


def test_about_tells_versions_and_where_things_are(context: Context, qtbot: QtBot) -> None:
    window = MainWindow(context)
    qtbot.addWidget(window)
    dialog = AboutDialog(window)
    dialog.copy()
    text = QApplication.clipboard().text()
    assert str(context.workspace.engine.path) in text
    assert "SQLite: " in text
    assert "openpyxl: 3." in text
    assert "Sato" not in text
    shown = [label.text() for label in dialog.findChildren(QLabel)]
    assert any("no network connection" in words for words in shown)


def test_shortcuts_are_those_of_the_commands(context: Context, qtbot: QtBot) -> None:
    window = MainWindow(context)
    qtbot.addWidget(window)
    dialog = ShortcutsDialog(window)
    shown = {label.text() for label in dialog.findChildren(QLabel)}
    assert {"Ctrl+M", "Log a meeting", "Ctrl+1", "Today"} <= shown


def test_the_officer_who_logs_a_meeting_is_proposed_as_present(context: Context, qtbot: QtBot) -> None:
    dialog = opened(MeetingDialog, context, qtbot, [])
    officer = context.workspace.officer
    assert [(row.person, row.side) for row in dialog.attendees.attendees()] == [(officer.id, "post")]
    assert not dialog.typed()
    dialog.attendees._rows[0].name.clear()
    assert dialog.attendees.attendees() == []


def test_the_labels_are_as_wide_as_those_that_are_asked(context: Context, qtbot: QtBot) -> None:
    dialog = opened(MeetingDialog, context, qtbot, [])
    label, hidden = (dialog.main._label_of[name] for name in ("counterparts", "fold"))
    assert dialog.main._grid.columnMinimumWidth(0) == label.sizeHint().width() < hidden.sizeHint().width()
    dialog.main.ask("fold", True)
    dialog.fit()
    assert dialog.main._grid.columnMinimumWidth(0) == hidden.sizeHint().width()


def test_what_has_no_room_beside_the_rest_can_be_scrolled_to(context: Context, qtbot: QtBot) -> None:
    dialog = opened(MeetingDialog, context, qtbot, [])
    bar = dialog.area.horizontalScrollBar()
    assert dialog.form.minimumSizeHint().width() > dialog.width(), "the screen of these tests is small"
    qtbot.waitUntil(bar.isVisible)
    bar.setValue(bar.maximum())
    edge = dialog.area.viewport().width()
    assert dialog.promises.mapTo(dialog.area.viewport(), dialog.promises.rect().topRight()).x() < edge
    small = opened(OwnerDialog, context, qtbot, FollowUp.select()[:])
    assert not small.area.horizontalScrollBar().isVisible()

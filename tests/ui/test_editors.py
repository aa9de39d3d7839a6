"""Editors: one for every kind; they show a value, give it back, and keep what was typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QDesktopServices, QInputMethodEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.model import (
    ENTITIES,
    RECORDS,
    FollowUp,
    Initiative,
    Invalid,
    Meeting,
    Organisation,
    Person,
    computed,
    dates,
    field,
    fields,
    kinds,
    relations,
)
from desktop.model.kinds import Kind
from desktop.service import records
from desktop.store.errors import StoreError
from desktop.ui.context import Context
from desktop.ui.editors import EditorWidget, editor
from desktop.ui.editorwidget import EditorWidget as Base


@pytest.fixture
def stand(context: Context, qtbot: QtBot) -> Callable[[Any], EditorWidget]:
    """Makes an editor in a window, with a line before and behind it to go to."""

    windows = []

    def made(kind: Any) -> EditorWidget:
        window = QWidget()
        windows.append(window)
        layout = QVBoxLayout(window)
        each = editor(kind, context)
        for part in (QLineEdit(), each, QLineEdit()):
            layout.addWidget(part)
        qtbot.addWidget(window)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        each.setFocus()
        return each

    return made


def target(each: EditorWidget) -> QWidget:
    """What has the focus inside an editor."""
    return each.input.focusProxy() or each.input


def type_in(qtbot: QtBot, each: EditorWidget, text: str) -> None:
    """Replace what stands in an editor by typing."""
    place = target(each)
    place.setFocus()
    qtbot.keyClick(place, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    if text.isascii():
        qtbot.keyClicks(place, text)
    else:
        convert(place, text)


def convert(place: QWidget, text: str) -> None:
    """What an input method hands over at the end of a conversion."""
    done = QInputMethodEvent()
    done.setCommitString(text)
    QApplication.sendEvent(place, done)


def leave(qtbot: QtBot, each: EditorWidget) -> None:
    """Go on by Tab until the focus is outside."""
    focus = QApplication.focusWidget()
    while focus is not None and each.isAncestorOf(focus):
        qtbot.keyClick(focus, Qt.Key.Key_Tab)
        focus = QApplication.focusWidget()
    qtbot.wait(1)


def all_kinds() -> set[type[Kind]]:
    """Every kind of field that is declared: what is used, and what could be."""
    found, waiting = {type(kind) for record in RECORDS.values() for kind in fields(record)}, [Kind]
    while waiting:
        kind = waiting.pop()
        below = [sub for sub in kind.__subclasses__() if sub.__module__.startswith("desktop.model")]
        waiting += below
        if not below:
            found.add(kind)
    return found


def test_every_kind_has_an_editor() -> None:
    base = editor.dispatch(object)
    assert {kinds.Text, dates.FuzzyDate, relations.Many, computed.Computed} <= all_kinds()
    assert [kind.__name__ for kind in all_kinds() if editor.dispatch(kind) is base] == []


def test_a_kind_without_an_editor_is_told(context: Context) -> None:
    class Unheard(Kind):
        name = "unheard"

    with pytest.raises(TypeError, match="Unheard"):
        editor(Unheard("Unheard"), context)


@pytest.mark.parametrize("entity", ENTITIES, ids=lambda entity: entity.key())
def test_every_field_shows_what_it_is_given_and_has_a_name(
    entity: Any, context: Context, qtbot: QtBot
) -> None:
    record = entity.select().first()
    values = records.values_of(record)
    for kind in fields(entity):
        each = editor(kind, context)
        qtbot.addWidget(each)
        assert isinstance(each, Base)
        value = values.get(kind.name, kind.empty())
        each.set_value(value)
        assert not each.is_typed(), kind.name
        assert each.shown() == value
        assert each.input.accessibleName() == kind.title
        if kind.editable:
            assert each.value() == value


def test_a_text_is_committed_when_it_is_left(stand: Any, qtbot: QtBot) -> None:
    each = stand(field(Organisation, "acronym"))
    each.set_value("METI")
    type_in(qtbot, each, "ＭＯＦＡ  of Japan")
    assert each.is_typed()
    with qtbot.waitSignal(each.committed):
        leave(qtbot, each)
    assert each.value() == "ＭＯＦＡ of Japan"


def test_enter_commits_and_leaving_then_does_not_once_more(stand: Any, qtbot: QtBot) -> None:
    each = stand(field(Organisation, "acronym"))
    seen: list[Any] = []
    each.committed.connect(lambda: seen.append(each.value()))
    type_in(qtbot, each, "DFC")
    qtbot.keyClick(target(each), Qt.Key.Key_Return)
    leave(qtbot, each)
    assert seen == ["DFC"]


def test_nothing_typed_commits_nothing(stand: Any, qtbot: QtBot) -> None:
    each = stand(field(FollowUp, "title"))
    each.set_value("Send the list")
    with qtbot.assertNotEmitted(each.committed):
        leave(qtbot, each)


def test_esc_takes_back_what_was_typed(stand: Any, qtbot: QtBot) -> None:
    each = stand(field(FollowUp, "title"))
    each.set_value("Send the list")
    type_in(qtbot, each, "Another")
    qtbot.keyClick(target(each), Qt.Key.Key_Escape)
    assert each.text() == "Send the list"
    assert not each.is_typed()


def test_a_mandatory_field_left_empty_is_told(stand: Any, qtbot: QtBot) -> None:
    each = stand(field(FollowUp, "title"))
    each.set_value("Send the list")
    type_in(qtbot, each, " ")
    with qtbot.assertNotEmitted(each.committed):
        leave(qtbot, each)
    assert "must not be empty" in each.problem()


def test_an_invalid_date_is_told_under_the_field_and_stays(stand: Any, qtbot: QtBot) -> None:
    each = stand(field(FollowUp, "due_on"))
    each.set_value("2026-11-18")
    type_in(qtbot, each, "2026-02-31")
    with qtbot.assertNotEmitted(each.committed):
        leave(qtbot, each)
    assert each.input.text() == "2026-02-31"
    assert each.problem()
    assert each.input.accessibleDescription() == each.problem()
    assert any(
        note.isVisible() and note.text() == each.problem()
        for note in each.findChildren(QWidget)
        if hasattr(note, "say")
    )
    with pytest.raises(Invalid):
        each.value()
    type_in(qtbot, each, "28 Nov 2026")
    leave(qtbot, each)
    assert (each.value(), each.problem()) == ("2026-11-28", "")


def test_fuzzy_dates_and_times(stand: Any, qtbot: QtBot) -> None:
    founded = stand(field(Initiative, "founded"))
    type_in(qtbot, founded, "2019-05")
    assert founded.value() == "2019-05"
    starts = stand(field(Meeting, "starts"))
    type_in(qtbot, starts, "１４３０")
    assert starts.value() == "14:30"


def test_money_reads_as_the_language_writes_it(stand: Any, qtbot: QtBot) -> None:
    each = stand(field(Initiative, "value"))
    each.set_value("400000000")
    assert each.text() == "400,000,000"
    type_in(qtbot, each, "1,250.50")
    assert each.value() == "1250.5"
    type_in(qtbot, each, "much")
    leave(qtbot, each)
    assert "much" in each.problem()


def test_tab_leaves_a_long_text_and_enter_begins_a_line(stand: Any, qtbot: QtBot) -> None:
    each = stand(field(FollowUp, "detail"))
    height = each.input.height()
    type_in(qtbot, each, "One")
    for line in ("Two", "Three", "Four", "Five"):
        qtbot.keyClick(each.input, Qt.Key.Key_Return)
        qtbot.keyClicks(each.input, line)
    assert each.input.height() > height
    with qtbot.waitSignal(each.committed):
        qtbot.keyClick(each.input, Qt.Key.Key_Tab)
    assert not each.has_focus()
    assert each.value() == "One\nTwo\nThree\nFour\nFive"


def test_letters_are_counted_near_the_most_that_fit_and_nothing_is_cut(stand: Any, qtbot: QtBot) -> None:
    each = stand(field(Organisation, "aliases"))
    assert not _told(each, "of 500")
    each.input.setText("x" * 480)
    assert _told(each, "480 of 500")
    each.input.setText("x" * 501)
    leave(qtbot, each)
    assert "501" in each.problem()
    assert len(each.text()) == 501


def _told(each: EditorWidget, words: str) -> bool:
    return any(words in note.text() and note.isVisible() for note in each._notes.values())


def test_a_choice_is_committed_when_picked_or_left_never_on_the_way(stand: Any, qtbot: QtBot) -> None:
    each = stand(field(FollowUp, "status"))
    each.set_value("open")
    with qtbot.assertNotEmitted(each.committed):
        qtbot.keyClick(each.input, Qt.Key.Key_Down)
        qtbot.keyClick(each.input, Qt.Key.Key_Down)
    with qtbot.waitSignal(each.committed):
        leave(qtbot, each)
    assert each.value() == "waiting"
    each.set_value("open")
    each.input.showPopup()
    view = each.input.view()
    view.setCurrentIndex(each.input.model().index(3, 0))
    with qtbot.waitSignal(each.committed):
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert each.value() == "done"


def test_the_wheel_never_changes_a_choice(stand: Any, qtbot: QtBot) -> None:
    each = stand(field(FollowUp, "priority"))
    each.set_value("medium")
    centre = QPointF(each.input.rect().center())
    wheel = QWheelEvent(
        centre, each.input.mapToGlobal(centre), QPoint(), QPoint(0, -240), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(each.input, wheel)
    assert each.value() == "medium"


def test_a_choice_that_may_be_empty_offers_that(stand: Any) -> None:
    assert stand(field(FollowUp, "rag_set")).input.findData("") == 0
    assert stand(field(FollowUp, "status")).input.findData("") == -1


def test_a_reference_is_chosen_by_a_part_of_its_name(stand: Any, qtbot: QtBot) -> None:
    each = stand(field(FollowUp, "owed_by"))
    type_in(qtbot, each, "relacio")
    qtbot.waitUntil(lambda: bool(each.input.offered()))
    with qtbot.waitSignal(each.committed):
        leave(qtbot, each)
    chosen = Organisation.get(Organisation.acronym == "MINREL")
    assert each.value() == chosen.id
    assert each.input.text().startswith("MINREL")


def test_what_is_offered_is_picked_with_the_arrow_keys(stand: Any, qtbot: QtBot) -> None:
    each = stand(field(FollowUp, "owner"))
    qtbot.keyClick(each.input, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: bool(each.input.offered()))
    assert all("Rojas" not in label for label in each.input.offered())  # officers of the post come first
    popup = each.input._completer.popup()
    qtbot.keyClick(popup, Qt.Key.Key_Down)
    with qtbot.waitSignal(each.committed):
        qtbot.keyClick(popup, Qt.Key.Key_Return)
    assert Person.get_by_id(each.value()).officer


def test_a_name_that_nobody_has_is_told_and_stays(stand: Any, qtbot: QtBot) -> None:
    each = stand(field(FollowUp, "owed_by"))
    type_in(qtbot, each, "Ministry of Silly Walks")
    leave(qtbot, each)
    assert "Silly Walks" in each.problem()
    assert each.input.text() == "Ministry of Silly Walks"


def test_a_reference_leads_to_its_record(stand: Any, context: Context, qtbot: QtBot) -> None:
    each = stand(field(FollowUp, "owner"))
    sato = Person.get(Person.name == "Sato Kenji")
    each.set_value(sato.id)
    with qtbot.waitSignal(context.record_requested) as asked:
        each.open()
    assert asked.args[0].uid == sato.uid


def test_a_country_by_name_code_or_another_language(stand: Any, qtbot: QtBot) -> None:
    each = stand(field(Organisation, "country"))
    for typed, code in (("JP", "JP"), ("chile", "CL"), ("Brasil", "BR")):
        type_in(qtbot, each, typed)
        leave(qtbot, each)
        assert each.value() == code
    type_in(qtbot, each, "Atlantis")
    leave(qtbot, each)
    assert "Atlantis" in each.problem()


def test_a_set_is_edited_as_chips(stand: Any, qtbot: QtBot) -> None:
    each = stand(field(FollowUp, "countries"))
    each.set_value(frozenset({"CL"}))
    with qtbot.waitSignal(each.committed):
        qtbot.keyClicks(target(each), "Peru")
        qtbot.keyClick(target(each), Qt.Key.Key_Return)
    assert each.value() == {"CL", "PE"}
    each.set_shown(each.value())
    with qtbot.waitSignal(each.committed):
        qtbot.keyClick(target(each), Qt.Key.Key_Backspace)
    assert each.value() == {"CL"}


def test_addresses_open_only_with_the_schemes_that_are_safe(
    stand: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toString()))
    each = stand(field(Organisation, "link"))
    for address in ("https://example.org/a", "file:///etc/passwd", "javascript:alert(1)", ""):
        each.set_value(address)
        each.open()
    mail = stand(field(Person, "email"))
    mail.set_value("sato@example.org")
    mail.open()
    assert opened == ["https://example.org/a", "mailto:sato@example.org"]


def test_left_after_the_workspace_was_closed_it_is_told_and_what_is_typed_stays(
    stand: Any, context: Context, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where it is locked under the keyboard: Qt tells of the lost focus a moment later."""
    title = stand(field(FollowUp, "title"))
    type_in(qtbot, title, "Nobody")

    def closed() -> Any:
        raise StoreError("It is closed.")

    with monkeypatch.context() as broken:
        broken.setattr(title, "_read", closed)
        title._on_left()
    assert context.told == ["It is closed."]
    assert title.text() == "Nobody"


def test_an_input_method_is_not_disturbed_by_enter(stand: Any, qtbot: QtBot) -> None:
    """Enter that ends a conversion never arrives as a key: only the text changes, and nothing is committed."""
    each = stand(field(FollowUp, "title"))
    with qtbot.assertNotEmitted(each.committed):
        QApplication.sendEvent(each.input, QInputMethodEvent("かいぎ", []))
        convert(each.input, "会議")
    assert each.text() == "会議"


def test_read_only_editors_take_nothing(stand: Any, qtbot: QtBot) -> None:
    each = stand(field(FollowUp, "title"))
    each.set_value("Send")
    each.set_read_only(True)
    qtbot.keyClicks(each.input, "more")
    assert each.value() == "Send"

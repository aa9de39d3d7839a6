"""What was decided of a file from outside is on the disk soon, comes back with the file, goes once it is written."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from desktop.export.intake.reading import read as read_file
from desktop.export.intake.tracker import applying
from desktop.export.intake.tracker.plan import Act
from desktop.export.intake.wayback import Kind, Proposal
from desktop.export.report import Request, export, note
from desktop.i18n import speaking
from desktop.model import FollowUp
from desktop.service import links, records, setup
from desktop.service.setup import Answers, Officer
from desktop.service.workspace import Workspace
from desktop.store import keys
from desktop.store.drafts import Drafts
from desktop.store.errors import StoreError
from desktop.ui.closing import may_close
from desktop.ui.context import Context
from desktop.ui.drafts import keeper, places
from desktop.ui.drafts.dialog import DraftsDialog
from desktop.ui.intake import opening
from desktop.ui.intake.tracker import planned
from desktop.ui.intake.tracker.wizard import TrackerWizard
from desktop.ui.intake.wayback import taking
from desktop.ui.intake.wayback.choices import Choices
from desktop.ui.intake.wayback.page import ChangesDialog
from desktop.ui.window import MainWindow
from tests.ui.conftest import NOW, fill
from tests.ui.killed import end, on_disk
from tests.ui.test_tracker_wizard import COLUMNS, FILE, OUTCOME, WORDS, choose, column, go, settled, take_in
from tests.ui.test_wayback import SHEET, TITLE, at, open_pages, press, read, row_of, some, taken
from tests.ui.trackers import english

CANARY = "canary"
PASSPHRASE = "seven lanterns drift under quiet bridges tonight"
ANSWERS = Answers(
    post="Embassy of Japan in Chile",
    country="CL",
    zone="America/Santiago",
    own_government="JP",
    partners=["US"],
    accreditations=["CL"],
    officers=[Officer("Sato Kenji"), Officer("Mori Aya")],
    catalogue=False,
)
Make = Callable[..., MainWindow]


@pytest.fixture
def make(context: Context, qtbot: QtBot) -> Iterator[Make]:
    """Makes a window with its keeper; the one before ends as if the program had been killed, a second later."""
    made: list[MainWindow] = []

    def window(*, of: Context = context, keeps: bool = True) -> MainWindow:
        if made:
            if hasattr(made[-1], "keeper"):
                made[-1].keeper.keep_now()
            end(made[-1])
        made.append(MainWindow(of))
        made[-1].resize(1280, 720)
        made[-1].show()
        qtbot.waitExposed(made[-1])
        if keeps:
            keeper.begin(made[-1])
        return made[-1]

    yield window
    if made and isValid(made[-1]):
        end(made[-1])


@pytest.fixture
def workbook(context: Context, tmp_path: Path) -> Path:
    """That came back with one of each, over a workspace in which one of the records was changed meanwhile."""
    path = sent(context, tmp_path / "Status.xlsx")
    edit(path, some)
    records.change(context.workspace, links.find("FU-2026-002"), {"title": "Come back on all terms"})
    return path


def sent(context: Context, path: Path) -> Path:
    note(context.workspace, export(context.workspace, Request(as_of="2026-11-21"), path))
    return path


def edit(path: Path, edited: Callable[[Any, dict[str, int]], None]) -> None:
    book = load_workbook(path)
    head = next(row for row in book[SHEET].iter_rows(max_row=10) if any(cell.value == TITLE for cell in row))
    edited(book[SHEET], {str(cell.value): cell.column for cell in head if cell.value})
    book.save(path)


def decide(page: ChangesDialog) -> None:
    """Three of them otherwise than they are proposed."""
    at(page, Kind.CONFLICT)
    press(page.table, Qt.Key.Key_1)
    at(page, Kind.CHANGE)
    press(page.table, Qt.Key.Key_Space)
    at(page, Kind.GONE)
    page.detail._theirs.click()


def decided(page: ChangesDialog) -> list[bool | None]:
    found = []
    for kind in (Kind.CONFLICT, Kind.CHANGE, Kind.GONE):
        at(page, kind)
        found.append(taken(page))
    return found


BEFORE, AFTER = [None, True, False], [True, False, True]
BACK = "3 changes are decided as you left them."


def bring(window: MainWindow, qtbot: QtBot, kind: type[Any] = ChangesDialog) -> Any:
    """Bring the only thing that was left back, as the officer does."""
    window.messages.buttons()[0].click()
    (dialog,) = window.findChildren(DraftsDialog)
    dialog.accept()
    qtbot.waitUntil(lambda: any(each.isVisible() for each in window.findChildren(kind)), timeout=20_000)
    return next(each for each in window.findChildren(kind) if each.isVisible())


# ---- the page of changes


def test_decided_and_killed_it_is_there_again(make: Make, workbook: Path, qtbot: QtBot) -> None:
    page = read(make(), workbook, qtbot)
    assert decided(page) == BEFORE
    decide(page)
    (name,) = on_disk(page.parent())
    assert name.startswith("changes:")

    window = make()
    assert "Changes of the workbook: Status.xlsx" in window.messages.text()
    again = bring(window, qtbot)
    assert decided(again) == AFTER
    assert again.messages.text() == BACK
    assert window.keeper.left == {}
    assert list(on_disk(window)) == [name]
    assert FollowUp.select().count() == 3  # nothing is written


def test_without_a_keeper_it_is_lost(make: Make, workbook: Path, qtbot: QtBot) -> None:
    decide(read(make(keeps=False), workbook, qtbot))
    again = read(make(), workbook, qtbot)
    assert decided(again) == BEFORE
    assert not again.messages.text()


def test_each_decision_is_on_the_disk_by_itself(make: Make, workbook: Path, qtbot: QtBot) -> None:
    """Nobody closes, locks or asks for it: the keeper looks."""
    window = make()
    page = read(window, workbook, qtbot)
    at(page, Kind.CONFLICT)
    press(page.table, Qt.Key.Key_1)
    qtbot.waitUntil(lambda: bool(window.keeper._kept))
    assert window.keeper._writing.wait()
    before = dict(window.keeper._kept)
    press(page.table, Qt.Key.Key_2)
    qtbot.waitUntil(lambda: window.keeper._kept != before)
    (kept,) = on_disk(window).values()
    assert list(kept["said"]["decisions"].values()) == [False]


@pytest.mark.parametrize("moved", [False, True])
def test_the_file_itself_brings_it_back_wherever_it_lies(
    make: Make, workbook: Path, qtbot: QtBot, moved: bool
) -> None:
    decide(read(make(), workbook, qtbot))
    window = make()
    assert window.messages.text()
    path = workbook.with_name("again.xlsx") if moved else workbook
    if moved:
        workbook.rename(path)
    again = read(window, path, qtbot)
    assert decided(again) == AFTER
    assert window.keeper.left == {}
    assert not window.messages.text()  # it waits for no answer any more


def test_closed_and_quit_it_is_kept(make: Make, workbook: Path, qtbot: QtBot) -> None:
    window = make()
    page = read(window, workbook, qtbot)
    decide(page)
    page.reject()
    assert len(on_disk(window)) == 1
    assert may_close(window)
    window.close()
    QApplication.processEvents()
    assert decided(read(make(), workbook, qtbot)) == AFTER


def test_what_cannot_be_kept_is_asked_about_before_the_window_closes(
    make: Make, workbook: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_given: Any) -> None:
        raise StoreError("No room.")

    window = make()
    page = read(window, workbook, qtbot)
    assert may_close(window)
    decide(page)
    with monkeypatch.context() as broken:
        broken.setattr(Drafts, "exchange", full)
        assert not may_close(window)
    assert "Changes of the workbook" in window.messages.text()
    QApplication.processEvents()  # the keeper hears that it failed
    assert may_close(window)
    assert len(on_disk(window)) == 1


def test_another_file_opened_in_its_place_takes_none_and_loses_none(
    make: Make, context: Context, workbook: Path, qtbot: QtBot
) -> None:
    window = make()
    page = read(window, workbook, qtbot)
    decide(page)
    other = sent(context, workbook.with_name("Other.xlsx"))
    edit(other, some)
    opening.take_in(window, other)
    qtbot.waitUntil(lambda: page.found.path == other, timeout=20_000)
    assert page.choices().by_hand() == []
    assert len(on_disk(window)) == 1
    opening.take_in(window, workbook)
    qtbot.waitUntil(lambda: page.found.path == workbook, timeout=20_000)
    assert decided(page) == AFTER
    assert len(on_disk(window)) == 1


def test_what_is_left_of_another_workbook_does_not_stand_before_what_is_on_the_page(
    make: Make, context: Context, workbook: Path, qtbot: QtBot
) -> None:
    decide(read(make(), workbook, qtbot))
    workbook.unlink()
    edit(sent(context, workbook), some)
    window = make()
    page = read(window, workbook, qtbot)
    at(page, Kind.CHANGE)
    press(page.table, Qt.Key.Key_Space)
    assert taken(page) is False
    before = page.found
    opening.take_in(window, workbook)
    qtbot.waitUntil(lambda: page.found is not before, timeout=20_000)
    at(page, Kind.CHANGE)
    assert taken(page) is False
    assert len(on_disk(window)) == 2


def test_another_workbook_under_the_same_name_takes_none_and_loses_none(
    make: Make, context: Context, workbook: Path, qtbot: QtBot
) -> None:
    decide(read(make(), workbook, qtbot))
    kept = workbook.read_bytes()
    workbook.unlink()
    edit(sent(context, workbook), some)
    window = make()
    page = read(window, workbook, qtbot)
    assert page.choices().by_hand() == []
    assert not page.messages.text()
    page.reject()
    workbook.write_bytes(kept)
    assert decided(read(window, workbook, qtbot)) == AFTER


def test_a_changed_file_takes_what_fits_and_says_how_much_does_not(
    make: Make, workbook: Path, qtbot: QtBot
) -> None:
    """One cell is corrected, and the rows stand elsewhere."""
    page = read(make(), workbook, qtbot)
    decide(page)
    page.reject()

    def correct(sheet: Any, columns: dict[str, int]) -> None:
        sheet.cell(row_of(sheet, "FU-2026-001"), columns[TITLE]).value = "Send a list of trusted suppliers"
        sheet.insert_rows(row_of(sheet, "FU-2026-001"))

    edit(workbook, correct)
    again = read(make(), workbook, qtbot)
    assert again.messages.text() == (
        "2 changes are decided as you left them."
        " 1 decision no longer fits: what it was about has changed since."
    )
    assert decided(again) == [True, True, True]


@pytest.mark.parametrize("whose", ["ours", "nobody's"])
def test_a_record_that_changed_since_is_decided_anew(
    make: Make, context: Context, workbook: Path, qtbot: QtBot, whose: str
) -> None:
    decide(read(make(), workbook, qtbot))
    if whose == "ours":
        records.change(context.workspace, links.find("FU-2026-002"), {"title": "Come back on none"})
    else:
        records.change(context.workspace, links.find("FU-2026-002"), {"detail": "Beside it"})
    again = read(make(), workbook, qtbot)
    assert decided(again) == ([None, False, True] if whose == "ours" else AFTER)
    assert ("1 decision no longer fits" in again.messages.text()) is (whose == "ours")


def test_in_another_language_the_decisions_are_the_same() -> None:
    one = Proposal(
        Kind.CHANGE, "a", 3, 2, uid="u", key="status", exported="Open", now="Open", came="Done", typed="済み",
        values={"status": "done"}, basis={"status": "open"}, before={"status": "open"},
    )  # fmt: skip
    other = Proposal(
        Kind.CHANGE, "a", 9, 2, uid="u", key="status", exported="未着手", now="未着手", came="済み", typed="済み",
        values={"status": "done"}, basis={"status": "open"}, before={"status": "open"},
    )  # fmt: skip
    assert one.seen == other.seen
    for name in ("values", "basis", "before"):
        changed: dict[str, Any] = {name: {"status": "waiting"}}
        assert replace(one, **changed).seen != one.seen


def test_of_two_words_about_one_field_one_comes_back(qtbot: QtBot) -> None:
    every = [
        Proposal(Kind.CONFLICT, sheet, 3, 2, uid="u", values={"title": sheet}, accepted=sheet == "b")
        for sheet in "ab"
    ]
    choices = Choices(every)
    choices.decide([0], True)
    kept = choices.decisions()
    again = Choices(every)
    assert again.remember({key: take for key, take in kept.items() if take}) == 1
    assert [again.taken(number) for number in range(2)] == [True, False]


def test_taken_over_it_is_gone_and_what_is_left_stays(make: Make, workbook: Path, qtbot: QtBot) -> None:
    window = make()
    page = read(window, workbook, qtbot)
    decide(page)
    page.act_button.click()
    qtbot.waitUntil(lambda: "taken over" in page.messages.text(), timeout=20_000)
    (kept,) = on_disk(window).values()
    assert list(kept["said"]["decisions"].values()) == [False]
    page.messages.buttons()[0].click()  # taken back, it is all there again
    (kept,) = on_disk(window).values()
    assert sorted(kept["said"]["decisions"].values()) == [False, True, True]


def test_all_taken_over_nothing_is_kept(make: Make, context: Context, tmp_path: Path, qtbot: QtBot) -> None:
    path = sent(context, tmp_path / "Status.xlsx")

    def title(sheet: Any, columns: dict[str, int]) -> None:
        sheet.cell(row_of(sheet, "FU-2026-001"), columns[TITLE]).value = "Send the list"

    edit(path, title)
    window = make()
    page = read(window, path, qtbot)
    for _time in range(2):
        at(page, Kind.CHANGE)
        press(page.table, Qt.Key.Key_Space)
    assert len(on_disk(window)) == 1
    page.act_button.click()
    qtbot.waitUntil(lambda: not open_pages(window), timeout=20_000)
    assert on_disk(window) == {}
    assert make().keeper.left == {}


def test_given_up_it_is_gone_and_can_be_had_again(make: Make, workbook: Path, qtbot: QtBot) -> None:
    page = read(make(), workbook, qtbot)
    decide(page)
    page.reject()
    window = page.parent()
    page = read(window, workbook, qtbot)
    page.messages.buttons()[0].click()
    assert page.messages.text() == "3 decisions are given up."
    assert decided(page) == BEFORE
    assert on_disk(window) == {}
    page.messages.buttons()[0].click()
    assert decided(page) == AFTER
    assert len(on_disk(window)) == 1
    page.reject()
    window.messages.buttons()[1].click()  # Discard
    assert on_disk(window) == {}


def test_a_file_that_is_gone_leaves_it_where_it_is(make: Make, workbook: Path, qtbot: QtBot) -> None:
    decide(read(make(), workbook, qtbot))
    away = workbook.rename(workbook.with_name("away.xlsx"))
    window = make()
    window.messages.buttons()[0].click()
    (dialog,) = window.findChildren(DraftsDialog)
    assert "Theirs: FU-2026-002" in dialog.yours.toPlainText()
    dialog.accept()
    assert dialog.isVisible()
    assert len(window.keeper.left) == 1
    dialog.reject()
    assert decided(read(window, away, qtbot)) == AFTER


def test_a_long_list_is_told_once_and_not_with_every_look(
    make: Make, workbook: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = make()
    page = read(window, workbook, qtbot)
    decide(page)
    first = places.typed(window)
    monkeypatch.setattr(Choices, "decisions", lambda _self: pytest.fail("told anew"))
    (content,) = places.typed(window).values()
    assert content is next(iter(first.values()))


@pytest.mark.parametrize("passphrase", [None, PASSPHRASE], ids=["plain", "encrypted"])
def test_encrypted_nothing_of_it_can_be_read(
    make: Make,
    context: Context,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    passphrase: str | None,
) -> None:
    """The plain one is the control: so it would be found."""
    monkeypatch.setattr(keys, "ROUNDS", (1000, 2000))
    folder = tmp_path / "work"
    folder.mkdir()
    opened = Workspace.create(folder / "post.juntos", passphrase=passphrase, clock=lambda: NOW)
    setup.set_up(opened, ANSWERS)
    fill(opened)
    sealed = Context(opened, context.settings, context.places)
    try:
        book = sent(sealed, tmp_path / f"{CANARY}.xlsx")
        edit(book, _retitle)
        window = make(of=sealed)
        page = read(window, book, qtbot)
        at(page, Kind.CHANGE)
        press(page.table, Qt.Key.Key_Space)
        assert any(CANARY in each["text"] for each in on_disk(window).values())
        kept = [file for file in folder.iterdir() if ".drafts" in file.name]
        assert kept
        words = [CANARY.encode(coding) for coding in ("utf-8", "utf-16-le")]
        readable = [file for file in kept if any(word in file.read_bytes() for word in words)]
        assert bool(readable) is (passphrase is None)
        again = read(make(of=sealed), book, qtbot)
        at(again, Kind.CHANGE)
        assert taken(again) is False
        end(again.parent())
    finally:
        sealed.stop()
        opened.close()


def _retitle(sheet: Any, columns: dict[str, int]) -> None:
    sheet.cell(row_of(sheet, "FU-2026-001"), columns[TITLE]).value = f"Send the {CANARY}"


@pytest.fixture
def let() -> Iterator[threading.Event]:
    """Lets go on what is being written."""
    made = threading.Event()
    yield made
    made.set()


def slowly(whole: Callable[..., Any], let: threading.Event) -> Callable[..., Any]:
    def slow(*given: Any) -> Any:
        let.wait(20)
        return whole(*given)

    return slow


def test_the_window_does_not_close_while_changes_are_written(
    make: Make, workbook: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, let: threading.Event
) -> None:
    window = make()
    page = read(window, workbook, qtbot)
    decide(page)
    assert may_close(window)
    monkeypatch.setattr(taking, "apply", slowly(taking.apply, let))
    page.accept()
    assert not may_close(window)
    window.messages.buttons()[1].click()  # Discard: what is being written comes to its end
    assert page.isVisible()
    assert not may_close(window)
    let.set()
    qtbot.waitUntil(lambda: not page.busy, timeout=20_000)
    assert "taken over" in page.messages.text()
    assert may_close(window)


# ---- the wizard for trackers


def test_the_window_does_not_close_while_a_tracker_is_taken_in(
    make: Make, tracker: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, let: threading.Event
) -> None:
    window = make()
    wizard = wizard_of(window, tracker, qtbot)
    go(qtbot, wizard, OUTCOME)
    monkeypatch.setattr(applying, "apply", slowly(applying.apply, let))
    before = FollowUp.select().count()
    assert may_close(window)
    wizard.accept()
    assert not may_close(window)
    window.messages.buttons()[1].click()  # Discard
    assert may_close(window)
    let.set()
    qtbot.waitUntil(lambda: not window.context.busy(), timeout=20_000)
    assert FollowUp.select().count() == before


def test_taken_in_behind_the_curtain_it_is_forgotten(make: Make, tracker: Path, qtbot: QtBot) -> None:
    window = make()
    wizard = wizard_of(window, tracker, qtbot)
    say(qtbot, wizard)
    assert len(on_disk(window)) == 1
    window.keeper.hold()
    take_in(qtbot, wizard)
    window.keeper.forget_saved()
    assert on_disk(window) == {}


def test_what_is_not_taken_in_yet_is_kept_behind_the_curtain(make: Make, tracker: Path, qtbot: QtBot) -> None:
    window = make()
    say(qtbot, wizard_of(window, tracker, qtbot))
    window.keeper.hold()
    for dialog in window.findChildren(TrackerWizard):
        dialog.hide()
    window.keeper.forget_saved()
    assert len(on_disk(window)) == 1


def test_columns_of_two_sheets_that_became_the_same_field_come_back(
    make: Make, tracker: Path, qtbot: QtBot
) -> None:
    book = load_workbook(tracker)
    book["February"].cell(4, 9).value = "Shelf"
    book.save(tracker)
    wizard = wizard_of(make(), tracker, qtbot)
    for month, title in (("January", "Folder"), ("February", "Shelf")):
        wizard.wish(sheets=(month,))
        settled(qtbot, wizard)
        go(qtbot, wizard, COLUMNS)
        choose(wizard.steps[COLUMNS].grid.combos[column(wizard, title)], "outcome")
        settled(qtbot, wizard)
    before = dict(wizard.held.corrected)
    assert [rule.target for rule in before.values()].count("outcome") == 2
    window = make()
    again = wizard_of(window, tracker, qtbot)
    assert again.held.corrected == before
    assert again.messages.text() == "What you said of tracker.xlsx is kept; nothing was written."


def test_what_is_left_of_another_table_does_not_stand_before_what_was_said_here(
    make: Make, tracker: Path, qtbot: QtBot
) -> None:
    say(qtbot, wizard_of(make(), tracker, qtbot))
    rename(tracker)
    window = make()
    wizard = wizard_of(window, tracker, qtbot)
    assert not wizard.typed()
    go(qtbot, wizard, COLUMNS)
    choose(wizard.steps[COLUMNS].grid.combos[column(wizard, "Heading 9")], "outcome")
    settled(qtbot, wizard)
    wizard.take(tracker, read_file(tracker))
    settled(qtbot, wizard)
    assert wizard.typed()
    assert [rule.target for rule in wizard.held.corrected.values()] == ["outcome"]


def rename(tracker: Path) -> None:
    """Another table in its place."""
    book = load_workbook(tracker)
    for month in ("January", "February"):
        for place in range(1, 10):
            book[month].cell(4, place).value = f"Heading {place}"
    book.save(tracker)


@pytest.fixture
def tracker(tmp_path: Path) -> Path:
    return english(tmp_path / "tracker.xlsx")


def wizard_of(window: MainWindow, path: Path, qtbot: QtBot) -> TrackerWizard:
    opening.take_in(window, path)
    qtbot.waitUntil(
        lambda: any(each.isVisible() for each in window.findChildren(TrackerWizard)), timeout=20_000
    )
    (wizard,) = [each for each in window.findChildren(TrackerWizard) if each.isVisible()]
    settled(qtbot, wizard)
    return wizard


def say(qtbot: QtBot, wizard: TrackerWizard) -> None:
    """What a column becomes and how its dates are written, what a word and a name mean, what a duplicate is."""
    go(qtbot, wizard, COLUMNS)
    step = wizard.steps[COLUMNS]
    choose(step.grid.combos[column(wizard, "Folder")], "outcome")
    step.grid.reached.emit(column(wizard, "Raised"))
    choose(step.dates, "month_first")
    step.notes.click()
    settled(qtbot, wizard)
    go(qtbot, wizard, WORDS)
    words = wizard.steps[WORDS]
    choose(words.combos[column(wizard, "Status"), "Parked for now"], "waiting")
    choose(words.names["organisation", "Ministerio de Relaciones Exteriore"], "MINREL")
    go(qtbot, wizard, OUTCOME)
    outcome = wizard.steps[OUTCOME]
    outcome.tabs.setCurrentIndex(2)
    outcome.decide[planned.SAME].click()


def said(wizard: TrackerWizard) -> dict[str, Any]:
    held = wizard.held
    rules = {rule.title: rule for rule in held.understood.mapping.columns}
    return {
        "folder": rules["Folder"].target,
        "dates": rules["Raised"].dates,
        "word": rules["Status"].words["Parked for now"],
        "notes": held.understood.mapping.notes,
        "names": dict(held.same_names),
        "rows": list(held.decided.of.values()),
    }


SAID = {
    "folder": "outcome",
    "dates": "month_first",
    "word": "waiting",
    "notes": False,
    "names": {("organisation", "Ministerio de Relaciones Exteriore"): "MINREL"},
    "rows": [planned.SAME],
}


def test_what_was_said_of_a_tracker_and_killed_is_there_again(
    make: Make, tracker: Path, qtbot: QtBot
) -> None:
    say(qtbot, wizard_of(make(), tracker, qtbot))
    window = make(keeps=False)
    keeper.begin(window)
    assert "Take in tracker.xlsx" in window.messages.text()
    again = bring(window, qtbot, TrackerWizard)
    settled(qtbot, again)
    assert again.messages.text() == "What you said of tracker.xlsx is kept; nothing was written."
    assert said(again) == SAID
    assert len(on_disk(window)) == 1
    go(qtbot, again, OUTCOME)
    assert again.held.decided.counts(again.held.plan)[0] == again.held.plan.count(Act.MAKE) - 1
    take_in(qtbot, again)
    assert on_disk(window) == {}


def test_without_a_keeper_what_was_said_of_a_tracker_is_lost(make: Make, tracker: Path, qtbot: QtBot) -> None:
    say(qtbot, wizard_of(make(keeps=False), tracker, qtbot))
    again = wizard_of(make(), tracker, qtbot)
    assert said(again)["folder"] != "outcome"
    assert not again.typed()


def test_given_up_the_tracker_is_looked_at_as_at_first(make: Make, tracker: Path, qtbot: QtBot) -> None:
    say(qtbot, wizard_of(make(), tracker, qtbot))
    window = make()
    again = wizard_of(window, tracker, qtbot)
    assert said(again) == SAID
    again.messages.buttons()[0].click()
    settled(qtbot, again)
    assert said(again)["folder"] != "outcome"
    assert "given up" in again.messages.text()
    assert on_disk(window) == {}
    again.messages.buttons()[0].click()
    settled(qtbot, again)
    assert said(again) == SAID


def test_a_decision_on_duplicates_alone_is_kept_too(make: Make, tracker: Path, qtbot: QtBot) -> None:
    wizard = wizard_of(make(), tracker, qtbot)
    go(qtbot, wizard, OUTCOME)
    wizard.steps[OUTCOME].tabs.setCurrentIndex(2)
    wizard.steps[OUTCOME].decide[planned.LEAVE].click()
    assert wizard.typed()
    window = make()
    assert may_close(window)
    again = wizard_of(window, tracker, qtbot)
    assert list(again.held.decided.of.values()) == [planned.LEAVE]
    assert may_close(window)  # it is on the disk
    window.close()
    QApplication.processEvents()
    assert len(make().keeper.left) == 1


def test_a_duplicate_of_another_record_is_decided_anew(
    make: Make, context: Context, tracker: Path, qtbot: QtBot
) -> None:
    say(qtbot, wizard_of(make(), tracker, qtbot))
    records.delete(context.workspace, [links.find("FU-2026-003")])
    wizard = wizard_of(make(), tracker, qtbot)
    other = records.add(context.workspace, FollowUp, {"title": "Brief the capital on the tender"})
    go(qtbot, wizard, OUTCOME)
    assert [planned.same_as(row) for row in wizard.held.plan.likely] == [other.ref]
    assert wizard.held.decided.of == {}
    assert "1 decision no longer fits" in wizard.messages.text()


def test_a_changed_tracker_takes_what_fits(make: Make, tracker: Path, qtbot: QtBot) -> None:
    wizard = wizard_of(make(), tracker, qtbot)
    go(qtbot, wizard, COLUMNS)
    for title, target in (("Folder", "outcome"), ("Progress", "detail")):
        choose(wizard.steps[COLUMNS].grid.combos[column(wizard, title)], target)
    settled(qtbot, wizard)
    book = load_workbook(tracker)
    for month in ("January", "February"):
        book[month].cell(4, 9).value = "Shelf"
    book.save(tracker)
    again = wizard_of(make(), tracker, qtbot)
    rules = {rule.title: rule.target for rule in again.held.understood.mapping.columns}
    assert rules["Progress"] == "detail"
    assert rules["Shelf"] != "outcome"
    assert again.messages.text().endswith("1 decision no longer fits: what it was about has changed since.")


def test_another_table_under_the_same_name_takes_none_and_loses_none(
    make: Make, tracker: Path, qtbot: QtBot
) -> None:
    say(qtbot, wizard_of(make(), tracker, qtbot))
    kept = tracker.read_bytes()
    rename(tracker)
    window = make()
    wizard = wizard_of(window, tracker, qtbot)
    assert not wizard.typed()
    assert not wizard.messages.text()
    wizard.reject()
    tracker.write_bytes(kept)
    assert said(wizard_of(window, tracker, qtbot)) == SAID


def test_another_tracker_opened_in_its_place_loses_none(
    make: Make, tracker: Path, qtbot: QtBot, tmp_path: Path
) -> None:
    window = make()
    wizard = wizard_of(window, tracker, qtbot)
    say(qtbot, wizard)
    other = tmp_path / "other.csv"
    other.write_text("Task;Deadline\nSend it;2026-05-01\nReturn it;2026-05-02\n", "utf-8")
    wizard.take(other, read_file(other))
    settled(qtbot, wizard)
    assert not wizard.typed()
    assert len(on_disk(window)) == 1
    wizard.take(tracker, read_file(tracker))
    settled(qtbot, wizard)
    assert wizard.at == FILE
    assert said(wizard) == SAID


def test_what_is_on_the_disk_reads_in_words(make: Make, tracker: Path, qtbot: QtBot) -> None:
    window = make()
    say(qtbot, wizard_of(window, tracker, qtbot))
    (kept,) = on_disk(window).values()
    assert "Folder → Outcome" in kept["text"]
    assert "“Parked for now”: Waiting" in kept["text"]
    with speaking("ja"):
        (kept,) = places.typed(window).values()
    assert "Parked for now" in kept["text"]

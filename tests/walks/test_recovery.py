"""Walks through what goes wrong with the file: damaged at the start, restored, taken back; moved, set back, flipped."""

from __future__ import annotations

import os
import shutil
import threading
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from desktop.model import FollowUp
from desktop.service import backups, records, setup
from desktop.service.setup import Answers, Officer
from desktop.service.workspace import Workspace
from desktop.store import crypt, kept, places, reading
from desktop.store.errors import Damaged, StoreError
from desktop.store.places import Place
from desktop.ui import layout, opening
from desktop.ui.backups.comparing import CLOSED, GOOD
from desktop.ui.backups.dialog import show_backups
from desktop.ui.checking.dialog import check_workspace
from desktop.ui.recovery.copies import open_copy
from desktop.ui.recovery.page import RecoveryPage
from desktop.ui.recovery.restoring import restore
from desktop.ui.recovery.waiting import WaitingPage
from desktop.ui.session import Session
from tests.walks.conftest import Walker


def titles() -> set[str]:
    return {each.title for each in FollowUp.select()}


def promise(walker: Walker, title: str) -> None:
    records.add(walker.workspace, FollowUp, {"title": title})


def kept_backup(walker: Walker) -> backups.Backup:
    """A backup of now; what is saved after it is not in it."""
    made = backups.make(walker.workspace, "asked")
    return kept.of_file(made.path)


def restored(walker: Walker) -> None:
    walker.wait(lambda: walker.session.window is not None and walker.session.waiting is None)


def answer(walker: Walker, words: str) -> None:
    """Press a button of what the window tells."""
    button = next(each for each in walker.window.messages.buttons() if each.text() == words)
    button.click()


# ---- restoring


def test_a_restore_brings_the_records_back_and_undo_takes_it_back(walker: Walker) -> None:
    promise(walker, "Kept")
    backup = kept_backup(walker)
    promise(walker, "Later")
    dialog = show_backups(walker.window)
    walker.wait(lambda: dialog.list.chosen is not None and dialog.list.chosen.state == GOOD)
    assert "1 save with 1 record less than now" in dialog.list.chosen.words
    dialog.restore_button.click()
    dialog.messages.buttons()[0].click()
    walker.wait(lambda: walker.session.waiting is not None)
    waiting = walker.session.waiting
    assert isinstance(waiting, WaitingPage)
    assert walker.session.window is None  # nothing of the records is seen meanwhile
    assert not waiting.close()
    restored(walker)
    assert "Kept" in titles()
    assert "Later" not in titles()
    assert walker.window.messages.text().startswith("Restored: ")
    assert [each for each in kept.listed(backup.path.parent.parent / "post.juntos") if each.is_aside]
    answer(walker, "Undo")
    walker.wait(lambda: walker.session.waiting is not None)
    restored(walker)
    assert {"Kept", "Later"} <= titles()


def test_a_restore_that_fails_leaves_everything_and_says_why(
    walker: Walker, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup = kept_backup(walker)
    promise(walker, "Later")

    def refuse(*_given: Any, **_options: Any) -> None:
        raise StoreError("There is no room.")

    monkeypatch.setattr(backups, "restore", refuse)
    restore(walker.session, backup)
    restored(walker)
    assert walker.window.messages.text() == "There is no room."
    assert "Later" in titles()


def test_a_copy_is_looked_into_and_left_again(walker: Walker) -> None:
    promise(walker, "Kept")
    backup = kept_backup(walker)
    promise(walker, "Later")
    path = walker.workspace.engine.path
    before = backup.path.read_bytes()
    open_copy(walker.session, backup)
    assert walker.workspace.engine.path == backup.path
    assert "Later" not in titles()
    assert walker.window.windowTitle().endswith(" (read-only) — Juntos")
    assert walker.session.settings.workspace == str(path)  # it opens next time, and not the copy
    banner = walker.session.standing.banners["readonly"]
    assert "opened to be read only" in banner.text()
    banner.dismiss()
    assert banner.text()
    back, restore_it = banner.buttons()
    restore_it.click()
    assert "moved aside, not deleted" in walker.window.messages.text()
    back.click()
    assert walker.workspace.engine.path == path
    assert "Later" in titles()
    assert backup.path.read_bytes() == before


def test_a_copy_can_become_the_workspace(walker: Walker) -> None:
    path = walker.workspace.engine.path
    backup = kept_backup(walker)
    promise(walker, "Later")
    open_copy(walker.session, backup)
    walker.session.standing.banners["readonly"].buttons()[1].click()
    answer(walker, "Restore")
    restored(walker)
    assert walker.workspace.engine.path == path
    assert "Later" not in titles()
    assert not walker.workspace.readonly


# ---- what cannot be opened


def damaged(walker: Walker, content: bytes = b"") -> Path:
    """The workspace with a backup beside it, closed, and another content in its file."""
    promise(walker, "Kept")
    kept_backup(walker)
    path = walker.session.leave().path
    path.write_bytes(content or path.read_bytes()[:50_000])
    return path


@pytest.mark.parametrize("content", [b"", b"a letter to the ministry, and no workspace", bytes(8192)])
def test_a_damaged_workspace_leads_to_its_backups_and_back(walker: Walker, content: bytes) -> None:
    path = damaged(walker, content)
    broken = path.read_bytes()
    assert not opening.attempt(walker.session, path)
    page = walker.session.start
    assert isinstance(page, RecoveryPage)
    assert str(path) in page.wrong.text()
    walker.wait(lambda: page.list.chosen is not None and page.list.chosen.state == GOOD)
    page.restore_button.click()
    page.messages.buttons()[0].click()
    restored(walker)
    assert walker.session.start is None
    assert "Kept" in titles()
    said = walker.window.messages
    assert said.text().startswith("Restored: ")
    assert [each.text() for each in said.buttons()] == ["Show in folder"]
    (aside,) = kept.aside_folder(path).iterdir()
    assert (aside / path.name).read_bytes() == broken
    assert str(aside) in said.text()


def test_an_empty_file_and_a_missing_one_lead_there_too(walker: Walker) -> None:
    path = damaged(walker)
    os.truncate(path, 0)
    for sentence in ("is empty", "There is no workspace"):
        assert not opening.attempt(walker.session, path)
        assert sentence in walker.session.start.wrong.text()
        assert walker.session.start.list.count() == 1
        path.unlink(missing_ok=True)


def test_try_again_opens_what_was_put_right_meanwhile(walker: Walker, template: Path) -> None:
    path = damaged(walker)
    whole = template.read_bytes()
    opening.attempt(walker.session, path)
    page = walker.session.start
    page.again_button.click()
    assert walker.session.start is page
    assert page.isVisible()
    path.with_name(path.name + ".witness").unlink()
    path.write_bytes(whole)
    page.again_button.click()
    walker.wait(lambda: walker.session.window is not None)
    assert walker.session.start is None


def test_from_open_one_comes_back_to_the_workspace_before(walker: Walker, tmp_path: Path) -> None:
    path = walker.workspace.engine.path
    other = tmp_path / "lima.juntos"
    other.write_bytes(b"no workspace at all")
    place = kept.folder(other)
    place.mkdir()
    shutil.copy(kept_backup(walker).path, place / "lima-00000009-20261119T120000-daily.juntos")
    walker.session.change_workspace(other)
    page = walker.session.start
    assert isinstance(page, RecoveryPage)
    assert page.back_button.text().replace("&", "") == f"Back to {path.name}"
    page.back_button.click()
    assert walker.workspace.engine.path == path
    assert walker.session.start is None


def test_a_new_workspace_may_be_begun_from_there_and_thought_better_of(walker: Walker) -> None:
    opening.attempt(walker.session, damaged(walker))
    page = walker.session.start
    page.new_button.click()
    begun = walker.session.start
    assert begun is not page
    assert not page.isVisible()
    begun.close()
    assert walker.session.start is page
    assert page.isVisible()


def test_what_was_answered_at_the_first_start_is_there_after_a_look_elsewhere(
    session: Session, walker: Walker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = damaged(walker, b"no workspace at all")
    session.begin(tmp_path / "new.juntos", [])
    start = session.start
    start.post.at("post").set_value("Embassy of Japan in Peru")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: (str(path), ""))
    start._choose_existing()
    assert isinstance(session.start, RecoveryPage)
    session.start.close()
    assert session.start is start
    assert start.post.at("post").value() == "Embassy of Japan in Peru"


# ---- what stands over the pages


def test_a_file_that_was_set_back_is_told_until_somebody_accepts_it(walker: Walker, tmp_path: Path) -> None:
    backup = kept_backup(walker)
    promise(walker, "Confirmed")
    path = walker.session.leave().path
    shutil.copy(backup.path, path)
    opening.attempt(walker.session, path)
    banner = walker.session.standing.banners["finding"]
    assert "older than it was left" in banner.text()
    assert [each.text() for each in banner.buttons()] == [
        "Backups…",
        "Save a rescue copy…",
        "Continue with this file",
    ]
    banner.buttons()[2].click()
    assert not banner.text()
    walker.session.leave()
    opening.attempt(walker.session, path)
    assert "finding" not in walker.session.standing.banners


def test_without_the_witness_a_file_that_was_set_back_is_not_noticed(
    walker: Walker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control of the test before."""
    backup = kept_backup(walker)
    promise(walker, "Confirmed")
    path = walker.session.leave().path
    shutil.copy(backup.path, path)
    monkeypatch.setattr("desktop.store.engine.compared", lambda *_given: None)
    opening.attempt(walker.session, path)
    assert "finding" not in walker.session.standing.banners


def test_a_file_that_is_replaced_while_it_is_open_is_noticed_and_can_be_rescued(
    walker: Walker, template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    promise(walker, "Before")
    path = walker.workspace.engine.path
    other = tmp_path / "other.juntos"
    shutil.copy(template, other)
    walker.session.standing.look()
    assert "moved" not in walker.session.standing.banners
    other.replace(path)
    walker.session.standing.look()
    banner = walker.session.standing.banners["moved"]
    assert "was replaced by another file" in banner.text()
    target = tmp_path / "rescue.juntos"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(target), ""))
    banner.buttons()[0].click()
    walker.wait(lambda: "rescue copy was saved" in walker.window.messages.text())
    with reading.reading(target) as connection:
        found = connection.execute(f'SELECT title FROM "{FollowUp._meta.table_name}"').fetchall()
    assert ("Before",) in found
    assert [each.text() for each in walker.window.messages.buttons()] == ["Open it"]
    banner.buttons()[0].click()
    walker.wait(lambda: "exists already" in walker.window.messages.text())
    banner.buttons()[2].click()
    assert walker.window.isVisible()
    assert "moved" not in walker.session.standing.banners
    walker.session.standing.look()
    assert "moved" not in walker.session.standing.banners


def test_a_rescue_copy_can_be_opened_at_once(
    walker: Walker, template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    promise(walker, "Before")
    other = tmp_path / "other.juntos"
    shutil.copy(template, other)
    other.replace(walker.workspace.engine.path)
    walker.session.standing.look()
    target = tmp_path / "rescue.juntos"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(target), ""))
    walker.session.standing.banners["moved"].buttons()[0].click()
    walker.wait(walker.window.messages.buttons)
    answer(walker, "Open it")
    assert walker.workspace.engine.path == target
    assert "Before" in titles()
    assert not walker.workspace.readonly


def test_what_can_only_be_read_can_be_copied_and_the_copy_written(
    walker: Walker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    promise(walker, "Before")
    path = walker.session.leave().path
    opening.attempt(walker.session, path, readonly=True)
    banner = walker.session.standing.banners["readonly"]
    assert [each.text() for each in banner.buttons()] == ["Save a copy…"]
    target = tmp_path / "mine.juntos"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(target), ""))
    going, said = threading.Event(), walker.window.messages.text
    rescue = walker.workspace.engine.rescue
    monkeypatch.setattr(walker.workspace.engine, "rescue", lambda to: (going.wait(20), rescue(to)))
    banner.buttons()[0].click()
    assert walker.session.context.busy()  # the window goes on meanwhile
    assert not said()
    going.set()
    walker.wait(said)
    answer(walker, "Open it")
    assert walker.workspace.engine.path == target
    promise(walker, "In the copy")
    assert {"Before", "In the copy"} <= titles()


def test_a_save_into_a_file_that_was_replaced_is_not_confirmed_and_stays_in_its_field(
    walker: Walker, template: Path, tmp_path: Path
) -> None:
    promise(walker, "Before")
    record = FollowUp.get(FollowUp.title == "Before")
    walker.window.show_record(record)
    title = walker.window.pane.record_pane().view().form.title.editor
    title.set_shown("Before")
    other = tmp_path / "other.juntos"
    shutil.copy(template, other)
    other.replace(walker.workspace.engine.path)
    title.input.setFocus()
    title.input.selectAll()
    walker.type("Typed since")
    walker.window.pane.commit()
    assert FollowUp.get_by_id(record.id).title == "Before"
    assert title.input.toPlainText() == "Typed since"


def test_what_is_to_be_feared_of_a_place_is_told_once(
    walker: Walker, monkeypatch: pytest.MonkeyPatch
) -> None:
    cloud = Place(places.CLOUD, "OneDrive")
    path = walker.session.leave().path
    monkeypatch.setattr(places, "kind_of", lambda _path: cloud)
    opening.attempt(walker.session, path)
    banner = walker.session.standing.banners["warning"]
    assert "OneDrive" in banner.text()
    banner.dismiss()
    assert layout.state_of(walker.window)["warned"] == [str(path.parent)]
    walker.session.leave()
    opening.attempt(walker.session, path)
    assert "warning" not in walker.session.standing.banners


def test_a_lock_of_another_computer_is_told_and_taken_over_once_it_is_stale(
    walker: Walker, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = walker.session.leave().path
    monkeypatch.setattr(places, "kind_of", lambda _path: Place(places.NETWORK, "SMB"))
    lock = path.with_name(path.name + ".lock")
    lock.write_text('{"host": "elsewhere", "user": "mori", "pid": 1, "since": "", "mark": "x"}', "utf-8")
    opening.attempt(walker.session, path)
    banner = walker.session.standing.banners["readonly"]
    assert "open for mori on elsewhere" in banner.text()
    assert [each.text() for each in banner.buttons()] == ["Save a copy…"]
    walker.session.leave()
    os.utime(lock, (0, 0))
    opening.attempt(walker.session, path)
    take_over, _copy = walker.session.standing.banners["readonly"].buttons()
    take_over.click()
    assert not walker.workspace.readonly
    assert "was taken over" in walker.session.standing.banners["finding"].text()


def test_damage_that_is_met_while_working_leads_to_the_backups(walker: Walker) -> None:
    path = walker.workspace.engine.path

    def meet() -> None:
        raise Damaged("It is damaged.", path)

    kept_backup(walker)
    dialog = show_backups(walker.window)
    dialog.ask_to_restore()
    assert "can be undone" in dialog.messages.text()
    walker.session.context.attempt(meet)
    banner = walker.session.standing.banners["broken"]
    assert banner.text() == "It is damaged."
    assert banner.buttons()[1].text() == "Check workspace…"
    dialog.ask_to_restore()
    assert "undone" not in dialog.messages.text()
    assert "moved aside, and kept" in dialog.messages.text()
    dialog.close()


def test_a_bit_that_turned_is_found_and_put_back(walker: Walker) -> None:
    promise(walker, "Send the list of suppliers")
    path = walker.session.leave().path
    content = bytearray(path.read_bytes())
    places_ = [at for at in range(len(content)) if content.startswith(b"Send the list of suppliers", at)]
    content[places_[0] + 3] ^= 0x01
    path.write_bytes(content)
    opening.attempt(walker.session, path)
    dialog = check_workspace(walker.window)
    walker.wait(lambda: dialog.report is not None and not dialog.running.going())
    assert dialog.report.flaws
    dialog.mend_button.click()
    walker.wait(lambda: dialog.report.clean)
    dialog.close()
    assert "Send the list of suppliers" in titles()


def test_a_restore_that_was_interrupted_is_ended_and_said(
    walker: Walker, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup = kept_backup(walker)
    promise(walker, "Later")
    path = walker.session.leave().path

    class Killed(BaseException):
        pass

    def killed(*_given: Any) -> None:
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr("desktop.store.restoring._carry_out", killed)
        with pytest.raises(Killed):
            backups.restore(path, backup)
    opening.attempt(walker.session, path)
    assert "brought to its end" in walker.window.messages.text()
    assert "Later" not in titles()


def test_a_workspace_that_opens_needs_no_page(walker: Walker) -> None:
    path = walker.session.leave().path
    opened = opening.opened(walker.session, path)
    assert walker.session.start is None
    opened.close()


# ---- encrypted


PASSPHRASE = "correct horse battery staple"


def test_an_encrypted_workspace_is_restored_without_asking_again(
    session: Session, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.store.keys.rounds_here", lambda *_given: 256_000)
    path = tmp_path / "sealed.juntos"
    workspace = Workspace.create(path, passphrase=PASSPHRASE)
    setup.set_up(workspace, Answers("Embassy", "CL", "America/Santiago", "JP", officers=[Officer("Sato")]))
    session.show(workspace)
    walker = Walker(session, qtbot)
    backup = kept_backup(walker)
    promise(walker, "Later")
    open_copy(session, backup)
    assert "Later" not in titles()
    session.standing.banners["readonly"].buttons()[0].click()
    assert "Later" in titles()
    restore(session, backup)
    restored(walker)
    assert walker.workspace.engine.key is not None
    assert "Later" not in titles()
    answer(walker, "Undo")
    walker.wait(lambda: session.waiting is not None)
    restored(walker)
    assert "Later" in titles()
    session.leave()
    opening.attempt(session, path)
    session.start.backups_requested.emit()
    page = session.start
    assert isinstance(page, RecoveryPage)
    walker.wait(lambda: page.list.chosen.state == CLOSED)
    assert page.passphrase.isVisible()
    page.passphrase.line.setText(PASSPHRASE)
    page.passphrase.line.editingFinished.emit()
    walker.wait(lambda: page.list.chosen.state == GOOD)
    page.restore()
    restored(walker)
    assert walker.workspace.engine.key is not None
    assert session.start is None


def sealed_and_damaged(session: Session, qtbot: QtBot, tmp_path: Path, *, start: bool) -> Path:
    """An encrypted workspace with a backup, closed; its beginning is not what it was, or its end is gone."""
    path = tmp_path / "sealed.juntos"
    workspace = Workspace.create(path, passphrase=PASSPHRASE)
    setup.set_up(workspace, Answers("Embassy", "CL", "America/Santiago", "JP", officers=[Officer("Sato")]))
    session.show(workspace)
    walker = Walker(session, qtbot)
    for number in range(40):
        promise(walker, f"Kept {number}")
    kept_backup(walker)
    session.leave()
    content = bytearray(path.read_bytes())
    content[100 if start else -1] ^= 1
    path.write_bytes(content if start else content[: len(content) // 2])
    return path


@pytest.mark.parametrize("start", [False, True])
def test_a_damaged_encrypted_workspace_does_not_ask_for_what_was_just_typed(
    session: Session, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, start: bool
) -> None:
    monkeypatch.setattr("desktop.store.keys.ROUNDS", (1000, 2000))
    path = sealed_and_damaged(session, qtbot, tmp_path, start=start)
    walker = Walker(session, qtbot)
    assert not opening.attempt(session, path)
    asking = session.start
    asking.line.setText(PASSPHRASE)
    asking.submit()
    if start:  # whether it is the file or the passphrase cannot be told
        walker.wait(lambda: bool(asking.problem.text()))
        asking.backups.click()
    walker.wait(lambda: isinstance(session.start, RecoveryPage))
    page = session.start
    walker.wait(lambda: page.list.chosen.state not in ("looking", ""))
    assert page.list.chosen.state == GOOD
    assert not page.passphrase.isVisible()
    if not start:
        walker.wait(lambda: bool(page.read.text()))
        assert "What could be read of it" in page.read.text()
    page.restore()
    restored(walker)
    assert walker.workspace.engine.key is not None
    assert "Kept 39" in titles()
    assert session.start is None
    assert (page.key, page.given) == (None, None)


OLDER = "nine copper kettles sing before the harbour wakes"


def under_two_passphrases(
    session: Session, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> tuple[Walker, RecoveryPage]:
    """A sound workspace, its passphrase typed, and its backups shown: the newest takes that, the others another."""
    monkeypatch.setattr("desktop.store.keys.ROUNDS", (1000, 2000))
    path = tmp_path / "sealed.juntos"
    workspace = Workspace.create(path, passphrase=OLDER)
    setup.set_up(workspace, Answers("Embassy", "CL", "America/Santiago", "JP", officers=[Officer("Sato")]))
    session.show(workspace)
    walker = Walker(session, qtbot)
    promise(walker, "Kept")
    kept_backup(walker)
    promise(walker, "Later")
    left = session.leave()
    opening.attempt(session, path, key=crypt.rewrite(path, left.key, PASSPHRASE))
    promise(walker, "In between")  # else both are of one state, and of one second perhaps
    kept_backup(walker)
    promise(walker, "Last")
    session.leave()
    opening.attempt(session, path)
    session.start.line.setText(PASSPHRASE)
    session.start.backups.click()
    page = session.start
    walker.wait(lambda: "looking" not in [each.state for each in page.list.found()])
    assert [each.state for each in page.list.found()] == [GOOD, CLOSED, CLOSED]
    page.list.setCurrentRow(2)
    page.passphrase.line.setText(OLDER)
    page.passphrase.line.editingFinished.emit()
    walker.wait(lambda: page.list.found()[2].state == GOOD)
    return walker, page


def test_what_was_typed_for_an_old_backup_does_not_make_the_file_unreadable(
    session: Session, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    walker, page = under_two_passphrases(session, qtbot, tmp_path, monkeypatch)
    page.restore_button.click()
    assert "this can be undone" in page.messages.text()
    page.messages.buttons()[0].click()
    restored(walker)
    assert "Later" not in titles()
    assert "before-restore" in [each.why for each in kept.listed(page.path)]
    answer(walker, "Undo")
    walker.wait(lambda: session.waiting is not None)
    restored(walker)
    assert "Last" in titles()


def test_each_backup_is_restored_with_what_opened_it(
    session: Session, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    walker, page = under_two_passphrases(session, qtbot, tmp_path, monkeypatch)
    page.list.setCurrentRow(0)
    page.restore()
    restored(walker)
    assert {"Kept", "Later"} <= titles()
    assert "Last" not in titles()
    dialog = show_backups(walker.window)
    oldest = len(dialog.list.found()) - 1
    walker.wait(lambda: "looking" not in [each.state for each in dialog.list.found()])
    dialog.list.setCurrentRow(oldest)
    dialog.passphrase.line.setText(OLDER)
    dialog.passphrase.line.editingFinished.emit()
    walker.wait(lambda: dialog.list.found()[oldest].state == GOOD)
    dialog.passphrase.line.setText("typed for another one of them")
    dialog.copy_button.click()
    walker.wait(lambda: session.copy is not None)
    assert "Later" not in titles()


def test_where_nothing_opens_the_file_no_way_back_is_promised(
    session: Session, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.store.keys.ROUNDS", (1000, 2000))
    path = sealed_and_damaged(session, qtbot, tmp_path, start=True)
    walker = Walker(session, qtbot)
    opening.attempt(session, path)
    session.start.line.setText(PASSPHRASE)
    session.start.backups.click()
    page = session.start
    walker.wait(lambda: page.list.chosen.state == GOOD)
    page.ask_to_restore()
    assert "moved aside, and kept" in page.messages.text()
    page.close()

"""An encrypted workspace: made, written in, locked with texts half typed, unlocked, its passphrase changed."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QTimer
from PySide6.QtGui import QClipboard
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit
from pytestqt.qtbot import QtBot
from shiboken6 import isValid
from sqlcipher3 import dbapi2 as sqlcipher

from desktop.model import FollowUp
from desktop.service import attachments, backups, follow_ups
from desktop.service.setup import Answers, Officer
from desktop.store import crypt, keys, looking
from desktop.store.drafts import Drafts
from desktop.store.errors import StoreError
from desktop.ui import secondstart
from desktop.ui.dialogs.follow_up import FollowUpDialog
from desktop.ui.drafts import inputs
from desktop.ui.drafts.keeper import Keeper
from desktop.ui.locking import guard
from desktop.ui.locking.copies import PlainCopiesDialog
from desktop.ui.locking.dialog import PassphraseDialog
from desktop.ui.locking.lock import lock
from desktop.ui.locking.reminding import remind
from desktop.ui.session import Session
from desktop.ui.standing import Banner
from tests.walks.conftest import Walker

PASSPHRASE = "seven lanterns drift under quiet bridges tonight"
OTHER = "nine copper kettles sing before the harbour wakes"
CANARY = "Kanarienvogel"
ANSWERS = Answers(
    post=f"Embassy {CANARY}post",
    country="PE",
    zone="America/Lima",
    own_government="JP",
    officers=[Officer(f"Mori {CANARY}officer")],
    catalogue=False,
)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys of few rounds, and a desktop that says nothing."""
    monkeypatch.setattr(keys, "ROUNDS", (1000, 2000))
    monkeypatch.setattr(guard, "EARS", {})


@pytest.fixture
def sealed(session: Session, qtbot: QtBot, tmp_path: Path) -> Walker:
    """At an embassy with an encrypted workspace and one follow-up."""
    session.make(tmp_path / "post.juntos", ANSWERS, PASSPHRASE)
    hands = Walker(session, qtbot)
    follow_ups.add(hands.workspace, {"title": f"Send the {CANARY}list"})
    hands.back()
    hands.wait(lambda: session.guard is not None and hasattr(session.window, "keeper"))
    return hands


def planted(*places: Path) -> list[tuple[Path, str]]:
    """Files in which what was typed, or the passphrase, can be read."""
    words = (CANARY, PASSPHRASE, OTHER)
    forms = [(word, form) for word in words for form in (word.encode(), word.encode("utf-16-le"))]
    files = {file for place in places for file in place.rglob("*") if file.is_file()}
    return [(file, word) for file in files for word, form in forms if form in file.read_bytes()]


def test_what_is_planted_is_found_where_nothing_is_encrypted(
    session: Session, tmp_path: Path, home: Path
) -> None:
    session.make(tmp_path / "post.juntos", ANSWERS)
    assert {word for _file, word in planted(tmp_path, home)} == {CANARY}


def locked(walker: Walker) -> Any:
    """The page of the lock, once the file is closed."""
    walker.wait(lambda: walker.session.locked is not None and walker.session.locked.closed)
    return walker.session.locked.page


def unlock(walker: Walker, passphrase: str = PASSPHRASE) -> None:
    page = walker.session.locked.page
    page.line.setText(passphrase)
    page.act.click()
    walker.wait(lambda: walker.session.locked is None)
    walker.wait(lambda: hasattr(walker.window, "keeper"))


def shown() -> list[Any]:
    """Windows of the program that can be seen."""
    return [each for each in QApplication.topLevelWidgets() if each.isVisible()]


def go_to_follow_up(walker: Walker) -> Any:
    """Select the follow-up; the form of its record."""
    walker.press("Ctrl+2")
    (record,) = FollowUp.select()
    walker.window.page.select_record(record)
    walker.wait(lambda: walker.window.ask("selected_count") == 1)
    walker.wait(lambda: walker.window.pane.record_pane().view() is not None)
    return walker.window.pane.record_pane().view().form


def test_type_lock_unlock_and_it_is_there(
    sealed: Walker, tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_to_follow_up(sealed).rows["due_on"].editor.setFocus()
    sealed.type(f"no date {CANARY}field")
    sealed.press("Ctrl+N")
    dialog = sealed.dialog(FollowUpDialog)
    sealed.type(f"Half {CANARY}typed")
    QApplication.clipboard().setText(f"{CANARY}copied")
    monkeypatch.setattr(QClipboard, "ownsClipboard", lambda _self: True)  # no screen, no owner
    window = sealed.window
    lock(sealed.session)
    page = locked(sealed)
    assert shown() == [page]
    assert CANARY not in page.windowTitle() + page.file.text()
    assert CANARY not in QApplication.clipboard().text()
    sealed.wait(lambda: not isValid(window) and not isValid(dialog))
    assert sealed.session.context is None
    assert planted(tmp_path, home) == []

    page.line.setText("not the passphrase at all")
    page.act.click()
    sealed.wait(lambda: "does not open" in page.problem.text())
    assert shown() == [page]

    unlock(sealed)
    sealed.wait(lambda: sealed.window.ask("selected_count") == 1)
    dialog = sealed.dialog(FollowUpDialog)
    sealed.wait(lambda: f"Half {CANARY}typed" in inputs.words(inputs.states(dialog.form)))
    form = sealed.window.pane.record_pane().view().form
    sealed.wait(lambda: f"no date {CANARY}field" in form.rows["due_on"].editor.findChild(QLineEdit).text())
    assert sealed.window.keeper.left == {}


def test_it_is_the_keeping_that_brings_it_back(sealed: Walker, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control of the walk above: a keeper that goes on looking at hidden windows drops what is typed in them."""
    monkeypatch.setattr(Keeper, "hold", lambda _self: True)
    sealed.press("Ctrl+N")
    sealed.dialog(FollowUpDialog)
    sealed.type(f"Half {CANARY}typed")
    lock(sealed.session)
    locked(sealed)
    unlock(sealed)
    assert not [each for each in sealed.window.findChildren(FollowUpDialog) if each.isVisible()]


def test_what_is_left_of_an_earlier_run_waits_for_its_answer(sealed: Walker) -> None:
    left = {
        "left:1:text:0": {
            "where": "Somewhere",
            "text": "Earlier",
            "place": "text:0",
            "typed_at": "2026-11-21T10:00:00+00:00",
        }
    }
    sealed.window.keeper._writing.exchange(left, [])
    sealed.window.keeper.left = dict(left)
    lock(sealed.session)
    locked(sealed)
    unlock(sealed)
    assert list(sealed.window.keeper.left) == list(left)
    assert "was not saved" in sealed.window.messages.text()


def test_a_plain_workspace_offers_nothing(walker: Walker) -> None:
    walker.window.commands.refresh()
    assert not walker.window.commands.actions["lock"].isVisible()
    assert lock(walker.session) is None
    assert walker.session.guard is None


def test_the_command_locks(sealed: Walker) -> None:
    sealed.press("Ctrl+Shift+L")
    locked(sealed)


def test_copies_of_files_that_were_looked_at_go_with_it(sealed: Walker, tmp_path: Path) -> None:
    paper = tmp_path / "Paper.txt"
    paper.write_text(f"{CANARY}paper")
    (record,) = FollowUp.select()
    copy = attachments.open_copy(attachments.attach(sealed.workspace, record, paper))
    assert copy.read_text() == f"{CANARY}paper"
    lock(sealed.session)
    locked(sealed)
    sealed.wait(lambda: sealed.session.locked.closed)
    assert not copy.parent.exists()


def test_a_second_start_brings_the_page_to_the_front(sealed: Walker, monkeypatch: pytest.MonkeyPatch) -> None:
    came: list[int] = []
    lock(sealed.session)
    page = locked(sealed)
    monkeypatch.setattr(page, "activateWindow", lambda: came.append(1))
    assert secondstart.raised(sealed.session.locked.path, sealed.session.places)
    sealed.wait(lambda: came)
    path = sealed.session.locked.path
    unlock(sealed)
    assert not secondstart.raised(path, sealed.session.places)  # nobody listens in a walk


def test_idle_it_locks(sealed: Walker, monkeypatch: pytest.MonkeyPatch) -> None:
    watch = sealed.session.guard
    since = watch._last
    monkeypatch.setattr(watch, "_moving", lambda: since + 601)
    monkeypatch.setattr(watch, "_wall", lambda: since + 601 + watch._apart)
    watch.look()
    locked(sealed)


def test_while_something_is_written_the_window_is_blank_and_the_file_open(sealed: Walker) -> None:
    going = threading.Event()
    done: list[int] = []
    sealed.session.context.work(lambda: going.wait(20), lambda _result: done.append(1))
    lock(sealed.session)
    page = sealed.session.locked.page
    assert shown() == [page]
    sealed.qtbot.wait(300)
    assert sealed.session.context is not None
    page.close()
    assert page.isVisible()
    going.set()
    locked(sealed)
    assert done == [1]


def test_it_can_be_unlocked_before_that_is_done(sealed: Walker) -> None:
    going = threading.Event()
    sealed.session.context.work(lambda: going.wait(20), lambda _result: None)
    window = sealed.window
    lock(sealed.session)
    page = sealed.session.locked.page
    page.line.setText("not the passphrase at all")
    page.act.click()
    sealed.wait(lambda: "does not open" in page.problem.text())
    assert not window.isVisible()
    unlock(sealed)
    assert sealed.window is window
    assert window.isVisible()
    going.set()


def test_what_cannot_be_kept_waits_behind_the_page(sealed: Walker, monkeypatch: pytest.MonkeyPatch) -> None:
    window = sealed.window
    monkeypatch.setattr(window.keeper, "keep_now", lambda: False)
    lock(sealed.session)
    page = sealed.session.locked.page
    sealed.wait(lambda: "could not be written" in page.messages.text())
    assert shown() == [page]
    assert not sealed.session.locked.closed
    unlock(sealed)
    assert sealed.window is window
    assert window.isVisible()


@pytest.mark.parametrize("fails", [True, False], ids=["full", "control"])
def test_what_is_forgotten_does_not_stand_for_what_is_kept(
    sealed: Walker, monkeypatch: pytest.MonkeyPatch, fails: bool
) -> None:
    """Where there is no room for a text, there may be room to take another away."""
    sealed.press("Ctrl+N")
    dialog = sealed.dialog(FollowUpDialog)
    keeper = sealed.window.keeper
    hold = keeper.hold

    def held() -> None:
        hold()
        keeper._on_disk.add("record:gone:title")  # as of a record that is saved by locking

    def full(*_given: Any) -> None:
        raise StoreError("No room.")

    monkeypatch.setattr(keeper, "hold", held)
    if fails:
        monkeypatch.setattr(Drafts, "_insert", full)
    sealed.type(f"Half {CANARY}typed")
    lock(sealed.session)
    page = sealed.session.locked.page
    if not fails:
        locked(sealed)
        return
    sealed.wait(lambda: "could not be written" in page.messages.text() or sealed.session.locked.closed)
    assert not sealed.session.locked.closed
    unlock(sealed)
    assert dialog.isVisible()
    assert f"Half {CANARY}typed" in inputs.words(inputs.states(dialog.form))


@pytest.mark.parametrize("wrong", [True, False])
def test_all_that_was_told_while_it_was_locked_is_told_at_once(sealed: Walker, wrong: bool) -> None:
    going = threading.Event()
    sealed.session.context.work(lambda: going.wait(20), lambda _result: None)
    lock(sealed.session)
    context = sealed.session.context
    if wrong:
        context.problem.emit("The one was not done.")
    context.said.emit("The other was done.", [])
    going.set()
    locked(sealed)
    unlock(sealed)
    told = ["The one was not done."] * wrong + ["The other was done."]
    assert sealed.window.messages.text() == "\n".join(told)
    assert sealed.window.messages.kind() == ("error" if wrong else "success")


def test_a_file_that_is_being_chosen_is_let_go(sealed: Walker) -> None:
    chosen: list[Any] = []
    QTimer.singleShot(200, lambda: lock(sealed.session))
    options = QFileDialog.Option.DontUseNativeDialog
    chosen.append(QFileDialog.getOpenFileName(sealed.window, "Open", options=options))
    assert chosen == [("", "")]
    assert shown() == [locked(sealed)]


def test_what_another_program_copied_stays(sealed: Walker, monkeypatch: pytest.MonkeyPatch) -> None:
    clipboard = QApplication.clipboard()
    monkeypatch.setattr(QClipboard, "ownsClipboard", lambda _self: False)
    kept = QMimeData()
    kept.setText("theirs")
    clipboard.setMimeData(kept)
    lock(sealed.session)
    locked(sealed)
    assert clipboard.text() == "theirs"


@pytest.mark.parametrize("own", [True, False], ids=["ours", "another program's"])
def test_at_the_end_of_the_program_nothing_that_was_copied_here_stays(
    sealed: Walker, monkeypatch: pytest.MonkeyPatch, own: bool
) -> None:
    QApplication.clipboard().setText(f"{CANARY}copied")
    monkeypatch.setattr(QClipboard, "ownsClipboard", lambda _self: own)  # no screen, no owner
    sealed.session.end()
    assert (CANARY in QApplication.clipboard().text()) != own


def test_of_a_plain_workspace_what_was_copied_stays(walker: Walker, monkeypatch: pytest.MonkeyPatch) -> None:
    QApplication.clipboard().setText("copied")
    monkeypatch.setattr(QClipboard, "ownsClipboard", lambda _self: True)
    walker.session.end()
    assert QApplication.clipboard().text() == "copied"


def test_a_plain_workspace_is_encrypted_and_back(walker: Walker, tmp_path: Path) -> None:
    path = walker.workspace.engine.path
    records = FollowUp.select().count()

    def rewrite(fill: Callable[[PassphraseDialog], None]) -> None:
        walker.window.commands.run("passphrase")
        dialog = walker.dialog(PassphraseDialog)
        fill(dialog)
        before = walker.window
        dialog.accept()
        walker.wait(lambda: walker.session.window not in (None, before) and walker.session.waiting is None)

    def choose(dialog: PassphraseDialog, passphrase: str) -> None:
        dialog.new.first.setText(passphrase)
        dialog.new.second.setText(passphrase)
        dialog.new.agreed.setChecked(True)

    rewrite(lambda dialog: choose(dialog, PASSPHRASE))
    assert looking.is_encrypted(path)
    assert "is encrypted" in walker.window.messages.text()
    copies = walker.dialog(PlainCopiesDialog)
    assert copies.list.count() == 1
    copies.accept()
    walker.wait(lambda: "are deleted" in walker.window.messages.text())
    assert crypt.plain_copies(path) == []
    assert list(crypt.folder(path).glob("*.juntos"))

    def change(dialog: PassphraseDialog) -> None:
        dialog.present.setText(PASSPHRASE)
        choose(dialog, OTHER)

    rewrite(change)
    assert "is changed" in walker.window.messages.text()
    lock(walker.session)
    locked(walker)
    unlock(walker, OTHER)

    def remove(dialog: PassphraseDialog) -> None:
        dialog.present.setText(OTHER)
        dialog.remove.setChecked(True)

    rewrite(remove)
    assert not looking.is_encrypted(path)
    assert "not encrypted any more" in walker.window.messages.text()
    assert FollowUp.select().count() == records


def test_copies_in_plain_are_told_at_each_start_until_they_go_or_are_kept(
    session: Session, qtbot: QtBot, sealed: Walker, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = crypt.folder(sealed.workspace.engine.path)
    folder.mkdir(exist_ok=True)
    old = [folder / f"post-{number:08d}-20261120T120000-daily.juntos" for number in (1, 2)]
    connection = sqlcipher.connect(str(old[0]))
    connection.execute("CREATE TABLE t (a)")
    connection.close()

    def started() -> Banner | None:
        remind(session)
        session.context._pool.waitForDone()
        qtbot.wait(50)
        banner = session.standing.banners.get("copies")
        return banner if banner is not None and banner.text() else None

    first = started()
    assert first is not None
    assert "1 copy" in first.text()
    first.dismiss()
    again = started()
    assert again is not None, "dismissed, it comes back at the next start"
    _delete, keep = again.buttons()
    keep.click()
    assert started() is None, "kept on purpose, for good"
    old[1].write_bytes(old[0].read_bytes())
    other = started()
    assert other is not None, "another one is another"
    assert "1 copy" in other.text()
    other.buttons()[0].click()
    dialog = sealed.dialog(PlainCopiesDialog)
    with monkeypatch.context() as damaged:
        damaged.setattr(backups, "is_sound", lambda *_what: False)
        dialog.accept()
        sealed.wait(lambda: "is not what was saved" in dialog.messages.text())
        assert all(file.exists() for file in old), "they may hold what the workspace lost"
    dialog.accept()
    sealed.wait(lambda: "are deleted" in sealed.window.messages.text())
    assert [file.exists() for file in old] == [True, False]
    assert started() is None
    # What is moved aside bears the name of the workspace each time; and its dialog keeps as its banner does.
    path = sealed.workspace.engine.path
    for number in (1, 2):
        aside = path.with_name(f"{path.name}-aside") / str(number) / path.name
        aside.parent.mkdir(parents=True)
        aside.write_bytes(old[0].read_bytes())
        banner = started()
        assert banner is not None, "another one of the same name"
        banner.buttons()[0].click()
        sealed.dialog(PlainCopiesDialog).reject()  # by Esc
        banner = started()
        assert banner is not None, "put off, it comes back"
        assert "1 copy" in banner.text()
        banner.buttons()[0].click()
        sealed.dialog(PlainCopiesDialog).cancel_button.click()
        assert started() is None, "kept"


@pytest.mark.parametrize("encrypted", [True, False])
def test_they_are_looked_for_where_it_is_encrypted_alone(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, encrypted: bool
) -> None:
    asked: list[str] = []
    monkeypatch.setattr("desktop.ui.session.begin_day", lambda *_given: None)
    session.make(tmp_path / "post.juntos", ANSWERS, PASSPHRASE if encrypted else None)
    session.backs_up = True
    with monkeypatch.context() as patched:
        patched.setattr(
            "desktop.ui.session.named", lambda name: asked.append(name) or (lambda _session: None)
        )
        session._back_up()
    session.backs_up = False
    assert asked == ["desktop.ui.locking.reminding:remind"] * encrypted


def test_the_first_start_protects(session: Session, qtbot: QtBot, tmp_path: Path) -> None:
    session.begin(tmp_path / "new.juntos", [])
    page = session.start
    for name, value in (("post", "Embassy of Japan in Peru"), ("own_government", "JP"), ("country", "PE")):
        page.post.at(name).set_value(value)
    page.post.at("zone").set_value("America/Lima")
    page.officers.set_state([("Mori Aya", "", True)])
    page.empty.setChecked(True)
    page.protect.setChecked(True)
    page.finish()
    assert "12 characters" in page.passphrase.problem.text()
    page.passphrase.first.setText(PASSPHRASE)
    page.passphrase.second.setText(PASSPHRASE)
    page.passphrase.agreed.setChecked(True)
    page.finish()
    assert session.context.workspace.engine.key is not None
    assert looking.is_encrypted(tmp_path / "new.juntos")

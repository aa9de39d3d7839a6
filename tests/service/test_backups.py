"""Backups as an officer has them: the second folder, and what a backup holds beside what there is now."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from desktop.model import FollowUp
from desktop.service import backups, records
from desktop.service.backups import Made, Work
from desktop.service.checking import copies
from desktop.service.session import open_workspace
from desktop.service.workspace import Workspace
from desktop.settings import Settings
from desktop.store import backup, kept, keys
from desktop.store.errors import Encrypted, StoreError
from desktop.store.kept import Backup
from tests.service.test_checking import behind

LONG = "correct horse battery staple Übung"


def only(path: Path) -> Backup:
    (found,) = backup.listed(path)
    return found


def add(workspace: Workspace, title: str) -> FollowUp:
    return records.add(workspace, FollowUp, {"title": title})  # type: ignore[return-value]


# ---- making


def test_one_is_made_and_copied_to_the_second_folder(workspace: Workspace, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    early = backups.make(workspace, "asked")
    workspace.second_folder = lambda: str(stick)
    made = backups.make(workspace, "daily")
    there = {each.name for each in kept.second_folder(workspace.engine.path, stick).iterdir()}
    assert there == {early.path.name, made.path.name}, "what was made before is copied too"
    assert made.notice == ""


DAMAGES = {
    "a value": "UPDATE follow_up SET title = 'Send the lisd' WHERE title = 'Send the list'",
    "a row": "DELETE FROM follow_up",
    "the journal": "UPDATE change SET after = replace(after, 'list', 'lisd') WHERE after LIKE '%the list%'",
}


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("encrypted", [False, True])
def test_rows_are_held_against_the_journal_and_the_last_good_one_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: str, encrypted: bool
) -> None:
    workspace = Workspace.create(tmp_path / "post.juntos", passphrase=LONG if encrypted else None)
    add(workspace, "Send the list")
    assert backups.make(workspace, "asked") == Made(only(workspace.engine.path).path)
    stayed: list[str] = []
    monkeypatch.setattr(backups, "thin", lambda _path, **how: stayed.append(how["stays"]))
    good = only(workspace.engine.path).path
    with behind(workspace, "change_is_final") as run:
        run(DAMAGES[damage])
    unasked = backups.make(workspace, "before-import")
    assert not unasked.notice, "nobody would show it"
    first, again, asked = (backups.make(workspace, why) for why in ("daily", "daily", "asked"))
    assert first.path.exists(), "it is made all the same"
    assert "is not what was saved" in first.notice
    assert not again.notice, "it is told once by itself"
    assert asked.notice == first.notice, "and whenever one asks for a backup"
    assert stayed == [good.name] * 4, "the last from before it is not thinned"
    for made in (unasked, first):
        with pytest.raises(StoreError, match="is not what was saved"):
            made.rely()
    monkeypatch.setattr(backups, "is_sound", lambda *_what: True)  # the control
    made = backups.make(workspace, "asked")
    made.rely()
    assert (made.notice, stayed[-1]) == ("", "")
    workspace.close()


def test_a_copy_that_cannot_be_read_now_is_no_damage_and_nothing_goes(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_what: object, **_how: object) -> None:
        raise StoreError("The disk does not answer.")

    thinned: list[Path] = []
    monkeypatch.setattr(backups, "thin", lambda path, **_how: thinned.append(path))
    monkeypatch.setattr(copies, "connect", busy)
    made = backups.make(workspace, "asked")
    assert (made.notice, made.sound, thinned) == ("", None, [])
    with pytest.raises(StoreError, match="No backup"):
        made.rely()


def test_a_stick_that_is_out_is_told_once_and_no_failure(workspace: Workspace, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    workspace.second_folder = lambda: str(stick)
    first, second = (backups.make(workspace, "daily") for _number in range(2))
    assert "is not there" in first.notice
    assert second.notice == ""
    assert first.path.exists()
    assert second.path.exists()
    stick.mkdir()
    assert backups.make(workspace, "daily").notice == ""
    assert len([*kept.second_folder(workspace.engine.path, stick).iterdir()]) == 3
    shutil.rmtree(stick)
    assert "is not there" in backups.make(workspace, "daily").notice, "it was there again meanwhile"


def test_a_torn_copy_on_the_stick_is_made_anew_with_the_next(workspace: Workspace, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    workspace.second_folder = lambda: str(stick)
    first = backups.make(workspace, "daily").path
    copy = kept.second_folder(workspace.engine.path, stick) / first.name
    copy.write_bytes(bytes(first.stat().st_size))
    assert backups.make(workspace, "daily").notice == ""
    assert copy.read_bytes() == first.read_bytes()


def test_it_is_a_preference(workspace: Workspace, tmp_path: Path) -> None:
    path = workspace.engine.path
    workspace.close()
    settings = Settings()
    again = open_workspace(path, settings)
    assert again.second_folder() == ""
    settings.second_backup_folder = str(tmp_path / "stick")
    assert again.second_folder() == str(tmp_path / "stick")
    again.close()


# ---- the difference


def test_nothing_done_since_is_the_same(workspace: Workspace) -> None:
    add(workspace, "Before")
    backups.make(workspace, "asked")
    found = backups.difference(workspace, only(workspace.engine.path))
    assert (found.related, found.here, found.there) == (True, Work(), Work())
    assert found.sentence() == "The same as now"
    assert found.head.officer == "Sato Kenji"


def test_what_was_done_since_is_counted_in_the_end(workspace: Workspace) -> None:
    kept_one, changed, deleted, back = (
        add(workspace, title) for title in ("Kept", "Changed", "Deleted", "Back")
    )
    backups.make(workspace, "asked")
    records.change(workspace, changed, {"title": "Changed twice"})
    records.change(workspace, changed, {"title": "Changed once more"})
    with workspace.operation("Delete") as writing:
        writing.delete(deleted)
        writing.delete(add(workspace, "Came and went"))
    for title in ("New", "Newer"):
        add(workspace, title)
    found = backups.difference(workspace, only(workspace.engine.path))
    assert (found.here.operations, found.here.made, found.here.changed, found.here.deleted) == (5, 2, 1, 1)
    assert found.here.officer == "Sato Kenji"
    assert found.here.at.startswith("2026-11-21T12:00")
    assert found.there == Work()
    assert found.sentence() == "Without 5 saves: 2 new, 1 changed, 1 deleted"
    assert kept_one.title == "Kept"
    assert back.title == "Back"


def test_after_a_restore_the_other_side_has_more(workspace: Workspace) -> None:
    path = workspace.engine.path
    add(workspace, "Before")
    backups.make(workspace, "asked")
    add(workspace, "Left behind")
    workspace.close()
    backups.restore(path, next(each for each in backup.listed(path) if each.why == "asked"))
    again = Workspace.open(path)
    add(again, "Went on")
    aside = next(each for each in backup.listed(path) if each.is_aside)
    found = backups.difference(again, aside)
    assert (found.related, found.here.made, found.there.made) == (True, 1, 1)
    assert found.sentence() == (
        "Without 1 save: 1 new, 0 changed, 0 deleted; With 1 save: 1 new, 0 changed, 0 deleted"
    )
    again.close()


def test_another_workspace_has_nothing_in_common(workspace: Workspace, tmp_path: Path) -> None:
    add(workspace, "Ours")
    other = Workspace.create(tmp_path / "other.juntos")
    with other.operation("Add") as writing:
        writing.create(FollowUp, {"title": "Theirs"})
    backups.make(other, "asked")
    other.close()
    found = backups.difference(workspace, only(other.engine.path))
    assert (found.related, found.records) == (False, 1)
    assert "Another workspace" in found.sentence()


def test_without_a_workspace_it_says_what_it_holds(workspace: Workspace) -> None:
    add(workspace, "One")
    held = workspace.engine.rows("SELECT count(*) FROM operation")[0][0]
    backups.make(workspace, "asked")
    found = backups.difference(None, only(workspace.engine.path))
    assert (found.related, found.operations) == (None, held)
    assert found.sentence() == f"{found.records} records"


def test_a_backup_that_is_encrypted_takes_its_passphrase(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keys, "ROUNDS", (1000, 2000))
    workspace = Workspace.create(tmp_path / "sealed.juntos", passphrase="correct horse battery staple")
    with workspace.operation("Add") as writing:
        writing.create(FollowUp, {"title": "One"})
    backups.make(workspace, "asked")
    found = only(workspace.engine.path)
    assert backups.difference(workspace, found).sentence() == "The same as now"
    workspace.close()
    with pytest.raises(Encrypted):
        backups.difference(None, found)
    assert backups.difference(None, found, "correct horse battery staple").records == 1


def test_a_damaged_one_is_told(workspace: Workspace) -> None:
    made = backups.make(workspace, "asked").path
    made.write_bytes(b"no database" * 1000)
    with pytest.raises(StoreError):
        backups.difference(workspace, only(workspace.engine.path))

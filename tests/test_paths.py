"""Where things are found: in a checkout, a wheel, a frozen program; and where this user's things go."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

import pytest

from desktop import paths


def test_a_checkout_has_its_resources_beside_the_package() -> None:
    assert paths.bundled("resources", "locales.json").is_file()


def test_an_installed_wheel_has_them_inside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inside = tmp_path / "site-packages" / "desktop"
    (inside / "resources").mkdir(parents=True)
    (tmp_path / "site-packages" / "resources").mkdir()  # of some other distribution
    monkeypatch.setattr(paths, "_PACKAGE", inside)
    assert paths.bundled("resources", "a.svg") == inside / "resources" / "a.svg"


def test_a_frozen_program_has_them_where_it_was_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "data").mkdir()
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert paths.bundled("data", "x.json") == tmp_path / "data" / "x.json"


def test_what_is_missing_still_has_a_path_to_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "_PACKAGE", tmp_path / "desktop")
    assert paths.bundled("nowhere", "x") == tmp_path / "desktop" / "nowhere" / "x"


def test_home_redirects_everything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(paths.HOME_VARIABLE, str(tmp_path / "other"))
    asked = paths.use_home(tmp_path / "asked")
    folders = [asked.data, asked.config, asked.cache, asked.log, asked.documents]
    assert all(folder.is_relative_to(tmp_path / "asked") for folder in folders)
    assert len(set(folders)) == 5
    assert paths.places() is asked
    assert paths.use_home(None).data == tmp_path / "other" / "data"


def test_a_relative_home_is_that_of_the_moment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert paths.resolve("here").data == tmp_path / "here" / "data"


def test_an_empty_variable_means_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(paths.HOME_VARIABLE, "")
    assert paths.resolve() == paths.Places.of_system()


def test_portable_mode_stays_beside_the_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "juntos"))
    assert paths.resolve() == paths.Places.of_system()
    (tmp_path / paths.PORTABLE_MARK).touch()
    assert paths.resolve() == paths.Places.within(tmp_path / paths.PORTABLE_FOLDER)


def test_the_systems_folders_bear_the_programs_name(home: Path) -> None:
    places = paths.places()
    for folder in (places.data, places.config, places.cache, places.log):
        assert folder.is_relative_to(home)
        assert paths.APPLICATION in folder.parts


def test_asking_makes_no_folder_and_the_default_workspace_makes_its_own(home: Path) -> None:
    data = paths.places().data
    assert not data.exists()
    assert paths.default_workspace() == data / "workspace.juntos"
    assert data.is_dir()
    assert not paths.default_workspace().exists()


@pytest.mark.skipif(os.name == "nt", reason="Windows has access lists instead of modes")
def test_new_folders_are_private_and_old_ones_left_alone(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    folder = paths.private_folder(tmp_path / "a" / "b")
    assert [stat.S_IMODE(each.stat().st_mode) for each in (folder, folder.parent)] == [0o700, 0o700]
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o755


def test_a_file_in_the_place_of_a_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(NotADirectoryError) as caught:
        paths.private_folder(tmp_path / "file")
    assert caught.value.filename == str(tmp_path / "file")

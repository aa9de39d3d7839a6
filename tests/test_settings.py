"""The settings: kept whole, never in the way of a start."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from desktop import settings
from desktop.i18n import LANGUAGES, use
from desktop.paths import places
from desktop.settings import Settings

FULL = Settings(
    language="ja",
    scheme="dark",
    density="compact",
    export_folder="/somewhere",
    last_marking="internal",
    workspace="/a.juntos",
    recent_workspaces=["/a.juntos", "/日本.juntos"],
    window_geometry="AAEC",
    window_state="AwQF",
    last_page="meetings",
    pages={"meetings": {"columns": ["title", "on"], "sort": "-on"}},
)


def test_a_first_start_has_the_defaults_and_nothing_to_say() -> None:
    assert settings.load() == (Settings(), "")
    assert not places().settings_file.exists()


def test_what_is_saved_comes_back() -> None:
    assert settings.save(FULL) == ""
    assert settings.load() == (FULL, "")


def test_keys_of_a_newer_version_are_kept() -> None:
    settings.save(FULL)
    file = places().settings_file
    file.write_text(json.dumps({**json.loads(file.read_text("utf-8")), "hologram": {"on": True}}), "utf-8")
    loaded, notice = settings.load()
    assert notice == ""
    loaded.scheme = "light"
    settings.save(loaded)
    stored = json.loads(file.read_text("utf-8"))
    assert (stored["hologram"], stored["scheme"], "unknown" in stored) == ({"on": True}, "light", False)


@pytest.mark.skipif(os.name == "nt", reason="Windows has access lists instead of modes")
def test_only_its_user_can_read_them() -> None:
    settings.save(FULL)
    file = places().settings_file
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[1]", b"null", b"\xff\xfe", b"[" * 100_000, b'{"language": ']
)
def test_a_damaged_file_is_set_aside_and_told(content: bytes) -> None:
    file = places().settings_file
    file.parent.mkdir(parents=True)
    file.write_bytes(content)
    loaded, notice = settings.load()
    aside = file.with_name("settings.broken.json")
    assert loaded == Settings()
    assert str(aside) in notice
    assert aside.read_bytes() == content
    assert not file.exists()


def test_a_damaged_file_that_cannot_be_moved_is_told_too(monkeypatch: pytest.MonkeyPatch) -> None:
    file = places().settings_file
    file.parent.mkdir(parents=True)
    file.write_text("{", "utf-8")
    file.with_name("settings.broken.json").mkdir()
    loaded, notice = settings.load()
    assert loaded == Settings()
    assert "damaged" in notice
    assert str(file) in notice


def test_a_folder_in_the_place_of_the_file_is_told() -> None:
    places().settings_file.mkdir(parents=True)
    loaded, notice = settings.load()
    assert loaded == Settings()
    assert "cannot be read" in notice


def test_values_that_make_no_sense_become_the_default_and_are_named() -> None:
    file = places().settings_file
    file.parent.mkdir(parents=True)
    stored = {"language": "fr", "scheme": 3, "density": "compact", "pages": [], "recent_workspaces": [1]}
    file.write_text(json.dumps(stored), "utf-8")
    loaded, notice = settings.load()
    assert loaded == Settings(density="compact")
    for name in ("Language", "Colours", "pages", "recent_workspaces"):
        assert name in notice
    assert "Rows" not in notice


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


@given(
    st.dictionaries(
        st.sampled_from(["language", "scheme", "pages", "recent_workspaces", "unknown", "x"]), json_values
    )
)
@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
def test_no_stored_value_stops_a_start(home: Path, stored: dict[str, Any]) -> None:
    file = home / "any.json"
    file.write_text(json.dumps(stored), "utf-8")
    loaded, _notice = settings.load(file)
    assert settings.save(loaded, file) == ""
    assert settings.load(file) == (loaded, "")


def test_half_a_character_is_refused_on_the_way_in_and_stops_no_save() -> None:
    file = places().settings_file
    file.parent.mkdir(parents=True)
    stored = {"window_geometry": "\ud800", "officers": {"a": "\udfff"}, "pages": {"x": {"\ud800": 1, "y": 2}}}
    file.write_text(json.dumps({**stored, "newer": "\ud800"}), "utf-8")
    loaded, notice = settings.load()
    assert (loaded.window_geometry, loaded.officers, loaded.pages) == ("", {}, {"x": {"y": 2}})
    assert "window_geometry" in notice
    loaded.recent_workspaces = ["/home/\udcff.juntos"]  # a name that is no text, as the system gives it
    assert settings.save(loaded) == ""
    assert settings.load()[0].unknown == {"newer": "\ud800"}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("widths", [1]),
        ("widths", {"title": 10**30}),
        ("widths", {"title": "wide"}),
        ("sizes", [0, 10**30, 0]),
        ("turned", [[]]),
        ("warned", 5),
        ("tree", "x"),
        ("folder", ["x"]),
    ],
)
def test_what_nothing_can_be_arranged_by_is_left_out(name: str, value: Any) -> None:
    file = places().settings_file
    file.parent.mkdir(parents=True)
    pages = {"follow_up": {name: value, "group": "status", "inner": {"turned": ["a"], name: value}}}
    file.write_text(json.dumps({"pages": pages}), "utf-8")
    loaded, notice = settings.load()
    kept = loaded.pages["follow_up"]
    assert kept == {"group": "status", "inner": {"turned": ["a"]} if name != "turned" else {}}
    assert not notice


def test_what_cannot_be_saved_is_told_and_leaves_the_old(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.save(FULL)

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    assert "no room left on the disk" in settings.save(Settings())
    assert settings.load() == (FULL, "")
    assert [each.name for each in places().config.iterdir()] == ["settings.json"]


def test_a_file_in_the_place_of_the_folder_is_told(home: Path) -> None:
    (home / "config").touch()
    assert "cannot be saved" in settings.save(FULL, home / "config" / "settings.json")


def test_recent_workspaces_are_the_last_first_and_once(tmp_path: Path) -> None:
    chosen = Settings()
    files = [tmp_path / f"{number}.juntos" for number in range(settings.RECENT_WORKSPACES + 2)]
    for file in [*files, files[5]]:
        chosen.remember_workspace(file)
    assert chosen.workspace == str(files[5])
    assert chosen.recent_workspaces[:2] == [str(files[5]), str(files[-1])]
    assert len(chosen.recent_workspaces) == len(set(chosen.recent_workspaces)) == settings.RECENT_WORKSPACES


def test_the_language_is_the_chosen_one_or_the_systems(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "pt_BR.UTF-8")
    assert Settings().language_in_use() == "pt"
    assert Settings(language="ja").language_in_use() == "ja"


def test_each_preference_says_how_it_is_asked() -> None:
    asked = settings.preferences()
    reminding = ["reminders", "quiet_from", "quiet_to", "quiet_days"]
    kept = ["export_folder", "second_backup_folder", "idle_lock"]
    assert [each.name for each in asked] == ["language", "scheme", "density", *reminding, *kept]
    for each in asked:
        assert each.metadata["section"]
        assert each.metadata["kind"] in ("choice", "folder")
        assert (each.metadata["kind"] == "choice") == (each.default in each.metadata["choices"])
    assert list(asked[0].metadata["choices"]) == ["", *LANGUAGES]


def test_notices_speak_the_language_of_the_moment() -> None:
    use("en")
    file = places().settings_file
    file.parent.mkdir(parents=True)
    file.write_text("{", "utf-8")
    assert settings.load()[1].startswith("The preferences were damaged")


def test_of_an_encrypted_workspace_only_the_arrangement_is_kept() -> None:
    chosen = Settings(last_marking="Kanarie", last_page="follow_up")
    chosen.pages = {
        "follow_up": {"columns": ["title"], "filters": {"place": ["Kanarie"]}, "sort": ["title", True]},
        "country": {"code": "Kanarie"},
    }
    settings.save(chosen)
    assert places().settings_file.read_text("utf-8").count("Kanarie") == 3, (
        "the control: of a plain one all is"
    )
    chosen.be_discreet(True)
    assert chosen.pages["follow_up"]["filters"], "while it is open the page has them"
    settings.save(chosen)
    assert "Kanarie" not in places().settings_file.read_text("utf-8")
    assert settings.load()[0].pages["follow_up"] == {"columns": ["title"], "sort": ["title", True]}
    chosen.be_discreet(False)
    settings.save(chosen)
    assert "Kanarie" not in places().settings_file.read_text("utf-8"), (
        "nor once a plain one is opened after it"
    )


def test_a_path_that_is_no_text_costs_no_other() -> None:
    """A workspace with such a name was opened: it is not remembered, the others are."""
    odd = "/home/\udcff.juntos"
    chosen = Settings(recent_workspaces=["/a.juntos", odd], officers={"a": "one", odd: "two", "b": "\udfff"})
    assert settings.save(chosen) == ""
    loaded, notice = settings.load()
    assert (loaded.recent_workspaces, loaded.officers) == (["/a.juntos"], {"a": "one"})
    assert notice == ""

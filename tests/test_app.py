"""Starting: with and without a display, with a workspace that cannot be opened, and the pictures of the window."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path
from typing import ClassVar

import pytest

from desktop import app
from desktop import settings as settings_file
from desktop.service import setup
from desktop.service.setup import Answers, Officer
from desktop.service.workspace import Workspace
from desktop.settings import Settings
from desktop.store import kept
from desktop.store.errors import Damaged, StoreError
from desktop.ui.navigation import PAGES

ROOT = Path(__file__).parent.parent


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A workspace file."""
    path = tmp_path / "post.juntos"
    workspace = Workspace.create(path)
    answers = Answers("Embassy of Japan in Chile", "CL", "America/Santiago", "JP", officers=[Officer("Sato")])
    setup.set_up(workspace, answers)
    workspace.close()
    return path


@pytest.mark.skipif(sys.platform != "linux", reason="only there a window needs a server")
@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({}, False),
        ({"DISPLAY": ":9471"}, False),
        ({"DISPLAY": "nonsense"}, False),
        ({"DISPLAY": "far.example:0"}, True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, True),
        ({"QT_QPA_PLATFORM": "offscreen"}, True),
    ],
)
def test_has_display(variables: dict[str, str], expected: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert app.has_display() is expected


@pytest.mark.skipif(sys.platform != "linux", reason="only there a window needs a server")
def test_a_server_that_answers_is_a_display(tmp_path: Path) -> None:
    address = tmp_path / "X0"
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as server:
        server.bind(str(address))
        server.listen()
        assert app._answers(str(address))
    assert not app._answers(str(tmp_path / "X1"))


def test_nothing_of_qt_is_loaded_before_it_is_needed() -> None:
    code = "import sys, desktop.app; sys.exit(any(name.startswith('PySide6') for name in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


@pytest.mark.slow
def test_pictures(file: Path, tmp_path: Path) -> None:
    folder, home = tmp_path / "pictures", tmp_path / "home"
    before = sorted(tmp_path.iterdir())
    result = subprocess.run(
        [sys.executable, "-m", "desktop.app", "--home", home, "--workspace", file, "--pictures", folder],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    written = sorted(folder.iterdir())
    names = sorted(f"{n}-{entry.key}.png" for n, entry in enumerate(PAGES, 1))
    assert [path.name for path in written] == names
    assert all(path.read_bytes().startswith(b"\x89PNG") for path in written)
    # Neither settings nor a backup: drawing leaves nothing behind.
    assert {path.name for path in tmp_path.iterdir()} - {path.name for path in before} == {"pictures"}


def test_no_pictures_of_what_cannot_be_opened(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Told in a sentence; the workspace may be named as for every other command."""
    monkeypatch.setenv("JUNTOS_WORKSPACE", str(tmp_path / "none.juntos"))
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert app.main(["--home", str(tmp_path), "--pictures", str(tmp_path / "pictures")]) == 1
    told = capsys.readouterr().err
    assert told.startswith(f"There is no workspace at {tmp_path / 'none.juntos'}")
    assert "Traceback" not in told


@pytest.mark.slow
def test_without_a_display_the_demo_is_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app, "has_display", lambda: False)
    ran: list[bool] = []
    monkeypatch.setattr("desktop.demo.run", lambda: ran.append(True))
    assert app.main(["--home", str(tmp_path)]) == 0
    assert ran == [True]


def test_a_demo_that_fails_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail() -> None:
        raise OSError("There is no room left.")

    monkeypatch.setattr(app, "has_display", lambda: False)
    monkeypatch.setattr("desktop.demo.run", fail)
    assert app.main(["--home", str(tmp_path)]) == 1
    assert "There is no room left." in capsys.readouterr().err


def test_wrong_arguments_end_with_code_two(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        app.main(["--language", "tlh"])
    assert ended.value.code == 2


def test_a_copy_is_opened_as_its_only_officer(file: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.juntos"
    shutil.copy(file, copy)
    workspace = app.open_workspace(copy, Settings())
    assert workspace.officer.name == "Sato"
    workspace.close()


class NoWindow:
    """A session whose window cannot be built, or which keeps what it is given."""

    given: tuple[object, ...] = ()
    alarms: ClassVar[list[str]] = []
    fault: Exception | None = None

    def __init__(self, *_given: object) -> None:
        pass

    def run(self, *given: object) -> int:
        type(self).given = given
        if self.fault is not None:
            raise self.fault
        return 0

    def alarm(self, sentence: str) -> None:
        self.alarms.append(sentence)


@pytest.fixture
def no_window(monkeypatch: pytest.MonkeyPatch) -> type[NoWindow]:
    monkeypatch.setattr(app, "has_display", lambda: True)
    monkeypatch.setattr(app.gc, "disable", lambda: None)
    monkeypatch.setattr(app.log, "install", lambda: "")
    monkeypatch.setattr("desktop.ui.session.Session", NoWindow)
    monkeypatch.setattr(NoWindow, "alarms", [])
    return NoWindow


def test_a_workspace_that_was_named_and_is_not_there_is_told(
    no_window: type[NoWindow], tmp_path: Path
) -> None:
    path = tmp_path / "lima.juntos"
    assert app.main(["--home", str(tmp_path), "--workspace", str(path)]) == 0
    assert no_window.given == (path, None, [f"There is no workspace at {path}."], None)


def test_what_cannot_be_opened_leads_on_instead_of_beginning_anew(
    no_window: type[NoWindow], file: Path, tmp_path: Path
) -> None:
    place = kept.folder(file)
    place.mkdir()
    shutil.copy(file, place / f"{file.stem}-00000001-20261119T120000-daily.juntos")
    asked = ["--home", str(tmp_path), "--workspace", str(file)]
    told = ((b"", "is empty"), (b"a letter", "not a Juntos workspace"), (None, "no workspace at"))
    for content, words in told:
        if content is None:
            file.unlink()
        else:
            file.write_bytes(content)
        assert app.main(asked) == 0
        (path, workspace, notices, failure) = no_window.given
        assert (path, workspace, notices) == (file, None, [])
        assert isinstance(failure, StoreError)
        assert words in str(failure)


def test_a_workspace_that_was_used_and_is_gone_leads_on(no_window: type[NoWindow], tmp_path: Path) -> None:
    gone = tmp_path / "gone.juntos"
    app.paths.use_home(tmp_path)
    settings_file.save(Settings(workspace=str(gone)))
    assert app.main(["--home", str(tmp_path)]) == 0
    assert "any more" in str(no_window.given[3])
    assert no_window.given[:3] == (gone, None, [])


@pytest.mark.parametrize("text", ["Sato", "Embassy of", "America/"])
def test_what_is_no_text_any_more_is_told_as_damage(
    text: str, no_window: type[NoWindow], file: Path, tmp_path: Path
) -> None:
    content = bytearray(file.read_bytes())
    at = -1
    while (at := content.find(text.encode(), at + 1)) >= 0:
        content[at + 1] ^= 0x80
    file.write_bytes(content)
    assert app.main(["--home", str(tmp_path), "--workspace", str(file)]) == 0
    failure = no_window.given[3]
    assert isinstance(failure, Damaged)
    assert "decode" not in str(failure)


def test_a_zone_that_is_none_any_more_is_told_as_damage(
    no_window: type[NoWindow], file: Path, tmp_path: Path
) -> None:
    content = file.read_bytes().replace(b'"America/Santiago"', b'"Amexica/Santiago"')
    file.write_bytes(content)
    assert app.main(["--home", str(tmp_path), "--workspace", str(file)]) == 0
    assert isinstance(no_window.given[3], Damaged)


def test_a_window_that_cannot_be_built_is_told_with_the_place_of_the_log(
    no_window: type[NoWindow], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(no_window, "fault", RuntimeError("something of a record"))
    assert app.main(["--home", str(tmp_path)]) == 1
    (sentence,) = no_window.alarms
    assert str(app.paths.places().log_file) in sentence
    assert "something of a record" not in sentence

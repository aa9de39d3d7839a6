"""What all tests share: no screen, a home of their own, no silent skips where `JUNTOS_NO_SKIP` is set.

`workspace` is an open workspace of an embassy with two officers and nothing else; it is a copy of a file that is
made once, as making one takes longer than most tests.
"""

from __future__ import annotations

import datetime as dt
import gc
import importlib
import os
import shutil
import socket
import sys
import tempfile
from collections.abc import Generator, Iterator
from pathlib import Path
from types import FrameType
from typing import Any

import hypothesis
import pytest

from desktop import i18n, paths, scratch
from desktop.model import Person
from desktop.service import setup
from desktop.service.setup import Answers, Officer
from desktop.service.workspace import Workspace
from desktop.store import connections

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before anything imports Qt

# A shared machine is slow at times, no fault of the program; in CI the examples are always the same.
hypothesis.settings.register_profile("juntos", deadline=None, derandomize="CI" in os.environ)
hypothesis.settings.load_profile("juntos")

#: Variables that steer the tests themselves; every other `JUNTOS_…` would steer the program under test.
TEST_VARIABLES = {"JUNTOS_NO_SKIP", "JUNTOS_SOURCES"}

# With it, once an encrypted file was open, every allocation of SQLite in the process is locked and wiped for good, also
# for plain files: statements take ten times as long, and no file is another. Programs that tests start have it, and
# tests/store/test_keys.py asks one.
connections.KEYED["cipher_memory_security"] = 0

#: Before any test: a fixture of a whole session may open an encrypted workspace, which moves it.
TEMPORARY = tempfile.gettempdir()


def _no_internet(event: str, arguments: tuple[Any, ...]) -> None:
    """The program needs no network, and neither do its tests: whatever asks for the internet in this process fails."""
    if event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"):
        raise PermissionError(f"{event}: no network")
    if event in ("socket.connect", "socket.bind", "socket.sendto") and arguments[0].family in INTERNET:
        raise PermissionError(f"{event}: no network")


INTERNET = (socket.AF_INET, socket.AF_INET6)
sys.addaudithook(_no_internet)

ROOT = Path(__file__).parent.parent
PROGRAM, TESTS = f"{ROOT / 'desktop'}{os.sep}", f"{ROOT / 'tests'}{os.sep}"

#: What the program opened of a workspace that an engine of this process had open, and where.
opened_besides: list[str] = []


def _only_the_engine(event: str, arguments: tuple[Any, ...]) -> None:
    """The program never opens a file that SQLite has open: closing it would cancel its locks. Tests may look into one.

    What Qt and SQLite open, in C, is not among it.
    """
    if event != "open" or not isinstance(arguments[0], str | bytes):
        return
    path = Path(os.fsdecode(arguments[0]))
    if connections.is_open_here(path) and (by := _opener(sys._getframe(1))):
        opened_besides.append(f"{path} is opened at {by}")
        raise RuntimeError(opened_besides[-1])


def _opener(frame: FrameType | None) -> str:
    """The line of the program that opens a file; '' where it is a test that does."""
    while frame is not None:
        code = frame.f_code
        if code.co_filename.startswith(PROGRAM):
            return f"{code.co_filename}:{frame.f_lineno}"
        if code.co_filename.startswith(TESTS):
            return ""
        frame = frame.f_back
    return ""


sys.addaudithook(_only_the_engine)


@pytest.fixture(autouse=True)
def _garbage() -> Iterator[None]:
    """Where there are windows, garbage is looked for in their thread, as in the program (`desktop.ui.garbage`)."""
    if "PySide6.QtWidgets" not in sys.modules:
        yield
        return
    gc.disable()
    yield
    importlib.import_module("desktop.ui.garbage").look()  # Qt is loaded where there are windows alone
    gc.enable()


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty home folder for each test: nothing reads or writes the settings of whoever runs them."""
    folder = tmp_path_factory.mktemp("home")
    for variable in [*os.environ]:
        if variable.startswith("XDG_") or (variable.startswith("JUNTOS_") and variable not in TEST_VARIABLES):
            monkeypatch.delenv(variable)
    for variable in ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA"):
        monkeypatch.setenv(variable, str(folder))
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(folder))
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.delenv("LANGUAGE", raising=False)
    monkeypatch.setattr(paths, "_places", None)
    i18n.use("en")
    # Not by `monkeypatch`, which a test may undo before it ends.
    umask, before = os.umask(0o022), (scratch._state, TEMPORARY)
    os.umask(umask)
    scratch._state = own = scratch.State()
    opened_besides.clear()
    yield folder
    scratch._state = own
    scratch.end()
    scratch._state, tempfile.tempdir = before
    os.umask(umask)
    assert opened_besides == [], "only SQLite may open a workspace that is open"


class Clock:
    """The time in UTC, which stands still unless it is moved: Saturday, 21 November 2026."""

    def __init__(self) -> None:
        self.now = dt.datetime(2026, 11, 21, 12, 0, tzinfo=dt.UTC)

    def __call__(self) -> dt.datetime:
        return self.now

    def forward(self, **by: int) -> None:
        """Let so many `days`, `hours` or `seconds` pass."""
        self.now += dt.timedelta(**by)


@pytest.fixture
def clock() -> Clock:
    return Clock()


EMBASSY = Answers(
    post="Embassy of Japan in Chile",
    country="CL",
    zone="America/Santiago",
    own_government="JP",
    partners=["US"],
    accreditations=["CL", "BO"],
    officers=[Officer("Sato Kenji", "佐藤健二", "sato@example.org", "First Secretary"), Officer("Mori Aya")],
    catalogue=False,
)


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file that `workspace` copies."""
    path = tmp_path_factory.mktemp("template") / "post.juntos"
    made = Workspace.create(path, clock=Clock())
    setup.set_up(made, EMBASSY)
    made.close()
    return path


@pytest.fixture
def workspace(template: Path, tmp_path: Path, clock: Clock) -> Iterator[Workspace]:
    """A workspace of its own for each test, signed in as Sato Kenji."""
    path = tmp_path / "post.juntos"
    shutil.copy(template, path)
    opened = Workspace.open(path, clock=clock)
    opened.sign_in(Person.get(Person.name == "Sato Kenji").uid)
    yield opened
    opened.close()


def _forbid_skip(report: Any, reason: str) -> None:
    if report.skipped and not hasattr(report, "wasxfail") and os.environ.get("JUNTOS_NO_SKIP"):
        report.outcome = "failed"
        report.longrepr = f"skipped where nothing may be skipped (JUNTOS_NO_SKIP): {reason}"


def _reason(report: Any) -> str:
    return str(report.longrepr[2]) if isinstance(report.longrepr, tuple) else str(report.longrepr)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if item.get_closest_marker("optional_source") is None:
        _forbid_skip(report, _reason(report))
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    _forbid_skip(report, _reason(report))
    return report

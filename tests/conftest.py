"""What all tests share: no screen, a home of their own, no silent skips where `JUNTOS_NO_SKIP` is set."""

from __future__ import annotations

import os
from collections.abc import Generator
from pathlib import Path
from typing import Any

import hypothesis
import pytest

from desktop import i18n, paths

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before anything imports Qt

# A shared machine is slow at times, no fault of the program; in CI the examples are always the same.
hypothesis.settings.register_profile("juntos", deadline=None, derandomize="CI" in os.environ)
hypothesis.settings.load_profile("juntos")

#: Variables that steer the tests themselves; every other `JUNTOS_…` would steer the program under test.
TEST_VARIABLES = {"JUNTOS_NO_SKIP", "JUNTOS_SOURCES"}


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
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
    return folder


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

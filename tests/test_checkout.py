"""A fresh clone sets itself up: locks, the set-up script, the commands of the README and of the check."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
HOME = Path.home()

PINNED = re.compile(r"^([a-z0-9-]+)==(\S+)", re.MULTILINE)
REGISTRY = re.compile(
    r"//(files|registry|deb|security|index)\.[a-z]|//py[a-z]*\.(org|io)"
    r"|--(extra-)?index-url|--find[-]links|--trusted[-]host"
)


def pins(lock: str) -> dict[str, str]:
    return dict(PINNED.findall((ROOT / lock).read_text("utf-8")))


def texts() -> list[Path]:
    """The text files of the checkout, without what git leaves out."""
    unseen = {".git", ".venv", ".hypothesis", "__pycache__", "dist", "build"}
    found = []
    for folder, folders, files in os.walk(ROOT):
        folders[:] = [name for name in folders if name not in unseen and not name.endswith("_cache")]
        found += [Path(folder, name) for name in files]
    return [path for path in found if b"\0" not in path.read_bytes()[:8000]]


def test_no_file_names_a_registry_or_a_folder_of_this_machine() -> None:
    # Where a checkout lies in /tmp itself, that folder tells nothing of this machine: X11 keeps its sockets there.
    telling = [folder for folder in (ROOT.parent, HOME) if folder not in (folder.parent, Path("/tmp"))]
    here = [re.escape(f"{folder}/") for folder in telling]
    pattern = re.compile("|".join([REGISTRY.pattern, *here]))
    assert [
        f"{path.relative_to(ROOT)}: {found.group()}"
        for path in texts()
        if (found := pattern.search(path.read_text("utf-8")))
    ] == []


@pytest.mark.parametrize(
    "parts", [("--", "index-url x"), ("--extra", "-index-url x"), ("//py", "pi.org/simple")]
)
def test_a_registry_would_be_found(parts: tuple[str, str]) -> None:
    assert REGISTRY.search("".join(parts))


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_each_pin_has_hashes(lock: str) -> None:
    entries = re.split(r"\n(?=\S)", (ROOT / lock).read_text("utf-8").strip())
    assert len(entries) == len(pins(lock))
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []


def test_the_locks_hold_what_the_project_asks_for() -> None:
    def unmet(requirements: list[str], lock: str) -> list[str]:
        held = pins(lock)
        wanted = [Requirement(text) for text in requirements]
        return [str(each) for each in wanted if not each.specifier.contains(held.get(each.name.lower(), "0"))]

    assert unmet(PROJECT["dependencies"], "requirements.lock") == []
    assert unmet(PROJECT["optional-dependencies"]["dev"], "requirements-dev.lock") == []


def test_tests_run_with_the_libraries_that_officers_get() -> None:
    assert pins("requirements.lock").items() <= pins("requirements-dev.lock").items()


def test_the_qt_that_aborts_python_is_excluded() -> None:
    (qt,) = (each for each in map(Requirement, PROJECT["dependencies"]) if each.name == "PySide6-Essentials")
    assert qt.specifier.contains("6.11.3")
    assert not qt.specifier.contains("6.12.0")


def test_make_test_checks_everything_and_the_check_calls_it() -> None:
    steps = subprocess.run(
        ["make", "-n", "test"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    for step in (
        "scripts/bootstrap dev",
        "ruff check",
        "ruff format --check",
        "mypy",
        "lint-imports",
        "pytest",
    ):
        assert step in steps
    check = ROOT / ".ci" / "run"
    assert re.search(r"^exec make .*\btest$", check.read_text("utf-8"), re.MULTILINE)
    assert os.access(check, os.X_OK)


class Bootstrap:
    """The set-up script in a folder of its own, with locks that ask for nothing."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.python = folder / ".venv" / "bin" / "python"
        (folder / "scripts").mkdir(parents=True)
        shutil.copy(ROOT / "scripts" / "bootstrap", folder / "scripts")
        for lock in ("requirements.lock", "requirements-dev.lock"):
            (folder / lock).write_text("# nothing\n", "utf-8")

    def run(self, *arguments: str, python: str = sys.executable) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [self.folder / "scripts" / "bootstrap", *arguments],
            env=os.environ | {"PYTHON": python},
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture
def bootstrap(tmp_path: Path) -> Bootstrap:
    return Bootstrap(tmp_path / "a clone")


def test_setting_up_twice_does_nothing_the_second_time(bootstrap: Bootstrap) -> None:
    first = bootstrap.run("dev")
    assert first.returncode == 0, first.stderr
    assert "Making a Python environment" in first.stderr
    assert bootstrap.python.exists()

    for again in (bootstrap.run("dev"), bootstrap.run()):  # what serves to develop also serves to run
        assert (again.returncode, again.stdout, again.stderr) == (0, "", "")

    (bootstrap.folder / "requirements.lock").write_text("# something else\n", "utf-8")
    changed = bootstrap.run()
    assert "Installing the libraries of requirements.lock" in changed.stderr
    assert "Making a Python environment" not in changed.stderr

    bootstrap.folder = bootstrap.folder.rename(bootstrap.folder.with_name("moved"))
    assert "Making a Python environment" in bootstrap.run().stderr


def test_setting_up_with_a_python_that_does_not_serve(bootstrap: Bootstrap) -> None:
    result = bootstrap.run(python="/bin/false")
    assert result.returncode == 1
    assert "/bin/false is not Python 3.11, 3.12 or 3.13" in result.stderr
    assert not bootstrap.python.exists()


def test_a_library_that_was_tampered_with_is_refused(bootstrap: Bootstrap, tmp_path: Path) -> None:
    library = tmp_path / "thing-1.0-py3-none-any.whl"
    library.write_bytes(b"not what was locked")
    pin = f"thing @ {library.as_uri()} --hash=sha256:{'0' * 64}\n"
    (bootstrap.folder / "requirements.lock").write_text(pin, "utf-8")
    result = bootstrap.run()
    assert result.returncode == 1
    assert "DO NOT MATCH THE HASHES" in result.stderr
    assert "the libraries could not be installed" in result.stderr
    assert bootstrap.run().returncode == 1  # nothing was stamped as done

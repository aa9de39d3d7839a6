"""What is shipped: the wheel has all that is read at run time, and works where there is no checkout."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import tarfile
import tomllib
import venv
import zipfile
from pathlib import Path

import openpyxl
import pytest

from desktop import __version__

ROOT = Path(__file__).parent.parent
WITH_THE_PROGRAM = ("desktop", "resources", "data")
PAGES = 7  # Today, Follow-ups, Meetings, Recommendations, Initiatives, Directory, Activity


def call(
    *words: str | Path, cwd: Path | None = None, env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    command = [str(word) for word in words]
    result = subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, check=False)
    assert result.returncode == 0, f"{result.stdout}\n{result.stderr}"
    return result


def build(kind: str, folder: Path) -> Path:
    call(sys.executable, "-m", "build", f"--{kind}", "--no-isolation", "--outdir", folder, ROOT)
    (built,) = folder.iterdir()
    return built


def shipped_files() -> set[str]:
    """The files of the program, by their path in the checkout."""
    return {
        path.relative_to(ROOT).as_posix()
        for top in WITH_THE_PROGRAM
        for path in (ROOT / top).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build("wheel", tmp_path_factory.mktemp("wheel"))


def test_the_wheel_holds_the_whole_program_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if ".dist-info/" not in name}
    expected = {name if name.startswith("desktop/") else f"desktop/{name}" for name in shipped_files()}
    assert held == expected
    for suffix in (".mo", ".svg"):
        assert any(name.startswith("desktop/resources/") and name.endswith(suffix) for name in held), suffix
    for folder in ("catalogue", "trackers"):
        assert any(name.startswith(f"desktop/data/{folder}/") for name in held), folder
    assert any(name.startswith("desktop/store/migrations/0001") for name in held)


def test_the_wheel_says_what_it_is(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        (entry_points,) = (name for name in archive.namelist() if name.endswith("entry_points.txt"))
        commands = archive.read(entry_points).decode()
    assert wheel.name == f"juntos-{__version__}-py3-none-any.whl"
    assert "juntos = desktop.__main__:main" in commands
    assert "juntos-desktop = desktop.app:main" in commands


def test_the_source_archive_can_build_the_same_wheel(tmp_path: Path) -> None:
    with tarfile.open(build("sdist", tmp_path)) as archive:
        held = {name.partition("/")[2] for name in archive.getnames()}
    assert shipped_files() <= held
    assert {"pyproject.toml", "README.md", "LICENSE", "Makefile", "scripts/bootstrap"} <= held


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The commands' folder of an environment that has the wheel, and the libraries but not the checkout."""
    folder = tmp_path_factory.mktemp("installed") / "venv"
    venv.create(folder, symlinks=os.name != "nt")
    commands = folder / ("Scripts" if os.name == "nt" else "bin")
    call(sys.executable, "-m", "pip", "--python", folder, "install", "--no-index", "--no-deps", wheel)
    where = {"base": str(folder), "platbase": str(folder)}
    packages = Path(sysconfig.get_path("purelib", "venv", where))
    packages.joinpath("libraries.pth").write_text(sysconfig.get_path("purelib") + "\n", "utf-8")
    return commands


def away_from_the_checkout() -> dict[str, str]:
    """An environment in which nothing leads back to the checkout."""
    environment = {name: text for name, text in os.environ.items() if not name.startswith("PYTHON")}
    return environment | {"QT_QPA_PLATFORM": "offscreen"}


def test_an_installed_program_finds_what_came_with_it(installed: Path, tmp_path: Path) -> None:
    ask = (
        "from desktop.paths import bundled as b; print(b.__globals__['__file__'], b('resources'), b('data'))"
    )
    answers = call(installed / "python", "-c", ask, cwd=tmp_path, env=away_from_the_checkout()).stdout.split()
    assert len(answers) == 3
    for answer in answers:
        assert Path(answer).is_relative_to(installed.parent)
        assert Path(answer).exists()


def test_both_commands_can_be_loaded(installed: Path, tmp_path: Path) -> None:
    load = "import importlib.metadata as m; print(*(e.load() for e in m.distribution('juntos').entry_points))"
    loaded = call(installed / "python", "-c", load, cwd=tmp_path, env=away_from_the_checkout()).stdout
    assert loaded.count("<function main") == 2


def test_an_installed_program_reads_a_tracker_in_a_process_of_its_own(
    installed: Path, tmp_path: Path
) -> None:
    tracker = tmp_path / "tracker.csv"
    tracker.write_text("件名,期限,担当\nCall METI,2026-12-01,Sato\nSend the list,2026-12-02,Sato\n", "utf-8")
    kept = ("--home", tmp_path / "home")
    about = ["--post", "Embassy", "--country", "US", "--zone", "UTC", "--own-government", "JP", "--empty"]
    take = ("import", tracker, "--as", "follow-up", "--dry-run", "--format", "json")
    begin = ("init", tmp_path / "post.juntos", *about)
    call(installed / "juntos", *begin, *kept, cwd=tmp_path, env=away_from_the_checkout())
    told = call(installed / "juntos", *take, *kept, cwd=tmp_path, env=away_from_the_checkout()).stdout
    targets = {rule["title"]: rule["target"] for rule in json.loads(told)["mapping"]["columns"]}
    assert targets == {"件名": "title", "期限": "due_on", "担当": "owner"}


def test_the_demo_of_an_installed_program(installed: Path, tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    command = (installed / "juntos", "demo", "--folder", folder)
    shown = call(*command, cwd=tmp_path, env=away_from_the_checkout()).stdout

    (workspace,) = folder.rglob("*.juntos")
    (workbook,) = folder.rglob("*.xlsx")
    pictures = list(folder.rglob("*.png"))
    assert {"Recommendations", "Initiatives", "Meetings"} <= set(openpyxl.load_workbook(workbook).sheetnames)
    assert len(pictures) >= PAGES
    assert all(picture.stat().st_size > 5_000 for picture in pictures), "a page was drawn empty"
    for thing in (workspace, workbook):
        assert str(thing) in shown


def test_the_version_stands_in_one_place() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert "version" in project["dynamic"]
    assert "version" not in project

"""Whatever goes wrong, the old file stands as it was, nothing is left over, and a sentence says what to do."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import textwrap
import time
import warnings
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from desktop import parts, scratch
from desktop.export import rows, saving, streaming, texts
from desktop.export.errors import Cancelled, ExportError
from desktop.export.report import Request, export
from desktop.model import FollowUp
from desktop.paths import places
from desktop.service.workspace import Workspace

OLD = b"the workbook of last month"


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """Where a workbook stands already, in a folder of its own."""
    folder = tmp_path / "reports"
    folder.mkdir()
    path = folder / "Status.xlsx"
    path.write_bytes(OLD)
    return path


def untouched(target: Path) -> bool:
    """Whether the old file stands, alone in its folder, and no work files are left."""
    left = [*target.parent.iterdir()]
    work = [*scratch.folder().glob("exports-*")]
    return left == [target] and target.read_bytes() == OLD and not work


def test_a_whole_workbook_takes_the_place_of_the_old_one(workspace: Workspace, target: Path) -> None:
    export(workspace, Request(), target, replace=True)
    assert openpyxl.load_workbook(target).sheetnames[0] == "Cover"
    assert [*target.parent.iterdir()] == [target]
    assert not [*scratch.folder().glob("exports-*")]


def test_it_is_for_its_owner_alone(workspace: Workspace, tmp_path: Path) -> None:
    if os.name != "posix":
        pytest.skip("rights of another kind")
    path = tmp_path / "new.xlsx"
    old = os.umask(0)
    seen: list[int] = []

    def look(_done: int, _total: int) -> bool:
        seen.extend(stat.S_IMODE(entry.stat().st_mode) for entry in scratch.folder().glob("**"))
        return True

    try:
        export(workspace, Request(), path, look)
    finally:
        os.umask(old)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert set(seen) == {0o700}


def test_a_folder_is_no_file(workspace: Workspace, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="is a folder; give the name of a file in it"):
        export(workspace, Request(), tmp_path)


def test_a_folder_that_is_not_there(workspace: Workspace, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="There is no folder"):
        export(workspace, Request(), tmp_path / "none" / "Status.xlsx")


def test_what_is_no_file_is_left_alone(workspace: Workspace, tmp_path: Path) -> None:
    if not hasattr(os, "mkfifo"):
        pytest.skip("no pipes")
    os.mkfifo(tmp_path / "pipe.xlsx")
    with pytest.raises(ExportError, match="is not a file"):
        export(workspace, Request(), tmp_path / "pipe.xlsx")


@pytest.mark.parametrize("lock", ["~$Status.xlsx", ".~lock.Status.xlsx#"])
def test_a_file_that_is_open_elsewhere_is_left_alone(workspace: Workspace, target: Path, lock: str) -> None:
    mark = target.with_name(lock)
    mark.touch()
    with pytest.raises(ExportError, match="is open in another program, such as Excel"):
        export(workspace, Request(), target, replace=True)
    mark.unlink()
    assert untouched(target)


def test_a_file_that_is_opened_meanwhile_is_left_alone(
    workspace: Workspace, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What Windows does when Excel has the file."""

    def refuse(self: Path, _target: Path) -> Path:
        raise PermissionError(13, "used by another process", str(self))

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(ExportError, match="is open in another program"):
        export(workspace, Request(), target, replace=True)
    assert untouched(target)


def as_nobody(act: Callable[[], None]) -> str:
    """What `act` raises in a child that has no rights of root."""
    read, write = os.pipe()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of other threads, which the child does not use
        child = os.fork()
    if child == 0:  # pragma: no cover - the child
        os.close(read)
        said = ""
        try:
            if os.getuid() == 0:
                os.setgroups([])
                os.setgid(65534)
                os.setuid(65534)
            act()
        except ExportError as error:
            said = str(error)
        except BaseException as error:
            said = f"{type(error).__name__}: {error}"
        os.write(write, said.encode())
        os._exit(0)
    os.close(write)
    with os.fdopen(read) as pipe:
        said = pipe.read()
    os.waitpid(child, 0)
    return said


@pytest.fixture
def open_to_all(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that others can reach, for a child with other rights."""
    import tempfile

    folder = Path(tempfile.mkdtemp(prefix="juntos-test-", dir="/tmp"))
    folder.chmod(0o755)
    yield folder  # type: ignore[misc]
    for path in [folder, *folder.rglob("*")]:
        path.chmod(0o755)
    import shutil

    shutil.rmtree(folder)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this system")
def test_a_folder_or_file_that_may_not_be_written(open_to_all: Path) -> None:
    folder = open_to_all / "readonly"
    folder.mkdir()
    (folder / "Status.xlsx").write_bytes(OLD)
    (folder / "Status.xlsx").chmod(0o444)
    folder.chmod(0o555)

    def act(path: Path) -> None:
        with saving.replacing(saving.place(path)) as file:
            file.write(b"new")

    for name in ("Status.xlsx", "New.xlsx"):
        said = as_nobody(lambda name=name: act(folder / name))  # type: ignore[misc]
        assert said.startswith(f"{folder / name} cannot be written; check your rights on the file and its")
    assert (folder / "Status.xlsx").read_bytes() == OLD
    writable = open_to_all / "writable"
    writable.mkdir()
    writable.chmod(0o777)
    assert as_nobody(lambda: act(writable / "New.xlsx")) == "", "the control: where it may, it does"
    assert (writable / "New.xlsx").read_bytes() == b"new"


def script(folder: Path, body: str) -> list[str]:
    """A program of its own that exports a copy of the workspace."""
    text = f"""
        import sys
        from pathlib import Path
        from desktop.export.errors import ExportError
        from desktop.export.report import Request, export
        from desktop.service.workspace import Workspace
        workspace = Workspace.open(Path({str(folder / "year.juntos")!r}))
    """
    return [sys.executable, "-c", textwrap.dedent(text) + textwrap.dedent(body)]


LIMITED = """
    import resource, signal
    from desktop.export import writing
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit}))
    try:
        export(workspace, Request(), Path({target!r}), replace=True)
    except ExportError as error:
        print(error)
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY,) * 2)
"""


@pytest.mark.skipif(os.name != "posix", reason="no such limits on this system")
@pytest.mark.parametrize(("limit", "where"), [(1_500, "temp"), (22_000, "Status.xlsx")])
def test_a_disk_that_is_full(workspace: Workspace, target: Path, limit: int, where: str) -> None:
    workspace.close()
    folder = Path(workspace.engine.path).parent
    command = script(folder, LIMITED.format(limit=limit, target=str(target)))
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert "There is no room left on the disk of" in done.stdout, done.stdout + done.stderr
    assert where in done.stdout
    assert untouched(target)


KILLED = """
    def tell(done, total):
        print(done, flush=True)
        return True
    from desktop.export import writing, saving
    import desktop.export.workbook as book, time
    plain = book.Book.save
    def slowly(self, file):
        file.write(b"half")
        file.flush()
        print("saving", flush=True)
        time.sleep(60)
        plain(self, file)
    book.Book.save = slowly
    export(workspace, Request(), Path({target!r}), tell, replace=True)
"""


@pytest.mark.skipif(os.name != "posix", reason="no such signal on this system")
def test_a_program_that_is_killed_leaves_the_old_file(workspace: Workspace, target: Path) -> None:
    workspace.close()
    command = script(Path(workspace.engine.path).parent, KILLED.format(target=str(target)))
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        for line in program.stdout:
            if line.strip() == "saving":
                break
        os.kill(program.pid, signal.SIGKILL)
    assert target.read_bytes() == OLD
    (part,) = [path for path in target.parent.iterdir() if path != target]
    assert part.read_bytes() == b"half", "the control: it was killed half-way"
    assert stat.S_IMODE(part.stat().st_mode) == 0o600
    (killed,) = (places().cache / "temp").iterdir()
    yesterday = time.time() - parts.STALE - 60
    os.utime(part, (yesterday, yesterday))
    opened = Workspace.open(Path(workspace.engine.path))
    export(opened, Request(), target, replace=True)
    opened.close()
    assert [*target.parent.iterdir()] == [target], "the next export takes away what was left"
    assert scratch.folder().parent == killed.parent
    assert {path.name for path in killed.iterdir()} == {scratch.LOCK, scratch.NOTES}, (
        "and so are its work files"
    )
    parts.sweep([killed])
    assert not killed.exists()


def test_openpyxl_failing_half_way(
    workspace: Workspace, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_any: Any) -> None:
        raise ValueError("canary: what stands in a cell")

    monkeypatch.setattr(streaming.ExcelWriter, "_write_charts", fail)
    with pytest.raises(ExportError, match=r"could not be made \(ValueError\). Nothing was written") as caught:
        export(workspace, Request(), target, replace=True)
    assert "canary" not in str(caught.value)
    assert untouched(target)


def test_without_our_care_nobody_could_open_a_workbook_with_control_characters(
    workspace: Workspace, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control of leaving them out."""
    with workspace.engine.write():
        FollowUp.update(title="a\x00b\ufffe").where(FollowUp.status == "done").execute()
    monkeypatch.setattr(texts, "legal", lambda text: (text, 0))
    export(workspace, Request(), target, replace=True)
    with target.open("rb") as file, pytest.raises(ET.ParseError):
        openpyxl.load_workbook(file)
    monkeypatch.undo()
    report = export(workspace, Request(), target, replace=True)
    assert "control characters cannot stand in a workbook" in report.told[0]
    assert openpyxl.load_workbook(target)["Closed"]["B3"].value == "ab"


def test_it_can_be_stopped(workspace: Workspace, target: Path) -> None:
    calls: list[tuple[int, int]] = []

    def stop(done: int, total: int) -> bool:
        calls.append((done, total))
        return len(calls) < 2

    with pytest.raises(Cancelled, match="was stopped"):
        export(workspace, Request(), target, stop, replace=True)
    assert untouched(target)


def test_progress_is_told(workspace: Workspace, target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows, "TOGETHER", 5)
    calls: list[tuple[int, int]] = []
    report = export(
        workspace, Request(), target, lambda done, total: calls.append((done, total)) or True, replace=True
    )
    assert calls[0] == (0, report.rows)
    assert calls[-1] == (report.rows, report.rows)
    assert [done for done, _total in calls] == sorted(done for done, _total in calls)
    assert len(calls) > report.rows // 5


@pytest.mark.parametrize(
    ("request_", "sentence"),
    [
        (Request(as_of="31/02/2026"), "As of: “31/02/2026” is not a day; write it as 2026-11-21."),
        (Request(period_from="2024-13-01"), "From: “2024-13-01” is not a day"),
        (Request(period_from="2026-12-01", period_to="2026-11-01"), "before it begins"),
        (Request(period_from="2027-01-01"), "The period ends on 2026-11-21, before it begins on 2027-01-01."),
        (Request(marking="x" * 300), "Handling: 300 characters are too many, 200 is the most."),
    ],
)
def test_a_request_that_makes_no_sense(
    workspace: Workspace, target: Path, request_: Request, sentence: str
) -> None:
    with pytest.raises(ExportError) as caught:
        export(workspace, request_, target, replace=True)
    assert sentence in str(caught.value)
    assert untouched(target)


def test_more_rows_than_a_sheet_holds(
    workspace: Workspace, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from desktop.export import planning

    monkeypatch.setattr(planning, "MAX_ROWS", 10)
    with pytest.raises(ExportError, match="“Follow-ups open” would have 11 rows; a sheet holds 7 at most"):
        export(workspace, Request(), target, replace=True)
    assert untouched(target)


def test_a_link_is_followed(workspace: Workspace, target: Path) -> None:
    link = target.with_name("link.xlsx")
    link.symlink_to(target)
    export(workspace, Request(), link, replace=True)
    assert link.is_symlink()
    assert openpyxl.load_workbook(target).sheetnames


def test_it_runs_on_another_thread(workspace: Workspace, tmp_path: Path) -> None:
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(1) as pool:
        report = pool.submit(export, workspace, Request(language="ja"), tmp_path / "x.xlsx").result()
    assert report.rows > 20


def test_loading_the_door_loads_no_openpyxl() -> None:
    code = "import sys, desktop.export.report, desktop.export.table; assert 'openpyxl' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)

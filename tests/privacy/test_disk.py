"""What a day of work leaves on the disk: nothing that others may read, and no plain text of an encrypted workspace.

The scenario runs under umask 000. Every byte and every right of all that lies on the disk is looked at.
"""

from __future__ import annotations

import stat
import sys
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from desktop import scratch
from tests.privacy.conftest import Day
from tests.privacy.scenario import CANARY

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="asks Linux for its folders in memory")
WORDS = tuple(CANARY.lower().encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le"))


def loose(day: Day) -> list[str]:
    """What others could read or enter."""
    tops = [day.home, day.folder, day.temporary, *day.in_memory()]
    found = [path for top in tops for path in (top, *top.rglob("*")) if not path.is_symlink()]
    return [
        f"{stat.S_IMODE(path.lstat().st_mode):o} {path}"
        for path in found
        if path.lstat().st_mode & 0o077 and not path.is_socket()
    ]


@pytest.mark.parametrize("encrypted", [False, True])
def test_nothing_is_readable_by_others(begin: Callable[..., Day], encrypted: bool) -> None:
    day = begin(encrypted)
    assert loose(day) == []
    names = {path.name for path in (*day.asked.iterdir(), *day.everything())}
    assert {"status.xlsx", "brief.docx", "brief.pdf", "post.juntos.witness", "settings.json"} <= names


def test_without_the_guard_others_could_read(begin: Callable[..., Day]) -> None:
    """The control: the session's umask stands, and what a library makes has it."""
    assert loose(begin(False, "--loose"))


def traces(paths: Iterable[Path]) -> list[str]:
    """The files in whose bytes, or name, or parts where it is an archive, a canary stands."""
    found = []
    for path in paths:
        if CANARY.lower() in path.name.lower():
            found.append(f"{path} (its name)")
        if not path.is_file():
            continue
        contents = [path.read_bytes()]
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                contents += [archive.read(name) for name in archive.namelist()]
        if any(word in content.lower() for content in contents for word in WORDS):
            found.append(str(path))
    return found


def test_an_encrypted_workspace_leaves_no_plain_text_on_a_disk(begin: Callable[..., Day]) -> None:
    day = begin(True)
    looked = day.everything()
    names = {path.name for path in looked}
    assert {
        "post.juntos",
        "post.juntos-wal",
        "post.juntos-shm",
        "post.juntos.drafts",
        "settings.json",
    } <= names
    assert "juntos.log" in names
    assert any("-backups" in str(path) for path in looked)
    assert traces(looked) == []
    assert traces([day.told]) == []
    (work,) = day.in_memory()
    assert traces(work.rglob("*")), "the control: what is worked on is there, in memory"
    day.kill()
    assert traces(day.everything()) == []
    assert traces([day.told]) == []
    assert loose(day) == []
    scratch.sweep(work.parent)
    assert not work.exists(), "the next start takes away what was killed"


def test_without_the_guards_it_would(begin: Callable[..., Day]) -> None:
    """The control: work files where the system has them, and the settings as they are of a plain workspace."""
    found = traces(begin(True, "--exposed").everything())
    assert any("settings.json" in each for each in found)
    assert any("opened-" in each for each in found)
    assert any("intake-" in each for each in found)


def test_of_a_plain_workspace_neither_log_nor_errors_tell_anything(begin: Callable[..., Day]) -> None:
    day = begin(False)
    found = traces([*day.everything(), day.told])
    assert any(each.endswith("post.juntos-wal") for each in found), (
        "the control: a plain workspace is readable"
    )
    assert not [each for each in found if each.endswith((".log", "told", ".witness", ".lock"))]
    assert not [each for each in found if "temporary" in each.removeprefix(str(day.home.parent))]

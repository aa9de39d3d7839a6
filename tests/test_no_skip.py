"""Where `JUNTOS_NO_SKIP` is set a skipped test fails, unless only the source documents are missing."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

TESTS = """
import pytest

@pytest.mark.skip(reason="no second reader here")
def test_of_a_tool(): ...

@pytest.mark.optional_source
@pytest.mark.skip(reason="no documents here")
def test_of_a_document(): ...

@pytest.mark.xfail(reason="known")
def test_known_fault(): assert False
"""


def run(folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    shutil.copy(ROOT / "tests" / "conftest.py", folder)
    (folder / "test_skips.py").write_text(TESTS, "utf-8")
    environment = {name: text for name, text in os.environ.items() if name != "JUNTOS_NO_SKIP"}
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-c", ROOT / "pyproject.toml", "--rootdir", folder, folder],
        cwd=ROOT,
        env=environment | variables,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("variables", "outcome", "code"),
    [({}, "2 skipped, 1 xfailed", 0), ({"JUNTOS_NO_SKIP": "1"}, "1 skipped, 1 xfailed, 1 error", 1)],
)
def test_skips(tmp_path: Path, variables: dict[str, str], outcome: str, code: int) -> None:
    result = run(tmp_path, **variables)
    assert outcome in result.stdout
    assert result.returncode == code


def test_a_file_that_skips_itself_fails_too(tmp_path: Path) -> None:
    skipping = 'import pytest\npytest.importorskip("no_such_library")\n'
    (tmp_path / "test_all_of_it.py").write_text(skipping, "utf-8")
    result = run(tmp_path, JUNTOS_NO_SKIP="1")
    assert "1 error" in result.stdout
    assert "no_such_library" in result.stdout

"""docs/reliability.md and SECURITY.md name tests that are there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
NAMED = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")


def missing(text: str) -> list[str]:
    """The tests and files that a page names and that are not there."""
    found = []
    for file, name in NAMED.findall(text):
        path = ROOT / file
        if not path.exists() or (
            name and not re.search(rf"^def {name}\(", path.read_text("utf-8"), re.MULTILINE)
        ):
            found.append(f"{file}::{name}")
    return found


@pytest.mark.parametrize("page", ["docs/reliability.md", "SECURITY.md"])
def test_each_test_that_a_page_names_is_there(page: str) -> None:
    text = (ROOT / page).read_text("utf-8")
    assert len(NAMED.findall(text)) > 5
    assert missing(text) == []


def test_one_that_is_not_there_is_told() -> None:
    assert missing("`tests/test_reliability.py::test_of_nothing`, `tests/nowhere.py`") == [
        "tests/test_reliability.py::test_of_nothing",
        "tests/nowhere.py::",
    ]


def test_each_promise_has_its_row_whole() -> None:
    rows = [
        line for line in (ROOT / "docs/reliability.md").read_text("utf-8").splitlines() if line[:1] == "|"
    ]
    promises = [row for row in rows if "`tests/" in row]
    assert len(promises) > 50
    assert [row for row in promises if row.count(" | ") < 3] == []

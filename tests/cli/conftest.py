"""A workspace of one officer, and the command line run in this process on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from desktop import cli

INIT = [
    "--post", "Embassy of Japan in Chile", "--country", "Chile", "--zone", "America/Santiago",
    "--own-government", "JP", "--partner", "US", "--officers", "Sato Kenji",
]  # fmt: skip


@dataclass
class Result:
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str


Juntos = Callable[..., Result]


@pytest.fixture
def bare(capsys: pytest.CaptureFixture[str]) -> Juntos:
    """Runs a command line."""

    def run(*words: str) -> Result:
        try:
            code = cli.main(words)
        except SystemExit as leaving:
            code = int(leaving.code or 0)
        printed = capsys.readouterr()
        return Result(code, printed.out, printed.err)

    return run


@pytest.fixture
def juntos(bare: Juntos, tmp_path: Path) -> Juntos:
    """Runs a command line on a fresh, empty workspace."""
    made = bare("init", str(tmp_path / "post.juntos"), *INIT, "--empty")
    assert made.code == 0, made.err
    return bare

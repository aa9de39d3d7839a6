"""A reader that is not ours: LibreOffice opens the workbook without repair, and finds the same in it."""

from __future__ import annotations

import csv
import datetime as dt
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from desktop.export import texts
from desktop.export.report import Request
from desktop.model import FollowUp
from desktop.service.workspace import Workspace

from .conftest import Exported, Make

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
pytestmark = [
    pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed (libreoffice-calc-nogui)"),
    pytest.mark.slow,
]
EACH_SHEET_AS_CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"


@pytest.fixture(scope="module")
def profile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A profile of its own: nothing of the user's is read or written."""
    return tmp_path_factory.mktemp("libreoffice")


def converted(path: Path, form: str, folder: Path, profile: Path, *more: str) -> list[Path]:
    """What LibreOffice makes of a workbook, or with `more` said to it of another file."""
    folder.mkdir()
    command = [str(SOFFICE), f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", form]
    command += more
    done = subprocess.run(
        [*command, "--outdir", str(folder), str(path)],
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    made = sorted(folder.iterdir())
    assert made, done.stdout + done.stderr
    assert "repair" not in (done.stdout + done.stderr).lower()
    return made


def as_shown(value: Any) -> str:
    """A cell's value as the CSV has it."""
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    return texts.unescape(value) if isinstance(value, str) else f"{value:.15g}"


def test_it_finds_the_same_values_and_dates(status: Exported, tmp_path: Path, profile: Path) -> None:
    made = converted(status.path, EACH_SHEET_AS_CSV, tmp_path / "csv", profile)
    by_sheet = {path.stem.removeprefix("Status-"): path for path in made}
    compared = 0
    for sheet in status.tables:
        with by_sheet[sheet.title].open(encoding="utf-8", newline="") as file:
            found = list(csv.reader(file))
        expected = [[as_shown(value) for value in row] for row in sheet.iter_rows(values_only=True)]
        assert len(found) == len(expected), sheet.title
        for row, other in zip(expected, found, strict=True):
            assert other == row, sheet.title
            compared += len(row)
    assert compared > 500


def test_the_printed_pages(status: Exported, tmp_path: Path, profile: Path) -> None:
    (pdf,) = converted(status.path, "pdf", tmp_path / "pdf", profile)
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed (poppler-utils)")
    printed = subprocess.run(
        ["pdftotext", "-layout", str(pdf), "-"], capture_output=True, text=True, timeout=60, check=True
    ).stdout
    pages = printed.split("\f")[:-1]
    # One page wide or, where that could not be read, two side by side: none empty.
    assert len(pages) <= 18
    for number, page in enumerate(pages, 1):
        assert "Internal" in page
        assert "###" not in page
        assert f"Page {number} of {len(pages)}" in page
        assert "Status.xlsx" in page
        assert len(page.split()) > 40, "no page is empty"
    for words in ("海底ケーブル", "borrador", "até o fim do mês", "■ Red", "▲ Amber"):
        assert words.replace(" ", "") in "".join(printed.split()), words


def test_formulas_and_escapes_stay_texts_there_too(
    workspace: Workspace, make: Make, tmp_path: Path, profile: Path
) -> None:
    hard = ["=1+1", "@SUM(A1)", "-1", "_x0041_", "'quoted", "#N/A", "007", "2026-11-21"]
    follow_ups = list(FollowUp.select().order_by(FollowUp.ref))[: len(hard)]
    with workspace.engine.write():
        for follow_up, text in zip(follow_ups, hard, strict=True):
            FollowUp.update(title=text).where(FollowUp.id == follow_up.id).execute()
    made = make(workspace, Request())
    files = converted(made.path, EACH_SHEET_AS_CSV, tmp_path / "csv", profile)
    found = {}
    for name in ("Follow-ups open", "Closed"):
        (path,) = [path for path in files if path.stem == f"Status-{name}"]
        with path.open(encoding="utf-8", newline="") as file:
            found |= {row[0]: row[1] for row in list(csv.reader(file))[2:]}
    assert [found[follow_up.ref] for follow_up in follow_ups] == hard

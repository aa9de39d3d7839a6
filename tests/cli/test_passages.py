"""The texts of sources on the command line: taken in, and the passages told and listed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from desktop.service import links, passages
from desktop.service.workspace import Workspace

from .conftest import Juntos

TEXT = """1. Cables

Both governments should finance the landing stations. They meet twice.

A fund is proposed for the ports of the region.
"""
NEWER = TEXT.replace("They meet twice.", "They meet in the spring.").replace("is proposed", "was proposed")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    found = tmp_path / "report.txt"
    found.write_text(TEXT, "utf-8")
    return found


def tie(tmp_path: Path, *words: str) -> None:
    """Let REC-2026-001 and so on come from these words."""
    workspace = Workspace.open(tmp_path / "post.juntos")
    try:
        edition = passages.newest(links.find("SRC-001"))
        text = passages.text_of(edition).text
        for record, each in zip(("1", "2", "3"), words, strict=False):
            start = text.index(each)
            ref = f"REC-{workspace.today()[:4]}-{record}"
            passages.quote(workspace, links.find(ref), edition, start, start + len(each))
    finally:
        workspace.close()


def test_a_text_is_taken_in_and_passages_are_found_or_lost(
    juntos: Juntos, tmp_path: Path, path: Path
) -> None:
    assert juntos("add", "source", "title=A report").out.strip() == "SRC-001"
    refs = [juntos("add", "recommendation", f"title=No. {n}").out.strip() for n in range(3)]
    assert juntos("text", "SRC-001", str(path)).out == "report.txt was taken in as edition 1.\n"
    assert "nothing was done" in juntos("text", "SRC-001", str(path)).out
    tie(
        tmp_path,
        "finance the landing stations",
        "A fund is proposed for the ports of the region.",
        "They meet twice.",
    )
    listed = json.loads(juntos("passages", refs[0], "--format", "json").out)
    assert listed == [
        {
            "record": refs[0],
            "source": "SRC-001",
            "edition": 1,
            "file": "report.txt",
            "start": TEXT.index("finance"),
            "end": TEXT.index("finance") + len("finance the landing stations"),
            "section": "1",
            "paragraph": "1",
            "endnotes": "",
            "state": "found",
            "quote": "finance the landing stations",
        }
    ]
    path.write_text(NEWER, "utf-8")
    told = juntos("text", "SRC-001", str(path)).out.splitlines()
    assert told[:4] == [
        "report.txt was taken in as edition 2.",
        "2 passages were found.",
        "1 of them is in other words; look at it.",
        "1 passage is lost.",
    ]
    assert [line.split("  ")[0] for line in told[6:]] == ["Found in other words", "Lost"]
    table = juntos("passages", "SRC-001").out
    assert [line for line in table.splitlines() if "Lost" in line and "They meet twice." in line]
    assert juntos("undo").code == 0
    assert {
        each["edition"] for each in json.loads(juntos("passages", "SRC-001", "--format", "json").out)
    } == {1}


def test_what_is_no_source_no_text_or_no_record_is_told(juntos: Juntos, tmp_path: Path, path: Path) -> None:
    juntos("add", "source", "title=A report")
    ref = juntos("add", "recommendation", "title=One").out.strip()
    person = juntos("add", "sector", "name=Digital").out.strip()
    for words, code, sentence in (
        (("text", ref, str(path)), 2, f"{ref} is no source."),
        (("text", "SRC-001", str(tmp_path / "none.txt")), 1, "none.txt could not be opened"),
        (("passages", person), 2, f"{person} comes from no passage of a source."),
    ):
        found = juntos(*words)
        assert found.code == code, words
        assert sentence in found.err

"""The indexes of the documents agree with themselves, hold no text, and are what the script makes."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from scripts.index_source import OUTLINES, Heading, Outline, Reader, build_index, digest, main, render

KEYS = sorted(OUTLINES)


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, (dict, list)):
        for item in value.values() if isinstance(value, dict) else value:
            yield from strings(item)


def test_each_outlined_document_is_indexed(indexes: dict[str, Any]) -> None:
    assert sorted(indexes) == KEYS
    assert all(index["key"] == key for key, index in indexes.items())


@pytest.mark.parametrize("key", KEYS)
def test_an_index_holds_no_text(indexes: dict[str, Any], key: str) -> None:
    facts = {name: value for name, value in indexes[key].items() if name not in ("title", "rule")}
    assert max(map(len, strings(facts))) == 64  # a digest


@pytest.mark.parametrize("key", KEYS)
def test_every_line_is_counted_once(indexes: dict[str, Any], key: str) -> None:
    index = indexes[key]
    counts = dict(index["lines"])
    assert counts.pop("total") == sum(counts.values())
    inside: dict[str, list[int]] = defaultdict(list)
    for section in index["sections"]:
        inside["headings"] += section["heading"]["lines"] if section["heading"] else []
        for part in ("paragraphs", "footnotes"):
            inside[part] += [line for item in section[part] for line in item["lines"]]
    inside["endnotes"] = [line for note in index["endnotes"] for line in note["lines"]]
    for figure in index["figures"]:
        for item in (figure["caption"], *figure["remarks"], *figure["rows"]):
            inside["figures"] += item["lines"]
    assert {name: len(lines) for name, lines in inside.items() if lines} == {
        name: count for name, count in counts.items() if name in inside
    }
    every = [line for lines in inside.values() for line in lines]
    assert len(every) == len(set(every))


@pytest.mark.parametrize("key", KEYS)
def test_sections_and_paragraphs_are_numbered(indexes: dict[str, Any], key: str) -> None:
    sections = indexes[key]["sections"]
    assert len({section["section"] for section in sections}) == len(sections)
    for section in sections:
        numbers = [paragraph["paragraph"] for paragraph in section["paragraphs"]]
        assert numbers == list(range(1, len(numbers) + 1))
        lines = [line for paragraph in section["paragraphs"] for line in paragraph["lines"]]
        assert all(one < other for one, other in pairwise(lines))


@pytest.mark.parametrize("key", KEYS)
def test_every_endnote_is_called_once_and_in_order(indexes: dict[str, Any], key: str) -> None:
    index = indexes[key]
    called = [
        number
        for section in index["sections"]
        for paragraph in section["paragraphs"]
        for number in paragraph["endnotes"]
    ]
    assert called == [note["endnote"] for note in index["endnotes"]]
    assert len(called) == {"WC-2024": 86, "IAD-2020": 6}[key]


def test_figure_3_has_its_26_rows(indexes: dict[str, Any]) -> None:
    (figure,) = [figure for figure in indexes["WC-2024"]["figures"] if figure["figure"] == "3"]
    assert [row["row"] for row in figure["rows"]] == list(range(27))  # row 0 is the line of column heads
    assert {len(row["cells"]) for row in figure["rows"]} == {4}
    assert figure["section"] == "A Strong Foundation"


@pytest.mark.optional_source
@pytest.mark.parametrize("key", KEYS)
def test_the_script_makes_the_committed_index(
    documents: dict[str, bytes], tmp_path: Path, capsys: pytest.CaptureFixture[str], key: str
) -> None:
    document = tmp_path / "document.txt"
    document.write_bytes(documents[key])
    assert main([str(document), key]) == 0
    committed = Path(__file__).parents[2] / "data" / "index" / f"{key}.json"
    assert capsys.readouterr().out == committed.read_text("utf-8")


# ---- the rule of counting, on a document of our own

OUTLINE = Outline(
    opening=Heading("", "Opening", read="lines", printed=False),
    headings=(Heading("ONE", "One"), Heading("NOTES", "Notes", read="notes")),
    furniture=frozenset({"MAY 2001"}),
    marks="superscript",
)
TEXT = """A Title

By Nobody
ONE
First sentence.¹ It goes on to the
MAY 2001

Figure 1 A table
Name\tYear
Alpha\t1999
Source: Nobody

next page, well-
known.” And rises,¹¹ too.

i A footnote.

Second   paragraph.²
NOTES
1 A note that is broken
by the page.
2 Another.
"""


def read(text: str) -> Reader:
    reader = Reader(OUTLINE)
    reader.read(text)
    return reader


def test_a_paragraph_goes_on_over_page_and_figure() -> None:
    reader = read(TEXT)
    paragraphs = [paragraph.text for paragraph in reader.sections[1].paragraphs]
    assert paragraphs == [
        "First sentence.¹ It goes on to the next page, well-known.” And rises,¹¹ too.",
        "Second paragraph.²",
    ]
    assert [note.text for note in reader.endnotes] == ["1 A note that is broken by the page.", "2 Another."]


def test_marks_are_told_from_footnotes() -> None:
    first, second = list(read(TEXT).section_facts())[1]["paragraphs"]
    assert (first["endnotes"], first["footnotes"]) == (["1"], ["i"])
    assert (second["endnotes"], second["footnotes"]) == (["2"], [])


def test_a_figure_keeps_its_place_and_cells() -> None:
    (figure,) = read(TEXT).figures
    facts = figure.facts()
    assert (facts["section"], facts["after_paragraph"]) == ("One", 1)
    assert facts["rows"][1]["cells"] == [digest("Alpha"), digest("1999")]


@pytest.mark.parametrize(
    ("was", "becomes", "says"),
    [
        ("NOTES\n", "", "the heading “NOTES” was not found"),
        ("Second   paragraph.²", "Second paragraph²", "unfinished sentence"),
        ("paragraph.²", "paragraph.", "no mark in the text for endnote 2"),
        ("paragraph.²", "paragraph.²³", "no note 23"),
        ("rises,¹¹", "rises,", "no mark for footnote i"),
        ("1 A note", "A note", "an endnote was expected"),
    ],
)
def test_what_does_not_fit_the_outline_is_refused(was: str, becomes: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        list(read(TEXT.replace(was, becomes)).section_facts())


def test_errors_of_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document = tmp_path / "document.txt"
    document.write_text(TEXT, "utf-8")
    assert main([str(document)]) == 2
    assert "usage" in capsys.readouterr().err
    assert main([str(document), "XX-1999"]) == 1
    assert "no outline for XX-1999; known are WC-2024, IAD-2020" in capsys.readouterr().err
    assert main([str(tmp_path / "none.txt"), "WC-2024"]) == 1
    assert "none.txt was not indexed" in capsys.readouterr().err


def test_a_document_of_another_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="the heading “INTRODUCTION” was not found"):
        build_index(TEXT.encode(), "WC-2024")


def test_render_puts_what_has_a_digest_on_a_line() -> None:
    one, other = ({"paragraph": number, "sha256": "0" * 64} for number in (1, 2))
    text = render({"sections": [{"paragraphs": [one, other]}]})
    assert [line.strip()[:16] for line in text.splitlines()].count('{"paragraph": 1,') == 1
    assert json.loads(text) == {"sections": [{"paragraphs": [one, other]}]}

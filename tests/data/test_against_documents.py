"""What the catalogue says of a place in a document is there, in words of its own.

Needs the documents: JUNTOS_SOURCES names the folder that holds them.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator

import pytest

from scripts.index_source import OUTLINES, SUPERSCRIPT, Reader
from tests.data.anchors import Record, places

pytestmark = pytest.mark.optional_source

#: Consecutive words that a text of ours may share with a document, names apart.
LONGEST_RUN = 8
#: Fields in our own words.
OWN_WORDS = ("title", "summary", "description", "purpose", "decisions", "notes", "note", "source_note")


@pytest.fixture(scope="module")
def readers(documents: dict[str, bytes]) -> dict[str, Reader]:
    found = {}
    for key, content in documents.items():
        found[key] = Reader(OUTLINES[key])
        found[key].read(content.decode("utf-8"))
    return found


def plain(text: str) -> str:
    """Lower case, straight quotes, one space, no marks: what differs from the print without meaning."""
    text = SUPERSCRIPT.sub("", text).replace("’", "'").replace("“", '"').replace("”", '"')
    return " ".join(text.casefold().split())


def named(name: str, text: str) -> bool:
    """Whether a name stands in a text as whole words, be it in the plural."""
    return re.search(rf"(?<!\w){re.escape(plain(name))}s?(?!\w)", text) is not None


def words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+(?:'[^\W_]+)*", plain(text))


def text_at(readers: dict[str, Reader], record: Record) -> str:
    """All that stands at an anchor: paragraphs or rows, endnotes cited, a figure's caption and remarks."""
    reader, section = readers[record["source"]], record["section"]
    numbers = places(record.get("paragraph", ""))
    if section.startswith("Figure "):
        (figure,) = [figure for figure in reader.figures if f"Figure {figure.number}" == section]
        blocks = [figure.caption, *figure.remarks, *(figure.rows[number] for number in numbers)]
    else:
        (found,) = [found for found in reader.sections if found.heading.name == section]
        blocks = [found.paragraphs[number - 1] for number in numbers]
    cited = record.get("endnotes", "").split("; ")
    blocks += [note for note in reader.endnotes if note.number in cited]
    return plain(" ".join(block.text for block in blocks))


def test_organisations_are_named_where_they_are_anchored(
    catalogue: dict[str, list[Record]], readers: dict[str, Reader]
) -> None:
    lost = []
    for record in catalogue["organisation"]:
        names = [record["name"], record["name"].split(", ")[0], record.get("acronym", "")]
        names += str(record.get("aliases", "")).split("; ")
        if not any(named(name, text_at(readers, record)) for name in filter(None, names)):
            lost.append(record["ref"])
    assert lost == []


def test_people_are_named_where_they_are_anchored(
    catalogue: dict[str, list[Record]], readers: dict[str, Reader]
) -> None:
    lost = [r["ref"] for r in catalogue["person"] if not named(r["name"], text_at(readers, r))]
    assert lost == []


def test_initiatives_are_named_where_they_are_anchored(
    catalogue: dict[str, list[Record]], readers: dict[str, Reader]
) -> None:
    lost = []
    for record in catalogue["initiative"]:
        name = record.get("found_as", re.sub(r" \(.*\)$", "", record["name"]))
        if not named(name, text_at(readers, record)):
            lost.append(record["ref"])
    assert lost == []


def test_dates_stand_where_the_record_is_anchored(
    catalogue: dict[str, list[Record]], readers: dict[str, Reader]
) -> None:
    lost = []
    for record in [*catalogue["initiative"], *catalogue["meeting"]]:
        on = record.get("on", record.get("founded", ""))
        year, month = on[:4], calendar.month_name[int(on[5:7])] if on[5:7] else ""
        told = text_at(readers, record) + plain(record.get("date_wording", ""))
        if year not in told or plain(month) not in told:
            lost.append(record["ref"])
    assert lost == []


def test_attendees_are_named_in_the_document(
    catalogue: dict[str, list[Record]], readers: dict[str, Reader]
) -> None:
    surnames = {person["key"]: plain(person["name"]).split()[-1] for person in catalogue["person"]}
    for record in catalogue["meeting"]:
        reader = readers[record["source"]]
        paragraphs = [block.text for section in reader.sections for block in section.paragraphs]
        document = plain(" ".join([*paragraphs, *(note.text for note in reader.endnotes)]))
        assert all(surnames[key] in document for key in record.get("attendees", [])), record["ref"]


# ---- no sentences of the documents


def runs(text: str, length: int) -> Iterator[tuple[str, ...]]:
    sequence = words(text)
    for start in range(len(sequence) - length + 1):
        yield tuple(sequence[start : start + length])


def long_names(catalogue: dict[str, list[Record]]) -> re.Pattern[str]:
    """Names of four words and more, which may stand as they are; longer ones first, lest a part cut them."""
    fields = [(kind, field) for kind in catalogue for field in ("name", "own_name")]
    fields += [("source", "title"), ("person", "title"), ("organisation", "aliases")]
    values = [record.get(field, "") for kind, field in fields for record in catalogue[kind]]
    found = {name for value in values for name in value.split("; ")}
    found |= {re.sub(r" \(.*\)$", "", name) for name in found}
    named = sorted((plain(name) for name in found if len(words(name)) > 3), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, named))})(?!\w)")


def our_texts(catalogue: dict[str, list[Record]]) -> Iterator[tuple[str, str]]:
    for kind, records in catalogue.items():
        for record in records:
            where = record.get("ref") or f"{record['from']} → {record['to']}"
            for field in OWN_WORDS:
                if field in record and (field != "title" or kind == "recommendation"):
                    yield f"{where} {field}", record[field]
            for row in record.get("figure_rows", []):
                yield f"{where} row {row['row']}", row["description_note"]


def test_no_long_run_of_a_document_s_words(
    catalogue: dict[str, list[Record]], documents: dict[str, bytes]
) -> None:
    theirs = {run for content in documents.values() for run in runs(content.decode("utf-8"), LONGEST_RUN + 1)}
    names = long_names(catalogue)
    copied = [
        (where, " ".join(run))
        for where, text in our_texts(catalogue)
        for part in names.split(plain(text))
        for run in runs(part, LONGEST_RUN + 1)
        if run in theirs
    ]
    assert copied == []


def test_the_check_for_long_runs_finds_them(documents: dict[str, bytes]) -> None:
    sentence = documents["IAD-2020"].decode("utf-8").splitlines()[4]
    theirs = set(runs(documents["IAD-2020"].decode("utf-8"), LONGEST_RUN + 1))
    assert set(runs(sentence.upper(), LONGEST_RUN + 1)) <= theirs
    assert list(runs(sentence, LONGEST_RUN + 1))

"""Index a source document without its text: where its paragraphs stand, how long they are, their digests.

    python scripts/index_source.py FILE KEY > data/index/KEY.json

The anchors of the catalogue (section, paragraph, endnotes) point into this index. The outline of each known
document, that is its headings and what the page layout left in the text, is declared in OUTLINES below: to
add a document, add an outline. The rule of counting is written into the index itself (RULE).
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

RULE = (
    "Paragraphs are counted from 1 in each section; a section begins at its heading.",
    "A line that ends without a sentence end goes on in the next line of text, whatever stands between:"
    " the page broke there. After a hyphen it goes on without a space.",
    "Headings, figures, footnotes and page furniture are no paragraphs; every line that is not empty is"
    " counted once under lines.",
    "Where a section is kept by lines (the front and back matter), each line is a paragraph.",
    "A digest is the SHA-256 of the UTF-8 text, each run of white space made one space, the ends trimmed;"
    " a length is the number of characters of that text.",
    "Endnote marks rise by one through the document; a mark that breaks that order is a footnote's.",
)

SENTENCE_END = (".", "?", "!")
CLOSERS = re.compile(r"(?:\[[ivxlc]+\]|[⁰¹²³⁴⁵⁶⁷⁸⁹”’\"')\]\s])+$")
SUPERSCRIPT = re.compile(r"[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
BRACKETED = re.compile(r"\[([ivxlc]+)\]")
DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
FOOTNOTE = re.compile(r"^(i{1,3}|iv|v) (?=\S)")
FIGURE = re.compile(r"^Figure (\d+)\b")


@dataclass(frozen=True)
class Heading:
    """A section: how its printed line begins, the name that anchors use, how its lines are read."""

    begins: str
    name: str
    read: Literal["text", "lines", "notes"] = "text"
    printed: bool = True


@dataclass(frozen=True)
class Outline:
    """What must be known of a document to count in it. Headings are met in this order, each once."""

    opening: Heading
    headings: tuple[Heading, ...]
    furniture: frozenset[str]
    marks: Literal["superscript", "bracketed"]


OUTLINES = {
    "WC-2024": Outline(
        opening=Heading("", "Front matter", read="lines", printed=False),
        headings=(
            Heading("INTRODUCTION", "Introduction"),
            Heading("A STRONG FOUNDATION", "A Strong Foundation"),
            Heading("JAPAN AND LATIN AMERICA", "Japan and Latin America"),
            Heading('"Juntos!!"', "Juntos!!"),
            Heading("Economic Security", "Economic Security"),
            Heading("BOOSTING US-JAPAN COLLABORATION", "Boosting US-Japan Collaboration in the Americas"),
            Heading("A WAY FORWARD", "A Way Forward"),
            Heading("1. ", "1"),
            Heading("A. ", "1.A"),
            Heading("B. ", "1.B"),
            Heading("C. ", "1.C"),
            Heading("2. ", "2"),
            Heading("A. ", "2.A"),
            Heading("B. ", "2.B"),
            Heading("C. ", "2.C"),
            Heading("ENDNOTES", "Endnotes", read="notes"),
            Heading("Woodrow Wilson International Center", "Back matter", read="lines", printed=False),
        ),
        furniture=frozenset({"NOVEMBER 2024", "LATIN AMERICA PROGRAM"}),
        marks="superscript",
    ),
    "IAD-2020": Outline(
        opening=Heading("", "Introduction", printed=False),
        headings=(
            Heading("Recommendation #1:", "Recommendation 1"),
            Heading("Recommendation 2:", "Recommendation 2"),
            Heading("Recommendation 3:", "Recommendation 3"),
            Heading("[i] ", "Endnotes", read="notes", printed=False),
        ),
        furniture=frozenset({"Smart City Tumisu / Pixabay", "Related Links", "Suggested Content"}),
        marks="bracketed",
    ),
}


def normalise(text: str) -> str:
    return " ".join(text.split())


def digest(text: str) -> str:
    return hashlib.sha256(normalise(text).encode("utf-8")).hexdigest()


@dataclass
class Block:
    """A paragraph, note, heading or row: its text, the numbers of the lines it stands on, its own number."""

    text: str = ""
    lines: list[int] = field(default_factory=list)
    number: str = ""
    cells: list[str] = field(default_factory=list)

    def add(self, line: int, text: str) -> None:
        joint = "" if not self.text or self.text.endswith("-") else " "
        self.text = normalise(self.text + joint + text)
        self.lines.append(line)

    @property
    def finished(self) -> bool:
        return CLOSERS.sub("", self.text).endswith(SENTENCE_END)

    def facts(self) -> dict[str, Any]:
        return {"lines": self.lines, "length": len(self.text), "sha256": digest(self.text)}


@dataclass
class Figure:
    number: str
    section: str
    after: int
    caption: Block
    rows: list[Block] = field(default_factory=list)
    remarks: list[Block] = field(default_factory=list)

    def facts(self) -> dict[str, Any]:
        """Row 0 is the line of column heads; each cell has a digest, so that a cell can be checked alone."""
        rows = [
            {"row": number, **row.facts(), "cells": [digest(cell) for cell in row.cells]}
            for number, row in enumerate(self.rows)
        ]
        return {
            "figure": self.number,
            "section": self.section,
            "after_paragraph": self.after,
            "caption": self.caption.facts(),
            "remarks": [remark.facts() for remark in self.remarks],
            "rows": rows,
        }


@dataclass
class Section:
    heading: Heading
    line: Block
    paragraphs: list[Block] = field(default_factory=list)
    footnotes: list[Block] = field(default_factory=list)


class Reader:
    """Sorts the lines of a document into its title, sections, figures, notes and page furniture."""

    def __init__(self, outline: Outline) -> None:
        self.outline = outline
        self.coming = list(outline.headings)
        self.title = Block()
        self.sections = [Section(outline.opening, Block())]
        self.figures: list[Figure] = []
        self.endnotes: list[Block] = []
        self.count: Counter[str] = Counter()

    def read(self, text: str) -> None:
        for number, line in enumerate(text.splitlines(), start=1):
            if line.strip():
                self.count[self.take(number, line)] += 1
        if self.coming:
            raise ValueError(f"the heading “{self.coming[0].begins}” was not found, or not in its place")

    def take(self, number: int, line: str) -> str:
        """Put one line where it belongs, and say what it was."""
        plain = normalise(line)
        section = self.sections[-1]
        if not self.title.text:
            self.title.add(number, plain)
            return "title"
        if plain in self.outline.furniture:
            return "furniture"
        if self.coming and line.startswith(self.coming[0].begins):
            return self.open_section(number, line)
        if found := FIGURE.match(plain):
            caption = Block(plain, [number])
            self.figures.append(Figure(found[1], section.heading.name, len(section.paragraphs), caption))
            return "figures"
        if "\t" in line:
            self.figures[-1].rows.append(Block(plain, [number], cells=line.split("\t")))
            return "figures"
        if self.figures and plain.startswith(("Source:", "Note:")):
            self.figures[-1].remarks.append(Block(plain, [number]))
            return "figures"
        if section.heading.read == "notes":
            return self.take_note(number, plain)
        if section.heading.read == "text" and (found := FOOTNOTE.match(plain)):
            section.footnotes.append(Block(plain, [number], number=found[1]))
            return "footnotes"
        self.take_text(number, plain)
        return "paragraphs"

    def open_section(self, number: int, line: str) -> str:
        last = self.sections[-1]
        if last.heading.read == "text" and last.paragraphs and not last.paragraphs[-1].finished:
            raise ValueError(f"line {number}: a section begins inside an unfinished sentence")
        heading = self.coming.pop(0)
        if heading.printed:
            self.sections.append(Section(heading, Block(normalise(line), [number])))
            return "headings"
        self.sections.append(Section(heading, Block()))
        if heading.read == "notes":
            return self.take_note(number, normalise(line))
        self.take_text(number, normalise(line))
        return "paragraphs"

    def take_text(self, number: int, plain: str) -> None:
        section = self.sections[-1]
        paragraphs = section.paragraphs
        if section.heading.read == "lines" or not paragraphs or paragraphs[-1].finished:
            paragraphs.append(Block())
        paragraphs[-1].add(number, plain)

    def take_note(self, number: int, plain: str) -> str:
        """A note begins with the number that is next; any other line goes on with the note before it."""
        if self.outline.marks == "superscript":
            label = str(len(self.endnotes) + 1)
            begins = plain.startswith(f"{label} ")
        else:
            found = BRACKETED.match(plain)
            label, begins = (found[1], True) if found else ("", False)
        if begins:
            self.endnotes.append(Block(number=label))
        if not self.endnotes:
            raise ValueError(f"line {number}: an endnote was expected here")
        self.endnotes[-1].add(number, plain)
        return "endnotes"

    def marks(self, text: str) -> list[str]:
        if self.outline.marks == "superscript":
            return [mark.translate(DIGITS) for mark in SUPERSCRIPT.findall(text)]
        return BRACKETED.findall(text)

    def section_facts(self) -> Iterator[dict[str, Any]]:
        """The sections with the notes that stand in each paragraph. Raises where marks and notes disagree."""
        expected = [note.number for note in self.endnotes]
        for section in self.sections:
            footnotes = [note.number for note in section.footnotes]
            paragraphs = []
            for number, paragraph in enumerate(section.paragraphs, start=1):
                facts = {"paragraph": number, **paragraph.facts(), "endnotes": [], "footnotes": []}
                for mark in self.marks(paragraph.text):
                    if expected and mark == expected[0]:
                        facts["endnotes"].append(expected.pop(0))
                    elif footnotes:
                        facts["footnotes"].append(footnotes.pop(0))
                    else:
                        raise ValueError(f"{section.heading.name}, paragraph {number}: no note {mark}")
                paragraphs.append(facts)
            if footnotes:
                raise ValueError(f"{section.heading.name}: no mark for footnote {footnotes[0]}")
            yield {
                "section": section.heading.name,
                "printed": section.heading.printed,
                "heading": section.line.facts() if section.heading.printed else None,
                "paragraphs": paragraphs,
                "footnotes": [{"footnote": n.number, **n.facts()} for n in section.footnotes],
            }
        if expected:
            raise ValueError(f"no mark in the text for endnote {expected[0]}")


def build_index(content: bytes, key: str) -> dict[str, Any]:
    """The index of a document as plain data. Raises ValueError where the document is not the one outlined."""
    if key not in OUTLINES:
        raise ValueError(f"no outline for {key}; known are {', '.join(OUTLINES)}")
    reader = Reader(OUTLINES[key])
    reader.read(content.decode("utf-8"))
    return {
        "key": key,
        "title": reader.title.text,
        "document_sha256": hashlib.sha256(content).hexdigest(),
        "document_bytes": len(content),
        "rule": list(RULE),
        "lines": {"total": reader.count.total(), **dict(sorted(reader.count.items()))},
        "sections": list(reader.section_facts()),
        "figures": [figure.facts() for figure in reader.figures],
        "endnotes": [{"endnote": note.number, **note.facts()} for note in reader.endnotes],
    }


def render(value: Any, depth: int = 0) -> str:
    """JSON with what has a digest on a line of its own, so that a difference between versions can be read."""
    flat = json.dumps(value, ensure_ascii=False)
    if not isinstance(value, (dict, list)) or "sha256" in value or len(flat) <= 80:
        return flat
    if isinstance(value, dict):
        parts = [f"{json.dumps(key)}: {render(item, depth + 1)}" for key, item in value.items()]
    else:
        parts = [render(item, depth + 1) for item in value]
    begin, end = "{}" if isinstance(value, dict) else "[]"
    pad = "\n" + " " * depth
    return begin + ",".join(f"{pad} {part}" for part in parts) + pad + end


def main(arguments: list[str]) -> int:
    if len(arguments) != 2:
        print("usage: index_source.py FILE KEY > data/index/KEY.json", file=sys.stderr)
        return 2
    path, key = arguments
    try:
        index = build_index(Path(path).read_bytes(), key)
    except (OSError, ValueError) as error:
        print(f"{path} was not indexed as {key}: {error}", file=sys.stderr)
        return 1
    sys.stdout.write(render(index) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

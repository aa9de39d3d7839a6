"""The notes at the cells of an .xlsx sheet."""

from __future__ import annotations

from desktop.export.intake import ooxml
from desktop.export.intake.cells import area
from desktop.export.intake.limits import MOST_FIELD, MOST_NAMED
from desktop.export.intake.package import Package

MOST = min(10_000, MOST_NAMED)


def read(package: Package, part: str) -> list[tuple[int, int, str]]:
    """Row and column, counted from 1, and text."""
    found: list[tuple[int, int, str]] = []
    pieces: list[str] = []
    at: tuple[int, int] | None = None
    taking = False
    parser = ooxml.new_parser()

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal at, taking
        name = ooxml.local(tag)
        if name == "comment":
            ref = attributes.get("ref", "")
            place = area(f"{ref}:{ref}")
            at = place[:2] if place else None
            pieces.clear()
        taking = name == "t"

    def end(tag: str) -> None:
        nonlocal taking
        name = ooxml.local(tag)
        taking = taking and name != "t"
        text = "".join(pieces).strip()
        if name == "comment" and at and text and len(found) < MOST:
            found.append((*at, ooxml.unescape(text)[:MOST_FIELD]))

    def data(text: str) -> None:
        if taking:
            pieces.append(text)

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = data
    ooxml.parse(package.stream(part), parser, part)
    return found

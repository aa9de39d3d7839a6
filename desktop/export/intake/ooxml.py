"""The parts of an .xlsx besides its cells: which sheets there are, shared texts, formats, notes. Strict or not.

Read with expat, piece by piece; a DOCTYPE has been refused before (`package`), and elements are known by their
local names, as Strict workbooks have other namespaces and some programs other prefixes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

from desktop.export.intake import formats, limits
from desktop.export.intake.faults import Unreadable, damaged
from desktop.export.intake.package import Package, shown, within

MOST_DEPTH = 100
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


def unescape(text: str) -> str:
    """The text with `_x000D_` and its like as the characters that they stand for."""
    return _ESCAPED.sub(lambda found: _character(found[1], found[0]), text) if "_x" in text else text


def _character(code: str, written: str) -> str:
    number = int(code, 16)
    return written if 0xD800 <= number <= 0xDFFF else chr(number)


def parse(pieces: Iterable[bytes], parser: expat.XMLParserType, name: str) -> None:
    """Feed a parser; raises `Unreadable` with the part's name where that is no XML."""
    ended = False
    try:
        for piece in pieces:
            parser.Parse(piece, False)
            ended = True
        if ended:
            parser.Parse(b"", True)
    except (expat.ExpatError, LookupError, ValueError):  # the last two of an encoding that is none
        raise damaged(shown(name)) from None


def new_parser() -> expat.XMLParserType:
    """A parser that fetches nothing and knows no entities but the five of XML."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)

    def refuse(*_what: Any) -> None:
        raise Unreadable("entities", where="DOCTYPE")

    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    return parser


def local(name: str) -> str:
    """A name without its prefix."""
    return name.rpartition(":")[2]


def elements(package: Package, name: str, seen: Callable[[str, dict[str, str], int], None]) -> None:
    """Call `seen` with the local name, the attributes and the depth of each element of a small part."""
    parser = new_parser()
    depth = 0

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > MOST_DEPTH:
            raise damaged(shown(name))
        seen(local(tag), attributes, depth)

    def end(_tag: str) -> None:
        nonlocal depth
        depth -= 1

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parse(package.stream(name), parser, name)


@dataclass
class Part:
    """A sheet as the workbook lists it."""

    name: str
    state: str
    part: str
    kind: str
    """worksheet, chartsheet, dialogsheet, or the like."""


@dataclass
class Workbook:
    """What a workbook says of itself."""

    sheets: list[Part] = field(default_factory=list)
    since_1904: bool = False
    strings: str = ""
    styles: str = ""
    macros: bool = False
    links: int = 0
    """Connections to other files, which are not followed."""


def relations(package: Package, part: str) -> dict[str, tuple[str, str, bool]]:
    """What a part points to by id: the kind (the last word of its type), the target, whether that is outside."""
    folder, _slash, name = part.rpartition("/")
    found: dict[str, tuple[str, str, bool]] = {}

    def seen(tag: str, attributes: dict[str, str], _depth: int) -> None:
        if tag == "Relationship" and len(found) < limits.MOST_PARTS:
            kind = attributes.get("Type", "").rpartition("/")[2]
            outside = attributes.get("TargetMode", "").lower() == "external"
            found[attributes.get("Id", "")] = (kind, attributes.get("Target", ""), outside)

    elements(package, f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels", seen)
    return found


def main_part(package: Package) -> str:
    """The part that the workbook begins with."""
    for kind, target, outside in relations(package, "").values():
        if kind == "officeDocument" and not outside and (part := within("", target)) in package:
            return part
    for name in ("xl/workbook.xml", "xl/workbook.bin"):
        if name in package:
            return name
    raise damaged("xl/workbook.xml")


def workbook(package: Package, main: str) -> Workbook:
    """The sheets in their order, and where the shared parts lie."""
    found = Workbook(macros=any(name.endswith("vbaproject.bin") for name in package.parts))
    pointers = relations(package, main)
    for kind, target, outside in pointers.values():
        if kind == "externalLink":
            found.links += 1
        if kind in ("sharedStrings", "styles") and not outside:
            setattr(found, "strings" if kind == "sharedStrings" else "styles", within(main, target))
    listed: list[dict[str, str]] = []

    def seen(tag: str, attributes: dict[str, str], _depth: int) -> None:
        if tag == "sheet":
            listed.append({local(name): value for name, value in attributes.items()})
            if len(listed) > 20 * limits.MOST_SHEETS:
                raise Unreadable("too many sheets", count=f"{len(listed)}+", most=limits.MOST_SHEETS)
        elif tag == "workbookPr":
            found.since_1904 = attributes.get("date1904", "").lower() in ("1", "true", "on")

    elements(package, main, seen)
    if len(listed) > limits.MOST_SHEETS:
        raise Unreadable("too many sheets", count=len(listed), most=limits.MOST_SHEETS)
    for each in listed:
        kind, target, outside = pointers.get(each.get("id", ""), ("", "", False))
        name = unescape(each.get("name", ""))
        if outside:
            raise Unreadable("outside", where=shown(target))
        if not target or (part := within(main, target)) not in package:
            raise damaged(shown(name))
        state = {"hidden": "hidden", "veryhidden": "very hidden"}.get(
            each.get("state", "").lower(), "visible"
        )
        found.sheets.append(Part(name, state, part, kind or "worksheet"))
    return found


def meanings(package: Package, part: str) -> list[int]:
    """For each style of a cell what it makes of a number (`formats.NUMBER` and its like)."""
    codes: dict[int, int] = {}
    styles: list[int] = []
    inside = False

    def seen(tag: str, attributes: dict[str, str], depth: int) -> None:
        nonlocal inside
        if depth == 2:
            inside = tag == "cellXfs"
        if tag == "numFmt" and (number := whole_number(attributes.get("numFmtId", ""))) is not None:
            codes[number] = formats.meaning_of(attributes.get("formatCode", ""))
        elif tag == "xf" and inside:
            styles.append(whole_number(attributes.get("numFmtId", "")) or 0)

    if part:
        elements(package, part, seen)
    return [formats.meaning_of_id(number, codes) for number in styles]


def whole_number(text: str) -> int | None:
    """A number of few digits, None for anything else."""
    text = text.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 10 else None


def shared_strings(package: Package, part: str, step: Callable[[int], None]) -> list[str]:
    """The texts that cells name by number; readings of Japanese words are left out."""
    texts: list[str] = []
    pieces: list[str] = []
    parser = new_parser()
    reading = 0
    taking = False

    def start(tag: str, _attributes: dict[str, str]) -> None:
        nonlocal taking, reading
        tag = local(tag)
        if tag == "t":
            taking = not reading
        elif tag == "rPh":
            reading += 1
        elif tag == "si":
            pieces.clear()

    def end(tag: str) -> None:
        nonlocal taking, reading
        tag = local(tag)
        if tag == "t":
            taking = False
        elif tag == "rPh":
            reading -= 1
        elif tag == "si":
            texts.append(unescape("".join(pieces)))

    def data(text: str) -> None:
        if taking:
            pieces.append(text)

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = data
    if part:
        parse(counted(package.stream(part), step), parser, part)
    return texts


def counted(pieces: Iterable[bytes], step: Callable[[int], None]) -> Iterable[bytes]:
    """The pieces, told of one by one."""
    for piece in pieces:
        yield piece
        step(len(piece))

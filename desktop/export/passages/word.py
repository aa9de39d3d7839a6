"""Word: the paragraphs of a .docx, its headings by style, its notes with their marks.

The package is read as it is, part by part; no relation to anything outside it is followed. What was deleted under
tracked changes is left out, what was inserted is there.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from desktop.export.passages.errors import ReadError
from desktop.export.passages.lines import Line
from desktop.i18n import _
from desktop.text import clean

MOST_UNPACKED = 300_000_000
MOST_RATIO = 200
"""How many times its size a package may unpack to, from 10 MB on; ordinary documents stay under 70."""
MOST_PART = 64_000_000
MOST_ENTRIES = 5_000

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_SUPERSCRIPTS = str.maketrans("0123456789ivxlc", "⁰¹²³⁴⁵⁶⁷⁸⁹ⁱᵛˣˡᶜ")
_HEADING = re.compile(r"(?:heading|t[íi]tulo|überschrift|titre|見出し)\s*[1-9]|title$", re.IGNORECASE)
_CAPTION = re.compile(r"caption|leyenda|legenda|図表番号", re.IGNORECASE)
_ROMAN = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_GONE = {f"{_W}del", f"{_W}moveFrom", "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}
_APART = {f"{_W}{name}" for name in ("pPr", "rPr", "txbxContent", "sectPr", "instrText")}
"""Within a paragraph no words of it; the paragraphs of a text box are read by themselves."""


def lines(content: bytes) -> tuple[list[Line], bool]:
    """The paragraphs and notes, and whether headings are to be guessed, as no style names any."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            document = _Document.of(package)
            found = [*document.body(), *document.notes()]
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, KeyError, ValueError, NotImplementedError):
        raise ReadError(_damaged()) from None
    except (etree.XMLSyntaxError, RecursionError, RuntimeError):
        raise ReadError(_damaged()) from None
    return found, not any(line.kind == "heading" for line in found)


def _damaged() -> str:
    return _("This Word document is damaged and cannot be read. Open it in Word and save it again.")


def _check(package: zipfile.ZipFile, size: int) -> None:
    entries = package.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    if (
        len(entries) > MOST_ENTRIES
        or unpacked > MOST_UNPACKED
        or (unpacked > 10_000_000 and unpacked > size * MOST_RATIO)
    ):
        raise ReadError(
            _("This Word document would unpack to far more than a document holds; it was not opened.")
        )
    if any(entry.flag_bits & 1 for entry in entries):
        raise ReadError(_("This Word document is protected with a password. Save a copy without one."))
    names = [entry.filename for entry in entries]
    if len(set(names)) != len(names):
        raise ReadError(_damaged())
    if "word/document.xml" not in names:
        raise ReadError(
            _("This file is a package, but not a Word document. Choose a .txt, .docx or .pdf file.")
        )


def _part(package: zipfile.ZipFile, name: str) -> etree._Element | None:
    """A part as a tree, without entities; None where the package has none of this name."""
    if name not in package.namelist():
        return None
    with package.open(name) as file:
        content = file.read(MOST_PART + 1)
    if len(content) > MOST_PART:
        raise ReadError(
            _("This Word document would unpack to far more than a document holds; it was not opened.")
        )
    if _STRICT in content[:20_000]:
        raise ReadError(
            _("This document is saved as “Strict Open XML”. Save it in Word as “Word Document (.docx)”.")
        )
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    root = etree.fromstring(content, parser)
    if root.getroottree().docinfo.doctype:
        raise ReadError(_damaged())
    return root


def _value(element: etree._Element | None, name: str = "val") -> str:
    return "" if element is None else str(element.get(f"{_W}{name}", ""))


def _roman(number: int) -> str:
    text = ""
    for value, letters in _ROMAN:
        text += letters * (number // value)
        number %= value
    return text


@dataclass
class _Document:
    """The parts of a package that hold text."""

    root: etree._Element
    headings: set[str]
    captions: set[str]
    note_roots: dict[str, etree._Element]
    roman: bool
    labels: dict[str, dict[str, str]]
    """Of each kind of note, the mark of each that was met, by its id."""

    @classmethod
    def of(cls, package: zipfile.ZipFile) -> _Document:
        _check(package, sum(entry.compress_size for entry in package.infolist()))
        root = _part(package, "word/document.xml")
        assert root is not None
        headings, captions = _styles(_part(package, "word/styles.xml"))
        notes = {kind: _part(package, f"word/{kind}s.xml") for kind in ("footnote", "endnote")}
        settings = _part(package, "word/settings.xml")
        formats = [
            _value(found)
            for tree in (root, settings)
            if tree is not None
            for found in tree.iterfind(f".//{_W}endnotePr/{_W}numFmt")
        ]
        roman = (formats or ["lowerRoman"])[0] == "lowerRoman"
        present = {kind: tree for kind, tree in notes.items() if tree is not None}
        return cls(root, headings, captions, present, roman, {"footnote": {}, "endnote": {}})

    def body(self) -> Iterator[Line]:
        for paragraph in self.root.iter(f"{_W}p"):
            if any(above.tag in _GONE for above in paragraph.iterancestors()):
                continue
            text = self.words(paragraph)
            if not text.strip():
                continue
            in_table = next(paragraph.iterancestors(f"{_W}tbl"), None) is not None
            style = _value(paragraph.find(f"{_W}pPr/{_W}pStyle"))
            level = _value(paragraph.find(f"{_W}pPr/{_W}outlineLvl"))
            if not in_table and (style in self.headings or (level.isdecimal() and int(level) < 9)):
                yield Line(text, "heading")
            else:
                yield Line(text, whole=True)

    def notes(self) -> Iterator[Line]:
        """The notes in the order of their marks, those at the foot first."""
        for kind, heading in (("footnote", _("Footnotes")), ("endnote", _("Endnotes"))):
            tree = self.note_roots.get(kind)
            if tree is None or not self.labels[kind]:
                continue
            texts = {
                _value(note, "id"): " ".join(self.words(p).strip() for p in note.iter(f"{_W}p"))
                for note in tree.iterfind(f"{_W}{kind}")
            }
            yield Line(heading, "heading")
            for number, label in self.labels[kind].items():
                if texts.get(number, "").strip():
                    yield Line(f"{label} {texts[number].strip()}", "endnote", label=label)

    def words(self, paragraph: etree._Element) -> str:
        return clean("".join(self._pieces(paragraph)))[0].replace("\n", " ")

    def _pieces(self, element: etree._Element) -> Iterator[str]:
        for child in element:
            if child.tag in _GONE or child.tag in _APART or not isinstance(child.tag, str):
                continue
            name = child.tag.removeprefix(_W)
            if name == "t":
                yield child.text or ""
            elif name in ("tab", "br", "cr"):
                yield " "
            elif name == "noBreakHyphen":
                yield "‑"
            elif name in ("footnoteReference", "endnoteReference"):
                yield self._mark(name.removesuffix("Reference"), _value(child, "id"))
            elif name != "p":
                yield from self._run(child) if name == "r" else self._pieces(child)

    def _run(self, run: etree._Element) -> Iterator[str]:
        """A run; digits set high are marks of notes, as they are in text files."""
        high = _value(run.find(f"{_W}rPr/{_W}vertAlign")) == "superscript"
        for piece in self._pieces(run):
            yield piece.translate(_SUPERSCRIPTS) if high and piece.strip().isdecimal() else piece

    def _mark(self, kind: str, number: str) -> str:
        met = self.labels[kind]
        if number not in met:
            order = len(met) + 1
            met[number] = _roman(order) if kind == "endnote" and self.roman else str(order)
        return met[number].translate(_SUPERSCRIPTS)


def _styles(root: etree._Element | None) -> tuple[set[str], set[str]]:
    """The ids of the styles of headings, by name, outline level or what they are based on; and of captions."""
    headings: set[str] = set()
    captions: set[str] = set()
    based: dict[str, str] = {}
    for style in () if root is None else root.iterfind(f"{_W}style"):
        identity, name = _value(style, "styleId"), _value(style.find(f"{_W}name"))
        based[identity] = _value(style.find(f"{_W}basedOn"))
        level = _value(style.find(f"{_W}pPr/{_W}outlineLvl"))
        if _HEADING.match(name) or (level.isdecimal() and int(level) < 9):
            headings.add(identity)
        elif _CAPTION.match(name):
            captions.add(identity)
    plain = {""}
    for identity in based:
        above, passed = identity, set[str]()
        while above not in headings and above not in plain and above not in passed:
            passed.add(above)
            above = based.get(above, "")
        # What was passed on the way is settled with it: nothing is walked twice.
        (headings if above in headings else plain).update(passed)
    return headings, captions

"""Makes a `SourceText` of the lines of a document: sections, paragraphs across page breaks, notes, figures.

Paragraphs are counted from 1 in each section. A line that ends without a sentence end goes on in the next line
of text, whatever stands between: the page broke there. What the format does not say is guessed from the words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import accumulate

from desktop.export.passages import headings
from desktop.export.passages.lines import CJK, Line, finished, join_to, normalise, words
from desktop.i18n import _
from desktop.service.quoting import Kind, Part, SourceText, marks

PROSE = 80
"""Extent from which an unfinished line is a piece of a paragraph rather than an item of a list."""

_FIGURE = re.compile(
    r"(Figure|Fig\.|Table|Chart|Graph|Box|Map|Figura|Gráfico|Cuadro|Tabla|Tabela|Quadro|図表?|表)\s*(\d{1,3})\b"
)
_CAPTION_SIGN = re.compile(r"\s*[.:–—-]\s")
_REMARK = re.compile(r"(?:Sources?|Notes?|Fuentes?|Fontes?|Notas?|出典|出所|注)\s*[:：]")
_CREDIT = re.compile(r"(?:©|\b(?:photo|image|foto|picture)s?\b.*\b(?:by|of|credit)\b)|\s/\s", re.IGNORECASE)
_FOOTNOTE = re.compile(r"(i{1,3}|iv|v|vi{1,3}|ix|x)\s(?=\S)|([¹²³⁴⁵⁶⁷⁸⁹][⁰¹²³⁴⁵⁶⁷⁸⁹]*)\s*(?=\S)")
_BRACKETED = re.compile(r"\[([ivxlc]{1,8}|\d{1,3})\]\s")
_NOTE = re.compile(r"\[?(\d{1,3}|[ivxlc]{1,8})[\].)]?\s")
_ITEM = re.compile(r"(?:[•◦▪‣●○■□◆・*–—-]|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)])\s")
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")
_PAGE = re.compile(
    r"(?:[-–—]\s*)?(?:page |p\. ?|página |pág\. ?)?\d{1,4}(?:\s*(?:/|of|de)\s*\d{1,4})?(?:\s*[-–—])?$",
    re.IGNORECASE,
)


@dataclass(slots=True)
class _Block:
    """A part that is being made."""

    kind: Kind
    section: str
    number: int
    pieces: list[str]
    page: int | None
    endnotes: tuple[str, ...] = ()
    whole: bool = False

    @property
    def text(self) -> str:
        return "".join(self.pieces)

    @property
    def end(self) -> str:
        """The text from its last words on, more of it than is asked about here; all of a short one."""
        return self.pieces[-1]


@dataclass
class _Section:
    name: str
    lines: bool = False
    """Kept by lines, as the front matter is."""
    notes: bool = False
    paragraphs: int = 0
    open: _Block | None = None
    """The paragraph or note that may go on."""
    footnotes: list[str] = field(default_factory=list)


def _extent(text: str) -> int:
    """How long a text is, a Japanese character counted as three letters; beyond prose nothing is told apart."""
    return len(text[: PROSE + 1].encode())


def build(lines: Iterable[Line], guess: bool = True) -> SourceText:
    """The text of these lines. Without `guess` only what the format calls a heading is one."""
    kept = [line for line in lines if line.text.strip()]
    builder = _Builder(kept, guess)
    builder.read()
    return builder.text()


class _Builder:
    def __init__(self, lines: list[Line], guess: bool) -> None:
        self.lines = lines
        self.plain = [normalise(line.text) for line in lines]
        self.guess = guess
        self.known = words(self.plain)
        self.names = headings.Names.of(self.plain)
        from_here_on = accumulate(bool(_BRACKETED.match(text)) for text in reversed(self.plain))
        self.bracketed = list(from_here_on)[::-1]
        """Of each line, how many from it on begin with a mark in brackets."""
        self.furniture = self._furniture()
        self.listed = self._listed()
        self.blocks: list[_Block] = []
        self.opening = self._opening()
        introduced = self.opening is not None
        self.section = _Section(_("Front matter") if introduced else _("Introduction"), lines=introduced)
        self.figure: str | None = None
        self.rows = 0
        self.notes: list[str] = []

    # ---- what must be known before

    def _furniture(self) -> set[int]:
        """Running heads that the layout left between the lines: repeated, and at least once inside a sentence or
        a table; and bare page numbers there."""
        if not self.guess:
            return set()
        counts = Counter(text for text in self.plain if len(text) <= PROSE)
        inside = set()
        for index in range(1, len(self.lines) - 1):
            text, before = self.plain[index], self.plain[index - 1]
            after = self.plain[index + 1]
            if "\t" in self.lines[index].text or _FIGURE.match(before):
                continue
            cut = len(before) > 40 and not finished(before) and not finished(text) and not before.isupper()
            cut = cut and not _REMARK.match(before) and (after[0].islower() or text.isupper())
            table = "\t" in self.lines[index - 1].text and "\t" in self.lines[index + 1].text
            if (cut or table) and (counts[text] > 1 or _PAGE.match(text) or text.isupper()):
                inside.add(text)
        return {
            index
            for index, text in enumerate(self.plain)
            if (text in inside and (counts[text] > 1 or text.isupper() or _PAGE.match(text)))
        }

    def _listed(self) -> set[int]:
        """Numbered lines that follow one another without a text between them are items of a list."""
        listed = set()
        last: dict[str, int] = {}
        before: headings.Label | None = None
        for index, text in enumerate(self.plain):
            label = headings.numbered(text, last)
            if label and label.style != "decimal":
                if before and before.style == label.style and label.order == before.order + 1:
                    listed |= {index - 1, index}
                last[label.style] = label.order
            before = label
        return listed

    def _opening(self) -> int | None:
        """Where the text proper begins, if a heading in the first part says so."""
        for index, text in enumerate(self.plain[: max(40, len(self.plain) // 10)]):
            if index and headings.opens(text) and self._prose_follows(index):
                return index
        return None

    def _next(self, index: int) -> int | None:
        return next((i for i in range(index + 1, len(self.lines)) if i not in self.furniture), None)

    def _prose_follows(self, index: int) -> bool:
        after = self._next(index)
        if after is None or "\t" in self.lines[after].text:
            return False
        return _extent(self.plain[after]) >= PROSE * 0.75 or finished(self.plain[after])

    # ---- line by line

    def read(self) -> None:
        takers: tuple[Callable[[int, Line, str], bool], ...] = (
            self._take_heading,
            self._take_figure,
            self._take_note,
            self._take_footnote,
        )
        for index, line in enumerate(self.lines):
            if index in self.furniture:
                continue
            if not any(take(index, line, self.plain[index]) for take in takers):
                self._take_text(line, self.plain[index])
        self._cite()

    def _add(self, kind: Kind, section: str, number: int, line: Line, text: str) -> _Block:
        block = _Block(kind, section, number, [text], line.page, whole=line.whole)
        self.blocks.append(block)
        return block

    def _take_heading(self, index: int, line: Line, text: str) -> bool:
        if index == 0 and len(self.lines) > 1 and self._is_title(line, text):
            self._add("heading", self.section.name, 0, line, text)
            return True
        if line.kind != "heading" and not (
            line.kind is None and self.guess and self._is_heading(index, text)
        ):
            return False
        notes = headings.of_notes(text)
        self.section = _Section(self.names.name(text), notes=notes)
        self._add("heading", self.section.name, 0, line, text)
        return True

    def _is_title(self, line: Line, text: str) -> bool:
        """Whether the first line is the document's name, under which its opening stands."""
        if line.kind != "heading":
            goes_on = self.plain[1][0].islower()
            if line.kind is not None or not self.guess or finished(text) or goes_on:
                return False
        named = headings.labelled(text) or headings.numbered(text, {}) or headings.opens(text)
        return len(text) <= headings.NUMBERED_LONGEST and not named

    def _is_heading(self, index: int, text: str) -> bool:
        if "\t" in self.lines[index].text or (self.opening is not None and index < self.opening):
            return False
        if index == self.opening or (headings.of_notes(text) and self._next(index) is not None):
            return True
        complete = self._complete(index)
        if headings.labelled(text) and (complete or not text[0].islower()) and self._next(index) is not None:
            return not self.section.notes and (not finished(text) or len(text) <= headings.LONGEST)
        if not complete or any(sign.match(text) for sign in (_FIGURE, _REMARK)) or _CREDIT.search(text):
            return False
        if self.section.notes:
            return headings.in_capitals(text) and self.lines[index].gap > 1 and self._prose_follows(index)
        if self.names.label(text) and len(text) <= headings.NUMBERED_LONGEST and index not in self.listed:
            return not finished(text) and not text.endswith((";", ":", ",")) and self._next(index) is not None
        if headings.in_capitals(text):
            after = self._next(index)
            return after is not None and (self._prose_follows(index) or self._begins_numbered(after))
        if not self._prose_follows(index) or (self.lines[index].gap == 0 and not CJK.match(text)):
            return False
        if headings.in_title_case(text):
            return True
        alone = not index or finished(self.plain[index - 1]) or _extent(self.plain[index - 1]) > PROSE
        return alone and headings.in_sentence_case(text) and not _ITEM.match(text)

    def _complete(self, index: int) -> bool:
        """Whether the paragraph before has its end: a sentence's, or it is an item set apart."""
        last = self.section.open
        if last is None or last.whole or finished(last.end) or last.kind == "endnote":
            return True
        return _extent(last.end) < PROSE and self.lines[index].gap > 0

    def _begins_numbered(self, index: int) -> bool:
        text = self.plain[index]
        return bool(headings.labelled(text) or headings.numbered(text, {}) or headings.in_title_case(text))

    def _take_figure(self, index: int, line: Line, text: str) -> bool:
        if line.kind == "figure":
            self._add("figure", line.label or self.figure or self.section.name, 0, line, text)
            return True
        if line.kind is not None or self.section.notes:
            return False
        found = _FIGURE.match(text)
        if found and len(text) <= 300 and (not finished(text) or _CAPTION_SIGN.match(text, found.end())):
            self.figure = f"{found[1].replace('Fig.', 'Figure')} {found[2]}"
            self.rows = 0
            self._add("figure", self.figure, 0, line, text)
            return True
        if "\t" in line.text:
            cells = "\u2003".join(filter(None, (normalise(cell) for cell in line.text.split("\t"))))
            self._add("figure", self.figure or self.section.name, self.rows, line, cells)
            self.rows += 1
            return True
        if self.guess and self.figure and _REMARK.match(text):
            self._add("figure", self.figure, 0, line, text)
            return True
        prose = self.section.lines or len(text) > headings.LONGEST or finished(text)
        if self.guess and not prose and _CREDIT.search(text) and (line.gap or index == 0):
            self._add("figure", self.section.name, 0, line, text)
            return True
        return False

    def _take_note(self, index: int, line: Line, text: str) -> bool:
        """A note begins with the number that is next; any other line goes on with the note before it."""
        if line.kind == "endnote" and line.label:
            self._open_note(line, text, line.label)
            return True
        if line.kind is not None or not self.guess:
            return False
        bracketed = _BRACKETED.match(text)
        if bracketed and bracketed[1] in ("1", "i") and not self.section.notes and self._only_notes(index):
            self.section = _Section(_("Endnotes"), notes=True)
        if not self.section.notes:
            return False
        found = _NOTE.match(text)
        due = len(self.notes) + 1
        if found and found[1] in (str(due), _ROMAN[due - 1] if due <= len(_ROMAN) else ""):
            self._open_note(line, text, found[1])
        elif found and bracketed:
            self._open_note(line, text, bracketed[1])
        elif line.gap > 2 and self.section.open:
            self.section = _Section(_("Back matter"), lines=True)
            return False
        elif self.section.open:
            join_to(self.section.open.pieces, text, self.known)
        else:
            return False
        return True

    def _only_notes(self, index: int) -> bool:
        """Whether there is nothing but notes from this line on; else its mark only happens to begin it."""
        return self.bracketed[index] * 2 >= len(self.plain) - index - 4

    def _open_note(self, line: Line, text: str, label: str) -> None:
        self.notes.append(label)
        note = self._add("endnote", self.section.name, len(self.notes), line, text)
        note.endnotes = (label,)
        if self.section.notes:  # one at the foot of a page does not end the paragraph that goes on behind it
            self.section.open = note

    def _take_footnote(self, index: int, line: Line, text: str) -> bool:
        """Notes at the foot of a page: they do not end the paragraph that they interrupt."""
        if line.kind is not None or self.section.lines or not self.guess:
            return False
        found = _FOOTNOTE.match(text)
        if not found:
            return False
        due = len(self.section.footnotes)
        if found[1] and found[1] != (_ROMAN[due] if due < len(_ROMAN) else ""):
            return False
        label = found[1] or marks(found[2])[0]
        self.section.footnotes.append(label)
        self._add("endnote", self.section.name, due + 1, line, text).endnotes = (label,)
        return True

    def _take_text(self, line: Line, text: str) -> None:
        section = self.section
        if not self._goes_on(line, text):
            section.paragraphs += 1
            section.open = self._add("paragraph", section.name, section.paragraphs, line, "")
        assert section.open is not None
        join_to(section.open.pieces, text, self.known)

    def _goes_on(self, line: Line, text: str) -> bool:
        """Whether a line belongs to the paragraph before it."""
        last = self.section.open
        if last is None or last.kind != "paragraph" or self.section.lines or last.whole or line.whole:
            return False
        if finished(last.end) or _ITEM.match(text):
            return False
        if text[0].islower() or last.end.endswith(("-", "‐", ",", "、")):
            return True
        if not line.gap and CJK.match(last.end[-1]) and CJK.match(text):
            return _extent(last.end) >= PROSE * 0.75
        return _extent(last.end) >= PROSE and not last.end.endswith((":", "：", ";"))

    # ---- at the end

    def _cite(self) -> None:
        """The notes that each paragraph cites. Marks rise by one through the document; one that breaks that order
        is a footnote's of its section, or no mark. Without a list of notes every mark counts."""
        digits = [note for note in self.notes if note.isdecimal()]
        roman = [note for note in self.notes if not note.isdecimal()]
        for block in self.blocks:
            if block.kind == "endnote":
                continue
            cited = []
            for mark in marks(block.text):
                due = digits if mark.isdecimal() else roman
                if mark in due[:3]:
                    del due[: due.index(mark) + 1]
                    cited.append(mark)
                elif not self.notes:
                    cited.append(mark)
            block.endnotes = tuple(cited)

    def text(self) -> SourceText:
        parts = []
        position = 0
        for block in self.blocks:
            end = position + len(block.text)
            parts.append(
                Part(position, end, block.kind, block.section, block.number, block.endnotes, block.page)
            )
            position = end + 2
        return SourceText("\n\n".join(block.text for block in self.blocks), tuple(parts))

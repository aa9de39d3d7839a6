"""Which lines are headings, and what their sections are called: `1.A`, `Recommendation 2`, `A Way Forward`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from desktop.export.passages.lines import CJK, finished

LONGEST, NUMBERED_LONGEST = 120, 220
"""Characters of a heading, and of one with a number."""

_NUMBERED = re.compile(
    r"(?:(\d{1,2}(?:\.\d{1,2}){1,3})[.)]?|(\d{1,2}|[A-Z]|[IVX]{2,5})[.)．])\s+(?=[^\W\d_a-z]|[\"“«¿¡])"
)
_FULL_WIDTH = str.maketrans("０１２３４５６７８９．（）", "0123456789.()")
_BEFORE_JAPANESE = re.compile(
    r"(?:(\d{1,2}(?:\.\d{1,2}){1,3})|(\d{1,2})[.、]|(\(\d{1,2}\)))\s*(?=[\u3041-\u9fff])"
)
"""Numbers of Japanese headings, full-width or not: 2.3, 2. and (2), with or without a space."""
_LABELLED = re.compile(
    r"(recommendation|chapter|part|section|annex|appendix|article|goal|pillar|objective|action"
    r"|recomendaci[óo]n|recomenda[çc][ãa]o|cap[íi]tulo|anexo|secci[óo]n|se[çc][ãa]o|parte|objetivo)"
    r"\s+(?:#|n[oº°]\.?\s*)?(\d{1,3}|[ivxlc]{1,6}|[a-z])\s*(?:[:.–—-]|$)",
    re.IGNORECASE,
)
_JAPANESE = re.compile(r"(第\s*[0-9０-９一二三四五六七八九十]+\s*[章節部編条])")
_NOTES = re.compile(
    r"(end ?notes?|foot ?notes?|notes|references|notas(?: finais| finales)?|refer[êe]nc(?:ias|es)|注|脚注|参考文献)$",
    re.IGNORECASE,
)
_OPENING = re.compile(
    r"(introduction|executive summary|summary|foreword|preface|background|abstract|overview|introducci[óo]n"
    r"|introdu[çc][ãa]o|resumen(?: ejecutivo)?|resumo(?: executivo)?|sum[áa]rio executivo|pr[óo]logo|presentaci[óo]n"
    r"|はじめに|序論|要旨|概要)$",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[\"“«「『](.+)[\"”»」』]$")
_SMALL = re.compile(
    r"(?:an?|and|as|at|but|by|d[aei]|del|der|des|d[ao]s|e[ln]?|et|for|from|in|into|la|las|le|les|los|nor|of?|on|or"
    r"|para|per|por|the|to|und|via|vs|with|y)",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+(?:['’.&][^\W\d_]+)*")
_VOWEL = re.compile("[AEIOUYÁÉÍÓÚÂÊÔÃÕ]")
_ROMAN = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV")


@dataclass(frozen=True)
class Label:
    """The number of a heading: `B` is a letter and the second, `2.3` stands for itself."""

    style: str
    order: int
    text: str


def numbered(line: str, last: dict[str, int]) -> Label | None:
    """The number that a line begins with. `last` is the latest of each style: an I after an H is a letter."""
    if japanese := _BEFORE_JAPANESE.match(line.translate(_FULL_WIDTH)):
        decimal, number, bracketed = japanese.groups()
        if decimal:
            return Label("decimal", 0, decimal)
        text = number or bracketed
        return Label("number" if number else "bracketed", int(text.strip("()")), text)
    found = _NUMBERED.match(line)
    if not found:
        return None
    if found[1]:
        return Label("decimal", 0, found[1])
    text = found[2]
    if text.isdecimal():
        return Label("number", int(text), text)
    letter = ord(text) - 64 if len(text) == 1 else 0
    if text in _ROMAN and not (letter and last.get("letter") == letter - 1 and letter > 1):
        order = _ROMAN.index(text)
        if len(text) > 1 or order == 1 or last.get("roman") == order - 1:
            return Label("roman", order, text)
    return Label("letter", letter, text) if letter else None


def labelled(line: str) -> str | None:
    """`Recommendation 2` of “Recommendation #2: …”, 第3章 of a chapter."""
    if found := _JAPANESE.match(line):
        return "".join(found[1].split())
    found = _LABELLED.match(line)
    if not found or len(line) > NUMBERED_LONGEST:
        return None
    number = found[2] if found[2].isdecimal() else found[2].upper()
    return f"{found[1].capitalize()} {number}"


def of_notes(line: str) -> bool:
    return bool(_NOTES.match(line.rstrip(":")))


def opens(line: str) -> bool:
    """Whether the text proper of a document begins under this heading."""
    return bool(_OPENING.match(line.rstrip(":")))


def in_capitals(line: str) -> bool:
    words = _WORD.findall(line)
    return (
        line.isupper()
        and len(line) <= LONGEST
        and 0 < len(words) <= 16
        and any(len(word) > 2 for word in words)
        and not line.endswith((".", ":", ";", ","))
    )


def in_title_case(line: str) -> bool:
    """Short, unfinished, its words with capitals; or fully in quotation marks."""
    if len(line) > 80 or line.endswith((":", ";", ",")) or re.search(r"\s[/|]\s|©|www\.|@|https?:|\t", line):
        return False
    quoted = _QUOTED.match(line)
    if not quoted and finished(line):
        return False
    words = _WORD.findall(quoted[1] if quoted else line)
    large = [word for word in words if len(word) > 3 and not _SMALL.fullmatch(word)]
    return bool(large) and len(words) <= 12 and all(word[0].isupper() for word in [words[0], *large])


def in_sentence_case(line: str) -> bool:
    """Short, unfinished, beginning with a capital or in Japanese."""
    if len(line) > 60 or finished(line) or line.endswith((":", ";", ",", "、", "：")):
        return False
    if re.search(r"\s[/|]\s|©|www\.|@|https?:|\t", line):
        return False
    return len(line) <= 40 if CJK.match(line[0]) else line[0].isupper() and 1 < len(line.split()) <= 10


@dataclass
class Names:
    """Names sections as they come: keeps where in the numbering the document is, and how it spells its words."""

    spelt: dict[str, str]
    stack: list[Label] = field(default_factory=list)
    last: dict[str, int] = field(default_factory=dict)
    unnumbered: bool = False

    @classmethod
    def of(cls, texts: Iterable[str]) -> Names:
        """With the usual spelling of each word in running text, for headings in capitals."""
        counts: Counter[str] = Counter()
        for text in texts:
            if not text.isupper():
                counts.update(_WORD.findall(text))
        spelt: dict[str, str] = {}
        for word, _count in sorted(counts.items(), key=lambda found: (-found[1], found[0])):
            spelt.setdefault(word.upper(), word)
        return cls(spelt)

    def label(self, line: str) -> Label | None:
        """The number of a line that may be the next heading: the first of its style, or the one that follows."""
        label = numbered(line, self.last)
        if label is None or label.style == "decimal":
            return label
        return label if label.order in (1, self.last.get(label.style, -1) + 1) else None

    def name(self, line: str) -> str:
        """The section that this heading opens."""
        if found := labelled(line):
            self.unnumbered = True
            return found
        label = self.label(line)
        if label is None:
            self.unnumbered = True
            return self.plain(line)
        if label.style == "decimal":
            return label.text
        if self.unnumbered and label.order == 1:
            self.stack.clear()
        self.unnumbered = False
        styles = [other.style for other in self.stack]
        if label.style in styles:
            for gone in self.stack[styles.index(label.style) + 1 :]:
                self.last.pop(gone.style, None)
            del self.stack[styles.index(label.style) :]
        self.stack.append(label)
        self.last[label.style] = label.order
        return ".".join(other.text for other in self.stack)

    def plain(self, line: str) -> str:
        """A heading as a name: without quotation marks and final colon, capitals only where words have them."""
        quoted = _QUOTED.match(line)
        name = (quoted[1] if quoted else line).rstrip(":： ").strip()
        if not name.isupper():
            return name
        first = True

        def spell(found: re.Match[str]) -> str:
            nonlocal first
            word, begins = found[0], first
            first = False
            usual = self.spelt.get(word) or (word.capitalize() if _VOWEL.search(word) else word)
            if _SMALL.fullmatch(word) and not (len(word) == 2 and usual.isupper()):
                return word.capitalize() if begins else word.lower()
            return usual if usual != usual.lower() else usual[0].upper() + usual[1:]

        return _WORD.sub(spell, name)

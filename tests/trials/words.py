"""Texts in several scripts, each with a word that stands nowhere else."""

from __future__ import annotations

from random import Random
from typing import Any

from desktop.model.dates import Zone
from desktop.model.kinds import Code, Email, Link, LongText, Money, Text

MARK, LETTERS = "qzxvqk", 4
"""A word is this and so many letters."""
ALPHABET = "abcdeghkmnopqrsuvwxyz"
"""Without those that fonts draw together with their neighbour: a PDF may not tell them apart again."""
SCRIPTS = (
    "{}", "{}", "{}", "要旨{}を送付する", "Протокол {} согласован", "مذكرة {} معدلة", "Ação {} é difícil",
    "회의 {} 기록", "<b>{}</b> &amp; 'x'", "=1+{}", "**{}**\n\n- one\n- two", "📎 {}",
)  # fmt: skip
NAMES = ("{} García", "佐藤{}", "Иван {}", "{} O'Neill", "فاطمة {}", "{}")
LONG = "The ministry has circulated the draft to its directorates. "


class Words:
    """Texts with a new word in each."""

    def __init__(self, chance: Random) -> None:
        self.chance, self.count = chance, 0

    def word(self) -> str:
        """Another one."""
        self.count += 1
        number, letters = self.count, ""
        for _ in range(LETTERS):
            number, digit = divmod(number, len(ALPHABET))
            letters += ALPHABET[digit]
        return MARK.capitalize() + letters

    def line(self) -> str:
        """A text of one line, in some script."""
        return self.chance.choice(SCRIPTS).format(self.word()).replace("\n", " ")

    def text(self) -> str:
        """A long one, of some lines, or of more than a cell of a workbook takes."""
        lines = [self.chance.choice(SCRIPTS).format(self.word()) for _ in range(self.chance.randint(1, 3))]
        if self.chance.random() < 0.02:
            lines.append(LONG * 600 + self.word())
        return "\n".join(lines)

    def name(self) -> str:
        """That of a person or an organisation."""
        return self.chance.choice(NAMES).format(self.word())

    def of(self, kind: Any) -> Any:
        """A value for a field, None where the field is to be left alone."""
        if isinstance(kind, Email):
            return f"{self.word()}@{self.word()}.example"
        if isinstance(kind, Link):
            return f"https://{self.word()}.example/{self.word()}"
        if isinstance(kind, Money):
            return str(self.chance.randint(10**8, 10**9))
        if isinstance(kind, LongText):
            return self.text()
        if kind.name == "own_name":
            return self.name()
        return self.line() if isinstance(kind, Text) and not isinstance(kind, Code | Zone) else None

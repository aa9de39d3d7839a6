"""The kinds of field that an entity is made of.

A kind owns everything that follows from a field's type: the column, how a value reads as text, how text
becomes a value, the cell that it makes in a workbook, its JSON in the journal and what can be wrong with it.
Lists, forms, search, sheets, command line and history read these declarations and nothing else.

To add a kind: a class here (or in `dates`, `relations`, `computed`) and an editor in `ui/editors.py`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import peewee as pw

from desktop.countries import country_name, find_country
from desktop.i18n import _, format_number, parse_decimal, parse_number, quoted
from desktop.model.kind import Column, Invalid, Kind, literal
from desktop.text import clean, clean_line, fold, length_problem

__all__ = [
    "Choice",
    "Code",
    "Country",
    "Document",
    "Email",
    "Flag",
    "Invalid",
    "Kind",
    "Link",
    "LongText",
    "Money",
    "Number",
    "SortKey",
    "Text",
    "country_code",
]

MAX_LINE = 500
"""Longest text of one line, in characters."""


class Text(Column, pw.TextField):
    """One line of text; the empty text stands for nothing, there is no NULL."""

    width = 28

    def __init__(self, label: str, **described: Any) -> None:
        described.setdefault("default", "")
        super().__init__(label, **described)

    def empty(self) -> str:
        return ""

    def parse(self, text: str) -> str:
        return re.sub(" {2,}", " ", clean_line(text)[0])

    def check(self, value: Any) -> str:
        line = Text.parse(self, str(value or ""))
        if len(line) > MAX_LINE:
            raise self.invalid(
                _("{count} characters are too many for one line, {most} is the most.").format(
                    count=format_number(len(line)), most=format_number(MAX_LINE)
                )
            )
        return str(super().check(line))

    def order(self, column: Any) -> Any:
        return pw.fn.NULLIF(column, "").collate("NOCASE")

    def remarks(self, value: Any) -> list[str]:
        told = clean(str(value or ""))[1]
        return [_("{field}: {problem}").format(field=self.title, problem=each) for each in told]


class LongText(Text):
    """A text of several lines."""

    width = 60

    def parse(self, text: str) -> str:
        cleaned = clean(text)[0]
        return cleaned if cleaned.strip() else ""

    def check(self, value: Any) -> str:
        text = self.parse(str(value or ""))
        problem = length_problem(text)
        if problem is not None:
            raise self.invalid(problem)
        return str(Kind.check(self, text))


class Document(LongText):
    """A text that the program wrote and keeps as it is, however long: the content of a version, as JSON."""

    def check(self, value: Any) -> str:
        return str(value or "")


class Link(Text):
    """A web address."""

    def check(self, value: Any) -> str:
        address = super().check(value)
        if address and not re.fullmatch(r"(https?://|mailto:)\S+", address):
            raise self.invalid(_("an address must begin with https://, http:// or mailto:."))
        return address


class Email(Text):
    """An e-mail address."""

    def parse(self, text: str) -> str:
        # A Japanese keyboard types full-width letters.
        return super().parse(unicodedata.normalize("NFKC", text))

    def check(self, value: Any) -> str:
        address = super().check(self.parse(str(value or "")))
        if address and not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", address):
            raise self.invalid(_("“{text}” is not an e-mail address.").format(text=quoted(address)))
        return address


class SortKey(Column, pw.TextField):
    """A stored folded copy of a text, by which lists sort; filled at each save."""

    def __init__(self, of: str) -> None:
        super().__init__("", derived=True, exported=False, index=True, default="")
        self.of = of

    @staticmethod
    def key(text: str) -> str:
        """The key of a text: blind to case, accents and width, numbers up to nine digits in their natural order."""
        return re.sub("[0-9]+", lambda digits: digits[0].lstrip("0").zfill(9), fold(text[:80]))


class Choice(Column, pw.TextField):
    """One of a fixed scale: `scale` maps what is kept to a message id, in the order that lists sort by."""

    def __init__(self, label: str, scale: Mapping[str, str], **described: Any) -> None:
        self.scale = dict(scale)
        described.setdefault("default", "")
        super().__init__(label, **described)

    def constraint(self, column: str) -> str:
        allowed = [*self.scale, *([] if self.default else [""])]
        return f"{column} IN ({', '.join(map(literal, allowed))})"

    def empty(self) -> str:
        return ""

    def order(self, column: Any) -> Any:
        ranks = [(key, place) for place, key in enumerate(self.scale)]
        return pw.Case(column, ranks) if ranks else column

    def text(self, value: Any) -> str:
        return _(self.scale[value]) if value in self.scale else str(value or "")

    def parse(self, text: str) -> str:
        """The key for a key or a label, in whichever language of the program is current."""
        wanted = fold(text.strip())
        if not wanted:
            return ""
        for key, label in self.scale.items():
            if wanted in (fold(key), fold(key.replace("_", " ")), fold(label), fold(_(label))):
                return key
        raise self._unknown(text)

    def check(self, value: Any) -> str:
        kept = str(super().check(value or ""))
        if kept and kept not in self.scale:
            raise self._unknown(kept)
        if not kept and self.default:
            raise Invalid(_("“{field}” must not be empty.").format(field=self.title), self.name)
        return kept

    def _unknown(self, text: str) -> Invalid:
        known = ", ".join(_(label) for label in self.scale.values())
        return self.invalid(_("“{text}” is not one of: {choices}.").format(text=quoted(text), choices=known))


def country_code(text: str) -> str:
    """The alpha-2 code for a country's name in any of our languages, or its code; raises ValueError."""
    code = find_country(text)
    if not code:
        raise ValueError(
            _("“{text}” is not a country; use its name or its two-letter code.").format(text=quoted(text))
        )
    return code


class Country(Column, pw.TextField):
    """A country as its ISO 3166 alpha-2 code, shown by its name in the user's language."""

    def __init__(self, label: str, **described: Any) -> None:
        described.setdefault("default", "")
        super().__init__(label, **described)

    def constraint(self, column: str) -> str:
        return f"{column} = '' OR {column} GLOB '[A-Z][A-Z]'"

    def empty(self) -> str:
        return ""

    def text(self, value: Any) -> str:
        return country_name(value) if value else ""

    def parse(self, text: str) -> str:
        try:
            return country_code(text) if text.strip() else ""
        except ValueError as error:
            raise self.invalid(str(error)) from None

    def check(self, value: Any) -> str:
        return str(super().check(self.parse(str(value or ""))))


class Number(Column, pw.IntegerField):
    """A whole number."""

    width = 10
    align = "right"

    def __init__(self, label: str, **described: Any) -> None:
        described.setdefault("default", 0)
        super().__init__(label, **described)

    def empty(self) -> int:
        return 0

    def text(self, value: Any) -> str:
        return "" if value is None else format_number(value)

    def cell(self, raw: Any) -> Any:
        return raw

    def parse(self, text: str) -> int:
        if not text.strip():
            return 0
        try:
            return parse_number(text)
        except ValueError as error:
            raise self.invalid(str(error)) from None

    def check(self, value: Any) -> int:
        number = int(super().check(value if isinstance(value, int) else self.parse(str(value or ""))))
        if abs(number) >= 10**15:
            raise self.invalid(_("the number has more than 15 digits."))
        return number


class Flag(Number):
    """Yes or no."""

    align = "left"

    def constraint(self, column: str) -> str:
        return f"{column} IN (0, 1)"

    def text(self, value: Any) -> str:
        return _("Yes") if value else _("No")

    def cell(self, raw: Any) -> Any:
        return self.text(raw)

    def to_json(self, value: Any) -> bool:
        return bool(value)

    def from_json(self, value: Any) -> int:
        return int(value)

    def parse(self, text: str) -> int:
        wanted = fold(text.strip())
        if wanted in ("", "0", "no", "false", "none", fold(_("No"))):
            return 0
        if wanted in ("1", "yes", "true", fold(_("Yes"))):
            return 1
        raise self.invalid(_("“{text}” is neither yes nor no.").format(text=quoted(text)))

    def check(self, value: Any) -> int:
        return int(bool(value)) if isinstance(value, int) else self.parse(str(value or ""))


class Money(Column, pw.TextField):
    """An exact decimal amount, kept as text without needless zeros: `2000000`, `12.5`."""

    align = "right"

    def __init__(self, label: str, **described: Any) -> None:
        described.setdefault("default", "")
        super().__init__(label, **described)

    def constraint(self, column: str) -> str:
        return f"{column} = '' OR ({column} GLOB '*[0-9]*' AND {column} NOT GLOB '*[^-.0-9]*')"

    def empty(self) -> str:
        return ""

    def text(self, value: Any) -> str:
        if not value:
            return ""
        digits = len(value.partition(".")[2])
        # With two decimals as amounts are written; never with three, which read like thousands.
        return format_number(Decimal(value), {0: 0, 1: 2, 3: 4}.get(digits, digits))

    def cell(self, raw: Any) -> Any:
        return Decimal(raw) if raw else None

    def order(self, column: Any) -> Any:
        return pw.fn.NULLIF(column, "").cast("NUMERIC")

    def parse(self, text: str) -> str:
        if not text.strip():
            return ""
        try:
            return self._plain(parse_decimal(text))
        except ValueError as error:
            raise self.invalid(str(error)) from None

    def check(self, value: Any) -> str:
        kept = str(super().check("" if value is None else str(value)))
        if kept and not re.fullmatch(r"-?[0-9]{1,15}(\.[0-9]{1,6})?", kept):
            raise self.invalid(_("“{text}” is not an amount.").format(text=quoted(kept)))
        return self._plain(Decimal(kept)) if kept else ""

    @staticmethod
    def _plain(amount: Decimal) -> str:
        text = f"{amount:f}"
        text = text.rstrip("0").rstrip(".") if "." in text else text
        return "0" if text == "-0" else text


class Code(Text):
    """A short code in capitals of a given shape, such as a currency (`USD`)."""

    width = 10

    def __init__(self, label: str, shape: str, example: str, **described: Any) -> None:
        super().__init__(label, **described)
        self.shape, self.example = shape, example

    def parse(self, text: str) -> str:
        return unicodedata.normalize("NFKC", text).strip().upper()

    def check(self, value: Any) -> str:
        code = super().check(self.parse(str(value or "")))
        if code and not re.fullmatch(self.shape, code):
            raise self.invalid(
                _("“{text}” does not look like {example}.").format(text=quoted(code), example=self.example)
            )
        return code

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
from typing import Any, ClassVar

import peewee as pw

from desktop.countries import country_name, find_country
from desktop.i18n import _, format_number, parse_decimal
from desktop.text import MAX_LONG_TEXT, clean, fold

MAX_LINE = 500
"""Longest text of one line, in characters."""


class Invalid(ValueError):
    """A value that cannot be kept; its text is a whole sentence, in the user's language."""

    def __init__(self, sentence: str, field: str = "") -> None:
        super().__init__(sentence)
        self.field = field


class Kind:
    """What is declared of a field, whatever its type.

    `section` is the part of the form it stands in, `width` the width of its column in characters,
    `listed` whether a list shows it unasked, `searched` whether the full-text search reads it,
    `editable` whether an officer can set it, `derived` whether it is computed from other rows and therefore
    neither journalled nor compared, `sort` the column that sorts it where that is another one.
    """

    name: str
    is_column: ClassVar[bool] = True
    width: int = 16
    align: ClassVar[str] = "left"

    def __init__(
        self,
        label: str,
        *,
        section: str = "details",
        required: bool = False,
        listed: bool = False,
        searched: bool = False,
        exported: bool = True,
        editable: bool = True,
        derived: bool = False,
        filtered: bool = False,
        sort: str = "",
        width: int = 0,
        help: str = "",
        **column: Any,
    ) -> None:
        self.label, self.section, self.required, self.listed = label, section, required, listed
        self.searched, self.exported, self.filtered = searched, exported, filtered
        self.editable = editable and not derived
        self.derived, self.sort, self.help = derived, sort, help
        if width:
            self.width = width
        super().__init__(**column)

    @property
    def title(self) -> str:
        """The label in the user's language."""
        return _(self.label)

    def empty(self) -> Any:
        """The value that means: nothing entered."""
        return None

    def text(self, value: Any) -> str:
        """How a value reads, in the current language."""
        return "" if value is None else str(value)

    def parse(self, text: str) -> Any:
        """The value that a text stands for; raises `Invalid`."""
        return text

    def cell(self, raw: Any) -> Any:
        """What stands in a workbook's cell for what `query` selected: text, number, date or None."""
        return self.shown(raw) or None

    def shown(self, raw: Any) -> str:
        """How what `query` selected for this field reads in a list."""
        return self.text(raw)

    def to_json(self, value: Any) -> Any:
        """The value in the journal and on the command line."""
        return value

    def from_json(self, value: Any) -> Any:
        """The inverse of `to_json`."""
        return value

    def check(self, value: Any) -> Any:
        """The value as it is kept; raises `Invalid` with a sentence that names this field."""
        if self.required and value in (None, "", frozenset()):
            raise Invalid(_("“{field}” must not be empty.").format(field=self.title), self.name)
        return value

    def invalid(self, why: str) -> Invalid:
        """An `Invalid` about this field."""
        return Invalid(_("{field}: {problem}").format(field=self.title, problem=why), self.name)


class Text(Kind, pw.TextField):
    """One line of text; the empty text stands for nothing, there is no NULL."""

    width = 28

    def __init__(self, label: str, **described: Any) -> None:
        described.setdefault("default", "")
        described["constraints"] = [*described.get("constraints", []), pw.SQL("DEFAULT ''")]
        super().__init__(label, **described)

    def empty(self) -> str:
        return ""

    def parse(self, text: str) -> str:
        return " ".join(text.split())

    def check(self, value: Any) -> str:
        line = " ".join(clean(str(value or ""))[0].split())
        if len(line) > MAX_LINE:
            raise self.invalid(
                _("{count} characters are too many for one line, {most} is the most.").format(
                    count=format_number(len(line)), most=format_number(MAX_LINE)
                )
            )
        return str(super().check(line))


class LongText(Text):
    """A text of several lines."""

    width = 60

    def parse(self, text: str) -> str:
        return text

    def check(self, value: Any) -> str:
        text = clean(str(value or ""))[0]
        if len(text) > MAX_LONG_TEXT:
            raise self.invalid(
                _("{count} characters are too many, {most} is the most. Nothing was cut or saved.").format(
                    count=format_number(len(text)), most=format_number(MAX_LONG_TEXT)
                )
            )
        return str(Kind.check(self, text))


class Link(Text):
    """A web address."""

    def check(self, value: Any) -> str:
        address = super().check(value)
        if address and not re.match(r"(https?://|mailto:)\S+$", address):
            raise self.invalid(_("an address must begin with https://, http:// or mailto:."))
        return address


class Email(Text):
    """An e-mail address."""

    def check(self, value: Any) -> str:
        address = super().check(unicodedata.normalize("NFKC", str(value or "")))
        if address and not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", address):
            raise self.invalid(_("“{text}” is not an e-mail address.").format(text=address))
        return address


class SortKey(Kind, pw.TextField):
    """A stored folded copy of a text, by which lists sort; filled at each save."""

    def __init__(self, of: str) -> None:
        super().__init__(
            "", derived=True, exported=False, index=True, default="", constraints=[pw.SQL("DEFAULT ''")]
        )
        self.of = of

    @staticmethod
    def key(text: str) -> str:
        """The key of a text: blind to case, accents and width, numbers in their natural order."""
        return re.sub(r"\d+", lambda digits: digits[0].zfill(6), fold(text[:80]))


class Choice(Kind, pw.TextField):
    """One of a fixed scale: `scale` maps what is kept to a message id."""

    def __init__(self, label: str, scale: Mapping[str, str], **described: Any) -> None:
        self.scale = dict(scale)
        described.setdefault("default", "")
        super().__init__(label, **described)

    def bind(self, model: Any, name: str, set_attribute: bool = True) -> None:
        # The CHECK must name the column, which the field learns only here.
        allowed = [*self.scale, *([""] if self.default == "" else [])]
        listed = ", ".join(f"'{key}'" for key in allowed)
        self.constraints = [pw.SQL(f"DEFAULT '{self.default}'"), pw.SQL(f'CHECK ("{name}" IN ({listed}))')]
        super().bind(model, name, set_attribute)

    def empty(self) -> str:
        return ""

    def text(self, value: Any) -> str:
        return _(self.scale[value]) if value in self.scale else ""

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
        return self.invalid(_("“{text}” is not one of: {choices}.").format(text=text, choices=known))


class Country(Kind, pw.TextField):
    """A country as its ISO 3166 alpha-2 code, shown by its name in the user's language."""

    def __init__(self, label: str, **described: Any) -> None:
        described.setdefault("default", "")
        super().__init__(label, constraints=[pw.SQL("DEFAULT ''")], **described)

    def empty(self) -> str:
        return ""

    def text(self, value: Any) -> str:
        return country_name(value) if value else ""

    def parse(self, text: str) -> str:
        if not text.strip():
            return ""
        code = find_country(text)
        if not code:
            raise self.invalid(
                _("“{text}” is not a country; use its name or its two-letter code.").format(text=text.strip())
            )
        return code

    def check(self, value: Any) -> str:
        return str(super().check(self.parse(str(value or ""))))


class Number(Kind, pw.IntegerField):
    """A whole number."""

    width = 10
    align = "right"

    def __init__(self, label: str, **described: Any) -> None:
        described.setdefault("default", 0)
        described["constraints"] = [pw.SQL(f"DEFAULT {described['default']}")]
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
            return int(unicodedata.normalize("NFKC", text))
        except ValueError:
            raise self.invalid(_("“{text}” is not a whole number.").format(text=text)) from None

    def check(self, value: Any) -> int:
        return int(super().check(self.parse(str(value if value is not None else ""))))


class Flag(Number):
    """Yes or no."""

    align = "left"

    def text(self, value: Any) -> str:
        return _("Yes") if value else _("No")

    def cell(self, raw: Any) -> Any:
        return self.text(raw)

    def to_json(self, value: Any) -> bool:
        return bool(value)

    def parse(self, text: str) -> int:
        wanted = fold(text.strip())
        if wanted in ("", "0", "no", "false", "none", fold(_("No"))):
            return 0
        if wanted in ("1", "yes", "true", fold(_("Yes"))):
            return 1
        raise self.invalid(_("“{text}” is neither yes nor no.").format(text=text))


class Money(Kind, pw.TextField):
    """An exact decimal amount, kept as text such as `2000000` or `12.50`."""

    width = 16
    align = "right"

    def __init__(self, label: str, **described: Any) -> None:
        super().__init__(label, default="", constraints=[pw.SQL("DEFAULT ''")], **described)

    def empty(self) -> str:
        return ""

    def text(self, value: Any) -> str:
        return format_number(Decimal(value)) if value else ""

    def cell(self, raw: Any) -> Any:
        return Decimal(raw) if raw else None

    def parse(self, text: str) -> str:
        if not text.strip():
            return ""
        try:
            return f"{parse_decimal(text):f}"
        except ValueError as error:
            raise self.invalid(str(error)) from None

    def check(self, value: Any) -> str:
        kept = str(super().check(value or ""))
        if kept and not re.fullmatch(r"-?\d{1,15}(\.\d{1,6})?", kept):
            raise self.invalid(_("“{text}” is not an amount.").format(text=kept))
        return kept


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
                _("“{text}” does not look like {example}.").format(text=code, example=self.example)
            )
        return code

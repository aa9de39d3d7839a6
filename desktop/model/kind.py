"""What every field declares, whatever its type; the types are in `kinds`, `dates`, `relations` and `computed`."""

from __future__ import annotations

from copy import copy
from typing import Any, ClassVar, Self

import peewee as pw

from desktop.i18n import _


class Invalid(ValueError):
    """A value that cannot be kept; its text is a whole sentence, in the user's language."""

    def __init__(self, sentence: str, field: str = "") -> None:
        super().__init__(sentence)
        self.field = field


class Kind:
    """What is declared of a field, whatever its type.

    `section` is the part of the form it stands in, `width` the width of its column in characters,
    `listed` whether a list shows it unasked, `searched` whether the full-text search reads it (texts only),
    `filtered` whether a list offers a filter for it, `exported` whether a sheet of everything has it,
    `editable` whether an officer can set it, `derived` whether it is computed from other rows and therefore
    neither journalled nor compared, `sort` the column that sorts it where that is another one, `confined` whether
    it stays with the post even where the record is shared.
    """

    name: str = ""
    is_column: ClassVar[bool] = True
    width: int = 16
    align: str = "left"

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
        confined: bool = False,
        sort: str = "",
        width: int = 0,
        help: str = "",
        **column: Any,
    ) -> None:
        self.label, self.section, self.required, self.listed = label, section, required, listed
        self.searched, self.exported, self.filtered = searched, exported, filtered
        self.editable = editable and not derived
        self.derived, self.sort, self.help = derived, sort, help
        self.confined = confined
        if width:
            self.width = width
        super().__init__(**column)

    def __deepcopy__(self, _memo: Any) -> Self:
        """peewee copies each field of a base class into each table. What is declared never changes, and need not be."""
        return copy(self)

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

    def order(self, column: Any) -> Any:
        """The SQL by which a list is sorted by this field."""
        return column

    def sorting(self, table: Any) -> Any:
        """What keeps the order of this field's values, where it is not the field itself."""
        return getattr(table, self.sort) if self.sort else None

    def to_json(self, value: Any) -> Any:
        """The value in the journal and on the command line."""
        return value

    def from_json(self, value: Any) -> Any:
        """The inverse of `to_json`; raises LookupError where it points to what is not there."""
        return value

    def check(self, value: Any) -> Any:
        """The value as it is kept; raises `Invalid` with a sentence that names this field."""
        if self.required and value in (None, "", frozenset()):
            raise Invalid(_("“{field}” must not be empty.").format(field=self.title), self.name)
        return value

    def again(self, value: Any) -> Any:
        """The value as it is kept again, which it was before, by an older version perhaps; raises `Invalid`."""
        return self.check(value)

    def remarks(self, value: Any) -> list[str]:
        """Sentences about what `check` takes out of a value without refusing it."""
        return []

    def invalid(self, why: str) -> Invalid:
        """An `Invalid` about this field."""
        return Invalid(_("{field}: {problem}").format(field=self.title, problem=why), self.name)


class Column(Kind):
    """A kind with a column of its own, whose default and CHECK follow from what is declared."""

    default: Any
    constraints: Any

    def constraint(self, column: str) -> str:
        """The condition that the database holds on the column (its quoted name), '' for none.

        For a wrong value it must be false: where it is NULL, SQLite lets the value pass.
        """
        return ""

    def bind(self, model: Any, name: str, set_attribute: bool = True) -> None:
        # Only here does a field know its column.
        self.constraints = []
        if self.default is not None:
            self.constraints.append(pw.SQL(f"DEFAULT {literal(self.default)}"))
        condition = self.constraint(f'"{name}"')
        if condition:
            self.constraints.append(pw.SQL(f"CHECK ({condition})"))
        super().bind(model, name, set_attribute)  # type: ignore[misc]


def literal(value: str | int) -> str:
    """A text or number as SQL writes it."""
    return str(value) if isinstance(value, int) else "'" + value.replace("'", "''") + "'"

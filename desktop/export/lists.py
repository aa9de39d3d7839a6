"""The hidden sheet of lists, and the dropdowns that offer them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation

from desktop.export import layout, styles, texts
from desktop.export.rows import Rows
from desktop.i18n import N_, _

NAME = N_("Lists")


class Lists:
    """The lists of one workbook, each once, in the order in which they were first asked for."""

    def __init__(self, sheet_name: str) -> None:
        self.sheet_name = sheet_name
        self._lists: dict[tuple[str, ...], str] = {}

    @property
    def any(self) -> bool:
        """Whether anything was offered."""
        return bool(self._lists)

    def offer(self, sheet: Any, area: str, label: str, words: Iterable[str], *, others: bool = False) -> None:
        """Offer words in all cells of an area; `others` may be typed too."""
        chosen = tuple(word for word in words if word)
        if not chosen:
            return
        self._lists.setdefault(chosen, label)
        letter = get_column_letter(list(self._lists).index(chosen) + 1)
        source = f"{quote_sheetname(self.sheet_name)}!${letter}$2:${letter}${len(chosen) + 1}"
        rule = DataValidation(type="list", formula1=source, allow_blank=True, sqref=area)
        rule.showErrorMessage = not others
        rule.errorTitle = texts.split(label, 30)[0]
        rule.error = _("Choose a word of the list, so that the workbook can be read back.")
        sheet.data_validations.append(rule)

    def write(self, sheet: Any, book: styles.Styles, frame: layout.Frame) -> None:
        """Write them, a column each, and hide the sheet."""
        sheet.sheet_state = "hidden"
        tallest = max((len(words) for words in self._lists), default=0)
        layout.page(sheet, frame, [24.0] * len(self._lists))
        layout.dimension(sheet, len(self._lists), tallest + 1)
        rows = Rows(sheet, book)
        rows.plain([(label, styles.HEADER) for label in self._lists.values()])
        for index in range(tallest):
            rows.plain(
                [(words[index], styles.PLAIN) if index < len(words) else None for words in self._lists]
            )

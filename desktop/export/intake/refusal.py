"""Why a file from outside is not read: one of few reasons, each a sentence that says what is wrong and an advice.

One more reason: a line in `Reason`, its two sentences in `_WORDS`. There are never more than twenty.
"""

from __future__ import annotations

from enum import Enum
from typing import Any

from desktop.export.errors import ExportError
from desktop.i18n import N_, _


class Reason(Enum):
    """What is wrong with a file. The child says the value, the officer reads the sentence."""

    NO_FILE = "no file"
    EMPTY = "empty"
    PASSWORD = "password"
    OTHER_KIND = "other kind"
    OLD_KIND = "old kind"
    DAMAGED = "damaged"
    TOO_LARGE = "too large"
    BOMB = "bomb"
    ENTITIES = "entities"
    OUTSIDE = "outside"
    NO_SHEETS = "no sheets"
    TOO_MANY_SHEETS = "too many sheets"
    TOO_MANY_CELLS = "too many cells"
    ENCODING = "encoding"
    NO_TABLE = "no table"
    TIME = "time"
    MEMORY = "memory"
    CRASHED = "crashed"
    NO_ROOM = "no room"
    CANCELLED = "cancelled"


class Refusal(ExportError, ValueError):
    """The file was not read and nothing was written. The text is the sentence; `advice` says what to do."""

    def __init__(self, reason: Reason, name: str, **detail: Any) -> None:
        sentence, advice = _WORDS[reason]
        self.reason = reason
        self.detail = detail
        self.advice = _(advice).format(name=name, **detail) if advice else ""
        super().__init__(_(sentence).format(name=name, **detail))


_WORDS: dict[Reason, tuple[str, str]] = {
    Reason.NO_FILE: (N_("{name} cannot be opened: {why}."), N_("Choose a file that lies on this computer.")),
    Reason.EMPTY: (
        N_("{name} is empty: it holds no cell with anything in it."),
        N_(
            "Open it in its program. If it shows a table there, save it anew as .xlsx; if it shows none, choose another"
            " file, or ask for it again: perhaps it was not copied to its end."
        ),
    ),
    Reason.PASSWORD: (
        N_("{name} is protected with a password."),
        N_("Open it in its program, save a copy without a password, and choose the copy."),
    ),
    Reason.OTHER_KIND: (
        N_("{name} is no table, whatever its name says: its content is {what}."),
        N_("Choose a workbook (.xlsx, .xlsm, .xlsb, .xls, .ods) or a table as text (.csv, .tsv)."),
    ),
    Reason.OLD_KIND: (
        N_("{name} is in a form that is not read here: {what}."),
        N_("Open it in a spreadsheet program, save it as .xlsx, and choose that file."),
    ),
    Reason.DAMAGED: (
        N_("{name} is damaged or was cut off; what is wrong is {where}."),
        N_("Open it in its program and save it anew, or ask for it again."),
    ),
    Reason.TOO_LARGE: (
        N_("{name} is too large: {size} MB, where {most} MB is the most."),
        N_("Take out pictures and sheets that are not needed, or divide it, and choose the smaller file."),
    ),
    Reason.BOMB: (
        N_("{name} was made so that it fills the memory of whoever opens it."),
        N_("Do not open it elsewhere either. Ask the sender for the file as they keep it."),
    ),
    Reason.ENTITIES: (
        N_("{name} holds what no spreadsheet program writes, and what can do harm."),
        N_("Do not open it elsewhere either. Ask the sender for the file as they keep it."),
    ),
    Reason.OUTSIDE: (
        N_("{name} keeps its sheets outside of itself ({where}), and nothing outside is followed."),
        N_("Open it in its program, save it as a new .xlsx file, and choose that one."),
    ),
    Reason.NO_SHEETS: (
        N_("{name} has no sheet with cells."),
        N_("Open it in its program and look whether it has a table; save it anew as .xlsx."),
    ),
    Reason.TOO_MANY_SHEETS: (
        N_("{name} has {count} sheets, where {most} is the most."),
        N_("Copy the sheets that you need into a new workbook, and choose that one."),
    ),
    Reason.TOO_MANY_CELLS: (
        N_("{name} has more cells than can be read at once; the most is {most}."),
        N_("Copy the rows that you need into a new workbook, or divide it, and choose the smaller file."),
    ),
    Reason.ENCODING: (
        N_("The letters of {name} cannot be read: they fit no known encoding ({where})."),
        N_("Open it in its program and save it as CSV in UTF-8, or as .xlsx."),
    ),
    Reason.NO_TABLE: (
        N_("{name} is a text, but no table: its row {row} is longer than that of any table."),
        N_("Choose a file with one record a line and columns set apart by commas, semicolons or tabs."),
    ),
    Reason.TIME: (
        N_("{name} takes too long to read; it was given up after {seconds} seconds."),
        N_("Copy the rows that you need into a new workbook, and choose that one."),
    ),
    Reason.MEMORY: (
        N_("{name} takes more memory than a file may ({most} MB)."),
        N_(
            "Copy the rows that you need into a new workbook, or save the sheet as CSV, and choose that file."
        ),
    ),
    Reason.CRASHED: (
        N_("{name} made its reader stop. The program itself is not harmed."),
        N_("Open it in its program, save it as a new .xlsx file, and choose that one."),
    ),
    Reason.NO_ROOM: (
        N_("There is no room on the disk to read {name}: {why}."),
        N_("Free some space and choose the file again."),
    ),
    Reason.CANCELLED: (N_("The reading of {name} was stopped."), ""),
}

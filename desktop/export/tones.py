"""Colours that follow the word in a cell: when a reader edits the word, the colour follows.

A colour never stands alone: the word is beside it, and where Excel shows it the shape of the RAG before it.
"""

from __future__ import annotations

from typing import Any

from openpyxl.formatting.rule import Rule
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.styles.numbers import NumberFormat

from desktop.export import palette, wording
from desktop.model import scales
from desktop.model.computed import ATTENTION, Course

RAG_TONES = {key: key for key in scales.RAG}
ATTENTION_TONES = {"overdue": "red", "due_soon": "amber", "stale": "amber"}


def of_course(course: Course) -> dict[str, str]:
    """The tone of each status that calls for one."""
    groups = {
        "green": course.done,
        "grey": (*course.closed, *course.not_started),
        "red": course.stalled,
        "amber": course.paused,
    }
    return {status: tone for tone, statuses in groups.items() for status in statuses}


def of_scale(scale: dict[str, str], course: Course | None) -> dict[str, str]:
    """The tone of each value of a scale, if it has any."""
    if scale == scales.RAG:
        return RAG_TONES
    if scale == ATTENTION:
        return ATTENTION_TONES
    if course is not None:
        tones = of_course(course)
        if set(tones) <= set(scale):
            return tones
    return {}


def colour(sheet: Any, area: str, scale: dict[str, str], tones: dict[str, str], name: str = "") -> None:
    """Colour an area by the words of a scale, in the language spoken."""
    first = area.split(":")[0]
    for said, tone in of_words(scale, tones, name).items():
        word = said.replace('"', '""')
        shape = palette.SHAPES[tone] if scale == scales.RAG else ""
        # openpyxl gives the priority: no two rules of a sheet may have the same.
        rule = Rule(type="expression", formula=[f'{first}="{word}"'], dxf=_look(tone, shape))
        sheet.conditional_formatting.add(area, rule)


def of_words(scale: dict[str, str], tones: dict[str, str], name: str = "") -> dict[str, str]:
    """The tone of each word; none where a word stands for values of different tones."""
    found = {}
    for said, values in wording.words(scale, name).items():
        alike = {tones.get(value, "") for value in values}
        if len(alike) == 1 and "" not in alike:
            found[said] = alike.pop()
    return found


def alarm(sheet: Any, area: str) -> None:
    """Set numbers above nothing in red: days overdue."""
    rule = Rule(type="cellIs", operator="greaterThan", formula=["0"], dxf=_look("red", ground=False))
    sheet.conditional_formatting.add(area, rule)


def _look(tone: str, shape: str = "", ground: bool = True) -> DifferentialStyle:
    text, colour = palette.TONES[tone]
    look = DifferentialStyle(font=Font(color=text, bold=True))
    if ground:
        look.fill = PatternFill("solid", bgColor=colour)
    if shape:
        look.numFmt = NumberFormat(numFmtId=200 + list(palette.SHAPES).index(tone), formatCode=f'"{shape} "@')
    return look

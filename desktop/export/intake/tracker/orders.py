"""In which order a column writes its days and its names: its cells tell, or the officer is asked."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping as Dict
from typing import NamedTuple

from desktop.export.intake.tracker import days, log_cells, names, surnames, targets
from desktop.export.intake.tracker.columns import Column
from desktop.export.intake.tracker.guessing import Guess
from desktop.export.intake.tracker.shown import is_japanese, plain, text_of
from desktop.export.intake.values import Value
from desktop.i18n import _, quoted
from desktop.model.dates import Date
from desktop.model.relations import Many, Reference

_IN_HEADINGS = (
    "fecha estado responsable plazo asunto reunion tarea compromiso avance data situacao prazo "
    "responsavel tarefa pais nombre nome observaciones observacoes titulo organizacion organizacao institucion "
    "avances seguimiento andamento vencimiento accion acao ultimas gestiones bitacora"
)
_DAY_FIRST_WORDS = frozenset(_IN_HEADINGS.split())
"""Folded words of Spanish and Portuguese headings."""


class Said(NamedTuple):
    """An order, and the sentence that tells of it."""

    order: str
    told: str


def of_names(
    kind: str, target: targets.Target | None, texts: list[str], known: names.Known, column: Column
) -> Said:
    """How a column names people and whom they work for, and the sentence that tells it; '' where it names neither."""
    if target is None or not _names(kind, target):
        return Said("", "")
    if surnames.is_so(texts, known):
        example = next(text for text in texts if surnames.turned(text) != text)
        words = _("Column “{column}” writes the surname first: “{example}” is {name}.")
        shown = words.format(
            column=column.shown, example=quoted(example), name=quoted(surnames.turned(example))
        )
        return Said(surnames.SURNAME_FIRST, shown)
    both = [text for text in texts if names.halves(text)]
    if target.name == targets.ATTENDEES or not both or len(both) < 0.2 * len(texts):
        return Said("", "")
    order = names.order_of(both, known)
    words_of = {
        names.PERSON_FIRST: _("Column “{column}” names a person, then an organisation, as in “{example}”."),
        names.ORGANISATION_FIRST: _(
            "Column “{column}” names an organisation, then a person, as in “{example}”."
        ),
    }
    return Said(order, words_of[order].format(column=column.shown, example=quoted(both[0])))


def _names(kind: str, target: targets.Target) -> bool:
    """Whether cells of a target name people, or organisations that people stand for."""
    if target.name == targets.ATTENDEES:
        return True
    field = target.field
    if not isinstance(field, Reference | Many):
        return kind == "person" and target.name == "name"
    return field.target is not None and field.target.key() in ("person", "organisation")


def of_days(
    guess: Guess, fields: Dict[str, targets.Target], cells: dict[int, list[Value]], told: list[str]
) -> dict[int, str]:
    """By number of column, the order of day and month: from its cells, else from the others of the same file."""
    found: dict[int, days.Order] = {}
    for each in guess.columns:
        target = fields.get(each.target)
        if each.target in (targets.PROGRESS, targets.PROGRESS_ON) or (
            target and isinstance(target.field, Date)
        ):
            found[each.column.number] = days.order_of(_day_texts(each.target, cells[each.column.number]))
    sure = {order.order for order in found.values()} & {days.DAY_FIRST, days.MONTH_FIRST}
    common = sure.pop() if len(sure) == 1 else ""
    common = common or ("" if sure else _by_language(guess, found.values()))
    orders: dict[int, str] = {}
    for each in guess.columns:
        order = found.get(each.column.number)
        if order is None:
            continue
        orders[each.column.number] = _order(order, common, each.column, told)
    return orders


def _day_texts(target: str, values: list[Value]) -> list[Value]:
    """The dates of a column; of a log those that its lines begin with."""
    if target != targets.PROGRESS:
        return values
    return [date for value in values for date in log_cells.dates_of(text_of(value))]


def _order(order: days.Order, common: str, column: Column, told: list[str]) -> str:
    shown = ", ".join(quoted(example) for example in order.examples)
    names_of = {
        days.DAY_FIRST: _("Column “{column}” writes the day before the month: {examples}."),
        days.MONTH_FIRST: _("Column “{column}” writes the month before the day: {examples}."),
        days.MIXED: _(
            "Column “{column}” writes the day first in some cells and the month first in others: {examples}."
        ),
    }
    if order.order:
        told.append(names_of[order.order].format(column=column.shown, examples=shown))
        return "" if order.order == days.MIXED else order.order
    if not order.examples:
        return common
    if common:
        told.append(names_of[common].format(column=column.shown, examples=shown))
        return common
    words = _(
        "Column “{column}” does not tell whether it writes the day or the month first: {examples}. Say which."
    )
    told.append(words.format(column=column.shown, examples=shown))
    return ""


def _by_language(guess: Guess, found: Iterable[days.Order]) -> str:
    """Who heads columns in Spanish or Portuguese writes the day first, who does in Japanese `10/1` for 10月1日."""
    words = [word for each in guess.columns for word in plain(each.column.title).split()]
    if sum(word in _DAY_FIRST_WORDS for word in words) >= 2:
        return days.DAY_FIRST
    short = all(days.is_short(example) for order in found for example in order.examples)
    return days.MONTH_FIRST if short and sum(map(is_japanese, words)) >= 2 else ""

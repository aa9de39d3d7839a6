"""Rows that the export did not have: each a new record, its cells parsed and checked as those of the others are."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator, Sequence
from typing import Any

from desktop.export.intake.wayback.cells import Cells
from desktop.export.intake.wayback.proposals import Kind, Proposal
from desktop.export.intake.wayback.taker import Taker, Told
from desktop.export.intake.wayback.takers import creatable, required
from desktop.export.intake.wayback.values import blank, typed
from desktop.i18n import _, format_number, join_list
from desktop.model import Invalid, field
from desktop.model.kinds import Text

NAMESPACE = uuid.UUID("9b1a0a52-6f0e-5c4e-9a57-3c2f5a2f6d11")
"""Of the uids of records that come of rows: the same row of the same export is the same record, sent back twice."""


BETWEEN = " · "
"""Between the cells of a row that are told together."""


class Newcomers:
    """Proposes new records of one sheet."""

    def __init__(self, cells: Cells) -> None:
        self.cells, self.sheet, self.entity = cells, cells.sheet, cells.entity
        self._made: dict[str, int] = {}

    def proposals(
        self, new: Sequence[tuple[int, Sequence[Any]]], copied: Sequence[tuple[int, Sequence[Any], int]]
    ) -> Iterator[Proposal]:
        """New rows, and those that were copied from others."""
        for number, values in new:
            yield from self._row(number, values, 0)
        for number, values, original in copied:
            yield from self._row(number, values, original)

    def _row(self, number: int, values: Sequence[Any], original: int) -> Iterator[Proposal]:
        if not creatable(self.entity):
            words = BETWEEN.join(typed(value) for value in values if not blank(value))
            told = _("A row cannot be added here; report progress, or move the date, of the record itself.")
            yield Proposal(
                Kind.ERROR, self.sheet.name, number, came=words, told=told, entity=self.entity.key()
            )
            return
        taken, said, wrong = self._taken(number, values, bool(original))
        uid = self._uid(taken, original)
        self._look_at_ref(number, uid, taken, wrong)
        yield from wrong
        words = BETWEEN.join(
            f"{self.cells.heading(key)}: {typed(values[place])}"
            for key, place in self.sheet.places.items()
            if not blank(values[place]) and isinstance(self.cells.takers.get(key), Taker)
        )
        lacking = [kind.title for kind in required(self.entity) if not taken.get(kind.name)]
        if not words and not wrong:
            words = BETWEEN.join(typed(value) for value in values if not blank(value))
        faults = [each for each in wrong if each.kind is Kind.ERROR]
        if faults or lacking:
            told = (
                _(
                    "The row has no “{fields}”, so that it makes no record. Fill it in, or leave the row out."
                ).format(fields=join_list(lacking))
                if lacking
                else _("A cell of this new row cannot be taken; mend it, and the row makes a record.")
            )
            yield Proposal(
                Kind.ERROR, self.sheet.name, number, came=words, told=told, entity=self.entity.key()
            )
            return
        if self.entity.one("uid", uid) is not None:
            return  # it came in before
        told = ""
        if original:
            told = _(
                "This row is a copy of row {row}; take it only if it is meant to be another record."
            ).format(row=format_number(original))
        yield Proposal(
            Kind.NEW,
            self.sheet.name,
            number,
            record=str(taken.get(getattr(self.entity, "naming", ""), "")),
            came=BETWEEN.join(f"{self.cells.heading(key)}: {text}" for key, text in said.items()),
            typed=words,
            told=told,
            accepted=not original and self.cells.sent.known,
            entity=self.entity.key(),
            uid=uid,
            values=taken,
        )

    def _taken(
        self, number: int, values: Sequence[Any], copied: bool
    ) -> tuple[dict[str, Any], dict[str, str], list[Proposal]]:
        """The fields that a row means, what its cells say in words, by column, and what of it cannot be taken."""
        taken: dict[str, Any] = {}
        said: dict[str, str] = {}
        wrong: list[Proposal] = []
        for key, place in self.sheet.places.items():
            value = values[place]
            if blank(value):
                continue
            own = self.cells.takers.get(key)
            if key == "ref":
                if copied:
                    continue
                try:
                    taken["ref"] = Text.parse(self._ref_kind, typed(value))
                except Invalid as error:
                    wrong.append(self._wrong(Kind.ERROR, number, place, key, value, str(error)))
                continue
            if own is None or isinstance(own, Told):
                if not copied:
                    why = (
                        own.why if own is not None else _("This version of Juntos does not know this column.")
                    )
                    wrong.append(self._wrong(Kind.IGNORED, number, place, key, value, why))
                continue
            try:
                found = own.take(value, self.cells.reading(own, key, {}, {}))
            except Invalid as error:
                wrong.append(self._wrong(Kind.ERROR, number, place, key, value, str(error)))
                continue
            said[key] = own.words(found)
            taken |= self._with_first(key, found, taken)
        return taken, said, wrong

    @staticmethod
    def _with_first(key: str, found: dict[str, Any], taken: dict[str, Any]) -> dict[str, Any]:
        """Of a date first agreed and a revised one, both; of the first alone, it is the date."""
        if key in ("due_first", "target_first"):
            ((_name, day),) = found.items()
            return {key: day, **found} if _name not in taken else {key: day}
        return found

    def _look_at_ref(self, number: int, uid: str, taken: dict[str, Any], wrong: list[Proposal]) -> None:
        """A reference that was given by hand must be free, or that of the record which this row made before."""
        ref = taken.get("ref")
        if not ref:
            return
        entity: Any = self.entity
        other = entity.by_ref(ref)
        if other is not None and other.uid != uid:
            told = _(
                "{ref} is another record, which this row is not told to be: its hidden uid is gone. Take the row from"
                " the workbook as it was sent, or empty the reference for a new record."
            ).format(ref=ref)
            wrong.append(self._wrong(Kind.ERROR, number, self.sheet.places["ref"], "ref", ref, told))

    @property
    def _ref_kind(self) -> Any:
        return field(self.entity, "ref")

    def _wrong(self, kind: Kind, number: int, place: int, key: str, value: Any, told: str) -> Proposal:
        return Proposal(
            kind,
            self.sheet.name,
            number,
            place + 1,
            self.cells.heading(key),
            came=typed(value),
            told=told,
            entity=self.entity.key(),
            key=key,
        )

    def _uid(self, taken: dict[str, Any], original: int) -> str:
        """The same for the same row of the same export; rows that are alike are counted."""
        said = json.dumps(taken, ensure_ascii=False, sort_keys=True)
        text = f"{self.cells.sent.export}/{self.sheet.exported.key}/{bool(original)}/{said}"
        count = self._made[text] = self._made.get(text, 0) + 1
        return str(uuid.uuid5(NAMESPACE, f"{text}/{count}"))

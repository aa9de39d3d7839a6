"""Writes what was accepted of one record, through the services: a status is an update, a moved date an extension."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from desktop.export.intake.wayback.history import DONE, NEXT, TIES, TOLD, Tie, subject_of
from desktop.export.intake.wayback.proposals import Kind, Proposal
from desktop.export.intake.wayback.takers import new_values
from desktop.i18n import _
from desktop.model import RECORDS, Invalid, Link, Record, Subject, Update, field
from desktop.model.followed import Followed
from desktop.service import conflicts, links, progress, records
from desktop.service.operation import Writing


def grouped(proposals: Iterable[Proposal]) -> list[list[Proposal]]:
    """Those of one record together, new records first: what they are called may be named by others."""
    found: dict[tuple[str, str, bool], list[Proposal]] = {}
    for each in proposals:
        found.setdefault((each.entity, each.uid, each.kind is Kind.NEW), []).append(each)
    return sorted(found.values(), key=lambda group: group[0].kind is not Kind.NEW)


class Writer:
    """Writes within one operation. `file` is what the workbook is called, for the reason of a moved date."""

    def __init__(self, writing: Writing, file: str) -> None:
        self.writing, self.file = writing, file

    def write(self, group: list[Proposal]) -> None:
        """What was accepted of one record; raises `Invalid` or `Conflict`."""
        first = group[0]
        entity = RECORDS[first.entity]
        if first.kind is Kind.NEW:
            self._create(entity, first)
            return
        record: Any = entity.one("uid", first.uid)
        if record is None:
            raise conflicts.gone(first.record)
        if any(each.kind is Kind.GONE for each in group):
            records.remove(self.writing, record)
            return
        values: dict[str, Any] = {}
        for each in group:
            for name, value in each.values.items():
                if name in values and values[name] != value:
                    raise Invalid(
                        _("{record}: two cells say two things of one field; accept one of them.").format(
                            record=first.record
                        ),
                        name,
                    )
                values[name] = value
        self._change(record, values)

    def _create(self, entity: type[Record], new: Proposal) -> None:
        own, beside = new_values(new.values)
        record = records.make(self.writing, entity, _loaded(entity, own), uid=new.uid)  # type: ignore[arg-type]
        self._beside(record, beside, "")

    def _change(self, record: Any, values: dict[str, Any]) -> None:
        entity = type(record)
        own, beside = new_values(values)
        status = ""
        if beside.keys() & set(TOLD) and isinstance(record, Followed):
            # What was told and the status after it are one entry of the log.
            name = progress.status_field(entity)
            status = own.pop(name, "")
            if status and "outcome" in own:
                own[name], status = status, ""
        if own:
            reason = _("As the workbook {file} says").format(file=self.file)
            records.amend(self.writing, record, _loaded(entity, own), reason=reason)
        self._beside(record, beside, status)

    def _beside(self, record: Any, values: dict[str, Any], status: str) -> None:
        """Links, and what is reported."""
        for name, ends in values.items():
            if name in TIES:
                self._link(record, TIES[name], set(ends))
        done, ahead = values.get(DONE, ""), values.get(NEXT, "")
        if not (done or ahead):
            return
        blocks = ""
        if done and NEXT not in values:
            # What is next was not edited: it still is.
            last = progress.updates(record).first()
            ahead, blocks = (last.next, last.blocks) if isinstance(last, Update) else ("", "")
        progress.report(self.writing.workspace, record, status=status, done=done, next=ahead, blocks=blocks)

    def _link(self, record: Any, tie: Tie, ends: set[str]) -> None:
        own, other = (
            (Link.from_subject, Link.to_subject) if tie.forward else (Link.to_subject, Link.from_subject)
        )
        rows = list(Link.select().where((own == record.id) & (Link.relation == tie.relation)))
        there = {str(_subject_uid(getattr(row, f"{other.name}_id"))): row for row in rows}
        for uid, row in there.items():
            if uid not in ends:
                self.writing.delete(row)
        for uid in sorted(ends - there.keys()):
            try:
                end = subject_of(uid)
            except LookupError:
                raise conflicts.gone(uid) from None
            links.link(self.writing.workspace, record, end, tie.relation)


def _subject_uid(number: int) -> str:
    return Subject.uid_of(number)


def _loaded(entity: type[Record], values: dict[str, Any]) -> dict[str, Any]:
    """Values in journal terms as the services take them; raises `Invalid` for what points to what is gone."""
    found = {}
    for name, value in values.items():
        kind = field(entity, name)
        try:
            found[name] = kind.from_json(value)
        except LookupError:
            raise kind.invalid(_("what it points to was deleted meanwhile.")) from None
    return found

"""Tries out what would be accepted unasked, in a transaction that is taken back: what the rules of the records refuse
is told before anything is written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from desktop.export.intake.wayback.proposals import Kind, Proposal
from desktop.export.intake.wayback.writing import Writer, grouped
from desktop.model import Invalid
from desktop.service.conflicts import Conflict
from desktop.service.workspace import Workspace


class _TakenBack(Exception):
    """Ends the trial."""


def checked(workspace: Workspace, proposals: list[Proposal], file: str = "") -> list[Proposal]:
    """The proposals; of those that are accepted, what the rules refuse has become an error with its sentence."""
    accepted = [each for each in proposals if each.accepted]
    if not accepted:
        return proposals
    refused: dict[int, str] = {}
    try:
        with workspace.operation("", source="import") as writing:
            writer = Writer(writing, file)
            for group in grouped(accepted):
                refused |= _tried(writer, group)
            raise _TakenBack
    except _TakenBack:
        pass
    return [
        replace(each, kind=Kind.ERROR, accepted=False, told=refused[id(each)])
        if id(each) in refused
        else each
        for each in proposals
    ]


def _tried(writer: Writer, group: list[Proposal]) -> dict[int, str]:
    """By proposal, why it is refused: together first, then each alone, then those together that go alone."""
    why = _fails(writer, group)
    if why is None:
        return {}
    if len(group) == 1:
        return {id(group[0]): why}
    refused = {id(each): sentence for each in group if (sentence := _fails(writer, [each], keep=False))}
    rest = [each for each in group if id(each) not in refused]
    if not refused or (rest and (why := _fails(writer, rest)) is not None):
        return {id(each): why for each in group}
    return refused


class _Again(Exception):
    """Ends a trial of one that is repeated together with others."""


def _fails(writer: Writer, group: Iterable[Proposal], keep: bool = True) -> str | None:
    try:
        with writer.writing.nested():
            writer.write(list(group))
            if not keep:
                raise _Again
    except _Again:
        return None
    except (Invalid, Conflict) as error:
        return str(error)
    return None

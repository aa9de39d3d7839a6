"""What is decided of each proposal: taken, left, or not decided yet. It is written only when it is taken over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from enum import Enum

from desktop.export.intake.wayback import Kind, Proposal

USUAL = (Kind.CHANGE, Kind.NEW)
"""What is taken together with others, whatever was pointed at."""


class Scope(Enum):
    """How far a decision reaches."""

    ROW = "row"
    COLUMN = "column"
    ALL = "all"


class Choices:
    """The proposals by number, with what is decided of them: True taken, False left, None not decided."""

    def __init__(self, proposals: Sequence[Proposal] = ()) -> None:
        self.proposals = list(proposals)
        self._taken = [
            None if not each.open or (each.kind is Kind.CONFLICT and not each.accepted) else each.accepted
            for each in self.proposals
        ]
        self._decided: set[int] = set()
        """Those that somebody decided."""
        self._told_twice: dict[tuple[str, str], list[int]] | None = None
        self.turn = 0
        """How often something was decided; by it one knows whether anything was since."""

    def __len__(self) -> int:
        return len(self.proposals)

    def taken(self, number: int) -> bool | None:
        """What is decided of one."""
        return self._taken[number]

    def decide(self, numbers: Iterable[int], take: bool) -> int:
        """Take these or leave them; how many are another way now. What cannot be taken stays as it is."""
        changed = 0
        for number in numbers:
            if self.proposals[number].open and self._taken[number] is not take:
                self._taken[number] = take
                self._decided.add(number)
                changed += 1
                if take:
                    self._leave_rivals(number)
        self.turn += bool(changed)
        return changed

    def _leave_rivals(self, number: int) -> None:
        """The workbook may say two things of one field: of these only one can be taken."""
        if self._told_twice is None:
            self._told_twice = {}
            for place, each in enumerate(self.proposals):
                for name in each.values if each.uid and each.kind is not Kind.NEW else ():
                    self._told_twice.setdefault((each.uid, name), []).append(place)
        one = self.proposals[number]
        for name in one.values if one.kind is not Kind.NEW else ():
            for other in self._told_twice.get((one.uid, name), ()):
                if other != number and self._taken[other]:
                    self._taken[other] = False
                    self._decided.add(other)

    def by_hand(self) -> list[int]:
        """Those that somebody decided."""
        return sorted(self._decided)

    def decisions(self) -> dict[str, bool]:
        """What somebody decided, for `remember`: by what was looked at."""
        return {self.proposals[number].seen: bool(self._taken[number]) for number in self.by_hand()}

    def remember(self, decisions: Mapping[str, bool]) -> int:
        """Decide as it was decided before: what differs in one of its three values from what was looked at then stays
        as it is proposed. How many of the decisions fit."""
        found: dict[str, list[int]] = {}
        for number, each in enumerate(self.proposals) if decisions else ():
            if each.open and each.seen in decisions:
                found.setdefault(each.seen, []).append(number)
        for key, numbers in found.items():
            for number in numbers:
                self._taken[number] = decisions[key]
                self._decided.add(number)
        for number in self.by_hand() if found else ():
            if self._taken[number]:
                self._leave_rivals(number)
        self.turn += bool(found)
        return len(found)

    def carried(self, proposals: Sequence[Proposal]) -> Choices:
        """Other proposals of the same file, decided as these are."""
        made = Choices(proposals)
        made.remember(self.decisions())
        return made

    def within(self, scope: Scope, number: int, shown: Iterable[int], take: bool) -> list[int]:
        """Those that a decision at one of them reaches, among those shown.

        Left is everything. Taken are changes and new records, and beside them what is of the kind of the one pointed
        at: a conflict is decided only where somebody pointed at such a one, a cell cleared (a conflict whose cell came
        empty clears it too) or changed by a program only itself or with its column, and a record is deleted only where
        it is itself chosen.
        """
        here = self.proposals[number]
        alike = Scope.COLUMN, (here.clears, here.unsure)
        kinds = {*USUAL, here.kind} - {Kind.GONE} if scope is not Scope.ALL else set(USUAL)

        def reached(each: Proposal) -> bool:
            if not each.open or (take and each.kind not in kinds):
                return False
            if (
                take
                and each.singly
                and not (
                    (each is here and scope is not Scope.ALL) or (scope, (each.clears, each.unsure)) == alike
                )
            ):
                return False
            if scope is Scope.ROW:
                return (each.sheet, each.row) == (here.sheet, here.row)
            return scope is Scope.ALL or (each.sheet, each.column) == (here.sheet, here.column)

        return [each for each in shown if reached(self.proposals[each])]

    def count(self) -> int:
        """How many would be taken over."""
        return sum(1 for each in self._taken if each)

    def undecided(self) -> int:
        """How many conflicts nobody has decided."""
        return sum(
            each.kind is Kind.CONFLICT and taken is None
            for each, taken in zip(self.proposals, self._taken, strict=True)
        )

    def fixed(self, numbers: Iterable[int] | None = None) -> int:
        """How many, of these or of all, cannot be taken."""
        chosen = self.proposals if numbers is None else [self.proposals[number] for number in numbers]
        return sum(not each.open for each in chosen)

    def kinds(self) -> Counter[Kind]:
        """How many there are of each kind."""
        return Counter(each.kind for each in self.proposals)

    def decided(self) -> list[Proposal]:
        """The proposals as they are decided, to be applied."""
        return [
            each if not each.open or each.accepted == bool(taken) else replace(each, accepted=bool(taken))
            for each, taken in zip(self.proposals, self._taken, strict=True)
        ]

    def rest(self) -> list[Proposal]:
        """Those that are not taken, as they are decided."""
        return [each for each, taken in zip(self.decided(), self._taken, strict=True) if not taken]

"""What changed between two points of the journal, as those who report it ask for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from desktop.service.changes import telling
from desktop.service.changes.moved import Baseline, Cell, Moved
from desktop.service.changes.wording import Said, plainly


@dataclass
class Delta:
    """What changed since a baseline."""

    baseline: Baseline
    moved: list[Moved]
    """By kind of record in the order of `ENTITIES`, then by reference."""
    told: Callable[[Sequence[Moved]], Iterator[Cell]] = field(repr=False)
    said: Said = field(default=plainly, repr=False)
    within: str = ""
    """That only some records are told of, in a sentence; see `scope`."""

    @property
    def cells(self) -> Iterator[Cell]:
        """Everything that differs, record by record in the order of `moved`; read as it is asked for."""
        return self.told(self.moved)

    def of(self, mark: str, entity: str = "") -> list[Moved]:
        """The records with a mark, of one kind if one is named."""
        return [each for each in self.moved if mark in each.marks and entity in ("", each.entity)]

    @cached_property
    def by_uid(self) -> dict[str, Moved]:
        """The records by uid."""
        return {each.uid: each for each in self.moved}

    @cached_property
    def counts(self) -> Counter[str]:
        """How many records have each mark."""
        return Counter(mark for each in self.moved for mark in each.marks)

    def words(self, uid: str) -> str:
        """What happened to a record, short enough for a column; '' where nothing did."""
        moved = self.by_uid.get(uid)
        return telling.words(moved, self.said) if moved is not None else ""

    def sentences(self) -> list[str]:
        """What happened to recommendations, initiatives and follow-ups, for those who read nothing else."""
        told = telling.sentences(self.baseline, self.moved)
        return [*told, self.within] if self.within else told

    @property
    def paragraph(self) -> str:
        """The sentences as one text."""
        return " ".join(self.sentences())

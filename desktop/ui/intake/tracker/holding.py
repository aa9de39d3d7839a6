"""What the wizard holds: a file, what it is understood as, what was corrected and decided; and how that changes."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from desktop.export.intake.book import Book
from desktop.export.intake.tracker.columns import Key
from desktop.export.intake.tracker.mapping import ColumnRule, Mapping
from desktop.export.intake.tracker.plan import Plan
from desktop.ui.intake.tracker.cells import Seen
from desktop.ui.intake.tracker.planned import Decided
from desktop.ui.intake.tracker.understanding import Understood, Wish


@dataclass
class Held:
    """All of one file. What is understood is replaced as a whole, by a worker; the rest is the officer's."""

    path: Path = Path()
    book: Book | None = None
    wished: Wish = field(default_factory=Wish)
    applied: Mapping | None = None
    """The kept mapping that is in what is understood."""
    understood: Understood | None = None
    rows: list[tuple[int, list[Seen]]] = field(default_factory=list)
    """The first rows as they are understood."""
    corrected: dict[tuple[str, Key], ColumnRule] = field(default_factory=dict)
    plan: Plan | None = None
    planned_of: Mapping | None = None
    """The mapping that the plan is of; None once the workspace has changed."""
    decided: Decided = field(default_factory=Decided)
    same_names: dict[tuple[str, str], str] = field(default_factory=dict)
    """By kind and name of somebody new: the name of the one who is there."""
    changes: int = 0
    brought: Mapping | None = None
    """As it was understood the last time, where what was said then came back."""
    lost: int = 0
    """How much of that does not fit any more."""

    def is_said(self) -> bool:
        """Whether somebody said something of the file."""
        return bool(self.changes or self.decided.of or self.same_names)

    def before(self) -> Mapping | None:
        """What was said of the whole so far."""
        return self.understood.mapping if self.understood is not None else self.brought

    def fit(self) -> int:
        """Drop what was decided on what is not so in the plan any more; how much that is."""
        if self.plan is None:
            return 0
        like = {
            (each.wanted.kind, each.wanted.name): each.like for each in (*self.plan.names, *self.plan.typed)
        }
        lost = [key for key, name in self.same_names.items() if key in like and name not in like[key]]
        for key in lost:
            del self.same_names[key]
        return len(lost) + self.decided.fit(self.plan)

    def wish(self, **said: Any) -> None:
        """The file is to be understood with this said of it; the kind of record stays unless it is said."""
        self.wished = replace(self.wished, **said)
        if self.understood is not None:
            self.wished = replace(self.wished, kind=said.get("kind", self.understood.mapping.kind))
        self.changes += 1

    def correct(self, made: Mapping) -> None:
        """Another mapping: what differs from the one before holds whatever is guessed later."""
        understood = self.understood
        if understood is None:
            return
        for old, new in zip(understood.mapping.columns, made.columns, strict=True):
            if old != new:
                self.corrected[made.kind, new.key] = new
        self.changes += 1
        self.understood = replace(understood, mapping=made)

    def is_planned(self) -> bool:
        """Whether the plan is of what is understood now."""
        return self.understood is not None and self.planned_of == self.understood.mapping

    def let_go(self) -> None:
        """Take the private file of the book away."""
        if self.book is not None:
            self.book.close()
            self.book = None

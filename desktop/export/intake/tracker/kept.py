"""Mappings kept under a name in the workspace: found by it, and told by how well they fit a file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from desktop.export.intake.tracker.columns import Header
from desktop.export.intake.tracker.mapping import Mapping
from desktop.model import Invalid
from desktop.service import mappings
from desktop.service.workspace import Workspace

SUFFIX = ".json"


@dataclass(frozen=True)
class Fit:
    """A kept mapping, and how many of a table's headings it knows."""

    mapping: Mapping
    common: int
    headings: int


def save(workspace: Workspace, mapping: Mapping, name: str, *, instead: bool = False) -> Mapping:
    """Keep a mapping under a name, as one operation; raises `Invalid`.

    Its sheets are not kept: the next file has others, and they are found by their headings.
    """
    called = " ".join(name.split())
    made = replace(mapping, name=called, sheets=())
    mappings.save(workspace, called, made.as_json(), instead=instead)
    return made


def find(name: str) -> Mapping:
    """The mapping of this name; raises `Invalid`, also for one of a newer program."""
    return _read(mappings.named(name))


def fitting(headers: Iterable[Header]) -> list[Fit]:
    """All that are kept and understood, first those that know the most headings of a file."""
    there = {column.key for header in headers for column in header.columns}
    found = []
    for row in mappings.rows():
        try:
            mapping = _read(row)
        except Invalid:
            continue  # of a newer program: whoever names it is told
        found.append(Fit(mapping, len({rule.key for rule in mapping.columns} & there), len(mapping.columns)))
    return sorted(found, key=lambda fit: (-fit.common, fit.headings - fit.common))


def is_file(text: str) -> bool:
    """Whether somebody who names a mapping means a file."""
    return text.casefold().endswith(SUFFIX) or len(Path(text).parts) > 1


def _read(row: Any) -> Mapping:
    return replace(Mapping.from_json(str(row.definition)), name=str(row.name))

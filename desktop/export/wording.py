"""The words that stand for the values of a scale: the program's own, or those of a label pack.

    with using(pack):
        word(scales.PROGRESS, "implemented")  # “Closed – Implemented”

As with `i18n.speaking`, what is written within the block speaks so, each export in its own thread.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Protocol

from desktop.i18n import _
from desktop.model import scales
from desktop.model.computed import Computed
from desktop.model.kinds import Choice, Kind

SCALES: dict[str, Mapping[str, str]] = {
    "progress": scales.PROGRESS,
    "assessment": scales.PROGRESS,
    "acceptance": scales.ACCEPTANCE,
    "stage": scales.STAGE,
    "follow_up": scales.FOLLOW_UP,
}
"""The scales that packs have words for, by name; the desk's assessment may have words of its own."""


class Pack(Protocol):
    """What a label pack answers."""

    def label(self, scale: str, value: str) -> str | None:
        """The word for a value of a scale, in the language spoken; None for the program's own."""


_pack: ContextVar[Pack | None] = ContextVar("pack", default=None)


@contextmanager
def using(pack: Pack | None) -> Iterator[None]:
    """Speak in the words of a pack within the block; in the program's own with None."""
    token = _pack.set(pack)
    try:
        yield
    finally:
        _pack.reset(token)


def word(scale: Mapping[str, str], value: str, name: str = "") -> str:
    """The word for a value of a scale, in the language spoken; what is none of its values stands as it is."""
    own = _(scale[value]) if value in scale else value
    pack = _pack.get()
    if pack is None:
        return own
    name = name or next((name for name, known in SCALES.items() if known == scale), "")
    return (pack.label(name, value) or own) if name else own


def words(scale: Mapping[str, str], name: str = "") -> dict[str, list[str]]:
    """Each word of a scale with the values that it stands for, in the order of the scale."""
    found: dict[str, list[str]] = {}
    for value in scale:
        found.setdefault(word(scale, value, name), []).append(value)
    return found


def name_of(kind: Kind) -> str:
    """The name of a field's scale where that is not told by its values: the assessment has those of the status."""
    return kind.name if kind.name in SCALES else ""


def inner(kind: Kind) -> Kind:
    """The kind that shows a value: of a computed column, the one that shows what it computes."""
    return kind.as_ if isinstance(kind, Computed) else kind


def said(kind: Kind, value: Any) -> str:
    """How the value of a field reads within a sentence."""
    plain = inner(kind)
    if isinstance(plain, Choice) and value in plain.scale:
        return word(plain.scale, value, name_of(kind))
    return kind.text(value)


def cell(kind: Kind) -> Callable[[Any], Any]:
    """What makes the content of a cell of what was selected for a kind."""
    plain = inner(kind)
    if _pack.get() is None or not isinstance(plain, Choice):
        return kind.cell
    known = {value: word(plain.scale, value, name_of(kind)) for value in plain.scale}
    return lambda raw: known.get(raw) or raw or None

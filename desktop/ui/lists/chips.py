"""Which columns are shown as chips, and which RAG a chip has."""

from __future__ import annotations

from typing import Any

from desktop.model.kinds import Kind

_RAGS = frozenset({"rag", "rag_set"})
_PLAIN = frozenset({"status", "stage", "state", "assessment", "attention"})
_ATTENTION = {"overdue": "red", "due_soon": "amber", "stale": "amber"}


def is_chip(kind: Kind) -> bool:
    """Whether a list shows this field as a chip."""
    return kind.name in _RAGS | _PLAIN


def rag_of(kind: Kind, raw: Any) -> str | None:
    """The RAG in whose colours and shape a value is shown; None for a plain chip."""
    if kind.name in _RAGS:
        return str(raw)
    return _ATTENTION.get(raw) if kind.name == "attention" else None

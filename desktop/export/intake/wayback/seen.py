"""By what it is known whether a decision still fits: the same cell, with the same three values it was taken on.

It says nothing of the language nor of where the row stands: sorted and saved anew, a workbook asks the same questions.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from desktop.export.intake.wayback.proposals import Proposal

LENGTH = 16
"""Bytes; what somebody decided is kept by it, of a large workbook a hundred thousand times."""


def seen(proposal: Proposal) -> str:
    """What somebody looked at who decided of a proposal, as a digest."""
    place = (proposal.kind.value, proposal.sheet, proposal.entity, proposal.uid, proposal.key)
    values: tuple[Any, ...] = (proposal.before, proposal.basis, proposal.values, proposal.typed)
    if not (proposal.uid and (proposal.basis or proposal.values)):
        # Nothing but words and a place tells what it is about.
        values = (proposal.row, proposal.column, proposal.exported, proposal.now, proposal.came)
    said = _ENCODER.encode([*place, *values])
    return hashlib.blake2b(said.encode("utf-8", "surrogatepass"), digest_size=LENGTH).hexdigest()


def _plain(value: Any) -> Any:
    """What JSON has no word for, in an order that does not change from run to run."""
    return sorted(map(str, value)) if isinstance(value, set | frozenset) else str(value)


_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, default=_plain)

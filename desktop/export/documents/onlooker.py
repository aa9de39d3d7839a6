"""A record with all that belongs to it, as an audience sees it: for the officer, before anything leaves the post."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from desktop.export.audience import seen
from desktop.export.documents import listing
from desktop.export.documents.content import Block, Bullets, Document, Heading, words
from desktop.export.request import Request
from desktop.i18n import _, language, speaking
from desktop.service.sharing import PARTS, part_words

TOLD = ("updates",)
"""Parts that the record itself is printed with."""


def onlooker(workspace: Any, shown: Any, request: Request) -> Document:
    """The record as it is printed for the audience, and its parts; raises `ExportError` for one that is not seen."""
    made = listing.record(workspace, shown, request)
    with speaking(request.language or language()), seen(workspace, request.audience, shown) as (shown,):
        return replace(made, blocks=(*made.blocks, *_parts(shown)))


def _parts(shown: Any) -> Iterator[Block]:
    for key, (part, owner, rows) in PARTS.items():
        found = rows(shown) if isinstance(shown, owner) and key not in TOLD else []
        if found:
            yield Heading(_(part.plural), 2)
            yield Bullets(tuple(words(part_words(row)) for row in found))

"""How much of a page blocks take, in lines of a table, as far as that can be told without setting them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from desktop.export import measure
from desktop.export.documents.content import Block, Bullets, Facts, Heading, Numbered, Paragraph, Span, Table
from desktop.export.documents.fitting import WIDER, WIDTH, Section
from desktop.i18n import language

LABELS = 0.24
"""The part of the page's width that the labels of facts take."""
LARGER = 1.15
"""How much larger the text is than that of tables."""
HEADING, AFTER, BETWEEN = 2.4, 0.6, 0.25
"""What a heading takes, what stands after a block, and between its rows."""


def height(blocks: Iterable[Block]) -> float:
    """What blocks take, in lines of a table."""
    return sum(map(_lines, blocks))


def _lines(block: Block) -> float:
    if isinstance(block, Heading):
        return HEADING
    if isinstance(block, Paragraph):
        return _wrapped(block.spans) + AFTER
    if isinstance(block, Bullets | Numbered):
        return sum(_wrapped(item) for item in block.items) + len(block.items) * BETWEEN + AFTER
    if isinstance(block, Facts):
        return sum(_wrapped(spans, 1 - LABELS) + BETWEEN for _label, spans in block.rows) + AFTER
    if isinstance(block, Table):
        return Section("", block, len(block.rows)).height(len(block.rows)) - 2
    return 1.0


def _wrapped(spans: Any, part: float = 1.0) -> float:
    """The lines of a text that is a little larger than those of tables."""
    text = "".join(span.shown for span in spans if isinstance(span, Span))
    return measure.lines(text, WIDTH * part / LARGER, WIDER.get(language(), 1.0)) * LARGER

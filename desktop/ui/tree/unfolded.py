"""Which rows of the tree are open: documents and headings from the start, recommendations once somebody opens them."""

from __future__ import annotations

from typing import Any

from desktop.service.tree import Node
from desktop.ui.tree.words import heads

_MOST = 2000
"""What is remembered: beyond that the oldest are forgotten."""


class Unfolded:
    """Remembers in `state`, a dict that the settings keep, what somebody opened or closed."""

    def __init__(self, state: dict[str, Any]) -> None:
        self._state = state
        kept = state.get("turned")
        self._turned = dict.fromkeys(kept if isinstance(kept, list) else ())

    def opens(self, node: Node) -> bool:
        """Whether a node stands open."""
        return heads(node) != (node.uid in self._turned)

    def turn(self, node: Node, opened: bool) -> None:
        """Somebody opened or closed a node."""
        self._turned.pop(node.uid, None)
        if opened != heads(node):
            self._turned[node.uid] = None
        self._state["turned"] = list(self._turned)[-_MOST:]


def leads_on(node: Node) -> bool:
    """Whether something that was found stands below a node."""
    return any(child.matching or leads_on(child) for child in node.children)

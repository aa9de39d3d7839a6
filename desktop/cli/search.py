"""The command that searches everywhere.

It prints what the window's Ctrl+K shows: the records that have all words, best first, each with the sentence.
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from typing import Any

from desktop.cli import output
from desktop.cli.kinds import kind_of
from desktop.cli.opening import opened
from desktop.i18n import _, captioned, format_date, join_parts
from desktop.model import ENTITIES, Invalid, field
from desktop.service import finding
from desktop.service.finding import Hit
from desktop.store import search

WIDEST = 90
"""Columns of the longest cell."""


def search_(asked: Namespace) -> None:
    """`juntos search`"""
    text = " ".join(asked.text)
    if not search.match(text):
        raise Invalid(_("There is no letter or digit in “{text}” to search for.").format(text=text), "text")
    if asked.limit < 1:
        raise Invalid(_("A limit is at least 1."), "limit")
    kinds = tuple(dict.fromkeys(kind_of(word) for word in asked.kind)) or ENTITIES
    with opened(asked) as workspace:
        found = finding.find(workspace, text, kinds, asked.limit)
        if asked.format == "json":
            output.objects(_plain(hit) for hit in found)
        elif found:
            rows = [(hit.ref, hit.name, _rag(hit), _sentence(hit)) for hit in found]
            output.table([_("Ref"), _("Name"), _("RAG"), _("Found in")], rows, most=WIDEST)
        else:
            print(_("Nothing has “{text}” in it.").format(text=text))


def _rag(hit: Hit) -> str:
    return field(hit.entity, "rag").text(hit.rag) if hit.rag else ""


def _sentence(hit: Hit) -> str:
    sentence = hit.sentence
    if sentence is None:
        return hit.facts
    day = format_date(sentence.day) if sentence.day else ""
    return captioned(join_parts(sentence.label, day), sentence.text)


def _plain(hit: Hit) -> dict[str, Any]:
    """A hit as an object; the keys stay what they are."""
    sentence = hit.sentence
    return {
        "kind": hit.entity.key(),
        "ref": hit.ref,
        "name": hit.name,
        "rag": hit.rag or None,
        "found_in": sentence.part if sentence else None,
        "date": (sentence.day or None) if sentence else None,
        "sentence": sentence.text if sentence else None,
        "hits": [list(mark) for mark in sentence.marks] if sentence else [],
    }


COMMANDS: dict[str, Callable[[Namespace], None]] = {"search": search_}

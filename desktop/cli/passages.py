"""The commands about the texts of sources and the passages in them.

What reads files is imported by the command that does: no other one waits for it.
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from pathlib import Path
from typing import Any

from desktop.cli import output
from desktop.cli.opening import opened
from desktop.i18n import N_, _
from desktop.model import Invalid, Quote, Source, field
from desktop.model.base import Registered
from desktop.service import links, passages

COLUMNS = ("section", "paragraph", "endnotes", "state", "quote")
STATES = {"found": N_("Found"), "near": N_("Found in other words"), "lost": N_("Lost")}
"""What a passage is told to be after a text was taken in."""


def text(asked: Namespace) -> None:
    """`juntos text`"""
    from desktop.export.passages import reading

    path = Path(asked.file).expanduser()
    with opened(asked) as workspace:
        source = links.find(asked.ref)
        if not isinstance(source, Source):
            raise Invalid(_("{ref} is no source.").format(ref=source.ref), "ref")
        read = reading.read(path)
        taken = passages.take_in(workspace, source, path.name, read)
        for sentence in passages.told(taken):
            print(sentence)
        if not taken.same:
            near = {each.uid for each in taken.near}
            states = [("near" if each.uid in near else "found", each) for each in taken.found]
            rows = [(_(STATES[state]), *_row(each)) for state, each in states if state == "near"]
            rows += [(_(STATES["lost"]), *_row(each)) for each in taken.lost]
            if rows:
                output.table([_("Now"), _("Record"), _("Section"), _("Words")], rows)


def _row(quote: Any) -> tuple[str, str, str]:
    return passages.record_of(quote).ref, quote.section, " ".join(quote.quote.split())


def passages_(asked: Namespace) -> None:
    """`juntos passages`"""
    with opened(asked) as workspace:
        found = links.find(asked.ref)
        if isinstance(found, Source):
            quotes = passages.waiting(found)
        elif isinstance(found, Registered):
            quotes = passages.of(found)
        else:
            raise Invalid(_("{ref} comes from no passage of a source.").format(ref=found.ref), "ref")
        if asked.format == "json":
            output.objects(_plain(each) for each in quotes)
            return
        kinds = [field(Quote, name) for name in COLUMNS]
        heads = [_("Record"), _("Source"), *(kind.title for kind in kinds)]
        rows = [
            (
                passages.record_of(each).ref,
                workspace.say(each.edition),
                *(" ".join(kind.text(getattr(each, kind.name)).split()) for kind in kinds),
            )
            for each in quotes
        ]
        output.table(heads, rows)


def _plain(quote: Any) -> dict[str, Any]:
    """A passage as an object; the keys stay what they are."""
    edition = quote.edition
    place = {name: getattr(quote, name) for name in ("start", "end", *COLUMNS)}
    return {
        "record": passages.record_of(quote).ref,
        "source": edition.source.ref,
        "edition": edition.number,
        "file": edition.name,
        **place,
    }


COMMANDS: dict[str, Callable[[Namespace], None]] = {"text": text, "passages": passages_}

"""The texts of sources and the passages in them: taken in, quoted, found again in a newer edition, or lost.

A passage (`Quote`) keeps the words that somebody selected. Where a newer edition has them only nearly, it leads to
the place, and its words are those of before until somebody confirms the place: `unsure` tells it by that.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from desktop.i18n import _, format_number, ngettext, quoted
from desktop.model import Edition, Invalid, Quote, Recommendation, Source, Subject
from desktop.model.anchored import Anchored
from desktop.model.kinds import MAX_LINE
from desktop.service import attachments, links, records
from desktop.service.locating import Found, locate
from desktop.service.operation import Writing
from desktop.service.quoting import Anchor, SourceText, selector
from desktop.service.workspace import Workspace

FOUND, LOST = "found", "lost"
TITLE = 120
"""Characters of a passage that are proposed as a title."""
ANCHOR = ("section", "paragraph", "endnotes")
ABOVE = {"heading": ("heading",), "recommendation": ("heading",), "ask": ("recommendation", "heading")}
"""What a recommendation of each level can be part of."""

_RANGE = re.compile(r"(row )?(\d+)(?:\s*[-–]\s*(\d+))?")


@dataclass(frozen=True)
class Taken:
    """What became of a text that was taken in, and of the passages of the edition before."""

    edition: Any
    found: list[Any] = field(default_factory=list)
    """Those that it has, `near` included."""
    lost: list[Any] = field(default_factory=list)
    near: list[Any] = field(default_factory=list)
    """Those that it has in other words; for somebody to look at."""
    same: bool = False
    """Whether it is the text that was there already, so that nothing was done."""


# ---- texts


def editions(source: Any) -> list[Any]:
    """The texts of a source, the oldest first."""
    return list(Edition.select().where(Edition.source == source.id).order_by(Edition.number))


def newest(source: Any) -> Any:
    """The text of a source that counts; None where none was taken in."""
    return Edition.select().where(Edition.source == source.id).order_by(Edition.number.desc()).first()


def text_of(edition: Any) -> SourceText:
    """The text itself; raises `Invalid` where it is not in this workspace, or damaged."""
    return _text(edition.sha256, edition.name)


@lru_cache(maxsize=4)
def _text(sha256: str, name: str) -> SourceText:
    try:
        return SourceText.from_json(attachments.content(Edition(sha256=sha256, name=name)).decode())
    except ValueError as error:
        if isinstance(error, Invalid):
            raise
        raise Invalid(
            _("The text of {name} cannot be read by this version of Juntos.").format(name=quoted(name))
        ) from error


def place(text: SourceText, section: str, paragraph: str = "") -> tuple[int, int] | None:
    """Where a section and its paragraphs (`3–4`, `row 13`) stand in a text; None where it has no such section."""
    parts = [part for part in text.parts if part.section == section]
    wanted = _RANGE.fullmatch(paragraph.strip())
    if wanted is not None and parts:
        first, last = int(wanted[2]), int(wanted[3] or wanted[2])
        kind = "figure" if wanted[1] else "paragraph"
        chosen = [part for part in parts if part.kind == kind and first <= part.number <= last]
        if chosen:
            return chosen[0].start, chosen[-1].end
    return (parts[0].start, parts[0].end) if parts else None


def waiting(source: Any) -> list[Any]:
    """The passages of a source that a newer edition may have, those that were lost before among them."""
    ours = Edition.select(Edition.id).where(Edition.source == source.id)
    return list(Quote.select().where(Quote.edition.in_(ours)).order_by(Quote.id))


def seek(text: SourceText, quotes: Iterable[Any]) -> dict[tuple[str, int], Found | None]:
    """Where passages stand in a text, by uid and version; takes a while, and reads no workspace."""
    return {(quote.uid, quote.version): _sought(text, quote) for quote in quotes}


def _sought(text: SourceText, quote: Any) -> Found | None:
    near = Anchor(quote.section, quote.paragraph, quote.endnotes, None, quote.quote)
    return locate(text, quote.quote, quote.before, quote.after, near if quote.section else quote.start)


def take_in(
    workspace: Workspace,
    source: Any,
    path_name: str,
    text: SourceText,
    places: Mapping[tuple[str, int], Found | None] | None = None,
) -> Taken:
    """Keep a text as the newest of a source, and find the passages of those before in it; undo brings all back.

    `places` are what `seek` told of `waiting(source)`, where that was asked before, on a worker.
    """
    content = text.to_json().encode()
    former = newest(source)
    if former is not None and former.sha256 == hashlib.sha256(content).hexdigest():
        return Taken(former, same=True)
    name = attachments.clean_name(path_name)
    quotes = waiting(source)
    known = places or {}
    sought = seek(text, [quote for quote in quotes if (quote.uid, quote.version) not in known])
    label = _("Take in the text {name} of {record}").format(name=quoted(name), record=workspace.say(source))
    with workspace.operation(label) as writing:
        values = {
            "source": source.id,
            "number": former.number + 1 if former is not None else 1,
            "name": name,
            "added_on": workspace.today(),
            "sha256": attachments.keep_bytes(content),
        }
        taken = Taken(writing.create(Edition, values))
        for quote in quotes:
            _follow(writing, taken, text, quote, {**known, **sought}[quote.uid, quote.version])
    return taken


def _follow(writing: Writing, taken: Taken, text: SourceText, quote: Any, found: Found | None) -> None:
    """Let a passage lead to its place in the edition that was taken in, or be lost."""
    if found is None:
        writing.change(quote, {"state": LOST})
        taken.lost.append(quote)
        return
    values = _values(text, taken.edition, found.start, found.end)
    if found.exactness == "near":
        del values["quote"]
        taken.near.append(quote)
    writing.change(quote, values)
    taken.found.append(quote)


def _values(text: SourceText, edition: Any, start: int, end: int) -> dict[str, Any]:
    """The fields of a passage at a place."""
    kept, anchor = selector(text, start, end), text.at(start, end)
    return {
        "edition": edition.id,
        "start": start,
        "end": end,
        "quote": kept.quote,
        "before": kept.before,
        "after": kept.after,
        "state": FOUND,
        **anchor_values(anchor),
    }


def anchor_values(anchor: Anchor) -> dict[str, str]:
    """An anchor as the fields of a record, each cut to a line."""
    return {name: str(getattr(anchor, name))[:MAX_LINE] for name in ANCHOR}


def told(taken: Taken) -> list[str]:
    """What became of a text that was taken in, and of the passages, in sentences."""
    name, number = taken.edition.name, format_number(taken.edition.number)
    if taken.same:
        return [_("The text is the same as that of {name}; nothing was done.").format(name=name)]
    sentences = [_("{name} was taken in as edition {number}.").format(name=name, number=number)]
    counted = (
        (
            ngettext("{count} passage was found.", "{count} passages were found.", len(taken.found)),
            taken.found,
        ),
        (
            ngettext(
                "{count} of them is in other words; look at it.",
                "{count} of them are in other words; look at them.",
                len(taken.near),
            ),
            taken.near,
        ),
        (ngettext("{count} passage is lost.", "{count} passages are lost.", len(taken.lost)), taken.lost),
    )
    return sentences + [words.format(count=format_number(len(some))) for words, some in counted if some]


# ---- passages


def trimmed(text: SourceText, start: int, end: int) -> tuple[int, int]:
    """A selection without the white space at its ends; raises `Invalid` where nothing else is selected."""
    start, end = max(0, start), min(end, len(text.text))
    while start < end and text.text[start].isspace():
        start += 1
    while start < end and text.text[end - 1].isspace():
        end -= 1
    if start >= end:
        raise Invalid(_("Select the words of the passage first."), "quote")
    return start, end


def quote(
    workspace: Workspace, record: Any, edition: Any, start: int, end: int, *, replace: bool = False
) -> Any:
    """Let a record of the register come from a passage; raises `Invalid`.

    What the record says of its source is filled in where nothing stands, or with `replace` anew.
    """
    label = _("Tie {record} to a passage of {source}").format(
        record=workspace.say(record), source=Source.words_of(edition.source_id)
    )
    with workspace.operation(label) as writing:
        made = _keep(writing, record, edition, start, end)
        if isinstance(record, Anchored):
            writing.change(record, _filling(record, edition, made, replace))
    return made


def _keep(writing: Writing, record: Any, edition: Any, start: int, end: int) -> Any:
    text = text_of(edition)
    values = _values(text, edition, *trimmed(text, start, end))
    same = (Quote.subject == record.id) & (Quote.edition == edition.id)
    same &= (Quote.start == values["start"]) & (Quote.end == values["end"]) & (Quote.state == FOUND)
    if Quote.select().where(same).exists():
        record_name = writing.workspace.say(record)
        raise Invalid(_("{record} comes from this passage already.").format(record=record_name), "subject")
    return writing.create(Quote, {"subject": record.id, **values})


def _filling(record: Any, edition: Any, made: Any, replace: bool) -> dict[str, Any]:
    """What a passage says of a record's source: nothing that stands there is overwritten unless asked.

    A paragraph belongs to its section, and that to its source: where one stands and differs, what is in it stays.
    """
    filling: dict[str, Any] = {}
    place = {"source": edition.source_id, **{name: getattr(made, name) for name in ANCHOR}}
    for name, value in place.items():
        now = record.source_id if name == "source" else getattr(record, name)
        if replace or not now:
            filling[name] = value
        elif name != "endnotes" and now != value:
            break
    return filling


def propose(edition: Any, start: int, end: int, level: str = "recommendation") -> dict[str, Any]:
    """The values with which a recommendation of a level would begin, made from these characters."""
    text = text_of(edition)
    start, end = trimmed(text, start, end)
    return {
        "level": level,
        "title": title_of(text.text[start:end]),
        "parent": _above(text, edition, start, level),
        "source": edition.source_id,
        **anchor_values(text.at(start, end)),
    }


def title_of(words: str) -> str:
    """The first words of a passage, up to `TITLE` characters, on one line and without marks of notes."""
    line = re.sub(r"[⁰¹²³⁴⁵⁶⁷⁸⁹ⁱᵛˣˡᶜ]+|\[(?:[ivxlc]{1,8}|\d{1,3})\]", "", " ".join(words.split())).strip()
    if len(line) <= TITLE:
        return line.rstrip(".。").strip() or line
    spaced = line[:TITLE].rfind(" ")
    # Japanese has no spaces to cut at.
    return line[: spaced if spaced > TITLE // 2 else TITLE - 1].rstrip(" ,;:、") + "…"


def _above(text: SourceText, edition: Any, start: int, level: str) -> int | None:
    """The heading or recommendation that stands nearest before a place: by its passage, or by what it says of it."""
    wanted = ABOVE.get(level, ())
    here = (Recommendation.source == edition.source_id) & Recommendation.level.in_(wanted)
    at = {
        row.subject_id: row.start
        for row in list(Quote.select().where((Quote.edition == edition.id) & (Quote.state == FOUND)))
    }
    best: tuple[int, int, int] | None = None
    for record in list(Recommendation.select().where(here).order_by(Recommendation.ref_key)):
        named = place(text, record.section, record.paragraph) if record.section else None
        begins = at.get(record.id, named[0] if named is not None else None)
        if begins is None or begins > start:
            continue
        # A heading and its first recommendation may begin at the same words.
        ranked = begins, -wanted.index(record.level), record.id
        best = max(best, ranked) if best is not None else ranked
    return best[2] if best is not None else None


def make(
    workspace: Workspace, edition: Any, start: int, end: int, values: Mapping[str, Any]
) -> Recommendation:
    """A new recommendation or ask that comes from a passage; `values` stand before what `propose` says."""
    given = propose(edition, start, end, str(values.get("level") or "recommendation")) | dict(values)
    label = records.labelled(_("Add {kind}").format(kind=_(Recommendation.singular)), Recommendation, given)
    with workspace.operation(label) as writing:
        record = records.make(writing, Recommendation, given)
        _keep(writing, record, edition, start, end)
    return record  # type: ignore[no-any-return]


def of(record: Any) -> list[Any]:
    """The passages that a record comes from, in the order in which they were picked."""
    return list(Quote.select().where(Quote.subject == record.id).order_by(Quote.id))


def best(record: Any) -> Any:
    """The passage that leads from a record to its source: one that stands in the newest text, if any."""
    return max(
        of(record), key=lambda each: (each.state == FOUND, each.edition.number, -each.id), default=None
    )


def inside(edition: Any) -> list[Any]:
    """The passages that stand in a text, in its order."""
    here = (Quote.edition == edition.id) & (Quote.state == FOUND)
    return list(Quote.select().where(here).order_by(Quote.start, Quote.end, Quote.id))


def lost(source: Any) -> list[Any]:
    """The passages that the newest text of a source does not have."""
    return [each for each in waiting(source) if each.state == LOST]


def unsure(edition: Any) -> list[Any]:
    """The passages that lead to other words than their own: nearly the same, for somebody to look at."""
    text = text_of(edition).text
    return [each for each in inside(edition) if text[each.start : each.end] != each.quote]


def record_of(quote: Any) -> Any:
    """The record that comes from a passage."""
    return links.subject(quote.subject_id)


def _label(words: str, quote: Any) -> str:
    return words.format(record=Subject.words_of(quote.subject_id))


def relocate(workspace: Workspace, quote: Any, start: int, end: int, edition: Any = None) -> Any:
    """Say by hand where a passage stands, in the newest text of its source unless another is given."""
    where = edition or newest(quote.edition.source)
    text = text_of(where)
    with workspace.operation(_label(_("Find the passage of {record} again"), quote)) as writing:
        writing.change(quote, _values(text, where, *trimmed(text, start, end)))
    return quote


def confirm(workspace: Workspace, quote: Any) -> Any:
    """Take the words to which a passage leads as its own."""
    return relocate(workspace, quote, quote.start, quote.end, quote.edition)


def remove(workspace: Workspace, quote: Any) -> None:
    """Let a passage go; the record stays, and what it says of its source."""
    with workspace.operation(_label(_("Remove the passage of {record}"), quote)) as writing:
        writing.delete(quote)

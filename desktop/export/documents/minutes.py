"""The minutes of a meeting: a draft as it stands, or a final version, which reads the same for ever.

save(minutes(workspace, meeting, Request(language="es")), Path("Minutes.pdf"))
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from desktop.export.audience import answered, seen
from desktop.export.documents import markdown
from desktop.export.documents import meeting as told_of
from desktop.export.documents.cells import told
from desktop.export.documents.content import (
    Block,
    Document,
    Facts,
    Heading,
    Numbered,
    Paragraph,
    Properties,
    Span,
    Table,
    words,
)
from desktop.export.errors import ExportError
from desktop.export.report import completed
from desktop.export.request import Request
from desktop.i18n import (
    N_,
    _,
    captioned,
    format_date,
    format_number,
    join_list,
    join_parts,
    language,
    speaking,
)
from desktop.model import FollowUp, Meeting, MinutesVersion
from desktop.model.dates import instant
from desktop.model.visibility import INTERNAL
from desktop.service import minutes_content, minutes_state, points, versions

UNDER = 2
"""The level of heading that notes stand under."""
PROMISES = (15, 31, 18, 18, 18)
LEFT = {
    "open": N_("Not discussed."),
    "moved": N_("Moved on to a later meeting."),
    "dropped": N_("Dropped from the agenda."),
}
"""What to say of an item of which the minutes hold nothing."""


def minutes(workspace: Any, meeting: Meeting, request: Request, number: int | None = None) -> Document:
    """The document: of that version, else of the final one, else the draft. Raises `ExportError`.

    Others get what they may see of the minutes as they stand: a version has everything.
    """
    with speaking(request.language or language()):
        asked = completed(workspace, request)
        with seen(workspace, asked.audience, meeting) as (shown,):
            version = None
            if asked.audience == INTERNAL:
                version = _version(shown, number)
            elif number is not None:
                raise _for_the_post(shown)
            if version is None:
                check_held(shown)
            content = versions.content(version) if version is not None else minutes_content.of(shown)
            return _Minutes(workspace, shown, asked, version, content).document()


def _for_the_post(meeting: Any) -> ExportError:
    """That others get no version."""
    return ExportError(
        _(
            "A version of the minutes of {meeting} has everything that was said; for others, ask for the minutes"
            " without a version."
        ).format(meeting=meeting.ref)
    )


def check_held(meeting: Meeting) -> None:
    """Raise `ExportError` for a meeting of which there can be no minutes yet."""
    if meeting.state == "planned":
        raise ExportError(
            _(
                "{meeting} has not been held yet, so there are no minutes of it; ask for its brief instead."
            ).format(meeting=meeting.ref)
        )


def _version(meeting: Any, number: int | None) -> MinutesVersion | None:
    found = versions.versions(meeting)
    if number is None:
        return found[-1] if found and meeting.state == "final" else None
    for each in found:
        if each.number == number:
            return each
    known = join_list(format_number(each.number) for each in found)
    none = _("The minutes of {meeting} have no version {number}; they were never made final.")
    others = _("The minutes of {meeting} have no version {number}; they have: {known}.")
    raise ExportError(
        (others if found else none).format(meeting=meeting.ref, number=format_number(number), known=known)
    )


class _Minutes:
    def __init__(self, workspace: Any, meeting: Any, asked: Request, version: Any, content: Any) -> None:
        self.workspace, self.meeting, self.asked = workspace, meeting, asked
        self.version, self.content = version, content
        self.whole: Mapping[str, Any] = content["meeting"]
        self.post = workspace.facts.post
        self.decided = 0

    def document(self) -> Document:
        """When and who, what was said item by item, what came of it."""
        state = self._state()
        at = instant(self.version.made_at) if self.version is not None else self.workspace.now()
        return Document(
            _("Minutes: {title}").format(title=self.whole["title"]),
            tuple(self._blocks()),
            subtitle=state,
            marking=self.asked.marking,
            language=self.asked.language,
            as_of=state,
            properties=Properties(author=self.post, subject=self.meeting.ref, at=at),
        )

    def _state(self) -> str:
        """Draft of which day, or final, as which version, since when and by whom."""
        if self.version is not None:
            by = self.content["made_by"]
            day = format_date(self.workspace.local(self.version.made_at).date())
            return join_parts(minutes_state.in_words("final", self.version.number), day, by)
        final = self.asked.audience != INTERNAL and self.meeting.state == "final"
        state = minutes_state.in_words("final", None) if final else _("Draft")
        return join_parts(state, _("as of {day}").format(day=format_date(self.asked.as_of)))

    def _blocks(self) -> Iterator[Block]:
        yield self._facts()
        yield from self._attendees()
        yield from self._items()
        yield from self._further()
        yield from self._follow_ups()

    # ---- when and who

    def _facts(self) -> Facts:
        whole = self.whole
        rows = (
            (_("When"), told_of.lines(told_of.when(whole, whole.get("zone") or ""))),
            (_("Where"), words(told_of.where(whole))),
            (_("Kind"), words(Meeting.kind.text(whole["kind"]))),
            (_("Counterparts"), words("; ".join(whole["counterparts"]))),
            (_("Purpose"), words(whole["purpose"])),
        )
        return Facts(tuple((label, spans) for label, spans in rows if spans))

    def _attendees(self) -> Iterator[Block]:
        heads = self.post or _("Our side"), join_list(self.whole["counterparts"]) or _("Other side")
        table = told_of.attendees(self.content["attendees"], heads, plain=heads)
        if table is not None:
            yield Heading(_("Attendees"))
            yield table

    # ---- what was said

    def _items(self) -> Iterator[Block]:
        items = self.content["items"]
        if not items and self.whole["agenda"]:
            yield Heading(_("Agenda"))
            yield Numbered(tuple(words(line) for line in points.lines(self.whole["agenda"])))
        if items:
            yield Heading(_("Agenda and discussion"))
        for number, item in enumerate(items, start=1):
            yield Heading(f"{format_number(number)}. {item['name']}", UNDER)
            said = [point for point in self.content["points"] if point["item"] == item["uid"]]
            for point in said:
                yield from self._point(point)
            left = LEFT.get(item["state"])
            if left and not (said and item["state"] == "open"):
                yield Paragraph((Span(_(left), italic=True, muted=True),))

    def _further(self) -> Iterator[Block]:
        """What belongs to no item: points, the minutes as one text, the decisions as one text."""
        loose = [point for point in self.content["points"] if not point["item"]]
        if loose or self.whole["minutes"].strip():
            yield Heading(_("Further points") if self.content["items"] else _("Discussion"))
        for point in loose:
            yield from self._point(point)
        yield from markdown.blocks(self.whole["minutes"], UNDER)
        further = points.lines(self.whole["decisions"])
        if further:
            yield Heading(_("Decisions"))
        for text in further:
            yield from self._decision(text)

    def _point(self, point: Mapping[str, Any]) -> Iterator[Block]:
        if point["kind"] == "decision":
            yield from self._decision(point["name"])
        elif point["kind"] == "follow_up":
            title = next(
                (each["name"] for each in self.content["follow_ups"] if each["ref"] == point["follow_up"]), ""
            )
            yield from _marked(captioned(_("Follow-up"), point["follow_up"]), point["name"] or title)
        else:
            yield from markdown.blocks(point["name"], UNDER)

    def _decision(self, text: str) -> Iterator[Block]:
        """A decision, numbered through the whole of the minutes."""
        self.decided += 1
        yield from _marked(_("Decision D{number}").format(number=format_number(self.decided)), text)

    # ---- what came of it

    def _follow_ups(self) -> Iterator[Block]:
        promised: Sequence[Mapping[str, Any]] = self.content["follow_ups"]
        if not promised:
            return
        yield Heading(_("Follow-ups"))
        heads = (_("Ref"), _("Follow-up"), _("Owed by"), _("Owed to"), _("Due"))
        withheld = {end: self._withheld(end) for end in ("owed_by", "owed_to")}
        rows = []
        for each in promised:
            owner = captioned(_("Owner"), each["owner"]) if each["owner"] else ""
            ends = (
                join_parts(each[f"{end}_person"], each[end]) or ("" if each["uid"] in hidden else self.post)
                for end, hidden in withheld.items()
            )
            what = told(each["name"], owner)
            rows.append((words(each["ref"]), what, *map(words, ends), words(format_date(each["due_on"]))))
        yield Table(heads, tuple(rows), PROMISES)

    def _withheld(self, end: str) -> set[str]:
        """The follow-ups (uids) of which others are not told who stands at an end: it is not the post."""
        if self.asked.audience == INTERNAL:
            return set()
        ids = {row.id: row.uid for row in FollowUp.select().where(FollowUp.meeting == self.meeting.id)}
        return {ids[number] for number in answered(self.workspace, ids, end)}


def _marked(label: str, text: str) -> Iterator[Block]:
    """A text with what it is in bold before its first words."""
    first, *rest = markdown.blocks(text, UNDER) or (Paragraph(()),)
    before = Span(f"{label}  ", bold=True)
    if isinstance(first, Paragraph):
        yield replace(first, spans=(before, *first.spans))
    else:
        yield Paragraph((before,))
        yield first
    yield from rest

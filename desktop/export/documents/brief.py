"""The brief for a meeting: on two pages who comes, what it is about, what is owed both ways, how things stand.

    save(brief(workspace, meeting, Request(language="ja")), Path("Brief.docx"))

It shows what bears on this meeting and its counterparts, and nothing else of the workspace.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from desktop.export.audience import seen
from desktop.export.documents import markdown, owed, standing
from desktop.export.documents import meeting as told_of
from desktop.export.documents.cells import short
from desktop.export.documents.content import (
    Block,
    Bullets,
    Document,
    Facts,
    Heading,
    Numbered,
    Paragraph,
    Properties,
    Span,
    Spans,
    words,
)
from desktop.export.documents.fitting import LINES, fitted
from desktop.export.documents.heights import height
from desktop.export.documents.standing import ROOMY, SHOWN, TIGHT, Cut
from desktop.export.report import completed
from desktop.export.request import Request
from desktop.i18n import (
    _,
    captioned,
    format_date,
    join_parts,
    language,
    speaking,
)
from desktop.model import (
    AgendaItem,
    Meeting,
    Organisation,
    Series,
)
from desktop.model.sets import SubjectOrganisation
from desktop.service import (
    agenda,
    carry_over,
    links,
    minutes_content,
    minutes_state,
    points,
    versions,
)

PAGES = 2
TOP = 7.0
"""Lines that title and subtitle take, with what the pages lose at their ends."""


class Most(NamedTuple):
    """How much is told at a length, and so many rows each table must then have room for.

    So many attendees a side, items of the agenda, topics left over and decisions of the last meeting; what the
    purpose, and a point of a list, take before they are cut, in hundredths of an em; and how tables cut theirs.
    """

    rows: int
    names: int
    items: int
    left: int
    decisions: int
    purpose: float
    line: float
    cut: Cut


LENGTHS = (
    Most(SHOWN, 10, 12, 6, 6, 27_000, 8_000, ROOMY),
    Most(3, 10, 12, 6, 6, 27_000, 8_000, TIGHT),
    Most(3, 10, 8, 4, 4, 16_000, 4_100, TIGHT),
    Most(3, 6, 6, 3, 3, 8_000, 4_100, TIGHT),
    Most(3, 4, 5, 2, 2, 4_000, 3_400, TIGHT),
)
"""The first at which the tables have their room is taken, or else the last."""


def brief(workspace: Any, meeting: Meeting, request: Request) -> Document:
    """The document, in the language asked for; raises `ExportError` for what makes no sense, or is not for
    the audience."""
    with speaking(request.language or language()):
        asked = completed(workspace, request)
        with seen(workspace, asked.audience, meeting) as (shown,):
            return _Brief(workspace, shown, asked).document()


class _Brief:
    def __init__(self, workspace: Any, meeting: Any, asked: Request) -> None:
        self.workspace, self.meeting, self.asked = workspace, meeting, asked
        self.content = minutes_content.of(meeting)
        self.counterparts = Meeting.counterparts.read(meeting.id)
        self.items = agenda.items(meeting)
        self.carried = carry_over.of(meeting)
        self.most = LENGTHS[0]

    def document(self) -> Document:
        """Who and what first, then what is owed, then how the things that it is about stand."""
        asked, post = self.asked, self.workspace.facts.post
        as_of = _("As of {day}").format(day=format_date(asked.as_of))
        by = captioned(_("Prepared by"), asked.prepared_by) if asked.prepared_by else ""
        return Document(
            _("Meeting brief: {title}").format(title=self.meeting.title),
            tuple(self._blocks()),
            subtitle=" · ".join(part for part in (post, as_of, by) if part),
            marking=asked.marking,
            language=asked.language,
            as_of=as_of,
            properties=Properties(author=post, subject=self.meeting.ref, at=self.workspace.now()),
        )

    def _blocks(self) -> list[Block]:
        promises = owed.still_open(self.carried.follow_ups, self.items)
        related = standing.related(self.meeting, self.items, promises)
        for most in LENGTHS:
            self.most = most
            ledger = owed.sections(self.workspace, promises, self.counterparts, most.cut)
            stands = standing.section(self.workspace, related, most.cut)
            sections = [section for section in (*ledger, stands) if section.count]
            before = [self._facts(), *self._attendees(), *self._agenda(), *self._left()]
            for section in ledger[:2]:
                if not section.count:
                    before += [Heading(section.title), Paragraph(words(_("Nothing is open."), muted=True))]
            after = self._last()
            room = PAGES * LINES - TOP - height(before) - height(after)
            if room >= sum(section.height(min(most.rows, len(section.table.rows))) for section in sections):
                break
        return before + fitted(sections, room) + after

    # ---- who and what

    def _facts(self) -> Facts:
        whole, meeting = self.content["meeting"], self.meeting
        series = Series.pick(Series.title, Series.id == meeting.series_id) if meeting.series_id else ""
        names = (self._organisation(each) for each in sorted(self.counterparts))
        rows = (
            (_("When"), told_of.lines(told_of.when(whole, self.workspace.facts.zone))),
            (_("Where"), words(told_of.where(whole))),
            (_("Kind"), words(Meeting.kind.text(meeting.kind))),
            (_("Series"), words(short(series, self.most.line))),
            (_("Counterparts"), words(short("; ".join(names), self.most.line))),
            (_("Purpose"), words(short(meeting.purpose, self.most.purpose))),
        )
        return Facts(tuple((label, spans) for label, spans in rows if spans))

    def _organisation(self, organisation_id: int) -> str:
        known: Any = Organisation.get_by_id(organisation_id)
        name = " ".join(part for part in (known.name, known.own_name) if part)
        return f"{name} ({known.acronym})" if known.acronym and known.acronym not in name else name

    def _attendees(self) -> list[Block]:
        found, heads = self.content["attendees"], (_("Our side"), _("Their side"))
        table = told_of.attendees(found, heads, self.most.names, (self.workspace.facts.post,))
        return [Heading(_("Attendees")), table] if table is not None else []

    def _agenda(self) -> list[Block]:
        texts = [self._item(item) for item in self.items if item.state not in ("dropped", "moved")]
        texts += [words(short(line, self.most.line)) for line in points.lines(self.meeting.agenda)]
        if not texts:
            return []
        found: list[Block] = [Heading(_("Agenda")), Numbered(tuple(texts[: self.most.items]))]
        return found + _rest(len(texts) - self.most.items)

    def _item(self, item: Any) -> Spans:
        about = links.subject(item.subject_id).ref if item.subject_id else ""
        carried = AgendaItem.get_or_none(AgendaItem.id == item.carried_from_id)
        origin = (
            _("carried over from {meeting}").format(meeting=Meeting.words_of(carried.meeting_id))
            if carried is not None
            else ""
        )
        state = AgendaItem.state.text(item.state) if item.state != "open" else ""
        beside = join_parts(about, origin, state)
        topic = Span(short(item.topic, self.most.line))
        return (topic, Span(f"  {beside}", muted=True)) if beside else (topic,)

    def _left(self) -> list[Block]:
        """What earlier meetings with them left undiscussed and is not on this agenda."""
        topics = self.carried.topics
        if not topics:
            return []
        items = tuple(
            (
                Span(short(each.topic, self.most.line)),
                Span(f"  {Meeting.words_of(each.meeting_id)}", muted=True),
            )
            for each in topics[: self.most.left]
        )
        found: list[Block] = [Heading(_("Left over from earlier meetings")), Bullets(items)]
        return found + _rest(len(topics) - self.most.left)

    # ---- the last meeting

    def _last(self) -> list[Block]:
        last = self._last_meeting()
        if last is None:
            return []
        final = versions.versions(last)
        state = minutes_state.in_words(last.state, final[-1].number if final else None)
        said = join_parts(last.ref, format_date(last.on, "weekday"), state)
        head: list[Block] = [
            Heading(_("Last meeting with them")),
            Paragraph((Span(short(last.title, self.most.line), bold=True), Span(f"  {said}", muted=True))),
        ]
        decided = [markdown.flat(point.text) for point in points.of(last) if point.kind == "decision"]
        decided += points.lines(last.decisions)
        if not decided:
            return [*head, Paragraph(words(_("No decision is on record."), muted=True))]
        items = tuple(words(short(text, self.most.line)) for text in decided[: self.most.decisions])
        head.append(Paragraph(words(captioned(_("Decisions"), "").rstrip())))
        return [*head, Numbered(items), *_rest(len(decided) - self.most.decisions)]

    def _last_meeting(self) -> Any:
        """The last one that was held with any of the counterparts before this one."""
        if not self.counterparts:
            return None
        role, ids = SubjectOrganisation.role == "counterpart", list(self.counterparts)
        met = SubjectOrganisation.select(SubjectOrganisation.subject).where(
            role & SubjectOrganisation.organisation.in_(ids)
        )
        this: Any = self.meeting
        earlier = (Meeting.on < this.on) | ((Meeting.on == this.on) & (Meeting.id < this.id))
        held = (Meeting.state != "planned") & ~Meeting.historic & (Meeting.id != this.id)
        rows = Meeting.select().where(Meeting.id.in_(met) & held & earlier)
        return rows.order_by(Meeting.on.desc(), Meeting.id.desc()).first()


def _rest(count: int) -> list[Block]:
    """That there are more, if there are."""
    return [Paragraph(words(told_of.more(count), muted=True))] if count > 0 else []

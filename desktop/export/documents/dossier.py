"""The dossier of a country: on two pages how things stand with it, for whoever goes there or is asked about it.

    save(dossier(workspace, "CL", Request(language="ja")), Path("Chile.docx"))

Each part shows so many rows and says how many more there are; what is most pressing stands first.
"""

from __future__ import annotations

from typing import Any

from desktop.countries import country_name
from desktop.export.documents.cells import short, told
from desktop.export.documents.content import (
    Block,
    Document,
    Paragraph,
    Properties,
    Span,
    Spans,
    Table,
    words,
)
from desktop.export.documents.fitting import LINES, Section, fitted
from desktop.export.report import completed
from desktop.export.request import Request
from desktop.i18n import (
    _,
    captioned,
    format_date,
    format_number,
    join_parts,
    language,
    ngettext,
    speaking,
)
from desktop.model import scales
from desktop.service import country, query
from desktop.service.apart import apart
from desktop.service.country import OURS, RAGS, THEIRS, Country, Part
from desktop.service.query import Row

PAGES = 2
TOP = 9.0
"""Lines that title, headline and colours take."""
SHOWN = 12
"""Rows of a part that are looked at; as many stand there as the pages hold."""
PROGRESS, STILL = (14, 29, 13, 10, 34), (14, 61, 15, 10)
"""Widths of the tables that tell of progress, and where there is none to tell."""


def dossier(workspace: Any, code: str, request: Request) -> Document:
    """The document, in the language asked for; raises `ExportError` for what makes no sense."""
    with speaking(request.language or language()):
        asked = completed(workspace, request)
        with apart(workspace, asked.as_of, asked.audience) as seen:
            known = country.view(seen, code, SHOWN)
        return _Dossier(workspace, asked, known).document()


class _Dossier:
    def __init__(self, workspace: Any, asked: Request, known: Country) -> None:
        self.workspace, self.asked, self.known = workspace, asked, known

    def document(self) -> Document:
        """All parts of which there is anything."""
        name = country_name(self.known.code)
        now = self.workspace.now()
        as_of = _("As of {day}").format(day=format_date(self.asked.as_of))
        by = captioned(_("Prepared by"), self.asked.prepared_by) if self.asked.prepared_by else ""
        title = _("{country}: dossier").format(country=name)
        return Document(
            title,
            tuple(self._blocks()),
            subtitle=" · ".join(part for part in (self.workspace.facts.post, as_of, by) if part),
            marking=self.asked.marking,
            language=self.asked.language,
            as_of=as_of,
            properties=Properties(author=self.workspace.facts.post, subject=name, at=now),
        )

    def _blocks(self) -> list[Block]:
        known = self.known
        counted = known.counts.words()
        if not counted and not known.planned.count:
            nothing = _("Nothing that concerns {country} has been entered yet.")
            return [Paragraph(words(nothing.format(country=country_name(known.code))))]
        found: list[Block] = [Paragraph(self._headline())]
        if known.recommendations.count:
            found.append(Paragraph(self._colours()))
        sections = (
            self._recommendations(),
            self._initiatives(),
            self._promises(_("Owed by us"), _("Owed to"), [known.commitments[OURS]]),
            self._promises(
                _("Owed by the other sides"), _("Owed by"), [known.commitments[side] for side in THEIRS]
            ),
            self._meetings(known.planned),
            self._meetings(known.contacts),
            self._people(),
        )
        return found + fitted(sections, PAGES * LINES - TOP)

    # ---- the sentence at the head

    def _headline(self) -> Spans:
        parts = [join_parts(*self.known.counts.words())]
        contacts, planned = self.known.contacts, self.known.planned
        if contacts.rows:
            parts.append(_("last contact on {day}").format(day=_shown(contacts, contacts.rows[0])["on"]))
        if planned.rows:
            parts.append(_("next meeting on {day}").format(day=_shown(planned, planned.rows[0])["on"]))
        return words(
            _("{sentence}.").format(sentence=_("; ").join(part for part in parts if part)), bold=True
        )

    def _colours(self) -> Spans:
        """How many recommendations are red, amber, green and grey, the words beside the shapes."""
        spans = [Span(captioned(_("Recommendations"), ""), muted=True)]
        for rag in RAGS:
            if self.known.rag[rag]:
                count = format_number(self.known.rag[rag])
                spans += [Span(f"{count} {_(scales.RAG[rag])}", tone=rag), Span("   ")]
        return tuple(spans)

    # ---- the parts

    def _recommendations(self) -> Section:
        part = self.known.recommendations
        rows, tones = [], []
        for row in part.rows:
            shown, rag = _shown(part, row), _raw(part, row)["rag"]
            assessed = shown["assessment"] if shown["assessment"] != shown["status"] else ""
            desk = _("Desk: {status}").format(status=assessed) if assessed else ""
            cells = words(shown["ref"]), words(short(shown["title"])), told(shown["status"], desk)
            rows.append((*cells, words("", tone=rag), self._last(row)))
            tones.append(("", "", "", rag, ""))
        heads = (_("Ref"), _("Recommendation"), _("Status"), _("RAG"), _("Last update and next step"))
        return _progress(part, Table(heads, tuple(rows), PROGRESS, tuple(tones)))

    def _initiatives(self) -> Section:
        part = self.known.initiatives
        rows, tones = [], []
        for row in part.rows:
            shown, rag = _shown(part, row), _raw(part, row)["rag"]
            value = f"{shown['currency']} {shown['value']}" if shown["value"] else ""
            name = told(short(shown["name"]), short(join_parts(shown["partners"], value)))
            cells = words(shown["ref"]), name, words(shown["stage"])
            rows.append((*cells, words("", tone=rag), self._last(row)))
            tones.append(("", "", "", rag, ""))
        heads = (
            _("Ref"),
            _("Initiative, partners, value"),
            _("Stage"),
            _("RAG"),
            _("Last update and next step"),
        )
        return _progress(part, Table(heads, tuple(rows), PROGRESS, tuple(tones)))

    def _last(self, row: Row) -> Spans:
        """The last report on a record: its day, what was done, what is next."""
        said = self.known.said.get(str(row[1]))
        if said is None:
            return ()
        step = _("Next: {step}").format(step=said.next) if said.next else ""
        return told(short(f"{said.on} {said.done}"), short(step))

    def _promises(self, title: str, other: str, parts: list[Part]) -> Section:
        """Open commitments in one direction, the first due first."""
        due = [(part, row) for part in parts for row in part.rows]
        due.sort(key=lambda each: _raw(*each)["due_on"] or "~")
        rows, tones = [], []
        for part, row in due[:SHOWN]:
            shown, raw = _shown(part, row), _raw(part, row)
            what = told(short(shown["title"]), join_parts(*_standing(shown, raw)))
            cells = words(shown["ref"]), what, words(short(shown["counterpart"])), words(raw["due_on"] or "")
            rows.append((*cells, words("", tone=raw["rag"])))
            tones.append(("", "", "", "", raw["rag"]))
        heads = (_("Ref"), _("Commitment"), other, _("Due"), _("RAG"))
        table = Table(heads, tuple(rows), (14, 42, 20, 13, 11), tuple(tones))
        return Section(title, table, sum(part.count for part in parts))

    def _meetings(self, part: Part) -> Section:
        rows = []
        for row in part.rows:
            shown = _shown(part, row)
            there = join_parts(shown["counterparts"], shown["attendees_theirs"])
            cells = (_raw(part, row)["on"], short(shown["title"]), short(there), short(shown["place"]))
            rows.append(tuple(map(words, cells)))
        heads = (_("Date"), _("Meeting"), _("With"), _("Place"))
        return Section(_(part.title), Table(heads, tuple(rows), (13, 38, 35, 14)), part.count)

    def _people(self) -> Section:
        part = self.known.people
        rows = []
        for row in part.rows:
            shown = _shown(part, row)
            name = " ".join(text for text in (shown["name"], shown["own_name"]) if text)
            office = short(join_parts(shown["title"], shown["organisation"]))
            rows.append(tuple(map(words, (short(name), office, _raw(part, row)["last_contact"] or ""))))
        heads = (_("Name"), _("Office and organisation"), _("Last contact"))
        return Section(_(part.title), Table(heads, tuple(rows), (33, 50, 17)), part.count)


def _progress(part: Part, table: Table) -> Section:
    """A table that tells of progress in its last column; without that where nothing was reported on any row."""
    if not any(row[-1] for row in table.rows):
        rows = tuple(row[:-1] for row in table.rows)
        table = Table(table.headers[:-1], rows, STILL, tuple(row[:-1] for row in table.tones))
    return Section(_(part.title), table, part.count)


def _standing(shown: dict[str, str], raw: dict[str, Any]) -> list[str]:
    """What is to be said of an open commitment beyond that it is open."""
    said = [shown["status"]] if raw["status"] != "open" else []
    slipped = int(raw["times_slipped"] or 0)
    if slipped:
        moved = ngettext("moved {count} time", "moved {count} times", slipped)
        said.append(moved.format(count=format_number(slipped)))
    return said


def _shown(part: Part, row: Row) -> dict[str, str]:
    return dict(zip(part.query.columns, query.shown(part.query, row), strict=True))


def _raw(part: Part, row: Row) -> dict[str, Any]:
    return dict(zip(part.query.columns, row[1:], strict=True))

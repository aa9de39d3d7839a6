"""What is above an audience is in nothing that goes out: each kind of file is unpacked and searched for it."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication

from desktop.export import calendar, chasing, layouts, mail
from desktop.export.documents import attached, brief, dossier, listing, minutes
from desktop.export.documents.content import Table
from desktop.export.documents.saving import PDF, WORD, suggested_name
from desktop.export.errors import ExportError
from desktop.export.layouts import Definition, LayoutSheet
from desktop.export.report import export
from desktop.export.request import Request
from desktop.export.table import write_csv
from desktop.i18n import speaking
from desktop.model import (
    ENTITIES,
    FollowUp,
    Invalid,
    Meeting,
    Organisation,
    Person,
    Recommendation,
    fields,
)
from desktop.model.visibility import INTERNAL, PARTNER, PUBLIC
from desktop.service import query, sharing
from desktop.service.apart import apart
from desktop.service.query import Condition, Query
from desktop.service.workspace import Workspace
from desktop.store import audience as views
from desktop.ui.pdf import print_pdf
from tests.export.conftest import Clock, Make
from tests.export.fuller import base
from tests.export.planted import MARK, World
from tests.export.unpacked import found

File = tuple[str, bytes]
Write = Callable[[Workspace, str, Path], Iterator[File]]
SEEDS = (1, 2)


@pytest.fixture(scope="module")
def begun(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The world before anything is planted, made once."""
    path = tmp_path_factory.mktemp("begun") / "world.juntos"
    with speaking("en"):
        base(built, path)
    return path


def opened(begun: Path, path: Path) -> Workspace:
    """A copy of it. Nobody is signed in: who signs a letter is the officer's business."""
    path.write_bytes(begun.read_bytes())
    return Workspace.open(path, clock=Clock())


# ---- each kind of file


def workbooks(workspace: Workspace, audience: str, folder: Path) -> Iterator[File]:
    for number, layout in enumerate(layouts.layouts()):
        for since in ("", "2026-07-01"):
            path = folder / f"{number}{since}.xlsx"
            request = Request(audience=audience, layout=layout.key, since=since, period_from="2026-07-01")
            yield path.name, export(workspace, request, path).path.read_bytes()


def lists(workspace: Workspace, audience: str, folder: Path) -> Iterator[File]:
    for entity in ENTITIES:
        asked = Query(entity, tuple(kind.name for kind in fields(entity)))
        path = folder / f"{entity.key()}.xlsx"
        yield path.name, export(workspace, Request(audience=audience, only=asked), path).path.read_bytes()
        stream = io.StringIO()
        write_csv(workspace, asked, stream, audience)
        yield f"{entity.key()}.csv", stream.getvalue().encode()


def about_records(workspace: Workspace, audience: str, _folder: Path) -> Iterator[File]:
    for entity in ENTITIES:
        names = tuple(kind.name for kind in fields(entity))
        for group in ("", "owner") if "owner" in names else ("",):
            asked = Query(entity, names, group=group)
            below = listing.narrowed(replace(asked, text=f"{MARK}a"))
            document = listing.listing(workspace, asked, f"Mine {MARK}", Request(audience=audience), below)
            yield "list.docx", attached.content(document)
        for record in entity.select():
            with refusing():
                document = listing.record(workspace, record, Request(audience=audience))
                yield suggested_name("Record", document.title), attached.content(document)


def meetings(workspace: Workspace, audience: str, _folder: Path) -> Iterator[File]:
    request = Request(audience=audience)
    for meeting in Meeting.select():
        with refusing():
            yield attached.brief_name(meeting), attached.content(brief.brief(workspace, meeting, request))
        with refusing():
            yield from minutes_of(workspace, meeting, request)
    for code in ("CL", "JP", "US", "PE"):
        yield "dossier.docx", attached.content(dossier.dossier(workspace, code, request))


def minutes_of(workspace: Workspace, meeting: Any, request: Request) -> Iterator[File]:
    document = minutes.minutes(workspace, meeting, request)
    name = attached.minutes_name(meeting, WORD, audience=request.audience)
    content = attached.content(document)
    yield name, content
    yield "minutes.eml", mail.minutes_mail(workspace, meeting, content, name, "en", request.audience)[0]


def printed(workspace: Workspace, audience: str, _folder: Path) -> Iterator[File]:
    request = Request(audience=audience)
    documents = [dossier.dossier(workspace, "CL", request)]
    asked = Query(FollowUp, tuple(kind.name for kind in fields(FollowUp) if kind.listed))
    documents.append(listing.listing(workspace, asked, "List", request))
    for meeting in Meeting.select():
        for make in (brief.brief, minutes.minutes):
            with refusing():
                documents.append(make(workspace, meeting, request))
    for document in documents:
        yield "document.pdf", attached.content(document, PDF, printer=print_pdf)


def correspondence(workspace: Workspace, audience: str, _folder: Path) -> Iterator[File]:
    for meeting in Meeting.select():
        for make in (calendar.invite, calendar.meeting_calendar):
            with refusing():
                yield f"{meeting.ref}.ics", make(workspace, meeting, language="en", audience=audience)
    with refusing():
        dates = calendar.due_dates(workspace, FollowUp.select(), language="ja", audience=audience)
        yield "due.ics", dates
    for organisation in Organisation.select():
        with refusing():
            yield "remind.eml", chasing.reminder_mail(workspace, organisation, "en", audience)


class refusing:  # noqa: N801
    """What is not for the audience is refused: that is as well."""

    def __enter__(self) -> None: ...

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: object) -> bool:
        return isinstance(error, ExportError | Invalid)


FILES: dict[str, Write] = {
    "workbooks": workbooks,
    "lists": lists,
    "about_records": about_records,
    "meetings": meetings,
    "printed": printed,
    "correspondence": correspondence,
}


@pytest.mark.parametrize("kind", FILES)
@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("audience", [PARTNER, PUBLIC])
def test_nothing_that_is_hidden_goes_out(
    begun: Path, tmp_path: Path, qapp: QApplication, audience: str, seed: int, kind: str
) -> None:
    workspace = opened(begun, tmp_path / "world.juntos")
    try:
        world = World(workspace, audience, seed)
        world.plant()
        world.report()
        assert world.planted > 100
        hidden = [MARK, *world.uids()]
        count = 0
        for name, content in FILES[kind](workspace, audience, tmp_path):
            # What the officer named the file that it is kept in is no part of it.
            assert found(content, "" if kind in ("correspondence", "about_records") else name, hidden) == []
            count += 1
        assert count
    finally:
        workspace.close()


@pytest.mark.parametrize("kind", FILES)
def test_the_search_finds_what_the_views_keep_back(
    begun: Path, tmp_path: Path, qapp: QApplication, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    """Without the views all of it goes out, and the search sees it in each kind of file."""
    monkeypatch.setattr(views, "install", lambda connection, audience: None)
    workspace = opened(begun, tmp_path / "world.juntos")
    try:
        World(workspace, PARTNER, 1).plant()
        seen: dict[str, bool] = {}
        for name, content in FILES[kind](workspace, PARTNER, tmp_path):
            form = name.rpartition(".")[2]
            seen[form] = seen.get(form, False) or bool(found(content, "", [MARK]))
        assert seen
        assert all(seen.values()), seen
    finally:
        workspace.close()


# ---- what is not there is in no count


def cells(path: Path) -> dict[str, list[list[Any]]]:
    """Every sheet of a workbook, the hidden ones too, with its name."""
    book = openpyxl.load_workbook(path)
    return {
        sheet.title: [[sheet.sheet_state, sheet.dimensions]]
        + [[cell.value for cell in row] for row in sheet.iter_rows()]
        for sheet in book
    }


@settings(
    max_examples=4,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    deadline=None,
)
@given(seed=st.integers(0, 10_000), audience=st.sampled_from([PARTNER, PUBLIC]))
def test_it_is_the_workbook_of_a_world_without_all_that(
    begun: Path, tmp_path: Path, seed: int, audience: str
) -> None:
    """Sheet for sheet and cell for cell the same: no count, no date, no colour tells that there is more."""
    books: list[list[dict[str, Any]]] = []
    for number, change in enumerate((World.plant, World.delete)):
        folder = tmp_path / f"{seed}-{audience}-{number}"
        folder.mkdir(exist_ok=True)
        workspace = opened(begun, folder / "world.juntos")
        try:
            world = World(workspace, audience, seed)
            change(world)
            books.append([])
            for place, layout in enumerate(layouts.layouts()):
                path = folder / f"{place}.xlsx"
                request = Request(audience=audience, layout=layout.key, period_from="2026-07-01")
                if layout.shipped:
                    report = export(workspace, request, path, replace=True)
                    text = {
                        name: str(rows).replace(report.export_uid, "") for name, rows in cells(path).items()
                    }
                    books[-1].append(text)
        finally:
            workspace.close()
    for planted, deleted in zip(*books, strict=True):
        assert planted == deleted


def test_a_record_that_is_internal_is_refused_with_what_to_do(workspace: Workspace) -> None:
    meeting = Meeting.get(Meeting.title == "Call on the Minister")
    for make in (brief.brief, minutes.minutes):
        with pytest.raises(ExportError, match=f"{meeting.ref} is internal; share it with the partner first."):
            make(workspace, meeting, Request(audience=PARTNER))
    with pytest.raises(ExportError, match=f"{meeting.ref} is not public; make it public first."):
        calendar.invite(workspace, meeting, language="en", audience=PUBLIC)
    with pytest.raises(ExportError, match="is no audience"):
        calendar.invite(workspace, meeting, language="en", audience="everybody")


def test_who_stands_at_an_end_is_not_the_post_because_nobody_is_named(workspace: Workspace) -> None:
    """Minutes say of an end without a name that it is the post; not of one whose name is only not shown."""
    meeting = Meeting.get(Meeting.title == "Call on the Minister")
    with workspace.operation("share") as writing:
        writing.change(meeting, {"visibility": PARTNER})
        for row in FollowUp.select().where(FollowUp.meeting == meeting.id):
            writing.change(row, {"visibility": PARTNER})
    document = minutes.minutes(workspace, meeting, Request(audience=PARTNER))
    told = [str(block) for block in document.blocks if "Owed by" in str(block)]
    post = Organisation.get(Organisation.uid == workspace.facts.post_uid).id
    ends = [
        (row.__data__[end], row.__data__[f"{end}_person"])
        for row in FollowUp.select().where(FollowUp.meeting == meeting.id)
        for end in ("owed_by", "owed_to")
    ]
    ours = sum(person is None and organisation in (None, post) for organisation, person in ends)
    assert 0 < ours < len(ends)
    assert told[0].count(workspace.facts.post) == ours


def test_a_search_is_not_told_of(workspace: Workspace) -> None:
    with workspace.operation("share") as writing:
        for row in FollowUp.select():
            writing.change(row, {"visibility": PUBLIC})
    asked = Query(FollowUp, ("ref", "title"), text="draft", where=(Condition("priority", "in", ("high",)),))
    document = listing.listing(workspace, asked, "Draft?", Request(audience=PUBLIC), listing.narrowed(asked))
    assert document.title == "Follow-ups"
    assert "draft" not in document.subtitle.lower()
    assert str(document.blocks).count("Send the draft")


def test_a_workbook_of_a_list_does_not_say_what_it_is_narrowed_to(workspace: Workspace, make: Make) -> None:
    with workspace.operation("share") as writing:
        for row in FollowUp.select():
            writing.change(row, {"visibility": PARTNER})
    hidden = Person.get(Person.name == "Ana Silva Pereira")
    narrowed = Condition("priority", "in", ("high", "low")), Condition("owner", "not", (hidden.id,))
    asked = Query(FollowUp, ("ref", "title"), text="draft", where=narrowed)
    ours, theirs = (
        make(workspace, Request(only=asked, audience=each), f"{each}.xlsx") for each in (INTERNAL, PARTNER)
    )
    assert ours.part("docProps/core.xml").count("containing “draft”") == 1, "the control"
    assert theirs.column("Follow-ups", "Follow-up")
    for name in ("docProps/core.xml", "xl/worksheets/sheet1.xml"):
        for word in ("containing", "Priority", "Owner"):
            assert word not in theirs.part(name)


def test_a_filter_of_a_layout_names_nothing_that_is_hidden(workspace: Workspace, make: Make) -> None:
    hidden = Person.get(Person.name == "Ana Silva Pereira")
    asked = ("owner", (str(hidden.uid),)), ("assessment", ("stalled",))
    sheets = LayoutSheet("cover"), LayoutSheet("recommendations", where=asked)
    key = layouts.save(workspace, Definition("", "Ours", sheets)).key
    told = []
    for audience in (INTERNAL, PARTNER):
        made = make(workspace, Request(layout=key, audience=audience))
        told += [cell.value for cell in made.book["Recommendations"][1][1:] if cell.value]
    assert told[0] == "Recommendations: Owner: Ana Silva Pereira; Assessment (desk): Stalled"
    assert told[1] == "Recommendations: Owner: what is not there any more"


@pytest.mark.parametrize("layout", ["status_report", "follow_up_table", "plain"])
def test_a_column_that_never_leaves_the_post_is_not_even_empty(
    workspace: Workspace, make: Make, layout: str
) -> None:
    """Its heading would tell that there is one, and its dropdown ask the partner to fill it in."""
    confined = {"Assessment (desk)", "Evaluation"}
    for audience, there in ((INTERNAL, True), (PARTNER, False)):
        made = make(workspace, Request(layout=layout, audience=audience))
        headings = {cell.value for sheet in made.book for cell in sheet[2]}
        assert bool(confined & headings) == there
        assert ("assessment" in str(cells(made.path)["_sync"])) == there


def test_a_list_for_others_has_no_such_column_either(workspace: Workspace, make: Make) -> None:
    asked = Query(Recommendation, ("ref", "assessment"), group="assessment")
    for audience, there in ((INTERNAL, True), (PARTNER, False)):
        with workspace.operation("share") as writing:
            writing.change(Recommendation.get(), {"visibility": PARTNER})
        stream = io.StringIO()
        write_csv(workspace, asked, stream, audience)
        document = listing.listing(workspace, asked, "", Request(audience=audience))
        book = make(workspace, Request(audience=audience, only=asked)).part("xl/worksheets/sheet1.xml")
        for text in (stream.getvalue(), str(document.blocks), book):
            assert ("Assessment" in text) == there
    assert write_csv(workspace, replace(asked, columns=("assessment",)), io.StringIO(), PARTNER) == 1


def test_an_officer_whose_record_is_hidden_is_not_named_as_who_prepared_it(
    workspace: Workspace, make: Make
) -> None:
    officer = workspace.officer

    def told(audience: str, name: str = officer.name) -> list[bool]:
        request = Request(audience=audience, prepared_by=name)
        document = listing.listing(workspace, Query(FollowUp, ("ref",)), "", request)
        book = make(workspace, request).part("xl/worksheets/sheet1.xml")
        return [name in text for text in (book, document.subtitle)]

    assert told(INTERNAL) == [True, True]
    assert told(PARTNER) == [False, False]
    assert told(PARTNER, f"{officer.name}, Economic Section") == [True, True], "somebody typed it"
    sharing.share(workspace, [Person.get_by_id(officer.id)], PARTNER)
    assert told(PARTNER) == [True, True]


def test_a_worker_reads_apart_what_the_audience_may_see(workspace: Workspace) -> None:
    """The window lists on a connection of its own, which then reads all again."""
    shared = FollowUp.get(FollowUp.title.startswith("Send the draft"))
    with workspace.operation("share") as writing:
        writing.change(shared, {"visibility": PARTNER})
    asked = Query(FollowUp, ("ref", "title"))
    with apart(workspace) as seen:
        document = listing.listing(seen, asked, "All", Request(audience=PARTNER))
        assert [shared.ref] == [row[0][0].text for row in tables(document)[0].rows]
        assert query.count(seen, asked) == FollowUp.select().count() > 1
        with seen.seen_by(PUBLIC):
            assert query.count(seen, asked) == 0
    with apart(workspace, audience=PARTNER) as seen:
        assert query.count(seen, asked) == 1


def tables(document: Any) -> list[Any]:
    return [block for block in document.blocks if isinstance(block, Table)]

"""A year's work at one embassy, in four languages, built through the services; and workbooks made of it."""

from __future__ import annotations

import datetime as dt
import shutil
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from desktop import paths
from desktop.export import texts
from desktop.export.report import Report, Request, export
from desktop.i18n import speaking
from desktop.model import FollowUp, Initiative, Meeting, Organisation, Person, Recommendation, Sector, Source
from desktop.service import links, meetings, progress, records, reporting
from desktop.service.setup import Answers, Officer, set_up
from desktop.service.workspace import Workspace

TODAY = dt.datetime(2026, 11, 21, 17, 5, tzinfo=dt.UTC)
LONG = (
    "The ministry has circulated the draft to its directorates and promised consolidated comments. The main open"
    " point is the wording on data protection, where the regulator asks for a reference to the national framework."
)
JAPANESE = (
    "先方は草案を各局に回付し、来月初めまでに統一見解を示すと約束した。論点は個人情報保護の文言である。"
)
SPANISH = "El ministerio distribuyó el borrador entre sus direcciones y prometió observaciones consolidadas."
PORTUGUESE = "O ministério distribuiu a minuta às suas diretorias e prometeu comentários até o fim do mês."


class Clock:
    """A clock that is set by hand."""

    now = TODAY

    def __call__(self) -> dt.datetime:
        return self.now

    def set(self, day: str) -> None:
        self.now = dt.datetime.fromisoformat(f"{day}T15:00:00+00:00")


def build(path: Path) -> None:
    """The workspace of a post whose work goes from June to November 2026."""
    clock = Clock()
    clock.set("2026-06-01")
    workspace = Workspace.create(path, clock=clock)
    officers = [
        Officer("Kenji Sato", "佐藤健二"),
        Officer("Ana Silva Pereira"),
        Officer("María José Fernández"),
    ]
    set_up(
        workspace,
        Answers(
            post="Embassy of Japan in Chile",
            country="CL",
            zone="America/Santiago",
            own_government="JP",
            partners=("US",),
            officers=officers,
            catalogue=False,
        ),
    )

    def add(entity: Any, **values: Any) -> Any:
        return records.add(workspace, entity, values)

    people = list(Person.select())
    source = add(Source, ref="WC-2024", title="Working together", author="A. Author", published_on="2024")
    ministry = add(Organisation, name="Ministry of Economy", acronym="METI", kind="ministry", country="JP")
    partner = add(
        Organisation, name="Development Finance Corporation", acronym="DFC", kind="agency", country="US"
    )
    host = add(Organisation, name="Corporación de Fomento", acronym="CORFO", kind="agency", country="CL")
    john = add(Person, name="John Whitfield", organisation=partner.id)
    sectors = [add(Sector, name=name) for name in ("Telecommunications", "Critical minerals")]
    heading = add(
        Recommendation, ref="WC-2024-1", level="heading", title="Finance", source=source.id, section="Finance"
    )
    asked = [
        add(
            Recommendation,
            ref=f"WC-2024-1{letter}",
            title=title,
            parent=heading.id,
            source=source.id,
            section="Finance",
            paragraph="3–4",
            endnotes="13; 14",
            owner=people[number].id,
            leads={ministry.id},
            countries={"CL", "PE"},
            sectors={sectors[0].id},
            target_on="2027-01-15",
        )
        for number, (letter, title) in enumerate(
            (("A", "Set up a working group"), ("B", "Prepare a list of projects"), ("C", "Align standards"))
        )
    ]
    add(Recommendation, ref="WC-2024-1A.1", level="ask", title="Name a contact point", parent=asked[0].id)
    cable = add(
        Initiative,
        name="Humboldt Cable",
        own_name="海底ケーブル",
        type="project",
        stage="under_way",
        value="1234567.5",
        currency="USD",
        partners={partner.id},
        partner_countries={"US"},
        countries={"CL"},
        sectors={sectors[0].id},
        owner=people[0].id,
        start_on="2021-03-01",
        milestone="Landing",
        milestone_on="2026-11-30",
    )
    links.link(workspace, cable, asked[0])
    clock.set("2026-07-12")
    meeting = meetings.log_meeting(
        workspace,
        {
            "title": "Call on the Minister",
            "state": "held",
            "on": "2026-07-12",
            "place": "Santiago",
            "country": "CL",
            "counterparts": {host.id},
            "purpose": LONG,
            "decisions": "1. The list is shared.\n2. A contact point is named.",
        },
        [
            meetings.Attendee(person=people[0].id),
            meetings.Attendee(person=john.id),
            meetings.Attendee(name="Ricardo Muñoz", organisation=host.id, side="host"),
        ],
    )
    add(Meeting, title="Summit", kind="summit", state="held", on="2019-06", historic=1, place="Osaka")
    owed = [(None, None), (ministry.id, None), (partner.id, john.id), (host.id, None)]
    titles = ("Send the draft", "要旨を送付する", "Enviar la lista comentada", "Confirmar a data da visita")
    follow_ups = []
    for number in range(12):
        clock.set(f"2026-0{6 + number % 3}-10")
        by, person = owed[number % 4]
        follow_ups.append(
            add(
                FollowUp,
                title=f"{titles[number % 4]} ({number})",
                owed_by=by,
                owed_by_person=person,
                owed_to=ministry.id,
                owner=people[number % 3].id,
                co_owners={people[(number + 1) % 3].id} if number % 5 == 0 else frozenset(),
                countries={"CL"} if number % 2 else {"PE"},
                sectors={sectors[number % 2].id},
                meeting=meeting.id if number % 3 == 0 else None,
                due_on=(dt.date(2026, 9, 1) + dt.timedelta(days=12 * number)).isoformat(),
                priority=("high", "medium", "low")[number % 3],
            )
        )
        links.link(workspace, follow_ups[-1], asked[number % 3] if number % 4 else cable)
    for number, words in enumerate((LONG, JAPANESE, SPANISH, PORTUGUESE)):
        clock.set(f"2026-09-1{number}")
        progress.report(
            workspace,
            FollowUp.get_by_id(follow_ups[number].id),
            status="in_progress",
            done=words,
            next="Remind.",
            blocks="Holidays." if number == 0 else "",
        )
    clock.set("2026-10-05")
    progress.report(workspace, FollowUp.get_by_id(follow_ups[5].id), status="done", done="Delivered.")
    records.change(workspace, FollowUp.get_by_id(follow_ups[5].id), {"outcome": "On file."})
    records.change(workspace, FollowUp.get_by_id(follow_ups[6].id), {"due_on": "2027-01-15"}, reason="asked")
    progress.report(workspace, Recommendation.get_by_id(asked[0].id), status="in_progress", done=LONG)
    progress.report(workspace, Recommendation.get_by_id(asked[1].id), status="implemented", done="Done.")
    workspace.close()


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of the year's work, made once."""
    path = tmp_path_factory.mktemp("year") / "year.juntos"
    with speaking("en"):
        build(path)
    return path


@pytest.fixture
def workspace(built: Path, tmp_path: Path) -> Iterator[Workspace]:
    """The year's work, a copy for each test; its clock stands still."""
    path = tmp_path / "year.juntos"
    shutil.copyfile(built, path)
    clock = Clock()
    opened = Workspace.open(path, clock=clock)
    opened.sign_in(Person.get(Person.name == "Kenji Sato").uid)
    yield opened
    opened.close()


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Workspace]:
    """A workspace in which nothing has been entered."""
    opened = Workspace.create(tmp_path / "empty.juntos", clock=Clock())
    yield opened
    opened.close()


SINCE = "Since 2026-07-01"
CLOSED, CHANGES = "Closed since 2026-07-01", "Changes since 2026-07-01"
"""How sheets and columns are called that tell of the period of `REQUEST`."""
REQUEST = Request(period_from="2026-07-01", prepared_by="Kenji Sato, Economic Section")


class Exported:
    """A workbook that was written, read back by openpyxl and as the parts of its archive."""

    def __init__(self, path: Path, report: Report) -> None:
        self.path, self.report = path, report
        self.book = openpyxl.load_workbook(path)

    @property
    def tables(self) -> list[Any]:
        """The sheets of rows."""
        return [sheet for sheet in self.book if sheet.tables]

    def part(self, name: str) -> str:
        """A part of the archive as text."""
        with zipfile.ZipFile(self.path) as archive:
            return archive.read(name).decode()

    def xml_of(self, sheet: str) -> str:
        """The XML of a sheet."""
        return self.part(f"xl/worksheets/sheet{self.book.sheetnames.index(sheet) + 1}.xml")

    def headings(self, sheet: str) -> list[str]:
        """Row 2, without that of the hidden column."""
        return [cell.value for cell in self.book[sheet][2] if cell.value != "UID"]

    def column(self, sheet: str, heading: str) -> list[Any]:
        """The values under a heading, texts as Excel reads them."""
        index = [cell.value for cell in self.book[sheet][2]].index(heading) + 1
        values = (
            row[0] for row in self.book[sheet].iter_rows(3, min_col=index, max_col=index, values_only=True)
        )
        return [texts.unescape(value) if isinstance(value, str) else value for value in values]

    def cell(self, sheet: str, ref: str, heading: str) -> Any:
        """The cell of a record under a heading."""
        row = self.column(sheet, "Ref").index(ref) + 3
        return self.book[sheet].cell(row, self.headings(sheet).index(heading) + 1)


Make = Callable[..., Exported]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Export a workspace and read the workbook back."""

    def made(workspace: Workspace, request: Request = REQUEST, name: str = "Status.xlsx") -> Exported:
        path = tmp_path / name
        return Exported(path, export(workspace, request, path, replace=True))

    return made


@pytest.fixture(scope="session")
def status(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Exported:
    """The status workbook of the year's work in English, made once, for tests that only read it."""
    return made_once(built, tmp_path_factory.mktemp("status"), REQUEST)


def made_once(
    built: Path, folder: Path, request: Request, before: Callable[[Workspace], object] | None = None
) -> Exported:
    """The workbook of a copy of the year's work, after something was done `before`."""
    shutil.copyfile(built, folder / "year.juntos")
    opened = Workspace.open(folder / "year.juntos", clock=Clock())
    path = folder / "Status.xlsx"
    with pytest.MonkeyPatch.context() as patch, speaking("en"):
        # What serves all tests is made before any of them has a home of its own.
        patch.setattr(paths, "_places", paths.Places.within(folder))
        opened.sign_in(Person.get(Person.name == "Kenji Sato").uid)
        if before is not None:
            before(opened)
        report = export(opened, request, path)
    opened.close()
    return Exported(path, report)


class Reported:
    """A report that was frozen, and what was done since: the references of each record by what became of it."""

    def __init__(self, workspace: Workspace) -> None:
        rows = FollowUp.select().where(FollowUp.status == "open").order_by(FollowUp.ref)
        plain = [row for row in rows if row.priority != "high" and not row.times_slipped]
        self.closed, self.moved, self.gone, self.untouched = plain[:4]
        self.report = reporting.freeze(workspace, {"title": "Third quarter", "period_to": "2026-11-20"})
        progress.report(workspace, self.closed, status="done", done="Handed over.")
        records.change(
            workspace, self.moved, {"due_on": "2027-06-30"}, reason="Their request", agreed_by="METI"
        )
        records.delete(workspace, [self.gone])
        self.new = records.add(workspace, FollowUp, {"title": "Thank the minister", "due_on": "2027-01-31"})
        self.stalled = Recommendation.get(Recommendation.ref == "WC-2024-1C")
        progress.report(workspace, self.stalled, status="stalled", done="No reply.")


@pytest.fixture
def reported(workspace: Workspace) -> Reported:
    """A report of the year's work, frozen, and some work since."""
    return Reported(workspace)

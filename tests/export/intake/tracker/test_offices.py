"""Ten trackers and one more, each of a kind that offices keep, go in with at most two corrections each."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from desktop.export.intake.reading import read
from desktop.export.intake.tracker import applying
from desktop.export.intake.tracker.mapping import Mapping
from desktop.export.intake.tracker.plan import Act
from desktop.model import FollowUp, Initiative, Meeting, Organisation, Person, Recommendation, Update
from desktop.service import history, undo
from desktop.service.workspace import Workspace
from desktop.store import backup
from tests.export.intake.tracker import offices
from tests.export.intake.tracker.conftest import plan_of, understand
from tests.service.conftest import state


class Tracker(NamedTuple):
    """A tracker, what it is, what its columns become, and the corrections that it needs."""

    make: Callable[[Path], Path]
    kind: str
    fields: str
    rows: int
    untaken: tuple[str, ...] = ()
    """The cells that cannot be taken before it is corrected."""
    words: dict[str, dict[str, str]] = {}  # noqa: RUF012 - nobody changes it
    """Corrections: by field, what words of its scale mean."""


TRACKERS = [
    Tracker(
        offices.with_titles,
        "follow_up",
        "C=title D=owed_by E=owner F=raised_on G=due_on H=status I=progress",
        4,
        ("tbc",),
    ),
    Tracker(
        offices.two_levels,
        "follow_up",
        "A=ref B=title C=owed_by D=owed_by_person E=raised_on F=due_on G=status",
        3,
    ),
    Tracker(
        offices.one_name_twice,
        "follow_up",
        "A=title B=raised_on C=owner D=owed_by E=due_on F=status G=detail",
        3,
    ),
    Tracker(
        offices.sheet_a_month, "follow_up", "A=title B=owed_by C=raised_on D=due_on E=status F=progress", 4
    ),
    Tracker(
        offices.japanese,
        "follow_up",
        "B=title C=owed_by D=owner E=raised_on F=due_on G=priority H=status I=progress J=detail",
        3,
        ("令和8年7月",),
    ),
    Tracker(
        offices.spanish_csv,
        "follow_up",
        "B=title C=owed_by D=raised_on E=due_on F=status G=detail",
        4,
        ("sin plazo", "Por definir"),
        {"status": {"Por definir": "open"}},
    ),
    Tracker(
        offices.portuguese,
        "follow_up",
        "A=title B=owed_by C=due_on D=status E=progress F=priority",
        3,
    ),
    Tracker(
        offices.pipeline_ods,
        "initiative",
        "A=name B=type C=stage D=partners E=countries F=value G=start_on H=milestone I=owner",
        3,
    ),
    Tracker(
        offices.contacts, "person", "A=name B=title C=email D=phone E=notes", 3, ("mdiaz@example",)
    ),
    Tracker(
        offices.meetings,
        "meeting",
        "A=on B=title C=place D=counterparts E=attendees F=decisions G=purpose",
        3,
    ),
    Tracker(
        offices.bilingual, "recommendation", "A=title B=leads C=status D=target_on E=summary", 3
    ),
]  # fmt: skip
SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")


@pytest.mark.parametrize("tracker", TRACKERS, ids=lambda tracker: tracker.make.__name__)
def test_goes_in_with_at_most_two_corrections_and_comes_out_with_one_undo(
    tracker: Tracker, workspace: Workspace, tmp_path: Path
) -> None:
    assert len(tracker.words) <= 2
    before = state()
    with read(tracker.make(tmp_path)) as book:
        found = understand(workspace, book)
        assert found.guess.kind == tracker.kind
        assert " ".join(f"{letter}={name}" for letter, name in found.fields.items()) == tracker.fields
        plan = plan_of(workspace, book, found.mapping)
        assert {cell.text for cell in plan.untaken} == set(tracker.untaken)
        mapping = found.mapping
        for field, words in tracker.words.items():
            rule = mapping.rule(field)
            assert rule is not None
            mapping = mapping.corrected(rule.letter, field, words={**rule.words, **words})
        plan = plan_of(workspace, book, Mapping.from_json(mapping.as_json()))
        corrected = {word for words in tracker.words.values() for word in words}
        assert {cell.text for cell in plan.untaken} == set(tracker.untaken) - corrected
        assert plan.counts == {Act.MAKE: tracker.rows}
        assert state() == before
        operation = applying.apply(workspace, plan)
        assert operation is not None
        assert operation.source == "import"
        assert backup.newest(workspace.engine.path).name.endswith("-before-import.juntos")  # type: ignore[union-attr]
        assert plan_of(workspace, book, mapping).counts == {Act.SAME: tracker.rows}
    undo.revert(workspace, operation, "Take it back")
    assert state() == before


def taken(make: Callable[[Path], Path], workspace: Workspace, folder: Path) -> Any:
    """Take a tracker in as it is understood."""
    with read(make(folder)) as book:
        found = understand(workspace, book)
        plan = plan_of(workspace, book, found.mapping, "file.xlsx")
        applying.apply(workspace, plan)
    return plan


def follow_up(title: str) -> Any:
    return FollowUp.get(FollowUp.title == title)


def log(record: Any) -> list[tuple[str, str]]:
    rows: Any = Update.select().where(Update.subject == record.id).order_by(Update.on, Update.id)
    return [(row.on, row.done) for row in rows]


def test_a_closed_row_has_the_last_words_of_its_log_as_outcome(workspace: Workspace, tmp_path: Path) -> None:
    plan = taken(offices.with_titles, workspace, tmp_path)
    cable = follow_up("Name a contact point for the cable")
    assert (cable.status, cable.outcome) == ("done", "Contact point named.")
    draft = follow_up("Send the annotated draft of the memorandum")
    assert log(draft) == [("2026-05-12", "Draft sent."), ("2026-06-03", "First comments received.")]
    assert (draft.due_on, draft.raised_on, draft.status) == ("2026-12-01", "2026-05-04", "in_progress")
    assert Person.get_by_id(draft.owner_id).name == "Kenji Sato"
    assert follow_up("Share the list of ports").detail == "Deadline: tbc"
    whys = {outside.row: outside.why for outside in plan.outside}
    assert set(whys) == {1, 2, 3, 11, 13, 14, 15}
    assert "total" in whys[11]
    assert "legend" in whys[14]
    assert [(left.column.title, left.cells) for left in plan.left_out] == [("No.", 4)]


def test_what_is_merged_down_holds_for_each_row(workspace: Workspace, tmp_path: Path) -> None:
    taken(offices.two_levels, workspace, tmp_path)
    works = Organisation.get(Organisation.name == "Ministry of Public Works")
    assert {row.ref for row in FollowUp.select().where(FollowUp.owed_by == works.id)} == {
        "CL-2026-01",
        "CL-2026-02",
    }
    assert FollowUp.by_ref("cl-2026-3").status == "waiting"


def test_years_of_the_era_and_officers_by_family_name(workspace: Workspace, tmp_path: Path) -> None:
    taken(offices.japanese, workspace, tmp_path)
    cable = follow_up("海底ケーブル協力覚書の草案送付")
    assert (cable.raised_on, cable.due_on, cable.priority) == ("2026-04-10", "2026-12-25", "high")
    assert Person.get_by_id(cable.owner_id).own_name == "佐藤健二"
    assert log(cable) == [("2026-05-12", "草案を送付"), ("2026-06-03", "先方より照会")]
    assert follow_up("水素セミナーの開催").due_on == "2027-03-31"
    assert log(follow_up("鉱物資源調査団の受入れ調整")) == [("2026-06-20", "照会状を発出")]


def test_the_order_of_day_and_month_is_that_of_the_column(workspace: Workspace, tmp_path: Path) -> None:
    plan = taken(offices.sheet_a_month, workspace, tmp_path)
    assert follow_up("Draft the joint statement").raised_on == "2026-09-03"
    assert any("Raised on" in told and "day before the month" in told for told in plan.told)
    assert any("Lists" in told for told in plan.told)
    assert log(follow_up("Draft the joint statement"))[0] == ("2026-09-12", "outline shared")


def test_a_name_and_a_ministry_become_two_records(workspace: Workspace, tmp_path: Path) -> None:
    taken(offices.portuguese, workspace, tmp_path)
    draft = follow_up("Enviar a minuta do acordo")
    person = Person.get(Person.name == "João Souza")
    assert draft.owed_by_person_id == person.id
    assert person.organisation_id == draft.owed_by_id
    assert Organisation.get_by_id(draft.owed_by_id).name == "Ministério da Fazenda"
    taken(offices.contacts, workspace, tmp_path)
    ana = Person.get(Person.name == "Ana Silva")
    assert Organisation.get_by_id(ana.organisation_id).name == "Ministry of Energy"


def test_amounts_stages_and_countries_of_a_pipeline(workspace: Workspace, tmp_path: Path) -> None:
    taken(offices.pipeline_ods, workspace, tmp_path)
    grid = Initiative.get(Initiative.name == "Smart grid of the north")
    assert (grid.value, grid.currency, grid.stage, grid.type) == ("90000000", "USD", "financing", "project")
    plant = Initiative.get(Initiative.name == "Green hydrogen pilot plant")
    assert plant.stage == "proof_of_concept"


def test_meetings_get_their_hour_their_attendees_and_their_decisions(
    workspace: Workspace, tmp_path: Path
) -> None:
    taken(offices.meetings, workspace, tmp_path)
    call = Meeting.get(Meeting.title == "Visita al regulador")
    assert (call.on, call.starts, call.state) == ("2026-05-12", "15:30", "draft")
    assert [row.state for row in Meeting.select().where(Meeting.title == "Almuerzo con la cámara")] == [
        "planned"
    ]
    assert history.of(call)


def test_titles_within_the_table_are_told(workspace: Workspace, tmp_path: Path) -> None:
    plan = taken(offices.bilingual, workspace, tmp_path)
    assert [(each.row, each.text) for each in plan.outside if each.row > 3] == [
        (4, "A. Finance"),
        (7, "B. Skills"),
    ]
    assert Recommendation.get(Recommendation.title == "Train port inspectors").status == "implemented"


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed (libreoffice-calc-nogui)")
@pytest.mark.slow
@pytest.mark.parametrize("form", ["xls", "ods"])
def test_old_formats_say_the_same(form: str, workspace: Workspace, tmp_path: Path) -> None:
    source = offices.two_levels(tmp_path)
    profile = (tmp_path / "profile").as_uri()
    subprocess.run(
        [
            str(SOFFICE),
            f"-env:UserInstallation={profile}",
            "--headless",
            "--convert-to",
            form,
            "--outdir",
            str(tmp_path),
            str(source),
        ],
        capture_output=True,
        timeout=100,
        check=True,
    )
    with read(source.with_suffix(f".{form}")) as book:
        found = understand(workspace, book)
        assert " ".join(found.fields.values()) == "ref title owed_by owed_by_person raised_on due_on status"
        assert plan_of(workspace, book, found.mapping).counts == {Act.MAKE: 3}

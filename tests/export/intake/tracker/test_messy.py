"""Six messy trackers go in as they are understood, without a correction."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from desktop.export.intake.reading import read
from desktop.export.intake.tracker import applying
from desktop.export.intake.tracker.plan import Act, Plan
from desktop.model import FollowUp, Person, Update
from desktop.service import undo
from desktop.service.workspace import Workspace
from tests.export.intake.tracker import messy
from tests.export.intake.tracker.conftest import plan_of, understand
from tests.service.conftest import state


class Tracker(NamedTuple):
    """A tracker, what its columns become, how many rows it has, which rows are none, and what cannot be taken."""

    make: Callable[[Path], Path]
    kind: str
    fields: str
    rows: int
    outside: str
    untaken: tuple[str, ...]


TRACKERS = [
    Tracker(
        messy.coloured,
        "follow_up",
        "B=title C=owed_by D=owed_by_person E=raised_on F=due_on G=status H=ref I=progress J=detail",
        4,
        "1 2 6 10 12 16 17",
        ("asap",),
    ),
    Tracker(
        messy.surnames,
        "follow_up",
        "B=title C=owed_by D=owner E=due_on F=status G=progress",
        4,
        "1 2 9",
        ("por definir", "Atrasado"),
    ),
    Tracker(
        messy.stretched,
        "follow_up",
        "C=title D=owed_to E=owed_to_person F=owner G=due_on H=status I=progress J=detail",
        4,
        "1 2 10",
        ("○", "未定"),
    ),
    Tracker(
        messy.portuguese_csv,
        "follow_up",
        "B=title C=owed_by D=owner E=due_on F=status G=progress",
        4,
        "1 2 5 8 10 13 14",
        ("sem prazo",),
    ),
    Tracker(
        messy.numbered,
        "follow_up",
        "B=title C=owed_by D=raised_on E=due_on G=status H=progress",
        4,
        "1 4",
        ("CORFO", "1er trimestre 2027", "Vencido"),
    ),
    Tracker(
        messy.directory,
        "person",
        "A=name B=organisation C=title D=phone E=email",
        5,
        "1 2 5 7 10",
        ("juan.perez@example.org",),
    ),
]


@pytest.mark.parametrize("tracker", TRACKERS, ids=lambda tracker: tracker.make.__name__)
def test_goes_in_as_it_is_understood_and_comes_out_with_one_undo(
    tracker: Tracker, workspace: Workspace, tmp_path: Path
) -> None:
    before = state()
    with read(tracker.make(tmp_path)) as book:
        found = understand(workspace, book)
        assert found.guess.kind == tracker.kind
        assert " ".join(f"{letter}={name}" for letter, name in found.fields.items()) == tracker.fields
        plan = plan_of(workspace, book, found.mapping)
        assert plan.counts == {Act.MAKE: tracker.rows}
        assert " ".join(str(outside.row) for outside in plan.outside) == tracker.outside
        assert sorted(cell.text for cell in plan.untaken) == sorted(tracker.untaken)
        operation = applying.apply(workspace, plan)
        assert operation is not None
        assert plan_of(workspace, book, found.mapping).counts == {Act.SAME: tracker.rows}
    undo.revert(workspace, operation, "Take it back")
    assert state() == before


def taken(make: Callable[[Path], Path], workspace: Workspace, folder: Path) -> Plan:
    """Take a tracker in as it is understood."""
    with read(make(folder)) as book:
        plan = plan_of(workspace, book, understand(workspace, book).mapping, "file.xlsx")
        applying.apply(workspace, plan)
    return plan


def follow_up(title: str) -> Any:
    return FollowUp.get(FollowUp.title == title)


def log(record: Any) -> list[tuple[str, str]]:
    found: Any = Update.select().where(Update.subject == record.id).order_by(Update.on, Update.id)
    return [(row.on, row.done) for row in found]


def test_colours_are_told_and_mails_stay_whole(workspace: Workspace, tmp_path: Path) -> None:
    plan = taken(messy.coloured, workspace, tmp_path)
    assert any("“RAG” has no words" in told and "colours" in told for told in plan.told)
    berths = follow_up("Send the list of berths with shore power")
    assert berths.detail == messy.MAIL
    assert (berths.status, berths.raised_on, berths.due_on) == ("open", "2026-05-04", "2026-12-15")
    assert log(berths) == [("2026-05-12", "draft list seen"), ("2026-11-03", "promised for Friday")]
    rules = follow_up("Publish the rules on hydrogen storage")
    assert log(rules) == [
        ("2026-09-14", "consultation opened\n  (until 14 Oct)"),
        ("2026-10-20", "closed, 31 replies"),
    ]
    whys = {outside.row: outside.why for outside in plan.outside}
    assert "total" in whys[10]
    assert "title within the table" in whys[12]


def test_surnames_first_and_days_without_a_year(workspace: Workspace, tmp_path: Path) -> None:
    plan = taken(messy.surnames, workspace, tmp_path)
    grant = follow_up("Enviar la nómina de becarios")
    assert grant.status == "open"
    assert Person.get_by_id(grant.owner_id).name == "Juan Pérez Soto"
    assert log(grant) == [("2026-10-10", "se llamó"), ("2026-11-03", "respondieron que está en firma")]
    assert log(follow_up("Confirmar la sede del taller")) == [
        ("2025-12-20", "primer contacto"),
        ("2026-01-15", "sede propuesta\nfalta el visto bueno"),
    ]
    assert any("5 updates have no year" in told for told in plan.told)


def test_stretched_headings_and_months_before_days(workspace: Workspace, tmp_path: Path) -> None:
    plan = taken(messy.stretched, workspace, tmp_path)
    ports = follow_up("港湾電化に関する情報提供")
    assert ports.due_on == "2026-12-25"
    assert log(ports) == [("2026-10-01", "先方へ照会"), ("2026-11-05", "回答あり（一部）")]
    assert log(follow_up("水素保安規則の公表")) == [("2026-10-08", "意見公募終了")]
    assert follow_up("水素保安規則の公表").status == "open"
    assert follow_up("共同声明の文言調整").status == "in_progress"
    assert any("“○”" in told for told in plan.told)


def test_cells_of_several_lines_in_a_csv(workspace: Workspace, tmp_path: Path) -> None:
    taken(messy.portuguese_csv, workspace, tmp_path)
    draft = follow_up("Enviar a minuta do memorando")
    assert log(draft) == [
        ("2026-11-03", "minuta enviada"),
        ("2026-11-10", "comentários recebidos\nfalta o anexo"),
    ]
    assert Person.get_by_id(draft.owner_id).name == "João Souza"
    assert (follow_up("Confirmar a visita").status, follow_up("Publicar o edital").status) == ("open", "done")
    assert follow_up("Indicar dois técnicos").status == "open"


def test_a_row_of_numbers_is_none_of_the_table(workspace: Workspace, tmp_path: Path) -> None:
    plan = taken(messy.numbered, workspace, tmp_path)
    assert "numbers the columns" in {outside.row: outside.why for outside in plan.outside}[4]
    notice = follow_up("Reconocer los certificados electrónicos")
    assert "Eje: I. Comercio" in notice.detail
    assert (notice.due_on, notice.status) == ("2026-12-31", "open")
    assert log(follow_up("Compartir el catastro de líneas")) == [("2026-07-20", "catastro recibido")]


def test_a_directory_by_surname(workspace: Workspace, tmp_path: Path) -> None:
    taken(messy.directory, workspace, tmp_path)
    adviser = Person.get(Person.name == "Juan PÉREZ SOTO")
    assert adviser.email == "jperez@example.org"
    assert "juan.perez@example.org" in adviser.notes
    assert {"Marta Díaz", "Luis Alberto Prado", "Ana Rojas", "Carlos Rojas"} <= {
        each.name for each in Person.select()
    }

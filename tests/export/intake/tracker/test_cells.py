"""What a single cell says: days, logs, names, words of other people's scales."""

from __future__ import annotations

import datetime as dt

import pytest

from desktop.export.intake.tracker import days, field_words, log_cells, names, status_words
from desktop.export.intake.tracker.log_cells import Entry
from desktop.export.intake.tracker.names import Party
from desktop.model import FollowUp, Initiative, Meeting, Organisation, Recommendation, field

TODAY = "2026-11-21"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("令和8年5月12日", "2026-05-12"),
        ("R8.5.12", "2026-05-12"),
        ("平成31年4月30日", "2019-04-30"),
        ("令和元年5月1日", "2019-05-01"),
        ("令和8年5月", "2026-05"),
        ("２０２６年５月末", "2026-05-31"),
        ("end of February 2028", "2028-02-29"),
        ("fines de mayo 2026", "2026-05-31"),
        ("12/05/2026", "2026-05-12"),
        ("13.05.26", "2026-05-13"),
        ("12-May-26", "2026-05-12"),
        ("12 de maio de 2026", "2026-05-12"),
        ("5月12日（火）", "2026-05-12"),
        ("12 May", "2026-05-12"),
        ("24/12", "2025-12-24"),
        (dt.datetime(2026, 5, 12, 9), "2026-05-12"),
        (46154, "2026-05-12"),
    ],
)
def test_days(text: str | int | dt.datetime, day: str) -> None:
    assert days.read(text, days.DAY_FIRST, before=TODAY) == day


@pytest.mark.parametrize(
    "text", ["31/02/2026", "05/13/2026", "13th meeting in 2023", "tbd", "2026-02-30", "-5", "0", ""]
)
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        days.read(text, days.DAY_FIRST, before=TODAY)


def test_the_order_of_a_column() -> None:
    assert days.order_of(["3/4/2026", "13/4/2026"]).order == days.DAY_FIRST
    assert days.order_of(["3/4/2026", "4/13/2026"]).order == days.MONTH_FIRST
    assert days.order_of(["13/4/2026", "4/13/2026"]).order == days.MIXED
    assert days.order_of(["3/4/2026", "5/6/2026"]) == days.Order("", ("3/4/2026", "5/6/2026"))
    with pytest.raises(ValueError, match="two days"):
        days.read("3/4/2026")
    with pytest.raises(ValueError, match="two days"):
        days.read("3/4", year=2026)


@pytest.mark.parametrize(
    ("text", "entries"),
    [
        (
            "2026-05-12: Sent the draft\nto the ministry\n2026-06-03 – reply",
            [("2026-05-12", "Sent the draft\nto the ministry"), ("2026-06-03", "reply")],
        ),
        (
            "12/5: asked; 20/5 - answered; by post",
            [("2026-05-12", "asked"), ("2026-05-20", "answered; by post")],
        ),
        ("令和8年5月 草案を送付", [("2026-05-01", "令和8年5月 草案を送付")]),
        ("5月12日 草案送付。5月20日 回答", [("2026-05-12", "草案送付。"), ("2026-05-20", "回答")]),
        ("[12 May 2026] Met the director", [("2026-05-12", "Met the director")]),
        ("Asked twice\n3/6/2026: agreed", [("", "Asked twice"), ("2026-06-03", "agreed")]),
        ("3 ministries have agreed", [("", "3 ministries have agreed")]),
        ("2026-05-12", [("2026-05-12", "2026-05-12")]),
        ("99/99/2026: nothing", [("", "99/99/2026: nothing")]),
    ],
)
def test_logs(text: str, entries: list[tuple[str, str]]) -> None:
    assert log_cells.entries(text, days.DAY_FIRST, today=TODAY) == [Entry(*each) for each in entries]


@pytest.mark.parametrize(
    ("text", "person", "organisation"),
    [
        ("Ana Silva / Ministry of Health", "Ana Silva", "Ministry of Health"),
        ("Ministry of Health / Ana Silva", "Ana Silva", "Ministry of Health"),
        ("METI – Kenji Sato", "Kenji Sato", "METI"),
        ("Luis Rojas (CORFO)", "Luis Rojas", "CORFO"),
        ("佐藤健二（経済産業省）", "佐藤健二", "経済産業省"),
        ("João Souza\nMinistério da Fazenda", "João Souza", "Ministério da Fazenda"),
        ("Sato, METI", "Sato", "METI"),
        ("Ministerio de Hacienda", "", "Ministerio de Hacienda"),
        ("外務省", "", "外務省"),
        ("Ana Silva", "Ana Silva", ""),
    ],
)
def test_parties(text: str, person: str, organisation: str) -> None:
    assert names.party(text) == Party(person, organisation)


def test_the_order_of_names_is_that_of_the_column() -> None:
    texts = ["Ministry of Health / Ana Silva", "CORFO / Luis Rojas", "Alfa / Beta"]
    assert names.order_of(texts) == names.ORGANISATION_FIRST
    assert names.party("Alfa / Beta", names.ORGANISATION_FIRST) == Party("Beta", "Alfa")
    assert names.party("Alfa / Beta", names.PERSON_FIRST) == Party("Alfa", "Beta")


@pytest.mark.parametrize(
    ("entity", "name", "word", "step"),
    [
        (FollowUp, "status", "Ongoing", "in_progress"),
        (FollowUp, "status", "CERRADO", "done"),
        (FollowUp, "status", "Concluída", "done"),
        (FollowUp, "status", "対応済み", "done"),
        (FollowUp, "status", "先方回答待ち", "waiting"),
        (FollowUp, "status", "Closed (May)", "done"),
        (FollowUp, "status", "In progres", "in_progress"),
        (FollowUp, "status", "50%", "in_progress"),
        (FollowUp, "status", "Atendida hoy", ""),
        (FollowUp, "priority", "Urgente", "high"),
        (FollowUp, "priority", "中", "medium"),
        (Initiative, "stage", "Feasibility study", "proof_of_concept"),
        (Initiative, "stage", "En ejecución", "under_way"),
        (Initiative, "type", "技術協力", "programme"),
        (Recommendation, "status", "100 %", "implemented"),
        (Recommendation, "acceptance", "Partially accepted", "supported_in_part"),
        (Meeting, "state", "Realizada", "held"),
        (Meeting, "kind", "Videollamada", "call"),
        (Organisation, "kind", "商工会議所", "association"),
    ],
)
def test_words_of_other_scales(entity: type, name: str, word: str, step: str) -> None:
    assert status_words.step(field(entity, name), word) == step  # type: ignore[arg-type]


def test_every_word_of_the_tables_leads_somewhere() -> None:
    for kind in field_words.FOLLOWED:
        for name, words in field_words.words(kind).items():
            assert words, (kind, name)
    for entity, name in (
        (FollowUp, "status"),
        (Initiative, "stage"),
        (Recommendation, "status"),
        (Meeting, "kind"),
    ):
        scale = field(entity, name).scale  # type: ignore[attr-defined]
        assert set(status_words.words(tuple(scale.items())).values()) == set(scale)

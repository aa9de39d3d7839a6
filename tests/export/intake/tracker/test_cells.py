"""What a single cell says: days, logs, names, words of other people's scales."""

from __future__ import annotations

import datetime as dt

import pytest

from desktop.export.intake.tracker import days, field_words, log_cells, names, status_words
from desktop.export.intake.tracker.names import Party
from desktop.i18n import LANGUAGES, speaking
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
    found = log_cells.entries(text, days.DAY_FIRST, today=TODAY)
    assert [(entry.on, entry.text) for entry in found] == entries


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
        (FollowUp, "status", "Pending", "open"),
        (FollowUp, "status", "PENDIENTE", "open"),
        (FollowUp, "status", "Pendente", "open"),
        (FollowUp, "status", "Pendiente de respuesta", "waiting"),
        (FollowUp, "status", "未着手", "open"),
        (FollowUp, "status", "未了", "open"),
        (FollowUp, "status", "対応中", "in_progress"),
        (FollowUp, "status", "継続中", "in_progress"),
        (FollowUp, "status", "検討中", "in_progress"),
        (FollowUp, "status", "未完了", "open"),
        (FollowUp, "status", "未解決", "open"),
        (FollowUp, "status", "一部完了", "in_progress"),
        (FollowUp, "status", "Incomplete", "open"),
        (FollowUp, "status", "Closed, not implemented", "cancelled"),
        (Initiative, "stage", "検討中", "idea"),
        (Recommendation, "status", "Pending", "not_started"),
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


@pytest.mark.parametrize(
    ("entity", "name", "word"),
    [
        (FollowUp, "status", "Unresolved"),  # as like “resolved” as a slip of the pen is
        (FollowUp, "status", "Undelivered"),
        (FollowUp, "status", "要検討"),
        (FollowUp, "status", "依頼済み"),  # asked for, and not done
        (FollowUp, "status", "完了予定"),
        (FollowUp, "status", "まもなく完了"),
        (FollowUp, "status", "完了（一部未了）"),
        (FollowUp, "status", "Done?"),
        (FollowUp, "status", "Done (partially)"),
        (FollowUp, "status", "Overdue"),
        (FollowUp, "status", "Atrasado"),
        (FollowUp, "status", "With capital"),
        (FollowUp, "status", "○"),
        (Initiative, "stage", "Pending"),
        (Initiative, "stage", "未了"),
        (Initiative, "stage", "Awaiting reply"),
        (Recommendation, "status", "Closed"),  # implemented, or not
        (Recommendation, "status", "Open"),
        (Recommendation, "status", "Pending reply"),
        (Recommendation, "acceptance", "Pending"),
        (Organisation, "kind", "Bank"),
    ],
)
def test_words_that_can_mean_two_steps_are_asked(entity: type, name: str, word: str) -> None:
    assert status_words.step(field(entity, name), word) == ""  # type: ignore[arg-type]


def test_a_word_that_is_asked_is_a_word_of_the_scale_elsewhere() -> None:
    """Without the list of what is asked, `Closed` would be a recommendation's “implemented”."""
    assert status_words.step(field(FollowUp, "status"), "Closed") == "done"  # type: ignore[arg-type]
    assert status_words.step(field(FollowUp, "status"), "Open") == "open"  # type: ignore[arg-type]


HEADINGS = {
    "title": "Título|TITULO|título|Ｔｉｔｌｅ|タイトル|件　名|Tarefa|1) Compromiso|Assunto",
    "owed_by": "Organización|ORGANIZACION|Organização|Organização responsável|Institución|主管省庁|Órgão responsável",
    "due_on": "Fecha límite|FECHA LIMITE|Fecha\nlímite|Data limite|Prazo|期　限|期限|Due date|Vencimiento|Vence",
    "status": "Estado|ESTADO|Situação|SITUACAO|状　況|ステータス|ｽﾃｰﾀｽ|Status|ＳＴＡＴＵＳ",
}


@pytest.mark.parametrize("window", LANGUAGES)
@pytest.mark.parametrize("name", HEADINGS)
def test_headings_are_known_in_all_languages_whatever_the_windows(name: str, window: str) -> None:
    field_words.likeness.cache_clear()
    field_words.words.cache_clear()
    with speaking(window):
        for title in HEADINGS[name].split("|"):
            of_all = {
                each: field_words.likeness("follow_up", each, title, "")
                for each in field_words.words("follow_up")
            }
            assert max(of_all, key=lambda each: of_all[each]) == name, (title, of_all)
            assert of_all[name] >= 55
            assert field_words.is_known(title)


def test_responsible_is_who_does_it() -> None:
    for title in ("Responsable", "RESPONSABLE", "Responsável", "担当"):
        assert max(field_words.likeness("follow_up", each, title, "") for each in ("owner", "owed_by")) >= 80
    assert not field_words.is_known("Enviar la nómina")


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

"""Columns that write `Surname, Given name`: one person a cell, where lists stay lists."""

from __future__ import annotations

import pytest

from desktop.export.intake.tracker import surnames
from desktop.service.workspace import Workspace
from tests.export.intake.tracker.conftest import book_of, plan_of, understand

SO = ["Pérez, Juan", "Rojas Díaz, Ana María", "Núñez, Pedro", "SOTO, Marta"]


@pytest.mark.parametrize(
    "texts",
    [
        SO,
        [*SO, "CORFO", "Ministerio de Hacienda"],
        ["Pérez, Juan; Soto, Ana", "Rojas, Luis"],
        ["Pérez, Juan (CORFO)", "Ministerio de Energía / Rojas, Luis", "Soto, Ana - METI"],
        ["佐藤, 健二", "森, 彩", "田中, 恵子"],
    ],
)
def test_a_column_of_surnames_first(texts: list[str]) -> None:
    assert surnames.is_so(texts)


@pytest.mark.parametrize(
    "texts",
    [
        SO[:2],  # too few to tell
        ["Pérez; Soto", "Rojas; Díaz", "Núñez; Lima"],
        ["Ana Silva / Ministry of Health", "Luis Rojas / CORFO", "Marta Díaz / Ministry of Mining"],
        ["Pérez, Soto y Rojas", "Díaz, Lima y Reis", "Núñez, Alves y Souza"],
        ["Pérez, Soto, Rojas", "Díaz, Lima, Reis", "Núñez, Alves, Souza"],
        ["Sato, METI", "Mori, JICA", "Tanaka, JETRO"],
        ["Sato, Mori", "Mori, Tanaka", "Tanaka, Sato"],
        [
            "Ministry of Economy, Trade and Industry",
            "Ministry of Land, Infrastructure and Transport",
            "Health, Labour",
        ],
        ["Ana Silva", "Luis Rojas", "Marta Díaz", "Pérez, Juan"],
    ],
)
def test_other_columns_are_not(texts: list[str]) -> None:
    assert not surnames.is_so(texts)


def test_officers_who_are_known_by_one_name_are_a_list() -> None:
    officers = {"Sato", "Mori", "Tanaka", "Kato", "Ito", "Abe"}
    texts = ["Sato, Mori", "Tanaka, Kato", "Ito, Abe"]
    assert surnames.is_so(texts)
    assert not surnames.is_so(texts, lambda name: "person" if name in officers else "")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Pérez, Juan", "Juan Pérez"),
        ("Pérez, Juan; Soto, Ana", "Ana Soto"),
        ("Soto, Ana (CORFO)", "Ana Soto (CORFO)"),
        ("METI / Soto, Ana", "METI / Ana Soto"),
        ("Soto, Ana - METI", "Ana Soto - METI"),
        ("佐藤, 健二", "佐藤 健二"),
        ("Ana Soto", "Ana Soto"),
        ("Pérez, Soto y Rojas", "Pérez, Soto y Rojas"),
    ],
)
def test_a_name_is_turned(text: str, said: str) -> None:
    assert said in surnames.turned(text)


def table(texts: list[str]) -> list[list[str | None]]:
    body = [[f"Enviar la lista número {at}", text, "En curso"] for at, text in enumerate(texts, 1)]
    return [["Título", "Responsable", "Estado"], *body]


def people(workspace: Workspace, texts: list[str], **said: str) -> tuple[list[str], list[str]]:
    """The names that a column puts into the directory, and what is told."""
    book = book_of(("Hoja", table(texts)))
    mapping = understand(workspace, book).mapping
    if said:
        mapping = mapping.corrected("B", mapping.columns[1].target, **said)
    plan = plan_of(workspace, book, mapping)
    return sorted(each.wanted.name for each in plan.names), list(plan.told)


def test_each_is_one_person_and_the_officer_can_say_otherwise(workspace: Workspace) -> None:
    found, told = people(workspace, ["Pérez, Juan", "Rojas, Pedro", "Núñez, Carla"])
    assert found == ["Carla Núñez", "Juan Pérez", "Pedro Rojas"]
    assert any("“Pérez, Juan” is Juan Pérez" in each for each in told)
    split, _told = people(workspace, ["Pérez, Juan", "Rojas, Pedro", "Núñez, Carla"], split=surnames.LISTED)
    assert len(split) == 6


def test_lists_still_split(workspace: Workspace) -> None:
    found, _told = people(workspace, ["Juan Pérez; Pedro Rojas", "Carla Núñez; Luis Soto", "Marta Lima"])
    assert found == ["Carla Núñez", "Juan Pérez", "Luis Soto", "Marta Lima", "Pedro Rojas"]

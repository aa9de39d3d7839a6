"""What a mark that is being typed can become; whatever is offered is understood once it stands in the line."""

from __future__ import annotations

from typing import Any

import pytest

from desktop.i18n import use
from desktop.model import Organisation, Person, Sector
from desktop.service import quick, records
from desktop.service.quick.completion import Completion, complete


def offered(world: Any, text: str) -> list[str]:
    found = complete(world.workspace, text, len(text))
    return [each.shown for each in found.candidates] if found else []


def taken(text: str, found: Completion, number: int = 0) -> str:
    return text[: found.start] + found.candidates[number].written + text[found.end :]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Call @sa", "Sato Kenji"),
        ("Call @佐", "Sato Kenji"),
        ("大臣に電話@佐", "Sato Kenji"),
        ("Call @ken", "Sato Kenji"),
        ("Call ＠min", "Ministerio de Relaciones Exteriores"),
        ("Call >dev", "Development Finance Corporation"),
        ("Call >econ", "Ministry of Economy"),
        ("Call #dig", "Digital"),
        ("Call #chi", "Chile"),
        ("Call #チリ", "Chile"),
        ("Call !h", "High"),
        ("Call /WC", "Connectivity"),
        ("Call /humb", "Humboldt cable"),
        ("Call /lunch", "Lunch on cables"),
        ("@", "Sato Kenji"),
        ('Call @"Sato', "Sato Kenji"),
    ],
)
def test_a_mark_goes_on_to_what_it_can_mean(world: Any, text: str, first: str) -> None:
    shown = offered(world, text)
    assert first in shown, shown
    assert len(shown) <= 6


@pytest.mark.parametrize("text", ["", "Call METI", "and/or", "a@b", "#5", "Call @Sato now", "Call @xyzw"])
def test_nothing_is_offered_where_no_mark_is_typed(world: Any, text: str) -> None:
    assert offered(world, text) == []


@pytest.mark.parametrize("language", ["en", "ja", "es", "pt"])
@pytest.mark.parametrize(
    "text", ["Call @", "Call >", "Call #", "Call !", "Call /c", "Call @s", "Call #c", "Call #bo"]
)
def test_what_is_taken_is_understood(world: Any, language: str, text: str) -> None:
    use(language)
    for name in ("Sato Kenta", "Sato Kenji"):
        records.add(world.workspace, Person, {"name": name})
    records.add(world.workspace, Organisation, {"name": "Ministry of Economy", "country": "CL"})
    records.add(world.workspace, Sector, {"name": "Chile"})
    found = complete(world.workspace, text, len(text))
    assert found is not None
    for number in range(len(found.candidates)):
        line = taken(text, found, number)
        understood = quick.understand(world.workspace, line)
        assert understood.problems == (), line
        assert len(understood.marks) == 1, line
        assert understood.marks[0].end == len(line)
        assert understood.title == "Call"


def test_the_rest_of_the_word_goes_with_it(world: Any) -> None:
    text = "Call @saXYZ by Friday"
    found = complete(world.workspace, text, len("Call @sa"))
    assert found is not None
    assert taken(text, found) == 'Call @"Sato Kenji" by Friday'

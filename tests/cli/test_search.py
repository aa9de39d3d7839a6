"""Searching everywhere, on the command line."""

from __future__ import annotations

import json

import pytest

from .conftest import Juntos


@pytest.fixture
def filled(juntos: Juntos) -> Juntos:
    """Two follow-ups, one with progress, and an organisation."""
    assert juntos("add", "organisation", "name=Ministry of Energy", "acronym=MINEN").code == 0
    assert juntos("add", "follow-up", "title=Send the terms", "owed_by=MINEN").code == 0
    reference = juntos(
        "add", "follow-up", "title=Agree the Humboldt cable", "detail=With the ministry."
    ).out.strip()
    assert (
        juntos("report", reference, "--done", "São Paulo asked for the térms.", "--on", "2026-01-02").code
        == 0
    )
    return juntos


def test_the_best_come_first_with_their_sentence(filled: Juntos) -> None:
    lines = filled("search", "terms").out.splitlines()
    assert lines[0].split() == ["Ref", "Name", "RAG", "Found", "in"]
    assert "Send the terms" in lines[2]
    assert lines[3].endswith("Update, 2 Jan 2026: São Paulo asked for the térms.")
    assert len(lines) == 4


def test_as_objects(filled: Juntos) -> None:
    (found,) = json.loads(filled("search", "sao", "TERM", "--format", "json").out)
    assert found["kind"] == "follow_up"
    assert found["name"] == "Agree the Humboldt cable"
    assert (found["found_in"], found["date"]) == ("update", "2026-01-02")
    assert [found["sentence"][start:end] for start, end in found["hits"]] == ["São", "térm"]


def test_of_some_kinds_and_only_so_many(filled: Juntos) -> None:
    kinds = [each["kind"] for each in json.loads(filled("search", "minist", "--format", "json").out)]
    assert sorted(kinds) == ["follow_up", "organisation"]
    found = json.loads(filled("search", "minist", "--kind", "organisations", "--format", "json").out)
    assert [each["name"] for each in found] == ["Ministry of Energy"]
    assert found[0]["sentence"] is None
    assert len(json.loads(filled("search", "minist", "--limit", "1", "--format", "json").out)) == 1


def test_what_cannot_be_searched_for_is_said(filled: Juntos) -> None:
    assert filled("search", "zzz").out == "Nothing has “zzz” in it.\n"
    assert json.loads(filled("search", "zzz", "--format", "json").out) == []
    nothing = filled("search", "??")
    assert (nothing.code, nothing.err) == (2, "juntos: There is no letter or digit in “??” to search for.\n")
    assert "There is no kind “cables”" in filled("search", "x", "--kind", "cables").err
    assert filled("search", "x", "--limit", "0").err == "juntos: A limit is at least 1.\n"

"""A file is never marked with the word of an audience of more readers than it is for; any other marking is free."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.export import handling, report
from desktop.export.documents.dossier import dossier
from desktop.export.documents.listing import listing, record
from desktop.export.report import ExportError, Request, export, marking_of
from desktop.i18n import LANGUAGES, _, speaking
from desktop.model import FollowUp
from desktop.model.scales import VISIBILITY
from desktop.service.query import Query
from desktop.service.setup import change_facts
from desktop.service.workspace import Workspace

LOWER = [("internal", "partner"), ("internal", "public"), ("partner", "public")]
HIGHER = [(low, high) for high, low in LOWER] + [(each, each) for each in VISIBILITY]


def word(level: str, code: str) -> str:
    with speaking(code):
        return _(VISIBILITY[level])


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize(("audience", "level"), LOWER)
def test_the_word_of_a_lower_level_is_refused(
    workspace: Workspace, tmp_path: Path, audience: str, level: str, code: str
) -> None:
    path = tmp_path / "Status.xlsx"
    marking = f"  {word(level, code).upper()} "
    with pytest.raises(ExportError, match="is lower than what is exported may be"):
        export(workspace, Request(audience=audience, marking=marking), path)
    assert not path.exists()
    assert marking_of(workspace, marking, audience) == word(audience, "en")


@pytest.mark.parametrize(("audience", "level"), HIGHER)
def test_its_own_word_and_higher_ones_are_taken(workspace: Workspace, audience: str, level: str) -> None:
    marking = word(level, "en")
    # That it is internal is the usual marking, and said of whom it is for.
    expected = marking if level != "internal" else word(audience, "en")
    assert report.completed(workspace, Request(audience=audience, marking=marking)).marking == expected


@pytest.mark.parametrize("marking", ["Restricted", "Public affairs section", "取扱注意", "Not public"])
def test_a_free_marking_stays_free(workspace: Workspace, marking: str) -> None:
    assert report.completed(workspace, Request(marking=marking)).marking == marking


def test_a_document_is_refused_too(workspace: Workspace) -> None:
    with pytest.raises(ExportError, match="is lower than"):
        dossier(workspace, "CL", Request(marking="Public"))
    assert dossier(workspace, "CL", Request(marking="Restricted")).marking == "Restricted"


def test_lists_and_records_are_refused_too(workspace: Workspace) -> None:
    asked, request = Query(FollowUp, ("ref", "title")), Request(marking="Public")
    with pytest.raises(ExportError, match="is lower than"):
        listing(workspace, asked, "Mine", request)
    with pytest.raises(ExportError, match="is lower than"):
        record(workspace, FollowUp.get(), request)
    assert listing(workspace, asked, "Mine", Request(marking="Restricted")).marking == "Restricted"


def test_the_marking_of_the_post_does_not_lower_what_is_internal(workspace: Workspace) -> None:
    change_facts(workspace, marking="Public")
    assert marking_of(workspace, "") == "Internal"
    assert marking_of(workspace, "", "public") == "Public"


def test_control_without_looking_it_was_taken(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(handling, "is_lower", lambda marking, audience: False)
    assert report.completed(workspace, Request(marking="Public")).marking == "Public"

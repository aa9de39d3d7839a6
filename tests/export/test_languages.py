"""The workbook speaks the language it is asked for, whatever the process speaks."""

from __future__ import annotations

import openpyxl
import pytest

from desktop import i18n
from desktop.export.intake.wayback.values import Speech
from desktop.export.report import Request
from desktop.i18n import LANGUAGES, _, speaking
from desktop.model import Initiative, Sector, field
from desktop.model.sets import SubjectSector
from desktop.sectors import sector_name
from desktop.service import records
from desktop.service.workspace import Workspace

from .conftest import Make


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("process", ["en", "es"])
def test_sheets_headings_and_words_follow_the_request(
    workspace: Workspace, make: Make, language: str, process: str
) -> None:
    i18n.use(process)
    made = make(workspace, Request(language=language))
    with speaking(language):
        names = [_("Cover"), _("Summary"), _("Recommendations"), _("Initiatives"), _("Follow-ups open")]
        assert made.book.sheetnames[:5] == names
        assert made.headings(names[4])[:2] == [_("Ref"), _("Follow-up")]
        assert set(made.column(names[4], _("RAG"))) <= {_("Red"), _("Amber"), _("Green"), _("Grey")}
        assert made.book[names[0]]["A1"].value == _("Internal")
        assert {"Chile", "Perú", "Peru", "チリ", "ペルー"} >= set(made.column(names[4], _("Country")))
    assert i18n.language() == process


def test_japanese_countries_and_dates(workspace: Workspace, make: Make) -> None:
    made = make(workspace, Request(language="ja"))
    texts = [cell for row in made.book.worksheets[0].iter_rows(values_only=True) for cell in row if cell]
    assert any("2026年11月21日" in str(text) for text in texts)
    fonts = {cell.font.name for row in made.book.worksheets[4].iter_rows() for cell in row}
    assert fonts == {"Yu Gothic"}


@pytest.mark.parametrize("language", ["en", "es", "pt"])
def test_others_are_in_calibri_but_for_japanese_texts(
    workspace: Workspace, make: Make, language: str
) -> None:
    made = make(workspace, Request(language=language))
    for row in made.book.worksheets[4].iter_rows(3):
        for cell in row:
            japanese = any(character > "\u2fff" for character in str(cell.value))
            assert cell.font.name == ("Yu Gothic" if japanese else "Calibri")


@pytest.mark.parametrize("language", LANGUAGES)
def test_colours_know_the_words_of_the_language(workspace: Workspace, make: Make, language: str) -> None:
    made = make(workspace, Request(language=language))
    formulas = {
        rule.formula[0].partition("=")[2].strip('"')
        for area in made.book.worksheets[4].conditional_formatting
        for rule in area.rules
        if rule.type == "expression"
    }
    with speaking(language):
        assert {_("Red"), _("Amber"), _("Green"), _("Grey"), _("Done")} <= formulas
    assert isinstance(made.book, openpyxl.Workbook)


@pytest.mark.parametrize(
    ("language", "told"), [("en", "Telecommunications"), ("ja", "情報通信"), ("es", "Telecomunicaciones")]
)
def test_sectors_of_the_catalogue_are_named_in_the_language(
    workspace: Workspace, make: Make, language: str, told: str
) -> None:
    named = Initiative.select().join(SubjectSector, on=SubjectSector.subject == Initiative.id).first()
    own = records.add(workspace, Sector, {"name": "Fisheries"})
    records.change(workspace, named, {"sectors": {*records.values_of(named)["sectors"], own.id}})
    made = make(workspace, Request(language=language))
    with speaking(language):
        place = made.column(_("Initiatives"), _("Ref")).index(named.ref)
        cell = made.column(_("Initiatives"), _("Sectors"))[place]
        summary = [str(cell) for row in made.book[_("Summary")].iter_rows(values_only=True) for cell in row]
    assert set(cell.split("; ")) == {told, "Fisheries"}
    assert told in summary
    assert language == "en" or "Telecommunications" not in summary


@pytest.mark.parametrize("language", ["ja", "pt"])
def test_a_sector_comes_back_by_its_name_in_the_language(
    workspace: Workspace, make: Make, language: str
) -> None:
    with speaking(language):
        known = sector_name("Critical minerals")
    assert Sector.find(known).name == "Critical minerals"
    kind = field(Initiative, "sectors")
    found = Speech(language).elements(kind, f"{known}; Telecommunications")
    assert len(found) == 2

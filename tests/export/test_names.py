"""Names that Excel and every file system accept, in all languages."""

from __future__ import annotations

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.export import lists, longtexts, names, texts
from desktop.export.report import suggested_name
from desktop.export.sheets import sheets
from desktop.i18n import LANGUAGES, _, speaking
from desktop.service.workspace import Workspace


def valid(name: str) -> bool:
    plain = not set(name) & set("[]:*?/\\") and all(c.isprintable() for c in name)
    return plain and 0 < texts.units(name) <= 31 and not (name.startswith("'") or name.endswith("'"))


@given(st.lists(st.text(max_size=50), max_size=12))
def test_any_name_becomes_one_that_excel_accepts(wanted: list[str]) -> None:
    taken: set[str] = set()
    made = [names.sheet_name(name, taken) for name in wanted]
    assert all(valid(name) for name in made), made
    assert len({name.casefold() for name in made}) == len(made)


def test_names_alike_are_numbered() -> None:
    taken: set[str] = set()
    long = "A name that is far too long for a sheet of Excel"
    made = [
        names.sheet_name(name, taken) for name in ("Data", "data", "History", "'quoted'", "[a]/b", long, long)
    ]
    assert made[:5] == ["Data", "data (2)", "History_", "quoted", "a b"]
    assert made[5] != made[6]
    assert all(valid(name) for name in made)


def test_control_openpyxl_alone_takes_names_that_excel_refuses() -> None:
    book = openpyxl.Workbook()
    for name in ("'quoted", "quoted'"):
        assert book.create_sheet(name).title == name
        assert not valid(name)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sheets_have_good_names_in_every_language(language: str) -> None:
    with speaking(language):
        taken: set[str] = set()
        wanted = [
            _("Cover"),
            _("Summary"),
            *(_(sheet.name) for sheet in sheets()),
            _(lists.NAME),
            _(longtexts.NAME),
        ]
        made = [names.sheet_name(name, taken) for name in wanted]
    assert made == wanted, "no name had to be cut, cleaned or numbered"


@given(st.lists(st.text(max_size=300), min_size=1, max_size=10))
def test_headings_of_a_table_are_short_single_lines_and_unlike(wanted: list[str]) -> None:
    taken: set[str] = set()
    made = [names.heading(label, taken) for label in wanted]
    assert all(label and "\n" not in label and texts.units(label) <= 255 for label in made)
    assert len({label.casefold() for label in made}) == len(made)


def test_the_file_is_named_after_post_and_day(workspace: Workspace) -> None:
    assert suggested_name(workspace) == "Juntos_Status_Embassy_of_Japan_in_Chile_2026-11-21.xlsx"
    assert suggested_name(workspace, "2026-10-31").endswith("_2026-10-31.xlsx")
    assert suggested_name(workspace, "2026-10-31", "partner").endswith("_2026-10-31_partner.xlsx")


@pytest.mark.parametrize(
    ("post", "part"),
    [
        ("在チリ日本国大使館", "在チリ日本国大使館"),
        ("Embajada/Misión: “A” <b>?*", "Embajada_Misión_A_b"),
        ("..\\..\\etc", "etc"),
        ("", ""),
        ("x" * 200, "x" * 60),
    ],
)
def test_a_post_gives_a_part_of_a_file_name(post: str, part: str) -> None:
    assert names.file_name(post) == part

"""Layouts and label packs: what they name is checked with a sentence, they come back as they were, nothing crashes."""

from __future__ import annotations

import base64
import json
import struct
import zlib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.export import layouts, wording
from desktop.export.errors import ExportError
from desktop.export.layouts import Definition, LayoutColumn, LayoutSheet, Pack, logo, packs, reading, shipped
from desktop.i18n import LANGUAGES, _, speaking
from desktop.model import FollowUp, Invalid, Layout, Person, Recommendation, fields, scales
from desktop.model.computed import Computed
from desktop.model.kinds import Choice
from desktop.service import filters, query, records, undo
from desktop.service.grouping import groupable
from desktop.service.query import Condition, Order
from desktop.service.views import ME
from desktop.service.workspace import Workspace


def png(width: int = 3, height: int = 2, more: int = 0) -> bytes:
    """A whole PNG, with `more` bytes of a comment."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress(b"".join(b"\x00" + b"\x10\x20\x30" * width for _row in range(height)))
    parts = (chunk(b"IHDR", header), chunk(b"IDAT", rows), chunk(b"tEXt", bytes(more)), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


JPEG = (
    b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
    b"\xff\xc0\x00\x0b\x08\x00\x05\x00\x07\x01\x01\x11\x00\xff\xd9"
)
SMALL = Definition("", "Small", (LayoutSheet("recommendations"),))


def with_sheet(**values: Any) -> dict[str, Any]:
    return {"name": "Mine", "sheets": [{"key": "recommendations", **values}]}


# ---- what comes with the program


@pytest.mark.parametrize("make", shipped.SHIPPED)
def test_what_is_shipped_is_valid_and_comes_back(make: Any) -> None:
    layout = make()
    assert replace(layouts.from_json(layout.as_json(), layout.key), shipped=True) == layout


def test_the_shipped_layouts_have_the_sheets_and_columns_of_their_models() -> None:
    def keys(name: str, sheet: str) -> list[str]:
        found = layouts.find(name).sheet(sheet)
        assert found is not None
        return [column.key for column in found.columns]

    assert [each.key for each in layouts.find().sheets] == [
        "cover",
        "summary",
        "recommendations",
        "initiatives",
        "follow_ups_open",
        "follow_ups_closed",
        "extensions",
        "meetings",
        "progress_log",
        "changes",
    ]
    assert keys("decision_table", "recommendations") == [
        "ref",
        "title",
        "summary",
        "leads+addressees",
        "target_on",
        "status",
        "latest_update",
    ]
    assert len(keys("follow_up_table", "recommendations")) == 9
    assert layouts.find("follow_up_table").pack == "cabinet_office"
    assert keys("gao", "recommendations") == [
        "ref",
        "leads+addressees",
        "title",
        "status",
        "latest_update",
        "last_update_on",
    ]
    plain = layouts.find("plain")
    assert plain.plain
    assert plain.sheet("cover") is None
    assert {sheet.key for sheet in plain.sheets} >= {"recommendation", "follow_up", "organisation", "person"}


def test_a_layout_is_found_by_its_key_and_by_its_name_in_each_language() -> None:
    for layout in (make() for make in shipped.SHIPPED):
        for code in LANGUAGES:
            with speaking(code):
                called = layout.title
            assert layouts.find(called.upper()) == layouts.find(layout.key) == layout


def test_a_layout_that_is_not_there_is_told_with_those_that_are(workspace: Workspace) -> None:
    with pytest.raises(Invalid, match="no layout “nowhere”; there are: Status report, Decision table"):
        layouts.find("nowhere")
    with pytest.raises(Invalid, match="no label pack “x”; there are: GAO, "):
        layouts.pack("x")


def test_a_layout_applied_is_a_sheet_with_its_columns_in_their_order(workspace: Workspace) -> None:
    layout = layouts.find("decision_table").sheet("recommendations")
    assert layout is not None
    sheet = layouts.applied(workspace, layout)
    assert sheet is not None
    assert [column.key for column in sheet.columns] == [column.key for column in layout.columns]
    assert [column.title(Recommendation) for column in sheet.columns] == [
        "No.",
        "Decision",
        "Action asked",
        "Responsible",
        "Due",
        "Status",
        "Update / remarks",
    ]
    rows = list(query.each(workspace, sheet.query()))
    assert [row[1] for row in rows] == ["WC-2024-1A", "WC-2024-1A.1", "WC-2024-1B", "WC-2024-1C"]
    agency = sheet.columns[3]
    assert agency.join is not None
    assert agency.join("METI", "DFC") == "METI"
    assert agency.join(None, "DFC") == "DFC"
    assert layouts.applied(workspace, LayoutSheet("cover")) is None
    whole = layouts.applied(workspace, LayoutSheet("initiatives"))
    assert whole is not None
    assert whole.columns == layouts.sheet("initiatives").columns  # type: ignore[union-attr]


@pytest.mark.parametrize("make", shipped.SHIPPED)
def test_each_sheet_of_what_is_shipped_can_be_read(workspace: Workspace, make: Any) -> None:
    read = 0
    for each in make().sheets:
        sheet = layouts.applied(workspace, each)
        if sheet is not None:
            read += len(list(query.each(workspace, sheet.query())))
    assert read > 0


def test_each_column_that_is_offered_can_be_read(workspace: Workspace) -> None:
    for key in layouts.sheet_keys():
        declared = layouts.sheet(key)
        if declared is None:
            continue
        columns = tuple(LayoutColumn(each) for each in layouts.columns(declared))
        asked = layouts.checked(Definition("", "All", (LayoutSheet(key, columns=columns),)))
        sheet = layouts.applied(workspace, asked.sheets[0])
        assert sheet is not None
        assert len(sheet.columns) == len(columns)
        assert all(each.title(sheet.entity) for each in sheet.columns)
        list(query.each(workspace, sheet.query()))


def test_filter_order_and_group_of_a_layout_narrow_the_declared_sheet(workspace: Workspace) -> None:
    kenji = Person.get(Person.name == "Kenji Sato")
    asked = LayoutSheet(
        "follow_ups_open",
        where=(("owner", (kenji.uid,)), ("priority", ("high",))),
        order=(Order("title", True),),
        group="owner",
    )
    sheet = layouts.applied(workspace, asked)
    assert sheet is not None
    assert sheet.where == (
        Condition("status", "not", ("done", "cancelled")),
        Condition("owner", "in", (kenji.id,)),
        Condition("priority", "in", ("high",)),
    )
    assert (sheet.order, sheet.group) == ((Order("title", True),), "owner")
    titles = [row[2] for row in query.each(workspace, sheet.query())]
    assert titles == sorted(titles, reverse=True)
    assert titles


# ---- what is wrong is said


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ([], "a JSON object"),
        ({"format": "x", "name": "A", "sheets": ["cover"]}, "not a layout of Juntos"),
        ({"sheets": ["cover"]}, "has no name"),
        ({"name": 7, "sheets": ["cover"]}, "“7” is not a text"),
        ({"name": "x" * 81, "sheets": ["cover"]}, "81 characters are too many, 80 is the most"),
        ({"name": "A"}, "has no sheet"),
        ({"name": "A", "sheets": {}}, "“sheets” is not a list"),
        ({"name": "A", "sheets": ["treaties"]}, "no sheet “treaties”; there are: cover, summary, recomm"),
        ({"name": "A", "sheets": ["cover", "cover"]}, "“cover” stands there twice"),
        ({"name": "A", "sheets": [{"key": "cover", "columns": ["ref"]}]}, "Cover: columns, filter"),
        (
            with_sheet(columns=["smell"]),
            "Recommendations: there is no column “smell”; there are: ref, source",
        ),
        (with_sheet(columns=["ref", "ref"]), "the column “ref” stands there twice"),
        (with_sheet(columns=[{"key": "ref", "width": 256}]), "“ref” must be a number from 0 to 255"),
        (with_sheet(columns=[{"key": "ref", "width": float("nan")}]), "must be a number from 0 to 255"),
        (with_sheet(columns=[{"key": "ref", "width": True}]), "must be a number from 0 to 255"),
        (with_sheet(where={"taste": ["sour"]}), "there is no field “taste”; there are: "),
        (
            with_sheet(where={"status": ["melted"]}),
            "“melted” is not a value of this filter; it takes: not_st",
        ),
        (with_sheet(where={"status": []}), "has one at least"),
        (with_sheet(where={"status": "open"}), "a filter is a list of values"),
        (with_sheet(where=[]), "a filter is an object"),
        (with_sheet(where={"countries": ["ZZ"]}), "“ZZ” is not a value"),
        (with_sheet(where={"countries": ["region:moon"]}), "“region:moon” is not a value"),
        (with_sheet(where={"target_on": ["someday"]}), "it takes: overdue, today"),
        (with_sheet(where={"target_on": ["between", "2026-02-30", None]}), "a day such as 2026-11-21"),
        (with_sheet(where={"owner": [{}]}), "a text or a number"),
        (with_sheet(where={"owner": ["me", None]}), "null, which asks for empty ones, stands by itself"),
        (with_sheet(where={"owner": ["\ud800"]}), "a text or a number"),
        (with_sheet(order=["taste"]), "there is no field “taste”"),
        (with_sheet(order=["ref:sideways"]), "“ref:sideways” is not an order"),
        (with_sheet(order=[3]), "is not an order"),
        (with_sheet(group="title"), "cannot be grouped by “title”; it can by: level"),
        ({**with_sheet(), "languages": ["fr"]}, "“fr” is not a language; there are: en, ja, es, pt"),
        ({**with_sheet(), "languages": ["en", "en"]}, "“en” stands there twice"),
        ({**with_sheet(), "languages": ["en", "ja", "es"]}, "“languages” has 3 entries; 2 is the most"),
        ({**with_sheet(), "marking": "x" * 201}, "Handling: 201 characters are too many, 200 is the most"),
        ({**with_sheet(), "paper": "a5"}, "“a5” is not a paper; there are: a4, a3, letter"),
        ({**with_sheet(), "plain": "no"}, "true or false, not “no”"),
        ({**with_sheet(), "logo": "*"}, "not a picture in base64"),
        ({**with_sheet(), "logo": base64.b64encode(b"GIF89a").decode()}, "neither a PNG nor a JPEG"),
        (
            {**with_sheet(), "logo": base64.b64encode(png(more=200_000)).decode()},
            "more than 200,000 bytes",
        ),
        ({**with_sheet(), "logo": base64.b64encode(png(5000, 1)).decode()}, "5000 × 1 pixels"),
    ],
)
def test_what_a_layout_names_is_checked(data: Any, sentence: str) -> None:
    with pytest.raises(Invalid) as caught:
        reading.from_data(data)
    assert sentence in str(caught.value)


@pytest.mark.parametrize(
    "text", ["", "{", "[" * 100_000, "1" * 5_000, '{"name": ' + "[" * 50 + "]" * 50 + "}"]
)
def test_what_is_no_json_is_said(text: str) -> None:
    with pytest.raises(Invalid, match="not JSON"):
        layouts.from_json(text)
    with pytest.raises(Invalid, match="characters at most"):
        layouts.from_json(" " * 2_000_001)


def test_the_place_of_a_fault_in_json_is_said() -> None:
    with pytest.raises(Invalid, match="line 2, character 2"):
        layouts.from_json('{"name":\n x}')


def test_a_logo_is_a_png_or_a_jpeg(tmp_path: Path) -> None:
    file = tmp_path / "logo.png"
    file.write_bytes(png())
    kept = logo.from_file(file)
    assert logo.decoded(kept) == png()
    assert (logo.size(png()), logo.size(JPEG)) == ((3, 2), (7, 5))
    assert layouts.checked(replace(SMALL, logo=kept)).logo == kept
    for broken in (JPEG[:12], JPEG[:-14], png()[:-20], b"\xff\xd8\xff" + b"\xff" * 40):
        with pytest.raises(Invalid, match="neither a PNG nor a JPEG"):
            logo.encoded(broken)


# ---- there and back

WORDS = st.sampled_from(["", "Due", "期限", "Ação pedida", "= 1 + 1", "a" * 80])
_CHOICES = {
    kind.name: list((kind.as_ if isinstance(kind, Computed) else kind).scale)  # type: ignore[attr-defined]
    for kind in fields(FollowUp)
    if isinstance(kind.as_ if isinstance(kind, Computed) else kind, Choice)
}
_UIDS = ["6f0c1d1e-0000-4000-8000-000000000001", ME]


@st.composite
def filtered(draw: Any) -> tuple[Any, ...]:
    found: dict[str, Any] = {}
    for name in draw(st.lists(st.sampled_from(sorted(_CHOICES)), unique=True, max_size=2)):
        some = st.lists(st.sampled_from(_CHOICES[name]), min_size=1, unique=True)
        found[name] = tuple(draw(some | st.just([filters.NONE])))
    if draw(st.booleans()):
        some = st.lists(st.sampled_from(_UIDS), min_size=1, unique=True)
        found["owner"] = tuple(draw(some | st.just([filters.NONE])))
    if draw(st.booleans()):
        spans = [("overdue",), (filters.NONE,), ("between", "2026-01-01", None), ("between", None, None)]
        found["due_on"] = draw(st.sampled_from(spans))
    if draw(st.booleans()):
        found["countries"] = draw(st.sampled_from([("CL", "region:south_america"), (filters.NONE,)]))
    return tuple(found.items())


@st.composite
def sheets(draw: Any, key: str) -> LayoutSheet:
    extra = draw(st.sampled_from([{}, {}, {"banding": "zebra", "深": [1, None]}]))
    declared = layouts.sheet(key)
    if declared is None:
        return LayoutSheet(key, draw(WORDS), extra=extra)
    columns = draw(st.lists(st.sampled_from(layouts.column_keys(declared)), unique=True, max_size=6))
    names = [kind.name for kind in fields(declared.entity)]
    return LayoutSheet(
        key,
        draw(WORDS),
        tuple(
            LayoutColumn(each, draw(st.sampled_from([0, 12, 33.5, 255])), draw(WORDS), extra)
            for each in columns
        ),
        draw(filtered()) if declared.entity is FollowUp else (),
        tuple(
            Order(name, draw(st.booleans())) for name in draw(st.lists(st.sampled_from(names), max_size=2))
        ),
        draw(st.sampled_from(["", *(kind.name for kind in groupable(declared.entity))])),
        extra,
    )


@st.composite
def definitions(draw: Any) -> Definition:
    keys = draw(st.lists(st.sampled_from(layouts.sheet_keys()), min_size=1, max_size=4, unique=True))
    return Definition(
        "",
        draw(st.sampled_from(["Mine", "私の表", "A table of decisions"])),
        tuple(draw(sheets(key)) for key in keys),
        tuple(draw(st.lists(st.sampled_from(sorted(LANGUAGES)), max_size=2, unique=True))),
        draw(st.sampled_from(["", "gao", "upr"])),
        draw(st.sampled_from(["", "取扱注意", "SENSITIVE BUT UNCLASSIFIED"])),
        draw(st.sampled_from(["", base64.b64encode(png()).decode()])),
        draw(st.sampled_from(["", "a4", "a3", "letter"])),
        draw(st.booleans()),
        extra=draw(st.sampled_from([{}, {}, {"version": 9, "watermark": {"text": "draft"}}])),
    )


@settings(max_examples=60, deadline=None)
@given(definition=definitions())
def test_a_layout_written_as_json_is_the_same_layout(definition: Definition) -> None:
    read = layouts.from_json(definition.as_json())
    assert read == definition
    assert read.as_json() == definition.as_json()
    assert reading.leniently(definition.as_json(), "", definition.name) == (definition, [])


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(definition=definitions(), edited=definitions())
def test_a_layout_is_kept_copied_edited_written_and_read_as_it_is(
    workspace: Workspace, tmp_path: Path, definition: Definition, edited: Definition
) -> None:
    kept = layouts.save(workspace, definition)
    assert replace(kept, key="") == definition
    copied = layouts.copy(workspace, kept, "Copy")
    assert replace(copied, key="", name=definition.name) == definition
    changed = layouts.save(workspace, replace(edited, key=copied.key, name="Copy"))
    assert layouts.find("copy") == changed == replace(edited, key=copied.key, name="Copy")
    layouts.write(changed, tmp_path / "layout.json")
    read = layouts.read(workspace, tmp_path / "layout.json", "Read")
    assert replace(read, key=changed.key, name="Copy") == changed
    for each in (read, changed, kept):
        layouts.delete(workspace, each)
    assert layouts.layouts() == [make() for make in shipped.SHIPPED]


ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=8,
)


@st.composite
def damaged(draw: Any) -> Any:
    """A layout in which something was replaced by something else."""
    data = json.loads(draw(definitions()).as_json())
    for _blow in range(draw(st.integers(1, 3))):
        place = data
        while True:
            keys = list(place) if isinstance(place, dict) else list(range(len(place)))
            if not keys:
                break
            key = draw(st.sampled_from(keys))
            if isinstance(place[key], dict | list) and place[key] and draw(st.booleans()):
                place = place[key]
                continue
            place[key] = draw(ANY)
            break
    return data


@settings(max_examples=150, deadline=None)
@given(data=ANY | damaged())
def test_whatever_stands_there_is_understood_or_said_and_never_crashes(data: Any) -> None:
    text = json.dumps(data)
    try:
        strict = layouts.from_json(text)
    except Invalid:
        pass
    else:
        assert layouts.from_json(strict.as_json()).as_json() == strict.as_json()
        strict.as_json().encode()
    lenient, told = reading.leniently(text, "u", "Kept")
    assert lenient.sheets or told
    again, more = reading.leniently(lenient.as_json(), "u", "Kept")
    assert again.as_json() == lenient.as_json()
    assert not more or not lenient.sheets


@settings(max_examples=100, deadline=None)
@given(data=ANY, name=st.text(max_size=100))
def test_whatever_a_pack_says_never_crashes(data: Any, name: str) -> None:
    for each in (data, {"name": name, "words": data}, {"name": "x", "words": {"progress": data}}):
        try:
            pack = packs.from_json(json.dumps(each))
        except Invalid:
            pass
        else:
            assert packs.from_json(pack.as_json()) == pack
            pack.as_json().encode()
        assert packs.leniently(json.dumps(each), "u", "Kept").name == "Kept"


# ---- kept with the workspace


def test_each_thing_done_is_one_operation_and_undone(workspace: Workspace) -> None:
    kept = layouts.copy(workspace, layouts.find("gao"), "Ours")
    assert (kept.name, kept.shipped, kept.sheets) == ("Ours", False, layouts.find("gao").sheets)
    renamed = layouts.rename(workspace, kept, "Theirs")
    assert renamed == replace(kept, name="Theirs")
    layouts.delete(workspace, renamed)
    assert [each.name for each in layouts.layouts() if not each.shipped] == []
    for expected in (["Theirs"], ["Ours"], []):
        assert undo.undo(workspace)
        assert [each.name for each in layouts.layouts() if not each.shipped] == expected


def test_what_is_shipped_stays_and_names_are_borne_once(workspace: Workspace) -> None:
    gao = layouts.find("gao")
    for attempt in (
        lambda: layouts.save(workspace, gao),
        lambda: layouts.rename(workspace, gao, "x"),
        lambda: layouts.delete(workspace, gao),
        lambda: layouts.copy(workspace, gao, "plain data"),
        lambda: layouts.delete_pack(workspace, packs.SHIPPED[0]),
        lambda: layouts.copy_pack(workspace, packs.SHIPPED[0], "gao"),
    ):
        with pytest.raises(Invalid, match="comes with the program"):
            attempt()
    layouts.copy(workspace, gao, "Ours")
    with pytest.raises(Invalid, match="There is a layout “Ours” already"):
        layouts.copy(workspace, gao, "OURS")


def test_records_are_named_by_uid_whether_typed_by_reference_or_chosen_by_id(
    workspace: Workspace, tmp_path: Path
) -> None:
    kenji = Person.get(Person.name == "Kenji Sato")
    file = tmp_path / "mine.json"
    where = {"owner": [kenji.ref, "me"], "meeting": [None]}
    file.write_text(
        json.dumps({"name": "Mine", "sheets": [{"key": "follow_ups_open", "where": where}]}), encoding="utf-8"
    )
    read = layouts.read(workspace, file)
    assert read.sheets[0].where == (("owner", (kenji.uid, ME)), ("meeting", (filters.NONE,)))
    chosen = LayoutSheet("follow_ups_open", where=(("owner", (kenji.id,)),))
    kept = layouts.save(workspace, replace(SMALL, sheets=(chosen,)))
    assert kept.sheets[0].where == (("owner", (kenji.uid,)),)
    written = json.loads(layouts.as_file(read))
    assert written["sheets"][0]["where"] == {"owner": [kenji.uid, "me"], "meeting": [None]}


def test_what_is_gone_is_told_and_the_rest_is_shown(workspace: Workspace) -> None:
    gone = records.add(workspace, Person, {"name": "Gone Soon"})
    sheet = LayoutSheet("follow_ups_open", where=(("owner", (gone.uid,)), ("priority", ("high",))))
    pack = layouts.save_pack(workspace, Pack("", "Ours", {"progress": {"stalled": "Stuck"}}))
    kept = layouts.save(workspace, replace(SMALL, sheets=(sheet,), pack=pack.key))
    assert layouts.lacking(workspace, kept) == []
    with pytest.raises(Invalid, match="is used by: Small"):
        layouts.delete_pack(workspace, pack)
    records.delete(workspace, [gone])
    assert layouts.lacking(workspace, kept) == ["Its filters ask for what is not there any more: Owner."]
    applied = layouts.applied(workspace, sheet)
    assert applied is not None
    assert applied.where[1:] == (Condition("priority", "in", ("high",)), Condition("owner", "in", ()))
    assert list(query.each(workspace, applied.query())) == []
    sets = LayoutSheet("follow_ups_open", where=(("co_owners", (gone.uid,)), ("sectors", ("nobody",))))
    nothing = layouts.applied(workspace, sets)
    assert nothing is not None
    assert list(query.each(workspace, nothing.query())) == []


def test_a_filter_of_the_officer_at_the_desk_needs_one(workspace: Workspace) -> None:
    mine = replace(SMALL, sheets=(LayoutSheet("follow_ups_open", where=(("owner", (ME,)),)),))
    found = layouts.applied(workspace, mine.sheets[0])
    assert found is not None
    assert found.where[1:] == (Condition("owner", "in", (Person.get(Person.name == "Kenji Sato").id,)),)
    workspace.officer = None
    assert layouts.lacking(workspace, mine) == ["Say first who is at the desk: Tools › Officer at the desk."]
    with pytest.raises(ExportError, match="who is at the desk"):
        layouts.applied(workspace, mine.sheets[0])


def test_what_a_newer_program_keeps_is_shown_as_far_as_it_is_understood(workspace: Workspace) -> None:
    newer = {
        "version": 7,
        "sheets": [
            {"key": "recommendations", "columns": ["ref", "aroma", "title"]},
            {"key": "initiatives", "where": {"sound": ["loud"], "stage": ["idea"]}},
            {"key": "meetings", "columns": ["scent"]},
            {"key": "progress_log", "where": 7},
            {"key": "treaties"},
        ],
        "paper": "b5",
        "pack": "gone",
        "ribbon": True,
    }
    with workspace.operation("test") as writing:
        uid = writing.create(Layout, {"name": "Newer", "definition": json.dumps(newer)}).uid
        for number, text in enumerate(("", "[]", "{", '{"sheets": ["treaties"]}')):
            writing.create(Layout, {"name": f"Broken {number}", "definition": text})
    found = layouts.find(uid)
    assert [sheet.key for sheet in found.sheets] == ["recommendations"]
    assert [column.key for column in found.sheets[0].columns] == ["ref", "title"]
    assert found.extra == {"version": 7, "ribbon": True}
    told = " ".join(layouts.lacking(workspace, found))
    words = ("aroma", "sound", "scent", "treaties", "b5", "label pack is not there")
    for word in (*words, "Initiatives: the sheet is left out", "Progress log: the sheet is left out"):
        assert word in told
    assert len(layouts.layouts()) == len(shipped.SHIPPED) + 5
    for number in range(4):
        with pytest.raises(Invalid, match=f"Nothing of the layout “Broken {number}” can be shown"):
            layouts.find(f"Broken {number}")


def test_a_pack_of_ones_own_goes_along_in_the_file(workspace: Workspace, tmp_path: Path) -> None:
    pack = layouts.save_pack(workspace, Pack("", "Ours", {"progress": {"stalled": "Stuck"}}))
    kept = layouts.save(workspace, replace(SMALL, pack=pack.key))
    layouts.write(kept, tmp_path / "layout.json")
    again = layouts.read(workspace, tmp_path / "layout.json", "Again")
    assert again.pack == pack.key
    for each in (again, kept):
        layouts.delete(workspace, each)
    layouts.delete_pack(workspace, pack)
    elsewhere = layouts.read(workspace, tmp_path / "layout.json")
    made = layouts.pack_of(elsewhere)
    assert made is not None
    assert made.label("progress", "stalled") == "Stuck"
    assert undo.undo(workspace)
    assert not [each for each in layouts.all_packs() if not each.shipped]


def test_of_a_file_without_end_only_so_much_is_read_as_a_layout_may_have(
    workspace: Workspace, tmp_path: Path
) -> None:
    path = tmp_path / "layout.json"
    with path.open("wb") as file:
        file.truncate(1 << 36)  # of zeros, which take no room on the disk
    with pytest.raises(Invalid, match="characters at most"):
        layouts.read(workspace, path)


# ---- label packs


@pytest.mark.parametrize("pack", packs.SHIPPED, ids=lambda pack: pack.key)
def test_a_shipped_pack_names_scales_and_values_that_exist(pack: Pack) -> None:
    assert pack.words
    for scale, words in pack.words.items():
        assert set(words) <= set(wording.SCALES[scale])
    assert replace(packs.from_json(pack.as_json(), pack.key), shipped=True) == pack


@pytest.mark.parametrize("pack", packs.SHIPPED, ids=lambda pack: pack.key)
def test_a_word_is_read_back_where_it_stands_for_one_value_and_never_guessed(pack: Pack) -> None:
    for code in LANGUAGES:
        with speaking(code):
            for scale, values in wording.SCALES.items():
                shown = {value: pack.shown(scale, value) for value in values}
                for value, word in shown.items():
                    same = [other for other in values if shown[other] == word]
                    assert pack.value(scale, word.upper()) == (value if len(same) == 1 else None)
                assert pack.labels(scale) == list(dict.fromkeys(shown.values()))
                assert pack.value(scale, "no word of it") is None


def test_the_words_of_the_packs() -> None:
    def word(pack: str, scale: str, value: str) -> str | None:
        found = layouts.pack(pack)
        assert found is not None
        return found.label(scale, value)

    assert word("gao", "progress", "implemented") == "Closed – Implemented"
    assert word("gao", "follow_up", "waiting") == "Open"
    assert word("World bank (management action record)", "progress", "substantially_done") == "Substantial"
    assert word("upr", "acceptance", "not_supported") == "Noted by the State"
    assert word("cabinet_office", "progress", "implemented") == "Measure taken"
    assert word("cabinet_office", "assessment", "stalled") == "Improvement needed"
    assert word("gao", "assessment", "implemented") == "Closed – Implemented"
    assert word("upr", "stage", "idea") is None
    assert layouts.pack("") is None


def test_open_in_a_pack_is_not_the_word_for_a_follow_up_that_nobody_has_begun() -> None:
    gao = layouts.pack("gao")
    assert gao is not None
    with speaking("ja"):
        assert gao.label("follow_up", "in_progress") != _(scales.FOLLOW_UP["open"])


def test_an_own_word_that_a_pack_uses_otherwise_is_not_guessed() -> None:
    pack = Pack("", "Odd", {"progress": {"not_started": "Stalled", "implemented": "Ready"}})
    assert pack.value("progress", "Stalled") is None
    assert pack.value("progress", "ready") == "implemented"
    assert pack.value("progress", scales.PROGRESS["in_progress"]) == "in_progress"


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ([], "not a label pack"),
        ({"words": {}}, "has no name"),
        ({"name": "x", "words": []}, "an object of scales"),
        ({"name": "x", "words": {"progress": []}}, "an object of values"),
        ({"name": "x", "words": {"progress": {"stalled": 3}}}, "progress · stalled: a word is a text"),
        ({"name": "x", "words": {"progress": {"stalled": "x" * 61}}}, "61 characters are too many"),
    ],
)
def test_what_a_pack_names_is_checked(data: Any, sentence: str) -> None:
    with pytest.raises(Invalid) as caught:
        packs.from_data(data)
    assert sentence in str(caught.value)

"""What comes out of a file that is read: values of every kind, where they stand, and what is told of them."""

from __future__ import annotations

import datetime as dt
import errno
import hashlib
import json
import os
import stat
import subprocess
import sys
import threading
import time
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment

from desktop import scratch
from desktop.export.intake import process, whereabouts
from desktop.export.intake.book import (
    UNCOMPUTED,
    Area,
    Book,
    ErrorValue,
    Kind,
    State,
    kind_of,
    letters,
)
from desktop.export.intake.reading import read
from desktop.export.intake.refusal import Reason, Refusal
from desktop.service.workspace import Workspace
from tests.export.intake import ole, xlsb
from tests.export.intake.books import STRICT_MAIN, STRICT_RELATIONS, book, ods, packed, parts, rows


def opened(tmp_path: Path, content: bytes, name: str = "given.xlsx") -> Book:
    path = tmp_path / name
    path.write_bytes(content)
    return read(path)


def values(tmp_path: Path, content: bytes, name: str = "given.xlsx") -> list[list[object]]:
    with opened(tmp_path, content, name) as found:
        return [list(row) for row in found.sheets[0].rows]


def refused(tmp_path: Path, content: bytes, name: str = "given.xlsx") -> Refusal:
    with pytest.raises(Refusal) as caught:
        opened(tmp_path, content, name)
    return caught.value


# ---- .xlsx


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("<c><v>5</v></c>", 5),
        ("<c><v>5.0</v></c>", 5),
        ("<c><v>0.1</v></c>", 0.1),
        ("<c><v>1E3</v></c>", 1000),
        ("<c><v>12345678901234567890</v></c>", 12345678901234567890),
        ("<c><v>123456789012345678.99</v></c>", Decimal("123456789012345678.99")),
        ("<c><v>0.10000000000000001</v></c>", 0.1),
        ("<c><v>12,5</v></c>", ErrorValue("12,5")),
        ("<c><v>NaN</v></c>", ErrorValue("NaN")),
        ('<c t="b"><v>1</v></c>', True),
        ('<c t="b"><v>maybe</v></c>', ErrorValue("maybe")),
        ('<c t="e"><v>#REF!</v></c>', ErrorValue("#REF!")),
        ('<c t="str"><f>A2</f><v>text</v></c>', "text"),
        ('<c t="str"><f>A2</f><v></v></c>', ""),
        ("<c><f>A2</f></c>", UNCOMPUTED),
        ("<c><f>A2</f><v></v></c>", UNCOMPUTED),
        ('<c t="inlineStr"><is><r><t>a </t></r><r><t>b</t></r></is></c>', "a b"),
        ('<c t="inlineStr"><is><t>a_x000D_b_x005F_x000D_</t></is></c>', "a\rb_x000D_"),
        ('<c t="s"><v>0</v></c>', "漢字"),
        ('<c t="s"><v>7</v></c>', ErrorValue("7")),
        ('<c s="1"><v>45352</v></c>', dt.date(2024, 3, 1)),
        ('<c s="5"><v>45352</v></c>', dt.date(2024, 3, 1)),
        ('<c s="2"><v>45352.52083333334</v></c>', dt.datetime(2024, 3, 1, 12, 30)),
        ('<c s="3"><v>0.75</v></c>', dt.time(18)),
        ('<c s="4"><v>1.5</v></c>', dt.timedelta(hours=36)),
        ('<c s="1"><v>1</v></c>', dt.date(1900, 1, 1)),
        ('<c s="1"><v>61</v></c>', dt.date(1900, 3, 1)),
        ('<c s="1"><v>-5</v></c>', ErrorValue("-5")),
        ('<c s="1"><v>99999999999</v></c>', 99999999999),
        ('<c t="d"><v>2024-03-01</v></c>', dt.date(2024, 3, 1)),
        ('<c t="d"><v>2024-03-01T08:30:00</v></c>', dt.datetime(2024, 3, 1, 8, 30)),
        ('<c t="d"><v>yesterday</v></c>', ErrorValue("yesterday")),
    ],
)
def test_a_value_is_read_as_it_stands(cell: str, value: object, tmp_path: Path) -> None:
    phonetic = '<si><t>漢字</t><rPh sb="0" eb="2"><t>カンジ</t></rPh></si>'
    ((found,),) = values(tmp_path, book(rows(cell), strings=phonetic))
    assert found == value
    assert type(found) is type(value)


def test_places_are_those_of_the_file(tmp_path: Path) -> None:
    data = (
        '<sheetData><row r="3"><c r="C3"><v>1</v></c></row>'
        '<row r="400"><c r="AB400"><f>1+1</f><v>2</v></c></row></sheetData>'
    )
    with opened(tmp_path, book(data)) as found:
        (sheet,) = found.sheets
        assert len(sheet.rows) == 400
        assert sheet.width == 28
        assert [number for number, _values in sheet.rows.filled()] == [3, 400]
        assert [number for number, row in enumerate(sheet.rows, 1) if row] == [3, 400]
        assert list(sheet.rows[2]) == [None, None, 1]
        assert list(sheet.rows[100]) == []
        assert [list(row) for row in sheet.rows[1:3]] == [[], [None, None, 1]]
        assert sheet.cell(3, 3).formula is False
        last = sheet.cell(400, 28)
        assert (last.value, last.kind, last.formula) == (2, Kind.NUMBER, True)
        assert last.place == "sheet “Data”, row 400, column AB"
        assert sheet.cell(5_000, 90).kind is Kind.EMPTY
        with pytest.raises(IndexError):
            sheet.rows[400]


def test_letters_of_columns() -> None:
    assert [letters(n) for n in (1, 26, 27, 702, 703, 16_384)] == ["A", "Z", "AA", "ZZ", "AAA", "XFD"]


def test_rows_out_of_order_and_cells_of_other_rows_find_their_places(tmp_path: Path) -> None:
    first, second = '<c r="A2"><v>2</v></c>', '<c r="B1"><v>1</v></c><c r="A3"><v>3</v></c>'
    data = f'<sheetData><row r="2">{first}</row><row r="1">{second}</row></sheetData>'
    assert values(tmp_path, book(data)) == [[None, 1], [2], [3]]


def test_a_strict_workbook_is_read_whole(tmp_path: Path) -> None:
    made = book(rows('<c r="A1" s="1"><v>45352</v></c>'), main=STRICT_MAIN, base=STRICT_RELATIONS)
    assert values(tmp_path, made) == [[dt.date(2024, 3, 1)]]


def test_prefixes_and_other_encodings_are_read(tmp_path: Path) -> None:
    made = parts()
    inside = '<x:sheetData><x:row r="1"><x:c r="A1" t="inlineStr"><x:is><x:t>é</x:t></x:is></x:c></x:row></x:sheetData>'
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    text = f'<?xml version="1.0" encoding="UTF-16"?><x:worksheet xmlns:x="{main}">{inside}</x:worksheet>'
    made["xl/worksheets/sheet1.xml"] = text.encode("utf-16")
    assert values(tmp_path, packed(made)) == [["é"]]


def test_what_a_workbook_has_besides_values(tmp_path: Path) -> None:
    work = openpyxl.Workbook()
    first = work.active
    first.title = "Données"
    first.append(["Topic", "Status"])
    first.append(["a", "=1+1"])
    first.merge_cells("A3:B4")
    first["A3"] = "merged"
    first.column_dimensions["B"].hidden = True
    first.row_dimensions[2].hidden = True
    first["A1"].comment = Comment("Ask Ana", "me")
    work.create_sheet("Old").sheet_state = "hidden"
    work["Old"]["A1"] = 1
    work.create_sheet("Lists").sheet_state = "veryHidden"
    path = tmp_path / "made.xlsx"
    work.save(path)
    with read(path) as found:
        sheet = found.sheet("Données")
        assert [each.state for each in found.sheets] == [State.VISIBLE, State.HIDDEN, State.VERY_HIDDEN]
        assert sheet.merged == [Area(3, 1, 4, 2)]
        assert sheet.hidden_columns == {2}
        assert sheet.is_hidden(2)
        assert not sheet.is_hidden(1)
        assert sheet.comments == {(1, 1): "Ask Ana"}
        assert sheet.cell(2, 2).kind is Kind.UNCOMPUTED
        assert sheet.uncomputed == 1
        said = " ".join(found.told)
        assert "row 2, column B" in said
        assert "“Old”" in said
        assert "“Lists”" in said


def test_macros_and_links_are_told_of_and_left(tmp_path: Path) -> None:
    made = parts()
    made["xl/vbaProject.bin"] = b"x"
    with opened(tmp_path, packed(made), "with.xlsm") as found:
        assert found.kind == "xlsm"
        assert any("macros" in sentence for sentence in found.told)


def test_a_name_that_lies_is_told(tmp_path: Path) -> None:
    with opened(tmp_path, book(), "table.csv") as found:
        assert found.kind == "xlsx"
        assert "The name says .csv" in found.told[0]
    with opened(tmp_path, b"Topic,Status\na,Open\n", "table.xlsx") as found:
        assert found.kind == "csv"
        assert "The name says .xlsx" in found.told[0]


# ---- large sheets, by the quick reader


def large(odd: str, rows_: int = 50_000) -> bytes:
    """A sheet for the quick reader, with odd rows in the middle."""
    lines = [
        f'<row r="{n}"><c r="B{n}" t="inlineStr"><is><t>The text of the row {n} and more</t></is></c>'
        f'<c r="C{n}" s="1"><v>{40_000 + n % 9_000}</v></c><c r="D{n}"><v>{n}.5</v></c></row>'
        for n in range(1, rows_ + 1)
    ]
    lines[30_000] = f'<row r="30001" hidden="1">{odd}</row>'
    return book(
        '<cols><col min="3" max="4" hidden="1"/></cols><sheetData>'
        + "".join(lines)
        + '</sheetData><mergeCells><mergeCell ref="A1:B2"/></mergeCells>',
        strings="<si><t>shared</t></si>",
    )


ODD = (
    '<c r="B30001" t="e"><v>#N/A</v></c><c r="C30001"><f>1+1</f></c><c r="D30001"><v>12345678901234567890</v></c>'
    '<c r="E30001" s="1"><v>-5</v></c><c r="F30001" t="s"><v>0</v></c><c r="G30001"><f>2</f><v>2</v></c>'
)


def test_the_quick_reader_loses_nothing_either(tmp_path: Path) -> None:
    with opened(tmp_path, large(ODD)) as found:
        (sheet,) = found.sheets
        assert found.peak > 32, "calamine has not read it: the other reader takes 22"
        assert len(sheet.rows) == 50_000
        assert list(sheet.rows[30_000]) == [
            None,
            ErrorValue("#N/A"),
            UNCOMPUTED,
            12345678901234567890,
            ErrorValue("-5"),
            "shared",
            2,
        ]
        assert list(sheet.rows[0]) == [None, "The text of the row 1 and more", dt.date(2009, 7, 7), 1.5]
        assert sheet.rows.is_formula(30_001, 3)
        assert sheet.rows.is_formula(30_001, 7)
        assert not sheet.rows.is_formula(30_002, 3)
        assert (sheet.uncomputed, sheet.errors) == (1, 2)
        assert sheet.hidden_columns == {3, 4}
        assert sheet.hidden_rows == [(30_001, 30_001)]
        assert sheet.merged == [Area(1, 1, 2, 2)]


@pytest.mark.parametrize(
    "odd",
    [
        ODD,
        '<c r="B30001" t="b"><v>maybe</v></c>',
        '<c r="B30001"><v>NaN</v></c>',
        '<c r="B30001" t="d"><v>2024-03-01</v></c>',
        "<c r='B30001'><v>1</v></c>",
        '<c r="B30001" t="inlineStr"><is><t><![CDATA[<b>]]></t></is></c>',
        '<c r="ABC30001"><v>1</v></c>',
        '<c r="B30001" t="b"><v>true</v></c>',
        '<c r="B30001" s="2"><v>45352.999999999</v></c>',
        '<c r="B30001" s="3"><v>0.9999999999</v></c>',
        '<c r="B30001" s="4"><v>30.25</v></c>',
        '<c r="B30001" s="5"><v>45352</v></c>',
    ],
)
def test_both_readers_say_the_same(odd: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = large(odd)
    quick = values(tmp_path, content)
    monkeypatch.setattr(process.Process, "HOWS", ("careful",))
    careful = values(tmp_path, content)
    assert quick == careful
    assert [[type(value) for value in row] for row in quick] == [
        [type(value) for value in row] for row in careful
    ]


# ---- old formats


def test_an_xls_is_read_with_its_errors(tmp_path: Path) -> None:
    made = ole.xls(
        ole.label(0, 0, "Topic"), ole.number(1, 0, 5), ole.error(1, 2, 0x2A), ole.error(9, 0, 0x17)
    )
    found = values(tmp_path, made, "old.xls")
    assert found[:2] == [["Topic"], [5, None, ErrorValue("#N/A")]]
    assert found[9] == [ErrorValue("#REF!")]


def test_an_xlsb_is_read_with_its_errors_and_formulas(tmp_path: Path) -> None:
    made = xlsb.xlsb(
        xlsb.row(0),
        xlsb.text(0, "Topic"),
        xlsb.row(4),
        xlsb.real(0, 5),
        xlsb.error(1, 0x2A),
        xlsb.formula(2, 7),
    )
    with opened(tmp_path, made, "binary.xlsb") as found:
        (sheet,) = found.sheets
        assert [(number, list(row)) for number, row in sheet.rows.filled()] == [
            (1, ["Topic"]),
            (5, [5, ErrorValue("#N/A"), 7]),
        ]
        assert sheet.rows.is_formula(5, 3)
        assert not sheet.rows.is_formula(5, 1)


def test_an_ods_is_read_with_its_errors_and_formulas(tmp_path: Path) -> None:
    cells = (
        '<table:table-cell office:value-type="string"><text:p>Topic</text:p></table:table-cell>'
        '<table:table-cell table:formula="of:=1/0" office:value-type="string" calcext:value-type="error">'
        "<text:p>#DIV/0!</text:p></table:table-cell>"
        '<table:table-cell table:formula="of:=1+1"/>'
        '<table:table-cell office:value-type="date" office:date-value="2024-03-01"/>'
    )
    made = ods(f'<table:table-row table:visibility="filter">{cells}</table:table-row>')
    with opened(tmp_path, made, "table.ods") as found:
        (sheet,) = found.sheets
        assert list(sheet.rows[0]) == ["Topic", ErrorValue("#DIV/0!"), UNCOMPUTED, dt.date(2024, 3, 1)]
        assert sheet.rows.is_formula(1, 2)
        assert sheet.is_hidden(1)


# ---- texts

TABLE = "Topic;Ministério;期限\nação;“Perú”;3/4\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_a_text_is_read_in_its_encoding_and_by_its_separator(
    encoding: str, separator: str, tmp_path: Path
) -> None:
    text = TABLE.replace(";", separator)
    with opened(tmp_path, text.encode(encoding), "table.csv") as found:
        assert found.separator == separator
        assert [list(row) for row in found.sheets[0].rows] == [
            ["Topic", "Ministério", "期限"],
            ["ação", "“Perú”", "3/4"],
        ]
        assert found.sheets[0].name == "table"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("案件,期限,状況\n会議の準備,来月,未着手\n", "cp932"),
        ("案件,期限\n東京都,来月\n", "cp932"),
        ("ｱｲｳ会議の準備をする,期限は来月です\n", "cp932"),
        ("案件,期限,状況\n会議の準備,来月,未着手\n", "euc_jp"),
        ("案件,期限\n会議の準備,来月\n", "iso2022_jp"),
        ("Japan’s plan – «ação», São Paulo,€ 5\n", "cp1252"),
        ("El año próximo, la acción;Perú\n", "latin-1"),
    ],
)
def test_the_encoding_is_told_by_the_letters(text: str, encoding: str, tmp_path: Path) -> None:
    with opened(tmp_path, text.encode(encoding), "table.csv") as found:
        assert (
            ",".join(str(value) for value in found.sheets[0].rows[0]).split(",")[0]
            == text.split("\n")[0].split(found.separator)[0]
        )
        assert found.told


def test_quotes_hold_lines_and_separators(tmp_path: Path) -> None:
    text = 'Topic,Note\r\n"a, ""b""","line 1\r\nline 2"\r\n\r\nlast,\r\n'
    assert values(tmp_path, text.encode(), "t.csv") == [
        ["Topic", "Note"],
        ['a, "b"', "line 1\r\nline 2"],
        [],
        ["last"],
    ]


def test_an_unclosed_quote_spoils_its_row_alone(tmp_path: Path) -> None:
    text = "Topic,Note\n" + 'a,"b\n' + "".join(f"row {n},x\n" for n in range(50_000))
    with opened(tmp_path, text.encode(), "t.csv") as found:
        rows_ = found.sheets[0].rows
        assert len(rows_) == 50_002
        assert list(rows_[1]) == ["a", '"b']
        assert list(rows_[50_001]) == ["row 49999", "x"]
        assert "row 2" in found.told[0]


def test_the_separator_that_excel_is_told_is_believed(tmp_path: Path) -> None:
    assert values(tmp_path, b"sep=|\nTopic, or so|x\n", "t.csv") == [["Topic, or so", "x"]]


def test_what_was_made_safe_for_a_spreadsheet_is_made_plain_again(tmp_path: Path) -> None:
    assert values(tmp_path, b"'=1+1,'twas,''-2\n", "t.csv") == [["=1+1", "'twas", "'-2"]]


# ---- files that are none, and being stopped


def test_what_is_no_file_is_refused_before_it_is_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.xlsx")
    (tmp_path / "target.xlsx").write_bytes(book())
    (tmp_path / "link.xlsx").symlink_to(tmp_path / "target.xlsx")
    (tmp_path / "folder.xlsx").mkdir()
    for name in ("pipe.xlsx", "link.xlsx", "folder.xlsx", "missing.xlsx"):
        with pytest.raises(Refusal) as caught:
            read(tmp_path / name)
        assert caught.value.reason is Reason.NO_FILE
        assert str(caught.value).count(name) == 1, "said once"
    with pytest.raises(Refusal):
        read(Path("/dev/zero"))


def test_a_file_that_goes_while_it_is_read_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(_file: object, _name: str) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(hashlib, "file_digest", gone)
    found = refused(tmp_path, book())
    assert found.reason is Reason.NO_FILE
    assert str(found) == "given.xlsx cannot be opened: the disk reports an error."


def test_a_name_that_no_path_can_have_is_refused_beside_an_open_workspace(
    tmp_path: Path, workspace: Workspace
) -> None:
    with pytest.raises(Refusal) as caught:
        read(tmp_path / "a\0.xlsx")
    assert caught.value.reason is Reason.NO_FILE


def test_reading_can_be_stopped(tmp_path: Path) -> None:
    path = tmp_path / "large.xlsx"
    path.write_bytes(large(ODD))
    seen: list[tuple[int, int]] = []

    def progress(done: int, total: int) -> bool:
        seen.append((done, total))
        return done == 0

    with pytest.raises(Refusal) as caught:
        read(path, progress)
    assert caught.value.reason is Reason.CANCELLED
    assert 0 < seen[-1][0] <= seen[-1][1]
    asked = threading.Event()
    asked.set()
    with pytest.raises(Refusal) as caught:
        read(path, cancel=asked.is_set)
    assert caught.value.reason is Reason.CANCELLED
    assert not any(scratch.folder().glob("intake-*"))


def test_a_reader_that_dies_is_a_refusal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code = "import os; os.abort()"
    monkeypatch.setattr(process, "command", lambda: [sys.executable, "-c", code])
    assert refused(tmp_path, book()).reason is Reason.CRASHED
    monkeypatch.setattr(process, "command", lambda: [sys.executable, "-c", "import time; time.sleep(600)"])
    monkeypatch.setattr("desktop.export.intake.limits.SECONDS", 0.5)
    assert refused(tmp_path, book()).reason is Reason.TIME


def test_the_private_file_is_the_users_alone_and_goes(tmp_path: Path) -> None:
    found = opened(tmp_path, book())
    assert stat.S_IMODE(found.folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(each.stat().st_mode) for each in found.folder.iterdir()} == {0o600}
    found.close()
    assert not found.folder.exists()


def test_what_is_wrong_is_told_in_words_of_the_office(tmp_path: Path) -> None:
    whole = book()
    for content, sentence in (
        (
            whole[: len(whole) // 2],
            "given.xlsx is damaged or was cut off; what is wrong is in how it is put together.",
        ),
        (packed({"a.txt": b"hello"}), "its content is a packed folder (ZIP)."),
        (
            packed({"mimetype": b"application/vnd.oasis.opendocument.text"}),
            "its content is an OpenDocument file that is no spreadsheet.",
        ),
    ):
        assert sentence in str(refused(tmp_path, content))
    empty = refused(tmp_path, book(rows()))
    assert empty.reason is Reason.EMPTY
    assert "choose another file" in empty.advice


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("Sheet 1!A3", "at Sheet 1!A3"),
        ("xl/workbook.xml", "in its list of sheets"),
        ("xl/worksheets/sheet12.xml", "in one of its sheets"),
        ("xl/sharedStrings.xml ×2", "in its texts"),
        ("ValueError", "in how it is put together"),
        ("[Content_Types].xml", "in how it is put together"),
    ],
)
def test_places_within_a_file_are_told_as_people_know_them(said: str, told: str) -> None:
    assert whereabouts.place(said) == told


SWEEP = "from desktop import scratch; scratch.folder()"


def test_a_book_that_stays_open_is_not_swept_away_under_it(tmp_path: Path) -> None:
    """By no other process that begins days later."""
    (tmp_path / "a.csv").write_text("a;b\n1;2\n", "utf-8")
    old = time.time() - 2 * scratch.UNHELD
    with read(tmp_path / "a.csv") as book:
        for folder in (book.folder, scratch.folder()):
            os.utime(folder, (old, old))
        subprocess.run([sys.executable, "-c", SWEEP], check=True, capture_output=True)
        assert book.sheets[0].cell(2, 1).value == "1"
    assert not book.folder.exists()


def test_the_reading_process_is_bound(tmp_path: Path) -> None:
    def tried(code: str) -> subprocess.CompletedProcess[str]:
        whole = f"from desktop.export.intake import limits; limits.confine(); {code}"
        return subprocess.run(
            [sys.executable, "-c", whole], capture_output=True, text=True, check=False, timeout=60
        )

    assert "MemoryError" in tried("bytearray(400_000_000)").stderr
    assert "PermissionError" in tried("import socket; socket.socket()").stderr
    assert "PermissionError" in tried("import subprocess; subprocess.run(['true'])").stderr
    assert "PermissionError" in tried("import os; os.system('true')").stderr
    assert tried("bytearray(1_000_000)").returncode == 0


def test_the_reading_process_loads_neither_window_nor_store() -> None:
    code = (
        "import json, sys; from desktop.export.intake import child, delimited, workbooks, sniff, losses, biff, odf;"
        " print(json.dumps(sorted(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = {name.split(".")[0] for name in json.loads(done.stdout)}
    assert loaded.isdisjoint(
        {"PySide6", "peewee", "sqlcipher3", "sqlite3", "openpyxl", "lxml", "socket", "ssl"}
    )
    assert "desktop.store" not in json.loads(done.stdout)


def test_a_frozen_program_reads_with_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert process.command() == [sys.executable, process.FROZEN_MARK]
    monkeypatch.setattr(process, "command", lambda: [sys.executable, "-m", "desktop", process.FROZEN_MARK])
    assert values(tmp_path, book(rows("<c><v>7</v></c>"))) == [[7]]


def test_on_windows_the_interpreter_itself_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    """That of a virtual environment would start a process of its own, outside of the limits."""
    monkeypatch.setattr(sys, "_base_executable", "python-itself")
    assert process.command()[0] == sys.executable
    monkeypatch.setattr(process.os, "name", "nt")
    found = process.command()
    monkeypatch.undo()
    assert found == ["python-itself", "-m", process.CHILD]


def test_every_kind_has_a_value() -> None:
    every = (
        None,
        "a",
        1,
        True,
        dt.date.min,
        dt.datetime.min,
        dt.time.min,
        dt.timedelta(),
        ErrorValue("#"),
        UNCOMPUTED,
    )
    assert {kind_of(value) for value in every} == set(Kind)

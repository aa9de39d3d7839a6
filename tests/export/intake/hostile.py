"""Files that were made to do harm, or are broken: each made when it is asked for, none kept.

    for name, make in HOSTILE.items(): path.write_bytes(make())

A name is the name that the file comes with. One more: a function with `@hostile("name.xlsx")`.
"""

from __future__ import annotations

import io
import os
import struct
import zipfile
import zlib
from collections.abc import Callable

from tests.export.intake import ole
from tests.export.intake.books import (
    MAIN,
    RELATIONS,
    SHEET,
    STRICT_MAIN,
    STRICT_RELATIONS,
    STYLES,
    book,
    ods,
    packed,
    parts,
    relation,
    relations,
    rows,
    sheet,
)

HOSTILE: dict[str, Callable[[], bytes]] = {}
Maker = Callable[[], bytes]
LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "ha ha ha ha ha ha ha ha ha ha">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefghi", "bcdefghij", strict=True))
    + "]>"
)
QUADRATIC = f'<!DOCTYPE x [<!ENTITY a "{"x" * 50_000}">]>'
EXTERNAL = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
DTD = '<!DOCTYPE x SYSTEM "http://192.0.2.1/evil.dtd">'
XML = '<?xml version="1.0"?>'
ONE = rows('<c r="A1"><v>1</v></c>')


def hostile(name: str) -> Callable[[Maker], Maker]:
    """Enter a maker under the name of its file."""

    def enter(make: Maker) -> Maker:
        assert name not in HOSTILE
        HOSTILE[name] = make
        return make

    return enter


def changed(**by: str | bytes) -> bytes:
    """A good workbook with other parts; `_` in a name stands for a slash or a point as the part has them."""
    made = parts(ONE)
    for name, content in by.items():
        made[PARTS[name]] = content
    return packed(made)


PARTS = {
    "types": "[Content_Types].xml",
    "root": "_rels/.rels",
    "workbook": "xl/workbook.xml",
    "pointers": "xl/_rels/workbook.xml.rels",
    "sheet": SHEET,
    "strings": "xl/sharedStrings.xml",
    "styles": "xl/styles.xml",
    "core": "docProps/core.xml",
}

# ---- XML that grows, or reaches out

for _part in PARTS:
    HOSTILE[f"laughs-{_part}.xlsx"] = lambda part=_part: changed(**{part: f"{XML}{LAUGHS}<x>&j;</x>"})


@hostile("quadratic.xlsx")
def _() -> bytes:
    return changed(strings=f'{XML}{QUADRATIC}<sst xmlns="{MAIN}"><si><t>{"&a;" * 20_000}</t></si></sst>')


@hostile("external-entity.xlsx")
def _() -> bytes:
    return changed(strings=f'{XML}{EXTERNAL}<sst xmlns="{MAIN}"><si><t>&a;</t></si></sst>')


@hostile("external-entity-sheet.xlsx")
def _() -> bytes:
    return changed(sheet=f'{XML}{EXTERNAL}<worksheet xmlns="{MAIN}"><sheetData/></worksheet>')


@hostile("external-dtd.xlsx")
def _() -> bytes:
    return changed(sheet=f'{XML}{DTD}<worksheet xmlns="{MAIN}">{ONE}</worksheet>')


@hostile("laughs-utf16.xlsx")
def _() -> bytes:
    return changed(sheet=f'<?xml version="1.0" encoding="UTF-16"?>{LAUGHS}<x>&j;</x>'.encode("utf-16"))


@hostile("laughs.ods")
def _() -> bytes:
    return ods("", prefix=LAUGHS)


@hostile("undefined-entity.xlsx")
def _() -> bytes:
    return changed(sheet=sheet(rows('<c r="A1" t="inlineStr"><is><t>&foo;</t></is></c>')))


@hostile("deep-nesting.xlsx")
def _() -> bytes:
    return changed(sheet=sheet("<a>" * 200_000 + "</a>" * 200_000))


@hostile("deep-nesting-workbook.xlsx")
def _() -> bytes:
    return changed(workbook="<a>" * 200_000 + "</a>" * 200_000)


@hostile("many-attributes.xlsx")
def _() -> bytes:
    return changed(sheet=f"<x {' '.join(f'a{n}=1' for n in range(200_000))}/>")


@hostile("long-attribute.xlsx")
def _() -> bytes:
    return changed(sheet=sheet(f'<sheetData><row r="{"1" * 15_000_000}"/></sheetData>'))


# ---- zips


def blanks(size: int) -> bytes:
    """A deflated run of spaces, made without holding it."""
    deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
    return b"".join(deflate.compress(b" " * 1_000_000) for _ in range(size // 1_000_000)) + deflate.flush()


def with_bomb(name: str, size: int, declared: int | None = None) -> bytes:
    """A good workbook in which one part is `size` blanks, said to be `declared` bytes."""
    made = {each: content for each, content in parts(ONE).items() if each != name}
    content = blanks(size)
    header = struct.pack(
        "<4sHHHHHIIIHH",
        b"PK\x03\x04",
        20,
        0,
        8,
        0,
        33,
        0,
        len(content),
        declared or size,
        len(name),
        0,
    )
    local = header + name.encode() + content
    rest = packed(made)
    end = rest.rfind(b"PK\x05\x06")
    count, size_of, start = struct.unpack_from("<HII", rest, end + 10)
    entry = struct.pack(
        "<4sHHHHHHIIIHHHHHII",
        b"PK\x01\x02",
        20,
        20,
        0,
        8,
        0,
        33,
        0,
        len(content),
        declared or size,
        len(name),
        0,
        0,
        0,
        0,
        0,
        start,
    )
    directory = rest[start : start + size_of] + entry + name.encode()
    closing = struct.pack(
        "<4sHHHHIIH", b"PK\x05\x06", 0, 0, count + 1, count + 1, len(directory), start + len(local), 0
    )
    return rest[:start] + local + directory + closing


@hostile("bomb-sheet.xlsx")
def _() -> bytes:
    return with_bomb(SHEET, 1_000_000_000)


@hostile("bomb-core.xlsx")
def _() -> bytes:
    return with_bomb("docProps/core.xml", 1_000_000_000)


@hostile("bomb-lying.xlsx")
def _() -> bytes:
    return with_bomb(SHEET, 500_000_000, declared=1_000)


@hostile("bomb-lying-strings.xlsx")
def _() -> bytes:
    return with_bomb("xl/sharedStrings.xml", 500_000_000, declared=9_000_000)


@hostile("bomb-under-the-ratio.xlsx")
def _() -> bytes:
    return changed(sheet=sheet(" " * 19_000_000 + ONE))


@hostile("nested.xlsx")
def _() -> bytes:
    inner = packed({"a": bytes(10_000_000)})
    for _level in range(5):
        inner = packed({f"{n}.zip": inner for n in range(10)})
    made = parts(ONE)
    made["xl/embeddings/inner.zip"] = inner
    return packed(made)


@hostile("many-entries.xlsx")
def _() -> bytes:
    target = io.BytesIO(packed(parts(ONE)))
    with zipfile.ZipFile(target, "a") as archive:
        for number in range(60_000):
            archive.writestr(zipfile.ZipInfo(f"x/{number}"), b"")
    return target.getvalue()


@hostile("many-entries-small-directory.xlsx")
def _() -> bytes:
    target = io.BytesIO(packed(parts(ONE)))
    with zipfile.ZipFile(target, "a") as archive:
        for number in range(20_000):
            archive.writestr(zipfile.ZipInfo(f"{number}"), b"")
    return target.getvalue()


@hostile("overlapping.xlsx")
def _() -> bytes:
    """Ten parts that share one run of compressed bytes."""
    made = bytearray(packed({**parts(ONE), **{f"xl/x{n}.xml": b"x" * 100_000 for n in range(10)}}))
    first = None
    at = made.find(b"PK\x01\x02")
    while at >= 0:
        length = struct.unpack_from("<H", made, at + 28)[0]
        if made[at + 46 : at + 46 + length].startswith(b"xl/x"):
            first = first or bytes(made[at + 42 : at + 46])
            made[at + 42 : at + 46] = first
        at = made.find(b"PK\x01\x02", at + 46)
    return bytes(made)


@hostile("traversal.xlsx")
def _() -> bytes:
    made = parts(ONE)
    made["../../../../tmp/juntos-escaped"] = b"x"
    made["/etc/juntos-escaped"] = b"x"
    made["C:\\juntos-escaped"] = b"x"
    return packed(made)


@hostile("twice.xlsx")
def _() -> bytes:
    target = io.BytesIO(packed(parts(ONE)))
    with zipfile.ZipFile(target, "a") as archive:
        info = zipfile.ZipInfo(SHEET.upper())
        archive.writestr(info, sheet(rows('<c r="A1"><v>2</v></c>')))
    return target.getvalue()


@hostile("encrypted-zip.xlsx")
def _() -> bytes:
    made = bytearray(packed(parts(ONE)))
    at = made.find(b"PK\x01\x02")
    while at >= 0:
        made[at + 8] |= 1
        at = made.find(b"PK\x01\x02", at + 46)
    return bytes(made)


@hostile("directory-elsewhere.xlsx")
def _() -> bytes:
    made = bytearray(packed(parts(ONE)))
    struct.pack_into("<I", made, len(made) - 6, 7)
    return bytes(made)


@hostile("directory-huge.xlsx")
def _() -> bytes:
    made = bytearray(packed(parts(ONE)))
    struct.pack_into("<I", made, len(made) - 10, 0x7FFFFFFF)
    return bytes(made)


@hostile("offsets-wrong.xlsx")
def _() -> bytes:
    made = bytearray(packed(parts(ONE)))
    at = made.find(b"PK\x01\x02")
    struct.pack_into("<I", made, at + 42, 0x00FFFFFF)
    return bytes(made)


@hostile("checksum-wrong.xlsx")
def _() -> bytes:
    made = bytearray(packed(parts(ONE)))
    at = made.find(b"PK\x01\x02")
    while at >= 0:
        struct.pack_into("<I", made, at + 16, 0xDEADBEEF)
        at = made.find(b"PK\x01\x02", at + 46)
    return bytes(made)


# ---- sheets that claim much


@hostile("far-cell.xlsx")
def _() -> bytes:
    return book(
        '<sheetData><row r="1"><c r="A1"><v>1</v></c></row>'
        '<row r="1048576"><c r="XFD1048576"><v>2</v></c></row></sheetData>'
    )


@hostile("far-merge.xlsx")
def _() -> bytes:
    return book(f'{ONE}<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>')


@hostile("far-link.xlsx")
def _() -> bytes:
    link = '<hyperlink ref="A1:XFD1048576" r:id="rId1"/>'
    made = parts(f"{ONE}<hyperlinks>{link}</hyperlinks>")
    made["xl/worksheets/_rels/sheet1.xml.rels"] = relations(
        relation(1, "hyperlink", "file:///etc/passwd", "External")
    )
    return packed(made)


@hostile("far-comment.xlsx")
def _() -> bytes:
    made = parts(ONE)
    made["xl/worksheets/_rels/sheet1.xml.rels"] = relations(relation(1, "comments", "../comments1.xml"))
    made["xl/comments1.xml"] = (
        f'<comments xmlns="{MAIN}"><commentList><comment ref="XFD1048576" authorId="0"><text><t>hi</t></text></comment>'
        "</commentList></comments>"
    )
    return packed(made)


@hostile("far-both-large.xlsx")
def _() -> bytes:
    """A sheet large enough for the quick reader, with one cell in the last corner."""
    filled = "".join(
        f'<row r="{n}"><c r="A{n}"><v>{n * 7919 % 100003}</v></c><c r="XFD{n}"><v>{n}</v></c></row>'
        for n in range(1, 130_000)
    )
    return book(f'<sheetData>{filled}<row r="1048576"><c r="XFD1048576"><v>2</v></c></row></sheetData>')


@hostile("dimension-large.xlsx")
def _() -> bytes:
    return book(f'<dimension ref="A1:XFD1048576"/>{ONE}')


@hostile("dimension-small.xlsx")
def _() -> bytes:
    return book('<dimension ref="A1"/>' + rows(*(f'<c r="B{n}"><v>{n}</v></c>' for n in range(1, 50))))


@hostile("dimension-nonsense.xlsx")
def _() -> bytes:
    return book(f'<dimension ref="ZZZZ9999999999:A"/>{ONE}')


@hostile("billionth-row.xlsx")
def _() -> bytes:
    return book('<sheetData><row r="1000000000"><c r="A1000000000"><v>1</v></c></row></sheetData>')


@hostile("negative-row.xlsx")
def _() -> bytes:
    return book('<sheetData><row r="-1"><c r="A-1"><v>1</v></c></row></sheetData>')


@hostile("columns-beyond.xlsx")
def _() -> bytes:
    return book(rows('<c r="ZZZZZZZZ1"><v>1</v></c>'))


@hostile("empty-rows.xlsx")
def _() -> bytes:
    return book(
        "<sheetData>"
        + '<row r="1"/>'[:-2]
        + "/>"
        + "".join(f'<row r="{n}"/>' for n in range(2, 600_000))
        + "</sheetData>"
    )


@hostile("millions-of-cells.xlsx")
def _() -> bytes:
    row = "<row>" + "<c><v>1</v></c>" * 6_000 + "</row>"
    return book("<sheetData>" + row * 1_000 + "</sheetData>")


@hostile("millions-of-strings.xlsx")
def _() -> bytes:
    return book(ONE, strings="<si><t/></si>" * 8_000_000)


@hostile("strings-count.xlsx")
def _() -> bytes:
    return changed(
        strings=f'<sst xmlns="{MAIN}" count="4294967295" uniqueCount="4294967295"><si><t>a</t></si></sst>'
    )


@hostile("one-long-string.xlsx")
def _() -> bytes:
    return book(rows('<c r="A1" t="s"><v>0</v></c>'), strings=f"<si><t>{'ab' * 9_000_000}</t></si>")


@hostile("string-many-times.xlsx")
def _() -> bytes:
    """A text of 100,000 letters in 100,000 cells."""
    return book(
        rows(*(f'<c r="A{n}" t="s"><v>0</v></c>' for n in range(1, 100_001))),
        strings=f"<si><t>{'long ' * 20_000}</t></si>",
    )


@hostile("string-index.xlsx")
def _() -> bytes:
    return book(
        rows('<c r="A1" t="s"><v>99</v></c><c r="B1" t="s"><v>-1</v></c><c r="C1" t="s"><v>x</v></c>')
    )


@hostile("odd-values.xlsx")
def _() -> bytes:
    values = ("12,5", "NaN", "1e999", "5" * 5_000, "--1", "0x10", "")
    cells = "".join(f"<c><v>{value}</v></c>" for value in values)
    return book(rows(cells + '<c t="b"><v>maybe</v></c><c t="d"><v>yesterday</v></c><c t="zz"><v>1</v></c>'))


@hostile("style-index.xlsx")
def _() -> bytes:
    return book(
        rows(
            '<c r="A1" s="99999999"><v>1</v></c><c r="B1" s="-1"><v>1</v></c><c r="C1" s="1"><v>1e300</v></c>'
        )
    )


@hostile("formulas-without-values.xlsx")
def _() -> bytes:
    return book(rows('<c r="A1"><f>1+1</f></c><c r="B1"><f>HYPERLINK("http://192.0.2.1")</f><v></v></c>'))


@hostile("dde.xlsx")
def _() -> bytes:
    return book(rows('<c r="A1" t="str"><f>cmd|\' /C calc\'!A0</f><v>calc</v></c>'))


@hostile("million-merges.xlsx")
def _() -> bytes:
    merges = "".join(f'<mergeCell ref="A{n}:B{n}"/>' for n in range(1, 400_000))
    return book(f"{ONE}<mergeCells>{merges}</mergeCells>")


@hostile("format-codes.xlsx")
def _() -> bytes:
    formats = "".join(f'<numFmt numFmtId="{n}" formatCode="{"[" * 500}"/>' for n in range(200, 4_200))
    return changed(styles=STYLES.replace("</numFmts>", f"{formats}</numFmts>"))


# ---- workbooks that claim much, or point elsewhere


def many_sheets(count: int) -> bytes:
    """A workbook of so many sheets, each with a part of its own."""
    made = parts(ONE)
    listed = "".join(f'<sheet name="S{n}" sheetId="{n}" r:id="rId{n}"/>' for n in range(1, count + 1))
    made["xl/workbook.xml"] = (
        f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>{listed}</sheets></workbook>'
    )
    made["xl/_rels/workbook.xml.rels"] = relations(
        *(relation(n, "worksheet", f"worksheets/sheet{n}.xml") for n in range(1, count + 1))
    )
    for n in range(1, count + 1):
        made[f"xl/worksheets/sheet{n}.xml"] = sheet(ONE)
    return packed(made, level=1)


@hostile("ten-thousand-sheets.xlsx")
def _() -> bytes:
    return many_sheets(9_990)


@hostile("sheets-of-one-part.xlsx")
def _() -> bytes:
    listed = "".join(f'<sheet name="S{n}" sheetId="{n}" r:id="rId1"/>' for n in range(1, 400))
    made = parts(rows(*(f'<c r="A{n}"><v>{n}</v></c>' for n in range(1, 20_000))))
    made["xl/workbook.xml"] = (
        f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>{listed}</sheets></workbook>'
    )
    return packed(made)


@hostile("no-sheets.xlsx")
def _() -> bytes:
    return changed(workbook=f'<workbook xmlns="{MAIN}"><sheets/></workbook>')


@hostile("sheet-outside.xlsx")
def _() -> bytes:
    return changed(pointers=relations(relation(1, "worksheet", "../../../../etc/passwd")))


@hostile("sheet-on-the-net.xlsx")
def _() -> bytes:
    return changed(pointers=relations(relation(1, "worksheet", "http://192.0.2.1/sheet.xml", "External")))


@hostile("workbook-outside.xlsx")
def _() -> bytes:
    return changed(root=relations(relation(1, "officeDocument", "file:///etc/passwd", "External")))


@hostile("external-links.xlsx")
def _() -> bytes:
    made = parts(rows('<c r="A1"><f>[1]Data!A1</f><v>7</v></c>'))
    made["xl/_rels/workbook.xml.rels"] = relations(
        relation(1, "worksheet", "worksheets/sheet1.xml"),
        relation(9, "externalLink", "externalLinks/link1.xml"),
    )
    made["xl/externalLinks/link1.xml"] = "<externalLink/>"
    made["xl/externalLinks/_rels/link1.xml.rels"] = relations(
        relation(1, "externalLinkPath", "\\\\192.0.2.1\\share\\x.xlsx", "External")
    )
    return packed(made)


@hostile("points-to-itself.xlsx")
def _() -> bytes:
    return changed(pointers=relations(relation(1, "worksheet", "workbook.xml")))


@hostile("parts-missing.xlsx")
def _() -> bytes:
    return packed({name: content for name, content in parts(ONE).items() if name != SHEET})


@hostile("only-types.xlsx")
def _() -> bytes:
    return packed({"[Content_Types].xml": "<Types/>", "_rels/.rels": "<Relationships/>"})


@hostile("strict.xlsx")
def _() -> bytes:
    return book(rows('<c r="A1" s="1" t="d"><v>2024-03-01</v></c>'), main=STRICT_MAIN, base=STRICT_RELATIONS)


@hostile("macros.xlsm")
def _() -> bytes:
    made = parts(ONE)
    made["xl/vbaProject.bin"] = ole.ole({"VBA": b"Shell"})
    return packed(made)


# ---- other things under the name of a workbook

OTHERS = {
    "picture.xlsx": b"\x89PNG\r\n\x1a\n" + bytes(200),
    "document.xls": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + b"1 0 obj\n" * 100,
    "program.xlsx": b"MZ\x90\0" + bytes(500),
    "elf.ods": b"\x7fELF\x02\x01\x01" + bytes(500),
    "database.xlsx": b"SQLite format 3\0" + bytes(4_080),
    "page.xls": b"<html><body><table><tr><td>1</td></tr></table></body></html>",
    "page-with-script.xls": b"\xef\xbb\xbf <!DOCTYPE html><script>alert(1)</script>",
    "xml2003.xls": b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>',
    "sylk.csv": b"ID;PWXL;N;E\nC;Y1;X1;K1\nE\n",
    "zeros.xlsx": bytes(1_000_000),
    "nothing.xlsx": b"",
    "nothing.csv": b"",
    "blank.csv": b"\r\n\r\n  \r\n",
    "noise.xlsx": bytes((n * n * 31 + n * 7) % 256 for n in range(50_000)),
    "noise.csv": os.urandom(200_000),
    "gzip.csv": b"\x1f\x8b\x08" + bytes(100),
    "lock.xlsx": b"\x05Sato " + b" " * 49 + "\x05Sato".encode("utf-16-le").ljust(110, b"\0"),
    "empty.zip.xlsx": b"PK\x05\x06" + bytes(18),
    "excel4.xls": b"\x09\x04\x06\0\0\0\x10\0" + bytes(100),
}
HOSTILE.update({name: (lambda content=content: content) for name, content in OTHERS.items()})


@hostile("word.xlsx")
def _() -> bytes:
    return packed(
        {"[Content_Types].xml": "<Types/>", "word/document.xml": "<document/>", "_rels/.rels": relations()}
    )


@hostile("encrypted.xlsx")
def _() -> bytes:
    return ole.ole({"EncryptionInfo": bytes(200), "EncryptedPackage": os.urandom(6_000)})


@hostile("word.xls")
def _() -> bytes:
    return ole.ole({"WordDocument": bytes(6_000), "1Table": bytes(100)})


@hostile("password.xls")
def _() -> bytes:
    return ole.xls(ole.number(0, 0, 1), before=ole.protected())


@hostile("far.xls")
def _() -> bytes:
    return ole.xls(ole.number(0, 0, 1), ole.number(65_535, 255, 2))


@hostile("loop.xls")
def _() -> bytes:
    made = bytearray(ole.xls(ole.number(0, 0, 1)))
    table = struct.unpack_from("<I", made, 76)[0]
    struct.pack_into("<I", made, (table + 1) * 512, 0)  # the first sector follows itself
    return bytes(made)


@hostile("header-only.xls")
def _() -> bytes:
    return ole.ole({"Workbook": b""})[:512]


@hostile("encrypted.ods")
def _() -> bytes:
    return ods("", entry="<manifest:encryption-data/>")


@hostile("billions.ods")
def _() -> bytes:
    cell = (
        '<table:table-cell table:number-columns-repeated="16384" office:value-type="float" office:value="1"/>'
    )
    return ods(f'<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row>')


@hostile("billions-of-empty.ods")
def _() -> bytes:
    empty = '<table:table-cell table:number-columns-repeated="2000000000"/>'
    one = '<table:table-cell office:value-type="float" office:value="1"/>'
    return ods(
        f"<table:table-row>{one}</table:table-row>"
        f'<table:table-row table:number-rows-repeated="2000000000">{empty}</table:table-row>'
    )


@hostile("far-cell.xlsb")
def _() -> bytes:
    return packed({"xl/workbook.bin": b"\x83\x01\0", "xl/_rels/workbook.bin.rels": relations()})


# ---- cut off

for _share in (1, 10, 50, 90, 99):
    HOSTILE[f"cut-{_share}.xlsx"] = lambda share=_share: (whole := book())[: len(whole) * share // 100]
    HOSTILE[f"cut-{_share}.xls"] = lambda share=_share: (whole := ole.xls(ole.number(0, 0, 1)))[
        : len(whole) * share // 100
    ]


# ---- texts


@hostile("nuls.csv")
def _() -> bytes:
    return b"Topic,Status\n" + b"a\0b,Open\n" * 1_000


@hostile("only-nuls.csv")
def _() -> bytes:
    return b"Topic,Status\n" + bytes(500_000)


@hostile("one-line.csv")
def _() -> bytes:
    return b"x" * 99_000_000


@hostile("one-field.csv")
def _() -> bytes:
    return b'Topic,Status\n"' + b"word\n" * 15_000_000


@hostile("million-quotes.csv")
def _() -> bytes:
    return b'"' * 1_000_001


@hostile("quotes-and-lines.csv")
def _() -> bytes:
    return b'"\n' * 1_000_001


@hostile("unclosed-often.csv")
def _() -> bytes:
    return b'a,"b\n' * 200_001


@hostile("million-columns.csv")
def _() -> bytes:
    return b"," * 1_500_000 + b"\n"


@hostile("million-lines.csv")
def _() -> bytes:
    return b"\n" * 30_000_000 + b"1"


@hostile("utf16-broken.csv")
def _() -> bytes:
    return b"\xff\xfe" + "a,b\n".encode("utf-16-le") * 100 + b"\x00\xd8\x41"


@hostile("utf7.csv")
def _() -> bytes:
    return b"+ADw-script+AD4-,b\n"


@hostile("formulas.csv")
def _() -> bytes:
    return b"=cmd|' /C calc'!A0,@SUM(1),+1,-1\n'=1+1,x\n"

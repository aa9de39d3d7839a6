"""Workbooks written by hand, part by part, so that a test can bend any of them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_MAIN = "http://purl.oclc.org/ooxml/spreadsheetml/main"
STRICT_RELATIONS = "http://purl.oclc.org/ooxml/officeDocument/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
TYPES = (
    f'{HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
STYLES = (
    f'{HEAD}<styleSheet xmlns="{MAIN}"><numFmts count="2"><numFmt numFmtId="170" formatCode="[h]:mm"/>'
    '<numFmt numFmtId="171" formatCode="[$-411]ggge&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/></numFmts>'
    '<cellXfs count="6"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="22"/><xf numFmtId="20"/>'
    '<xf numFmtId="170"/><xf numFmtId="171"/></cellXfs></styleSheet>'
)
SHEET = "xl/worksheets/sheet1.xml"


def rows(*each: str) -> str:
    """Sheet data of rows in XML, numbered from 1."""
    return (
        "<sheetData>"
        + "".join(f'<row r="{n}">{cells}</row>' for n, cells in enumerate(each, 1))
        + "</sheetData>"
    )


def sheet(inside: str, main: str = MAIN) -> str:
    """A sheet around what stands in it."""
    return f'{HEAD}<worksheet xmlns="{main}" xmlns:r="{RELATIONS}">{inside}</worksheet>'


def relation(number: int, kind: str, target: str, mode: str = "", base: str = RELATIONS) -> str:
    """One pointer of a part."""
    outside = f' TargetMode="{mode}"' if mode else ""
    return f'<Relationship Id="rId{number}" Type="{base}/{kind}" Target="{target}"{outside}/>'


def relations(*each: str) -> str:
    """The pointers of a part."""
    return f'{HEAD}<Relationships xmlns="{PACKAGE}">{"".join(each)}</Relationships>'


def parts(
    data: str = rows('<c r="A1" t="inlineStr"><is><t>Topic</t></is></c>', '<c r="A2"><v>1</v></c>'),
    strings: str = "",
    main: str = MAIN,
    base: str = RELATIONS,
) -> dict[str, str | bytes]:
    """The parts of a workbook with one sheet, by their names."""
    return {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": relations(relation(1, "officeDocument", "xl/workbook.xml", base=base)),
        "xl/workbook.xml": f'{HEAD}<workbook xmlns="{main}" xmlns:r="{base}"><sheets>'
        '<sheet name="Data" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relations(
            relation(1, "worksheet", "worksheets/sheet1.xml", base=base),
            relation(2, "sharedStrings", "sharedStrings.xml", base=base),
            relation(3, "styles", "styles.xml", base=base),
        ),
        SHEET: sheet(data, main),
        "xl/sharedStrings.xml": f'{HEAD}<sst xmlns="{main}">{strings}</sst>',
        "xl/styles.xml": STYLES.replace(MAIN, main),
    }


def packed(of: Mapping[str, str | bytes], level: int = 6) -> bytes:
    """The zip of these parts."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as archive:
        for name, content in of.items():
            archive.writestr(name, content)
    return target.getvalue()


def book(data: str | None = None, **more: str) -> bytes:
    """A workbook with this sheet data."""
    return packed(parts(data, **more) if data is not None else parts(**more))


ODS_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"


def ods(table: str, **attributes: str) -> bytes:
    """An OpenDocument table."""
    office, names = (
        "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
        "urn:oasis:names:tc:opendocument:xmlns:",
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="{office}"'
        f' xmlns:table="{names}table:1.0" xmlns:text="{names}text:1.0" office:version="1.2"><office:body>'
        f'<office:spreadsheet><table:table table:name="Data">{table}</table:table></office:spreadsheet>'
        "</office:body></office:document-content>"
    )
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="content.xml">{attributes.get("entry", "")}'
        "</manifest:file-entry></manifest:manifest>"
    )
    return packed(
        {
            "mimetype": ODS_TYPE,
            "META-INF/manifest.xml": manifest,
            "meta.xml": "<meta/>",
            "content.xml": attributes.get("prefix", "") + content,
        }
    )

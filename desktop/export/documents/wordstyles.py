"""A new Word document with the styles of this program, so that an officer can go on writing in it.

It begins as python-docx's own template, of which only the styles that an office uses are kept.
"""

from __future__ import annotations

from typing import Any

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Emu, Mm, Pt, RGBColor

from desktop.export import palette
from desktop.export.documents.content import LEVELS
from desktop.export.fonts import JAPANESE, main_font

WIDTH, HEIGHT = Mm(210), Mm(297)
SIDE, TOP, BOTTOM, EDGE = Mm(20), Mm(23), Mm(24), Mm(10)
"""Margins of the page, and how far head and foot stand from its edge."""
ROOM = Emu(WIDTH - 2 * SIDE)
BODY = 10.5
TABLE, FACTS, MARKING, IN_TABLE, LINK = "Juntos", "Juntos Facts", "Marking", "Table Text", "Hyperlink"
BULLET, NUMBER, CONTINUE = "List Bullet", "List Number", "List Continue"
BULLETS = 1
"""The number by which paragraphs refer to the list with bullets; lists with numbers get one each."""
INDENT = Mm(6)
_KEPT = {
    "Normal", "Header", "Footer", "Heading 1", "Heading 2", "Heading 3", "Title", "Subtitle", "Quote", "Strong",
    "Emphasis", "Default Paragraph Font", "Normal Table", "No List", "Table Grid", BULLET, NUMBER, CONTINUE,
}  # fmt: skip
_LOCALES = {"en": "en-US", "es": "es-ES", "pt": "pt-BR", "ja": "en-US"}
"""What Latin letters are spelled in."""
_DROPPED = ("/thumbnail", "/customXml", "/stylesWithEffects", "/extended-properties")


def blank(language: str) -> Any:
    """An empty document: A4, styles, lists, language."""
    made = docx.Document()
    for part in (made.part.package, made.part):
        for number, relation in list(part.rels.items()):
            if relation.reltype.endswith(_DROPPED):
                del part.rels[number]
    _page(made.sections[0])
    _mode(made)
    _numbering(made)
    _styles(made, language)
    return made


def indent(depth: int) -> Emu:
    """How far the text of a list stands from the margin; `depth` from 1."""
    return Emu(INDENT * min(depth, LEVELS))


def numbered(made: Any, start: int) -> int:
    """A list with numbers of its own, which begins at `start`: the number by which its paragraphs refer to it."""
    numbering = made.part.numbering_part.element
    number = len(numbering.findall(qn("w:num"))) + 1
    begins = "".join(
        f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{start if level == 0 else 1}"/></w:lvlOverride>'
        for level in range(LEVELS)
    )
    numbering.append(_xml("num", f'<w:abstractNumId w:val="2"/>{begins}', f'w:numId="{number}"'))
    return number


def _page(section: Any) -> None:
    section.orientation, section.page_width, section.page_height = WD_ORIENT.PORTRAIT, WIDTH, HEIGHT
    section.left_margin = section.right_margin = SIDE
    section.top_margin, section.bottom_margin = TOP, BOTTOM
    section.header_distance = section.footer_distance = EDGE


def _mode(made: Any) -> None:
    """Today's layout, not that of an older Word."""
    for setting in made.settings.element.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")


def _numbering(made: Any) -> None:
    numbering = made.part.numbering_part.element
    for child in list(numbering):
        numbering.remove(child)
    for number, kinds in (
        (1, [("bullet", mark) for mark in "•–•"]),
        (2, [("decimal", f"%{level + 1}.") for level in range(LEVELS)]),
    ):
        levels = "".join(
            f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{mark}"/>'
            f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{indent(level + 1).twips}" w:hanging="{INDENT.twips}"/>'
            "</w:pPr></w:lvl>"
            for level, (kind, mark) in enumerate(kinds)
        )
        numbering.append(
            _xml(
                "abstractNum",
                f'<w:multiLevelType w:val="multilevel"/>{levels}',
                f'w:abstractNumId="{number}"',
            )
        )
    for number in (1, 2):
        numbering.append(_xml("num", f'<w:abstractNumId w:val="{number}"/>', f'w:numId="{number}"'))


def _styles(made: Any, language: str) -> None:
    styles = made.styles
    for style in list(styles):
        if style.name not in _KEPT:
            style.delete()
    for name in (MARKING, IN_TABLE):
        styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = styles["Normal"]
    styles.add_style(LINK, WD_STYLE_TYPE.CHARACTER)
    styles.element.append(parse_xml(_TABLE))
    styles.element.append(parse_xml(_FACTS))
    # Yu Gothic stands wide apart by itself.
    line = 0.9 if language == "ja" else 1.1
    accent, muted, red = palette.ACCENT, palette.MUTED, palette.TONES["red"][0]
    _set(styles["Normal"], BODY, after=6, line=line)
    _set(styles["Title"], 20, bold=True, after=2, line=line)
    _set(styles["Subtitle"], 11.5, color=muted, after=10)
    _set(styles["Heading 1"], 13.5, bold=True, color=accent, before=14, after=5)
    _set(styles["Heading 2"], 11.5, bold=True, before=10, after=3)
    _set(styles["Heading 3"], BODY, bold=True, color=muted, before=8, after=2)
    _set(styles["Quote"], BODY, after=6)
    _set(styles["Header"], 8.5, color=muted)
    _set(styles["Footer"], 8.5, color=muted)
    _set(styles[MARKING], 9, bold=True, color=red)
    _set(styles[IN_TABLE], 9.5)
    for name in (BULLET, NUMBER, CONTINUE):
        _set(styles[name], BODY, after=3)
    _lines(styles["Quote"], "left", 18, 10, accent)
    styles["Quote"].paragraph_format.left_indent = INDENT
    styles[LINK].font.color.rgb = RGBColor.from_string(accent)
    styles[LINK].font.underline = True
    for name, number in ((BULLET, 1), (NUMBER, 2)):
        styles[name].element.get_or_add_pPr().get_or_add_numPr().get_or_add_numId().val = number
    _language(styles, language)


def _set(
    style: Any, size: float, *, bold: bool = False, color: str = palette.TEXT, before: float = 0, after: float = 0,
    line: float | None = None,
) -> None:  # fmt: skip
    """Size and distances in points; whatever else the template says of the style is gone."""
    properties = style.element.get_or_add_rPr()
    for child in list(properties):
        properties.remove(child)
    paragraph = style.element.get_or_add_pPr()
    for name in ("w:pBdr", "w:contextualSpacing", "w:numPr", "w:ind", "w:tabs"):
        for found in paragraph.findall(qn(name)):
            paragraph.remove(found)
    style.font.size, style.font.bold, style.font.color.rgb = Pt(size), bold, RGBColor.from_string(color)
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    style.paragraph_format.line_spacing = line


def _lines(style: Any, side: str, eighths: int, space: int, color: str) -> None:
    """A line at a side of the paragraphs of a style."""
    border = f'<w:{side} w:val="single" w:sz="{eighths}" w:space="{space}" w:color="{color}"/>'
    properties = style.element.get_or_add_pPr()
    properties.insert_element_before(
        _xml("pBdr", border), "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:outlineLvl"
    )


def _language(styles: Any, language: str) -> None:
    """The font for each script in every style, and the language that spelling is checked in."""
    latin = main_font(language)
    names = {"w:ascii": latin, "w:hAnsi": latin, "w:eastAsia": JAPANESE, "w:cs": latin}
    defaults = styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    holders = [defaults, *(style.element.get_or_add_rPr() for style in styles if style.type in _LETTERED)]
    for holder in holders:
        for found in holder.findall(qn("w:rFonts")):
            holder.remove(found)
        fonts = holder._add_rFonts() if hasattr(holder, "_add_rFonts") else _xml("rFonts", "")
        if fonts.getparent() is None:
            holder.insert(0, fonts)
        for name, font in names.items():
            fonts.set(qn(name), font)
    spoken = defaults.find(qn("w:lang"))
    spoken.set(qn("w:val"), _LOCALES.get(language, language))
    spoken.set(qn("w:eastAsia"), "ja-JP")


_LETTERED = (WD_STYLE_TYPE.PARAGRAPH, WD_STYLE_TYPE.CHARACTER, WD_STYLE_TYPE.TABLE)


def _xml(name: str, inner: str, attributes: str = "") -> Any:
    return parse_xml(f"<w:{name} {nsdecls('w')} {attributes}>{inner}</w:{name}>")


_TABLE = f"""
<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="{TABLE}">
  <w:name w:val="{TABLE}"/><w:basedOn w:val="TableNormal"/><w:uiPriority w:val="59"/><w:qFormat/>
  <w:tblPr><w:tblBorders>
    <w:top w:val="single" w:sz="8" w:space="0" w:color="{palette.ACCENT}"/>
    <w:bottom w:val="single" w:sz="4" w:space="0" w:color="{palette.HAIRLINE}"/>
    <w:insideH w:val="single" w:sz="4" w:space="0" w:color="{palette.HAIRLINE}"/>
  </w:tblBorders><w:tblCellMar>
    <w:top w:w="55" w:type="dxa"/><w:left w:w="85" w:type="dxa"/>
    <w:bottom w:w="55" w:type="dxa"/><w:right w:w="85" w:type="dxa"/>
  </w:tblCellMar></w:tblPr>
  <w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr>
    <w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="{palette.ACCENT_GROUND}"/></w:tcPr></w:tblStylePr>
</w:style>
"""

_FACTS = f"""
<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="JuntosFacts">
  <w:name w:val="{FACTS}"/><w:basedOn w:val="TableNormal"/><w:uiPriority w:val="59"/>
  <w:tblPr><w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr>
</w:style>
"""

"""Cells that name a person and whom they work for: `Ana Silva / Ministry of Health`, `佐藤（経産省）`."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from desktop.export.intake.tracker.shown import is_japanese, plain

PERSON_FIRST, ORGANISATION_FIRST = "person_first", "organisation_first"
_IN_ORGANISATIONS = (
    "ministry ministerio ministers agency agencia embassy embajada embaixada consulate bank banco "
    "corporation corporacion company inc ltd llc ltda university universidad universidade institute "
    "instituto department departamento direccion diretoria division secretariat secretaria "
    "undersecretariat subsecretaria office oficina bureau commission comision comissao council consejo "
    "conselho association asociacion associacao chamber camara foundation fundacion fundacao government "
    "gobierno governo fund fondo fundo organisation organization organizacion organizacao authority "
    "autoridad service servicio center centre centro group union federation federacion congress "
    "parliament senate municipality municipalidad prefeitura superintendencia team unit section"
)
_ORGANISATION = frozenset(_IN_ORGANISATIONS.split())
"""Folded words that stand in the names of organisations."""
_ORGANISATION_JA = re.compile(
    "省|庁|局|部|課|室|班|機構|銀行|大使館|総領事館|協会|会社|財団|大学|研究所|委員会|センター|商工会議所|団体|政府|組合"
    "|連盟|公社|基金|事務所|㈱|（株）|[(]株[)]"
)
_PERSON_JA = re.compile(r"(?:様|さん|氏|殿|書記官|参事官|大臣|課長|局長|部長|室長|補佐|係長|公使|領事)$")
_TITLE = re.compile(
    r"^(?:mr|mrs|ms|dr|prof|sr|sra|srta|amb|minister|ambassador|don|do[nñ]a|dra?|lic|ing)\.? ", re.IGNORECASE
)
_SPLIT = re.compile(r"^(?P<one>[^/／|\n]+?)\s*(?:[/／|]|\s[-–—]\s|\n)\s*(?P<other>[^/／|\n]+)$")
_AROUND = re.compile(r"^(?P<one>[^()（）\[\]]+?)\s*[(（\[](?P<other>[^()（）\[\]]+)[)）\]]$")
_COMMA = re.compile(r"^(?P<one>[^,、]+?)\s*[,、]\s*(?P<other>[^,、]+)$")
_AND = re.compile(r"\s(?:and|y|e|et|und|&)\s", re.IGNORECASE)


class Party(NamedTuple):
    """A person, an organisation, or a person of an organisation; '' for what is not told."""

    person: str = ""
    organisation: str = ""


Known = Callable[[str], str]
"""Says of a name 'person', 'organisation' or '' for one that the directory does not have."""


def nobody(_name: str) -> str:
    """A directory without anybody in it."""
    return ""


def halves(text: str) -> tuple[str, str] | None:
    """The two parts of a cell that names two things of one party; None where it does not."""
    for pattern in (_AROUND, _SPLIT):
        match = pattern.match(text.strip())
        if match:
            return match["one"].strip(), match["other"].strip()
    return None


def kind(name: str, known: Known = nobody) -> str:
    """What a name looks like: 'person', 'organisation' or '' where nothing tells."""
    text = name.strip()
    told = known(text)
    if told:
        return told
    words = set(plain(text).split())
    if words & _ORGANISATION or (_ORGANISATION_JA.search(text) and not _PERSON_JA.search(text)):
        return "organisation"
    if _TITLE.match(text) or _PERSON_JA.search(text):
        return "person"
    if re.fullmatch(r"[A-Z0-9][A-Z0-9&.\-]{1,9}", text) and any(c.isalpha() for c in text):
        return "organisation"
    if re.fullmatch(r"[^\W\d_][\w'’.\-]*(?:[ ,]+[^\W\d_][\w'’.\-]*){1,4}", text) and text[:1].isupper():
        return "person"
    if is_japanese(text) and re.fullmatch(
        r"[\u4e00-\u9fff々]{1,4}[ 　]?[\u3041-\u30ff\u4e00-\u9fff々]{0,4}", text
    ):
        return "person"
    return ""


def order_of(texts: list[str], known: Known = nobody) -> str:
    """Which part of a column's cells is the person, by what most of them look like."""
    first = second = 0
    for text in texts:
        parts = halves(text)
        if parts:
            one, other = (kind(part, known) for part in parts)
            first += (one == "organisation") - (other == "organisation")
            second += (one == "person") - (other == "person")
    return ORGANISATION_FIRST if (first, -second) > (0, 0) else PERSON_FIRST


def party(text: str, order: str = "", known: Known = nobody) -> Party:
    """Whom a cell names. `order` decides where its parts look alike."""
    told = known(text.strip())
    parts = None if told else halves(text)
    if parts is None and not told:
        comma = _COMMA.match(text.strip())
        looks = (kind(comma["one"], known), kind(comma["other"], known)) if comma else ()
        if comma and "organisation" in looks and not _goes_on([comma["one"], comma["other"]], known):
            parts = comma["one"].strip(), comma["other"].strip()
    if parts is None:
        return (
            Party(organisation=text.strip()) if kind(text, known) == "organisation" else _single(text, known)
        )
    kinds = [kind(part, known) for part in parts]
    turned = order == ORGANISATION_FIRST
    if kinds == ["organisation", "person"] or (kinds[0] == "organisation" and kinds[1] != "organisation"):
        turned = True
    elif kinds == ["person", "organisation"] or (kinds[1] == "organisation" and kinds[0] != "organisation"):
        turned = False
    person, organisation = parts[::-1] if turned else parts
    return Party(person, organisation)


def _goes_on(parts: list[str], known: Known) -> bool:
    """Whether commas stand within one name, as in `Ministry of Economy, Trade and Industry`."""
    first, *rest = parts
    if not set(plain(first).split()) & _ORGANISATION or any(known(part) for part in rest):
        return False
    looks = {kind(part, known) for part in rest}
    return "organisation" not in looks and (bool(_AND.search(rest[-1])) or "person" not in looks)


def enumerated(text: str, known: Known = nobody) -> list[str]:
    """The names of a cell that lists some between commas; a name with commas in it is one."""
    parts = [part.strip() for part in re.split("[,，、]", text) if part.strip()]
    return [text.strip()] if len(parts) > 1 and _goes_on(parts, known) else parts


def _single(text: str, known: Known) -> Party:
    return Party(person=text.strip()) if kind(text, known) == "person" else Party(organisation=text.strip())


def several(text: str) -> list[str]:
    """The names of a cell that lists some: between semicolons, lines, or where nothing else parts them."""
    parts = [part.strip(" 　・•-") for part in re.split(r"[;；\n]+", text)]
    return [part for part in parts if part]


def listed(text: str) -> list[str]:
    """The elements of a cell that lists countries or sectors: commas and «and» part them too."""
    parts = re.split(r"[;；,、，\n/／・|]+|\s+(?:and|y|e|&)\s+|\s&\s", text)
    return [part.strip(" .　") for part in parts if part.strip(" .　")]


def bare(name: str) -> str:
    """A name as it is compared: whichever part comes first."""
    return " ".join(sorted(plain(_TITLE.sub("", name.strip())).split()))

"""The messages of the program and their translations.

    python scripts/messages.py extract   collect the messages of desktop/ into translations/juntos.pot
    python scripts/messages.py update    extract, then bring them into each language's juntos.po
    python scripts/messages.py compile   make juntos.mo of each juntos.po; what is fuzzy is left out, and told
    python scripts/messages.py check     say what is missing, stale, fuzzy or wrong; changes nothing

The usual round: write `_("…")`, run `update`, translate what `check` lists, run `compile`. No file holds a
date, a line number or a path of the machine: a difference in them is always a difference in words. Babel is
needed to run this, never to run Juntos. To add a language: its name in `desktop/i18n/messages.py` and in
`TRANSLATED`, its table by `scripts/locales.py`, then `update`.
"""

from __future__ import annotations

import io
import string
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "resources" / "translations"
TEMPLATE = FOLDER / "juntos.pot"
TRANSLATED = ("ja", "es", "pt")
KEYWORDS: dict[str, Any] = {
    "_": None,
    "N_": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
HEADERS = ("Language", "Plural-Forms", "MIME-Version", "Content-Type", "Content-Transfer-Encoding")


class Timeless(Catalog):
    """A catalogue whose header says nothing that changes by itself."""

    def __init__(self, locale: str | None = None) -> None:
        super().__init__(locale=locale, header_comment="# Translations of Juntos.", fuzzy=False)

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        kept = [(name, value) for name, value in super().mime_headers if name in HEADERS]
        return [*kept[:-1], (kept[-1][0], kept[-1][1] + "\n")]


def po_file(language: str, folder: Path = FOLDER) -> Path:
    return folder / language / "LC_MESSAGES" / "juntos.po"


def template(package: Path = ROOT / "desktop") -> Timeless:
    """The messages that stand in the source, each with the files it stands in."""
    catalog = Timeless()
    for file in sorted(package.rglob("*.py")):
        place = file.relative_to(package.parent).as_posix()
        with file.open("rb") as stream:
            found = extract("python", stream, keywords=KEYWORDS, comment_tags=("Translators:",))
            for _line, message, comments, context in found:
                if message and message[0]:
                    catalog.add(message, locations=[(place, 0)], auto_comments=comments, context=context)
    return catalog


def read(language: str, folder: Path = FOLDER) -> Timeless:
    """A language's catalogue; an empty one where it has none yet."""
    catalog = Timeless(language)
    file = po_file(language, folder)
    if file.is_file():
        with file.open("rb") as stream:
            for message in read_po(stream, locale=language):
                if message.id:
                    catalog[message.id] = message
    return catalog


def po_text(catalog: Catalog) -> bytes:
    stream = io.BytesIO()
    write_po(stream, catalog, width=0, sort_output=True, include_lineno=False, ignore_obsolete=True)
    return stream.getvalue()


def mo_bytes(catalog: Catalog) -> bytes:
    stream = io.BytesIO()
    write_mo(stream, catalog)  # leaves out what is fuzzy or not translated
    return stream.getvalue()


def forms(value: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    """The forms of a message or of its translation: one, or one a plural."""
    return (value,) if isinstance(value, str) else tuple(value or ())


def placeholders(text: str) -> set[str]:
    """The names in braces; ValueError where the braces do not pair."""
    return {name for _text, name, _spec, _conversion in string.Formatter().parse(text) if name is not None}


def _spaced_unlike(original: str, translation: str, end: int) -> bool:
    """Whether a space is missing or too many at this end; beside a full-width sign none stands."""
    if translation[end].isspace():
        return not original[end].isspace()
    return original[end].isspace() and unicodedata.east_asian_width(translation[end]) not in "WF"


def faults(message: Message) -> Iterator[str]:
    """What is wrong with one translation."""
    originals, translations = forms(message.id), forms(message.string)
    if not all(translations):
        yield "not translated"
        return
    if message.fuzzy:
        yield "fuzzy: read it, correct it and take the mark off"
    try:
        named = [placeholders(original) for original in originals]
    except ValueError:
        yield "braces that do not pair in the English"
        return
    needed, allowed = set.intersection(*named), set.union(*named)
    for translation in translations:
        try:
            used = placeholders(translation)
        except ValueError:
            yield f"braces that do not pair: {translation}"
            continue
        if not needed <= used <= allowed:
            yield f"other placeholders than the English: {translation}"
        if any(_spaced_unlike(originals[-1], translation, end) for end in (0, -1)):
            yield f"a space too many or too few at an end: {translation}"


def problems(language: str, wanted: Catalog, folder: Path = FOLDER) -> Iterator[str]:
    """What is wrong with a language's files, one line each."""
    catalog = read(language, folder)
    place = f"{language}:"
    keys = {(message.id, message.context) for message in catalog if message.id}
    expected = {(message.id, message.context) for message in wanted if message.id}
    for identity, _context in sorted(expected - keys, key=str):
        yield f"{place} missing: {forms(identity)[0]!r}"
    for identity, _context in sorted(keys - expected, key=str):
        yield f"{place} stale: {forms(identity)[0]!r}"
    for message in catalog:
        if message.id:
            yield from (f"{place} {fault} ({forms(message.id)[0]!r})" for fault in faults(message))
    compiled = po_file(language, folder).with_suffix(".mo")
    if not compiled.is_file() or compiled.read_bytes() != mo_bytes(catalog):
        yield f"{place} juntos.mo is not what juntos.po compiles to"


def update(folder: Path = FOLDER) -> None:
    wanted = template()
    (folder / TEMPLATE.name).write_bytes(po_text(wanted))
    for language in TRANSLATED:
        catalog = read(language, folder)
        catalog.update(wanted)
        file = po_file(language, folder)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(po_text(catalog))


def compile_all(folder: Path = FOLDER) -> list[str]:
    """Compile each language; returns a line for each entry that was left out as fuzzy."""
    left_out = []
    for language in TRANSLATED:
        catalog = read(language, folder)
        po_file(language, folder).with_suffix(".mo").write_bytes(mo_bytes(catalog))
        left_out += [
            f"{language}: left out as fuzzy: {forms(message.id)[0]!r}"
            for message in catalog
            if message.id and message.fuzzy
        ]
    return left_out


def check() -> list[str]:
    wanted = template()
    found = [line for language in TRANSLATED for line in problems(language, wanted)]
    if not TEMPLATE.is_file() or TEMPLATE.read_bytes() != po_text(wanted):
        found.append("juntos.pot is not what extract makes of the source")
    return found


def main(arguments: list[str]) -> int:
    lines: list[str] = []
    match arguments:
        case ["extract"]:
            FOLDER.mkdir(parents=True, exist_ok=True)
            TEMPLATE.write_bytes(po_text(template()))
        case ["update"]:
            update()
        case ["compile"]:
            lines = compile_all()
        case ["check"]:
            lines = check()
        case _:
            sys.stderr.write(__doc__ or "")
            return 2
    sys.stdout.writelines(f"{line}\n" for line in lines)
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

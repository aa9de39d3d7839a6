"""What the catalogue's sectors are called in the program's languages; sectors of an office's own have one name."""

from __future__ import annotations

import tomllib
from functools import cache

from desktop.i18n import language
from desktop.paths import bundled
from desktop.text import fold


@cache
def _names() -> dict[str, dict[str, str]]:
    """The names by language of each sector of the catalogue, by its name there."""
    text = bundled("data", "catalogue", "sectors.toml").read_text("utf-8")
    return {each["name"]: each["names"] for each in tomllib.loads(text)["sector"]}


@cache
def _known() -> dict[str, str]:
    """The name in the catalogue, by the folded name in any language."""
    return {fold(told): name for name, others in _names().items() for told in (name, *others.values())}


def sector_name(name: str) -> str:
    """What a sector of this name is called in the language spoken: as it is, where the catalogue does not know it."""
    return _names().get(name, {}).get(language(), name)


def spoken_names() -> dict[str, str]:
    """What the language spoken calls the sectors that it calls otherwise than the catalogue, by their names there."""
    return {name: told for name in _names() if (told := sector_name(name)) != name}


def sectors_with(text: str) -> list[str]:
    """The names in the catalogue of the sectors that have a text in what the language spoken calls them otherwise."""
    wanted = fold(text.strip())
    return [name for name, told in spoken_names().items() if wanted and wanted in fold(told)]


def catalogued(text: str) -> str | None:
    """The name in the catalogue of the sector that a text names in any language; None where it names none."""
    return _known().get(fold(text.strip()))

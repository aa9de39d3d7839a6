"""Whom and what the names in a line of quick entry mean.

The directory is read once and kept until it changes: a line is understood anew at each key.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any
from weakref import WeakKeyDictionary

from desktop.countries import countries, find_country
from desktop.i18n import LANGUAGES, speaking
from desktop.model import Initiative, Meeting, Organisation, Person, Recommendation, Sector
from desktop.model.kinds import SortKey
from desktop.service.quick.words import SECTORS
from desktop.service.workspace import Workspace
from desktop.text import fold

SHORTEST = 2
"""Letters from which the beginning of a name stands for it."""
SHOWN = 5
"""Candidates that a sentence names."""

_STAMP = " UNION ALL ".join(
    f"SELECT count(*), total(version), max(updated_at) FROM {table}"
    for table in ("person", "organisation", "sector")
)


_REFERRED = (Recommendation, Initiative, Meeting)
_EXACT, _FORMER, _BEGUN = (
    " UNION ALL ".join(
        f"SELECT '{e.key()}', t.id, t.ref FROM {e.key()} t {where.format(e.key())}" for e in _REFERRED
    )
    for where in (
        "WHERE t.ref_key = :key",
        "JOIN alias a ON a.uid = t.uid WHERE a.old = :key AND a.entity = '{}'",
        "WHERE t.ref_key >= :key AND t.ref_key < :end",
    )
)
_BEGUN += " ORDER BY 3 LIMIT :most"


@dataclass(frozen=True, eq=False)
class Named:
    """Something that a name can mean."""

    kind: str
    key: Any
    """Its id; of a country, the code."""
    shown: str
    exact: frozenset[str]
    """Folded names, acronym and reference."""
    short: str = ""
    """The folded acronym, which counts before all names."""
    words: tuple[str, ...] = ()
    """The parts of a person's name."""
    officer: bool = False


class Names:
    """The people, organisations and sectors of a workspace by their names."""

    def __init__(self, workspace: Workspace) -> None:
        rows = workspace.engine.rows
        self.people = [
            _person(*row)
            for row in rows("SELECT id, ref, name, own_name, officer FROM person ORDER BY name_key")
        ]
        self.organisations = [
            _organisation(*row)
            for row in rows(
                "SELECT id, ref, name, own_name, acronym, aliases FROM organisation ORDER BY name_key"
            )
        ]
        self.sectors = [
            Named("sector", key, name, _folded(name, ref) | frozenset(SECTORS.get(fold(name), ())))
            for key, ref, name in rows("SELECT id, ref, name FROM sector ORDER BY name_key")
        ]
        self._records: dict[tuple[str, int], Any] = {}

    def record(self, named: Named) -> Any:
        """The record of a name of the directory."""
        known = {"person": Person, "organisation": Organisation, "sector": Sector}
        if (named.kind, named.key) not in self._records:
            self._records[named.kind, named.key] = known[named.kind].get_by_id(named.key)
        return self._records[named.kind, named.key]

    def who(self, text: str, whole: bool = False) -> list[Named]:
        """The people and organisations of this name; only whole names count where `whole` says so."""
        return _best([*self.people, *self.organisations], fold(text), whole)

    def about(self, text: str, whole: bool = False) -> list[Named]:
        """The sectors and countries of this name."""
        code = find_country(text)
        found = _best(self.sectors, fold(text), True)
        if code and not any(each.key == code for each in found):
            found.append(_country(code))
        return found or ([] if whole else _best([*self.sectors, *all_countries()], fold(text), False))


_kept: WeakKeyDictionary[Workspace, tuple[Any, Names]] = WeakKeyDictionary()


def names(workspace: Workspace) -> Names:
    """The names of a workspace, read anew when its directory has changed, whoever changed it."""
    stamp = workspace.engine.rows(_STAMP)
    kept = _kept.get(workspace)
    if kept is None or kept[0] != stamp:
        kept = _kept[workspace] = stamp, Names(workspace)
    return kept[1]


def by_ref(workspace: Workspace, text: str) -> list[Named]:
    """The recommendations, initiatives and meetings of a reference, or whose reference alone begins with it."""
    key, rows = SortKey.key(text), workspace.engine.rows
    found = rows(_EXACT, {"key": key}) or rows(_FORMER, {"key": key})
    if not found and len(text) >= SHORTEST:
        found = rows(_BEGUN, {"key": key, "end": key + "\uffff", "most": SHOWN + 1})
    return [Named(kind, record_id, ref, frozenset()) for kind, record_id, ref in found]


def _best(among: Iterable[Named], wanted: str, whole: bool) -> list[Named]:
    """Those that a text names best: by acronym, whole name, part of a person's name, or its beginning."""
    known = list(among)
    found = [each for each in known if wanted == each.short] or [
        each for each in known if wanted in each.exact
    ]
    if found or whole:
        return found
    found = [each for each in known if wanted in each.words]
    if found or len(wanted) < SHORTEST:
        return found
    found = [each for each in known if any(name.startswith(wanted) for name in each.exact)]
    return found or [each for each in known if any(word.startswith(wanted) for word in each.words)]


def _folded(*texts: str) -> frozenset[str]:
    return frozenset(fold(" ".join(text.split())) for text in texts if text and text.strip())


def _person(key: int, ref: str, name: str, own_name: str, officer: int) -> Named:
    exact = _folded(name, own_name, own_name.replace(" ", "").replace("\u3000", ""), ref)
    words = tuple(word for text in _folded(name, own_name) for word in re.findall(r"[^\W_]+", text))
    return Named("person", key, name, exact, words=words, officer=bool(officer))


def _organisation(key: int, ref: str, name: str, own_name: str, acronym: str, aliases: str) -> Named:
    exact = _folded(name, own_name, acronym, ref, *aliases.split(";"))
    return Named("organisation", key, acronym or name, exact, short=fold(acronym.strip()) or "\x00")


@cache
def _country_names() -> dict[str, frozenset[str]]:
    """The folded names of each country in all languages."""
    found: dict[str, set[str]] = {}
    for code in LANGUAGES:
        with speaking(code):
            for country, name in countries().items():
                found.setdefault(country, set()).add(fold(name))
    return {country: frozenset(spelt) for country, spelt in found.items()}


def _country(code: str) -> Named:
    return Named("country", code, code, _country_names()[code])


@cache
def all_countries() -> tuple[Named, ...]:
    """Every country by its names."""
    return tuple(map(_country, _country_names()))

"""Whom a name in a cell means: the directory as it is, and those that it does not have yet."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from rapidfuzz import fuzz, process

from desktop.export.intake.tracker import names
from desktop.export.intake.tracker.plan import Wanted
from desktop.export.intake.tracker.shown import is_japanese, plain
from desktop.i18n import _, join_list, quoted
from desktop.model.kinds import MAX_LINE
from desktop.service.quick.names import Named
from desktop.service.quick.names import names as names_of
from desktop.service.workspace import Workspace

LIKE = 85
"""From how many per cent of likeness two names may be one."""


class Unknown(ValueError):
    """A name means nobody, or several; the text is a sentence."""


class Directory:
    """The people, organisations and sectors of a workspace by their names."""

    def __init__(self, workspace: Workspace) -> None:
        self._names = names_of(workspace)
        self._found: dict[str, dict[str, set[int]]] = {
            "person": defaultdict(set),
            "organisation": defaultdict(set),
        }
        self._officers: dict[str, set[int]] = defaultdict(set)
        self._said: dict[int, str] = {}
        self.refs: dict[tuple[str, int], str] = {}
        for named in (*self._names.people, *self._names.organisations):
            for text in named.exact:
                for key in {plain(text), names.bare(text)} - {""}:
                    self._found[named.kind][key].add(named.key)
            if named.officer:
                for word in named.words:
                    self._officers[plain(word)].add(named.key)
        self._shown = {
            (each.kind, each.key): each.shown for each in (*self._names.people, *self._names.organisations)
        }

    def known(self, name: str) -> str:
        """Whether a name is a person's or an organisation's; '' where it is nobody's, or both."""
        word = plain(name)
        kinds = [kind for kind, found in self._found.items() if word in found or names.bare(name) in found]
        if not kinds and (word in self._officers or self._begun(word)):
            return "person"
        return kinds[0] if len(kinds) == 1 else ""

    def find(self, kind: str, name: str, officer: bool = False) -> int | None:
        """The id of the one of this name, None where there is none; raises `Unknown` where there are several.

        An officer is known by a part of the name, where no other one has it.
        """
        held = self._found[kind]
        found = held.get(plain(name)) or held.get(names.bare(name)) or set()
        if not found and officer:
            found = self._officers.get(plain(name)) or self._begun(plain(name))
        if len(found) > 1:
            shown = join_list(sorted(self._shown[kind, key] for key in found))
            raise Unknown(_("“{name}” could be {names}.").format(name=quoted(name), names=shown))
        return next(iter(found), None)

    def _begun(self, name: str) -> set[int]:
        """The officers whose name in Japanese begins so: a family name is not parted from what follows it."""
        if not is_japanese(name):
            return set()
        return {key for word, keys in self._officers.items() if word.startswith(name) for key in keys}

    def sectors(self, name: str) -> list[Named]:
        """The sectors of this name, in any of the program's languages."""
        return [each for each in self._names.about(name, whole=True) if each.kind == "sector"]

    def like(self, wanted: Wanted) -> tuple[str, ...]:
        """Names of the directory that are like a new one."""
        held = self._found[wanted.kind]
        found = process.extract(
            plain(wanted.name), list(held), scorer=fuzz.token_sort_ratio, score_cutoff=LIKE, limit=3
        )
        keys = dict.fromkeys(key for name, _score, _at in found for key in held[name])
        return tuple(self._shown[wanted.kind, key] for key in keys)


def value_of(
    directory: Directory, kind: str, name: str, make: bool, organisation: str = "", officer: bool = False
) -> Any:
    """The id of the one of this name, or who is to be put into the directory; raises `Unknown`."""
    found = directory.find(kind, name, officer)
    if found is not None:
        return found
    if not make:
        raise Unknown(_("“{name}” is not in the directory.").format(name=quoted(name)))
    if max(len(name), len(organisation)) > MAX_LINE:
        raise Unknown(_("“{name}” is too long for a name.").format(name=quoted(name)))
    return Wanted(kind, " ".join(name.split()), " ".join(organisation.split()))

"""What was decided of files from outside, and is not written yet: kept with the window while the file is not open,
and found again by what is in the file, wherever that lies by now."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from desktop.i18n import format_number, ngettext

if TYPE_CHECKING:
    from desktop.ui.window import MainWindow

Content = dict[str, Any]


class Decided(NamedTuple):
    """What was decided of a file. `same` is whether that has not changed since by a single byte."""

    said: dict[str, Any]
    same: bool
    forget: Callable[[], None]


def content(kind: str, where: str, text: str, path: Path, digest: str, said: Mapping[str, Any]) -> Content:
    """As it is kept: `where` and `text` for people, `said` as plain data for the one of this `kind` who decided it."""
    file = {"kind": kind, "path": str(path.absolute()), "sha256": digest, "shown": True}
    return {"where": where, "text": text, "file": file, "said": dict(said)}


def place(of: Mapping[str, Any]) -> str:
    """The name under which it is kept."""
    return f"{of['file']['kind']}:{of['file']['sha256'] or of['file']['path']}"


def put_aside(window: MainWindow, of: Content) -> str:
    """Keep it while the file is not open; the name by which it is forgotten."""
    name, number = place(of), 1
    while name in window.drafts:
        name, number = f"{place(of)}:{number + 1}", number + 1
    window.drafts[name] = {
        "where": of["where"],
        "text": of["text"],
        "file": of["file"] | {"shown": False},
        "said": of["said"],
    }
    return name


def find(window: MainWindow, kind: str, path: Path, digest: str) -> Decided | None:
    """What was decided of this file the last time, in this run or an earlier one; else of one that lay there."""
    keeper: Any = getattr(window, "keeper", None)
    left = keeper.left if keeper is not None else {}
    kept: list[tuple[Content, Callable[[], Any]]] = [
        *((of, partial(window.drafts.pop, name, None)) for name, of in reversed(window.drafts.items())),
        *((of, partial(keeper.discard, name)) for name, of in left.items()),
    ]
    there = [(of["file"], of["said"], drop) for of, drop in kept if _is_of(of, kind)]
    same = [each for each in there if digest and each[0]["sha256"] == digest]
    lay = [each for each in there if each[0]["path"] == str(path.absolute())]
    found = next(iter([*same, *lay]), None)
    return Decided(found[1], bool(same), found[2]) if found is not None else None


def _is_of(of: Any, kind: str) -> bool:
    """Whether a draft is what was decided of a file of this kind; others of a window are dialogs."""
    return isinstance(of, dict) and "file" in of and of["file"]["kind"] == kind


def no_longer(count: int) -> str:
    """That so many decisions are dropped."""
    said = ngettext(
        "{count} decision no longer fits: what it was about has changed since.",
        "{count} decisions no longer fit: what they were about has changed since.",
        count,
    )
    return said.format(count=format_number(count))


def given_up(count: int) -> str:
    """That somebody wants so many decisions to be forgotten."""
    said = ngettext("{count} decision is given up.", "{count} decisions are given up.", count)
    return said.format(count=format_number(count))

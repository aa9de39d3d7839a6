"""Two texts told apart word by word, and what differs between two versions of minutes as a table to read."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from html import escape

from desktop.i18n import _, join_parts
from desktop.service.minutes_content import Difference
from desktop.text import made_visible
from desktop.ui.tones import Tones

KEPT, GONE, NEW = "kept", "gone", "new"
_WORDS = re.compile(r"[A-Za-z0-9À-ɏ]+|\s+|.", re.DOTALL)
"""Words of letters, gaps, and each other character for itself: Japanese has no gaps."""
MOST = 20_000
"""Characters of both texts up to which they are compared word by word; beyond, that takes too long."""


def told_apart(was: str, now: str) -> list[tuple[str, str]]:
    """The pieces of two texts in one: what is kept, what is gone, what is new."""
    if len(was) + len(now) > MOST:
        return [(kind, text) for kind, text in ((GONE, was), (NEW, now)) if text]
    before, after = _WORDS.findall(was), _WORDS.findall(now)
    pieces: list[tuple[str, str]] = []
    for act, a, b, c, d in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if act == "equal":
            pieces.append((KEPT, "".join(before[a:b])))
            continue
        pieces += [
            (kind, text) for kind, text in ((GONE, "".join(before[a:b])), (NEW, "".join(after[c:d]))) if text
        ]
    return pieces


def table(found: Iterable[Difference], tones: Tones) -> str:
    """The differences as the rows of a table in HTML: what, what it was, what it is."""
    head = "".join(
        f'<th align="left" style="color:{tones.muted};font-weight:400">{escape(word)}</th>'
        for word in (_("What changed"), _("Was"), _("Is"))
    )
    rows = "".join(_row(each, tones) for each in found)
    return f'<table width="100%" cellpadding="6" cellspacing="0"><tr>{head}</tr>{rows}</table>'


def _row(each: Difference, tones: Tones) -> str:
    act = each.field or (_("taken out") if each.was else _("added"))
    caption = f'<span style="color:{tones.muted}">{_text(join_parts(each.part, act))}</span>'
    if each.field and each.name and each.name not in (each.was, each.now):
        caption += f"<br>{_text(each.name)}"
    pieces = told_apart(each.was, each.now)
    was, now = marked(pieces, NEW, tones), marked(pieces, GONE, tones)
    edge = f"border-top:1px solid {tones.hairline}"
    cells = ((28, caption), (36, was or "–"), (36, now or "–"))
    return (
        "<tr>"
        + "".join(f'<td width="{share}%" style="{edge}">{text}</td>' for share, text in cells)
        + "</tr>"
    )


def marked(pieces: Iterable[tuple[str, str]], without: str, tones: Tones) -> str:
    """One of the two texts in HTML, without what only the other has: what is gone struck, what is new underlined."""
    return "".join(_piece(kind, text, tones) for kind, text in pieces if kind != without)


def _piece(kind: str, text: str, tones: Tones) -> str:
    if kind == KEPT:
        return _text(text)
    ink, ground, line = (
        (tones.red, tones.red_on, "line-through")
        if kind == GONE
        else (tones.green, tones.green_on, "underline")
    )
    return f'<span style="background:{ground};color:{ink};text-decoration:{line}">{_text(text)}</span>'


def _text(text: str) -> str:
    return escape(made_visible(text)).replace("\n", "<br>")

"""How a file is marked: as somebody asked, as the post marks its files, or by whom it is for."""

from __future__ import annotations

from typing import Any

from desktop.export.errors import ExportError
from desktop.i18n import LANGUAGES, _, quoted, speaking
from desktop.model.scales import VISIBILITY
from desktop.model.visibility import INTERNAL, levels
from desktop.text import fold


def marking_of(workspace: Any, asked: str, audience: str = INTERNAL) -> str:
    """How a file is marked: as asked, else as the post marks its files, else as its audience says.

    That a file is internal is said in the language of its readers, whoever asked for it in another one, unless the
    post has a marking of its own. Never is it marked as what is for more readers than it is.
    """
    marking, own = (
        "" if is_lower(text, audience) else " ".join(text.split())
        for text in (asked, workspace.facts.marking)
    )
    if not own and marking in _internal():
        marking = ""
    return marking or own or _(VISIBILITY[audience])


def check(asked: str, audience: str) -> None:
    """Raises `ExportError` for a marking that is lower than whom the file is for."""
    if is_lower(asked, audience):
        raise ExportError(
            _(
                "The marking “{marking}” is lower than what is exported may be: it is for “{audience}”. Choose another"
                " marking, or another audience."
            ).format(marking=quoted(asked), audience=_(VISIBILITY[audience]))
        )


def is_lower(marking: str, audience: str) -> bool:
    """Whether it is the word, in any language, of an audience of more readers; other words are left to the post."""
    wanted = fold(" ".join(marking.split()))
    wanted = f"{wanted[:-1]}a" if wanted.endswith("o") else wanted  # público is pública too
    wider = [VISIBILITY[each] for each in levels(audience) if each != audience]
    for code in LANGUAGES:
        with speaking(code):
            if any(wanted == fold(_(word)) for word in wider):
                return True
    return False


def _internal() -> list[str]:
    """The marking that stands where nobody says another one, in each language."""
    found = []
    for code in LANGUAGES:
        with speaking(code):
            found.append(_("Internal"))
    return found

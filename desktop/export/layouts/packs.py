"""Label packs: the words in which somebody else says how things stand. To add one: an entry in `SHIPPED`.

    found = pack("gao")
    found.label("progress", "implemented")   # “Closed – Implemented”, in the language spoken
    found.value("progress", "Open")          # None: several statuses are called so

A pack says something of some scales and some of their values; the others keep their own words. What it does not
say of the desk's assessment, it says as of the status.

Sources: GAO's recommendation statuses and what it writes of agencies' answers; the five ratings of the World Bank
Group's Management Action Record (2015 to 2019); the two responses of the Universal Periodic Review, and the levels of
implementation by which its midterm assessments count; the classes of measure and of evaluation in the follow-up of
Japan's plan for regulatory reform (Cabinet Office).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from desktop.export.layouts.definition import MOST_NAME, dumped
from desktop.export.layouts.reading import loaded
from desktop.export.wording import SCALES
from desktop.i18n import N_, _, captioned, format_number, pgettext, quoted
from desktop.model import Invalid
from desktop.text import clean_line, fold

FORMAT = "juntos label pack"
MOST_LABEL = 60

Words = Mapping[str, Mapping[str, str]]
"""Of each scale, the message id of each value."""


@dataclass(frozen=True)
class Pack:
    """Words for the scales. `key` is that of a shipped one, the uid of a stored one, '' of one not kept yet."""

    key: str
    name: str
    words: Words = field(default_factory=dict, hash=False)
    shipped: bool = False

    @property
    def title(self) -> str:
        """The name in the language spoken."""
        return _(self.name)

    def label(self, scale: str, value: str) -> str | None:
        """The word for a value in the language spoken; None where the pack says nothing of it."""
        word = self.words.get(scale, {}).get(value)
        if word is None and scale == "assessment":
            word = self.words.get("progress", {}).get(value)
        return _spoken(word) if word else None

    def shown(self, scale: str, value: str) -> str:
        """The word for a value, the scale's own where the pack has none."""
        return self.label(scale, value) or _(SCALES[scale].get(value, value))

    def labels(self, scale: str) -> list[str]:
        """All words of a scale, each once, in its order: what a dropdown offers."""
        return list(dict.fromkeys(self.shown(scale, value) for value in SCALES[scale]))

    def value(self, scale: str, label: str) -> str | None:
        """The value that a word stands for, in the language spoken; None for no word of it, and for one that stands
        for several: what was meant is then not ours to guess."""
        wanted = fold(label.strip())
        found = [value for value in SCALES[scale] if fold(self.shown(scale, value)) == wanted]
        return found[0] if len(found) == 1 else None

    def as_data(self) -> dict[str, Any]:
        """As it stands in JSON."""
        return {"name": self.name, "words": {scale: dict(words) for scale, words in self.words.items()}}

    def as_json(self) -> str:
        """As it is kept, and written to a file."""
        return dumped({"format": FORMAT, **self.as_data()})


def _spoken(word: str) -> str:
    """A word of a pack in the language spoken. What a pack calls open is whatever is not closed; of follow-ups, the
    program says so of those that nobody has begun, and in other languages these are two words."""
    return pgettext("of whatever is not closed", "Open") if word == "Open" else _(word)


# ---- from JSON


def from_json(text: str, key: str = "") -> Pack:
    """The pack that a JSON text says; raises `Invalid` with a sentence that names what is wrong."""
    return from_data(loaded(text), key)


def from_data(data: Any, key: str = "") -> Pack:
    """The same of what `json.loads` has made of it. Scales and values of a newer program are left out."""
    if not isinstance(data, dict) or data.get("format", FORMAT) != FORMAT:
        raise Invalid(_("This is not a label pack of Juntos."))
    name = _line(data.get("name", ""), _("Name"), MOST_NAME)
    if not name:
        raise Invalid(_("The label pack has no name."), "name")
    given = data.get("words", {})
    if not isinstance(given, dict):
        raise Invalid(_("The words of a label pack are an object of scales."), "words")
    words: dict[str, dict[str, str]] = {}
    for scale, of_scale in given.items():
        if not isinstance(of_scale, dict):
            raise Invalid(
                captioned(quoted(scale), _("the words of a scale are an object of values.")), "words"
            )
        known = {
            value: _line(word, f"{scale} · {value}", MOST_LABEL)
            for value, word in of_scale.items()
            if value in SCALES.get(scale, {})
        }
        if any(known.values()):
            words[scale] = {value: word for value, word in known.items() if word}
    return Pack(key, name, words)


def leniently(text: str, key: str, name: str) -> Pack:
    """The pack that the workspace keeps, without what makes no sense in it."""
    try:
        return from_data({**json.loads(text), "name": name}, key)
    except (Invalid, ValueError, TypeError, RecursionError):
        return Pack(key, name)


def _line(text: Any, caption: str, most: int) -> str:
    if not isinstance(text, str):
        raise Invalid(captioned(caption, _("a word is a text.")), "words")
    line = " ".join(clean_line(text)[0].split())
    if len(line) > most:
        words = _("{count} characters are too many, {most} is the most.")
        raise Invalid(
            captioned(caption, words.format(count=format_number(len(line)), most=format_number(most))),
            "words",
        )
    return line


# ---- that come with the program

_OPEN, _IMPLEMENTED, _NOT = "Open", N_("Closed – Implemented"), N_("Closed – Not Implemented")
_GAO = {
    "progress": {
        "not_started": _OPEN,
        "in_progress": _OPEN,
        "substantially_done": _OPEN,
        "implemented": _IMPLEMENTED,
        "stalled": _OPEN,
        "overtaken": _NOT,
        "closed_not_implemented": _NOT,
    },
    "acceptance": {
        "supported": N_("Agency concurs"),
        "supported_in_part": N_("Agency concurs in part"),
        "not_supported": N_("Agency does not concur"),
    },
    "stage": {
        **dict.fromkeys(("idea", "proof_of_concept", "bankable", "financing", "under_way", "on_hold"), _OPEN),
        "completed": _IMPLEMENTED,
        "dropped": _NOT,
    },
    "follow_up": {
        **dict.fromkeys(("open", "in_progress", "waiting"), _OPEN),
        "done": _IMPLEMENTED,
        "cancelled": _NOT,
    },
}
_WORLD_BANK = {
    "progress": {
        "not_started": N_("Negligible"),
        "in_progress": N_("Moderate"),
        "substantially_done": N_("Substantial"),
        "implemented": N_("Complete"),
        "overtaken": N_("Not rated"),
        "closed_not_implemented": N_("Not rated"),
    },
    "acceptance": {"supported": N_("Accepted"), "not_supported": N_("Not accepted")},
}
_PARTIALLY = N_("Partially implemented")
_UPR = {
    "progress": {
        "not_started": N_("Not implemented"),
        "in_progress": _PARTIALLY,
        "substantially_done": _PARTIALLY,
        "implemented": N_("Fully implemented"),
        "stalled": _PARTIALLY,
        "closed_not_implemented": N_("Not implemented"),
    },
    "acceptance": {
        "supported": N_("Supported"),
        "supported_in_part": N_("Noted by the State"),
        "under_consideration": N_("Response pending"),
        "not_supported": N_("Noted by the State"),
    },
}
_TAKEN, _DECIDED = N_("Measure taken"), N_("Measure not yet taken")
_CONSIDERED, _NOT_CONSIDERED = N_("Measure under consideration"), N_("Measure not yet considered")
_ENDED, _CONTINUES = N_("Follow-up ended"), N_("Follow-up continues")
_CABINET_OFFICE = {
    "progress": {
        "not_started": _NOT_CONSIDERED,
        "in_progress": _CONSIDERED,
        "substantially_done": _DECIDED,
        "implemented": _TAKEN,
        "stalled": _CONSIDERED,
        "overtaken": _ENDED,
        "closed_not_implemented": _ENDED,
    },
    "assessment": {
        "not_started": _CONTINUES,
        "in_progress": _CONTINUES,
        "substantially_done": _CONTINUES,
        "implemented": N_("Resolved"),
        "stalled": N_("Improvement needed"),
        "overtaken": _ENDED,
        "closed_not_implemented": _ENDED,
    },
    "follow_up": {
        "open": _DECIDED,
        "in_progress": _CONSIDERED,
        "waiting": _CONSIDERED,
        "done": _TAKEN,
        "cancelled": _ENDED,
    },
}
SHIPPED: tuple[Pack, ...] = (
    Pack("gao", N_("GAO"), _GAO, shipped=True),
    Pack("world_bank", N_("World Bank (Management Action Record)"), _WORLD_BANK, shipped=True),
    Pack("upr", N_("Universal Periodic Review"), _UPR, shipped=True),
    Pack("cabinet_office", N_("Cabinet Office of Japan"), _CABINET_OFFICE, shipped=True),
)

"""What the files of the catalogue hold, and how an anchor's paragraph is read."""

from __future__ import annotations

import re
from typing import Any

Record = dict[str, Any]

#: Name of the file and of the tables in it.
KINDS = {
    "sources": "source",
    "sectors": "sector",
    "organisations": "organisation",
    "people": "person",
    "recommendations": "recommendation",
    "initiatives": "initiative",
    "meetings": "meeting",
    "links": "link",
}
ANCHORED = ("organisation", "person", "recommendation", "initiative", "meeting")


def places(text: str) -> list[int]:
    """The numbers that an anchor's paragraph names: `3`, `3–4`, `3; 5`, and for a figure `row 13; row 16`."""
    numbers: list[int] = []
    for part in text.split("; ") if text else []:
        match = re.fullmatch(r"(?:row )?(\d+)(?:–(\d+))?", part)
        if match is None:
            raise ValueError(f"“{text}” is no paragraph")
        numbers += range(int(match[1]), int(match[2] or match[1]) + 1)
    return numbers

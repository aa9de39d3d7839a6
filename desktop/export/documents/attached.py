"""A document as it goes along with an e-mail: its content and its name, in no file of the officer's."""

from __future__ import annotations

from typing import Any

from desktop.export import saving
from desktop.export.documents.content import Document
from desktop.export.documents.saving import WORD, Printer, save, suggested_name
from desktop.model.visibility import INTERNAL
from desktop.service import versions


def content(document: Document, suffix: str = WORD, *, printer: Printer | None = None) -> bytes:
    """The document in the form that the suffix names; raises `ExportError`."""
    with saving.work_folder() as folder:
        return save(document, folder / f"document{suffix}", printer=printer).path.read_bytes()


def minutes_name(
    meeting: Any, suffix: str = WORD, number: int | None = None, audience: str = INTERNAL
) -> str:
    """A good name for a meeting's minutes, which tells the version: this one, the final one, or the draft.

    What goes to others is no version of them, and is called after the meeting alone.
    """
    if audience != INTERNAL:
        return suggested_name("Minutes", meeting.ref, meeting.on or "", suffix=suffix)
    found = versions.versions(meeting)
    if number is None and meeting.state == "final" and found:
        number = found[-1].number
    which = f"v{number}" if number is not None else "draft"
    return suggested_name("Minutes", meeting.ref, meeting.on or "", which, suffix=suffix)


def brief_name(meeting: Any, suffix: str = WORD) -> str:
    """A good name for a meeting's brief."""
    return suggested_name("Brief", meeting.ref, meeting.on or "", suffix=suffix)

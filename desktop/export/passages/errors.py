"""What can go wrong while a source's text is taken in."""

from __future__ import annotations

from desktop.export.errors import ExportError


class ReadError(ExportError):
    """The file was not read; the text is a whole sentence in the user's language that says why and what to do."""

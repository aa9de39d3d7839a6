"""What can go wrong while a file is written out."""

from __future__ import annotations


class ExportError(Exception):
    """The file was not written; the text is a whole sentence in the user's language. What stood there stands."""


class WouldReplace(ExportError):
    """A file stands there that nobody said may go: not one that Juntos wrote, or changed by somebody since."""


class Cancelled(ExportError):
    """The officer stopped the export."""

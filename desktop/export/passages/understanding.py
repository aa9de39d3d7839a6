"""What the content of a file says: told what it is by its first bytes, and read by its format.

It runs in the process that reads files from outside (`intake/child.py`), never beside an open workspace.
"""

from __future__ import annotations

from collections.abc import Callable

from desktop.export.passages import pdf, plain, structure, word
from desktop.export.passages.errors import ReadError
from desktop.export.passages.lines import Line
from desktop.i18n import _, format_number
from desktop.service.quoting import SourceText

MOST_CHARACTERS = 10_000_000
"""Of the text of a source; some three thousand pages."""

FORMATS: dict[str, tuple[str, Callable[[bytes], tuple[list[Line], bool]]]] = {
    ".txt": ("text", lambda content: (plain.lines(content), True)),
    ".md": ("text", lambda content: (plain.lines(content), True)),
    ".docx": ("docx", word.lines),
    ".pdf": ("pdf", lambda content: (pdf.lines(content), True)),
}


def understood(name: str, suffix: str, content: bytes) -> SourceText:
    """The text of a file of this name and this ending, one of `FORMATS`. Raises `ReadError`."""
    expected, lines = FORMATS[suffix]
    found = _sniff(content)
    if found == "ole":
        raise ReadError(
            _(
                "{name} is an old Word file or is protected with a password. Open it in Word and save it as .docx"
                " without a password."
            ).format(name=name)
        )
    if found != expected:
        raise ReadError(
            _(
                "The content of {name} is not what its name says. Save it again in its program, then choose it."
            ).format(name=name)
        )
    text = structure.build(*lines(content))
    if not text.text:
        raise ReadError(_("{name} holds no text.").format(name=name))
    if len(text.text) > MOST_CHARACTERS:
        raise ReadError(
            _("The text of {name} is too long: {count} characters, {most} is the most.").format(
                name=name, count=format_number(len(text.text)), most=format_number(MOST_CHARACTERS)
            )
        )
    return text


def _sniff(content: bytes) -> str:
    """What a file is by its first bytes."""
    if b"%PDF-" in content[:1024]:
        return "pdf"
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "docx"
    if content.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return "ole"
    if content.startswith((b"{\\rtf", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x7fELF", b"MZ\x90")):
        return "other"
    return "text"

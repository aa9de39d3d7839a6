"""The one door: a file is looked at, told what it is by its content, and read by its format."""

from __future__ import annotations

import stat
from collections.abc import Callable
from pathlib import Path

from desktop.export.passages import pdf, plain, structure, word
from desktop.export.passages.errors import ReadError
from desktop.export.passages.lines import Line
from desktop.i18n import _, format_number, why
from desktop.service.quoting import SourceText

MOST_BYTES = 50_000_000
MOST_CHARACTERS = 10_000_000
"""Of the text of a source; some three thousand pages."""

_FORMATS: dict[str, tuple[str, Callable[[bytes], tuple[list[Line], bool]]]] = {
    ".txt": ("text", lambda content: (plain.lines(content), True)),
    ".md": ("text", lambda content: (plain.lines(content), True)),
    ".docx": ("docx", word.lines),
    ".pdf": ("pdf", lambda content: (pdf.lines(content), True)),
}
SUFFIXES = tuple(_FORMATS)


def read(path: Path) -> SourceText:
    """The text of a source. Raises `ReadError` with a sentence where the file cannot be read."""
    content = _content(path)
    wanted = _FORMATS.get(path.suffix.lower())
    if wanted is None:
        raise ReadError(
            _("{name} is no text that can be opened here. Choose a .txt, .docx or .pdf file.").format(
                name=path.name
            )
        )
    expected, lines = wanted
    found = _sniff(content)
    if found == "ole":
        raise ReadError(
            _(
                "{name} is an old Word file or is protected with a password. Open it in Word and save it as .docx"
                " without a password."
            ).format(name=path.name)
        )
    if found != expected:
        raise ReadError(
            _(
                "The content of {name} is not what its name says. Save it again in its program, then choose it."
            ).format(name=path.name)
        )
    text = structure.build(*lines(content))
    if not text.text:
        raise ReadError(_("{name} holds no text.").format(name=path.name))
    if len(text.text) > MOST_CHARACTERS:
        raise ReadError(
            _("The text of {name} is too long: {count} characters, {most} is the most.").format(
                name=path.name, count=format_number(len(text.text)), most=format_number(MOST_CHARACTERS)
            )
        )
    return text


def _content(path: Path) -> bytes:
    try:
        facts = path.stat()
        if not stat.S_ISREG(facts.st_mode):
            raise ReadError(
                _("{name} is not a file. Choose a .txt, .docx or .pdf file.").format(name=path.name)
            )
        if facts.st_size > MOST_BYTES:
            raise ReadError(
                _("{name} is too large: {count} MB, {most} MB is the most.").format(
                    name=path.name,
                    count=format_number(-(-facts.st_size // 1_000_000)),
                    most=format_number(MOST_BYTES // 1_000_000),
                )
            )
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise ReadError(
            _("{name} could not be opened: {why}").format(name=path.name, why=why(error))
        ) from None
    if not content:
        raise ReadError(_("{name} is empty.").format(name=path.name))
    return content


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

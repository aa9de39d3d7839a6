"""Everything that stands in a file, whatever it is wrapped in: archives, XML, mails, calendars, PDF; to be searched."""

from __future__ import annotations

import base64
import email
import html
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from email import policy
from urllib.parse import unquote

import pypdfium2

BASE64 = re.compile(rb"[A-Za-z0-9+/]{24,}={0,2}")


TO = re.compile(rb"^To: .*?\r\n(?=\S)", re.MULTILINE | re.DOTALL)
"""To whom a draft goes: that is the officer's choice."""


def layers(content: bytes, name: str = "") -> Iterator[str]:
    """All texts of a file, as they stand there and as whoever opens it would read them."""
    yield name
    if content.startswith(b"X-Unsent"):
        content = TO.sub(b"", content, count=1)
    yield from _encodings(content)
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            yield archive.comment.decode("latin-1")
            for each in archive.infolist():
                yield each.comment.decode("latin-1")
                yield from layers(archive.read(each), each.filename)
    elif content[:5] == b"%PDF-":
        yield from _pdf(content)
    elif content.startswith(b"X-Unsent"):
        yield from _mail(content)
    else:
        yield from _text(content.decode("utf-8", "replace"))


def _encodings(content: bytes) -> Iterator[str]:
    yield content.decode("latin-1")
    for shift in (0, 1):
        even = content[shift : len(content) - (len(content) - shift) % 2]
        yield even.decode("utf-16-le", "ignore")
        yield even.decode("utf-16-be", "ignore")
    for packed in BASE64.findall(content):
        whole = packed[: len(packed) // 4 * 4]
        yield base64.b64decode(whole + b"=" * (-len(whole) % 4), validate=False).decode("latin-1")


def _text(text: str) -> Iterator[str]:
    yield text
    yield html.unescape(text)
    yield unquote(text)
    yield html.unescape(re.sub(r"<[^>]*>", "", text))  # a word may stand in several runs
    yield re.sub(r"\r?\n[ \t]", "", text)  # a calendar folds its lines


def _pdf(content: bytes) -> Iterator[str]:
    with pypdfium2.PdfDocument(content) as opened:
        yield from opened.get_metadata_dict().values()
        for number in range(len(opened)):
            yield opened[number].get_textpage().get_text_range()


def _mail(content: bytes) -> Iterator[str]:
    message = email.message_from_bytes(content, policy=policy.default)
    yield from map(str, message.values())
    for part in message.walk():
        yield part.get_filename() or ""
        if not part.is_multipart():
            payload = part.get_payload(decode=True)
            yield from layers(payload if isinstance(payload, bytes) else b"", part.get_filename() or "")


def found(content: bytes, name: str, needles: Iterable[str]) -> list[str]:
    """Where any of these stands, in whatever case; with some of what stands around it."""
    pattern = re.compile("|".join(map(re.escape, needles)), re.IGNORECASE)
    hits = []
    for text in layers(content, name):
        hits += [text[max(0, hit.start() - 60) : hit.end() + 30] for hit in pattern.finditer(text)]
    return hits

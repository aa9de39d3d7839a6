"""Which encoding a table as text is in."""

from __future__ import annotations

import codecs
import re
from typing import BinaryIO

from desktop.export.intake.faults import Unreadable

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_PIECE = 1 << 20
_SAMPLE = 256_000
_FOREIGN = re.compile(rb"[^\n]*[\x80-\xff][^\n]*\n?")
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x19\x1c-\x1f\x7f]")
_JIS = re.compile(rb"\x1b\$[@B]")
_RUNS = re.compile("[\u3000-\u30ff\u4e00-\u9fff\uff01-\uff60々]{2,}")
_STRANGE = re.compile("[\uff61-\uff9f\ue000-\uf8ff]")
FEW = 0.01
"""Of the bytes of a text may be control characters."""


def encoding_of(file: BinaryIO) -> str:
    """The name of the codec; raises `Unreadable` for what is no text or breaks its own encoding."""
    file.seek(0)
    head = file.read(_PIECE)
    for mark, encoding in _BOMS:
        if head.startswith(mark):
            if not _fits(file, encoding):
                raise Unreadable("encoding", where=encoding)
            return encoding
    if wide := _wide(head[:4_096]):
        if not _fits(file, wide):
            raise Unreadable("encoding", where=wide)
        return wide
    jis = _JIS.search(head) is not None and _fits(file, "iso2022_jp_2")
    controls = len(_CONTROLS.findall(head.replace(b"\x1b", b"") if jis else head))
    if controls > max(8, FEW * len(head)):
        raise Unreadable("other kind", what="")
    if jis:
        return "iso2022_jp_2"
    if _fits(file, "utf-8"):
        return "utf-8"
    sample = _sample(file)
    for encoding in ("cp932", "euc_jp"):
        if _japanese(sample, encoding) and _fits(file, encoding):
            return encoding
    return "cp1252" if _fits(file, "cp1252") else "latin-1"


def _wide(head: bytes) -> str:
    """UTF-16 without its mark, by the NULs beside letters of the West and of line ends."""
    if len(head) < 4 or head.count(0) < len(head) // 5:
        return ""
    even, odd = head[::2].count(0), head[1::2].count(0)
    if odd > 20 * even:
        return "utf-16-le"
    return "utf-16-be" if even > 20 * odd else ""


def _fits(file: BinaryIO, encoding: str) -> bool:
    file.seek(0)
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        while piece := file.read(_PIECE):
            decoder.decode(piece)
        decoder.decode(b"", True)
    except UnicodeError:
        return False
    return True


def _sample(file: BinaryIO) -> bytes:
    """Lines with other letters than those of ASCII."""
    file.seek(0)
    found: list[bytes] = []
    while sum(map(len, found)) < _SAMPLE and (piece := file.read(_PIECE)):
        piece += file.readline(_PIECE)
        found += _FOREIGN.findall(piece)[:2_000]
    return b"".join(found)[: 2 * _SAMPLE]


def _japanese(sample: bytes, encoding: str) -> bool:
    """Whether it reads as Japanese: bytes of the West pass for it too, but as rare signs that stand alone."""
    text = sample.decode(encoding, "replace")
    foreign = sum(letter > "\x7f" for letter in text)
    together = sum(map(len, _RUNS.findall(text)))
    strange = len(_STRANGE.findall(text)) + text.count("\ufffd")
    return foreign > 0 and together >= 0.5 * foreign and strange <= 0.3 * foreign

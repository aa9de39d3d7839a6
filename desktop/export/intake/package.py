"""A zip from outside: its list of parts looked over before anything is unpacked, each part unpacked under a count.

What the list says of sizes is believed as far as it condemns; how much really comes out is counted. A zip inside
the zip is never opened.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from desktop.export.intake import limits
from desktop.export.intake.faults import Unreadable, damaged

CHUNK = 1 << 20
_PACKED_CHUNK = 1 << 17
_END, _END_LENGTH = b"PK\x05\x06", 22
_LOCAL, _LOCAL_LENGTH = b"PK\x03\x04", 30
_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)|<\0!\0[DE]\0|\0<\0!\0[DE]", re.IGNORECASE)
_OVERLAP = 16


class Package:
    """The parts of a zip by their names, without regard to case; backslashes and a leading slash are forgiven."""

    def __init__(self, file: BinaryIO) -> None:
        self.file = file
        self.size = file.seek(0, 2)
        self._look_at_directory()
        try:
            self.zip = zipfile.ZipFile(file)
        except (zipfile.BadZipFile, NotImplementedError, ValueError, OverflowError, OSError):
            raise damaged("zip") from None
        self.parts: dict[str, zipfile.ZipInfo] = {}
        for info in self.zip.infolist():
            if not info.is_dir():
                self._take(info)
        self._look_at_sizes()

    def _look_at_directory(self) -> None:
        """The directory is read whole by whoever opens the zip: so it is measured first."""
        self.file.seek(max(0, self.size - 65_536 - _END_LENGTH))
        tail = self.file.read()
        at = tail.rfind(_END)
        if at < 0 or len(tail) - at < _END_LENGTH:
            raise damaged("zip")
        size = int.from_bytes(tail[at + 12 : at + 16], "little")
        if size != 0xFFFFFFFF and size > limits.MOST_DIRECTORY:
            raise Unreadable("bomb", where=f"{size // limits.MEGABYTE} MB")
        self.file.seek(0)

    def _take(self, info: zipfile.ZipInfo) -> None:
        name = normal(info.filename)
        if info.flag_bits & 0x1:
            raise Unreadable("password")
        if name in self.parts:
            raise damaged(f"{shown(name)} ×2")
        if len(self.parts) >= limits.MOST_PARTS:
            raise Unreadable("bomb", where=f"{limits.MOST_PARTS}+")
        self.parts[name] = info

    def _look_at_sizes(self) -> None:
        total = 0
        ends = 0
        for info in sorted(self.parts.values(), key=lambda each: each.header_offset):
            total += info.file_size
            if info.file_size > limits.RATIO_FROM and info.file_size > limits.RATIO * info.compress_size:
                raise Unreadable("bomb", where=shown(info.filename))
            if info.header_offset < ends:
                raise Unreadable("bomb", where=shown(info.filename))
            ends = info.header_offset + _LOCAL_LENGTH + info.compress_size
        if total > limits.MOST_UNPACKED:
            raise Unreadable(
                "too large", size=total // limits.MEGABYTE, most=limits.MOST_UNPACKED // limits.MEGABYTE
            )

    def __contains__(self, name: str) -> bool:
        return normal(name) in self.parts

    def packed(self, name: str) -> int:
        """Bytes that a part takes in the zip, 0 where there is none."""
        info = self.parts.get(normal(name))
        return info.compress_size if info else 0

    def unpacked(self, name: str) -> int:
        """Bytes of a part as the directory says."""
        info = self.parts.get(normal(name))
        return info.file_size if info else 0

    def read(self, name: str, most: int = 32 * limits.MEGABYTE) -> bytes:
        """A whole part, nothing where there is none."""
        pieces = []
        size = 0
        for piece in self.stream(name):
            size += len(piece)
            if size > most:
                raise Unreadable("bomb", where=shown(name))
            pieces.append(piece)
        return b"".join(pieces)

    def stream(self, name: str, looked_at: bool = False) -> Iterator[bytes]:
        """A part piece by piece: as long as the directory says, with the right checksum, without DOCTYPE.

        `looked_at`: whoever asks looks for `<!` themselves.
        """
        info = self.parts.get(normal(name))
        if info is None:
            return
        count = checksum = 0
        before = b""
        for piece in self._inflated(info):
            count += len(piece)
            if count > info.file_size:
                raise Unreadable("bomb", where=shown(name))
            if not looked_at and (_defines(before + piece[:_OVERLAP]) or _defines(piece)):
                raise Unreadable("entities", where=shown(name))
            before = piece[-_OVERLAP:]
            checksum = zlib.crc32(piece, checksum)
            yield piece
        if count != info.file_size or checksum != info.CRC:
            raise damaged(shown(name))

    def _inflated(self, info: zipfile.ZipInfo) -> Iterator[bytes]:
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise damaged(shown(info.filename))
        self.file.seek(info.header_offset)
        header = self.file.read(_LOCAL_LENGTH)
        if len(header) < _LOCAL_LENGTH or not header.startswith(_LOCAL):
            raise damaged(shown(info.filename))
        names = int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
        at = info.header_offset + _LOCAL_LENGTH + names
        left = info.compress_size
        inflater = zlib.decompressobj(-15) if info.compress_type == zipfile.ZIP_DEFLATED else None
        while left > 0:
            self.file.seek(at)  # others read the same file meanwhile
            packed = self.file.read(min(_PACKED_CHUNK, left))
            if not packed:
                raise damaged(shown(info.filename))
            at += len(packed)
            left -= len(packed)
            if inflater is None:
                yield packed
                continue
            try:
                while packed:
                    piece = inflater.decompress(packed, CHUNK)
                    if piece:
                        yield piece
                    packed = inflater.unconsumed_tail
            except zlib.error:
                raise damaged(shown(info.filename)) from None
        if inflater is not None:
            while rest := inflater.decompress(inflater.unconsumed_tail, CHUNK):
                yield rest


def _defines(piece: bytes) -> bool:
    # two quick looks before the thorough one, as nearly no part has what it looks for
    return (b"<!" in piece or b"!\0" in piece) and _DOCTYPE.search(piece) is not None


def normal(name: str) -> str:
    """A part's name as parts are compared."""
    return posixpath.normpath(name.replace("\\", "/").lstrip("/")).lower()


def within(base: str, target: str) -> str:
    """What a target means that stands in the part `base`; raises `Unreadable` where it leads out of the package."""
    target = target.replace("\\", "/")
    path = target if target.startswith("/") else posixpath.join(posixpath.dirname(base), target)
    if ":" in target.partition("/")[0] or posixpath.normpath(path.lstrip("/")).startswith(".."):
        raise Unreadable("outside", where=shown(target))
    return normal(path)


def shown(name: str) -> str:
    """A part's name as it may stand in a sentence."""
    return "".join(letter if letter.isprintable() else "·" for letter in name)[:80]

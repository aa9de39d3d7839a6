"""What a file really is, by its first bytes and what lies in it; its name is not asked."""

from __future__ import annotations

import re
from typing import BinaryIO

from desktop.export.intake.faults import Unreadable, damaged
from desktop.export.intake.package import Package

ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHERS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "PDF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"BM", "BMP"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
    (b"MZ", "EXE"),
    (b"\x7fELF", "ELF"),
    (b"SQLite format 3\0", "SQLite"),
    (b"{\\rtf", "RTF"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf", "7z"),
    (b"\x1f\x8b", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ", "xz"),
    (b"RIFF", "RIFF"),
    (b"ID3", "MP3"),
    (b"OggS", "Ogg"),
    (b"PAR1", "Parquet"),
    (b"#!", "script"),
)
_BIFF = tuple(bytes([9, version, size, 0]) for version in (0, 2, 4, 8) for size in (4, 6, 8, 16))
_MARKUP = re.compile(
    rb"\s*(?:<!--.*?-->\s*)*<(!doctype html|html|\?xml|table|meta|head|body|svg|!\[)", re.I | re.S
)
_SHEET_XML = re.compile(rb"progid=.Excel\.Sheet|urn:schemas-microsoft-com:office:spreadsheet", re.IGNORECASE)
_BLANK = b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"
HEAD = 4_096
_PIECE = 1 << 20


def _utf16(text: str) -> bytes:
    return text.encode("utf-16-le")


_STREAMS = (
    ("EncryptedPackage", "password"),
    ("WordDocument", "Word"),
    ("PowerPoint Document", "PowerPoint"),
    ("__properties_version1.0", "Outlook"),
    ("Workbook", "xls"),
    ("Book", "xls"),
)


def sniff(file: BinaryIO) -> tuple[str, Package | None]:
    """`xlsx`, `xlsm`, `xlsb`, `ods`, `xls` or `csv`, and the zip that it is; raises `Unreadable` for all else."""
    file.seek(0)
    head = file.read(HEAD)
    if not head.strip(_BLANK) and _is_blank(file):
        raise Unreadable("empty")
    if head.startswith(ZIP):
        package = Package(file)
        return _in_zip(package), package
    if head.startswith(OLE):
        return _in_ole(file), None
    if head.startswith(_BIFF):
        raise Unreadable("old kind", what="Excel 2–4")
    for start, what in _OTHERS:
        if head.startswith(start) and (len(start) > 2 or b"\0" in head[:64] or start == b"#!"):
            raise Unreadable("other kind", what=what)
    if b"%PDF-" in head[:1024]:
        raise Unreadable("other kind", what="PDF")
    _markup(head)
    return "csv", None


def _is_blank(file: BinaryIO) -> bool:
    while piece := file.read(_PIECE):
        if piece.strip(_BLANK):
            return False
    return True


def _markup(head: bytes) -> None:
    found = _MARKUP.match(head.lstrip(b"\xef\xbb\xbf"))
    if head.startswith((b"\xff\xfe<\0", b"\xfe\xff\0<")):
        raise Unreadable("old kind", what="HTML / XML")
    if head.startswith(b"ID;P"):
        raise Unreadable("old kind", what="SYLK")
    if found is None:
        return
    if _SHEET_XML.search(head):
        raise Unreadable("old kind", what="XML 2003" if found[1].lower() == b"?xml" else "HTML")
    if found[1].lower() == b"?xml" and b"<html" not in head.lower():
        raise Unreadable("other kind", what="XML")
    raise Unreadable("old kind", what="HTML")


def _in_zip(package: Package) -> str:
    if "xl/workbook.bin" in package:
        return "xlsb"
    kind = package.read("mimetype", 1_000).strip() if "mimetype" in package else b""
    if kind.startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
        return "ods"
    if kind:
        raise Unreadable("other kind", what=kind[:60].decode("ascii", "replace"))
    for name, what in (
        ("word/document.xml", "Word"),
        ("ppt/presentation.xml", "PowerPoint"),
        ("index/document.iwa", "Numbers"),
        ("meta-inf/manifest.mf", "Java"),
        ("androidmanifest.xml", "Android"),
    ):
        if name in package:
            raise Unreadable("old kind" if what == "Numbers" else "other kind", what=what)
    if "xl/workbook.xml" in package or "_rels/.rels" in package:
        return "xlsm" if any(name.endswith("vbaproject.bin") for name in package.parts) else "xlsx"
    if not package.parts:
        raise Unreadable("empty")
    raise Unreadable("other kind", what="ZIP")


def _in_ole(file: BinaryIO) -> str:
    """What an OLE file is by the names of its streams, which stand in it as UTF-16."""
    file.seek(0)
    found: set[str] = set()
    before = b""
    while piece := file.read(_PIECE):
        both = before + piece
        found |= {what for name, what in _STREAMS if _utf16(name) in both}
        before = piece[-64:]
    if "password" in found:
        raise Unreadable("password")
    if "xls" in found:  # or a document that holds one, which `biff` finds out
        return "xls"
    for _name, what in _STREAMS:
        if what in found:
            raise Unreadable("other kind", what=what)
    file.seek(48)
    directory = int.from_bytes(file.read(4), "little")
    if (directory + 2) * 512 > file.seek(0, 2):
        raise damaged("OLE")
    raise Unreadable("other kind", what="OLE")

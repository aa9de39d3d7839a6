"""Files that belong to a record: taken into the workspace, read back, copied out again, let go.

What a file holds is kept once under its hash and never deleted, so that whatever undo brings back is whole.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any

from desktop import parts, scratch
from desktop.i18n import _, quoted, why
from desktop.model import Attachment, Blob, Edition, FollowUp, Invalid
from desktop.service import evidence, files
from desktop.service.operation import Writing
from desktop.service.workspace import Workspace
from desktop.text import clean_line

FILE, EVIDENCE = "file", evidence.ROLE
MEGABYTE = 1024 * 1024
MOST = 50 * MEGABYTE
"""Bytes of one file. The workspace is copied whole with every backup."""
LONGEST_NAME = 200
MOST_NAME_BYTES = 240
"""Of a name on a disk; most systems know 255, and some of them are for a number where the name is taken."""

_RESERVED = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}
)
"""Names that Windows does not let a file have, whatever their suffix."""
# Marks that turn the direction of reading: “gpj.exe” must not read as “exe.jpg”.
_TURNING = dict.fromkeys((0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)))
_FORBIDDEN = str.maketrans(dict.fromkeys('<>:"/\\|?*', "_"))

_WINDOWS = """ade adp appinstaller application appref-ms appx appxbundle bas bat chm cmd com cpl diagcab diagcfg dll exe
    gadget hlp hta inf ins img iso isp jse library-ms lnk msc msi msix msp mst msu ocx pif ps1 ps1xml ps2 psc1 psd1
    psm1 rdp reg scf scr sct search-ms settingcontent-ms sys theme themepack url vb vbe vbs vhd vhdx website wsb wsc
    wsf wsh xbap xll"""
_MACOS = """action app applescript command dmg dylib fileloc inetloc mobileconfig mpkg osax pkg prefpane scpt scptd
    terminal tool webloc workflow"""
_LINUX = "appimage bash bin csh deb desktop fish flatpak flatpakref ksh out rpm run sh snap so zsh"
_ANYWHERE = "class jar jnlp js mjs php pl pm py pyc pyo pyw pyz rb tcl war"
_WITH_MACROS = """accdb accde docm dotm iqy mdb mde odb one potm ppam ppsm pptm pub rtf sldm slk xla xlam xlsb xlsm xltm
    htm html mht mhtml shtml svg svgz xhtml xml xsl"""
PROGRAMS = frozenset(" ".join((_WINDOWS, _MACOS, _LINUX, _ANYWHERE, _WITH_MACROS)).split())
"""Suffixes of files that can do something when they are opened."""


@dataclass(frozen=True)
class File:
    """A file as it was read: its name and what it holds."""

    name: str
    content: bytes


def read(path: Path) -> File:
    """A file from the disk; raises `Invalid` where it is none, is empty, too large, or cannot be read."""
    name = clean_name(path.name)
    try:
        content = files.content(path, MOST, quoted(name), "evidence_file")
    except OSError as error:
        raise _refused(_("{name} cannot be read: {why}."), name, why=why(error)) from None
    if not content:
        raise _refused(_("{name} is empty; there is nothing to attach."), name)
    if len(content) > MOST:
        words = _("{name} is too large: {most} MB is the most. Keep it where it is and give a link to it.")
        raise _refused(words, name, most=str(MOST // MEGABYTE))
    return File(name, content)


def clean_name(name: str) -> str:
    """A file's name without folders and without what cannot be seen; the suffix stays when it is cut."""
    plain = clean_line(PureWindowsPath(PurePosixPath(name).name).name)[0].translate(_TURNING).strip()
    suffix = PurePosixPath(plain).suffix[-LONGEST_NAME:]
    return plain[: len(plain) - len(suffix)][: LONGEST_NAME - len(suffix)] + suffix or "_"


def attach(workspace: Workspace, record: Any, path: Path, role: str = FILE) -> Attachment:
    """Take a file into the workspace, for a record of the register; raises `Invalid`."""
    file = read(path)
    label = _("Attach {name} to {record}").format(name=quoted(file.name), record=workspace.say(record))
    with workspace.operation(label) as writing:
        return keep(writing, record, file, role)


def keep(writing: Writing, record: Any, file: File, role: str = FILE) -> Attachment:
    """`attach`, within an operation, of a file that was read before it."""
    values = {
        "subject": record.id,
        "name": file.name,
        "role": role,
        "size": len(file.content),
        "sha256": keep_bytes(file.content),
    }
    return writing.create(Attachment, values)  # type: ignore[no-any-return]


def keep_bytes(content: bytes) -> str:
    """Keep bytes in the workspace, within an operation; returns the SHA-256 under which they are found again."""
    digest = hashlib.sha256(content).hexdigest()
    Blob.insert(sha256=digest, content=content).on_conflict_ignore().execute()
    return digest


def of(record: Any) -> list[Attachment]:
    """The files of a record, in the order in which they came."""
    return list(Attachment.select().where(Attachment.subject == record.id).order_by(Attachment.id))


def content(attachment: Attachment | Edition) -> bytes:
    """What a file, or a source's text, holds; raises `Invalid` where it is not in this workspace, or damaged."""
    blob = Blob.get_or_none(Blob.sha256 == attachment.sha256)
    if blob is None:
        raise _refused(
            _("What {name} holds is not in this workspace; take the file in again."), attachment.name
        )
    found = bytes(blob.content)
    if hashlib.sha256(found).hexdigest() != attachment.sha256:
        raise _refused(_("{name} is damaged in this workspace; a backup may have it whole."), attachment.name)
    return found


def save_copy(attachment: Attachment, path: Path, *, overwrite: bool = False) -> Path:
    """Write what a file holds to the disk; raises `Invalid`, also where a file stands and may not be replaced.

    It is written beside its place and put there when it is whole.
    """
    found = content(attachment)
    files.refuse_open(path)
    if path.is_symlink():
        raise _refused(_("{name} is a link to another place; choose another name."), path.name)
    if path.exists() and not overwrite:
        raise _refused(_("{name} exists already; choose another name."), path.name)
    try:
        with parts.replacing(path) as file:
            file.write(found)
    except OSError as error:
        raise _refused(_("{name} cannot be written: {why}."), path.name, why=why(error)) from None
    return path


def open_copy(attachment: Attachment) -> Path:
    """A copy to look at, read-only, alone in a private folder that goes with the process.

    Raises `Invalid`, also for what can do something when it is opened: that is only saved.
    """
    if is_program(attachment.name):
        raise _refused(_("{name} can run commands on this computer; it is only saved."), attachment.name)
    try:
        path = scratch.new(scratch.LOOKED_AT) / file_name(attachment.name)
    except OSError as error:
        raise _refused(_("{name} cannot be written: {why}."), attachment.name, why=why(error)) from None
    save_copy(attachment, path)
    path.chmod(0o400)  # what is typed into a copy would be lost
    return path


def remove(workspace: Workspace, attachment: Attachment) -> None:
    """Let a file go; undo brings it back. Raises `Invalid` for the only evidence of what needs it."""
    label = _("Remove {name} from {record}").format(
        name=quoted(attachment.name), record=workspace.say(attachment)
    )
    with workspace.operation(label) as writing:
        writing.delete(attachment)
        proved = FollowUp.get_or_none(FollowUp.id == attachment.subject_id)
        if proved is not None:
            evidence.check(proved)


def file_name(name: str) -> str:
    """The name under which a file can lie on any disk."""
    plain = clean_name(name).translate(_FORBIDDEN).rstrip(". ") or "_"
    suffix = first_bytes(PurePosixPath(plain).suffix, MOST_NAME_BYTES // 2)
    stem = plain[: len(plain) - len(PurePosixPath(plain).suffix)]
    plain = (first_bytes(stem, MOST_NAME_BYTES - len(suffix.encode())) + suffix).rstrip(". ")
    return f"_{plain}" if plain.split(".")[0].strip().lower() in _RESERVED else plain


def first_bytes(text: str, most: int) -> str:
    """As much of a text from its beginning as takes `most` bytes, with no half character."""
    return text.encode("utf-8", "replace")[:most].decode("utf-8", "ignore")


def is_program(name: str) -> bool:
    """Whether a file of this name can do something when it is opened: a program, a script, a page, macros."""
    return file_name(name).rpartition(".")[2].strip().lower() in PROGRAMS if "." in name else False


def _refused(words: str, name: str, **more: str) -> Invalid:
    return Invalid(words.format(name=quoted(name), **more), "evidence_file")

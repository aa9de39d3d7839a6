"""What kind of place a file lies in: a disk of this computer, a share, or a folder that a cloud service copies.

On shares, locks cannot be trusted and WAL must not be used; a cloud service copies a database while it is written.
To add a service: a name of its folders or marker files in `FOLDERS` or `MARKERS`.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from desktop.i18n import _

LOCAL, NETWORK, CLOUD = "local", "network", "cloud"

DRIVE_REMOTE = 4
MOUNTS = Path("/proc/self/mountinfo")

SHARES = {
    "nfs": "NFS",
    "nfs4": "NFS",
    "cifs": "SMB",
    "smb": "SMB",
    "smb2": "SMB",
    "smb3": "SMB",
    "smbfs": "SMB",
    "ncpfs": "NCP",
    "afs": "AFS",
    "coda": "Coda",
    "davfs": "WebDAV",
    "webdav": "WebDAV",
    "afpfs": "AFP",
    "ceph": "Ceph",
    "glusterfs": "GlusterFS",
    "lustre": "Lustre",
    "gfs2": "GFS2",
    "ocfs2": "OCFS2",
    "vboxsf": "VirtualBox",
    "prl_fs": "Parallels",
    "fuse.sshfs": "SSH",
    "fuse.rclone": "rclone",
    "fuse.s3fs": "S3",
    "fuse.gvfsd-fuse": "GVfs",
    "fuse.davfs": "WebDAV",
    "fuse.davfs2": "WebDAV",
    "fuse.glusterfs": "GlusterFS",
    "fuse.ceph": "Ceph",
    "fuse.ceph-fuse": "Ceph",
    "fuse.smbnetfs": "SMB",
    "fuse.vmhgfs-fuse": "VMware",
    "fuse.google-drive-ocamlfuse": "Google Drive",
    "fuse.onedriver": "OneDrive",
    "fuse.kio-fuse": "KIO",
}
"""File systems of another computer, or of the host of a virtual one, as the system calls them."""

VARIABLES = {
    "OneDrive": "OneDrive",
    "OneDriveCommercial": "OneDrive",
    "OneDriveConsumer": "OneDrive",
}
"""Variables of the environment that name a folder."""

FOLDERS = (
    (re.compile(r"onedrive(?: - .+|-.+)?", re.IGNORECASE), "OneDrive"),
    (re.compile(r"dropbox(?: \(.+\))?", re.IGNORECASE), "Dropbox"),
    (re.compile(r"google ?drive|googledrive(?:-.+)?|drivefs", re.IGNORECASE), "Google Drive"),
    (re.compile(r"icloud ?drive|icloudphotos|com~apple~clouddocs|mobile documents", re.IGNORECASE), "iCloud"),
    (re.compile(r"nextcloud\d*", re.IGNORECASE), "Nextcloud"),
    (re.compile(r"owncloud", re.IGNORECASE), "ownCloud"),
    (re.compile(r"pcloud ?drive|pclouddrive", re.IGNORECASE), "pCloud"),
    (re.compile(r"box(?: sync)?|box-box", re.IGNORECASE), "Box"),
    (re.compile(r"megasync|mega", re.IGNORECASE), "MEGA"),
    (re.compile(r"seafile", re.IGNORECASE), "Seafile"),
    (re.compile(r"proton drive|protondrive(?:-.+)?", re.IGNORECASE), "Proton Drive"),
)
"""Names of the folders that services make, wherever they lie in the user's home."""

MARKERS = (
    (".dropbox", "Dropbox"),
    (".dropbox.cache", "Dropbox"),
    (".tmp.drivedownload", "Google Drive"),
    (".tmp.driveupload", "Google Drive"),
    (".owncloudsync.log", "ownCloud"),
    (".nextcloudsync.log", "Nextcloud"),
    (".stfolder", "Syncthing"),
    (".849C9593-D756-4E56-8D6E-42412F2A707B", "OneDrive"),
)
"""Files by which a service knows the folder that it copies."""
STARTS = ((".sync_", "Nextcloud"), ("._sync_", "Nextcloud"), (".csync_journal.db", "ownCloud"))
"""How the names of their databases begin, which lie in the folder that they copy."""

_TOPS = frozenset(map(Path, ("/tmp", "/home", "/Users", "/mnt", "/media", "/Volumes", "C:/Users")))
"""Folders of everybody's: long, and no service copies them."""


@dataclass(frozen=True)
class Place:
    """Where a file lies: `local`, `network` or `cloud`, and what that is called ('' for a disk)."""

    kind: str = LOCAL
    name: str = ""

    @property
    def warning(self) -> str:
        """A sentence about what is to be feared there; '' of a disk of this computer."""
        if self.kind == NETWORK:
            return _(
                "The workspace lies on a share ({name}). One person at a time can write it there, and it is slower;"
                " it is safest on a disk of this computer."
            ).format(name=self.name)
        if self.kind == CLOUD:
            return _(
                "The workspace lies in a folder that {name} copies. A copy may be taken in the middle of a save, or"
                " replace what is newer; keep it in a folder of this computer, and the backups there."
            ).format(name=self.name)
        return ""


def kind_of(path: Path) -> Place:
    """In what kind of place a file lies, whether it exists or not. The file itself is never opened."""
    real = _real(path)
    for look in (_unc, _windows_drive, _named, _cloud_storage, _marked, _mounted):
        place = look(real)
        if place is not None:
            return place
    return Place()


def read_only_medium(path: Path) -> bool:
    """Whether the medium itself is read-only, so that nobody can write the file meanwhile."""
    if sys.platform == "win32":
        return False
    try:
        return bool(os.statvfs(path).f_flag & os.ST_RDONLY)
    except OSError:
        return False


def _real(path: Path) -> Path:
    try:
        return path.resolve()
    except (OSError, RuntimeError):
        return path.absolute()


def _unc(path: Path) -> Place | None:
    text = str(path).replace("/", "\\") if os.name == "nt" else str(path)
    if not text.startswith("\\\\"):
        return None
    start = text.upper()
    if start.startswith(("\\\\?\\UNC\\", "\\\\.\\UNC\\")):
        return Place(NETWORK, "SMB")
    if start.startswith(("\\\\?\\", "\\\\.\\")):
        return None
    return Place(NETWORK, "WebDAV" if "@SSL" in start or "DAVWWWROOT" in start else "SMB")


def _windows_drive(path: Path) -> Place | None:
    """On Windows, a letter may stand for a share."""
    if sys.platform == "win32":
        import ctypes

        if ctypes.windll.kernel32.GetDriveTypeW(path.anchor) == DRIVE_REMOTE:
            return Place(NETWORK, "SMB")
    return None


def _named(path: Path) -> Place | None:
    """By the folders that the environment names, and by those that services make in the home folder."""
    for variable, name in VARIABLES.items():
        folder = os.environ.get(variable)
        if folder and path.is_relative_to(_real(Path(folder))):
            return Place(CLOUD, name)
    try:
        home = _real(Path.home())
    except RuntimeError:
        return None
    if not path.is_relative_to(home):
        return None
    for part in path.relative_to(home).parts[:-1]:
        for pattern, name in FOLDERS:
            if pattern.fullmatch(part):
                return Place(CLOUD, name)
    return None


def _cloud_storage(path: Path) -> Place | None:
    """On macOS, providers of files have their folders in one place."""
    parts = path.parts
    for first, second in pairwise(parts):
        if (first, second) == ("Library", "CloudStorage"):
            provider = parts[parts.index("CloudStorage") + 1 :]
            called = provider[0] if len(provider) > 1 else ""
            known = next((name for pattern, name in FOLDERS if pattern.fullmatch(called)), "")
            return Place(CLOUD, known or called.split("-")[0] or "CloudStorage")
        if (first, second) == ("Library", "Mobile Documents"):
            return Place(CLOUD, "iCloud")
    return None


def _marked(path: Path) -> Place | None:
    """By the files that services leave in the folder that they copy, or in one above it."""
    for folder in path.parents:
        for marker, name in MARKERS:
            if os.path.lexists(f"{folder}/{marker}"):
                return Place(CLOUD, name)
        if folder.parent == folder or folder in _TOPS:
            break
        names = _names(folder)
        for start, name in STARTS:
            if any(each.startswith(start) for each in names):
                return Place(CLOUD, name)
    return None


def _names(folder: Path) -> list[str]:
    try:
        return [each.name for each in folder.iterdir()]
    except OSError:
        return []


def _mounted(path: Path) -> Place | None:
    """By the file system, where the system lists what is mounted (Linux)."""
    called = SHARES.get(_mount(path)[0])
    return Place(NETWORK, called) if called else None


def device_of(path: Path) -> str:
    """The numbers of the device where a file lies, `major:minor`, as the system lists it; '' where it does not.

    Those that a file tells itself may be others: on btrfs each part of it has its own.
    """
    return _mount(_real(path))[1]


def _mount(path: Path) -> tuple[str, str]:
    """The name of the file system on which a file lies, and its device; '' where that is not told."""
    best, found, whole = -1, ("", ""), str(path)
    for point, name, device in _mounts():
        # Later ones lie over earlier ones.
        if len(point) >= best and (whole + "/").startswith(point.rstrip("/") + "/"):
            best, found = len(point), (name, device)
    return found


def _mounts() -> Iterator[tuple[str, str, str]]:
    """Where something is mounted, the name of its file system, and its device."""
    try:
        lines = MOUNTS.read_text("utf-8", "surrogateescape").splitlines()
    except OSError:
        return
    for line in lines:
        before, _dash, after = line.partition(" - ")
        fields = before.split()
        if len(fields) > 4 and after:
            point = re.sub(r"\\([0-7]{3})", lambda found: chr(int(found[1], 8)), fields[4])
            yield point, after.split()[0], fields[2]

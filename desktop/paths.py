"""Where things lie on this machine: what comes with the program, and the folders that it may write to.

`bundled()` finds what is shipped (icons, translations, the catalogue). `places()` names the folders of this
user, resolved once: by `--home DIR` or `JUNTOS_HOME` (everything in one folder), by a file `juntos-portable`
beside the program (everything in `juntos-data` beside it), else where the system keeps such things.
"""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path
from typing import NamedTuple

import platformdirs

APPLICATION = "Juntos"
HOME_VARIABLE = "JUNTOS_HOME"
WORKSPACE_VARIABLE = "JUNTOS_WORKSPACE"
PORTABLE_MARK = "juntos-portable"
PORTABLE_FOLDER = "juntos-data"
WORKSPACE_SUFFIX = ".juntos"

_PACKAGE = Path(__file__).resolve().parent


def bundled(*parts: str) -> Path:
    """The path of a file that comes with the program, such as `bundled("resources", "icons", "open.svg")`.

    The first part is `resources` or `data`. A checkout has them beside the package, an installed wheel inside
    it, a frozen program where its bootloader unpacked them. Where there is none, the path of the first place
    is returned, so that an error message names a sensible one.
    """
    roots = [_PACKAGE, _PACKAGE.parent]
    frozen = getattr(sys, "_MEIPASS", None)
    if frozen is not None:
        roots.insert(0, Path(frozen))
    for root in roots:
        if (root / parts[0]).is_dir():
            return root.joinpath(*parts)
    return roots[0].joinpath(*parts)


def private_folder(folder: Path) -> Path:
    """The folder, made if it is missing so that only this user can enter it (0700); else left as it is."""
    for step in (*reversed(folder.parents), folder):
        if not step.exists():
            step.mkdir(mode=0o700, exist_ok=True)
    if not folder.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(folder))
    return folder


class Places(NamedTuple):
    """The folders of one user. Reading a property makes nothing; ask `private_folder()` before writing."""

    data: Path
    config: Path
    cache: Path
    log: Path
    documents: Path

    @classmethod
    def within(cls, home: Path) -> Places:
        """All places inside one folder."""
        return cls(home / "data", home / "config", home / "cache", home / "log", home / "documents")

    @classmethod
    def of_system(cls) -> Places:
        """Where the platform wants them."""
        dirs = platformdirs.PlatformDirs(APPLICATION, appauthor=False)
        return cls(
            data=dirs.user_data_path,
            config=dirs.user_config_path,
            cache=dirs.user_cache_path,
            log=dirs.user_log_path,
            documents=dirs.user_documents_path,
        )

    @property
    def default_workspace(self) -> Path:
        return self.data / f"workspace{WORKSPACE_SUFFIX}"

    @property
    def settings_file(self) -> Path:
        return self.config / "settings.json"

    @property
    def log_file(self) -> Path:
        return self.log / "juntos.log"

    @property
    def backups(self) -> Path:
        return self.data / "backups"


def program_folder() -> Path:
    """The folder that can hold the portable mark: of the frozen program, or around the package."""
    if getattr(sys, "frozen", False):
        return Path(sys.executable).resolve().parent
    return _PACKAGE.parent


def resolve(home: str | Path | None = None) -> Places:
    """The places by what was asked (`home`), by the environment, by the portable mark, or by the system."""
    chosen = home or os.environ.get(HOME_VARIABLE)
    if chosen:
        return Places.within(Path(chosen).expanduser().absolute())
    program = program_folder()
    if (program / PORTABLE_MARK).is_file():
        return Places.within(program / PORTABLE_FOLDER)
    return Places.of_system()


_places: Places | None = None


def use_home(home: str | Path | None) -> Places:
    """Set the places of this process, once at start; None means the environment or the system."""
    global _places
    _places = resolve(home)
    return _places


def places() -> Places:
    """The places of this process, resolved at the first call unless `use_home()` came before."""
    return _places if _places is not None else use_home(None)


def default_workspace() -> Path:
    """The workspace that is opened when none is named; its folder is made."""
    private_folder(places().data)
    return places().default_workspace

"""What Qt knows a workspace's files by: their names, so that it never opens them.

A list of files asks for the type of each. Where no type has the file's name, Qt opens it and looks inside; on POSIX
the closing of it takes away all locks that this process holds on it, and another program may then write into an open
workspace. `resources/mime` says what the names are, as its `.qrc` says how it is made.
"""

from __future__ import annotations

from PySide6.QtCore import QResource

from desktop.paths import bundled


def register() -> None:
    """Tell Qt, once, before any list of files is shown; raises RuntimeError where the file is not there."""
    known = str(bundled("resources", "mime", "juntos.rcc"))
    if not QResource.registerResource(known):
        raise RuntimeError(known)

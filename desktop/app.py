"""Puts it together: settings → workspace → window. The only place that knows all.

What needs no Qt comes first: where the workspace cannot be opened, that is known at once, and what is written before
there is a window needs none. So nothing of Qt is imported at the top of this module.
"""

from __future__ import annotations

import gc

gc.disable()  # until all is imported: that makes a great deal, and throws nothing away; see `main` too

import argparse
import builtins
import logging
import os
import re
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from desktop import i18n, log, parts, paths, scratch
from desktop import settings as settings_file
from desktop.hardening import harden
from desktop.i18n import _
from desktop.paths import WORKSPACE_VARIABLE, Places
from desktop.service import directory, query, rows  # noqa: F401 - the window needs them at once
from desktop.service.session import open_workspace
from desktop.service.workspace import Workspace
from desktop.settings import Settings
from desktop.store import kept
from desktop.store.errors import StoreError

if TYPE_CHECKING:
    from desktop.export.documents.content import Document

gc.enable()


def main(argv: Sequence[str] | None = None) -> int:
    """Start the window; returns the exit code."""
    asked = _parser().parse_args(argv)
    harden()
    places = paths.use_home(asked.home)
    settings, notice = settings_file.load()
    i18n.use(asked.language or settings.language_in_use())
    if asked.pictures is not None:
        return _pictures(asked.workspace or paths.default_workspace(), asked.pictures)
    if not has_display():
        print(_("There is no display here; Juntos shows what it does without a window instead."), flush=True)
        return _demo()
    scratch.begin()
    parts.begin()
    # A start makes a great deal and throws nothing away: to look for garbage meanwhile is time lost. The session
    # begins with it once the window stands.
    gc.disable()
    notices = [notice, log.install()]
    path = (asked.workspace or Path(settings.workspace or paths.default_workspace())).absolute()
    workspace, failure, notice = _opened(path, settings, asked.workspace is not None)
    notices.append(notice)
    told = [each for each in notices if each]
    return _show(places, settings, asked.language or "", path, workspace, told, failure)


def _opened(path: Path, settings: Settings, asked: bool) -> tuple[Workspace | None, StoreError | None, str]:
    """The workspace, or why it cannot be opened, or what is to be said where one begins anew."""
    known = bool(settings.workspace) and not asked
    if not (path.exists() or known or asked or kept.listed(path)):
        return None, None, ""  # the first start
    try:
        return open_workspace(path, settings), None, ""
    except StoreError as error:
        if path.exists() or kept.listed(path):
            return None, error, ""
    if asked:
        # The page says where the workspace it makes will lie: there.
        return None, None, _("There is no workspace at {path}.").format(path=path)
    sentence = _("There is no workspace at {path} any more. Open it elsewhere, or make a new one.")
    return None, StoreError(sentence.format(path=path)), ""


def _show(
    places: Places,
    settings: Settings,
    language: str,
    path: Path,
    workspace: Workspace | None,
    notices: list[str],
    failure: StoreError | None,
) -> int:
    """Show the window until it is closed. A fault that leaves none is told all the same."""
    alarm = log.tell_on_stderr
    try:
        _load_qt()
        from desktop.ui.session import Session

        session = Session(places, settings, language)
        alarm = session.alarm
        return session.run(path, workspace, notices, failure)
    except Exception as error:  # the program is the boundary
        logging.getLogger(__name__).error("no window", exc_info=error)
        alarm(log.sentence_for_unhandled(places.log_file))
        return 1


def _load_qt() -> None:
    """Load Qt, and take back what PySide6 does to the imports that follow.

    It puts a function of its own before `import`, which opens and reads the source of every module imported from
    then on, in search of its `__feature__`. We have no use for those, and a window imports a hundred modules.
    """
    import PySide6.QtWidgets  # noqa: F401 - at last

    builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)


def _pictures(workspace: Path, folder: Path) -> int:
    try:
        pictures(workspace, folder)
    except (StoreError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _demo() -> int:
    from desktop import demo  # loads the export, which a window does not need at once
    from desktop.export.errors import ExportError

    try:
        demo.run()
    except (StoreError, ExportError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="juntos-desktop", description=_("Opens the window of Juntos."))
    named = os.environ.get(WORKSPACE_VARIABLE)
    parser.add_argument(
        "--workspace",
        type=Path,
        metavar="FILE",
        default=Path(named) if named else None,
        help=_("the workspace to open"),
    )
    parser.add_argument(
        "--home", type=Path, metavar="DIR", help=_("keep settings, log and workspace in this folder")
    )
    parser.add_argument("--language", choices=list(i18n.LANGUAGES), help=_("of the window, for this time"))
    parser.add_argument(
        "--pictures",
        type=Path,
        metavar="FOLDER",
        help=_("draw each page of the window into this folder, and end"),
    )
    return parser


def has_display() -> bool:
    """Whether a window can be shown: on Linux it takes a server that answers."""
    if sys.platform != "linux" or os.environ.get("QT_QPA_PLATFORM"):
        return True
    if os.environ.get("WAYLAND_DISPLAY"):
        return True
    match = re.fullmatch(r"(?P<host>.*?):(?P<number>\d+)(\.\d+)?", os.environ.get("DISPLAY", ""))
    if match is None:
        return False
    if match["host"] not in ("", "unix"):
        return True
    name = f"/tmp/.X11-unix/X{match['number']}"
    return any(_answers(address) for address in (name, "\0" + name))


def _answers(address: str) -> bool:
    import socket

    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        try:
            connection.connect(address)
        except OSError:
            return False
    return True


def pictures(workspace_path: Path, folder: Path) -> list[Path]:
    """Draw each page of the window off screen; the files, in the order of the pages. Raises `StoreError`.

    The window is a fresh one: nobody's settings are read or written.
    """
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    with tempfile.TemporaryDirectory() as home:
        places = paths.use_home(home)
        settings = Settings(language=i18n.language(), scheme="light")
        workspace = open_workspace(workspace_path.absolute(), settings)
        from desktop.ui.pictures import draw  # Qt, at last

        return draw(workspace, settings, places, folder.absolute())


def print_document(document: Document, path: Path) -> None:
    """Write a document as PDF where no window is shown; raises `OSError`."""
    if sys.platform == "linux":  # elsewhere the platform itself needs no display, and knows the fonts
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtGui import QGuiApplication

    from desktop.ui.pdf import print_pdf

    app = QGuiApplication.instance() or QGuiApplication([])
    print_pdf(document, path)
    del app  # only now: Qt's fonts go with it


if __name__ == "__main__":
    sys.exit(main())

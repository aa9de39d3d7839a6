"""The log: what happened and where in the program, never what the records say.

Exceptions carry contents (a statement with its parameters, a whole cell), so of an exception only its class
and the places it passed through are written, of a message only its constant text and its numbers, and of
other libraries only that they said something. Write
`logger.info("%d rows written", count)`; a text given as argument is withheld.
"""

from __future__ import annotations

import logging
import os
import sys
import threading
import traceback
from collections.abc import Callable
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import Any

from desktop.i18n import _, why
from desktop.paths import APPLICATION, places, private_folder

MAX_BYTES = 1_000_000
OLD_FILES = 3

_OWN = "desktop"
_PACKAGE = Path(__file__).resolve().parent


class Redacted(logging.Formatter):
    """One line a record, one line a frame, no contents."""

    def format(self, record: logging.LogRecord) -> str:
        where = f"{record.name}:{record.module}:{record.lineno}"
        lines = [f"{self.formatTime(record)} {record.levelname} {where} {message_of(record)}".rstrip()]
        if record.exc_info and record.exc_info[1]:
            lines += described(record.exc_info[1])
        return "\n".join(lines)


def message_of(record: logging.LogRecord) -> str:
    """The constant text of our own messages, with numbers filled in and every other argument withheld."""
    if record.name.split(".")[0] != _OWN or not isinstance(record.msg, str):
        return ""
    if not record.args:
        return record.msg
    values = record.args if isinstance(record.args, tuple) else (record.args,)
    try:
        return record.msg % tuple(_harmless(value) for value in values)
    except TypeError:  # a text where a number belongs, or names instead of positions
        return record.msg


def _harmless(value: object) -> object:
    return value if isinstance(value, int | float | None) else f"<{type(value).__name__}>"


def described(error: BaseException) -> list[str]:
    """The class of an exception, and of those that led to it, each with the places in the program."""
    lines: list[str] = []
    seen: set[int] = set()
    link: BaseException | None = error
    while link is not None and id(link) not in seen:
        seen.add(id(link))
        kind = type(link)
        lines.append(f"  {kind.__module__}.{kind.__qualname__}")
        for frame, line in traceback.walk_tb(link.__traceback__):
            code = frame.f_code
            lines.append(f"    {_short(code.co_filename)}:{line} {code.co_qualname}")
        link = link.__cause__ or (None if link.__suppress_context__ else link.__context__)
    return lines


def _short(filename: str) -> str:
    """The file without the folders of this machine, which name its user."""
    path = Path(filename)
    if path.is_relative_to(_PACKAGE):
        return path.relative_to(_PACKAGE.parent).as_posix()
    return "/".join(path.parts[-2:])


class PrivateFile(RotatingFileHandler):
    """A rotating log that only this user can read, and that never prints a record when it cannot write it."""

    def _open(self) -> Any:
        handle = os.open(self.baseFilename, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        return os.fdopen(handle, "a", encoding="utf-8")

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the name that logging gives
        """Nothing: the default prints the record's arguments to standard error."""


def tell_on_stderr(sentence: str) -> None:
    # a program without a console has no standard error
    if sys.stderr is not None:
        print(sentence, file=sys.stderr)


def install(tell: Callable[[str], None] = tell_on_stderr, file: Path | None = None) -> str:
    """Write the log from here on, and let no exception end unheard: `tell` gets a sentence about each.

    Returns a sentence where the log cannot be written; the program then runs without one.
    """
    file = file or places().log_file
    root = logging.getLogger()
    notice = ""
    try:
        private_folder(file.parent)
        handler: logging.Handler = PrivateFile(
            file, maxBytes=MAX_BYTES, backupCount=OLD_FILES, encoding="utf-8"
        )
    except OSError as error:
        handler = logging.NullHandler()
        notice = _("The log {file} cannot be written ({reason}).").format(file=file, reason=why(error))
    handler.setFormatter(Redacted())
    for old in [each for each in root.handlers if isinstance(each, PrivateFile | logging.NullHandler)]:
        root.removeHandler(old)
        old.close()
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    _listen(tell, file)
    return notice


def _listen(tell: Callable[[str], None], file: Path) -> None:
    logger = logging.getLogger(__name__)
    telling = threading.local()

    def unhandled(
        kind: type[BaseException], error: BaseException | None, trace: TracebackType | None = None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error or kind(), trace)
            return
        logger.error("unhandled", exc_info=error)
        sentence = sentence_for_unhandled(file)
        if getattr(telling, "now", False):  # it went wrong while the last one was told: not that way again
            tell_on_stderr(sentence)
            return
        telling.now = True
        try:
            tell(sentence)
        except Exception as fault:  # whoever tells is no better than the rest; the sentence is not lost
            logger.error("cannot be told", exc_info=fault)
            tell_on_stderr(sentence)
        finally:
            telling.now = False

    def in_thread(caught: threading.ExceptHookArgs) -> None:
        unhandled(caught.exc_type, caught.exc_value)

    sys.excepthook = unhandled
    threading.excepthook = in_thread
    # raised where nobody can catch it, as while an object is taken down: for the log alone
    sys.unraisablehook = lambda caught: logger.error("unraisable", exc_info=caught.exc_value)


def sentence_for_unhandled(file: Path) -> str:
    return _(
        "{application} met a fault that it did not expect. What you have saved is kept; "
        "the last step may not be done. The log says where it happened: {file}"
    ).format(application=APPLICATION, file=file)

"""The command line: the services for scripts and colleagues. It loads no Qt.

To add a command: its arguments in `arguments`, its function in `commands`, both under the same name.
"""

from __future__ import annotations

import io
import sys
from argparse import Namespace
from collections.abc import Sequence
from typing import TYPE_CHECKING

from desktop import parts, scratch
from desktop.cli import output
from desktop.cli.arguments import parser
from desktop.export.errors import ExportError
from desktop.hardening import harden
from desktop.i18n import _, use, why
from desktop.model import Invalid
from desktop.paths import use_home
from desktop.service.operation import Conflict
from desktop.settings import load
from desktop.store.engine import StoreError

if TYPE_CHECKING:
    from desktop.export.documents.saving import Printer

USAGE, FAILURE = 2, 1


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; returns its exit code: 0, 1 where it failed, 2 where it was asked wrongly."""
    harden()
    return run(parse(argv))


def parse(argv: Sequence[str] | None = None) -> Namespace:
    """The arguments, in the language that was asked for or is set; leaves the process where they make no sense."""
    _speak_utf8()
    arguments = sys.argv[1:] if argv is None else list(argv)
    use_home(_early(arguments, "--home"))
    settings, _notice = load()
    use(_early(arguments, "--language") or settings.language_in_use())
    asked = parser().parse_args(arguments)
    asked.settings = settings
    return asked


def _speak_utf8() -> None:
    """Files and pipes get the same bytes on every system: Windows would write its own letters and line ends.

    The name of a file that is no text goes out as it came in.
    """
    for stream, otherwise in ((sys.stdout, "surrogateescape"), (sys.stderr, "backslashreplace")):
        if isinstance(stream, io.TextIOWrapper):
            if stream.isatty():
                stream.reconfigure(errors=otherwise)
            else:
                stream.reconfigure(encoding="utf-8", errors=otherwise, newline="\n")


def _early(arguments: Sequence[str], option: str) -> str | None:
    """The value of an option that the help text itself depends on."""
    for place, word in enumerate(arguments):
        if word.startswith(f"{option}="):
            return word.partition("=")[2]
        if word == option and place + 1 < len(arguments):
            return arguments[place + 1]
    return None


def run(asked: Namespace, printer: Printer | None = None) -> int:
    """Carry out parsed arguments; what goes wrong is a sentence on standard error.

    `printer` writes PDFs, which takes what the command line does not load; commands find it as `asked.printer`.
    """
    asked.printer = printer
    scratch.begin()
    parts.begin()
    # With the catalogue and every service; without a command, the window opens sooner for not waiting for them.
    from desktop.cli import commands
    from desktop.cli.opening import Failed

    try:
        commands.COMMANDS[asked.command](asked)
    except Invalid as error:
        return _told(_with_name(error, getattr(asked, "values", None)), USAGE)
    except (Conflict, StoreError, ExportError, Failed) as error:
        return _told(str(error), FAILURE)
    except BrokenPipeError:
        # The reader (`head`, say) has seen enough.
        sys.stderr.close()
        return 0
    except KeyboardInterrupt:
        return _told(_("Stopped."), FAILURE)
    except OSError as error:
        return _told(_("{file}: {why}.").format(file=error.filename or "", why=why(error)), FAILURE)
    return 0


def _with_name(error: Invalid, values: Sequence[str] | None) -> str:
    """What is wrong; of a field that was not given, how it would be."""
    if values is None or not error.field or any(word.startswith(f"{error.field}=") for word in values):
        return str(error)
    return f"{error} ({error.field}=…)"


def _told(sentence: str, code: int) -> int:
    output.line(f"juntos: {sentence}", sys.stderr)
    return code

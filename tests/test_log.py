"""The log says where, never what."""

from __future__ import annotations

import ast
import logging
import os
import stat
import subprocess
import sys
import threading
import types
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop import log
from desktop.paths import places

CANARY = "Ambassador's private remark"
PACKAGE = Path(log.__file__).parent


@pytest.fixture(autouse=True)
def logging_as_it_was() -> Iterator[None]:
    root = logging.getLogger()
    before = (root.level, root.handlers[:], sys.excepthook, threading.excepthook, sys.unraisablehook)
    yield
    for handler in [each for each in root.handlers if each not in before[1]]:
        root.removeHandler(handler)
        handler.close()
    root.setLevel(before[0])
    sys.excepthook, threading.excepthook, sys.unraisablehook = before[2:]


def written() -> str:
    return places().log_file.read_text("utf-8")


def fail(*_arguments: object) -> None:
    try:
        {}[CANARY]
    except KeyError as error:
        raise ValueError(CANARY) from error


def test_an_exception_leaves_its_classes_and_places_alone() -> None:
    assert log.install() == ""
    try:
        fail()
    except ValueError:
        logging.getLogger("desktop.store").exception("saving failed")
    text = written()
    assert CANARY not in text
    assert "private" not in text
    assert "ERROR desktop.store:test_log:" in text
    assert "saving failed" in text
    assert "builtins.ValueError" in text
    assert "builtins.KeyError" in text
    assert "tests/test_log.py:" in text
    assert "fail" in text
    assert str(Path(__file__).parent.parent) not in text


def test_the_default_formatter_would_have_told_it() -> None:
    """The control: the same record without the guard shows the contents."""
    try:
        fail()
    except ValueError as error:
        info = (type(error), error, error.__traceback__)
    record = logging.LogRecord("desktop", logging.ERROR, "x.py", 1, "about %s", (CANARY,), info)
    assert CANARY in logging.Formatter().format(record)
    assert CANARY not in log.Redacted().format(record)


@pytest.mark.parametrize(
    ("message", "arguments", "expected"),
    [
        ("%d rows", (5,), "5 rows"),
        ("%s rows in %.1f s", (5, 0.25), "5 rows in 0.2 s"),
        ("saved %s", (CANARY,), "saved <str>"),
        ("%d rows", (CANARY,), "%d rows"),
        ("%(name)s", ({"name": CANARY},), "%(name)s"),
        ("100 %", (), "100 %"),
    ],
)
def test_texts_given_as_arguments_are_withheld(
    message: str, arguments: tuple[object, ...], expected: str
) -> None:
    record = logging.LogRecord("desktop.x", logging.INFO, "x.py", 1, message, arguments, None)
    assert log.message_of(record) == expected


def test_other_libraries_are_heard_but_not_quoted() -> None:
    log.install()
    logging.getLogger("peewee").warning(("SELECT ?", [CANARY]))
    logging.getLogger("openpyxl").warning(CANARY)
    text = written()
    assert "WARNING peewee:" in text
    assert "WARNING openpyxl:" in text
    assert CANARY not in text
    assert "SELECT" not in text


@pytest.mark.skipif(os.name == "nt", reason="Windows has access lists instead of modes")
def test_only_its_user_can_read_the_log_and_its_older_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log, "MAX_BYTES", 500)
    log.install()
    for number in range(30):
        logging.getLogger("desktop").info("a line that fills the file: %d", number)
    files = sorted(places().log.iterdir())
    assert len(files) == 1 + log.OLD_FILES
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    assert stat.S_IMODE(places().log.stat().st_mode) == 0o700


def test_without_a_log_the_program_goes_on(home: Path) -> None:
    (home / "file").touch()
    notice = log.install(file=home / "file" / "juntos.log")
    assert "cannot be written" in notice
    logging.getLogger("desktop").info("nobody hears this")


def test_installing_twice_writes_once() -> None:
    log.install()
    log.install()
    logging.getLogger("desktop").warning("once")
    assert written().count("once") == 1


def test_a_record_that_cannot_be_written_prints_nothing(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    log.install()
    handler = next(each for each in logging.getLogger().handlers if isinstance(each, log.PrivateFile))
    monkeypatch.setattr(handler, "shouldRollover", fail)
    logging.getLogger("desktop").warning("lost %s", CANARY)
    assert CANARY not in capsys.readouterr().err


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_what_nobody_caught_is_logged_and_told_in_a_sentence() -> None:
    told: list[str] = []
    log.install(told.append)
    try:
        fail()
    except ValueError as error:
        sys.excepthook(ValueError, error, error.__traceback__)
    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    sys.unraisablehook(types.SimpleNamespace(exc_value=OSError(CANARY)))  # type: ignore[arg-type]
    assert told == [log.sentence_for_unhandled(places().log_file)] * 2
    assert str(places().log_file) in told[0]
    assert CANARY not in "".join(told)
    text = written()
    assert (text.count("builtins.ValueError"), text.count("builtins.OSError")) == (2, 1)
    assert CANARY not in text


PROGRAM = """
from desktop import log
log.install()
def fail():
    raise {error}
fail()
"""


@pytest.mark.parametrize(
    ("error", "sentence"), [(f"ValueError({CANARY!r})", True), ("KeyboardInterrupt", False)]
)
def test_a_program_that_fails_says_one_sentence(error: str, sentence: bool, home: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM.format(error=error)],
        capture_output=True,
        text=True,
        timeout=60,
        cwd=PACKAGE.parent,
        env={**os.environ, "JUNTOS_HOME": str(home / "j")},
        check=False,
    )
    assert done.returncode != 0
    assert ("met a fault" in done.stderr) is sentence
    assert ("Traceback" in done.stderr) is not sentence
    assert CANARY not in done.stderr


def logged_texts() -> Iterator[tuple[str, ast.Call]]:
    for file in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and isinstance(node.func.value, ast.Name)
                and node.func.value.id in ("log", "logger", "logging")
                and node.func.attr in ("debug", "info", "warning", "error", "critical", "exception")
            ):
                yield f"{file.name}:{node.lineno}", node


def test_every_message_of_ours_is_a_constant() -> None:
    """A text that is put together before it is logged would carry contents past the formatter."""
    calls = list(logged_texts())
    assert calls
    computed = [place for place, call in calls if not isinstance(call.args[0], ast.Constant)]
    assert computed == []


def test_a_fault_while_a_fault_is_told_is_told_once_and_elsewhere(capsys: pytest.CaptureFixture[str]) -> None:
    told: list[str] = []

    def tell(sentence: str) -> None:
        told.append(sentence)
        error = ValueError(CANARY)
        sys.excepthook(ValueError, error, None)
        raise error

    log.install(tell)
    for _time in range(2):
        sys.excepthook(KeyError, KeyError(CANARY), None)
    assert len(told) == 2
    assert str(places().log_file) in capsys.readouterr().err
    lines = written().splitlines()
    assert sum(line.endswith(" unhandled") for line in lines) == 4
    assert sum(line.endswith(" cannot be told") for line in lines) == 2

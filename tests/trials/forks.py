"""Children of one process: each does something in a world of its own, and may be killed at it.

To fork is to begin with everything loaded: a trial takes some tens of milliseconds. Only for a process without threads.
"""

from __future__ import annotations

import json
import os
import signal
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from tests.trials import disk


class Ended(NamedTuple):
    """How a child ended: what it said line by line, and whether it was killed."""

    said: list[str]
    killed: bool


def child(act: Callable[[Callable[[str], None]], None]) -> Ended:
    """Run `act` in a child; it is handed what to say things with. One that raises says so in its last line."""
    reading, writing = os.pipe()
    number = os.fork()
    if number == 0:
        os.close(reading)
        status = 0
        try:
            act(lambda line: os.write(writing, f"{line}\n".encode()) and None)
        except BaseException:
            os.write(writing, f"raised {traceback.format_exc()!r}\n".encode())
            status = 1
        os._exit(status)
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8") as pipe:
        said = pipe.read().splitlines()
    _number, status = os.waitpid(number, 0)
    return Ended(said, os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL)


def answer(ask: Callable[[], Any]) -> Any:
    """What `ask` returns, found out in a child, so that nothing of it stays here; raises what it could not."""
    ended = child(lambda say: say(json.dumps(ask())))
    if not ended.said or ended.said[-1].startswith("raised "):
        raise AssertionError("\n".join(ended.said) or "a child died")
    return json.loads(ended.said[-1])


def calls_of(act: Callable[[Callable[[str], None]], None], folder: Path) -> int:
    """How many calls `act` makes that change the files of a folder."""

    def counting(say: Callable[[str], None]) -> None:
        disk.watch(folder)
        disk.kill(0)
        act(say)
        say(f"calls {disk.count()}")

    ended = child(counting)
    assert ended.said[-1].startswith("calls "), ended.said
    return int(ended.said[-1].split()[1])


def killed(act: Callable[[Callable[[str], None]], None], folder: Path, number: int) -> Ended:
    """Run `act` in a child that is killed right before its call of this number."""

    def until(say: Callable[[str], None]) -> None:
        disk.watch(folder)
        disk.kill(number)
        act(say)

    return child(until)

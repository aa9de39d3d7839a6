"""The program speaks to nobody: a whole day of work asks the system for no socket of the internet."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.privacy.conftest import ROOT, Day

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="asks Linux what a process does")
INTERNET = ("AF_INET", "AF_INET6", "AF_PACKET", "sin_addr", "sin6_addr")
WITHOUT = (
    "tests/service/test_attachments.py",
    "tests/service/test_backups.py",
    "tests/service/test_operation.py",
    "tests/service/test_records.py",
    "tests/service/test_undo.py",
    "tests/store/test_keys.py",
    "tests/export/test_replacing.py",
    "tests/cli/test_quick.py",
)
"""Some of each part of the program, of some twenty seconds: what all of them do they do without a network too."""
CONTROL = "import socket; socket.socket().close(); socket.socket(socket.AF_UNIX).close()"


def watched(log: Path) -> list[str]:
    if shutil.which("strace") is None:
        pytest.skip("strace is not here")
    return ["strace", "-f", "-qq", "-e", "trace=network", "-o", str(log)]


def asked_of_the_internet(log: Path) -> list[str]:
    return [
        line for line in log.read_text("utf-8", "replace").splitlines() if any(w in line for w in INTERNET)
    ]


def test_a_whole_day_opens_no_socket_of_the_internet(begin: Callable[..., Day], tmp_path: Path) -> None:
    log = tmp_path / "calls"
    day = begin(False, under=watched(log))
    day.end()
    assert "AF_UNIX" in log.read_text("utf-8", "replace"), "the control: the door for a second start was seen"
    assert asked_of_the_internet(log) == []


def test_a_socket_of_the_internet_would_be_seen(tmp_path: Path) -> None:
    log = tmp_path / "calls"
    subprocess.run([*watched(log), sys.executable, "-c", CONTROL], check=True)
    assert len(asked_of_the_internet(log)) == 1


def alone() -> list[str]:
    """How a program is started without so much as a loopback that is up."""
    command = ["unshare", "--net", *(["--map-root-user"] if os.getuid() else [])]
    if shutil.which("unshare") is None or subprocess.run([*command, "true"], check=False).returncode:
        pytest.skip("this system makes no namespaces")
    return command


def test_it_works_where_there_is_no_network(begin: Callable[..., Day]) -> None:
    day = begin(True, under=alone())
    day.end()
    asking = "import socket; socket.create_connection(('127.0.0.1', 9), 1)"
    failed = subprocess.run(
        [*alone(), sys.executable, "-c", asking], capture_output=True, text=True, check=False
    )
    assert "Network is unreachable" in failed.stderr, "the control: there is none"


def test_tests_pass_where_there_is_no_network() -> None:
    command = [
        *alone(),
        sys.executable,
        "-m",
        "pytest",
        "-p",
        "no:cacheprovider",
        "-q",
        "-x",
        *WITHOUT,
    ]
    environment = {name: text for name, text in os.environ.items() if not name.startswith("PYTEST_")}
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stdout[-3000:]


def test_a_test_that_asks_the_internet_fails() -> None:
    """The hook of `tests/conftest.py` is on in every process of the tests."""
    with pytest.raises(PermissionError, match="no network"), socket.socket() as asking:
        asking.connect(("127.0.0.1", 9))
    with pytest.raises(PermissionError, match="no network"):
        socket.getaddrinfo("example.org", 443)

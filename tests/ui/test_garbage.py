"""What nobody needs any more is taken apart in the thread of the windows, whatever other threads do."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from desktop.ui import garbage


class Circle:
    """Holds itself, and knows in which thread it went."""

    def __init__(self, went: list[int]) -> None:
        self.itself = self
        weakref.finalize(self, lambda: went.append(threading.get_ident()))


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    yield
    gc.unfreeze()


def work() -> list[list[int]]:
    """Make as much in another thread as has Python look for garbage many times; as long as it is kept, it counts."""
    kept: list[list[int]] = []
    worker = threading.Thread(target=lambda: kept.extend([number] for number in range(100_000)))
    worker.start()
    worker.join()
    return kept


def test_it_is_looked_for_by_the_windows_and_not_by_a_worker(qtbot: QtBot) -> None:
    parent, went = QObject(), list[int]()
    garbage.begin(parent)
    Circle(went)
    kept = work()
    assert went == []
    qtbot.waitUntil(lambda: bool(went))
    assert went == [threading.get_ident()]
    assert kept
    parent.deleteLater()


def test_control_left_to_python_it_goes_where_it_happens_to() -> None:
    went = list[int]()
    gc.collect()
    gc.enable()
    Circle(went)
    work()
    assert went
    assert went != [threading.get_ident()]

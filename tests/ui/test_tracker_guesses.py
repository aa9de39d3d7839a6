"""What the wizard supposes of a Spanish tracker is shown in the preview, in any language, and can be corrected."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from desktop import i18n
from desktop.export.intake.reading import read
from desktop.export.intake.tracker import surnames
from desktop.ui.context import Context
from desktop.ui.intake.tracker.wizard import TrackerWizard, open_wizard
from desktop.ui.window import MainWindow
from tests.ui.trackers import SPANISH, spanish

FILE, COLUMNS, WORDS, OUTCOME = range(4)


@pytest.fixture
def wizard(
    context: Context, qtbot: QtBot, request: pytest.FixtureRequest, tmp_path: Path
) -> Iterator[TrackerWizard]:
    i18n.use(getattr(request, "param", "en"))
    window = MainWindow(context)
    window.resize(1280, 720)
    window.show()
    qtbot.waitExposed(window)
    path = spanish(tmp_path / "seguimiento.xlsx")
    made = open_wizard(window, path, read(path))
    settled(qtbot, made)
    go(qtbot, made, COLUMNS)
    yield made
    made.discard()
    window.blockSignals(True)
    window.close()
    window.deleteLater()
    i18n.use("en")


def settled(qtbot: QtBot, wizard: TrackerWizard) -> None:
    qtbot.waitUntil(lambda: not wizard.work.going(), timeout=20_000)
    qtbot.wait(60)


def go(qtbot: QtBot, wizard: TrackerWizard, step: int) -> None:
    wizard.go(step)
    settled(qtbot, wizard)


def column(title: str) -> int:
    return SPANISH[0].index(title)


def shown(wizard: TrackerWizard, title: str) -> str:
    return wizard.steps[COLUMNS].grid.item(1, column(title)).text()


def choose(combo: Any, value: str) -> None:
    place = combo.findData(value)
    assert place >= 0
    combo.setCurrentIndex(place)
    combo.activated.emit(place)


@pytest.mark.parametrize("wizard", ["en", "ja", "es", "pt"], indirect=True)
def test_headings_are_known_whatever_the_language_of_the_window(wizard: TrackerWizard) -> None:
    targets = [rule.target for rule in wizard.held.understood.mapping.columns]
    assert targets == ["", "title", "owed_by", "owner", "due_on", "status", "progress"]


def test_surnames_are_turned_in_the_preview_and_can_be_a_list(wizard: TrackerWizard, qtbot: QtBot) -> None:
    step, place = wizard.steps[COLUMNS], column("Responsable")
    assert shown(wizard, "Responsable") == "Juan Pérez (new)"
    step.grid.combos[place].setFocus()
    qtbot.waitUntil(step.split.isVisible)
    assert step.split.currentData() == surnames.SURNAME_FIRST

    choose(step.split, surnames.LISTED)
    qtbot.waitUntil(lambda: "Juan Pérez" not in shown(wizard, "Responsable"))
    assert shown(wizard, "Responsable") == "Pérez (new), Juan (new)"

    go(qtbot, wizard, FILE)
    choose(wizard.steps[FILE].kind, "initiative")
    settled(qtbot, wizard)
    choose(wizard.steps[FILE].kind, "follow_up")
    settled(qtbot, wizard)
    assert wizard.held.understood.mapping.columns[place].split == surnames.LISTED


def test_a_column_that_is_given_people_later_has_its_names_in_order(wizard: TrackerWizard) -> None:
    combo = wizard.steps[COLUMNS].grid.combos[column("Responsable")]
    choose(combo, "owed_to")
    assert wizard.held.understood.mapping.columns[column("Responsable")].split == surnames.SURNAME_FIRST


def test_a_year_that_is_supposed_is_said(wizard: TrackerWizard, qtbot: QtBot) -> None:
    text = shown(wizard, "Seguimiento")
    assert text.startswith("2 updates: ")
    assert "10 Oct" in text
    assert "(year supposed) se llamó" in text
    go(qtbot, wizard, OUTCOME)
    step = wizard.steps[OUTCOME]
    assert "their years are supposed" in step.told.text()
    lines = [line.cells for line in step.tables["supposed"].lines.lines]
    assert ("Hoja1", "2", "10 Oct 2026: se llamó", "Its year is not in the file.") in lines
    assert any("surname first" in cells[-1] for cells in lines)


def test_a_word_that_can_mean_two_steps_is_asked(wizard: TrackerWizard, qtbot: QtBot) -> None:
    go(qtbot, wizard, WORDS)
    combos = wizard.steps[WORDS].combos
    assert combos[column("Estado"), "Atrasado"].currentData() == ""
    assert combos[column("Estado"), "Pendiente"].currentData() == "open"

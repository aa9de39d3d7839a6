"""The first start, and what a post's name tells."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from desktop import i18n
from desktop.model import Invalid
from desktop.service.setup import Answers, Officer
from desktop.settings import Settings
from desktop.store.engine import StoreError
from desktop.ui.officers import OfficersEdit
from desktop.ui.postform import governments, zone_of
from desktop.ui.start import StartPage


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Embassy of Japan in Chile", ("JP", "CL")),
        ("Embajada del Japón en Chile", ("JP", "CL")),
        ("Embaixada dos Estados Unidos no Brasil", ("US", "BR")),
        ("在チリ日本国大使館", ("JP", "CL")),
        ("Embassy of the United States of America in El Salvador", ("US", "SV")),
        ("Consulate General", ("", "")),
        ("Liaison office in Peru", ("PE", "")),
    ],
)
def test_countries_in_the_name_of_a_post(name: str, expected: tuple[str, str]) -> None:
    assert governments(name) == expected


@pytest.mark.parametrize(
    ("country", "zone"), [("CL", "America/Santiago"), ("JP", "Asia/Tokyo"), ("", ""), ("XX", "")]
)
def test_the_zone_of_a_country(country: str, zone: str) -> None:
    assert zone_of(country) == zone


class Acts:
    """Stands for the session."""

    def __init__(self, error: Exception | None = None) -> None:
        self.made: list[tuple[Path, Answers]] = []
        self.error = error

    def make(self, path: Path, answers: Answers) -> None:
        if self.error:
            raise self.error
        self.made.append((path, answers))


def page(qtbot: QtBot, tmp_path: Path, acts: Acts, speak: Any = i18n.use) -> StartPage:
    made = StartPage(tmp_path / "w.juntos", Settings(), make=acts.make, open_=lambda _path: None, speak=speak)
    qtbot.addWidget(made)
    made.show()
    return made


def fill(made: StartPage) -> None:
    for name, value in (
        ("post", "Embassy of Japan in Peru"),
        ("own_government", "JP"),
        ("country", "PE"),
        ("zone", "America/Lima"),
    ):
        made.post.at(name).set_value(value)
    made.post.at("partners").set_value(frozenset({"US"}))
    made.officers.set_state([("Sato Kenji", "sato@example.org", False), ("Mori Aya", "", True)])


def test_answers(qtbot: QtBot, tmp_path: Path) -> None:
    acts = Acts()
    made = page(qtbot, tmp_path, acts)
    fill(made)
    made.empty.setChecked(True)
    made.finish()
    ((path, answers),) = acts.made
    assert path == tmp_path / "w.juntos"
    assert answers == Answers(
        post="Embassy of Japan in Peru",
        country="PE",
        zone="America/Lima",
        own_government="JP",
        partners=["US"],
        accreditations=[],
        officers=[Officer("Sato Kenji", email="sato@example.org"), Officer("Mori Aya")],
        me=1,
        catalogue=False,
    )


def test_what_was_typed_survives_another_language(qtbot: QtBot, tmp_path: Path) -> None:
    made = page(qtbot, tmp_path, Acts())
    fill(made)
    made.languages.setCurrentIndex(made.languages.findData("es"))
    made._change_language()
    assert i18n.language() == "es"
    assert made.post.at("post").value() == "Embassy of Japan in Peru"
    assert made.post.at("country").value() == "PE"
    assert made.post.at("country").input.text() == "Perú"
    assert made.post.at("partners").value() == {"US"}
    assert made.answers().me == 1


def test_a_word_that_is_no_country_stays_and_is_told(qtbot: QtBot, tmp_path: Path) -> None:
    made = page(qtbot, tmp_path, Acts())
    fill(made)
    also = made.post.at("accreditations")
    line = also.input.line()
    line.setText("Atlantis")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert "“Atlantis” is not a country" in also.problem()
    made.languages.setCurrentIndex(made.languages.findData("es"))
    made._change_language()
    assert made.post.at("accreditations").input.line().text() == "Atlantis"


def test_access_keys_lead_to_their_fields(qtbot: QtBot, tmp_path: Path) -> None:
    made = page(qtbot, tmp_path, Acts())
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    labels = [label for label in made.findChildren(QLabel) if label.buddy() is not None and label.isVisible()]
    assert len(labels) > 5
    for label in labels:
        key = label.text()[label.text().index("&") + 1].lower()
        qtbot.keyClick(made, key, Qt.KeyboardModifier.AltModifier)
        assert QApplication.focusWidget().accessibleName() == label.text().replace("&", "").rstrip(" *")


@pytest.mark.parametrize(
    ("error", "where"),
    [
        (Invalid("“Mars” is not a time zone.", "zone"), "zone"),
        (Invalid("Something else.", ""), ""),
        (StoreError("There is no room left."), ""),
    ],
)
def test_what_is_refused_is_told(error: Exception, where: str, qtbot: QtBot, tmp_path: Path) -> None:
    made = page(qtbot, tmp_path, Acts(error))
    fill(made)
    made.finish()
    assert made.isVisible()
    told = made.post.at(where).problem() if where else made.messages.text()
    assert told == str(error)
    assert made.create.isEnabled()


def test_the_zone_follows_the_country_until_somebody_says_otherwise(qtbot: QtBot, tmp_path: Path) -> None:
    made = page(qtbot, tmp_path, Acts())
    qtbot.keyClicks(made.post.at("post").input, "Embassy of Japan in Chile")
    assert made.post.at("zone").value() == "America/Santiago"
    made.post.at("zone").set_value("America/Punta_Arenas")
    made.post.at("country").input.setText("Peru")
    assert made.post.at("zone").value() == "America/Punta_Arenas"


def test_officers_rows_grow_and_complain(qtbot: QtBot) -> None:
    edit = OfficersEdit()
    qtbot.addWidget(edit)
    with pytest.raises(Invalid, match="at least your own name"):
        edit.officers()
    edit.set_state([("Sato", "not an address", True)])
    with pytest.raises(Invalid) as refused:
        edit.officers()
    assert edit.blame(refused.value)
    assert "not an e-mail address" in edit.problem()
    assert not edit.blame(Invalid("about something else", "zone"))

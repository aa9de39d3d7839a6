"""From nothing to a workspace with the catalogue, by the keyboard alone."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from desktop.model import Person, Recommendation
from desktop.ui.session import Session
from tests.walks.conftest import Walker


def test_first_start_with_the_catalogue(session: Session, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "new.juntos"
    session.begin(path, [])
    walk = Walker(session, qtbot)
    session.start.activateWindow()
    qtbot.waitUntil(session.start.isActiveWindow)

    walk.type("Embassy of Japan in Chile")
    post = session.start.post
    assert post.at("own_government").value() == "JP"
    assert post.at("country").value() == "CL"
    assert post.at("zone").value() == "America/Santiago"

    walk.press("Tab", 5)
    walk.type("United Stat")
    walk.press("Enter")
    walk.press("Tab")
    walk.type("Sato Kenji")
    walk.press("Enter")

    walk.wait(lambda: session.window is not None and session.window.isVisible())
    workspace = session.context.workspace
    assert workspace.engine.path == path
    assert workspace.facts.post == "Embassy of Japan in Chile"
    assert workspace.facts.partners == ("US",)
    assert workspace.officer.name == "Sato Kenji"
    assert Person.select().where(Person.officer == 1).count() == 1
    assert Recommendation.select().where(Recommendation.level == "recommendation").count() == 9
    assert session.start is None
    assert session.settings.workspace == str(path)


def test_what_is_missing_is_told_and_nothing_is_made(session: Session, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "new.juntos"
    session.begin(path, [])
    session.start.finish()
    assert "must not be empty" in session.start.post.at("post").problem()
    session.start.post.at("post").set_value("Embassy of Japan in Chile")
    for name, code in (("own_government", "JP"), ("country", "CL"), ("zone", "America/Santiago")):
        session.start.post.at(name).set_value(code)
    session.start.finish()
    assert session.start.officers.problem() == "Give at least your own name."
    assert not path.exists()
    assert session.window is None

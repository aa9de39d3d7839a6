"""How much has to be pressed to find a word in last year's minutes, beside the word itself: three inputs."""

from __future__ import annotations

from desktop.model import Meeting
from desktop.service import meetings, points
from tests.walks.conftest import Walker

MOST = 3


def test_a_word_in_last_years_minutes(walker: Walker) -> None:
    workspace = walker.workspace
    year = int(workspace.today()[:4])
    for number in range(5):
        meetings.log_meeting(
            workspace, {"title": f"Talks {number}", "on": f"{year}-01-{number + 1:02d}", "state": "held"}
        )
    last = meetings.log_meeting(
        workspace, {"title": "Talks of last year", "on": f"{year - 1}-10-02", "state": "held"}
    )
    with workspace.operation("Minutes") as writing:
        points.make(writing, last, "note", "El regulador pidió una garantía de interconexión antes de marzo.")
    walker.back()
    walker.inputs = 0

    walker.press("Ctrl+K")
    walker.type("interconexion")
    walker.press("Enter")

    walker.wait(lambda: walker.window.ask("selected_count") == 1)
    assert walker.inputs <= MOST, walker.inputs
    assert walker.window.page.selected_records()[0].id == last.id
    pane = walker.window.pane.record_pane()
    assert (pane.record().id, pane.view().tab()) == (last.id, "minutes")
    assert isinstance(pane.record(), Meeting)

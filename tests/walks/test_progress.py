"""Progress is reported, a follow-up added, an edit undone and done again."""

from __future__ import annotations

from desktop.model import FollowUp, Update
from desktop.service import links, records
from desktop.ui.dialogs.close import CloseDialog
from desktop.ui.dialogs.follow_up import FollowUpDialog
from desktop.ui.dialogs.progress import ProgressDialog
from tests.walks.conftest import Walker


def find(walker: Walker, text: str) -> None:
    """Search on the page at hand and go to the first row."""
    walker.press("Ctrl+F")
    walker.type(text)
    walker.press("Enter")
    walker.wait(lambda: walker.window.ask("selected_count") == 1)


def test_report_progress_on_a_recommendation(walker: Walker) -> None:
    walker.press("Ctrl+5")
    find(walker, "WC-2024-1B")
    walker.press("Ctrl+R")
    dialog = walker.dialog(ProgressDialog)
    assert dialog.line.text().startswith("WC-2024-1B")
    walker.press("Down")  # Not started → In progress
    walker.press("Tab")
    walker.type("Terms agreed")
    walker.press("Ctrl+Enter")
    walker.wait(lambda: walker.closed(dialog))
    recommendation = links.find("WC-2024-1B")
    assert recommendation.status == "in_progress"
    update = Update.get(Update.subject == recommendation.id)
    assert (update.done, update.status_from, update.status_to) == (
        "Terms agreed",
        "not_started",
        "in_progress",
    )
    assert update.author.name == "Sato Kenji"


def test_nothing_to_report_is_told(walker: Walker) -> None:
    walker.press("Ctrl+5")
    find(walker, "WC-2024-1B")
    walker.press("Ctrl+R")
    dialog = walker.dialog(ProgressDialog)
    walker.press("Ctrl+Enter")
    assert dialog.isVisible()
    assert dialog.words.at("done").problem() == "An update needs a status or some words."


def test_add_a_follow_up_for_the_selected_recommendation(walker: Walker) -> None:
    walker.press("Ctrl+5")
    find(walker, "WC-2024-2A")
    walker.press("Ctrl+N")
    dialog = walker.dialog(FollowUpDialog)
    walker.type("Send the study")
    walker.press("Enter")
    walker.wait(lambda: walker.closed(dialog))
    follow_up = FollowUp.get()
    assert (follow_up.title, follow_up.direction, follow_up.owner.name) == (
        "Send the study",
        "us",
        "Sato Kenji",
    )
    assert [(seen.relation, seen.other.ref) for seen in links.of(follow_up)] == [("Serves", "WC-2024-2A")]


def test_edit_undo_redo(walker: Walker) -> None:
    walker.press("Ctrl+N")
    walker.dialog(FollowUpDialog)
    walker.type("Send the study")
    walker.press("Enter")
    walker.wait(lambda: FollowUp.select().count() == 1)
    walker.back()
    walker.press("Ctrl+2")
    find(walker, "study")
    walker.press("F2")
    form = walker.window.pane.record_pane().view().form
    form.rows["title"].editor.setFocus()
    walker.press("Ctrl+A")
    walker.type("Send both studies")
    walker.press("F6")
    walker.wait(lambda: FollowUp.get().title == "Send both studies")
    walker.window.page.setFocus()
    walker.wait(lambda: "Change FU-" in walker.window.commands.actions["undo"].text())
    walker.press("Ctrl+Z")
    assert FollowUp.get().title == "Send the study"
    walker.press("Ctrl+Shift+Z")
    assert FollowUp.get().title == "Send both studies"
    assert "Done again" in walker.window.messages.text()


def test_a_follow_up_is_closed_in_few_inputs(walker: Walker) -> None:
    follow_up = records.add(walker.workspace, FollowUp, {"title": "Send the study"})
    walker.press("Ctrl+2")
    find(walker, "study")
    inputs = ["Ctrl+D", "Ctrl+Enter"]
    walker.press(inputs[0])
    dialog = walker.dialog(CloseDialog)
    walker.type("Sent by courier.")
    walker.press(inputs[1])
    walker.wait(lambda: walker.closed(dialog))
    closed = FollowUp.get_by_id(follow_up.id)
    assert (closed.status, closed.outcome) == ("done", "Sent by courier.")
    assert len(inputs) <= 6


def test_a_report_that_ends_a_follow_up_takes_its_words_as_the_outcome(walker: Walker) -> None:
    follow_up = records.add(walker.workspace, FollowUp, {"title": "Send the study"})
    walker.press("Ctrl+2")
    find(walker, "study")
    walker.press("Ctrl+R")
    dialog = walker.dialog(ProgressDialog)
    walker.type("Done")
    walker.press("Tab")
    walker.type("Sent by courier.")
    walker.press("Ctrl+Enter")
    walker.wait(lambda: walker.closed(dialog))
    assert FollowUp.get_by_id(follow_up.id).outcome == "Sent by courier."

"""What is decided on the page of changes, as it is kept on the disk, and as it comes back with the file."""

from __future__ import annotations

from desktop.i18n import _, captioned, format_number, join_parts, ngettext
from desktop.ui.drafts import decided
from desktop.ui.intake.looking import Found
from desktop.ui.intake.wayback import words
from desktop.ui.intake.wayback.choices import Choices

KIND = "changes"
MOST = 300
"""Decisions that are told in words where they are offered again; more are counted."""
LONG = 200
"""Characters of a value that are told with them: the file has all of it."""


def content(found: Found, choices: Choices) -> decided.Content:
    """What was decided of a file, to be kept."""
    where = captioned(_("Changes of the workbook"), found.path.name)
    said = {"export": found.sent.export, "decisions": choices.decisions()}
    return decided.content(KIND, where, _text(choices), found.path, found.book.digest, said)


def _text(choices: Choices) -> str:
    """To be read: a line each."""
    numbers = choices.by_hand()
    lines = []
    for number in numbers[:MOST]:
        each = choices.proposals[number]
        told = " ".join(join_parts(each.record, each.heading).split())
        if each.came:
            told = captioned(told, " ".join(each.came[:LONG].split())) if told else each.came[:LONG]
        lines.append(captioned(words.decision(each.kind, choices.taken(number)), told))
    if len(numbers) > MOST:
        lines.append(_("and {count} more").format(count=format_number(len(numbers) - MOST)))
    return "\n".join(lines)


def bring(found: Found, kept: decided.Decided | None, choices: Choices) -> list[str]:
    """Decide as the file was decided the last time; what is to be told of that, nothing where it never was."""
    if kept is None or not (kept.same or kept.said["export"] == found.sent.export):
        return []  # another workbook that lies where the one before lay
    fits = choices.remember(kept.said["decisions"])
    told = []
    if fits:
        said = ngettext(
            "{count} change is decided as you left it.", "{count} changes are decided as you left them.", fits
        )
        told.append(said.format(count=format_number(fits)))
    lost = len(kept.said["decisions"]) - fits
    if lost:
        told.append(decided.no_longer(lost))
    return told

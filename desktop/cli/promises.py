"""The commands about what is owed: the ledger, closing a follow-up, the files that belong to a record.

To add one: a function here, its name in `COMMANDS`, its arguments in `arguments`.
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from desktop.cli import output
from desktop.cli.meetings import meeting_of
from desktop.cli.opening import opened
from desktop.i18n import _, format_date, format_number
from desktop.model import FollowUp, Invalid, Organisation, Person, field
from desktop.model.base import Registered
from desktop.service import attachments, follow_ups, ledger, links


def owed(asked: Namespace) -> None:
    """`juntos owed`"""
    with opened(asked) as workspace:
        directions = [asked.direction] if asked.direction else list(ledger.DIRECTIONS)
        found = [(each, group) for each in directions for group in ledger.groups(workspace, each)]
        if asked.format == "json":
            output.objects({"direction": each, **_named(group)} for each, group in found)
            return
        heads = [
            field(FollowUp, "direction").title,
            field(FollowUp, "counterpart").title,
            _("Still open"),
            _("Overdue"),
            _("Slipped"),
            _("Oldest due"),
        ]
        rows = [
            (
                field(FollowUp, "direction").text(each),
                group.name or _("Nobody named"),
                format_number(group.count),
                format_number(group.overdue),
                format_number(group.slipped),
                format_date(group.oldest) if group.oldest else "",
            )
            for each, group in found
        ]
        output.table(heads, rows, [False, False, True, True, True, True])


def _named(group: ledger.Group) -> dict[str, Any]:
    """A group as an object, its counterpart by reference."""
    values = asdict(group)
    organisation, person = values.pop("organisation"), values.pop("person")
    return {
        "organisation": Organisation.pick(Organisation.ref, Organisation.id == organisation)
        if organisation
        else None,
        "person": Person.pick(Person.ref, Person.id == person) if person else None,
        **values,
    }


def close(asked: Namespace) -> None:
    """`juntos close`"""
    with opened(asked) as workspace:
        found = links.find(asked.ref)
        if not isinstance(found, FollowUp):
            raise Invalid(_("{ref} is no follow-up; give the reference of one.").format(ref=found.ref), "ref")
        follow_ups.close(
            workspace,
            found,
            outcome=asked.outcome,
            on=field(FollowUp, "closed_on").parse(asked.on) or "",
            evidence_link=asked.evidence_link,
            evidence_meeting=meeting_of(asked.evidence_meeting).id if asked.evidence_meeting else None,
            evidence_file=Path(asked.evidence_file).expanduser() if asked.evidence_file else None,
            verified_by=Person.find(asked.verified_by).id if asked.verified_by else None,
            cancelled=asked.cancel,
        )
        print(found.ref)


def attach(asked: Namespace) -> None:
    """`juntos attach`"""
    with opened(asked) as workspace:
        found = links.find(asked.ref)
        if not isinstance(found, Registered):
            raise Invalid(_("{ref} keeps no files.").format(ref=found.ref), "ref")
        for name in asked.files:
            print(attachments.attach(workspace, found, Path(name).expanduser()).name)


COMMANDS: dict[str, Callable[[Namespace], None]] = {"owed": owed, "close": close, "attach": attach}

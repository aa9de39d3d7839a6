"""The commands that write for other programs what an officer sends by hand: calendars and e-mail drafts.

Nothing is ever sent. What makes these files is imported by the command that does.
"""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable, Iterable
from pathlib import Path

from desktop.cli.meetings import meeting_of
from desktop.cli.opening import Failed, opened
from desktop.i18n import _, language, speaking
from desktop.model import FollowUp, Invalid, Meeting, Organisation
from desktop.service import links, reports
from desktop.service.workspace import Workspace


def _place(asked: Namespace, suffix: str) -> Path:
    """The file that is asked for; raises `Failed` where it must not be written."""
    path = Path(asked.file).expanduser()
    if path.suffix.lower() != suffix:
        raise Failed(
            _("{path}: give the file a name that ends in {suffix}.").format(path=path, suffix=suffix)
        )
    if path.exists() and not asked.replace:
        raise Failed(_("{path} exists already; add --replace to replace it.").format(path=path))
    return path


def _keep(
    workspace: Workspace,
    asked: Namespace,
    content: bytes,
    path: Path,
    marking: str,
    told: Iterable[str] = (),
) -> None:
    """Save what was made, and note it and its marking in the journal; its path goes to standard output."""
    from desktop.export import mail

    saved = mail.save(content, path, replace=asked.replace)
    reports.exported(workspace, saved.name, marking=marking, audience=asked.audience)
    print(saved)
    for sentence in told:
        print(sentence, file=sys.stderr)


def calendar(asked: Namespace) -> None:
    """`juntos calendar`"""
    from desktop.export import calendar as calendars
    from desktop.export.report import marking_of

    path, spoken = _place(asked, calendars.SUFFIX), asked.reader or language()
    with opened(asked) as workspace:
        found = links.find(asked.ref)
        if isinstance(found, Meeting):
            made = calendars.meeting_calendar(workspace, found, language=spoken, audience=asked.audience)
        elif isinstance(found, FollowUp):
            made = calendars.due_dates(workspace, [found], language=spoken, audience=asked.audience)
        else:
            raise Invalid(
                _("{ref} is neither a meeting nor a follow-up; only these go into a calendar.").format(
                    ref=found.ref
                ),
                "ref",
            )
        with speaking(spoken):
            marking = marking_of(workspace, "", asked.audience)
        _keep(workspace, asked, made, path, marking)


def email(asked: Namespace) -> None:
    """`juntos email`"""
    from desktop.export import mail
    from desktop.export.documents import attached
    from desktop.export.documents.minutes import minutes
    from desktop.export.request import Request

    path, spoken, suffix = _place(asked, mail.SUFFIX), asked.reader or language(), f".{asked.attach}"
    with opened(asked) as workspace:
        meeting = meeting_of(asked.ref)
        request = Request(language=spoken, marking=asked.marking, audience=asked.audience)
        document = minutes(workspace, meeting, request)
        content = attached.content(document, suffix, printer=asked.printer)
        name = attached.minutes_name(meeting, suffix, audience=asked.audience)
        marking = document.marking
        made, told = mail.minutes_mail(workspace, meeting, content, name, spoken, asked.audience, marking)
        _keep(workspace, asked, made, path, marking, told)


def remind(asked: Namespace) -> None:
    """`juntos remind`"""
    from desktop.export import chasing, mail

    path = _place(asked, mail.SUFFIX) if asked.file else None
    with opened(asked) as workspace:
        organisation = Organisation.find(asked.organisation)
        letter = chasing.open_with_words(workspace, organisation, asked.reader, asked.audience)
        if path is None:
            print(letter.text, end="")
            return
        made = mail.draft(to=letter.to, subject=letter.subject, text=letter.text, language=letter.language)
        _keep(workspace, asked, made, path, letter.marking, letter.told)


COMMANDS: dict[str, Callable[[Namespace], None]] = {"calendar": calendar, "email": email, "remind": remind}

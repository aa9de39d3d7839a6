"""`juntos import`: what comes in from a file, shown cell by cell before it is written.

A workbook of ours goes the way back (`_back`); a tracker of another kind, of which `--as` speaks, is for `tracker`.
"""

from __future__ import annotations

from argparse import Namespace
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.cli import output, tracker
from desktop.cli.opening import Failed, opened
from desktop.i18n import _, captioned, format_number, ngettext
from desktop.service.workspace import Workspace

if TYPE_CHECKING:
    from desktop.export.intake.book import Book
    from desktop.export.intake.wayback import Proposal


def import_(asked: Namespace) -> None:
    """`juntos import`"""
    from desktop.export.intake.reading import read
    from desktop.export.intake.refusal import Refusal

    path = Path(asked.file).expanduser()
    with opened(asked) as workspace:
        if tracker.is_meant(asked):
            tracker.take(workspace, asked, path)
            return
        try:
            with read(path) as book:
                _back(workspace, asked, path, book)
        except Refusal as refusal:
            raise Failed(f"{refusal} {refusal.advice}".strip()) from None


def _back(workspace: Workspace, asked: Namespace, path: Path, book: Book) -> None:
    """A workbook of ours that came back."""
    from desktop.export.intake import wayback

    try:
        sent = wayback.recognise(book)
    except wayback.NotOurs as error:
        raise Failed(
            f"{error} {_('A tracker of another kind is taken in with --as follow-up, say.')}"
        ) from None
    proposals = wayback.propose(workspace, sent)
    if asked.accept:
        proposals = wayback.decide(proposals, asked.accept)
    if asked.format == "json":
        output.one(_as_data(sent, proposals))
    else:
        _table(sent.told, proposals)
    left = sum(each.kind is wayback.Kind.CONFLICT and not each.accepted for each in proposals)
    if asked.accept and not asked.dry_run:
        operation = wayback.apply(workspace, proposals, path.name)
        _say(asked, operation.label if operation is not None else _("Nothing differs."))
        if left and asked.accept == wayback.CLEAN:
            raise Failed(
                ngettext(
                    "{count} conflict is left; look at it, and say --accept theirs or --accept ours.",
                    "{count} conflicts are left; look at them, and say --accept theirs or --accept ours.",
                    left,
                ).format(count=format_number(left))
            )
    elif any(each.open for each in proposals):
        _say(asked, tracker.not_written(asked))


def _say(asked: Namespace, sentence: str) -> None:
    if asked.format != "json":
        output.line(sentence)


def _as_data(sent: Any, proposals: Sequence[Proposal]) -> dict[str, Any]:
    """What programs read; docs/json.md describes it."""
    return {
        "export": sent.export,
        "known": sent.known,
        "schema": sent.schema,
        "audience": sent.audience,
        "language": sent.language,
        "told": list(sent.told),
        "counts": dict(Counter(each.kind.value for each in proposals)),
        "proposals": [
            {
                "kind": each.kind.value,
                "sheet": each.sheet,
                "row": each.row or None,
                "column": each.letter or None,
                "heading": each.heading,
                "entity": each.entity,
                "uid": each.uid,
                "record": each.record,
                "key": each.key,
                "exported": each.exported,
                "now": each.now,
                "came": each.came,
                "typed": each.in_file,
                "values": each.values,
                "told": each.told,
                "accepted": each.accepted,
            }
            for each in proposals
        ],
    }


def _table(told: Sequence[str], proposals: Sequence[Proposal]) -> None:
    for sentence in told:
        output.line(sentence)
    if not proposals:
        print(_("Nothing differs."))
        return
    heads = [
        _("What"),
        _("Sheet"),
        _("Cell"),
        _("Record"),
        _("Column"),
        _("At export"),
        _("Now"),
        _("Came back"),
    ]
    output.table(
        heads,
        [
            [
                each.title,
                each.sheet,
                f"{each.letter}{each.row or ''}",
                each.record,
                each.heading,
                each.exported,
                each.now,
                each.came,
            ]
            for each in proposals
        ],
        most=28,
    )
    for each in proposals:
        if each.told:
            output.line(captioned(f"{each.sheet} {each.letter}{each.row or ''}".strip(), each.told))


COMMANDS: dict[str, Callable[[Namespace], None]] = {"import": import_}

"""`juntos backups` and `juntos restore`: what is kept of a workspace, and putting it back."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from desktop.cli import output
from desktop.cli.opening import Failed, given_passphrase, open_asked, with_passphrase, workspace_path
from desktop.i18n import _, format_datetime, format_number
from desktop.service import backups
from desktop.service.backups import Difference
from desktop.service.workspace import Workspace
from desktop.store import kept
from desktop.store.errors import Encrypted, StoreError, WrongPassphrase
from desktop.store.kept import WHYS, Backup
from desktop.store.reading import Keyring


def backups_(asked: Namespace) -> None:
    """`juntos backups`"""
    path = workspace_path(asked).absolute()
    found = kept.listed(path, asked.settings.second_backup_folder)
    with _if_it_opens(asked) as workspace:
        keys = _keyring(workspace, asked)
        told = [(each, *_compared(workspace, each, keys)) for each in found]
    if asked.format == "json":
        output.objects(_as_json(each, difference, flaw) for each, difference, flaw in told)
        return
    if not told:
        print(_("There is no backup of {path}.").format(path=path), file=sys.stderr)
        return
    rows = [
        (
            str(number),
            format_datetime(each.at.astimezone()),
            _(WHYS.get(each.why, each.why)),
            _("{size} MB").format(size=format_number(each.size / 1_000_000, 1)),
            difference.sentence() if difference else flaw,
        )
        for number, (each, difference, flaw) in enumerate(told, start=1)
    ]
    heads = [_("No."), _("Made"), _("Why"), _("Size"), _("After a restore")]
    output.table(heads, rows, right=(True, False, False, True, False), most=90)


def restore(asked: Namespace) -> None:
    """`juntos restore`"""
    path = workspace_path(asked).absolute()
    chosen = _chosen(path, asked)
    with _if_it_opens(asked) as workspace:
        present = workspace.engine.key if workspace is not None else None
        difference, flaw = _compared(workspace, chosen, _keyring(workspace, asked))
    words = difference.sentence() if difference else flaw
    print(f"{chosen.path}\n{format_datetime(chosen.at.astimezone())}: {words}")
    if not (asked.yes or _agreed()):
        raise Failed(_("Nothing was restored. Add --yes to restore without being asked."))

    def act(passphrase: str | None) -> backups.Restored:
        return backups.restore(path, chosen, passphrase=passphrase, key=present, present=present)

    try:
        done = act(None)
    except (Encrypted, WrongPassphrase):
        # Of the backup: it was made under another passphrase, or the workspace could not be opened.
        def again(passphrase: str | None) -> backups.Restored:
            if passphrase is None:
                raise Encrypted
            return backups.restore(path, chosen, passphrase=passphrase, present=present)

        done = with_passphrase(asked, again, _("Passphrase of {file}: ").format(file=chosen.path.name))
    print(_("{path} was restored.").format(path=path))
    if done.aside is not None:
        print(
            _("What was there lies in {folder}; restoring it takes this back.").format(
                folder=done.aside.parent
            )
        )
    for sentence in done.remarks:
        print(sentence, file=sys.stderr)


def _chosen(path: Path, asked: Namespace) -> Backup:
    """The backup of a number of the list, a name or a path; the one that was made last where none is named."""
    second = asked.settings.second_backup_folder
    found = kept.listed(path, second)
    if not asked.backup:
        chosen = kept.last(path, second) or next((each for each in found if each.whole), None)
        if chosen is None:
            raise Failed(_("There is no backup of {path}.").format(path=path))
        return chosen
    if asked.backup.isdecimal() and 0 < int(asked.backup) <= len(found):
        return found[int(asked.backup) - 1]
    file = Path(asked.backup).expanduser()
    for each in found:
        if asked.backup == each.path.name or file.absolute() == each.path:
            return each
    if file.is_file():
        return kept.of_file(file.absolute())
    raise Failed(
        _("There is no backup “{name}” of {path}; see: {command}").format(
            name=asked.backup, path=path, command="juntos backups"
        )
    )


def _agreed() -> bool:
    if not sys.stdin.isatty():
        return False
    yes = _("yes")
    print(_("Restore it? Type “{yes}”: ").format(yes=yes), end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().casefold() in (yes.casefold(), "yes")


@contextmanager
def _if_it_opens(asked: Namespace) -> Iterator[Workspace | None]:
    """The workspace, to compare with; None, having said why, where it is damaged or not there."""
    workspace = None
    try:
        workspace = open_asked(asked)
    except (StoreError, Failed) as error:
        print(error, file=sys.stderr)
    try:
        yield workspace
    finally:
        if workspace is not None:
            workspace.close()


def _keyring(workspace: Workspace | None, asked: Namespace) -> Keyring:
    return Keyring(workspace.engine.key if workspace is not None else None, given_passphrase(asked))


def _compared(workspace: Workspace | None, each: Backup, keys: Keyring) -> tuple[Difference | None, str]:
    """How a backup differs from now, or why that cannot be told."""
    try:
        return backups.difference(workspace, each, keys=keys), ""
    except (Encrypted, WrongPassphrase):
        return None, _("encrypted with another passphrase")
    except StoreError:
        return None, _("damaged")


def _as_json(each: Backup, difference: Difference | None, flaw: str) -> dict[str, object]:
    told: dict[str, object] = {
        "path": str(each.path),
        "made": each.at.isoformat(),
        "why": each.why,
        "clock": difference.head.clock if difference else each.clock,
        "size": each.size,
        "encrypted": each.encrypted,
        "flaw": flaw,
    }
    if difference is not None:
        told |= {
            "records": difference.records,
            "operations": difference.operations,
            "last": difference.head.at,
            "officer": difference.head.officer,
            "related": difference.related,
            "lost": vars(difference.here),
            "gained": vars(difference.there),
        }
    return told


COMMANDS: dict[str, Callable[[Namespace], None]] = {"backups": backups_, "restore": restore}

"""`juntos share`: who may see records, their texts and their parts."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable

from desktop.cli.opening import opened
from desktop.i18n import _, format_number, ngettext
from desktop.service import links, sharing


def share(asked: Namespace) -> None:
    """`juntos share`"""
    with opened(asked) as workspace:
        records = [links.find(ref) for ref in asked.refs]
        count = sharing.share(workspace, records, asked.level, _listed(asked.texts), _listed(asked.parts))
    if not count:
        print(_("Nothing differs."))
        return
    words = ngettext("{count} visibility changed", "{count} visibilities changed", count)
    print(words.format(count=format_number(count)))


def _listed(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


COMMANDS: dict[str, Callable[[Namespace], None]] = {"share": share}

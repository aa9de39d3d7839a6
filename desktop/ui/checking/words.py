"""What a check found, as it is shown in a table and copied as text."""

from __future__ import annotations

import json
from typing import Any

from desktop.i18n import _, format_number, ngettext
from desktop.service.checking import Flaw, Report
from desktop.store.proofs import plain

LONGEST = 120
"""Letters of a value that are shown."""


def summary(report: Report) -> str:
    """The result in a sentence or two."""
    records = ngettext("{count} record", "{count} records", report.records).format(
        count=format_number(report.records)
    )
    saves = ngettext("{count} save", "{count} saves", report.operations).format(
        count=format_number(report.operations)
    )
    if report.clean:
        return _("All is well: {records} and the journal of {saves} are as they were saved.").format(
            records=records, saves=saves
        )
    if not report.flaws:
        return _("The check was stopped. Until then nothing was found that is wrong.")
    found = ngettext("{count} flaw was found", "{count} flaws were found", len(report.flaws)).format(
        count=format_number(len(report.flaws))
    )
    mendable = sum(each.mendable for each in report.flaws)
    if mendable == len(report.flaws):
        sentence = _("{found}; the good values are known.").format(found=found)
    elif mendable:
        sentence = _("{found}; for {mendable} of them the good value is known.").format(
            found=found, mendable=format_number(mendable)
        )
    else:
        sentence = _("{found}; only a backup can help.").format(found=found)
    return sentence if report.complete else sentence + " " + _("The check was stopped before its end.")


def look(report: Report) -> tuple[str, str]:
    """The picture of the result, and its tone."""
    if report.flaws:
        return "warning", "red"
    return ("saved", "green") if report.clean else ("about", "amber")


def cells(flaw: Flaw) -> tuple[str, str, str]:
    """Where and what is wrong, what stands there, and what it should be."""
    return flaw.sentence, shown(flaw.now), shown(flaw.good) if flaw.mendable else _("not known")


def shown(value: Any) -> str:
    """A value of the journal, in one line and not too long."""
    if value is None:
        return ""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    text = " ".join(plain(text).split())
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def as_text(report: Report) -> str:
    """All of it, a flaw a line, tab-separated."""
    return "\n".join([summary(report), *("\t".join(cells(each)) for each in report.flaws)])

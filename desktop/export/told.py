"""What the officer is told after an export: whatever did not go into the file as it is kept."""

from __future__ import annotations

from desktop.i18n import _, format_number, ngettext

MOST = 20
"""Records that are named one by one; beyond them only their number is told."""


class Told:
    """Gathers, for each kind of news, the cells it is about."""

    def __init__(self) -> None:
        self._left_out: dict[str, int] = {}
        self._continued: dict[str, None] = {}

    def left_out(self, count: int, ref: str, label: str) -> None:
        """Characters that no workbook can hold."""
        where = _where(ref, label)
        if where in self._left_out or len(self._left_out) <= MOST:
            self._left_out[where] = self._left_out.get(where, 0) + count
        else:
            self._left_out[""] = self._left_out.get("", 0) + count

    def continued(self, ref: str, label: str) -> None:
        """A text that goes on at another place."""
        self._continued[_where(ref, label)] = None

    def sentences(self) -> list[str]:
        """What is to be said, in the language spoken."""
        said = []
        if self._left_out:
            count = sum(self._left_out.values())
            said.append(
                ngettext(
                    "{count} control character cannot stand in a workbook and was left out of it, not of your"
                    " records: {where}.",
                    "{count} control characters cannot stand in a workbook and were left out of it, not of your"
                    " records: {where}.",
                    count,
                ).format(count=format_number(count), where=_named([key for key in self._left_out if key]))
            )
        if self._continued:
            count = len(self._continued)
            said.append(
                ngettext(
                    "{count} text is too long for its cell; it stands whole on the sheet “{sheet}”: {where}.",
                    "{count} texts are too long for their cells; they stand whole on the sheet “{sheet}”: {where}.",
                    count,
                ).format(
                    count=format_number(count), sheet=_("Long texts"), where=_named(list(self._continued))
                )
            )
        return said


def _where(ref: str, label: str) -> str:
    return " ".join(part for part in (ref, label) if part)


def _named(places: list[str]) -> str:
    return _("; ").join([*places[:MOST], *(["…"] if len(places) > MOST else [])])

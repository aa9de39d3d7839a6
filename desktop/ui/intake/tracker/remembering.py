"""What was said of a tracker, as it is kept on the disk, and as it comes back with the file."""

from __future__ import annotations

from typing import Any

from desktop.export.intake.tracker import targets
from desktop.export.intake.tracker.mapping import Mapping
from desktop.i18n import _, captioned
from desktop.model import Invalid
from desktop.ui.drafts import decided
from desktop.ui.intake.tracker import planned
from desktop.ui.intake.tracker.holding import Held
from desktop.ui.intake.tracker.understanding import Wish, choice_of

KIND = "tracker"


def content(held: Held, where: str) -> decided.Content:
    """What was said of a file, to be kept."""
    assert held.book is not None
    return decided.content(KIND, where, _text(held) or where, held.path, held.book.digest, _said(held))


def _said(held: Held) -> dict[str, Any]:
    made = held.understood.mapping if held.understood is not None else held.brought
    wished = held.wished
    return {
        "sheets": list(wished.sheets),
        "row": wished.row,
        "kind": wished.kind or (made.kind if made is not None else ""),
        "saved": wished.saved.as_json() if wished.saved is not None else "",
        "mapping": made.as_json() if made is not None else "",
        # One by one: on different sheets, two columns may have become the same field.
        "corrected": [Mapping(kind, (rule,)).as_json() for (kind, _key), rule in held.corrected.items()],
        "rows": [[*key, what, *held.decided.seen[key]] for key, what in held.decided.of.items()],
        "names": [[*key, name] for key, name in held.same_names.items()],
    }


def _text(held: Held) -> str:
    """To be read: a line each."""
    lines = []
    for (kind, _key), rule in held.corrected.items():
        entity = targets.entity_of(kind)
        target = targets.targets(entity).get(rule.target)
        left = _("Into the note") if rule.noted else _("Leave out")
        field = target.title if target is not None else left
        lines.append(_("{column} → {field}").format(column=rule.shown, field=field))
        scale = choice_of(entity, rule.target)
        if scale is not None:
            lines += [captioned(f"“{word}”", scale.text(step)) for word, step in rule.words.items() if step]
    for (_sheet, _row), what in held.decided.of.items():
        lines.append(captioned(held.decided.seen[_sheet, _row][0], _(planned.DECISIONS[what])))
    lines += [captioned(name, shown) for (_kind, name), shown in held.same_names.items()]
    return "\n".join(lines)


def bring(held: Held, kept: decided.Decided) -> int:
    """Say of a file what was said of it the last time, before it is looked at. How much of that does not fit any more:
    where the file has changed since, its sheets and the row of its headings."""
    said, lost = kept.said, 0
    assert held.book is not None
    there = {sheet.name for sheet in held.book.sheets}
    sheets, row = tuple(said["sheets"]), int(said["row"])
    if not there.issuperset(sheets):
        sheets, lost = (), lost + 1
    if row and not kept.same:
        row, lost = 0, lost + 1
    saved, made = _mapping(said["saved"]), _mapping(said["mapping"])
    lost += sum(
        bool(text) and found is None for text, found in ((said["saved"], saved), (said["mapping"], made))
    )
    held.wished = Wish(sheets, row, said["kind"], saved)
    held.applied, held.brought = saved, made
    for text in said["corrected"]:
        of = _mapping(text)
        lost += of is None
        held.corrected |= {(of.kind, rule.key): rule for rule in of.columns} if of is not None else {}
    for sheet, number, what, name, ref in said["rows"]:
        held.decided.of[sheet, number], held.decided.seen[sheet, number] = what, (name, ref)
    held.same_names |= {(kind, name): shown for kind, name, shown in said["names"]}
    held.changes += 1
    return lost


def _mapping(text: str) -> Mapping | None:
    try:
        return Mapping.from_json(text) if text else None
    except Invalid:  # a field that this version does not have
        return None


def count(held: Held) -> int:
    """How much was said of a file."""
    return len(held.corrected) + len(held.decided.of) + len(held.same_names) or 1


def fitting(held: Held) -> int:
    """Drop what was said of columns that the file does not have any more; how much that is."""
    if held.understood is None:
        return 0
    made = held.understood.mapping
    there = {rule.key for rule in made.columns}
    gone = [each for each in held.corrected if each[0] == made.kind and each[1] not in there]
    for each in gone:
        del held.corrected[each]
    return len(gone)

"""Everything that is typed in a window and not saved: in the forms of records, in minutes, dialogs and quick entry.

Each text has a place, by which it is kept and brought back. To add a kind of place: a function here that finds it, and
one in `bringing` that fills it again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFrame

from desktop.i18n import _, captioned
from desktop.ui.closing import QUICK_ENTRY
from desktop.ui.dialogs.dialog import Dialog, drafts_of
from desktop.ui.drafts import inputs
from desktop.ui.drafts.given import NotGiven, said
from desktop.ui.minutes.addline import AddLine
from desktop.ui.minutes.tab import MinutesTab
from desktop.ui.record.form import Form
from desktop.ui.record.window import RecordWindow

if TYPE_CHECKING:
    from desktop.ui.window import MainWindow

Content = dict[str, Any]
"""Of each at least `where`, a sentence for people, and `text`, the words that would be lost."""

RECORD, DIALOG, QUICK, MINUTES = "record", "dialog", "quick", "minutes"
"""With what the name of a place begins."""


def typed(window: MainWindow) -> dict[str, Content]:
    """What is typed in a window, in the windows of records and in the dialogs of all of them, by its place."""
    found: dict[str, Content] = {}
    hosts = [window, *window.findChildren(RecordWindow)]
    for view in _views(window, hosts):
        found.update(_in_form(view.form))
        if view.has_page(MINUTES):
            found.update(_in_minutes(view.page(MINUTES)))
    found.update((name, said) for name, said in window.drafts.items() if isinstance(name, str))
    for dialog in window.findChildren(Dialog):
        stands = dialog.standing()
        if stands is not None:
            found[_free(stands[0], found)] = stands[1]
        elif dialog.isVisible() or dialog in drafts_of(dialog.parent()).values():
            found.update(_in_dialog(dialog, found))
    bar: Any = window.findChild(QFrame, QUICK_ENTRY)
    if bar is not None and bar.typed():
        found[QUICK] = {"where": bar.windowTitle(), "text": bar.line.text()}
    return found


def _views(window: MainWindow, hosts: list[Any]) -> Iterator[Any]:
    """What shows a record, in the pane and in windows of their own."""
    panes = [window.pane.record_pane(), *(host.pane for host in hosts[1:])]
    for pane in panes:
        view = pane.view() if pane is not None else None
        if view is not None:
            yield view


def _in_form(form: Form) -> Iterator[tuple[str, Content]]:
    if form.record is None:
        return
    for name, row in form.rows.items():
        strip = form.saving.strip_of(name)
        asking = strip is not None and strip.is_asking()
        if not (row.editable and (row.editor.is_typed() or asking)):
            continue
        stood = inputs.state(row.editor)
        content = {
            **_of_record(form.record),
            "where": captioned(_called(form.record), row.kind.title),
            "text": stood.get("text") or row.kind.title,
            "field": name,
            "state": stood,
            "before": row.kind.text(row.editor.shown()),
        }
        if strip is not None and asking:
            content["strip"] = inputs.states(strip)
            content["text"] = "\n".join(filter(None, (content["text"], inputs.words(content["strip"]))))
        yield f"{RECORD}:{form.record.uid}:{name}", content


def _in_minutes(tab: MinutesTab) -> Iterator[tuple[str, Content]]:
    if tab.meeting is None:
        return
    for part, made in parts(tab).items():
        if isinstance(made, AddLine):
            text = made.line.toPlainText() if made.typed() else ""
            more: Content = {"kind": made.kind.kind(), "state": inputs.states(made)}
        elif hasattr(made, "is_typed"):
            stood = inputs.state(made)
            text = stood["text"] if made.is_typed() else ""
            more = {"state": stood, "before": str(made.shown())}
        else:
            text, more = made.text(), {"state": inputs.state(made)}
        if text.strip() or (more.get("before") and made.is_typed()):
            where = captioned(_called(tab.meeting), _("Minutes"))
            yield (
                f"{MINUTES}:{tab.meeting.uid}:{part}",
                {**_of_record(tab.meeting), "where": where, "text": text, "part": part, **more},
            )


def parts(tab: MinutesTab) -> dict[str, Any]:
    """Where one types in minutes, each by what it belongs to."""
    found: dict[str, Any] = {"whole": tab.general.text, "item": tab.agenda.line}
    groups = [("", tab.general.points)]
    for block in tab.agenda.blocks():
        found[f"topic:{block.item.uid}"] = block.topic
        groups.append((block.item.uid, block.points))
    for uid, points in groups:
        found[f"add:{uid}"] = points.adding
        found.update((f"point:{row.point.uid}", row.text) for row in points.rows())
    return found


def _in_dialog(dialog: Dialog, others: dict[str, Content]) -> Iterator[tuple[str, Content]]:
    if not dialog.typed():
        return
    kind = type(dialog)
    stood = inputs.states(dialog.form)
    try:
        given = said(dialog.given)
    except NotGiven:
        given = None
    place = _free(f"{DIALOG}:{kind.__module__}:{kind.__qualname__}", others)
    title = dialog.windowTitle()
    content = {
        "where": title,
        "text": inputs.words(stood) or title,
        "dialog": [kind.__module__, kind.__qualname__],
        "given": given,
        "inputs": stood,
    }
    entity = getattr(dialog, "entity", None)
    yield place, content | ({"entity": entity.key()} if entity is not None else {})


def _free(name: str, others: Collection[str]) -> str:
    """The name, with a number where another text has it."""
    place, number = name, 1
    while place in others:
        place, number = f"{name}:{number + 1}", number + 1
    return place


def _of_record(record: Any) -> Content:
    return {"record": [type(record).key(), record.uid]}


def _called(record: Any) -> str:
    return f"{record.ref} {record.name_text()}".strip()

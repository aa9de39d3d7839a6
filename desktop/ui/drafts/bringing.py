"""Puts a text that was left back where it was typed: as it was typed, and not saved."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt

from desktop.model import RECORDS, AgendaItem, Point, field
from desktop.ui.dialogs.dialog import Dialog, open_dialog
from desktop.ui.drafts import decided, inputs, places
from desktop.ui.drafts.given import NotGiven, meant, record
from desktop.ui.drafts.places import Content
from desktop.ui.minutes.addline import AddLine
from desktop.ui.named import named

if TYPE_CHECKING:
    from desktop.ui.window import MainWindow

_IN_MINUTES: dict[str, tuple[Any, str]] = {"point": (Point, "text"), "topic": (AgendaItem, "topic")}
QUICK_BAR = "desktop.ui.quick.bar:QuickBar"
READING, TAKE_IN = "desktop.ui.intake.reading:ReadingDialog", "desktop.ui.intake.opening:take_in"


def bring_back(window: MainWindow, content: Content, *, go: bool = True) -> list[str]:
    """Put it back, and go there; returns the words for which there is no room any more.

    Raises `NotGiven` where the place itself is gone. Without `go`, a file of which something was decided is opened only
    if it was open.
    """
    if "field" in content:
        return _into_field(window, content)
    if "part" in content:
        return _into_minutes(window, content)
    if "dialog" in content:
        return _into_dialog(window, content)
    if content.get("place") == places.QUICK:
        return _into_quick_entry(window, content)
    if "file" in content:
        return _onto_file(window, content, go)
    raise NotGiven


def now(content: Content) -> str | None:
    """What stands, in words, where a text was typed; None where the same stands there as before it was typed, or where
    nothing is kept. Raises `NotGiven` where the record is gone."""
    if "record" not in content:
        return None
    kept = record(*content["record"])
    words = _words_of(kept, content)
    return None if words is None or words == content.get("before") else words


def _words_of(kept: Any, content: Content) -> str | None:
    """What is kept of a record, or of its minutes, at the place of a text."""
    part, _colon, uid = content.get("part", "").partition(":")
    if part in _IN_MINUTES:
        entity, name = _IN_MINUTES[part]
        found = entity.get_or_none(entity.uid == uid)
        if found is None:
            raise NotGiven
        return str(getattr(found, name))
    name = "minutes" if part == "whole" else content.get("field", "")
    return field(type(kept), name).text(kept.__data__[name]) if name in kept.__data__ else None


def is_saved(content: Content) -> bool:
    """Whether it is saved after all: the program ended between that and forgetting the draft."""
    try:
        kept = now(content)
    except NotGiven:
        return False
    return kept is not None and "strip" not in content and kept == content["text"]


def _pane(window: MainWindow, content: Content) -> Any:
    """Where the record is shown: in the pane if it is there already, else in a window of its own."""
    kept = record(*content["record"])
    pane = window.pane.record_pane()
    here = pane.record() if pane is not None and pane.isVisible() else None
    if here is not None and here.uid == kept.uid and pane.view() is not None:
        return pane
    return window.pane.open_window(kept).pane


def _into_field(window: MainWindow, content: Content) -> list[str]:
    view = _pane(window, content).view()
    view.show_tab("details")
    name = content["field"]
    row = view.form.rows.get(name)
    if row is None or not row.editable:
        raise NotGiven
    if row is not view.form.title:
        view.form.sections[row.kind.section].set_open(True)
    row.editor.setFocus(Qt.FocusReason.OtherFocusReason)
    inputs.put(row.editor, content["state"])
    lost: list[str] = []
    if "strip" in content:
        view.form.saving.save(name)
        strip = view.form.saving.strip_of(name)
        lost = inputs.fill(strip, content["strip"]) if strip is not None else [content["text"]]
    return lost


def _into_minutes(window: MainWindow, content: Content) -> list[str]:
    view = _pane(window, content).view()
    view.show_tab(places.MINUTES)
    tab = view.page(places.MINUTES)
    made = places.parts(tab).get(content["part"])
    if made is None or _is_hidden(made):
        raise NotGiven
    if isinstance(made, AddLine):
        made.show_kind(content["kind"])
        lost = inputs.fill(made, content["state"])
        made.line.setFocus(Qt.FocusReason.OtherFocusReason)
        return lost
    if hasattr(made, "edit"):
        made.edit()
    inputs.put(made, content["state"])
    made.setFocus(Qt.FocusReason.OtherFocusReason)
    return []


def _is_hidden(made: Any) -> bool:
    """Whether it was hidden on purpose, as in final minutes; what is only not painted yet was not."""
    return bool(made.isHidden() and made.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide))


def _into_dialog(window: MainWindow, content: Content) -> list[str]:
    module, name = content["dialog"]
    try:
        kind = getattr(import_module(module), name)
    except (ImportError, AttributeError):
        raise NotGiven from None
    if content["given"] is None or not (isinstance(kind, type) and issubclass(kind, Dialog)):
        raise NotGiven
    given = meant(content["given"])
    if "entity" in content:
        kind.entity = RECORDS.get(content["entity"])
    dialog: Any = open_dialog(window, kind, *given)
    lost = inputs.fill(dialog.form, content["inputs"])
    dialog.fit_soon()
    return lost


def _onto_file(window: MainWindow, content: Content, go: bool) -> list[str]:
    """Have it with the window, where the file finds it once it is read; the file is read again."""
    path = Path(content["file"]["path"])
    wanted = go or content["file"]["shown"]
    if wanted and (
        not path.is_file() or any(each.isVisible() for each in window.findChildren(named(READING)))
    ):
        raise NotGiven
    decided.put_aside(window, content)
    if wanted:
        named(TAKE_IN)(window, path)
    return []


def _into_quick_entry(window: MainWindow, content: Content) -> list[str]:
    kind = named(QUICK_BAR)
    bar = window.findChild(kind) or kind(window)
    before = bar.line.text()
    bar.open_over(window)
    bar.line.setPlainText(content["text"])
    return [before] if before.strip() and before != content["text"] else []

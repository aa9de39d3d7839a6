"""The saved view that is open when the window closes comes back with the next one, as it was left."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from desktop.model import Invalid
from desktop.service import views
from desktop.service.query import Condition
from desktop.service.views import View
from desktop.ui.views.shelf import PREFIX

if TYPE_CHECKING:
    from desktop.ui.window import MainWindow


def shown(window: MainWindow) -> dict[str, str]:
    """The view that is open, as the settings keep it: what it is, and what it has become on its page."""
    key = str(window.sidebar.current() or "")
    view = views.find(key.removeprefix(PREFIX)) if key.startswith(PREFIX) else None
    page = window.shelf.page_of(view) if view is not None else None
    if view is None or page is None or page.view is None or page.view.key != view.key:
        return {}
    now, saved = page.definition(), view.definition
    if set(page.filter_bar.conditions()) == _conditions(window, view):
        now = replace(now, filters=saved.filters, fixed=saved.fixed)  # “mine” stays whoever's is at the desk
    return {"key": view.key, "saved": saved.as_json(), "now": now.as_json()}


def come_back(window: MainWindow, kept: Any) -> None:
    """Show the view that was open in the last window, as it was left; one saved anew meanwhile, as it was saved."""
    kept = kept if isinstance(kept, dict) else {}
    view = views.find(str(kept.get("key", "")))
    if view is None:
        return
    now = kept.get("now")
    if isinstance(now, str) and kept.get("saved") == view.definition.as_json():
        view = replace(view, definition=views.read(now))
    if _conditions(window, view) is not None:  # else nobody is at the desk yet, and is asked who it is
        window.shelf.open(view)


def _conditions(window: MainWindow, view: View) -> set[Condition] | None:
    """What a view is narrowed to; None where it is the officer's and nobody is at the desk."""
    try:
        return set(views.conditions(window.context.workspace, view))
    except Invalid:
        return None

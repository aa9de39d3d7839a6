"""The pages of the help in their order, and which one tells about what part of the window."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

TOPICS = (
    "first-steps",
    "today",
    "follow-ups",
    "who-owes-whom",
    "meetings",
    "minutes",
    "recommendations",
    "passages",
    "initiatives",
    "countries",
    "reports",
    "directory",
    "activity",
    "search",
    "quick-entry",
    "saved-views",
    "workbook",
    "coming-back",
    "trackers",
    "layouts",
    "who-sees-what",
    "reminders",
    "command-line",
    "keyboard",
    "backups",
    "passphrase",
    "your-data",
)
FIRST = TOPICS[0]

PARTS = {
    "dialogs.about": "your-data",
    "dialogs.attendees": "meetings",
    "dialogs.audience": "who-sees-what",
    "dialogs.calendarentry": "meetings",
    "dialogs.close": "follow-ups",
    "dialogs.document": "passages",
    "dialogs.editmany": "saved-views",
    "dialogs.enrol": "directory",
    "dialogs.export": "workbook",
    "dialogs.facts": "first-steps",
    "dialogs.follow_up": "follow-ups",
    "dialogs.freeze": "reports",
    "dialogs.listdocument": "workbook",
    "dialogs.meeting": "meetings",
    "dialogs.merge": "directory",
    "dialogs.movedate": "follow-ups",
    "dialogs.owner": "follow-ups",
    "dialogs.papers": "minutes",
    "dialogs.paste": "saved-views",
    "dialogs.plan": "meetings",
    "dialogs.preferences": "your-data",
    "dialogs.progress": "follow-ups",
    "dialogs.promises": "minutes",
    "dialogs.replacing": "workbook",
    "dialogs.remind": "who-owes-whom",
    "dialogs.sent": "workbook",
    "dialogs.shortcuts": "keyboard",
    "dialogs.stillopen": "meetings",
    "dialogs.versions": "minutes",
    "dialogs.viewname": "saved-views",
    "backups": "backups",
    "board": "initiatives",
    "charts": "today",
    "checking": "backups",
    "drafts": "backups",
    "country": "countries",
    "intake": "coming-back",
    "intake.tracker": "trackers",
    "ledger": "who-owes-whom",
    "locking": "passphrase",
    "minutes": "minutes",
    "palette": "search",
    "passages": "passages",
    "quick": "quick-entry",
    "recovery": "backups",
    "reminders": "reminders",
    "reports": "reports",
    "tree": "recommendations",
    "views": "saved-views",
    "visibility": "who-sees-what",
    "workbook": "workbook",
    "workbook.editor": "layouts",
    "workbook.general": "layouts",
    "workbook.layouts": "layouts",
    "workbook.library": "layouts",
    "workbook.packs": "layouts",
    "workbook.sheetpane": "layouts",
    "workbook.ticked": "layouts",
    "record.attendees": "meetings",
    "record.files": "follow-ups",
    "record.history": "activity",
    "pages.today": "today",
    "start": "first-steps",
}
"""Module of a widget, below `desktop.ui`, or its package: the topic."""

PAGES = {
    "today": "today",
    "follow_up": "follow-ups",
    "ledger": "who-owes-whom",
    "meeting": "meetings",
    "recommendation": "recommendations",
    "initiative": "initiatives",
    "country": "countries",
    "reports": "reports",
    "directory": "directory",
    "activity": "activity",
}
"""Key of a page in the side bar: the topic."""

RECORDS = {
    "follow_up": "follow-ups",
    "meeting": "meetings",
    "series": "meetings",
    "recommendation": "recommendations",
    "initiative": "initiatives",
    "organisation": "directory",
    "person": "directory",
    "sector": "directory",
    "source": "passages",
}
"""Key of an entity: the topic of its records, wherever they are shown."""
ROOT = "desktop.ui."


def topic_of(widget: QWidget | None, page: str = "") -> str:
    """What to read about a widget: the nearest part around it that has a topic, else that of the page of this key."""
    while widget is not None:
        found = _of_part(type(widget).__module__) or RECORDS.get(_entity(widget), "")
        if found:
            return found
        widget = widget.parentWidget()
    return PAGES.get(page, FIRST)


def _of_part(module: str) -> str:
    """The topic of a module, or of the package that it is in."""
    name = module.removeprefix(ROOT) if module.startswith(ROOT) else ""
    while name:
        if name in PARTS:
            return PARTS[name]
        name = name.rpartition(".")[0]
    return ""


def _entity(widget: QWidget) -> str:
    """The key of the entity whose records a widget shows."""
    entity = getattr(widget, "entity", None)
    return entity.key() if hasattr(entity, "key") else ""

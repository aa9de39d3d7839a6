"""One final version of minutes: the whole of it, and what differs from the version before."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QTabWidget, QTextBrowser, QVBoxLayout, QWidget

from desktop.export.request import Request
from desktop.i18n import N_, _, format_date, format_number
from desktop.model import Meeting, Person
from desktop.service import minutes_content, versions
from desktop.ui import theme
from desktop.ui.context import Context
from desktop.ui.dialogs.told import TellingDialog
from desktop.ui.minutes import differences
from desktop.ui.widgets.heading import Heading
from desktop.ui.widgets.markdown import look_of


class VersionDialog(TellingDialog):
    """A tab each for reading and comparing; the first version has nothing to compare with."""

    title = N_("Version of the minutes")
    usual = (860, 680)

    def __init__(self, context: Context, version: Any, window: QWidget) -> None:
        self.context, self.version = context, version
        self.meeting = Meeting.get_by_id(version.meeting_id)
        self._changes: list[minutes_content.Difference] = []
        super().__init__(window)

    def build(self) -> None:
        version, kept = self.version, versions.versions(self.meeting)
        before = next((each for each in reversed(kept) if each.number < version.number), None)
        number = _("Version {number}").format(number=format_number(version.number))
        self.setWindowTitle(_("{ref} {name}").format(ref=self.meeting.ref, name=number))
        self.column.addWidget(Heading(self._made(number), 3))
        self.tabs = QTabWidget(documentMode=True)
        self.tabs.setAccessibleName(_("Parts of the version"))
        self.text = _reader(number)
        self.tabs.addTab(_set_in(self.text), number)
        if before is not None:
            words = _("Changes since version {number}").format(number=format_number(before.number))
            self._changes = minutes_content.compare(versions.content(before), versions.content(version))
            self.changes = _reader(words)
            self.tabs.addTab(_set_in(self.changes), words)
        self.column.addWidget(self.tabs, 1000)
        self._draw()
        theme.changed.connect(self._draw)

    def _made(self, number: str) -> str:
        version = self.version
        day = format_date(self.context.workspace.local(version.made_at).date())
        if version.made_by_id is None:
            return _("{version}, made on {day}").format(version=number, day=day)
        name = Person.words_of(version.made_by_id)
        return _("{version}, made by {name} on {day}").format(version=number, name=name, day=day)

    def _draw(self) -> None:
        # Documents are not needed before the first version is read.
        from desktop.export.documents import html, minutes

        document = minutes.minutes(self.context.workspace, self.meeting, Request(), self.version.number)
        self.text.setHtml(html.page(document, look_of(self.font())))
        if self.tabs.count() > 1:
            nothing = f"<p>{_('Nothing differs.')}</p>"
            told = differences.table(self._changes, theme.current())
            self.changes.setHtml(told if self._changes else nothing)


def _reader(name: str) -> QTextBrowser:
    text = QTextBrowser(openLinks=False)
    text.setFrameShape(QTextBrowser.Shape.NoFrame)
    text.setAccessibleName(name)
    text.document().setDocumentMargin(theme.SMALL)
    return text


def _set_in(widget: QWidget) -> QWidget:
    page = QWidget()
    room = QVBoxLayout(page)
    room.setContentsMargins(0, theme.SMALL, 0, 0)
    room.addWidget(widget)
    return page

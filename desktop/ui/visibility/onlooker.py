"""What others see of a record: read through their eyes by a worker, and anew whenever something changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from desktop.export.documents.content import Document
from desktop.export.errors import ExportError
from desktop.export.leftout import left_out_of
from desktop.export.request import Request
from desktop.i18n import N_, _
from desktop.model.visibility import PARTNER, PUBLIC
from desktop.ui import theme
from desktop.ui.apart import while_there
from desktop.ui.context import Context
from desktop.ui.dialogs.audience import LeftOutLine
from desktop.ui.dialogs.told import TellingDialog
from desktop.ui.icons import icon
from desktop.ui.visibility.words import ICONS, word
from desktop.ui.widgets.combo import Combo
from desktop.ui.widgets.emptystate import EmptyState
from desktop.ui.widgets.markdown import MarkdownView, look_of

if TYPE_CHECKING:
    from desktop.ui.window import MainWindow


def show_selected(window: MainWindow) -> None:
    """Show what others see of the selected record."""
    show_seen(window, window.selected())


def show_seen(window: Any, records: list[Any]) -> OnlookerDialog:
    """Show what others see of a record, beside the window."""
    dialog = OnlookerDialog(window.context, window, records[0])
    dialog.show()
    return dialog


class DocumentView(MarkdownView):
    """A document as it would be on paper, in the colours of the window."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self._shown: Document | None = None
        super().__init__(parent)
        self.document().setDocumentMargin(theme.MEDIUM)

    def show_document(self, document: Document | None) -> None:
        """Show it; None for nothing."""
        self._shown = document
        self._draw()

    def _draw(self) -> None:
        from desktop.export.documents import html

        self.setHtml(html.page(self._shown, look_of(self.font())) if self._shown is not None else "")
        self._fit()


class OnlookerDialog(TellingDialog):
    """Whose eyes they are is chosen above; what they do not get is told below."""

    title = N_("What others see")
    usual = (680, 620)

    def __init__(self, context: Context, window: QWidget, record: Any) -> None:
        self.context, self.record = context, record
        self._asked = 0
        super().__init__(window)
        self.setWindowTitle(_("What others see of {ref}").format(ref=record.ref))
        context.changed.connect(self._on_changed)
        self.read()

    def build(self) -> None:
        label = QLabel(_("Seen by"))
        label.setProperty("muted", True)
        self.audience = Combo()
        for each in (PARTNER, PUBLIC):
            self.audience.addItem(icon(ICONS[each], "muted"), _(READERS[each]), each)
        self.audience.setAccessibleName(label.text())
        self.audience.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToContents)
        self.audience.ensurePolished()
        self.audience.setMinimumWidth(self.audience.sizeHint().width() + theme.WIDE)
        self.audience.currentIndexChanged.connect(lambda _index: self.read())
        label.setBuddy(self.audience)
        row = QHBoxLayout(spacing=theme.SMALL)
        row.addWidget(label)
        row.addWidget(self.audience)
        row.addStretch(1)
        self.view = DocumentView()
        self.view.setAccessibleName(_("What others see"))
        self.nothing = EmptyState("lock", _("Nothing of it is seen."), _("Share…"))
        self.nothing.action_requested.connect(self._share)
        self.nothing.hide()
        self.left_out = LeftOutLine(self.context)
        self.column.addLayout(row)
        self.column.addWidget(self.left_out)
        self.column.addWidget(self.view)
        self.column.addWidget(self.nothing)
        self.share_button = QPushButton(_("&Share…"), autoDefault=False)
        self.share_button.clicked.connect(self._share)
        self.foot.addWidget(self.share_button)

    def read(self) -> None:
        """Read the record anew, as those see it who are chosen."""
        self._asked += 1
        asked, audience, record = self._asked, self.audience.currentData(), self.record
        workspace = self.context.workspace

        def slow() -> Document | ExportError:
            from desktop.export.documents.onlooker import onlooker

            try:
                return onlooker(workspace, record, Request(audience=audience, marking=word(audience)))
            except ExportError as error:
                return error
            finally:
                workspace.engine.db.close()  # the connection of this thread alone

        self.context.work(slow, while_there(self, lambda found: self._show(asked, found)))

    def _show(self, asked: int, found: Document | ExportError) -> None:
        if asked != self._asked:
            return
        hidden = isinstance(found, ExportError)
        self.view.setVisible(not hidden)
        self.nothing.setVisible(hidden)
        self.share_button.setVisible(not hidden)
        if hidden:
            self.nothing.say(ICONS["internal"], str(found), _("Share…"))
            self.left_out.hide()
            return
        self.view.show_document(found)
        workspace, record, audience = self.context.workspace, self.record, self.audience.currentData()
        self.left_out.show_for(audience, lambda: left_out_of(workspace, [record], audience))

    def done(self, result: int) -> None:
        super().done(result)
        if self.parent() is not None:
            self.parent().activateWindow()  # it stood beside the window, and had the keys

    def _share(self) -> None:
        from desktop.ui.visibility.share import share_these

        share_these(self.parent(), [self.record])

    def _on_changed(self, _committed: Any) -> None:
        self.read()


READERS = {PARTNER: N_("The partner"), PUBLIC: N_("Anyone")}

"""The proposal one is on, the whole of it: where, why, its values with what differs marked, and the choice."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QRadioButton, QTextBrowser, QVBoxLayout, QWidget

from desktop.export.intake.wayback import Kind, Proposal
from desktop.export.intake.wayback.newcomers import BETWEEN
from desktop.i18n import N_, _, join_parts
from desktop.text import made_visible
from desktop.ui import theme
from desktop.ui.intake.wayback import words
from desktop.ui.minutes.differences import GONE, NEW, marked, told_apart
from desktop.ui.tones import Tones

ASKED = {
    Kind.CONFLICT: (N_("Theirs: take what came back"), N_("Ours: keep what it is now")),
    Kind.GONE: (N_("Delete the record"), N_("Keep the record")),
}
"""What is a question rather than a tick, with its two answers: taken, and left."""


class Detail(QWidget):
    """Under the list; what is chosen here is told."""

    chosen = Signal(bool)
    """Whether the one that is shown is taken."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.proposal: Proposal | None = None
        self.text = QTextBrowser(openLinks=False)
        self.text.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.text.setAccessibleName(_("The whole of the change"))
        self.text.document().setDocumentMargin(theme.SMALL)
        self._theirs, self._ours = QRadioButton(), QRadioButton()
        self._group = QButtonGroup(self)
        self._row = QWidget()
        row = QHBoxLayout(self._row, spacing=theme.WIDE)
        row.setContentsMargins(theme.SMALL, theme.TIGHT, theme.SMALL, theme.TIGHT)
        for button, take in ((self._theirs, True), (self._ours, False)):
            self._group.addButton(button)
            row.addWidget(button)
            button.clicked.connect(lambda _on=False, take=take: self.chosen.emit(take))
        row.addStretch(1)
        column = QVBoxLayout(self, spacing=0)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.text, 1)
        column.addWidget(self._row)
        self.setFocusProxy(self.text)
        theme.changed.connect(self._draw)

    def show_proposal(self, proposal: Proposal | None, taken: bool | None) -> None:
        """Show this one, and what is decided of it."""
        if proposal is not self.proposal:
            self.proposal = proposal
            self._draw()
        asked = ASKED.get(proposal.kind) if proposal is not None else None
        self._row.setVisible(asked is not None)
        if asked is None:
            return
        self._theirs.setText(_(asked[0]))
        self._ours.setText(_(asked[1]))
        self._group.setExclusive(False)  # else none could be off while nothing is decided
        self._theirs.setChecked(taken is True)
        self._ours.setChecked(taken is False)
        self._group.setExclusive(True)

    def _draw(self) -> None:
        self.text.setHtml("" if self.proposal is None else page(self.proposal, theme.current()))


def page(proposal: Proposal, tones: Tones) -> str:
    """A proposal in HTML."""
    head = f"<b>{_text(proposal.record)}</b><br>" if proposal.record else ""
    where = _text(join_parts(proposal.title, words.place(proposal)))
    told = f"<p>{_text(proposal.told)}</p>" if proposal.told else ""
    return f'<p>{head}<span style="color:{tones.muted}">{where}</span></p>{told}{_values(proposal, tones)}'


def _values(proposal: Proposal, tones: Tones) -> str:
    """What it was, is and came as: marked is what differs from what was exported."""
    in_file = _in_file(proposal, tones)
    if proposal.kind is Kind.NEW:
        return f"<p>{_row(proposal.came)}</p>{in_file}"
    was, now, came = proposal.exported, proposal.now, proposal.came
    if not (was or now or came):
        return ""
    if not was and not now:
        return f"<p>{_caption(_('Came back'), tones)}<br>{_text(came)}</p>{in_file}"
    theirs = told_apart(was, came)
    cells = [
        (_("Was at export"), marked(theirs, NEW, tones)),
        (_("Is now"), marked(told_apart(was, now), GONE, tones)),
        (_("Came back"), marked(theirs, GONE, tones)),
    ]
    empty = f'<span style="color:{tones.muted}">{escape(_("(empty)"))}</span>'
    edge = f"border-top:1px solid {tones.hairline}"
    heads = "".join(f'<th align="left" width="33%">{_caption(title, tones)}</th>' for title, _value in cells)
    values = "".join(f'<td style="{edge}">{value or empty}</td>' for _title, value in cells)
    shown = f'<table width="100%" cellpadding="4" cellspacing="0"><tr>{heads}</tr><tr>{values}</tr></table>'
    return shown + in_file


def _in_file(proposal: Proposal, tones: Tones) -> str:
    """What stands in the file, where that reads otherwise than what would be kept of it."""
    if proposal.in_file == proposal.came:
        return ""
    empty = f'<span style="color:{tones.muted}">{escape(_("(empty)"))}</span>'
    shown = _row(proposal.in_file) if proposal.kind is Kind.NEW else _text(proposal.in_file)
    return f"<p>{_caption(_('As it stands in the file'), tones)}<br>{shown or empty}</p>"


def _row(text: str) -> str:
    """The cells of a row under each other."""
    return "<br>".join(_text(part) for part in text.split(BETWEEN))


def _caption(title: str, tones: Tones) -> str:
    return f'<span style="color:{tones.muted};font-weight:400">{escape(title)}</span>'


def _text(text: str) -> str:
    return escape(made_visible(text)).replace("\n", "<br>")

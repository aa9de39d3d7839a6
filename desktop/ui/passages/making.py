"""What a passage becomes: a new recommendation or ask, or where a record that is there comes from."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QCheckBox

from desktop.i18n import N_, _
from desktop.model import Initiative, Invalid, Meeting, Recommendation, field
from desktop.service import passages
from desktop.ui.accesskeys import unmarked
from desktop.ui.dialogs.dialog import Dialog
from desktop.ui.editors import SHOWN_MARGINS, shown_text
from desktop.ui.passages.words import place_words, shortened
from desktop.ui.subjects import SubjectLine

QUOTABLE: tuple[type[Any], ...] = (Recommendation, Initiative, Meeting)
"""What can come from a passage: the records of the register that say where in a source they stand."""
WORDS = 420


class PassageDialog(Dialog):
    """A dialog about a passage, whose words stand first in it."""

    usual = (620, 0)
    edition: Any = None
    start = end = 0

    def add_words(self) -> None:
        """Make the room for the words of the passage and their place."""
        self.words, self.place = shown_text(), shown_text()
        self.place.setProperty("muted", True)
        self.place.setContentsMargins(*SHOWN_MARGINS)
        self.words.setContentsMargins(*SHOWN_MARGINS)
        self.main.row(_("Passage"), self.words)
        self.main.row(_("Place in the text"), self.place)

    def take(self, edition: Any, start: int, end: int) -> None:
        """Begin with this passage."""
        text = passages.text_of(edition)
        self.edition, (self.start, self.end) = edition, passages.trimmed(text, start, end)
        anchor = text.at(self.start, self.end)
        self.words.setText(shortened(anchor.quote, WORDS))
        self.place.setText(place_words(anchor.section, anchor.paragraph, anchor.endnotes))
        self.fit_soon()  # the words take more lines than they were thought to


class MakeDialog(PassageDialog):
    """What is proposed can be changed: the title, the level, what it is part of."""

    title, verb = N_("New from this passage"), N_("Add")
    level = "recommendation"

    def build(self) -> None:
        self.main = self.add_fields()
        self.add_words()
        for name in ("title", "level", "parent", "summary"):
            self.main.add(field(Recommendation, name))
        self.main.at("level").edited.connect(self._on_level)

    def take(self, edition: Any, start: int, end: int, level: str = "recommendation") -> None:
        if self.edition is not None and self.typed():
            return  # the draft of another passage comes first
        super().take(edition, start, end)
        proposed = passages.propose(self.edition, self.start, self.end, level)
        self._proposed = proposed["parent"]
        for name in ("title", "level", "parent"):
            self.main.give(name, proposed[name])
        self.main.at("title").setFocus()

    def _on_level(self) -> None:
        """Propose what it is part of anew, unless that was chosen."""
        if self.edition is None or self.main.at("parent").value() != self._proposed:
            return
        level = self.main.at("level").value()
        self._proposed = passages.propose(self.edition, self.start, self.end, level)["parent"]
        self.main.give("parent", self._proposed)

    def act(self) -> Any:
        return passages.make(self.context.workspace, self.edition, self.start, self.end, self.main.values())

    def done_with(self, result: Any) -> None:
        self.context.said.emit(
            _("{record} was added.").format(record=result.ref),
            [(_("Show"), lambda: self.context.record_requested.emit(result))],
        )

    def draft_words(self) -> str:
        return _("Nothing was added yet; what you typed is kept.")


class TieDialog(PassageDialog):
    """Asks which record comes from the passage."""

    title, verb = N_("Is the passage of…"), N_("Tie to the passage")

    def build(self) -> None:
        self.main = self.add_fields()
        self.add_words()
        self.line = SubjectLine(self.context.workspace, QUOTABLE)
        self.main.row(_("Record"), self.line)
        self.line.picked.connect(self._on_record)
        self.line.editingFinished.connect(self._on_record)
        self.replace = QCheckBox(visible=False)
        self.column.addWidget(self.replace)

    def take(self, edition: Any, start: int, end: int) -> None:
        super().take(edition, start, end)
        self.line.setFocus()

    def _on_record(self) -> None:
        """Ask whether to replace what stands there, where something does and differs."""
        record = self.line.record()
        says = place_words(record.section, record.paragraph, record.endnotes) if record is not None else ""
        differs = record is not None and record.source_id not in (None, self.edition.source_id)
        asked = differs or bool(says and says != self.place.text())
        self.replace.setVisible(asked)
        if asked:
            words = _("Replace what it says of its source now: {place}")
            self.replace.setText(unmarked(words.format(place=says or _("another source"))))
            self.fit_soon()

    def act(self) -> Any:
        record = self.line.record()
        if record is None:
            self.line.setFocus()
            raise Invalid(_("Choose the record that comes from this passage."))
        replace = self.replace.isVisible() and self.replace.isChecked()
        passages.quote(self.context.workspace, record, self.edition, self.start, self.end, replace=replace)
        return record

    def done_with(self, result: Any) -> None:
        self.context.said.emit(
            _("{record} comes from this passage now.").format(record=result.ref),
            [(_("Show"), lambda: self.context.record_requested.emit(result))],
        )

    def typed(self) -> bool:
        return False

"""What holds for the whole of a layout: words, languages, marking, paper, logo, and whether it is for programs."""

from __future__ import annotations

import base64
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.export import layouts
from desktop.export.layouts import Definition, logo
from desktop.export.layouts.definition import MOST_MARKING
from desktop.i18n import LANGUAGES, N_, _, why
from desktop.model import Invalid
from desktop.ui import theme
from desktop.ui.accesskeys import AccessKeys
from desktop.ui.widgets.combo import Combo

PAPERS = {"": N_("By the width of the sheet"), "a4": "A4", "a3": "A3", "letter": N_("US Letter")}
PICTURE = QSize(160, 64)
"""How large the logo is shown at most."""


class GeneralPane(QWidget):
    """`changed` tells the layout as it is to be."""

    changed = Signal(object)
    problem = Signal(str)

    def __init__(self, keys: AccessKeys, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.layout_shown: Definition | None = None
        self._filling, self._keys = False, keys
        self.pack, self.first, self.second, self.paper = Combo(), Combo(), Combo(), Combo()
        self.marking = QLineEdit(maxLength=MOST_MARKING, placeholderText=_("As the export says"))
        self.plain = QCheckBox(keys.mark(_("For programs to read: no cover, no colours, no marks")))
        self.picture = QLabel(_("No logo"))
        self.picture.setProperty("muted", True)
        self.choose = QPushButton(keys.mark(_("Choose a picture…")), autoDefault=False)
        self.remove = QPushButton(keys.mark(_("Remove")), autoDefault=False)
        for code, name in LANGUAGES.items():
            self.first.addItem(name, code)
            self.second.addItem(name, code)
        self.first.insertItem(0, _("As asked when exporting"), "")
        self.second.insertItem(0, _("No other language"), "")
        for key, words in PAPERS.items():
            self.paper.addItem(_(words), key)
        self._lay_out()
        self._wire()

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.MEDIUM)
        grid.setVerticalSpacing(theme.SMALL)
        grid.setColumnStretch(1, 1)
        rows = (
            (_("Words for the scales"), self.pack),
            (_("Language"), self.first),
            (_("Headings also in"), self.second),
            (_("Marking"), self.marking),
            (_("Paper"), self.paper),
        )
        for number, (words, widget) in enumerate(rows):
            label = QLabel(self._keys.mark(words))
            label.setProperty("muted", True)
            label.setBuddy(widget)
            widget.setAccessibleName(words)
            widget.setMaximumWidth(420)
            grid.addWidget(label, number, 0)
            grid.addWidget(widget, number, 1)
        label = QLabel(_("Logo on the cover"))
        label.setProperty("muted", True)
        logo_row = QHBoxLayout(spacing=theme.SMALL)
        for part in (self.picture, self.choose, self.remove):
            logo_row.addWidget(part)
        logo_row.addStretch(1)
        grid.addWidget(label, len(rows), 0)
        grid.addLayout(logo_row, len(rows), 1)
        grid.addWidget(self.plain, len(rows) + 1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.MEDIUM, 0, 0)
        column.addLayout(grid)
        column.addStretch(1)

    def _wire(self) -> None:
        self.pack.currentIndexChanged.connect(lambda _i: self._tell(pack=self.pack.currentData()))
        self.paper.currentIndexChanged.connect(lambda _i: self._tell(paper=self.paper.currentData()))
        self.first.currentIndexChanged.connect(lambda _i: self._on_language())
        self.second.currentIndexChanged.connect(lambda _i: self._on_language())
        self.marking.editingFinished.connect(self._on_marking)
        self.plain.toggled.connect(lambda on: self._tell(plain=on))
        self.choose.clicked.connect(self.ask_for_logo)
        self.remove.clicked.connect(lambda: self._tell(logo=""))

    def show_layout(self, shown: Definition) -> None:
        """Show this."""
        self.layout_shown = shown
        self._filling = True
        self.pack.clear()
        self.pack.addItem(_("The program's own"), "")
        for each in layouts.all_packs():
            self.pack.addItem(each.title, each.key)
        place = self.pack.findData(shown.pack)
        if place < 0:
            self.pack.addItem(_("deleted"), shown.pack)
            place = self.pack.count() - 1
        self.pack.setCurrentIndex(place)
        first, second = (*shown.languages, "", "")[:2]
        self.first.setCurrentIndex(max(0, self.first.findData(first)))
        self.second.setCurrentIndex(max(0, self.second.findData(second)))
        self.paper.setCurrentIndex(max(0, self.paper.findData(shown.paper)))
        if self.marking.text() != shown.marking:
            self.marking.setText(shown.marking)
        self.plain.setChecked(shown.plain)
        self._show_logo(shown.logo)
        self._filling = False
        own = not shown.shipped
        for part in (self.pack, self.first, self.paper, self.marking, self.plain, self.choose):
            part.setEnabled(own)
        self.second.setEnabled(own and bool(first))
        self.remove.setEnabled(own)

    def _show_logo(self, text: str) -> None:
        picture = QPixmap()
        shown = bool(text) and picture.loadFromData(base64.b64decode(text))
        self.remove.setVisible(bool(text))
        if not shown:
            self.picture.setText(_("No logo"))
            return
        if picture.width() > PICTURE.width() or picture.height() > PICTURE.height():
            aspect, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            picture = picture.scaled(PICTURE, aspect, smooth)
        self.picture.setPixmap(picture)
        self.picture.setAccessibleName(_("Logo on the cover"))

    def _tell(self, **values: Any) -> None:
        if not self._filling and self.layout_shown is not None and not self.layout_shown.shipped:
            self.changed.emit(replace(self.layout_shown, **values))

    def _on_language(self) -> None:
        first, second = self.first.currentData(), self.second.currentData()
        chosen = [code for code in (first, second) if code]
        self._tell(languages=tuple(dict.fromkeys(chosen)) if first else ())

    def _on_marking(self) -> None:
        text = " ".join(self.marking.text().split())
        if self.layout_shown is not None and text != self.layout_shown.marking:
            self._tell(marking=text)

    def ask_for_logo(self) -> None:
        """Ask for a picture."""
        kind = _("Pictures (*.png *.jpg *.jpeg)")
        name, _kind = QFileDialog.getOpenFileName(self, _("Choose a picture"), "", kind)
        if name:
            self.take_logo(Path(name))

    def take_logo(self, path: Path) -> None:
        """Put the picture of a file on the cover."""
        try:
            self._tell(logo=logo.from_file(path))
        except Invalid as error:
            self.problem.emit(str(error))
        except OSError as error:
            words = _("{file} cannot be read: {why}.")
            self.problem.emit(words.format(file=path.name, why=why(error)))

"""The officers of a post, a row each: name, e-mail, and which of them is you. A row more appears as one is typed."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QLabel, QLineEdit, QRadioButton, QWidget

from desktop.i18n import _
from desktop.model import Invalid, Person, field
from desktop.service.setup import Officer
from desktop.ui import theme
from desktop.ui.widgets.problemline import ProblemLine


class OfficersEdit(QWidget):
    """Rows without a name count for nothing."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(theme.SMALL)
        self._grid.setColumnStretch(0, 3)
        self._grid.setColumnStretch(1, 3)
        for column, words in enumerate((_("Name"), _("E-mail"), _("You"))):
            label = QLabel(words)
            label.setProperty("muted", True)
            self._grid.addWidget(label, 0, column)
        self._you = QButtonGroup(self)
        self._rows: list[tuple[QLineEdit, QLineEdit, QRadioButton]] = []
        self._problem = ProblemLine()
        self._append()

    def _append(self) -> None:
        number = len(self._rows) + 1
        name, email, you = QLineEdit(), QLineEdit(), QRadioButton()
        for line, words in ((name, _("Name of officer {number}")), (email, _("E-mail of officer {number}"))):
            line.setAccessibleName(words.format(number=number))
        you.setAccessibleName(_("You are officer {number}").format(number=number))
        you.setChecked(number == 1)
        you.setFocusPolicy(Qt.FocusPolicy.TabFocus if number > 1 else Qt.FocusPolicy.NoFocus)
        self._you.addButton(you, number - 1)
        name.textEdited.connect(self._on_typed)
        email.textEdited.connect(lambda _text: self._problem.hide())
        for column, part in enumerate((name, email, you)):
            self._grid.addWidget(part, number, column)
        self._rows.append((name, email, you))
        self._grid.addWidget(self._problem, number + 1, 0, 1, 3)

    def _on_typed(self) -> None:
        self._problem.hide()
        if self._rows[-1][0].text().strip():
            self._append()
            self._rows[0][2].setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def officers(self) -> tuple[list[Officer], int]:
        """The officers, and the place of the one who is at the desk; raises `Invalid`."""
        found, me = [], 0
        for place, (name, email, _you) in enumerate(self._rows):
            named, address = name.text().strip(), email.text().strip()
            if not named and address:
                raise Invalid(_("Give the name of the officer with this e-mail address."), f"name_{place}")
            if not named:
                continue
            try:
                address = field(Person, "email").check(address)
            except Invalid as error:
                raise Invalid(str(error), f"email_{place}") from None
            if self._you.checkedId() == place:
                me = len(found)
            found.append(Officer(name=named, email=address))
        if not found:
            raise Invalid(_("Give at least your own name."), "name_0")
        return found, me

    def blame(self, error: Invalid) -> bool:
        """Tell an error under the rows and go to the field that it names; whether it is one of these."""
        part, _line, place = error.field.partition("_")
        if part == "officers":
            part, place = "name", "0"
        if part not in ("name", "email") or not place.isdigit():
            return False
        self._problem.say(str(error))
        line = self._rows[int(place)][0 if part == "name" else 1]
        line.setAccessibleDescription(str(error))
        line.setFocus()
        return True

    def state(self) -> list[tuple[str, str, bool]]:
        """What stands in the rows, to be put into others."""
        return [
            (name.text(), email.text(), you.isChecked()) for name, email, you in self._rows if name.text()
        ]

    def set_state(self, state: list[tuple[str, str, bool]]) -> None:
        """Fill the rows."""
        for place, (name, email, you) in enumerate(state):
            self._rows[place][0].setText(name)
            self._rows[place][1].setText(email)
            self._rows[place][2].setChecked(you)
            self._on_typed()

    def problem(self) -> Any:
        """What is told as wrong."""
        return self._problem.text() if not self._problem.isHidden() else ""

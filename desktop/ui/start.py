"""The first start, on one page: whose post this is, who works there, what the workspace begins with, where it lies."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop.i18n import LANGUAGES, _, language
from desktop.model import Invalid
from desktop.paths import APPLICATION, WORKSPACE_SUFFIX
from desktop.service.setup import Answers
from desktop.settings import Settings
from desktop.store.engine import StoreError
from desktop.ui import enterkey, theme
from desktop.ui.accesskeys import AccessKeys
from desktop.ui.fields import text_of
from desktop.ui.icons import icon
from desktop.ui.locking.newpassphrase import NewPassphrase
from desktop.ui.named import named
from desktop.ui.officers import OfficersEdit
from desktop.ui.postform import PostForm
from desktop.ui.widgets.heading import Heading
from desktop.ui.widgets.messagebar import MessageBar

SIZE = QSize(1040, 680)
HELP = "desktop.ui.help.window:show_help"
"""Imported when somebody asks for it."""


class StartPage(QWidget):
    """`make` makes a workspace of path and answers, `open_` opens one (False: another page leads on), `speak` changes
    the language."""

    closed = Signal()

    def __init__(
        self,
        path: Path,
        settings: Settings,
        *,
        make: Callable[..., None],
        open_: Callable[[Path], bool | None],
        speak: Callable[[str], None],
    ) -> None:
        super().__init__()
        self.path, self.settings = path, settings
        self._make, self._open, self._speak = make, open_, speak
        self._page: QWidget | None = None
        self._outer = QVBoxLayout(self)
        self._outer.setContentsMargins(0, 0, 0, 0)
        self.resize(SIZE.boundedTo(self.screen().availableSize()))
        QShortcut(QKeySequence.StandardKey.HelpContents, self).activated.connect(lambda: named(HELP)(self))
        self._build()

    # ---- the page, which is built anew when another language is chosen

    def _build(self) -> None:
        self.setWindowTitle(_("Welcome to {application}").format(application=APPLICATION))
        keys = AccessKeys()
        page = QWidget()
        column = QVBoxLayout(page, spacing=theme.LARGE)
        column.setContentsMargins(theme.WIDE * 2, theme.WIDE, theme.WIDE * 2, theme.WIDE)
        column.addLayout(self._head(keys))
        self.messages = MessageBar()
        column.addWidget(self.messages)
        halves = QHBoxLayout(spacing=theme.WIDE * 2)
        halves.addLayout(self._post_half(keys), 1)
        halves.addLayout(self._people_half(keys), 1)
        column.addLayout(halves)
        column.addStretch(1)
        column.addLayout(self._foot(keys))
        area = QScrollArea(widgetResizable=True)
        area.setWidget(page)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        old, self._page = self._page, area
        if old is not None:
            self._outer.removeWidget(old)
            old.deleteLater()
        self._outer.addWidget(area)
        self.post.at("post").setFocus()

    def _head(self, keys: AccessKeys) -> QHBoxLayout:
        words = QVBoxLayout(spacing=theme.TIGHT)
        words.addWidget(Heading(_("Welcome to {application}").format(application=APPLICATION), 1))
        about = QLabel(
            _(
                "Tell it whose post this is; everything can be changed later. All of it stays in one file of yours."
            ),
            wordWrap=True,
        )
        about.setProperty("muted", True)
        words.addWidget(about)
        self.languages = QComboBox()
        for code, name in LANGUAGES.items():
            self.languages.addItem(name, code)
        self.languages.setCurrentIndex(self.languages.findData(language()))
        self.languages.activated.connect(lambda _index: self._change_language())
        label = QLabel(keys.mark(_("Language")))
        label.setProperty("muted", True)
        label.setBuddy(self.languages)
        self.languages.setAccessibleName(_("Language"))
        head = QHBoxLayout(spacing=theme.SMALL)
        head.addLayout(words, 1)
        top = Qt.AlignmentFlag.AlignTop
        head.addWidget(label, 0, top)
        head.addWidget(self.languages, 0, top)
        return head

    def _post_half(self, keys: AccessKeys) -> QVBoxLayout:
        half = QVBoxLayout(spacing=theme.MEDIUM)
        half.addWidget(Heading(_("Your post"), 2))
        self.post = PostForm(keys)
        half.addWidget(self.post)
        half.addStretch(1)
        return half

    def _people_half(self, keys: AccessKeys) -> QVBoxLayout:
        half = QVBoxLayout(spacing=theme.MEDIUM)
        half.addWidget(Heading(_("Officers"), 2))
        self.officers = OfficersEdit()
        half.addWidget(self.officers)
        half.addSpacing(theme.SMALL)
        half.addWidget(Heading(_("Begin with"), 2))
        self.with_catalogue = QRadioButton(
            keys.mark(_("The catalogue: recommendations, initiatives and organisations of the two reports"))
        )
        self.empty = QRadioButton(keys.mark(_("An empty workspace")))
        self.with_catalogue.setChecked(True)
        group = QButtonGroup(self.with_catalogue)
        for button in (self.with_catalogue, self.empty):
            group.addButton(button)
            half.addWidget(button)
        half.addSpacing(theme.SMALL)
        half.addWidget(Heading(_("File"), 2))
        place = QHBoxLayout(spacing=theme.SMALL)
        self.file = QLabel(str(self.path), wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.file.setProperty("muted", True)
        change = QPushButton(keys.mark(_("Change…")))
        change.clicked.connect(self._choose_path)
        place.addWidget(self.file, 1)
        place.addWidget(change, 0, Qt.AlignmentFlag.AlignTop)
        half.addLayout(place)
        self.protect = QCheckBox(keys.mark(_("Protect with a passphrase")))
        self.passphrase = NewPassphrase(keys)
        self.passphrase.hide()
        self.protect.toggled.connect(self._on_protect)
        half.addWidget(self.protect)
        half.addWidget(self.passphrase)
        half.addStretch(1)
        return half

    def _foot(self, keys: AccessKeys) -> QHBoxLayout:
        foot = QHBoxLayout(spacing=theme.SMALL)
        existing = QPushButton(icon("folder"), keys.mark(_("Open an existing workspace…")), flat=True)
        existing.clicked.connect(self._choose_existing)
        self.create = QPushButton(keys.mark(_("Make the workspace")))
        self.create.setProperty("primary", True)
        self.create.setAutoDefault(True)
        self.create.clicked.connect(self.finish)
        foot.addWidget(existing)
        foot.addStretch(1)
        foot.addWidget(self.create)
        return foot

    # ---- acting

    def tell(self, sentence: str) -> None:
        """Say something that went wrong."""
        self.messages.show_message(sentence, "error")

    def answers(self) -> Answers:
        """What was answered; raises `Invalid`."""
        officers, me = self.officers.officers()
        values = self.post.values()
        return Answers(
            post=values["post"],
            country=values["country"],
            zone=values["zone"],
            own_government=values["own_government"],
            partners=sorted(values["partners"]),
            accreditations=sorted(values["accreditations"]),
            officers=officers,
            me=me,
            catalogue=self.with_catalogue.isChecked(),
        )

    def finish(self) -> None:
        """Make the workspace; what is wrong is told under its field."""
        wrong = self.post.wrong()
        if wrong is not None:
            wrong.setFocus()
            return
        try:
            answers = self.answers()
            secret = {"passphrase": self.passphrase.passphrase()} if self.protect.isChecked() else {}
            self.setCursor(Qt.CursorShape.WaitCursor)
            self.create.setEnabled(False)
            self._make(self.path, answers, **secret)
        except Invalid as error:
            told = error.field == "passphrase" or self.post.blame(error) or self.officers.blame(error)
            if not told:
                self.tell(str(error))
        except StoreError as error:
            self.tell(str(error))
        else:
            self.passphrase.wipe()
            self.close()
        finally:
            self.unsetCursor()
            self.create.setEnabled(True)

    def _on_protect(self, protect: bool) -> None:
        self.passphrase.setVisible(protect)
        if protect:
            self.passphrase.setFocus()
        else:
            self.passphrase.wipe()

    def _change_language(self) -> None:
        """Speak another language; what was answered stays."""
        texts = {name: text_of(self.post.at(name)) for name in ("post", "own_government", "country", "zone")}
        sets = {name: self.post.at(name).input for name in ("partners", "accreditations")}
        chips = {name: (frozenset(each.keys()), each.line().text()) for name, each in sets.items()}
        countries = {name: self._quiet(name) for name in ("country", "own_government")}
        people, catalogue = self.officers.state(), self.with_catalogue.isChecked()
        protect = self.protect.isChecked()
        secret = (self.passphrase.first.text(), self.passphrase.second.text())
        self._speak(self.languages.currentData())
        self._build()
        for name, text in texts.items():
            self.post.at(name).set_value(countries.get(name) or text)
        for name, (codes, typed) in chips.items():
            self.post.at(name).set_value(codes)
            self.post.at(name).input.line().setText(typed)
        self.officers.set_state(people)
        (self.with_catalogue if catalogue else self.empty).setChecked(True)
        self.protect.setChecked(protect)
        self.passphrase.first.setText(secret[0])
        self.passphrase.second.setText(secret[1])
        self.languages.setFocus()

    def _quiet(self, name: str) -> str:
        """The country in a field, or '' where it is none yet."""
        try:
            return str(self.post.at(name).value())
        except Invalid:
            return ""

    def _choose_path(self) -> None:
        kind = _("Juntos workspaces (*{suffix})").format(suffix=WORKSPACE_SUFFIX)
        name, _kind = QFileDialog.getSaveFileName(
            self, _("Where to keep the workspace"), str(self.path), kind
        )
        if name:
            path = Path(name)
            self.path = path if path.suffix else path.with_suffix(WORKSPACE_SUFFIX)
            self.file.setText(str(self.path))

    def _choose_existing(self) -> None:
        kind = _("Juntos workspaces (*{suffix})").format(suffix=WORKSPACE_SUFFIX)
        name, _kind = QFileDialog.getOpenFileName(self, _("Open workspace"), str(self.path.parent), kind)
        if not name:
            return
        try:
            leads_elsewhere = self._open(Path(name)) is False
        except StoreError as error:
            self.tell(str(error))
        else:
            # What was answered stays, for whoever comes back from a page that could not open the other file.
            if not leads_elsewhere:
                self.close()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if enterkey.pressed(self, event):
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.finish()
            return
        super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self.closed.emit()

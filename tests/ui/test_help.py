"""The help: complete and alike in all languages, about what is on the screen, searched, gone through by keys."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path
from pkgutil import resolve_name
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop import i18n
from desktop.i18n import LANGUAGES
from desktop.i18n.spoken_dates import Found, NotUnderstood, find_date
from desktop.model import ENTITIES
from desktop.paths import bundled
from desktop.service import links
from desktop.settings import Settings
from desktop.ui.actions import COMMANDS, MENUS
from desktop.ui.context import Context
from desktop.ui.help import finding, pages, topics
from desktop.ui.help.window import HelpWindow, show_help
from desktop.ui.intake.reading import ReadingDialog
from desktop.ui.intake.tracker.wizard import TrackerWizard
from desktop.ui.intake.wayback.page import ChangesDialog
from desktop.ui.navigation import PAGES
from desktop.ui.start import StartPage
from desktop.ui.window import MainWindow

MOST_LINES = 60
TRACKER = b"Action,Owner,Due\nCall the ministry,Sato,2026-12-01\n"
FOLDER = bundled("resources", "help")
TEMPLATE = bundled("resources", "translations", "juntos.pot")
SOURCE = Path(resolve_name("desktop").__file__).parent


def raw(language: str, topic: str) -> str:
    return (FOLDER / language / f"{topic}.md").read_text("utf-8")


@pytest.fixture
def window(context: Context, qtbot: QtBot) -> Iterator[MainWindow]:
    made = MainWindow(context)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.blockSignals(True)
    made.close()
    made.deleteLater()


@pytest.mark.parametrize("language", list(LANGUAGES))
def test_every_language_has_every_page_and_no_other(language: str) -> None:
    files = {path.stem for path in (FOLDER / language).glob("*.md")}
    assert files == set(topics.TOPICS)


@pytest.mark.parametrize("topic", topics.TOPICS)
@pytest.mark.parametrize("language", list(LANGUAGES))
def test_pages_are_built_alike(language: str, topic: str) -> None:
    text, english = raw(language, topic), raw("en", topic)
    assert len(text.splitlines()) <= MOST_LINES
    assert _outline(text) == _outline(english)
    assert sorted(pages.asked(text)) == sorted(pages.asked(english))
    assert sorted(pages.linked(text)) == sorted(pages.linked(english))
    assert set(pages.linked(text)) <= set(topics.TOPICS)
    assert sorted(re.findall(r"`[^`]+`", text)) == sorted(re.findall(r"`[^`]+`", english))


def _outline(text: str) -> list[str]:
    """What kind of line each is, empty ones left out."""
    marks = [re.match(r"#+ |- |\d+\. ", line) for line in text.splitlines() if line.strip()]
    kinds = [found[0] if found else "" for found in marks]
    assert kinds[0] == "# "
    assert kinds.count("# ") == 1
    return kinds


@pytest.mark.parametrize("topic", topics.TOPICS)
def test_what_a_page_asks_for_is_there(topic: str, qapp: QApplication) -> None:
    words = _messages()
    for kind, name in pages.asked(raw("en", topic)):
        assert pages.answer(kind, name), f"{topic}: {kind}:{name}"
        if kind == "word":
            assert name in words, f"{topic}: the program does not say “{name}”"


def _messages() -> set[str]:
    """What the program says, from its source: the template may lag behind it."""
    text = "\n".join(path.read_text("utf-8") for path in SOURCE.rglob("*.py"))
    return set(re.findall(r'"((?:[^"\\\n]|\\.)+)"', text))


@pytest.mark.parametrize("language", list(LANGUAGES))
def test_a_filled_page_has_no_mark_of_its_making(language: str, qapp: QApplication) -> None:
    i18n.use(language)
    for page in pages.pages():
        assert page.title
        assert "{" not in page.text, page.topic
        assert ".md)" not in page.text, page.topic


def test_keys_are_written_nowhere_by_hand(qapp: QApplication) -> None:
    for language in LANGUAGES:
        for topic in topics.TOPICS:
            bare = re.sub(r"\{[^}]*\}", "", raw(language, topic))
            assert not re.search(r"\bCtrl\b|\bF\d\b", bare), f"{language}/{topic}"


def test_every_page_and_entity_has_a_topic() -> None:
    assert set(topics.PAGES) == {entry.key for entry in PAGES}
    assert set(topics.RECORDS) == {entity.key() for entity in ENTITIES}
    named = {*topics.PAGES.values(), *topics.RECORDS.values(), *topics.PARTS.values()}
    assert named <= set(topics.TOPICS)


def test_every_part_that_is_named_is_there() -> None:
    for part in topics.PARTS:
        assert resolve_name(topics.ROOT + part)


def test_every_dialog_has_a_topic() -> None:
    plumbing = {"__init__", "dialog", "told", "rows", "running", "pathedits", "writing", "new"}
    dialogs = {path.stem for path in (SOURCE / "ui" / "dialogs").glob("*.py")} - plumbing
    assert dialogs <= {part.removeprefix("dialogs.") for part in topics.PARTS}


def test_f1_is_the_help_and_it_stands_in_its_menu() -> None:
    command = next(each for each in COMMANDS if each.key == "help")
    assert command.everywhere
    assert MENUS[-1][1][0] == "help"


@pytest.mark.parametrize("entry", PAGES, ids=lambda entry: entry.key)
def test_f1_on_a_page(window: MainWindow, entry: Any, qtbot: QtBot) -> None:
    window.show_page(entry.key)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_F1)
    shown = _help_of(window, qtbot)
    assert shown.topic() == topics.PAGES[entry.key]
    QTest.keyClick(shown.focusWidget(), Qt.Key.Key_Escape)
    assert not shown.isVisible()


def test_f1_in_a_dialog(window: MainWindow, qtbot: QtBot) -> None:
    window.commands.run("log_meeting")
    qtbot.waitUntil(lambda: QApplication.activeWindow() not in (None, window))
    dialog = QApplication.activeWindow()
    QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_F1)
    assert _help_of(window, qtbot).topic() == "meetings"
    assert dialog.isVisible()


@pytest.mark.parametrize(
    ("content", "kind", "topic"),
    [(b"%PDF-1.4 no table", ReadingDialog, "coming-back"), (TRACKER, TrackerWizard, "trackers")],
    ids=["refused", "tracker"],
)
def test_f1_over_a_file_from_outside(
    content: bytes, kind: type[Any], topic: str, window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "tracker.csv"
    path.write_bytes(content)
    window.commands.run("take_in", path)

    def shown() -> Any:
        """The dialog, once the keyboard is in it."""
        ready = [each for each in window.findChildren(kind) if each.isActiveWindow() and each.focusWidget()]
        return next(filter(_is_read, ready), None)

    qtbot.waitUntil(lambda: shown() is not None, timeout=20_000)
    dialog = shown()
    QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_F1)
    assert _help_of(window, qtbot).topic() == topic
    dialog.reject()


def _is_read(dialog: Any) -> bool:
    return dialog.held.understood is not None if hasattr(dialog, "held") else not dialog.problem.isHidden()


def test_the_page_of_changes_has_its_topic(window: MainWindow) -> None:
    dialog = ChangesDialog(window.context, window)
    assert topics.topic_of(dialog.table, "today") == "coming-back"
    dialog.deleteLater()


def test_f1_on_the_minutes_of_a_meeting(window: MainWindow, qtbot: QtBot) -> None:
    window.show_record(links.find("MT-2026-001"))
    qtbot.waitUntil(lambda: window.pane.record_pane() is not None)
    qtbot.waitUntil(lambda: window.pane.record_pane().record() is not None)
    view = window.pane.record_pane().view()
    view.show_tab("minutes")
    part = view.page("minutes").findChild(QWidget)
    assert topics.topic_of(part, "meeting") == "minutes"
    assert topics.topic_of(view.form, "activity") == "meetings"


@pytest.mark.parametrize(("spoken", "title"), [("en", "First steps"), ("pt", "Primeiros passos")])
def test_f1_at_the_first_start(spoken: str, title: str, tmp_path: Path, qtbot: QtBot) -> None:
    def nothing(*_given: object) -> None: ...

    page = StartPage(tmp_path / "post.juntos", Settings(), make=nothing, open_=nothing, speak=nothing)
    qtbot.addWidget(page)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    i18n.use("es")
    show_help(page)  # in a language that is another one now
    i18n.use(spoken)
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    QTest.keyClick(page, Qt.Key.Key_F1)

    def active() -> list[HelpWindow]:
        return [each for each in page.findChildren(HelpWindow) if each.isActiveWindow()]

    qtbot.waitUntil(lambda: len(active()) == 1)
    assert active()[0].topic() == "first-steps"
    assert title in active()[0].windowTitle()


def test_search_finds_the_best_page_first(qapp: QApplication) -> None:
    every = pages.pages()
    assert finding.find(every, "carry-over")[0].page.topic == "minutes"
    assert finding.find(every, "backup")[0].page.topic == "backups"
    assert finding.find(every, "no such word anywhere") == []
    assert len(finding.find(every, "  ")) == len(every)
    i18n.use("ja")
    assert finding.find(pages.pages(), "議事録")[0].page.topic == "minutes"
    i18n.use("es")
    assert "minutes" in [each.page.topic for each in finding.find(pages.pages(), "ACTÁS")]


def test_search_and_links_in_the_window(window: MainWindow, qtbot: QtBot) -> None:
    show_help(window)
    shown = _help_of(window, qtbot)
    assert shown.topic() == "today"
    shown.find()
    QTest.keyClicks(shown.search, "rhythm")
    QTest.keyClick(shown.search, Qt.Key.Key_Return)
    assert shown.topic() == "meetings"
    assert shown.view.extraSelections()
    assert shown.view.hasFocus()
    shown.view.topic_requested.emit("minutes")
    assert shown.topic() == "minutes"
    assert shown.search.text() == ""
    assert shown.contents.count() == len(topics.TOPICS)
    shown.go_back()
    assert shown.topic() == "meetings"
    QTest.keyClicks(shown.search, "xyzzy")
    QTest.keyClick(shown.search, Qt.Key.Key_Return)
    assert shown.none.isVisible()
    assert "xyzzy" in shown.none.text()


def test_a_link_is_followed_by_keys(window: MainWindow, qtbot: QtBot) -> None:
    show_help(window)
    shown = _help_of(window, qtbot)
    shown.show_topic("today")
    shown.view.setFocus()
    QTest.keyClick(shown.view, Qt.Key.Key_Tab)
    QTest.keyClick(shown.view, Qt.Key.Key_Return)
    assert shown.topic() == "reminders"


def _help_of(window: MainWindow, qtbot: QtBot) -> HelpWindow:
    qtbot.waitUntil(lambda: any(each.isActiveWindow() for each in window.findChildren(HelpWindow)))
    return window.findChild(HelpWindow)


@pytest.mark.parametrize("language", list(LANGUAGES))
def test_the_dates_that_the_help_names_are_read_as_it_says(language: str) -> None:
    i18n.use(language)
    today = dt.date(2026, 11, 23)
    _title, _marks, dates, unknown = re.split(r"^## ", raw(language, "quick-entry"), flags=re.M)
    said = re.findall(r"\*([^*\n]+)\*", dates)
    assert len(said) >= 10
    for phrase in said:
        assert isinstance(find_date(phrase, today), Found), phrase
    for phrase in [*re.findall(r"\*([^*\n]+)\*", unknown), "5/6"]:
        assert isinstance(find_date(phrase, today), NotUnderstood), phrase

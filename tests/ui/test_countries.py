"""The page of countries: choosing one, what its cards show and where they lead, its dossier."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from docx import Document as Word
from pypdfium2 import PdfDocument
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop import i18n
from desktop.i18n import LANGUAGES
from desktop.model import FollowUp, Meeting, Organisation, Person, Recommendation, Update
from desktop.service import query, records, reports
from desktop.service.workspace import Workspace
from desktop.store.engine import TooSlow
from desktop.ui import theme, verbs
from desktop.ui.actions import COMMANDS
from desktop.ui.context import Context
from desktop.ui.country.dossier import DossierDialog, write_dossier
from desktop.ui.navigation import PAGES
from desktop.ui.pages.countries import CountriesPage
from desktop.ui.pages.directory import DirectoryPage
from desktop.ui.window import MainWindow


@pytest.fixture
def page(context: Context, qtbot: QtBot) -> CountriesPage:
    made = CountriesPage(context)
    qtbot.addWidget(made)
    made.resize(1100, 800)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


@pytest.fixture
def window(context: Context, qtbot: QtBot) -> Iterator[MainWindow]:
    made = MainWindow(context)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.blockSignals(True)
    made.close()
    made.deleteLater()


def offered(page: CountriesPage) -> list[str]:
    return [page.countries.list.item(row).text() for row in range(page.countries.list.count())]


def lines(page: CountriesPage, name: str) -> list[str]:
    return [each.words for each in page.cards.lists[name].lines()]


def test_the_host_is_shown_first(page: CountriesPage) -> None:
    assert offered(page) == ["Chile", "Japan", "United States"]
    assert page.heading.text() == "Chile"
    assert page.summary.text() == (
        "1 recommendation, 1 initiative, 3 open commitments (1 overdue), 1 meeting held, 1 person, 1 organisation"
    )
    assert lines(page, "recommendations") == ["WC-2024-1A  Finance trusted submarine cables together"]
    assert lines(page, "initiatives") == ["Humboldt cable"]
    assert lines(page, "us") == ["Send the list of suppliers", "Brief the capital on the tender"]
    assert lines(page, "partner") == ["Come back on terms"]
    assert lines(page, "contacts") == ["Working lunch on cables"]
    assert lines(page, "people") == ["Rojas Ana"]
    assert page.cards.lists["people"].lines()[0].end == "12 Nov"
    assert page.cards.lists["planned"].accessibleDescription() == "No meeting is planned. Ctrl+M logs one."
    assert page.status_text() == f"Chile: {page.summary.text()}"


def test_the_other_sides_are_told_apart(page: CountriesPage, context: Context, qtbot: QtBot) -> None:
    labels = [label for label in page.cards._sides.values() if label.isVisible()]
    assert [label.text() for label in labels] == ["Owed by the partner: 1"]
    assert not page.cards.lists["theirs"].isVisible()
    records.add(context.workspace, FollowUp, {"title": "Ours", "countries": {"PE"}})
    qtbot.waitUntil(lambda: "Peru" in offered(page))
    page.select_country("PE")
    assert [each for each in page.cards._sides.values() if each.isVisible()] == []
    assert page.cards.lists["theirs"].isVisible()
    assert page.cards.lists["theirs"].accessibleDescription() == "Nobody owes us anything."


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("chi", ["Chile"]),
        ("チリ", ["Chile"]),
        ("Estados", ["United States"]),
        ("japao", ["Japan"]),
        ("xyz", []),
    ],
)
def test_search_by_name_in_four_languages(
    page: CountriesPage, qtbot: QtBot, typed: str, found: list[str]
) -> None:
    page.focus_search()
    page.countries.search.insert(typed)  # as an input method commits it
    qtbot.waitUntil(lambda: offered(page) == found)
    assert page.countries.nothing.isVisible() == (not found)
    assert page.heading.text() == (found[0] if found else "Chile")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: len(offered(page)) == 3)


def test_arrow_keys_choose_and_the_choice_comes_back(
    page: CountriesPage, context: Context, qtbot: QtBot
) -> None:
    page.setFocus()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
    assert page.heading.text() == "Japan"
    again = CountriesPage(context)
    qtbot.addWidget(again)
    assert again.heading.text() == "Japan"
    assert again.countries.code() == "JP"


def test_a_line_leads_to_its_record(page: CountriesPage, context: Context) -> None:
    asked: list[Any] = []
    context.record_requested.connect(asked.append)
    for name in ("recommendations", "initiatives", "us", "partner", "contacts", "people", "organisations"):
        shown = page.cards.lists[name]
        shown.setFocus()
        QTest.keyClick(shown, Qt.Key.Key_Return)
        entity, record_id = shown.lines()[0].key
        assert (type(asked[-1]), asked[-1].id) == (entity, record_id)
    assert len(asked) == 7


def test_a_title_leads_to_the_list_behind_it(window: MainWindow, workspace: Workspace) -> None:
    page = window.show_page("country")
    expected = {
        "recommendations": (Recommendation, {"WC-2024-1A"}),
        "us": (FollowUp, {"FU-2026-001", "FU-2026-003"}),
        "theirs": (FollowUp, {"FU-2026-002"}),
        "contacts": (Meeting, {"MT-2026-001"}),
        "people": (Person, {Person.get(Person.name == "Rojas Ana").ref}),
        "organisations": (Organisation, {Organisation.get(Organisation.acronym == "MINREL").ref}),
    }
    for name, (entity, refs) in expected.items():
        page.cards.cards_by_name[name].opened.emit()
        shown = window.page
        if isinstance(shown, DirectoryPage):
            assert shown.entity is entity
        behind = shown.current_query()
        assert behind.entity is entity
        found = query.page(workspace, query.Query(entity, ("ref",), where=behind.where))
        assert {row[1] for row in found} == refs, name
        window.show_page("country")


def test_it_is_read_anew_after_a_change(page: CountriesPage, context: Context, qtbot: QtBot) -> None:
    records.add(context.workspace, Recommendation, {"title": "New", "countries": {"CL", "PE"}})
    qtbot.waitUntil(lambda: len(lines(page, "recommendations")) == 2)
    assert offered(page) == ["Chile", "Japan", "Peru", "United States"]
    assert page.countries.code() == "CL"


def test_what_takes_long_is_read_on_a_worker(
    page: CountriesPage, context: Context, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(_seconds: float) -> Any:
        raise TooSlow

    monkeypatch.setattr(context.workspace.engine, "within", never)
    page.select_country("US")
    qtbot.waitUntil(lambda: page.heading.text() == "United States")
    assert lines(page, "partner") == ["Come back on terms"]


def test_every_control_has_a_name(page: CountriesPage) -> None:
    for kind in (QPushButton, QAbstractItemView):
        for each in page.findChildren(kind):
            if each.isVisible() and each.focusPolicy() != Qt.FocusPolicy.NoFocus:
                assert each.accessibleName() or getattr(each, "text", str)(), each
    first = page.countries.list.item(0)
    assert "3 open commitments" in first.data(Qt.ItemDataRole.AccessibleTextRole)


@pytest.mark.parametrize("language", list(LANGUAGES))
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_paints_in_every_language(
    context: Context, qtbot: QtBot, qapp: QApplication, language: str, scheme: Any
) -> None:
    i18n.use(language)
    theme.apply(qapp, scheme)
    made = CountriesPage(context)
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.show()
    qtbot.waitExposed(made)
    picture = made.grab().toImage()
    assert picture.pixelColor(2, 2) != picture.pixelColor(made.width() - 40, 300) or scheme == "dark"
    cut = [
        each
        for each in made.findChildren(QLabel)
        if each.isVisible() and each.width() < each.minimumSizeHint().width()
    ]
    assert cut == []


def test_an_empty_workspace_says_what_belongs_here(tmp_path: Path, qapp: QApplication, qtbot: QtBot) -> None:
    from desktop.paths import Places
    from desktop.settings import Settings

    bare = Workspace.create(tmp_path / "bare.juntos")
    ground = Context(bare, Settings(), Places.within(tmp_path / "home"))
    made = CountriesPage(ground)
    qtbot.addWidget(made)
    made.show()
    assert made.stack.currentIndex() == 1
    assert not made.countries.isVisible()
    assert made.status_text() == ""
    ground.stop()
    bare.close()


# ---- the dossier


def opened(window: MainWindow) -> DossierDialog:
    page = window.show_page("country")
    page.dossier.click()
    (dialog,) = [each for each in window.findChildren(DossierDialog) if each.isVisible()]
    return dialog


@pytest.mark.parametrize("suffix", [".docx", ".pdf"])
def test_the_dossier_is_saved(
    window: MainWindow, context: Context, qtbot: QtBot, tmp_path: Path, suffix: str
) -> None:
    context.settings.export_folder = str(tmp_path / "out")
    said: list[Any] = []
    context.said.connect(
        lambda sentence, actions: said.append((sentence, [label for label, _act in actions]))
    )
    dialog = opened(window)
    assert dialog.windowTitle() == "Chile: dossier"
    assert dialog.act_button.hasFocus() or dialog.focusWidget() is dialog.act_button
    dialog.kind.setCurrentIndex(dialog.kind.findData(suffix))
    dialog.language.setCurrentIndex(dialog.language.findData("ja"))
    dialog.main.at("marking").set_value("RESTRICTED")
    file = tmp_path / "out" / f"Juntos_Dossier_Chile_2026-11-21{suffix}"
    assert dialog.file.line.text() == str(file)
    QTest.keyClick(dialog.act_button, Qt.Key.Key_Return)
    qtbot.waitUntil(file.exists, timeout=20_000)
    qtbot.waitUntil(lambda: said != [])
    assert said == [(f"{file.name} was written.", ["Open file", "Show in folder"])]
    if suffix == ".docx":
        words = [paragraph.text for paragraph in Word(str(file)).paragraphs]
        assert "チリ" in words[0]
    else:
        assert len(PdfDocument(file)) in (1, 2)
    (noted,) = reports.exports(context.workspace)
    assert (noted.file, noted.marking) == (file.name, "RESTRICTED")
    assert context.settings.last_marking == "RESTRICTED"
    assert Update.select().count() == 0


def test_a_file_is_replaced_only_on_second_thought(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    dialog = opened(window)
    file = tmp_path / "mine.docx"
    file.write_text("mine", "utf-8")
    dialog.file.line.setText(str(file.with_suffix("")))
    dialog.accept()
    assert "exists already" in dialog._told.text()
    assert file.read_text("utf-8") == "mine"
    dialog.accept()
    qtbot.waitUntil(lambda: file.read_bytes()[:2] == b"PK", timeout=20_000)


def test_a_place_that_cannot_be_written_is_told(
    window: MainWindow, context: Context, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog = opened(window)
    blocked = tmp_path / "a file"
    blocked.write_text("", "utf-8")
    dialog.file.line.setText(str(blocked / "under.docx"))
    dialog.accept()
    qtbot.waitUntil(lambda: dialog.messages.isVisible(), timeout=20_000)
    assert dialog.isVisible()
    assert dialog.act_button.isEnabled()
    assert reports.exports(context.workspace) == []


def test_nothing_is_opened_without_a_country(window: MainWindow) -> None:
    write_dossier(window, "")
    assert window.findChildren(DossierDialog) == []


def test_pages_have_the_digit_of_their_place_and_the_reports_the_zero() -> None:
    keys = {command.key: command.shortcuts for command in COMMANDS}
    placed = [entry for entry in PAGES if entry.key != "reports"]
    assert [keys[f"page_{entry.key}"] for entry in placed] == [
        (f"Ctrl+{n}",) if n < 10 else () for n in range(1, len(placed) + 1)
    ]
    assert keys["page_reports"] == ("Ctrl+0",)
    assert callable(verbs.show_page)


def test_every_stop_of_tab_can_be_left(page: CountriesPage) -> None:
    page.countries.search.setFocus()
    seen: list[QWidget] = []
    while QApplication.focusWidget() not in seen:
        seen.append(QApplication.focusWidget())
        QTest.keyClick(seen[-1], Qt.Key.Key_Tab)
    assert page.countries.list in seen
    assert page.dossier in seen
    assert page.cards.lists["recommendations"] in seen
    assert page.cards.first() is page.cards.lists["recommendations"]

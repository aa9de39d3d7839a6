"""The workbook in the window: how it is asked for, seen before it is saved, and what layouts and label packs do."""

from __future__ import annotations

import base64
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from desktop import i18n
from desktop.export import layouts
from desktop.export.report import Request
from desktop.model import Initiative, Operation
from desktop.service import reporting, reports
from desktop.service import undo as undoing
from desktop.service.query import Query
from desktop.service.views import ME
from desktop.ui.context import Context
from desktop.ui.dialogs.audience import LeftOutDialog
from desktop.ui.dialogs.export import ExportDialog
from desktop.ui.window import MainWindow
from desktop.ui.workbook.layouts import LayoutsDialog
from desktop.ui.workbook.preview import PreviewDialog, show_preview
from tests.export.test_preview import PIXEL
from tests.ui.looking import nameless

Said = list[str]


@pytest.fixture
def said(context: Context) -> Said:
    """What the window would say was done."""
    told: Said = []
    context.said.connect(lambda words, _actions: told.append(words))
    return told


@pytest.fixture
def out(context: Context, tmp_path: Path) -> Path:
    """Where exports go."""
    folder = tmp_path / "out"
    folder.mkdir()
    context.settings.export_folder = str(folder)
    return folder


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    """What the dialogs belong to, which go by themselves."""
    made = QWidget()
    qtbot.addWidget(made)
    return made


def opened(kind: type[Any], context: Context, parent: QWidget, *given: Any) -> Any:
    """A dialog on the screen."""
    made = kind(context, parent)
    made.take(*given)
    made.fit()
    made.show()
    return made


@pytest.fixture
def export(context: Context, parent: QWidget, out: Path) -> ExportDialog:
    return opened(ExportDialog, context, parent, None)


@pytest.fixture
def dialog(context: Context, parent: QWidget) -> LayoutsDialog:
    return opened(LayoutsDialog, context, parent)


def counted(dialog: ExportDialog, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: dialog.left_out.found is not None)


def choose(combo: Any, key: str) -> None:
    place = combo.findData(key)
    assert place >= 0, key
    combo.setCurrentIndex(place)


# ---- what is asked for


def test_the_export_says_what_the_layout_has(export: ExportDialog) -> None:
    choose(export.layout_choice, "decision_table")
    assert export._about.text() == "Cover and Decision table, 7 columns"
    choose(export.layout_choice, "gao")
    assert "Words: GAO" in export._about.text()
    assert export.request().layout == "gao"


def test_languages_of_the_layout_are_not_asked(
    context: Context, parent: QWidget, qtbot: QtBot, out: Path
) -> None:
    copy = layouts.copy(context.workspace, layouts.find("gao"), "Ours")
    both = layouts.save(context.workspace, replace(copy, languages=("en", "ja"), marking="取扱注意"))
    dialog = opened(ExportDialog, context, parent, None)
    choose(dialog.layout_choice, both.key)
    assert not dialog.language.isEnabled()
    assert (dialog.language.currentData(), dialog.headings.currentData()) == ("en", "ja")
    assert dialog.main.at("marking").value() == "取扱注意"
    choose(dialog.layout_choice, "gao")
    assert dialog.language.isEnabled()
    assert dialog.main.at("marking").value() == "Internal"


def test_what_is_left_out_for_a_partner_is_counted_and_told(export: ExportDialog, qtbot: QtBot) -> None:
    assert not export.left_out.isVisible()
    choose(export.audience, "partner")
    counted(export, qtbot)
    assert export.left_out.words.text().startswith("Left out: ")
    assert "records" in export.left_out.words.text()
    assert export.main.at("marking").value() == "Shareable with partner"
    export.left_out.button.click()
    (told,) = export.findChildren(LeftOutDialog)
    assert told.isVisible()
    choose(export.audience, "internal")
    assert not export.left_out.isVisible()
    assert export.main.at("marking").value() == "Internal"


def test_a_marking_that_was_typed_stays(export: ExportDialog) -> None:
    export.main.at("marking").set_value("SENSITIVE")
    choose(export.audience, "public")
    assert export.request().marking == "SENSITIVE"


def test_the_usual_marking_is_in_the_words_of_the_reader(
    export: ExportDialog, qtbot: QtBot, said: Said, out: Path
) -> None:
    choose(export.audience, "public")
    choose(export.language, "ja")
    export.accept()
    qtbot.waitUntil(lambda: said != [], timeout=20_000)
    (file,) = out.glob("*.xlsx")
    with i18n.speaking("ja"):
        public = i18n._("Public")
    assert load_workbook(file).worksheets[0]["A1"].value == public != "Public"


def test_the_audience_is_remembered_by_workspace(
    export: ExportDialog, context: Context, parent: QWidget, qtbot: QtBot, said: Said
) -> None:
    choose(export.audience, "partner")
    export.accept()
    qtbot.waitUntil(lambda: said != [], timeout=20_000)
    assert reports.exports(context.workspace)[0].audience == "partner"
    again = opened(ExportDialog, context, parent, None)
    assert again.audience.audience() == "partner"
    assert context.settings.last_marking == ""  # what a partner gets says nothing of what is internal


def test_changes_are_told_since_a_report_or_a_day(
    context: Context, parent: QWidget, qtbot: QtBot, out: Path
) -> None:
    first = reporting.freeze(context.workspace, {"title": "Second quarter"})
    second = reporting.freeze(context.workspace, {"title": "Third quarter"})
    dialog = opened(ExportDialog, context, parent, None)
    assert dialog.since.currentText() == "Last report: Third quarter"
    offered = [dialog.since.itemData(place) for place in range(dialog.since.count())]
    assert offered == ["", second.uid, first.uid, "day"]
    choose(dialog.since, first.uid)
    assert dialog.request().since == first.uid
    assert not dialog.what.at("since_day").isVisible()
    choose(dialog.since, "day")
    assert dialog.what.at("since_day").isVisible()
    assert dialog._asked() is None
    assert dialog.what.at("since_day").problem() == "Say since which day."
    dialog.what.at("since_day").set_value("2026-07-01")
    assert dialog.request().since == "2026-07-01"
    choose(dialog.audience, "public")
    assert dialog.since.currentData() == "day"


def test_it_begins_with_what_is_asked(context: Context, parent: QWidget, qtbot: QtBot, out: Path) -> None:
    report = reporting.freeze(context.workspace, {"title": "Second quarter"})
    asked = Request(layout="gao", since=report.uid, audience="partner", period_from="2026-07-01")
    dialog = opened(ExportDialog, context, parent, None, asked)
    found = dialog.request()
    assert (found.layout, found.since, found.audience) == ("gao", report.uid, "partner")
    assert found.period_from == "2026-07-01"
    dialog.take(None, Request(since="2026-05-01"))
    assert dialog.request().since == "2026-05-01"


def test_a_list_has_no_layout_and_tells_no_changes(
    context: Context, parent: QWidget, qtbot: QtBot, out: Path
) -> None:
    dialog = opened(ExportDialog, context, parent, Query(Initiative, ("ref", "name")))
    choose(dialog.layout_choice, "gao")
    dialog.list.setChecked(True)
    assert not dialog.layout_choice.isEnabled()
    assert not dialog.since.isEnabled()
    request = dialog.request()
    assert (request.layout, request.since, request.only.entity) == ("", "", Initiative)
    choose(dialog.audience, "partner")
    counted(dialog, qtbot)
    assert dialog.left_out.words.text() == "Left out: 1 record."


# ---- a file that stands there


def box(dialog: ExportDialog, qtbot: QtBot) -> QMessageBox:
    qtbot.waitUntil(
        lambda: any(each.isVisible() for each in dialog.findChildren(QMessageBox)), timeout=20_000
    )
    return next(each for each in dialog.findChildren(QMessageBox) if each.isVisible())


def press(asked: QMessageBox, words: str) -> None:
    next(button for button in asked.buttons() if button.text().replace("&", "") == words).click()


def test_a_file_of_somebody_else_is_asked_about(
    export: ExportDialog, qtbot: QtBot, out: Path, said: Said
) -> None:
    file = out / "Status.xlsx"
    file.write_text("mine", "utf-8")
    export.file.line.setText(str(file))
    export.accept()
    asked = box(export, qtbot)
    assert asked.text() == "“Status.xlsx” exists already."
    told = asked.informativeText()
    assert str(out) in told
    assert "Juntos did not write it." in told
    assert "It was last changed on " in told
    press(asked, "Cancel")
    assert file.read_text("utf-8") == "mine"
    assert export.isVisible()
    assert export.form.isEnabled()
    export.accept()
    press(box(export, qtbot), "Save as “Status-2.xlsx”")
    qtbot.waitUntil(lambda: said != [], timeout=20_000)
    assert file.read_text("utf-8") == "mine"
    assert (out / "Status-2.xlsx").read_bytes()[:2] == b"PK"
    assert said[0].startswith("Status-2.xlsx was written")


def test_a_file_of_somebody_else_may_go(export: ExportDialog, qtbot: QtBot, out: Path, said: Said) -> None:
    file = out / "Status.xlsx"
    file.write_text("mine", "utf-8")
    export.file.line.setText(str(file))
    export.accept()
    press(box(export, qtbot), "Replace")
    qtbot.waitUntil(lambda: said != [], timeout=20_000)
    assert file.read_bytes()[:2] == b"PK"


def test_what_juntos_wrote_is_replaced_unless_somebody_changed_it(
    context: Context, parent: QWidget, qtbot: QtBot, out: Path, said: Said
) -> None:
    file = out / "Status.xlsx"
    for number in (1, 2):
        dialog = opened(ExportDialog, context, parent, None)
        dialog.file.line.setText(str(file))
        dialog.accept()
        qtbot.waitUntil(lambda number=number: len(said) == number, timeout=20_000)
    with file.open("ab") as changed:
        changed.write(b" ")
    dialog = opened(ExportDialog, context, parent, None)
    dialog.file.line.setText(str(file))
    dialog.accept()
    asked = box(dialog, qtbot)
    assert "somebody has changed it since" in asked.informativeText()
    press(asked, "Cancel")


# ---- the preview


def shown(parent: Any, context: Context, qtbot: QtBot, request: Request, **more: Any) -> PreviewDialog:
    made = show_preview(parent, context, request, **more)
    qtbot.waitUntil(lambda: made.preview is not None, timeout=20_000)
    return made


def test_the_preview_shows_each_sheet_and_saves_nothing(
    export: ExportDialog, context: Context, qtbot: QtBot, out: Path
) -> None:
    choose(export.layout_choice, "decision_table")
    export.preview_button.click()
    (seen,) = export.findChildren(PreviewDialog)
    qtbot.waitUntil(lambda: seen.preview is not None, timeout=20_000)
    assert [seen.sheets.tabText(place) for place in range(seen.sheets.count())] == ["Cover", "Decision table"]
    assert nameless(seen) == []
    seen.sheets.setCurrentIndex(1)
    view = seen.view()
    heads = [view.cells.index(1, place).data() for place in range(view.cells.columnCount())]
    assert heads == ["No.", "Decision", "Action asked", "Responsible", "Due", "Status", "Update / remarks"]
    assert [view.top.isRowHidden(row) for row in (0, 1, 2)] == [False, False, True]
    assert [view.body.isRowHidden(row) for row in (0, 1, 2)] == [True, True, False]
    assert seen.count.text() == "2 rows"
    assert list(out.iterdir()) == []
    assert not Operation.select().where(Operation.source == "export").exists()


def test_a_list_is_seen_too(context: Context, parent: QWidget, qtbot: QtBot) -> None:
    seen = shown(parent, context, qtbot, Request(only=Query(Initiative, ("ref", "name"))))
    (only,) = seen.preview.sheets
    assert only.records == 1
    assert [cell.text for cell in only.rows[2].cells] == ["IN-2026-001", "Humboldt cable"]


def test_the_preview_goes_on_to_the_export(
    export: ExportDialog, context: Context, qtbot: QtBot, out: Path, said: Said
) -> None:
    export.preview_button.click()
    (seen,) = export.findChildren(PreviewDialog)
    assert not seen.act_button.isEnabled()
    qtbot.waitUntil(lambda: seen.preview is not None, timeout=20_000)
    seen.act_button.click()
    qtbot.waitUntil(lambda: said != [], timeout=20_000)
    assert len(list(out.glob("*.xlsx"))) == 1


def test_the_preview_can_be_larger_and_fit(context: Context, parent: QWidget, qtbot: QtBot) -> None:
    seen = shown(parent, context, qtbot, Request())
    view = seen.view()
    choose(seen.zoom, 0.5)
    small = view.body.columnWidth(1)
    choose(seen.zoom, 1.0)
    assert view.body.columnWidth(1) == pytest.approx(2 * small, abs=2)
    choose(seen.zoom, 0.0)
    width = sum(view.body.columnWidth(column) for column in range(view.cells.columnCount()))
    assert width == pytest.approx(view.body.viewport().width(), abs=len(view.sheet.widths))
    assert view.top.height() > 0


def test_a_preview_that_is_closed_meanwhile_stops(context: Context, parent: QWidget, qtbot: QtBot) -> None:
    seen = show_preview(parent, context, Request())
    seen.reject()
    assert seen.isHidden()
    qtbot.waitUntil(lambda: not seen._running.going(), timeout=20_000)
    assert seen.preview is None


def test_a_preview_that_cannot_be_says_why(context: Context, parent: QWidget, qtbot: QtBot) -> None:
    seen = show_preview(parent, context, Request(layout="nothing"))
    qtbot.waitUntil(lambda: bool(seen.messages.text()), timeout=20_000)
    assert "no layout “nothing”" in seen.messages.text()
    assert not seen.act_button.isEnabled()


def test_charts_and_logo_are_painted(context: Context, parent: QWidget, qtbot: QtBot) -> None:
    own = replace(layouts.find("status_report"), logo=base64.b64encode(PIXEL).decode())
    seen = shown(parent, context, qtbot, Request(), layout=own)
    seen.sheets.setCurrentIndex(1)
    view = seen.view()
    assert view.sheet.charts
    QApplication.processEvents()
    picture = view.body.viewport().grab().toImage()
    colours = {colour for _name, colour, values in view.sheet.charts[1].series if any(values)}
    places = ((x, y) for x in range(0, picture.width(), 3) for y in range(0, picture.height(), 3))
    painted = {picture.pixelColor(*place).name().upper() for place in places}
    assert colours & painted


# ---- layouts


def names(dialog: LayoutsDialog) -> list[str]:
    return [each.title for each in dialog.layouts_page.things()]


def copied(dialog: LayoutsDialog, key: str) -> Any:
    library = dialog.layouts_page.library
    library.fill(dialog.layouts_page.things(), key)
    dialog.layouts_page.editor.copy.click()
    dialog.setFocus()  # the name is not edited any more
    return dialog.layouts_page.editor


def test_what_comes_with_the_program_is_only_looked_at(dialog: LayoutsDialog) -> None:
    editor = dialog.layouts_page.editor
    assert editor.shown.key == "status_report"
    assert editor.copy.isVisible()
    assert not dialog.layouts_page.library.delete.isEnabled()
    before = editor.sheets.ticked()
    editor.sheets.setFocus()
    QTest.keyClick(editor.sheets, Qt.Key.Key_Space)
    QTest.keyClick(editor.sheets, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert editor.sheets.ticked() == before
    assert not editor.general.marking.isEnabled()
    assert nameless(dialog) == []


def test_enter_presses_the_button_that_has_the_focus(dialog: LayoutsDialog) -> None:
    page = dialog.layouts_page
    page.library.copy.setFocus()
    QTest.keyClick(page.library.copy, Qt.Key.Key_Return)
    assert len(names(dialog)) == 6


def test_a_copy_is_changed_by_the_keyboard(dialog: LayoutsDialog, context: Context, qtbot: QtBot) -> None:
    editor = copied(dialog, "decision_table")
    key = editor.shown.key
    assert names(dialog)[-1] == "Decision table (copy)"
    columns = editor.pane.columns
    columns.setFocus()
    assert columns.current() == "ref"
    QTest.keyClick(columns, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert [each.key for each in layouts.find(key).sheet("recommendations").columns][:2] == ["title", "ref"]
    assert columns.current() == "ref"
    QTest.keyClick(columns, Qt.Key.Key_Space)
    assert "ref" not in [each.key for each in layouts.find(key).sheet("recommendations").columns]
    undoing.undo(context.workspace)
    qtbot.waitUntil(lambda: "ref" in columns.ticked())
    undoing.undo(context.workspace)
    qtbot.waitUntil(lambda: columns.ticked()[0] == "ref")


def test_headings_and_widths_are_typed(dialog: LayoutsDialog, qtbot: QtBot) -> None:
    editor = copied(dialog, "decision_table")
    columns = editor.pane.columns

    def column(key: str) -> Any:
        sheet = layouts.find(editor.shown.key).sheet("recommendations")
        return next((each for each in sheet.columns if each.key == key), None)

    columns.item(1, 1).setText("決定")
    qtbot.waitUntil(lambda: column("title").label == "決定")
    columns.item(1, 2).setText("55")
    qtbot.waitUntil(lambda: column("title").width == 55)
    columns.item(1, 2).setText("wide")
    qtbot.waitUntil(lambda: "is no width" in dialog.messages.text())
    assert column("title").width == 55
    assert columns.item(1, 2).text() == "55"
    columns.item(1, 1).setText("")
    qtbot.waitUntil(lambda: column("title").label == "")
    assert columns.item(1, 1).text() == "Recommendation"
    row = [each.key for each in columns.entries()].index("assessment")
    columns.item(row, 1).setText("Desk")  # who names a column wants it
    qtbot.waitUntil(lambda: column("assessment") is not None and column("assessment").label == "Desk")


def test_untouched_labels_of_the_program_are_translated_still(dialog: LayoutsDialog, qtbot: QtBot) -> None:
    editor = copied(dialog, "decision_table")
    editor.pane.columns.item(1, 2).setText("55")
    key = editor.shown.key
    qtbot.waitUntil(lambda: layouts.find(key).sheet("recommendations").columns[1].width == 55)
    with i18n.speaking("ja"):
        assert layouts.find(key).sheet("recommendations").columns[1].title == "決定事項"


def test_all_columns_come_by_themselves(dialog: LayoutsDialog) -> None:
    editor = copied(dialog, "decision_table")
    assert editor.pane.all.isEnabled()
    editor.pane.all.click()
    assert layouts.find(editor.shown.key).sheet("recommendations").columns == ()
    assert not editor.pane.all.isEnabled()
    assert len(editor.pane.columns.ticked()) > 15


def test_the_last_column_and_the_last_sheet_stay(dialog: LayoutsDialog) -> None:
    editor = copied(dialog, "gao")
    for key in editor.pane.columns.ticked():
        editor.pane.columns.tick(key, False)
    assert len(editor.pane.columns.ticked()) == 1
    assert "one column at least" in dialog.messages.text()
    for key in editor.sheets.ticked():
        editor.sheets.tick(key, False)
    assert len(editor.sheets.ticked()) == 1
    assert dialog.messages.text() == "The layout has no sheet."


def test_a_sheet_that_is_ticked_again_is_as_it_was(dialog: LayoutsDialog) -> None:
    editor = copied(dialog, "gao")
    before = layouts.find(editor.shown.key).sheets
    editor.sheets.tick("recommendations", False)
    assert [each.key for each in layouts.find(editor.shown.key).sheets] == ["cover"]
    editor.sheets.tick("recommendations", True)
    assert layouts.find(editor.shown.key).sheets == before


def test_sheets_are_moved_added_and_named(dialog: LayoutsDialog, qtbot: QtBot) -> None:
    editor = copied(dialog, "gao")
    key = editor.shown.key
    editor.sheets.tick("initiatives", True)
    place = [each.key for each in editor.sheets.entries()].index("initiatives")
    editor.sheets.setCurrentCell(place, 0)
    for _step in range(place):
        editor.sheets.move(-1)
    assert [each.key for each in layouts.find(key).sheets] == ["initiatives", "cover", "recommendations"]
    assert editor.pane.sheet.key == "initiatives"
    editor.sheets.item(0, 1).setText("Projects")
    qtbot.waitUntil(lambda: layouts.find(key).sheets[0].name == "Projects")


def test_a_filter_is_that_of_the_lists(dialog: LayoutsDialog, context: Context, qtbot: QtBot) -> None:
    editor = copied(dialog, "gao")
    key, pane = editor.shown.key, editor.pane
    officer = context.workspace.officer
    button = pane.bar._button("owner")
    button.filter.choose(officer.id, True)
    button._tell()
    kept = dict(layouts.find(key).sheet("recommendations").where)
    assert kept == {"level": ("recommendation",), "owner": (officer.uid,)}
    assert pane.bar.buttons["owner"] is button  # somebody may be ticking more in it
    pane.bar.clear()
    assert layouts.find(key).sheet("recommendations").where == ()


def test_a_filter_of_the_officer_at_the_desk_stays_one(dialog: LayoutsDialog, context: Context) -> None:
    editor = copied(dialog, "gao")
    sheet = editor.shown.sheet("recommendations")
    mine = replace(sheet, where=(("owner", (ME,)), ("status", ("stalled",))))
    layouts.save(context.workspace, replace(editor.shown, sheets=(mine,)))
    dialog.refresh()
    assert editor.pane.bar.chosen()["owner"] == [context.workspace.officer.id]
    button = editor.pane.bar.buttons["status"]
    button.filter.choose("in_progress", True)
    button._tell()
    kept = dict(layouts.find(editor.shown.key).sheet("recommendations").where)
    assert kept == {"owner": (ME,), "status": ("stalled", "in_progress")}


def test_a_filter_for_somebody_who_is_gone_is_told_and_kept(dialog: LayoutsDialog, context: Context) -> None:
    editor = copied(dialog, "gao")
    sheet = editor.shown.sheet("recommendations")
    gone = replace(sheet, where=(("leads", ("no-such-uid",)), ("level", ("recommendation",))))
    layouts.save(context.workspace, replace(editor.shown, sheets=(gone,)))
    dialog.refresh()
    assert "not there any more" in editor.lacking.text()
    button = editor.pane.bar.buttons["level"]
    button.filter.choose("ask", True)
    button._tell()
    kept = dict(layouts.find(editor.shown.key).sheet("recommendations").where)
    assert kept == {"leads": ("no-such-uid",), "level": ("recommendation", "ask")}


def test_order_and_groups(dialog: LayoutsDialog) -> None:
    editor = copied(dialog, "gao")
    key, pane = editor.shown.key, editor.pane
    choose(pane.order, "target_on")
    pane.descending.setChecked(True)
    choose(pane.group, "status")
    sheet = layouts.find(key).sheet("recommendations")
    assert [(each.field, each.descending) for each in sheet.order] == [("target_on", True)]
    assert sheet.group == "status"
    choose(pane.order, "")
    assert layouts.find(key).sheet("recommendations").order == ()


def test_words_languages_marking_paper_and_logo(dialog: LayoutsDialog, tmp_path: Path) -> None:
    editor = copied(dialog, "decision_table")
    key, general = editor.shown.key, editor.general
    assert not general.second.isEnabled()
    choose(general.pack, "gao")
    choose(general.first, "en")
    choose(general.second, "ja")
    choose(general.paper, "a3")
    general.marking.setText("取扱注意")
    general.marking.editingFinished.emit()
    (tmp_path / "logo.png").write_bytes(PIXEL)
    general.take_logo(tmp_path / "logo.png")
    general.plain.setChecked(True)
    found = layouts.find(key)
    assert (found.pack, found.languages, found.paper) == ("gao", ("en", "ja"), "a3")
    assert (found.marking, found.plain) == ("取扱注意", True)
    assert base64.b64decode(found.logo) == PIXEL
    assert not general.picture.pixmap().isNull()
    (tmp_path / "notes.png").write_text("no picture", "utf-8")
    general.take_logo(tmp_path / "notes.png")
    assert "neither a PNG nor a JPEG" in dialog.messages.text()
    general.take_logo(tmp_path / "none.png")
    assert "none.png cannot be read" in dialog.messages.text()
    general.remove.click()
    assert layouts.find(key).logo == ""
    choose(general.first, "")
    assert layouts.find(key).languages == ()


def test_names_are_edited_in_their_place(dialog: LayoutsDialog, qtbot: QtBot) -> None:
    editor = copied(dialog, "gao")
    library = dialog.layouts_page.library
    library.list.currentItem().setText("For METI")
    qtbot.waitUntil(lambda: layouts.find(editor.shown.key).name == "For METI")
    qtbot.waitUntil(lambda: editor.name.text() == "For METI")
    library.list.currentItem().setText("GAO style")
    qtbot.waitUntil(lambda: "comes with the program" in dialog.messages.text())
    assert library.list.currentItem().text() == "For METI"


def test_a_layout_is_deleted_and_comes_back(context: Context, qtbot: QtBot) -> None:
    window = MainWindow(context)
    qtbot.addWidget(window)
    window.show()
    window.commands.run("layouts")
    (dialog,) = window.findChildren(LayoutsDialog)
    copied(dialog, "gao")
    library = dialog.layouts_page.library
    library.list.setFocus()
    QTest.keyClick(library.list, Qt.Key.Key_Delete)
    assert "GAO style (copy)" not in names(dialog)
    assert dialog.messages.text() == "The layout “GAO style (copy)” was deleted."
    dialog.messages.buttons()[0].click()
    assert "GAO style (copy)" in names(dialog)
    items = [library.list.item(row).text() for row in range(library.list.count())]
    qtbot.waitUntil(
        lambda: "GAO style (copy)" in [library.list.item(row).text() for row in range(library.list.count())]
    )
    assert items[0] == "Status report"
    dialog.finish()
    window.blockSignals(True)


def test_a_layout_goes_to_a_file_and_comes_from_one(
    dialog: LayoutsDialog, context: Context, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copied(dialog, "gao")
    page, file = dialog.layouts_page, tmp_path / "ours.json"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: (str(tmp_path / "ours"), ""))
    page.ask_to_write()
    assert "GAO style (copy)" in file.read_text("utf-8")
    page._delete("")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a: (str(file), ""))
    page.ask_to_read()
    assert names(dialog)[-1] == "GAO style (copy)"
    assert page.editor.shown.name == "GAO style (copy)"
    page.read(file)
    assert "already" in dialog.messages.text()
    page.read(tmp_path / "none.json")
    assert "none.json cannot be read" in dialog.messages.text()


def test_the_words_of_a_pack_are_typed(dialog: LayoutsDialog, qtbot: QtBot) -> None:
    page = dialog.packs_page
    dialog.tabs.setCurrentIndex(1)
    assert not dialog.preview_button.isVisible()
    place = page.editor.places.index(("progress", "implemented"))
    assert page.editor.table.item(place, 2).text() == "Closed – Implemented"
    assert not page.editor.table.item(place, 2).flags() & Qt.ItemFlag.ItemIsEditable
    page.editor.copy.click()
    dialog.setFocus()
    key = page.editor.shown.key
    page.editor.table.item(place, 2).setText("Done and dusted")
    qtbot.waitUntil(lambda: layouts.pack(key).label("progress", "implemented") == "Done and dusted")
    page.editor.table.item(place, 2).setText("")
    qtbot.waitUntil(lambda: layouts.pack(key).label("progress", "implemented") is None)
    assert nameless(dialog) == []
    copy = layouts.copy(page.workspace, layouts.find("gao"), "Ours")
    layouts.save(page.workspace, replace(copy, pack=key))
    page._delete("")
    assert "is used by: Ours" in dialog.messages.text()


def test_preview_and_export_go_on_from_a_layout(context: Context, qtbot: QtBot, out: Path) -> None:
    window = MainWindow(context)
    qtbot.addWidget(window)
    window.show()
    window.commands.run("layouts")
    (dialog,) = window.findChildren(LayoutsDialog)
    dialog.layouts_page.library.fill(dialog.layouts_page.things(), "gao")
    dialog.preview_button.click()
    (seen,) = dialog.findChildren(PreviewDialog)
    qtbot.waitUntil(lambda: seen.preview is not None, timeout=20_000)
    assert [each.name for each in seen.preview.sheets] == ["Cover", "Recommendations"]
    seen.act_button.click()
    (export,) = [each for each in window.findChildren(ExportDialog) if each.isVisible()]
    assert export.request().layout == "gao"
    export.reject()
    window.blockSignals(True)


def test_a_marking_of_more_readers_than_it_is_for_is_refused(
    export: ExportDialog, qtbot: QtBot, out: Path
) -> None:
    export.main.at("marking").set_value("Public")
    export.accept()
    qtbot.waitUntil(lambda: "“Public” is lower" in export.messages.text(), timeout=20_000)
    assert not list(out.glob("*.xlsx"))

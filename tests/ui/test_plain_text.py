"""What people type is text, wherever it is shown: never markup, which would read files and hide words."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import Qt
from PySide6.QtWidgets import QApplication, QLabel, QTabWidget, QWidget
from pytestqt.qtbot import QtBot

from desktop import ui
from desktop.export import chasing
from desktop.model import (
    ENTITIES,
    FollowUp,
    Initiative,
    Invalid,
    Meeting,
    Organisation,
    Person,
    Recommendation,
    Series,
    Source,
    fields,
)
from desktop.model.kinds import LongText, Text
from desktop.service import agenda, attachments, meetings, minutes, passages, progress, records, versions
from desktop.service.meetings import Attendee
from desktop.service.quoting import Part, SourceText
from desktop.service.workspace import Workspace
from desktop.ui.context import Context
from desktop.ui.dialogs.close import CloseDialog
from desktop.ui.dialogs.enrol import EnrolDialog
from desktop.ui.dialogs.meeting import MeetingDialog
from desktop.ui.dialogs.merge import MergeDialog
from desktop.ui.dialogs.movedate import MoveDateDialog
from desktop.ui.dialogs.owner import OwnerDialog
from desktop.ui.dialogs.papers import BriefDialog, MinutesDialog, MinutesMailDialog
from desktop.ui.dialogs.plan import PlanDialog
from desktop.ui.dialogs.progress import ProgressDialog
from desktop.ui.dialogs.remind import RemindDialog
from desktop.ui.dialogs.versions import VersionDialog
from desktop.ui.navigation import PAGES
from desktop.ui.passages import opening
from desktop.ui.window import MainWindow

EVIL = "<img src='file:///x'><b>Evil</b>"


@pytest.fixture
def hostile(workspace: Workspace, tmp_path: Path) -> Workspace:
    """The workspace of the tests, in which every text is one that a label could take for markup."""
    for entity in ENTITIES:
        for number, record in enumerate(list(entity.select())):
            for kind in fields(entity):
                if isinstance(kind, Text | LongText) and kind.editable:
                    with suppress(Invalid):  # what is no text but a link, an address …
                        records.change(workspace, entity.get_by_id(record.id), {kind.name: f"{EVIL}{number}"})
    meeting, lead = Meeting.get(), Recommendation.get(Recommendation.level == "recommendation")
    text = f"{EVIL} finances cables together. "
    held = SourceText(text, (Part(0, len(text), "paragraph", EVIL, 1),))
    taken = passages.take_in(workspace, Source.get(), "a.txt", held)
    passages.make(workspace, taken.edition, 0, len(EVIL), {"title": EVIL})
    meetings.attend(workspace, meeting, Attendee(name=EVIL, side="host"))
    item = agenda.add(workspace, Meeting.get_by_id(meeting.id), EVIL)
    for kind in ("note", "decision", "follow_up"):
        minutes.add(workspace, Meeting.get_by_id(meeting.id), kind, EVIL, item)
    paper = tmp_path / "<img src=x>.txt"
    paper.write_text("x")
    for record in (*FollowUp.select(), *Initiative.select(), lead):
        progress.report(workspace, record, done=EVIL, next=EVIL, blocks=EVIL)
        attachments.attach(workspace, record, paper)
    late = FollowUp.get(FollowUp.due_on.is_null(False))
    records.change(workspace, late, {"due_on": "2027-12-24"}, reason=EVIL)
    versions.make_final(workspace, Meeting.get_by_id(meeting.id))
    versions.reopen(workspace, Meeting.get_by_id(meeting.id), EVIL)
    return workspace


@pytest.fixture
def window(hostile: Workspace, context: Context) -> Iterator[MainWindow]:
    made = MainWindow(context)
    made.resize(1500, 1000)
    made.show()
    yield made
    made.blockSignals(True)
    made.close()
    made.deleteLater()


def _shown() -> list[QWidget]:
    """The windows that are open and all in them; what earlier tests have left is nobody's any more."""
    windows = [each for each in QApplication.topLevelWidgets() if each.isVisible()]
    return [*windows, *(part for each in windows for part in each.findChildren(QWidget))]


def found_markup() -> list[str]:
    """The labels that would draw what somebody typed, and the tips that would."""
    plain, shown = Qt.TextFormat.PlainText, _shown()
    labels = [each for each in shown if isinstance(each, QLabel)]
    drawn = [each.text() for each in labels if each.textFormat() != plain and Qt.mightBeRichText(each.text())]
    return drawn + [tip for each in shown if "<img" in (tip := each.toolTip())]


def told() -> bool:
    """Whether a label tells any of what was typed: else nothing was looked at."""
    return any("<img" in each.text() for each in _shown() if isinstance(each, QLabel))


def test_on_all_pages(window: MainWindow, qtbot: QtBot) -> None:
    for entry in PAGES:
        page = window.show_page(entry.key)
        for tabs in [page, *page.findChildren(QTabWidget)]:
            for place in range(tabs.count() if isinstance(tabs, QTabWidget) else 0):
                tabs.setCurrentIndex(place)
                qtbot.wait(30)
        qtbot.wait(100)
        assert found_markup() == [], entry.key


@pytest.mark.parametrize("entity", ENTITIES, ids=lambda entity: entity.__name__)
def test_in_all_tabs_of_a_record(entity: Any, window: MainWindow, qtbot: QtBot) -> None:
    for record in entity.select().limit(3):
        window.pane.open_window(record)
        shown = window.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)[-1]
        for tabs in shown.findChildren(QTabWidget):
            for place in range(tabs.count()):
                tabs.setCurrentIndex(place)
                qtbot.wait(30)
                assert found_markup() == [], (record.ref, tabs.tabText(place))
        shown.close()


def test_in_the_reader(window: MainWindow, context: Context, qtbot: QtBot) -> None:
    reader = opening.open_text(context, window, Source.get())
    qtbot.wait(100)
    assert found_markup() == []
    reader.close()


def test_in_dialogs(window: MainWindow, context: Context, qtbot: QtBot) -> None:
    meeting, follow_up = Meeting.get(), FollowUp.get(FollowUp.due_on.is_null(False))
    organisation = Organisation.get(Organisation.country == "CL")
    given: dict[type[Any], tuple[Any, ...]] = {
        BriefDialog: (meeting,),
        MinutesDialog: (meeting,),
        MinutesMailDialog: (meeting,),
        EnrolDialog: (meeting,),
        PlanDialog: (Series.get(),),
        CloseDialog: (follow_up,),
        MoveDateDialog: (follow_up,),
        ProgressDialog: ([follow_up],),
        OwnerDialog: ([follow_up],),
        MergeDialog: (list(Person.select().limit(2)),),
        MeetingDialog: ([],),
        RemindDialog: (organisation, chasing.open_with_words(context.workspace, organisation)),
    }
    for kind, handed in given.items():
        dialog = kind(context, window)
        dialog.take(*handed)
        dialog.show()
        if kind is MeetingDialog:
            dialog.main.give("counterparts", frozenset({organisation.id}))
            dialog._show_open()
        qtbot.wait(30)
        assert found_markup() == [], kind.__name__
    (version,) = versions.versions(meeting)
    VersionDialog(context, version, window).show()
    assert found_markup() == []
    assert told()


# ---- as it is written

UI = Path(ui.__file__).parent
OURS = (
    "_(",
    "ngettext(",
    "plain_tip(",
    "plain(",
    "keys.mark(",
    "self.keys.mark(",
    "self._keys.mark(",
    "keys_.mark(",
)
WORDS_ALONE = {
    "words", "text", "title", "name", "removing", "widget.kind.title", "made.kind.title", "kind.title", "_(title)",
    "field(Meeting, name).title", "words.format(count=format_number(rest))", "'→'", "action.toolTip()",
    "self.act.text()", "self.editor.toolTip()", "self.told()", "keys", "shown", "f'{APPLICATION} — {told}'",
}  # fmt: skip
"""What else is given to labels and tips: captions of fields and sentences of ours, each looked at."""


def ours(node: ast.expr) -> bool:
    """Whether a text is written by us: translated, constant, or made plain."""
    if isinstance(node, ast.Constant):
        return True
    if isinstance(node, ast.IfExp):
        return ours(node.body) and ours(node.orelse)
    if isinstance(node, ast.BinOp):
        return ours(node.left) and ours(node.right)
    if isinstance(node, ast.JoinedStr):
        return all(ours(each.value) for each in node.values if isinstance(each, ast.FormattedValue)) or (
            ast.unparse(node) in WORDS_ALONE
        )
    told = ast.unparse(node)
    return told.startswith(OURS) or told.endswith(".accessibleName()") or told in WORDS_ALONE


def calls() -> Iterator[tuple[str, str, ast.Call]]:
    for file in sorted(UI.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                name = (
                    node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                )
                yield f"{file.relative_to(UI)}:{node.lineno}", name, node


def test_labels_and_tips_are_given_words_of_ours_or_plain_text() -> None:
    wrong, seen = [], 0
    for place, name, node in calls():
        formats = [each.arg for each in node.keywords]
        if name in ("setToolTip", "setWhatsThis", "setStatusTip") or (
            name == "QLabel" and "textFormat" not in formats
        ):
            texts = [each for each in node.args if ast.unparse(each) not in ("column", "self")][:1]
            seen += 1
            wrong += [f"{place}: {ast.unparse(each)}" for each in texts if not ours(each)]
    assert seen > 100
    assert wrong == []


def test_boxes_are_made_where_their_text_is_made_plain() -> None:
    """`QMessageBox.critical` and the like take a text for markup where it looks like it."""
    boxes = {"information", "warning", "critical", "question", "about"}
    found = [
        place for place, name, node in calls() if name in boxes and "QMessageBox." in ast.unparse(node.func)
    ]
    assert found == []
    made = {place.partition(":")[0] for place, name, _node in calls() if name == "QMessageBox"}
    assert made
    assert [
        each
        for each in made
        if "setTextFormat(Qt.TextFormat.PlainText)" not in (UI / each).read_text("utf-8")
    ] == []


def test_a_label_of_user_text_would_be_seen() -> None:
    """The control."""
    for text in ("record.name", "f'{record.name}'", "_('x') if a else record.name", "'a' + record.name"):
        assert not ours(ast.parse(text, mode="eval").body), text

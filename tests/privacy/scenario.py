"""A whole day of work in one process: whatever it leaves on the disk, and whatever it asks of the system, is looked at.

    python -m tests.privacy.scenario WORKSPACE [PASSPHRASE] [--loose] [--exposed]

Makes a workspace in which every text is a canary, and does in it, by the services and in the window, what an officer
does; the options turn guards off. `ready` on its standard output says that all is done and all is open still; a line
on its standard input ends it. The home and the temporary folder are those of the environment. The officer's own exports
go to `asked` beside the workspace.
"""

from __future__ import annotations

import os
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

CANARY = "Zqkanarie7f3"
"""A word that stands in every text, and nowhere else."""


def main(path: Path, passphrase: str | None) -> None:
    """Do it all, say so, and wait."""
    os.umask(0)  # the loosest that a session can have
    from desktop import log, paths, scratch
    from desktop import settings as settings_file
    from desktop.hardening import harden

    if "--loose" not in sys.argv:
        harden()
    if "--exposed" in sys.argv:
        scratch.hide = lambda: None
        settings_file.Settings.be_discreet = lambda *_arguments: None  # type: ignore[method-assign]
    paths.use_home(None)
    scratch.begin()
    log.install()
    from desktop.service.workspace import Workspace
    from tests.ui.conftest import NOW

    workspace = Workspace.create(path, passphrase=passphrase, clock=lambda: NOW)
    fill(workspace, path)
    settings, _notice = settings_file.load()
    workbook = outside(workspace, path.parent / "asked")
    session = in_the_window(workspace, settings, workbook)
    print("ready", flush=True)
    sys.stdin.readline()
    session.backs_up = False
    session.end()
    scratch.end()


def fill(workspace: Any, path: Path) -> None:
    """Canaries in every field that takes a text, and in all that is kept beside the records."""
    from desktop.model import ENTITIES, FollowUp, Initiative, Invalid, Meeting, Person, Source, fields
    from desktop.model.kinds import LongText, Text
    from desktop.service import agenda, attachments, minutes, passages, progress, quick, records, setup, views
    from desktop.service.quoting import Part, SourceText
    from desktop.service.setup import Answers, Officer
    from tests.ui.conftest import fill as fill_in

    answers = Answers(
        post=f"Embassy {CANARY}",
        country="CL",
        zone="America/Santiago",
        own_government="JP",
        partners=["US"],
        accreditations=["CL"],
        officers=[
            Officer("Sato Kenji", f"佐藤{CANARY}", "sato@example.org", "Secretary"),
            Officer("Mori Aya"),
        ],
        catalogue=False,
    )
    setup.set_up(workspace, answers)
    fill_in(workspace)
    workspace.sign_in(Person.get(Person.name == "Sato Kenji").uid)
    for entity in ENTITIES:
        for number, record in enumerate(list(entity.select())):
            for kind in fields(entity):
                if isinstance(kind, Text | LongText) and kind.editable:
                    with suppress(Invalid):  # what is no text but an address, a number …
                        text = f"{CANARY} {entity.key()} {kind.name} {number}"
                        records.change(workspace, entity.get_by_id(record.id), {kind.name: text})
    meeting = Meeting.get()
    item = agenda.add(workspace, meeting, f"{CANARY} point")
    for kind in ("note", "decision", "follow_up"):
        minutes.add(workspace, Meeting.get_by_id(meeting.id), kind, f"{CANARY} {kind}", item)
    text = f"{CANARY} finances cables together. "
    held = SourceText(text, (Part(0, len(text), "paragraph", CANARY, 1),))
    passages.take_in(workspace, Source.get(), f"{CANARY}.txt", held)
    paper = path.parent / "asked" / f"{CANARY}.txt"
    paper.parent.mkdir(exist_ok=True)
    paper.write_text(f"{CANARY} in a file")
    for record in (*FollowUp.select(), *Initiative.select()):
        progress.report(workspace, record, done=CANARY, next=CANARY, blocks=CANARY)
        attachments.attach(workspace, record, paper)
    quick.add(workspace, quick.understand(workspace, f"Ask {CANARY} for terms by 15 January 2027"))
    views.save(workspace, f"{CANARY} view", FollowUp, views.Definition(text=CANARY))


def outside(workspace: Any, asked: Path) -> Path:
    """Exports, a document, a backup, a preview, and a workbook that comes back; what is asked for lies in `asked`."""
    from desktop.export import preview
    from desktop.export.documents import saving
    from desktop.export.documents.brief import brief
    from desktop.export.intake.reading import read
    from desktop.export.report import Request, export
    from desktop.model import Meeting
    from desktop.service import backups

    workbook = asked / "status.xlsx"
    export(workspace, Request(marking=CANARY.upper()), workbook)
    preview.preview(workspace, Request())
    document = brief(workspace, Meeting.get(), Request())
    saving.save(document, asked / "brief.docx")
    backups.make(workspace, "asked")
    read(workbook)  # what was read stays in its private folder as long as it is looked at
    return workbook


def in_the_window(workspace: Any, settings: Any, workbook: Path) -> Any:
    """Every page, searches and filters typed, a file opened, a draft, faults that carry what was typed."""
    from PySide6.QtGui import QDesktopServices
    from PySide6.QtWidgets import QApplication

    from desktop import paths
    from desktop import settings as settings_file
    from desktop.export.documents import saving
    from desktop.export.documents.brief import brief
    from desktop.export.intake.reading import read
    from desktop.export.report import Request
    from desktop.model import FollowUp, Meeting
    from desktop.service import attachments, backups
    from desktop.ui import layout, verbs
    from desktop.ui.navigation import PAGES
    from desktop.ui.pdf import print_pdf
    from desktop.ui.quick.bar import QuickBar
    from desktop.ui.quick.opening import quick_entry
    from desktop.ui.session import Session

    opened: list[Any] = []
    QDesktopServices.openUrl = lambda url: opened.append(url) or True  # type: ignore[method-assign,func-returns-value]
    session = Session(paths.places(), settings)
    session.backs_up = True
    session.listens = True
    session.show(workspace)
    window = session.window

    def wait(seconds: float) -> None:
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            QApplication.processEvents()
            time.sleep(0.005)

    wait(0.3)
    for entry in PAGES:
        page = window.show_page(entry.key)
        wait(0.1)
        if hasattr(page, "search"):
            page.search.setText(CANARY)
            wait(0.2)
    window.show_page("follow_up")
    # As a filter of names would be remembered, and the record that was read last.
    settings.pages.setdefault("follow_up", {})["filters"] = {"place": [CANARY]}
    settings.last_marking = CANARY
    record = FollowUp.get()
    window.pane.open_window(record)
    wait(0.2)
    verbs.open_path(attachments.open_copy(attachments.of(record)[0]))
    quick_entry(window)
    window.findChild(QuickBar).line.insertPlainText(f"{CANARY} is being typed")
    document = brief(workspace, Meeting.get(), Request())
    saving.save(document, workbook.with_name("brief.pdf"), printer=print_pdf)
    session.held = read(workbook)
    wait(1.6)  # drafts are on disk within a second
    backups.make(workspace, "daily")  # a start makes none: there is one of the day, which was asked for
    provoke(workspace)
    try:
        raise ValueError(CANARY)
    except ValueError as error:
        sys.excepthook(ValueError, error, error.__traceback__)
    layout.remember(window)
    settings_file.save(settings)
    wait(0.2)
    assert opened, "the attachment was opened"
    return session


def provoke(workspace: Any) -> None:
    """Faults of the libraries, which carry contents in their texts, logged as the program does."""
    import logging

    import openpyxl

    from desktop.model import FollowUp

    logger = logging.getLogger("desktop.scenario")

    def cell() -> None:
        openpyxl.Workbook().active.append([f"{CANARY}\x01"])

    for fault in (
        lambda: FollowUp.get(FollowUp.title == f"{CANARY} nowhere"),
        lambda: workspace.engine.rows(f"SELECT {CANARY}"),
        lambda: float(CANARY),
        cell,
    ):
        try:
            fault()
        except Exception:
            logger.exception("provoked")


if __name__ == "__main__":
    main(Path(sys.argv[1]), next((each for each in sys.argv[2:] if not each.startswith("--")), None))

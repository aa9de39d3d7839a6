"""Small workspaces made by chance, through the services: a word that stands nowhere else in every text of them.

`made` gives a file and two copies of it: as it was when a report was frozen, and before anything was deleted. The words
lie in records, parts, files, in names of layouts, views and reports, in what was undone, renamed, merged or deleted.
"""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from desktop.model import (
    ENTITIES,
    AgendaItem,
    Attachment,
    Attendance,
    Edition,
    Extension,
    FollowUp,
    Initiative,
    Meeting,
    Organisation,
    Person,
    Point,
    Quote,
    Recommendation,
    Update,
)
from desktop.model.kind import Invalid
from desktop.model.visibility import AUDIENCES, kept, texts
from desktop.service import directory, records, reminders, reporting, reports, undo, views
from desktop.service.operation import Conflict
from desktop.service.setup import Answers, Officer, set_up
from desktop.service.workspace import Workspace
from tests.export.conftest import Clock
from tests.trials.making import Making
from tests.trials.words import Words

FROZEN, SINCE = "2026-08-01", "2026-08-02"
"""The day on which the report is frozen, and the next."""
PARTS: tuple[Any, ...] = (Update, Extension, Attendance, AgendaItem, Point, Attachment, Edition, Quote)


class Files(NamedTuple):
    """A workspace, and what it was before."""

    now: Path
    frozen: Path
    """When the report was frozen."""
    whole: Path
    """Before anything was deleted."""


def empty(path: Path) -> None:
    """A post with two officers, to be copied."""
    clock = Clock()
    clock.set("2026-06-01")
    workspace = Workspace.create(path, clock=clock)
    answers = Answers(
        post="Embassy of Japan in Chile",
        country="CL",
        zone="America/Santiago",
        own_government="JP",
        partners=("US",),
        officers=[Officer("Kenji Sato", "佐藤健二"), Officer("Ana Silva Pereira")],
        catalogue=False,
    )
    set_up(workspace, answers)
    workspace.close()


def made(template: Path, folder: Path, chance: Random) -> Files:
    """A workspace and its copies, in this folder."""
    files = Files(folder / "now.juntos", folder / "frozen.juntos", folder / "whole.juntos")
    shutil.copyfile(template, files.now)
    clock = Clock()

    def step(day: str, *acts: Callable[[_Course], None]) -> None:
        clock.set(day)
        workspace = Workspace.open(files.now, clock=clock)
        try:
            workspace.sign_in(Person.get(Person.officer).uid)
            making = _Course(workspace, words, chance)
            for act in acts:
                act(making)
        finally:
            workspace.close()

    words = Words(chance)
    step("2026-06-20", _Course.directory, _Course.work, _Course.parts, _Course.share)
    step(FROZEN, _Course.beside)
    shutil.copyfile(files.now, files.frozen)
    step("2026-09-10", _Course.change, _Course.share_again, _Course.parts, _Course.undone)
    shutil.copyfile(files.now, files.whole)
    step("2026-10-10", _Course.delete)
    return files


class _Course(Making):
    """What becomes of them, and who sees it."""

    def share(self, often: float = 1.0) -> None:
        """Levels by chance: of records, of their long texts, of their parts."""
        with self.workspace.operation(self.words.word()) as writing, writing.mended():
            for table in (*ENTITIES, *PARTS):
                for row in self.some(table.select(), often):
                    shared: dict[str, Any] = {"visibility": self.chance.choices(AUDIENCES, (2, 3, 3))[0]}
                    if table in ENTITIES:
                        by_name = {kind.name: self.chance.choice(AUDIENCES) for kind in texts(table)}
                        shared["text_visibility"] = kept(by_name)
                    writing.change(row, shared)

    def share_again(self) -> None:
        """Some of them anew: what was shown may be hidden, and the other way round."""
        self.share(0.25)

    def beside(self) -> None:
        """What is kept beside the records, by names of its own; the report is the last of it."""
        workspace, word = self.workspace, self.words.word
        reports.exported(workspace, f"{word()}.xlsx", marking=word(), audience="partner")
        views.save(workspace, word(), FollowUp, views.Definition(text=word()))
        record = self.one(FollowUp.select())
        if record is not None:
            reminders.snooze(workspace, [record.uid], dt.datetime(2027, 1, 1, 9, tzinfo=dt.UTC))
        for audience in AUDIENCES:
            report = {"title": word(), "recipient": word(), "note": self.words.text(), "audience": audience}
            if self.chance.random() < 0.3:
                narrowed = views.Definition(filters={"priority": ("medium", "high")})
                report["scope"] = reporting.scope(views.View("", word(), FollowUp, narrowed))
            reporting.freeze(workspace, {**report, "period_to": FROZEN})

    # ---- what was otherwise

    def change(self) -> None:
        """Other words in many fields, whoever saw the former ones; conflicts; former references."""
        for entity in ENTITIES:
            for record in self.some(entity.select()):
                if record.uid == self.workspace.facts.post_uid:
                    continue
                given = self.values(entity, 0.4)
                if getattr(record, "rag_set", ""):
                    given.pop("rag_reason", None)
                with suppress(Invalid, Conflict):
                    records.change(self.workspace, record, given)
                if self.chance.random() < 0.15:
                    with suppress(Invalid), self.workspace.operation(self.words.word()) as writing:
                        writing.change(record, {"ref": f"{self.words.word()}-{record.id}"})
                    with suppress(Conflict, Invalid):
                        stale = entity.get_by_id(record.id)
                        records.change(self.workspace, record, {entity.naming: self.words.line()})
                        records.change(self.workspace, stale, {entity.naming: self.words.line()})

    def undone(self) -> None:
        """Records made, changed and shared, and all of it taken back; some of it done again."""
        for _ in range(self.chance.randint(1, 4)):
            self.chance.choice((self._change_one, lambda: self.add(FollowUp), self.share_again))()
            with suppress(Conflict, Invalid):
                undo.undo(self.workspace)
                if self.chance.random() < 0.2:
                    undo.redo(self.workspace)

    def _change_one(self) -> None:
        record = self.one(FollowUp.select())
        if record is not None:
            with suppress(Invalid, Conflict):
                records.change(
                    self.workspace, record, {"title": self.words.line(), "detail": self.words.text()}
                )

    def delete(self) -> None:
        """Deleted and merged records, parts that are gone."""
        for merged in (Person, Organisation):
            rows = [row for row in merged.select() if not getattr(row, "officer", 0)]
            rows = [row for row in rows if row.uid != self.workspace.facts.post_uid]
            if len(rows) > 2 and self.chance.random() < 0.7:
                with suppress(Invalid, Conflict):
                    directory.merge(self.workspace, rows[0], rows[1:2])
        for entity in (FollowUp, Meeting, Initiative, Recommendation):
            for row in self.some(entity.select(), 0.2):
                with suppress(Invalid, Conflict):
                    records.delete(self.workspace, [row])
        for part in (Point, Attendance, Attachment, Update):
            for row in self.some(part.select(), 0.15):
                with suppress(Invalid, Conflict), self.workspace.operation(self.words.word()) as writing:
                    writing.delete(row)

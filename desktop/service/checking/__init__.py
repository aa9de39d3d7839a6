"""Check workspace: whether the file is whole, and whether it says what was saved.

SQLite can tell that pages and indexes are whole; a bit that turned inside a text it cannot see. So each thing is held
against what it follows from: the journal against its hashes, every row against the journal, bytes against their
SHA-256, and the rest against what it is made of. docs/decisions/checking.md says for each table what proves it.

To check something more: a function that yields `Flaw`s, and a line in `_parts`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from desktop.i18n import _
from desktop.service.checking import around, derived, file, rows
from desktop.service.checking.chain import Chain, examine
from desktop.service.checking.flaw import Cancelled, Flaw, Kind, Report
from desktop.service.checking.mending import Mended, last_operation, mend
from desktop.service.workspace import Workspace
from desktop.store import witness
from desktop.store.proofs import BROKEN, Reading, Stopped
from desktop.store.witness import Testimony

__all__ = ["PARTS", "Flaw", "Kind", "Mended", "Report", "check", "mend"]

PARTS = ("file", "schema", "journal", "rows", "around", "bytes", "derived", "search")
"""What is looked at, in this order; each alone can be left out."""

Progress = Callable[[int, int], None]


def check(
    workspace: Workspace,
    *,
    progress: Progress = lambda _done, _of: None,
    cancelled: Callable[[], bool] = lambda: False,
    parts: Collection[str] = PARTS,
) -> Report:
    """Look at everything, and change nothing; what was found until it was cancelled is reported too.

    It may run in any thread, and others may work meanwhile. `progress` is told how much of how much is done.
    """
    engine = workspace.engine
    reading = Reading(engine.reader, engine.key is not None, cancelled)
    run = _Run(workspace, reading, progress, cancelled, parts)
    try:
        # Before anything is read: of what is saved from here on the witness may know, and this reading does not.
        run.witnessed = witness.read(engine.path)
        run.report.last = last_operation(reading.ask)
        run.all()
    except (Cancelled, Stopped):
        run.report.complete = False
    finally:
        reading.close()
    return run.report


class _Run:
    """One check under way."""

    def __init__(
        self,
        workspace: Workspace,
        reading: Reading,
        progress: Progress,
        cancelled: Callable[[], bool],
        parts: Collection[str],
    ) -> None:
        self.workspace, self.reading, self.parts = workspace, reading, parts
        self.progress, self.cancelled = progress, cancelled
        self.report = Report()
        self.witnessed: Testimony | None = None
        self.chain = Chain()
        self.found = rows.Register()
        self._done, self._of = 0, 1

    def all(self) -> None:
        """Part after part. One that meets a broken page is told as unreadable, and the next goes on."""
        stages = [stage for part, stage in self._parts() if part in self.parts]
        self._of = 100 * len(stages)
        for place, stage in enumerate(stages):
            self._done = 100 * place
            self.tick()
            try:
                for flaw in stage():
                    self.report.flaws.append(flaw)
            except BROKEN:
                self.tick()  # it may be no fault: it was told to stop
                self.reading.close()
                self.reading.lost.append(("", 0))
        self.report.flaws.extend(self._unreadable())
        self.progress(self._of, self._of)

    def _parts(self) -> Iterator[tuple[str, Callable[[], Iterator[Flaw]]]]:
        reading, found = self.reading, self.found
        yield "file", lambda: file.whole(reading)
        yield "schema", lambda: file.schema(reading)
        yield "journal", self._journal
        yield "rows", self._rows
        yield "around", lambda: around.subjects(reading, self._register())
        yield "around", lambda: around.aliases(reading, found)
        yield "around", lambda: around.counters(reading, found)
        yield "around", lambda: around.reminders(reading)
        yield "bytes", lambda: around.contents(reading, self.tick)
        yield "derived", self._derived
        yield "search", self._search

    def tick(self) -> None:
        """Tell how far it is; raises `Cancelled`."""
        if self.cancelled():
            raise Cancelled
        self.progress(self._done, self._of)

    def _step(self, share: float) -> None:
        self._done = self._done // 100 * 100 + min(99, int(100 * share))
        self.tick()

    def _journal(self) -> Iterator[Flaw]:
        told = self.witnessed
        yield from examine(self.reading, self.chain, told.head if told is not None else "", self.tick)
        self.report.operations = len(self.chain.at)
        finding = witness.compared(self.workspace.engine.path, told, self.reading.ask)
        if finding is not None and not self.report.flaws:
            yield Flaw(Kind.WITNESS, "operation", finding.told(self.workspace.facts.zone))

    def _rows(self) -> Iterator[Flaw]:
        yield from self._register().flaws
        changes = self.reading.ask('SELECT max(id) FROM "change"')[0][0] or 1
        read = 0

        def step(more: int) -> None:
            nonlocal read
            read += more
            self._step(read / changes)

        yield from rows.values(self.reading, self.chain, self.found, step)

    def _register(self) -> rows.Register:
        """Which records there are, found out once."""
        if not self.found.uids:
            if not self.chain.at:
                self.chain.at = dict(self.reading.each("operation", ("at",)))
            rows.fill(self.found, self.reading, self.chain, self.tick)
            self.report.records = len(self.found.alive)
        return self.found

    def _mends_rows(self) -> bool:
        """Whether rows will be mended: what follows from them is made anew then, and says nothing before."""
        return any(flaw.kind in (Kind.VALUE, Kind.REGISTER) and flaw.mendable for flaw in self.report.flaws)

    def _derived(self) -> Iterator[Flaw]:
        if not self._mends_rows():
            facts = self.workspace.facts
            yield from derived.stored_facts(self.reading, self._register(), facts, self.tick)
            yield from derived.figures(self.reading, facts, self.tick)

    def _search(self) -> Iterator[Flaw]:
        if not self._mends_rows():
            yield from derived.found_by_words(self.reading, self.tick)
            yield from derived.dictionary(self.reading, self.tick)

    def _unreadable(self) -> Iterator[Flaw]:
        for table in dict.fromkeys(table for table, _number in self.reading.lost):
            count = len({number for name, number in self.reading.lost if name == table})
            sentence = _("{table}: {count} rows cannot be read; the disk or the file is damaged there.")
            yield Flaw(Kind.UNREADABLE, table, sentence.format(table=table or _("The file"), count=count))

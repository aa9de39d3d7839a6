"""A workbook into the spool: .xlsx and .xlsm by its XML, large sheets of it and the other formats by calamine."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, BinaryIO, overload

from desktop.export.intake import limits, ooxml, quick
from desktop.export.intake.cells import Arguments, OutOfOrder, SheetReader
from desktop.export.intake.faults import Unreadable, damaged
from desktop.export.intake.package import Package, within
from desktop.export.intake.spool import Spool

News = list[list[Any]]
"""What is to be told: a mark and what its sentence names."""


class Steps:
    """How far the reading is, told in bytes; `allow` grants time by what they take when packed."""

    def __init__(self, say: Callable[[dict[str, Any]], None]) -> None:
        self.say = say
        self.done = self.total = self._told = 0

    def begin(self, packed: int, total: int) -> None:
        """What there is to read."""
        self.total = max(total, 1)
        self.say({"seconds": limits.seconds_for(packed, total)})

    def __call__(self, count: int) -> None:
        self.done += count
        if self.done - self._told > self.total // 100:
            self._told = self.done
            self.say({"done": min(self.done, self.total), "of": self.total})


class Strings(Sequence[str]):
    """The shared texts of a workbook, read when the first is asked for."""

    def __init__(self, package: Package, part: str, step: Callable[[int], None]) -> None:
        self._load: Callable[[], list[str]] = lambda: ooxml.shared_strings(package, part, step)
        self._texts: list[str] | None = None

    def all(self) -> list[str]:
        """All of them."""
        if self._texts is None:
            self._texts = self._load()
        return self._texts

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> list[str]: ...
    def __getitem__(self, index: int | slice) -> str | list[str]:
        return self.all()[index]

    def __len__(self) -> int:
        return len(self.all())


def xlsx(file: BinaryIO, package: Package, spool: Spool, steps: Steps, careful: bool) -> News:
    """An .xlsx or .xlsm. `careful`: without calamine, which stopped the process before."""
    book = ooxml.workbook(package, ooxml.main_part(package))
    news: News = []
    sheets = [sheet for sheet in book.sheets if sheet.kind == "worksheet"]
    news += [["no cells", sheet.name] for sheet in book.sheets if sheet.kind != "worksheet"]
    if not sheets:
        raise Unreadable("no sheets")
    parts = [sheet.part for sheet in sheets] + ([book.strings] if book.strings else [])
    if len(set(parts)) < len(parts):  # a small file could have one large sheet read hundreds of times
        raise damaged("workbook.xml")
    steps.begin(sum(map(package.packed, parts)), sum(map(package.unpacked, parts)))
    strings = Strings(package, book.strings, steps)
    meanings = ooxml.meanings(package, book.styles)
    arguments = Arguments(strings, meanings, book.since_1904)
    calamine = _Calamine(file)
    for sheet in sheets:
        if not careful and package.unpacked(sheet.part) >= quick.FROM:
            try:
                calamine.open()
                load = lambda name=sheet.name: calamine.sheet(name)  # noqa: E731
                quick.read(package, sheet.part, load, sheet.name, sheet.state, spool, arguments, steps)
                notes(package, sheet.part, spool)
                continue
            except quick.Unusual:
                steps.done = 0
        calamine.close()
        _one_by_one(package, sheet, spool, arguments._replace(strings=strings.all()), steps)
        notes(package, sheet.part, spool)
    if book.macros:
        news.append(["macros"])
    if book.links:
        news.append(["links", book.links])
    return news


def _one_by_one(
    package: Package, sheet: ooxml.Part, spool: Spool, arguments: Arguments, steps: Steps
) -> None:
    start = (spool.offset, spool.cells)
    for gather in (False, True):
        made = spool.sheet(sheet.name, sheet.state)
        try:
            pieces = ooxml.counted(package.stream(sheet.part), steps)
            SheetReader(made, arguments, gather).read(pieces, sheet.part)
            made.flush()
            return
        except OutOfOrder:
            spool.sheets.pop()
            spool.file.seek(start[0])
            spool.offset, spool.cells = start


def notes(package: Package, part: str, spool: Spool) -> None:
    """The notes at the cells of the sheet that was read last."""
    from desktop.export.intake.notes import read  # few files have any

    for kind, target, outside in ooxml.relations(package, part).values():
        if kind == "comments" and not outside:
            spool.sheets[-1].comments = read(package, within(part, target))


class _Calamine:
    """A workbook that calamine opens when the first sheet is asked of it."""

    def __init__(self, file: BinaryIO) -> None:
        self.file = file
        self.book: Any = None

    def open(self) -> None:
        """Read the file, unless that was done."""
        if self.book is None:
            try:
                self.book = opened(self.file)
            except Unreadable:
                raise quick.Unusual from None

    def sheet(self, name: str) -> Any:
        """The cells of a sheet."""
        return self.book.get_sheet_by_name(name)

    def close(self) -> None:
        """Give its memory back."""
        if self.book is not None:
            self.book.close()
            self.book = None


def opened(file: BinaryIO) -> Any:
    """The workbook as calamine opens it; raises `Unreadable`."""
    import python_calamine as calamine

    file.seek(0)
    try:
        return calamine.CalamineWorkbook.from_filelike(file)
    except calamine.PasswordError:
        raise Unreadable("password") from None
    except calamine.ZipError:
        raise damaged("zip") from None
    except calamine.CalamineError as error:
        raise damaged(type(error).__name__) from None
    except MemoryError:
        raise
    except BaseException as error:
        # A panic of the library is no Exception.
        if isinstance(error, KeyboardInterrupt | SystemExit):
            raise
        raise Unreadable("crashed") from None


def other(file: BinaryIO, kind: str, package: Package | None, spool: Spool, steps: Steps) -> News:
    """An .xls, .xlsb or .ods."""
    from desktop.export.intake import losses

    size = file.seek(0, 2)
    packed = sum(info.compress_size for info in package.parts.values()) if package else size
    steps.begin(packed, size * 2)
    lost = losses.of(kind, file, package)
    steps(size // 2)
    book = opened(file)
    described = [each for each in book.sheets_metadata if str(each.typ).endswith("WorkSheet")]
    if len(described) > limits.MOST_SHEETS:
        raise Unreadable("too many sheets", count=len(described), most=limits.MOST_SHEETS)
    if not described:
        raise Unreadable("no sheets")
    for index, each in enumerate(book.sheets_metadata):
        if each in described:
            state = {"Hidden": "hidden", "VeryHidden": "very hidden"}.get(
                str(each.visible).rpartition(".")[2], "visible"
            )
            _calamine_sheet(_guarded(book, index), each.name, state, spool, lost)
        steps(size // len(book.sheets_metadata))
    return [["no cells", each.name] for each in book.sheets_metadata if each not in described]


def _guarded(book: Any, index: int) -> Any:
    try:
        return book.get_sheet_by_index(index)
    except MemoryError:
        raise
    except Exception as error:
        raise damaged(type(error).__name__) from None


def _calamine_sheet(sheet: Any, name: str, state: str, spool: Spool, lost: Any) -> None:
    made = spool.sheet(name, state)
    left = [None] * (sheet.start or (0, 0))[1]
    here = lost.get(name)
    try:
        for row, values in enumerate(sheet.iter_rows(), 1):
            line = left + [None if value == "" else value for value in values]
            made.add(row, *here.mended(made, row, line) if here else (line,))
        if here:
            here.rest(made)
    except ValueError:
        raise damaged(name[:60]) from None
    if merged := sheet.merged_cell_ranges:
        made.merged = [
            (top + 1, first + 1, bottom + 1, last + 1)
            for (top, first), (bottom, last) in merged[: limits.MOST_NAMED]
        ]

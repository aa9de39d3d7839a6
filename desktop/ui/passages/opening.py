"""The doors to the reader: open a source's text, take one in, go to where a record stands in it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.export.errors import ExportError
from desktop.export.passages import reading
from desktop.i18n import _
from desktop.model import Invalid, Source
from desktop.service import passages
from desktop.ui.apart import while_there
from desktop.ui.passages.reader import ReaderWindow

if TYPE_CHECKING:
    from desktop.ui.window import MainWindow


def open_text(context: Any, near: QWidget, source: Any, record: Any = None, quote: Any = None) -> Any:
    """Read a source's text, at a passage or where a record stands in it; None where there is no text."""
    if passages.newest(source) is None:
        return None
    window = _reader(context, near, source)
    if record is not None or quote is not None:
        quote = quote or passages.best(record)
        named = record if record is not None else quote
        window.go_to(quote, named.section, named.paragraph)
    return window


def _reader(context: Any, near: QWidget, source: Any) -> ReaderWindow:
    """The window of this source, made where there is none; it goes with the main window."""
    root = near.window()
    while root.parentWidget() is not None:
        root = root.parentWidget().window()
    known = [each for each in root.findChildren(ReaderWindow) if each.source is not None]
    window = next((each for each in known if each.source.uid == source.uid), None)
    if window is None:
        window = ReaderWindow(getattr(context, "common", context), source, root)
    else:
        window.refresh()  # what was just done may not have reached it yet
    window.show()
    window.raise_()
    window.activateWindow()
    return window


def choose_text(context: Any, near: QWidget, source: Any) -> None:
    """Ask for the file of a source's text, and take it in."""
    kinds = _("Texts (*.txt *.md *.docx *.pdf)")
    title = _("Take in a text") if passages.newest(source) is None else _("Replace by a newer edition")
    name, _kind = QFileDialog.getOpenFileName(near, title, str(context.places.documents), kinds)
    if name:
        take_in(context, near, source, Path(name))


def take_in(context: Any, near: QWidget, source: Any, path: Path) -> None:
    """Read a file on a worker and look for the passages in it; then take it in, open it, and say what was found."""
    quotes = passages.waiting(source)

    def slow() -> Any:
        try:
            text = reading.read(path)
        except ExportError as error:
            return error
        return text, passages.seek(text, quotes)

    def done(result: Any) -> None:
        if isinstance(result, ExportError):
            context.problem.emit(str(result))
            return
        taken = context.attempt(lambda: passages.take_in(context.workspace, source, path.name, *result))
        if taken is not None:
            window = open_text(context, near, source)
            window.tell(" ".join(passages.told(taken)))
            window.checks.begin()

    context.said.emit(_("{name} is being read…").format(name=path.name), [])
    context.work(slow, while_there(near, done))


# ---- the commands of the main window


def read_selected(window: MainWindow) -> None:
    """Open the text of the source that is selected, or where the selected record stands in its source's."""
    record = window.selected()[0]
    source = window.context.attempt(lambda: _source_of(record))
    if source is not None and open_text(window.context, window, source, _other(record, source)) is None:
        choose_text(window.context, window, source)


def replace_selected(window: MainWindow) -> None:
    """Take in a text of the source that is selected, or of that of the selected record."""
    source = window.context.attempt(lambda: _source_of(window.selected()[0]))
    if source is not None:
        choose_text(window.context, window, source)


def _other(record: Any, source: Any) -> Any:
    return None if record is source else record


def _source_of(record: Any) -> Any:
    if isinstance(record, Source):
        return record
    if record.source_id is not None:
        return Source.get_by_id(record.source_id)
    raise Invalid(_("{record} names no source.").format(record=record.ref), "source")

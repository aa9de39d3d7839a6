"""Where a document goes: a Word file or a PDF, whole or not at all.

    saved = save(document, Path("Brief.docx"))

Word files are written here, PDFs by a `Printer`, which only a program with Qt has; it is handed in.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, TypeAlias

from desktop.export import names, saving
from desktop.export.documents.content import Document, texts
from desktop.export.errors import ExportError
from desktop.i18n import _
from desktop.service.attachments import first_bytes
from desktop.text import clean

logger = logging.getLogger(__name__)

WORD, PDF = ".docx", ".pdf"
SUFFIXES = (WORD, PDF)

MOST_BYTES = 90
"""Of one part of a suggested name: disks know 255 of the whole, and two parts may be long."""

Printer: TypeAlias = Callable[[Document, Path], None]
"""Writes a document as PDF into a file."""


@dataclass(frozen=True)
class Saved:
    """What was written, and sentences on what could not stand in it."""

    path: Path
    marking: str = ""
    told: list[str] = field(default_factory=list)


def suggested_name(kind: str, *parts: str, suffix: str = WORD) -> str:
    """A good name for the file: `Juntos_<kind>_<part>….docx`; no longer than disks take it."""
    cleaned = (first_bytes(names.file_name(part), MOST_BYTES) for part in ("Juntos", kind, *parts))
    return "_".join(part for part in cleaned if part) + suffix


def save(
    document: Document, path: Path | str, *, printer: Printer | None = None, replace: bool = False
) -> Saved:
    """Write the document; its form follows from the name. Raises `ExportError`, and what stood there stands."""
    path = Path(path)
    kind = path.suffix.lower()
    if kind not in SUFFIXES:
        raise ExportError(
            _(
                "{path}: a document is a Word file (.docx) or a PDF (.pdf); give its name such an ending."
            ).format(path=path)
        )
    if kind == PDF and printer is None:
        raise ExportError(_("No PDF can be made here. Ask for a Word file (.docx) instead."))
    target = saving.place(path)
    if target.exists() and not replace:
        raise ExportError(_("{path} exists already; replace it, or choose another name.").format(path=target))
    try:
        with saving.replacing(target) as file:
            if kind == PDF and printer is not None:
                _print(document, printer, file)
            else:
                _write(document, file)
    except OSError as error:
        raise saving.failure(error, target) from None
    except ExportError:
        raise
    except Exception as error:
        # The text of such an error may carry what stands in the document: it goes no further.
        logger.exception("the document could not be made")
        raise ExportError(
            _("The document could not be made ({error}). Nothing was written; {path} is as it was.").format(
                error=type(error).__name__, path=target
            )
        ) from error
    return Saved(target, " ".join(document.marking.split()), clean("".join(texts(document)))[1])


def _write(document: Document, file: BinaryIO) -> None:
    from desktop.export.documents import word  # python-docx takes a tenth of a second to load

    word.write(document, file)


def _print(document: Document, printer: Printer, file: BinaryIO) -> None:
    """A printer wants a place of its own; what it leaves there goes with the folder."""
    with saving.work_folder() as folder:
        made = folder / f"document{PDF}"
        printer(document, made)
        file.write(made.read_bytes())

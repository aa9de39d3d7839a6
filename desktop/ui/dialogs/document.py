"""Save a document as Word or PDF, in a language, under a marking. To offer another: a subclass that composes it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from desktop.export.documents.content import Document
from desktop.export.documents.saving import PDF, WORD, Saved, save
from desktop.export.errors import ExportError
from desktop.export.request import Request
from desktop.i18n import N_, _
from desktop.service import reports
from desktop.ui.dialogs.writing import WritingDialog
from desktop.ui.pdf import print_pdf
from desktop.ui.widgets.combo import Combo

KINDS = {WORD: N_("Word documents"), PDF: N_("PDF files")}


class DocumentDialog(WritingDialog):
    """`take` of a subclass says what it is about and suggests a name."""

    verb = N_("Save")
    working = N_("Progress of the document")

    def build_form(self) -> None:
        fields = self.main = self.add_fields(columns=2)
        self.kind = Combo()
        for suffix, words in KINDS.items():
            self.kind.addItem(_(words), suffix)
        self.add_audience(fields)
        fields.row(_("Type"), self.kind, narrow=True)
        self.add_reader(fields)
        self.add_file(fields, _(KINDS[WORD]), WORD)
        self.kind.currentIndexChanged.connect(self._on_kind)

    def _on_kind(self) -> None:
        suffix = self.kind.currentData()
        self.file.set_kind(_(KINDS[suffix]), suffix)

    def compose(self, workspace: Any, request: Request) -> Document:
        """The document, made on a worker thread: the workspace is read only through `service.apart`."""
        raise NotImplementedError

    def composer(self, workspace: Any, request: Request) -> Callable[[], Document]:
        """What the worker calls. A document of records is composed here, before: only this thread reads those."""
        return lambda: self.compose(workspace, request)

    def start(self, path: Path) -> None:
        context, officer = self.context, self.context.workspace.officer
        request = Request(
            language=self.language.currentData(),
            marking=self.asked_marking(),
            prepared_by=officer.name if officer else "",
            audience=self.audience.audience(),
        )
        self.audience.remember()
        try:
            compose = self.composer(context.workspace, request)
        except ExportError as error:
            self.messages.show_message(str(error), "error")
            return
        # Whether a file may be replaced was asked before.
        self.write(
            path,
            lambda: save(compose(), path, printer=print_pdf, replace=True),
            lambda saved: self._on_saved(saved, request.audience),
        )

    def _on_saved(self, saved: Saved, audience: str) -> None:
        workspace = self.context.workspace
        self.context.attempt(
            lambda: reports.exported(
                workspace, saved.path.name, marking=saved.marking, rows=0, audience=audience
            )
        )
        self.written(saved.path, [_("{file} was written.").format(file=saved.path.name), *saved.told])

"""Mappings in files and under names: written, offered by how well they fit, and applied to the next tracker."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QMenu

from desktop.export import saving
from desktop.export.errors import ExportError
from desktop.export.intake.tracker import kept
from desktop.export.intake.tracker.mapping import MOST_BYTES, Mapping
from desktop.export.names import file_name
from desktop.i18n import _, format_number, ngettext, why
from desktop.model import Invalid
from desktop.service import files
from desktop.ui.freepath import free_path
from desktop.ui.intake.tracker.understanding import Understood
from desktop.ui.savefile import chosen_path

if TYPE_CHECKING:
    from desktop.ui.intake.tracker.wizard import TrackerWizard

SUFFIX = kept.SUFFIX
ENOUGH = 0.6
"""Of a table's headings: from so many on, a kept mapping is spoken of unasked."""


def ask_where_to_write(wizard: TrackerWizard) -> None:
    """Ask for a file, and write the mapping into it."""
    context = wizard.context
    folder = Path(context.settings.export_folder or context.places.documents)
    name = (
        wizard.held.understood.mapping.name or wizard.held.path.stem
        if wizard.held.understood is not None
        else ""
    )
    suggested = free_path(folder / f"{file_name(name) or 'mapping'}{SUFFIX}")
    try:
        path = chosen_path(wizard, _("Save this mapping"), suggested, _("Mappings"), SUFFIX)
    except Invalid as error:
        wizard.refuse(str(error))
        return
    if path is not None:
        write_mapping(wizard, path)


def write_mapping(wizard: TrackerWizard, path: Path) -> None:
    """Write what was understood and corrected; the file's name is the mapping's."""
    if wizard.held.understood is None:
        return
    made = replace(wizard.held.understood.mapping, name=path.stem)
    try:
        saving.write(made.as_json().encode(), path)
    except ExportError as error:
        wizard.refuse(str(error))
        return
    wizard.messages.show_message(_("{file} was written.").format(file=path.name), "success", timeout=8_000)


def fill_menu(menu: QMenu, wizard: TrackerWizard) -> None:
    """Offer the kept mappings, those first that know the most headings of the file; then those in files."""
    menu.clear()
    understood = wizard.held.understood
    for fit in kept.fitting(understood.headers if understood is not None else ()):
        action = menu.addAction(_shown(fit))
        action.triggered.connect(lambda _on=False, fit=fit: apply_mapping(wizard, fit.mapping))
    if menu.isEmpty():
        menu.addAction(_("No mapping is kept under a name yet.")).setEnabled(False)
    menu.addSeparator()
    menu.addAction(_("From a file…")).triggered.connect(lambda: ask_for_file(wizard))


def _shown(fit: kept.Fit) -> str:
    words = ngettext(
        "{name} ({common} of {count} heading)", "{name} ({common} of {count} headings)", fit.headings
    )
    name = fit.mapping.name.replace("&", "&&")
    return words.format(name=name, common=format_number(fit.common), count=format_number(fit.headings))


def ask_for_file(wizard: TrackerWizard) -> None:
    """Ask for the file of a mapping, and apply it."""
    kind = _("Mappings (*{suffix})").format(suffix=SUFFIX)
    folder = wizard.context.settings.export_folder
    name, _kind = QFileDialog.getOpenFileName(wizard, _("Apply a saved mapping"), folder, kind)
    if name:
        apply_file(wizard, Path(name))


def apply_file(wizard: TrackerWizard, path: Path) -> None:
    """Apply the mapping of a file."""
    try:
        saved = Mapping.from_json(files.content(path, MOST_BYTES).decode("utf-8-sig"))
    except Invalid as error:
        wizard.refuse(str(error))
    except (OSError, UnicodeError) as error:
        reason = why(error) if isinstance(error, OSError) else _("it is no text")
        wizard.refuse(_("{file} cannot be read: {why}.").format(file=path.name, why=reason))
    else:
        apply_mapping(wizard, saved)


def apply_mapping(wizard: TrackerWizard, saved: Mapping) -> None:
    """Understand the file anew as a mapping says; what was corrected before is forgotten."""
    if wizard.held.understood is not None and not wizard.work.going():
        wizard.held.corrected.clear()
        wizard.wish(saved=saved, kind="", row=0)


def applied_words(understood: Understood) -> str:
    """Which mapping is applied, else which kept one knows most of the headings; '' where none does."""
    name = understood.mapping.name
    if name:
        return _("The mapping “{name}” is applied.").format(name=name)
    best = next(iter(kept.fitting(understood.headers)), None)
    if best is None or best.common < ENOUGH * len(understood.mapping.columns):
        return ""
    words = ngettext(
        "The saved mapping “{name}” knows {count} heading of this table.",
        "The saved mapping “{name}” knows {count} headings of this table.",
        best.common,
    )
    return words.format(name=best.mapping.name, count=format_number(best.common))

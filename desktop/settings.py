"""What this user has chosen on this machine, kept as JSON in the configuration folder.

What belongs to the office (post, officers, time zone) is kept in the workspace instead. To add a preference:
a line in `Settings` with `setting()`; the preferences page follows. A field without a label is not asked.
"""

from __future__ import annotations

import contextlib
import json
import os
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import Field, asdict, dataclass, field, fields
from pathlib import Path
from typing import Any, get_type_hints

from desktop.i18n import LANGUAGES, N_, _, join_list, system_language, why
from desktop.paths import places, private_folder

RECENT_WORKSPACES = 10
WIDEST = 100_000
"""Pixels that a column or a pane may have: no screen shows more."""
HOURS = {"": N_("None"), **{f"{hour:02d}:00": f"{hour:02d}:00" for hour in range(24)}}
"""The hours of a day, as a choice."""


def setting(
    default: str,
    label: str = "",
    *,
    section: str = "",
    kind: str = "state",
    choices: Mapping[str, str] | None = None,
    help: str = "",
) -> Any:
    """A field of `Settings`. Kinds: `choice` (`choices`: value to label), `folder`, `state` (not asked)."""
    described = {
        "label": label,
        "section": section,
        "kind": kind,
        "choices": choices or {},
        "help": help,
    }
    return field(default=default, metadata=described)


_STATE = {"label": "", "section": "", "kind": "state", "choices": {}, "help": ""}


@dataclass
class Settings:
    """A field a choice, with its default; what is described as `state` is remembered and never asked."""

    language: str = setting(
        "",
        N_("Language"),
        section=N_("General"),
        kind="choice",
        choices={"": N_("As the system"), **LANGUAGES},
        help=N_("Of the window. A workbook asks for its own language when it is exported."),
    )
    scheme: str = setting(
        "system",
        N_("Colours"),
        section=N_("Appearance"),
        kind="choice",
        choices={
            "system": N_("As the system"),
            "light": N_("Light"),
            "dark": N_("Dark"),
            "contrast": N_("High contrast"),
        },
    )
    density: str = setting(
        "comfortable",
        N_("Rows"),
        section=N_("Appearance"),
        kind="choice",
        choices={"comfortable": N_("Comfortable"), "compact": N_("Compact")},
    )
    reminders: str = setting(
        "mine",
        N_("Remind me of"),
        section=N_("Reminders"),
        kind="choice",
        choices={"mine": N_("What is mine"), "all": N_("Everything of the post"), "none": N_("Nothing")},
        help=N_("What is overdue or due today, and the meetings of the day. Nothing leaves this computer."),
    )
    quiet_from: str = setting(
        "20:00",
        N_("Quiet from"),
        section=N_("Reminders"),
        kind="choice",
        choices=HOURS,
        help=N_("From this hour on nothing is shown by itself, by the clock of the post."),
    )
    quiet_to: str = setting(
        "07:00",
        N_("Quiet until"),
        section=N_("Reminders"),
        kind="choice",
        choices=HOURS,
        help=N_("The hour at which reminders begin again."),
    )
    quiet_days: str = setting(
        "closed",
        N_("On days off"),
        section=N_("Reminders"),
        kind="choice",
        choices={"closed": N_("Quiet"), "": N_("As on other days")},
        help=N_(
            "Weekends, the public holidays of the host country, and the days on which the post is closed."
        ),
    )
    export_folder: str = setting(
        "",
        N_("Folder for exports"),
        section=N_("Export"),
        kind="folder",
        help=N_("Where workbooks are saved unless another folder is chosen. Empty: your documents."),
    )
    second_backup_folder: str = setting(
        "",
        N_("Second folder for backups"),
        section=N_("Backups"),
        kind="folder",
        help=N_(
            "Such as a USB stick or a share. Each backup is copied there too. Empty: only beside the file."
        ),
    )
    idle_lock: str = setting(
        "10",
        N_("Lock after"),
        section=N_("Security"),
        kind="choice",
        choices={
            "5": N_("5 minutes"),
            "10": N_("10 minutes"),
            "15": N_("15 minutes"),
            "30": N_("30 minutes"),
        },
        help=N_(
            "An encrypted workspace is locked when nobody typed or clicked for so long. It is locked too when the"
            " screen is locked and when the computer sleeps."
        ),
    )
    last_marking: str = setting("")
    workspace: str = setting("")
    recent_workspaces: list[str] = field(default_factory=list, metadata=_STATE)
    officers: dict[str, str] = field(
        default_factory=dict, metadata=_STATE
    )  # by workspace: who works in it here
    audiences: dict[str, str] = field(
        default_factory=dict, metadata=_STATE
    )  # by workspace: whom one exported for
    window_geometry: str = setting("")  # base64, as is the next
    window_state: str = setting("")
    last_page: str = setting("")
    pages: dict[str, dict[str, Any]] = field(
        default_factory=dict, metadata=_STATE
    )  # by page: columns, sort, filters, splitter
    discreet: bool = field(default=False, metadata=_STATE)  # the workspace is encrypted: see `be_discreet`
    unknown: dict[str, Any] = field(
        default_factory=dict, metadata=_STATE
    )  # of a newer version: kept, so that it finds them again

    def language_in_use(self) -> str:
        """The language chosen, else that of the system."""
        return self.language or system_language()

    def be_discreet(self, discreet: bool) -> None:
        """Whether the open workspace is encrypted: then nothing of what stands in it, or is typed about it, is kept.

        That is what the lists are narrowed to, which record was shown, and the marking of the last export.
        """
        if self.discreet and not discreet:
            self.pages, self.last_marking = _arranged(self.pages), ""
        self.discreet = discreet

    def remember_workspace(self, path: Path) -> None:
        """Make a workspace the one that opens next time, and the first of the recent ones."""
        self.workspace = str(path)
        others = [each for each in self.recent_workspaces if each != self.workspace]
        self.recent_workspaces = [self.workspace, *others][:RECENT_WORKSPACES]


_ARRANGED = (
    "columns",
    "widths",
    "sort",
    "group",
    "tab",
    "view",
    "geometry",
    "sizes",
    "shrunk",
    "pane",
    "folder",
    "kept_copies",
)
"""What pages keep of how they are arranged, as against what they show."""


def _arranged(pages: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    return {
        page: {name: value for name, value in kept.items() if name in _ARRANGED}
        for page, kept in pages.items()
    }


def preferences() -> list[Field[Any]]:
    """The fields that a person is asked, in order; their `metadata` says how."""
    return [each for each in fields(Settings) if each.metadata["label"]]


def load(file: Path | None = None) -> tuple[Settings, str]:
    """The settings, and a sentence for the person if some or all could not be read; it never raises.

    A file that is no JSON is set aside beside its place; a value that makes no sense becomes the default.
    """
    file = file or places().settings_file
    try:
        stored = json.loads(file.read_text("utf-8"))
        if not isinstance(stored, dict):
            raise ValueError
    except FileNotFoundError:
        return Settings(), ""
    except OSError as error:
        return Settings(), _(
            "The preferences in {file} cannot be read ({reason}); the defaults are used."
        ).format(file=file, reason=why(error))
    except (ValueError, RecursionError):
        return Settings(), _set_aside(file)
    return _from_stored(stored)


def save(settings: Settings, file: Path | None = None) -> str:
    """Write the settings whole or not at all. Returns a sentence if that failed, else nothing."""
    file = file or places().settings_file
    stored = asdict(settings)
    if settings.discreet:
        stored |= {"pages": _arranged(settings.pages), "last_marking": ""}
    text = json.dumps({**stored.pop("unknown"), **stored}, ensure_ascii=False, indent=1) + "\n"
    try:
        _replace(file, text)
    except OSError as error:
        return _("The preferences cannot be saved in {folder} ({reason}).").format(
            folder=file.parent, reason=why(error)
        )
    return ""


def _from_stored(stored: dict[str, Any]) -> tuple[Settings, str]:
    settings = Settings()
    hints = get_type_hints(Settings)
    refused = []
    for each in fields(Settings):
        if each.name == "unknown" or each.name not in stored:
            continue
        value = stored.pop(each.name)
        value = _well_shaped(value) if each.name == "pages" else _without_halves(value)
        if _can_be_saved(value) and _fits(value, hints[each.name], each):
            setattr(settings, each.name, value)
        else:
            refused.append(_(each.metadata["label"]) or each.name)
    settings.unknown = stored
    if not refused:
        return settings, ""
    return settings, _(
        "Some preferences were not understood and are back at their defaults: {names}."
    ).format(names=join_list(refused))


def _fits(value: Any, hint: Any, described: Field[Any]) -> bool:
    if hint == list[str]:
        return isinstance(value, list) and all(isinstance(each, str) for each in value)
    if hint == dict[str, str]:
        return isinstance(value, dict) and all(isinstance(each, str) for each in value.values())
    if hint == dict[str, dict[str, Any]]:
        return isinstance(value, dict) and all(isinstance(each, dict) for each in value.values())
    choices = described.metadata["choices"]
    return isinstance(value, hint) and (not choices or value in choices)


def _can_be_saved(value: Any) -> bool:
    """Whether it can be written again: halves of characters, which JSON can name, are in no text and in no path."""
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return False
    return True


def _without_halves(kept: Any) -> Any:
    """A list or a table without the entries that cannot be saved: one such path is not to cost the others."""
    if isinstance(kept, list):
        return [each for each in kept if _can_be_saved(each)]
    if isinstance(kept, dict):
        return {name: value for name, value in kept.items() if _can_be_saved([name, value])}
    return kept


def _well_shaped(kept: Any) -> Any:
    """What pages keep, without what nothing could be arranged by, at whatever depth it stands."""
    if not isinstance(kept, dict):
        return kept
    return {
        name: _well_shaped(value)
        for name, value in kept.items()
        if _can_be_saved([name] if isinstance(value, dict) else [name, value])
        and (name not in _SHAPES or _SHAPES[name](value))
    }


def _are_widths(value: Any) -> bool:
    return isinstance(value, dict) and all(map(_is_width, value.values()))


def _is_width(value: Any) -> bool:
    return isinstance(value, int) and 0 <= value <= WIDEST


def _are_names(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


_SHAPES: Mapping[str, Callable[[Any], bool]] = {
    "widths": _are_widths,
    "sizes": lambda value: isinstance(value, list) and all(map(_is_width, value)),
    "columns": _are_names,
    "turned": _are_names,
    "warned": _are_names,
    "tree": lambda value: isinstance(value, dict),
    "folder": lambda value: isinstance(value, str),
}
"""What must have a certain shape, of all that pages keep; the rest is looked at where it is used."""


def _set_aside(file: Path) -> str:
    aside = file.with_name(f"{file.stem}.broken{file.suffix}")
    try:
        file.replace(aside)
    except OSError as error:
        return _("The preferences in {file} are damaged ({reason}); the defaults are used.").format(
            file=file, reason=why(error)
        )
    return _(
        "The preferences were damaged and are back at their defaults. The old file is kept as {file}."
    ).format(file=aside)


def _replace(file: Path, text: str) -> None:
    private_folder(file.parent)
    handle, name = tempfile.mkstemp(prefix=f".{file.name}.", dir=file.parent)  # 0600 from the start
    try:
        with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        Path(name).replace(file)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise

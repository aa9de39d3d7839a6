"""Every command of the window, once: its words, icon, shortcut, and the verb that it calls.

To add one: a `Command` in `COMMANDS`, its key in `MENUS` (and in `TOOLBAR`), a function in `verbs` or in the
module of its dialog. `calls` names that function, which takes the window, as `module:function`; the module is
imported when the command is first used.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from PySide6.QtGui import QAction, QKeySequence

from desktop.i18n import N_
from desktop.ui import windowmenu
from desktop.ui.navigation import PAGES, digit_of

VERBS = "desktop.ui.verbs"
DIALOGS = "desktop.ui.dialogs"
PASSAGES = "desktop.ui.passages.opening"
KEY, ROLE = QKeySequence.StandardKey, QAction.MenuRole


class Command(NamedTuple):
    """`needs` is what must be selected: "" nothing, `one` record, `some`, `registered` (one that can be linked),
    `followed` (some that have an owner), `follow_up` (one), `dated` (one whose date can be moved),
    `counterpart` (a follow-up, or its other end), `meeting` (one), `dated_event` (a meeting or a follow-up),
    `sourced` (a source, or a record that may come from one), `alike` (two or more that can be merged),
    `list` (a page with a list), `encrypted` (the workspace)"""

    key: str
    text: str
    calls: str
    icon: str = ""
    shortcuts: tuple[Any, ...] = ()
    needs: str = ""
    checkable: bool = False
    given: str = ""
    """What the verb is handed beside the window, if anything."""
    role: Any = ROLE.NoRole
    everywhere: bool = False
    """Whether its shortcut works in dialogs and in the windows of records too."""
    toolbar: str = ""
    """The words of its button in the tool bar, where they are shorter or without the dots."""


COMMANDS: tuple[Command, ...] = (
    Command("new_workspace", N_("&New workspace…"), f"{VERBS}:new_workspace"),
    Command("open_workspace", N_("&Open workspace…"), f"{VERBS}:open_workspace", "folder", (KEY.Open,)),
    Command(
        "export", N_("&Export…"), f"{DIALOGS}.export:export", "export", ("Ctrl+E",), toolbar=N_("Export")
    ),
    Command("take_in", N_("&Take in a file…"), "desktop.ui.intake.opening:take_in", "open-file", ("Ctrl+I",)),
    Command("print", N_("Pr&int the list…"), "desktop.ui.printing:print_list", "print", (KEY.Print,), "list"),
    Command(
        "print_record",
        N_("Print the recor&d…"),
        "desktop.ui.printing:print_record",
        "print",
        ("Ctrl+Shift+P",),
        "one",
    ),
    Command(
        "list_document",
        N_("Save the &list as a document…"),
        f"{DIALOGS}.listdocument:write_list",
        "",
        (),
        "list",
    ),
    Command("sent", N_("Note an export as &sent…"), f"{DIALOGS}.sent:note_as_sent", "check"),
    Command("freeze_report", N_("Free&ze report…"), f"{DIALOGS}.freeze:freeze_report", "reports"),
    Command("backup", N_("&Back up now"), f"{VERBS}:back_up", "saved"),
    Command("backups", N_("Ba&ckups…"), "desktop.ui.backups.dialog:show_backups", "restore"),
    Command("facts", N_("&Post and governments…"), f"{DIALOGS}.facts:change_facts", "globe"),
    Command("passphrase", N_("P&assphrase…"), "desktop.ui.locking.dialog:passphrase", "lock"),
    Command(
        "lock",
        N_("Loc&k"),
        "desktop.ui.locking.lock:lock_now",
        "lock",
        ("Ctrl+Shift+L",),
        "encrypted",
        everywhere=True,
    ),
    Command("quit", N_("&Quit"), f"{VERBS}:leave", "", ("Ctrl+Q",), role=ROLE.QuitRole),
    Command("undo", N_("&Undo"), f"{VERBS}:undo", "undo", (KEY.Undo,)),
    Command("redo", N_("&Redo"), f"{VERBS}:redo", "redo", ("Ctrl+Shift+Z", "Ctrl+Y")),
    Command("drafts", N_("Texts &not saved…"), "desktop.ui.drafts.keeper:show"),
    Command("copy", N_("&Copy rows"), f"{VERBS}:copy", "copy", (), "some"),
    Command(
        "search",
        N_("&Search everywhere"),
        "desktop.ui.palette.opening:show_palette",
        "search",
        ("Ctrl+K",),
    ),
    Command("paste", N_("Past&e rows…"), f"{DIALOGS}.paste:paste_rows", "", (KEY.Paste,), "list"),
    Command("find", N_("&Find"), f"{VERBS}:find", "", (KEY.Find,)),
    Command(
        "preferences",
        N_("&Preferences…"),
        f"{DIALOGS}.preferences:preferences",
        "settings",
        ("Ctrl+,",),
        role=ROLE.PreferencesRole,
    ),
    *(
        Command(
            f"page_{entry.key}",
            entry.title,
            f"{VERBS}:show_page",
            entry.icon,
            (f"Ctrl+{digit_of(entry)}",) if digit_of(entry) else (),
            given=entry.key,
        )
        for entry in PAGES
    ),
    Command(
        "save_view",
        N_("&Save this view…"),
        f"{DIALOGS}.viewname:save_view",
        "view",
        ("Ctrl+Shift+S",),
        "list",
    ),
    Command("record_pane", N_("&Record pane"), f"{VERBS}:toggle_pane", "pane-right", ("F4",), checkable=True),
    Command("shrink", N_("Side bar as &icons"), f"{VERBS}:toggle_side_bar", "sidebar", checkable=True),
    Command(
        "reminders", N_("Re&minders"), "desktop.ui.reminders.watch:show_reminders", "clock", ("Ctrl+Shift+M",)
    ),
    Command("next_pane", N_("Go to the ne&xt pane"), f"{VERBS}:next_pane", "", ("F6",)),
    Command("previous_pane", N_("Go to the pre&vious pane"), f"{VERBS}:previous_pane", "", ("Shift+F6",)),
    Command("reset_layout", N_("Reset &layout"), f"{VERBS}:reset_layout"),
    Command(
        "log_meeting",
        N_("Log a &meeting…"),
        f"{DIALOGS}.meeting:log_meeting",
        "meetings",
        ("Ctrl+M",),
        toolbar=N_("Log a meeting"),
    ),
    Command(
        "add_follow_up",
        N_("Add a &follow-up…"),
        f"{DIALOGS}.follow_up:add_follow_up",
        "add",
        ("Ctrl+N",),
        toolbar=N_("Add a follow-up"),
    ),
    Command(
        "quick_entry",
        N_("&Quick entry…"),
        "desktop.ui.quick.opening:quick_entry",
        "",
        ("Ctrl+Shift+A",),
        everywhere=True,
    ),
    Command(
        "report_progress",
        N_("Report &progress…"),
        f"{DIALOGS}.progress:report_progress",
        "progress",
        ("Ctrl+R",),
        toolbar=N_("Report progress"),
    ),
    Command("close", N_("&Close…"), f"{DIALOGS}.close:close", "check", ("Ctrl+D",), "follow_up"),
    Command(
        "move_date",
        N_("Mo&ve the date…"),
        f"{DIALOGS}.movedate:move_date",
        "calendar",
        ("Ctrl+Shift+D",),
        "dated",
    ),
    Command("remind", N_("Rem&ind…"), f"{DIALOGS}.remind:remind", "mail", ("Ctrl+Shift+R",), "counterpart"),
    Command("brief", N_("Meeting &brief…"), f"{DIALOGS}.papers:write_brief", "source", (), "meeting"),
    Command("minutes", N_("Minu&tes…"), f"{DIALOGS}.papers:write_minutes", "meetings", (), "meeting"),
    Command(
        "mail_minutes",
        N_("E-mail with the min&utes…"),
        f"{DIALOGS}.papers:mail_minutes",
        "mail",
        (),
        "meeting",
    ),
    Command(
        "calendar_entry",
        N_("Calendar entr&y…"),
        f"{DIALOGS}.calendarentry:write_calendar",
        "calendar",
        (),
        "dated_event",
    ),
    Command(
        "new_record", N_("&New record here…"), f"{DIALOGS}.new:new_record", "add", ("Ctrl+Shift+N",), "list"
    ),
    Command("edit", N_("&Edit"), f"{VERBS}:edit", "edit", ("F2",), "one"),
    Command(
        "open_record",
        N_("&Open in its own window"),
        f"{VERBS}:open_record",
        "open-file",
        ("Ctrl+Return",),
        "one",
    ),
    Command("link", N_("&Link to another record…"), f"{VERBS}:link", "link", ("Ctrl+L",), "registered"),
    Command(
        "attach",
        N_("Attac&h a file…"),
        "desktop.ui.record.attaching:attach_to_selected",
        "attach",
        (),
        "registered",
    ),
    Command(
        "read_text",
        N_("Open the te&xt of the source"),
        f"{PASSAGES}:read_selected",
        "source",
        ("Ctrl+Shift+T",),
        "sourced",
    ),
    Command(
        "take_in_text",
        N_("Ta&ke in a text of the source…"),
        f"{PASSAGES}:replace_selected",
        "",
        (),
        "sourced",
    ),
    Command("change_owner", N_("Change o&wner…"), f"{DIALOGS}.owner:change_owner", "person", (), "followed"),
    Command(
        "edit_many",
        N_("Ch&ange several at once…"),
        f"{DIALOGS}.editmany:edit_many",
        "edit",
        ("Ctrl+Shift+E",),
        "some",
    ),
    Command(
        "share",
        N_("&Share…"),
        "desktop.ui.visibility.share:share_selected",
        "globe",
        ("Ctrl+Shift+V",),
        "some",
    ),
    Command(
        "onlooker", N_("What othe&rs see…"), "desktop.ui.visibility.onlooker:show_selected", "", (), "one"
    ),
    Command("merge", N_("Mer&ge into one…"), f"{DIALOGS}.merge:merge", "merge", (), "alike"),
    Command("delete", N_("&Delete"), f"{VERBS}:delete", "delete", (KEY.Delete,), "some"),
    Command("layouts", N_("&Workbook layouts…"), "desktop.ui.workbook.layouts:edit_layouts", "workbook"),
    Command("catalogue", N_("Load the &catalogue"), f"{VERBS}:load_catalogue", "source"),
    Command(
        "check_workspace", N_("C&heck workspace…"), "desktop.ui.checking.dialog:check_workspace", "check"
    ),
    Command("log_folder", N_("Open the &log folder"), f"{VERBS}:open_log_folder", "folder"),
    Command(
        "help",
        N_("&Help on this page"),
        "desktop.ui.help.window:show_help",
        "help",
        (KEY.HelpContents,),
        everywhere=True,
    ),
    Command("shortcuts", N_("&Keyboard shortcuts"), f"{DIALOGS}.shortcuts:show_shortcuts", "", ("Ctrl+F1",)),
    Command("about", N_("&About Juntos"), f"{DIALOGS}.about:about", "about", role=ROLE.AboutRole),
)

ON_MACOS: dict[str, tuple[Any, ...]] = {"log_meeting": ("Ctrl+Shift+L",), "lock": ("Ctrl+Shift+K",)}
"""Keys of commands there, where the usual ones belong to the platform: ⌘M minimises."""


def keys_of(command: Command) -> tuple[Any, ...]:
    """The keys of a command on this platform, the usual one first."""
    return ON_MACOS.get(command.key, command.shortcuts) if windowmenu.belongs() else command.shortcuts


def shown_keys(key: str) -> str:
    """The usual keys of a command, as this platform writes them; '' without any."""
    found = next(keys_of(command) for command in COMMANDS if command.key == key)
    return QKeySequence(found[0]).toString(QKeySequence.SequenceFormat.NativeText) if found else ""


LINE = ""
PAPERS = ("brief", "minutes", "mail_minutes", "calendar_entry")
"""What is written of meetings: a menu of rows offers it on those alone."""
MENUS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        N_("&File"),
        (
            "new_workspace",
            "open_workspace",
            "recent",
            LINE,
            "export",
            "freeze_report",
            "sent",
            "take_in",
            LINE,
            "print",
            "print_record",
            "list_document",
            LINE,
            "facts",
            "backup",
            "backups",
            LINE,
            "passphrase",
            "lock",
            LINE,
            "quit",
        ),
    ),
    (
        N_("&Edit"),
        ("undo", "redo", "drafts", LINE, "copy", "paste", LINE, "search", "find", LINE, "preferences"),
    ),
    (
        N_("&View"),
        (
            *(f"page_{entry.key}" for entry in PAGES),
            LINE,
            *("save_view", "group", LINE),
            *("record_pane", "shrink", "reminders", "next_pane", "previous_pane", LINE, "reset_layout"),
        ),
    ),
    (
        N_("&Record"),
        (
            *(
                "log_meeting",
                "add_follow_up",
                "quick_entry",
                "report_progress",
                "close",
                "move_date",
                "remind",
                "new_record",
                LINE,
                *PAPERS,
                LINE,
            ),
            *(
                "edit",
                "open_record",
                "link",
                "attach",
                LINE,
                "read_text",
                "take_in_text",
                LINE,
                "change_owner",
                "edit_many",
                "merge",
                LINE,
                "share",
                "onlooker",
                LINE,
                "delete",
            ),
        ),
    ),
    (N_("&Tools"), ("officers", LINE, "layouts", LINE, "catalogue", "check_workspace", "log_folder")),
    (N_("&Help"), ("help", "shortcuts", "about")),
)
ROW_MENU = (
    "report_progress",
    "close",
    "move_date",
    "remind",
    *PAPERS,
    LINE,
    "link",
    "attach",
    "change_owner",
    "edit_many",
    "merge",
    "share",
    LINE,
    "delete",
    LINE,
)
"""What the context menu of rows offers beside the page's own."""
TOOLBAR = ("log_meeting", "add_follow_up", "report_progress", LINE, "export")


def plain(text: str) -> str:
    """The words of a command without access key and dots."""
    words = text.replace("&&", "\0").split("(&")[0].replace("&", "").replace("\0", "&")
    return words.rstrip("….")

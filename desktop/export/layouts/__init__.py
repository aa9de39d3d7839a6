"""Layouts of the workbook, and the words for its scales: data that come with the program or that an office has made.

    from desktop.export import layouts

    layout = layouts.find("decision_table")                  # a key or a name; '' is the status report
    sheets = [layouts.applied(workspace, each) for each in layout.sheets]
    words = layouts.pack(layout.pack)                        # None where the scales have their own words

To have one more that comes with the program: an entry in `shipped.SHIPPED` or `packs.SHIPPED`.
"""

from desktop.export.layouts.definition import Definition, LayoutColumn, LayoutSheet
from desktop.export.layouts.known import (
    CHANGES,
    COVER,
    SUMMARY,
    applied,
    column_keys,
    columns,
    sheet,
    sheet_keys,
    sheet_title,
)
from desktop.export.layouts.packs import Pack
from desktop.export.layouts.reading import checked, from_json
from desktop.export.layouts.stored import (
    all_packs,
    as_file,
    copy,
    copy_pack,
    delete,
    delete_pack,
    find,
    lacking,
    layouts,
    pack,
    pack_of,
    read,
    rename,
    rename_pack,
    save,
    save_pack,
    with_uids,
    write,
)

__all__ = [
    "CHANGES",
    "COVER",
    "SUMMARY",
    "Definition",
    "LayoutColumn",
    "LayoutSheet",
    "Pack",
    "all_packs",
    "applied",
    "as_file",
    "checked",
    "column_keys",
    "columns",
    "copy",
    "copy_pack",
    "delete",
    "delete_pack",
    "find",
    "from_json",
    "lacking",
    "layouts",
    "pack",
    "pack_of",
    "read",
    "rename",
    "rename_pack",
    "save",
    "save_pack",
    "sheet",
    "sheet_keys",
    "sheet_title",
    "with_uids",
    "write",
]

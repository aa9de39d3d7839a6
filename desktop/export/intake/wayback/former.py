"""What sheets and columns were called in workbooks of earlier schemas, by their keys today.

To rename a key: a line here, for as long as workbooks of before may come back.
"""

from __future__ import annotations

SHEETS: dict[str, str] = {}
"""The key of a sheet then, and now."""
COLUMNS: dict[tuple[str, str], str] = {}
"""The entity and the key of a column then, and its key now."""


def sheet(key: str) -> str:
    """The key of a sheet as it is today."""
    return SHEETS.get(key, key)


def column(entity: str, key: str) -> str:
    """The key of a column as it is today."""
    return COLUMNS.get((entity, key), key)

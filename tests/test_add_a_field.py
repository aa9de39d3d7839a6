"""Adding a field to an entity takes one line and one migration: everything else follows.

In a copy of the program, initiatives get a budget line. A workspace of the program as it is must then be brought
up to date, and the new field be in the list, the form, the search, the command line, the history, the workbook.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from desktop.model import Initiative
from desktop.service import records
from desktop.service.workspace import Workspace
from desktop.store import backup
from desktop.store.engine import SCHEMA, sqlcipher

ROOT = Path(__file__).parent.parent

BEFORE = '    currency = Code(N_("Currency"), "[A-Z]{3}", "USD", section="dates")\n'
LINE = '    budget_line = Text(N_("Budget line"), section="dates", listed=True, searched=True)\n'
MIGRATION = '''"""A budget line for initiatives."""


def up(migrator, db):
    db.execute_sql("""ALTER TABLE "initiative" ADD COLUMN "budget_line" TEXT NOT NULL DEFAULT ''""")
'''

AS_A_SERVICE = """
import json, sys
from pathlib import Path
from desktop.model import Initiative, field, fields
from desktop.service import history, query, records, undo
from desktop.service.query import Order, Query
from desktop.service.session import open_workspace
from desktop.settings import Settings

workspace = open_workspace(Path(sys.argv[1]), Settings())
kind = field(Initiative, "budget_line")
fund = Initiative.find("Old fund")
found = {"form": [kind.title, kind.section, kind.editable]}
found["place"] = [f.name for f in fields(Initiative)].index(kind.name)
records.change(workspace, fund, {"budget_line": "ODA 2027"})
asked = Query(Initiative, ("name", "budget_line"), order=(Order("budget_line"),))
found["list"] = [row[1:] for row in query.page(workspace, asked)]
found["search"] = [row[1] for row in query.page(workspace, Query(Initiative, ("name",), text="oda"))]
found["history"] = [[e.field, e.before, e.after] for e in history.of(fund)][:1]
undo.undo(workspace)
found["undone"] = Initiative.find("Old fund").budget_line
undo.redo(workspace)
found["redone"] = Initiative.find("Old fund").budget_line
workspace.close()
print(json.dumps(found))
"""


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the program with the new field."""
    copy = tmp_path_factory.mktemp("changed")
    ignored = shutil.ignore_patterns("__pycache__", "*.pyc")
    for name in ("desktop", "resources", "data", "tests"):
        shutil.copytree(ROOT / name, copy / name, ignore=ignored)
    shutil.copy(ROOT / "pyproject.toml", copy)
    entity = copy / "desktop" / "model" / "initiative.py"
    text = entity.read_text("utf-8")
    assert text.count(BEFORE) == 1
    entity.write_text(text.replace(BEFORE, BEFORE + LINE), "utf-8")
    script = copy / "desktop" / "store" / "migrations" / f"{SCHEMA + 1:04d}_budget_line.py"
    script.write_text(MIGRATION, "utf-8")
    return copy


@pytest.fixture
def old(workspace: Workspace) -> Path:
    """A file of the program as it is."""
    records.add(
        workspace, Initiative, {"name": "Old fund", "value": "5", "currency": "USD", "countries": {"CL"}}
    )
    workspace.close()
    return workspace.engine.path


def run(copy: Path, *arguments: str) -> str:
    """What the changed program prints."""
    done = subprocess.run(
        [sys.executable, *arguments], cwd=copy, capture_output=True, text=True, check=False, timeout=100
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def juntos(copy: Path, path: Path, command: str, *arguments: str) -> str:
    return run(
        copy, "-m", "desktop", command, *arguments, "--workspace", str(path), "--officer", "Sato Kenji"
    )


def test_an_old_file_is_brought_up_to_date_and_has_the_field(changed: Path, old: Path) -> None:
    found: dict[str, Any] = json.loads(run(changed, "-c", AS_A_SERVICE, str(old)))
    assert found.pop("place") > 0
    assert found == {
        "form": ["Budget line", "dates", True],
        "list": [["Old fund", "ODA 2027"]],
        "search": ["Old fund"],
        "history": [["Budget line", "", "ODA 2027"]],
        "undone": "",
        "redone": "ODA 2027",
    }
    made = backup.newest(old)
    assert made is not None
    assert "before-migration" in made.name
    assert version(old) == SCHEMA + 1
    assert version(made) == SCHEMA
    as_before = Workspace.open(made)
    fund = Initiative.find("Old fund")
    assert (fund.value, records.values_of(fund)["countries"]) == ("5", {"CL"})
    as_before.close()


def test_the_command_line_and_the_workbook_have_the_field(changed: Path, old: Path, tmp_path: Path) -> None:
    juntos(changed, old, "add", "initiative", "name=New fund", "budget_line=ODA 2028")
    juntos(changed, old, "set", "IN-2026-001", "budget-line= ODA   2027 ")
    listed = json.loads(
        juntos(changed, old, "list", "initiatives", "--format", "json", "--sort", "budget_line")
    )
    assert [(row["name"], row["budget_line"]) for row in listed] == [
        ("Old fund", "ODA 2027"),
        ("New fund", "ODA 2028"),
    ]
    assert (listed[0]["value"], listed[0]["countries"]) == ("5", ["CL"])
    found = json.loads(
        juntos(changed, old, "list", "initiative", "--filter", "budget_line=ODA 2028", "--format", "json")
    )
    assert [row["name"] for row in found] == ["New fund"]
    assert "Budget line" in juntos(changed, old, "list", "initiatives")
    assert "Budget line" in juntos(changed, old, "history", "IN-2026-001")
    juntos(changed, old, "undo")
    workbook = tmp_path / "status.xlsx"
    juntos(changed, old, "export", str(workbook))
    cells = [[cell.value for cell in row] for row in load_workbook(workbook)["Initiatives"].iter_rows()]
    (heading,) = [row for row in cells if "Budget line" in row]
    column = heading.index("Budget line")
    assert {row[column] for row in cells if row[0] in ("IN-2026-001", "IN-2026-002")} == {None, "ODA 2028"}


def test_the_generic_tests_follow(changed: Path) -> None:
    """The schema is compared, the field described, shown, sorted and filtered, without a line in any test."""
    about = "same or migrated or described or declared or every_field or survives"
    names = ("store/test_schema", "model/test_kinds", "service/test_query", "service/test_journal")
    files = [f"tests/{name}.py" for name in names]
    told = run(changed, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-k", about, *files)
    assert " passed" in told


def test_control_without_the_migration_the_schema_test_fails(changed: Path, tmp_path: Path) -> None:
    copy = tmp_path / "without"
    shutil.copytree(changed, copy)
    (copy / "desktop" / "store" / "migrations" / f"{SCHEMA + 1:04d}_budget_line.py").unlink()
    with pytest.raises(AssertionError, match="test_the_models_are_the_migrated_schema"):
        run(
            copy,
            "-m",
            "pytest",
            "-q",
            "-p",
            "no:cacheprovider",
            "-k",
            "migrated_schema",
            "tests/store/test_schema.py",
        )


def version(path: Path) -> int:
    connection = sqlcipher.connect(str(path))
    try:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])
    finally:
        connection.close()

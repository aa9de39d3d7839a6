"""The rules of the design that can be counted: who may import whom, how long a file may be, what is described."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MODULES = sorted((ROOT / "desktop").rglob("*.py"))
CHECKED = [path for path in MODULES if path.parent.name != "migrations"]

LONGEST, LONGEST_WINDOW = 400, 150
"""Lines of a file, and of the window's, which only hosts pages."""
MOSTLY = 200
"""Lines that most files stay under."""
FUNCTION = 60
"""Lines of a function: what fits a screen."""
FORBIDDEN_NAMES = {"utils", "util", "common", "helpers", "helper", "manager", "controller", "misc"}
HEAVY = (
    "openpyxl",
    "python_calamine",
    "resource",
    "ctypes",
    "plistlib",
    "holidays",
    "rapidfuzz",
    "desktop.export",
    "desktop.demo",
    "desktop.cli",
    "desktop.store.migrate",
)
"""What may be imported inside a function: libraries that a start does not need, and what needs them."""
WINDOW = ("app.py", "__main__.py", "ui")
"""What puts off all imports that the first page can do without, as PySide6 makes each of them slow."""


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def loaded_by(statement: str) -> set[str]:
    """The modules that are loaded after a statement in a fresh process."""
    code = f"import json, sys; {statement}; print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    return set(json.loads(done.stdout))


# ---- who may import whom


def test_the_import_rules_are_kept() -> None:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-logo"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    "module", ["desktop.cli", "desktop.service.workspace", "desktop.service.catalogue", "desktop.export"]
)
def test_what_needs_no_window_loads_no_qt(module: str) -> None:
    modules = loaded_by(f"import {module}")
    assert module in modules
    assert {name for name in modules if name.split(".")[0] in ("PySide6", "shiboken6")} == set()


def test_the_command_line_loads_what_a_list_needs_and_no_more() -> None:
    modules = loaded_by("import desktop.cli")
    assert modules.isdisjoint({"openpyxl", "lxml", "playhouse.migrations", "asyncio", "ssl", "xml"})


@pytest.mark.parametrize(
    "path",
    [path for path in CHECKED if path.relative_to(ROOT / "desktop").parts[0] not in WINDOW],
    ids=lambda path: str(path.relative_to(ROOT)),
)
def test_only_heavy_things_are_imported_inside_functions(path: Path) -> None:
    for function in ast.walk(tree(path)):
        if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        for node in ast.walk(function):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            for name in names:
                assert name.startswith(HEAVY), f"{path}:{node.lineno} imports {name} inside {function.name}()"


# ---- how long


@pytest.mark.parametrize("path", CHECKED, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_file_is_too_long(path: Path) -> None:
    most = LONGEST_WINDOW if path == ROOT / "desktop" / "ui" / "window.py" else LONGEST
    assert len(path.read_text("utf-8").splitlines()) <= most


def test_most_files_are_short() -> None:
    lengths = sorted(len(path.read_text("utf-8").splitlines()) for path in CHECKED)
    assert lengths[len(lengths) * 8 // 10] <= MOSTLY


@pytest.mark.parametrize("path", CHECKED, ids=lambda path: str(path.relative_to(ROOT)))
def test_functions_fit_a_screen(path: Path) -> None:
    for function in ast.walk(tree(path)):
        if isinstance(function, ast.FunctionDef):
            length = (function.end_lineno or 0) - function.lineno + 1
            assert length <= FUNCTION, f"{function.name}() has {length} lines"


# ---- what is described


def public(module: ast.Module) -> Iterator[tuple[str, ast.AST]]:
    """The classes, functions and methods that others may use; overrides of Qt's are Qt's to describe."""
    for node in module.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            yield node.name, node
            for inner in node.body if isinstance(node, ast.ClassDef) else ():
                if isinstance(inner, ast.FunctionDef) and not inner.name.startswith("_"):
                    yield f"{node.name}.{inner.name}", inner


INHERITED = (
    "check",
    "parse",
    "parse_span",
    "text",
    "shown",
    "cell",
    "order",
    "empty",
    "to_json",
    "from_json",
    "remarks",
    "constraint",
    "bind",
    "expression",
    "problems",
    "derive",
    "shown_as",
    "named",
    "save",
    "rollback",
)
"""Methods whose description stands at the class that they come from."""
DESCRIBED = [path for path in CHECKED if {"model", "store", "service"} & set(path.relative_to(ROOT).parts)]


@pytest.mark.parametrize("path", CHECKED, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_module_says_what_it_is(path: Path) -> None:
    assert ast.get_docstring(tree(path)), path


@pytest.mark.parametrize("path", DESCRIBED, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_public_name_says_what_it_does(path: Path) -> None:
    silent = [
        name
        for name, node in public(tree(path))
        if not ast.get_docstring(node) and name.rpartition(".")[2] not in INHERITED  # type: ignore[arg-type]
    ]
    assert silent == []


def test_no_module_is_named_for_nothing() -> None:
    assert {path.stem for path in MODULES}.isdisjoint(FORBIDDEN_NAMES)


def test_what_is_inherited_is_described_where_it_comes_from() -> None:
    kind = tree(ROOT / "desktop" / "model" / "kind.py")
    described = {name.rpartition(".")[2] for name, node in public(kind) if ast.get_docstring(node)}  # type: ignore[arg-type]
    assert {"check", "parse", "text", "cell", "order", "to_json", "from_json", "remarks"} <= described

"""The translations are whole, and the source writes messages that can be translated."""

from __future__ import annotations

import ast
import importlib.util
import re
import string
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from desktop.cli.argparse_words import ARGPARSE_WORDS

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ["ja", "es", "pt"]
FUNCTIONS = {"_", "N_", "ngettext", "pgettext", "npgettext"}


def script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "scripts" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


messages = script("messages")


@pytest.fixture(scope="module")
def wanted() -> Catalog:
    catalog: Catalog = messages.template()
    return catalog


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_is_translated_and_compiled(language: str, wanted: Catalog) -> None:
    found = list(messages.problems(language, wanted))
    assert not found, f"{len(found)} to mend (scripts/messages.py says how):\n" + "\n".join(found)


def test_the_template_is_what_the_source_says(wanted: Catalog) -> None:
    assert messages.TEMPLATE.read_bytes() == messages.po_text(wanted), "run scripts/messages.py update"


def test_the_languages_are_those_that_one_can_choose() -> None:
    from desktop.i18n import LANGUAGES as OFFERED

    assert set(messages.TRANSLATED) == set(OFFERED) - {"en"} == set(LANGUAGES)


def test_the_files_say_nothing_of_when_and_where_they_were_made() -> None:
    for file in [messages.TEMPLATE, *map(messages.po_file, LANGUAGES)]:
        text = file.read_text("utf-8")
        assert not re.search(r"^\"(POT-Creation|PO-Revision|Generated-By|Last-Translator)", text, re.M)
        places = [place for line in re.findall(r"^#: (.*)$", text, re.M) for place in line.split()]
        assert places
        assert all(re.fullmatch(r"desktop/[\w/]+\.py", place) for place in places)


def test_tables_are_what_their_scripts_make() -> None:
    for name in ("countries", "locales"):
        module = script(name)
        assert module.TARGET.read_text("utf-8") == module.text(), f"run scripts/{name}.py"


# ---- the source


def calls(package: Path) -> Iterator[tuple[str, ast.Call]]:
    for file in sorted(package.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in FUNCTIONS:
                yield f"{file.relative_to(package.parent)}:{node.lineno}", node


def untranslatable(call: ast.Call) -> str:
    """What keeps a call's message from being found in a catalogue, or nothing."""
    for argument in call.args:
        if isinstance(argument, ast.JoinedStr):
            return "an f-string is filled in before it is looked up"
        if isinstance(argument, ast.BinOp):
            return "a computed text is in no catalogue"
        if (
            isinstance(argument, ast.Call)
            and isinstance(argument.func, ast.Attribute)
            and argument.func.attr == "format"
        ):
            return "format() belongs after the look-up"
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
            if re.search(r"%[sdr]|%\(", argument.value) and argument.value not in ARGPARSE_WORDS:
                return "placeholders are {names}"
            try:
                names = [
                    name for _t, name, _s, _c in string.Formatter().parse(argument.value) if name is not None
                ]
            except ValueError:
                return "braces that do not pair"
            if any(not name.isidentifier() for name in names):
                return "a placeholder has a name, so that translations can move it"
    return ""


def test_every_message_of_the_source_can_be_translated() -> None:
    found = [
        f"{place}: {fault}" for place, call in calls(ROOT / "desktop") if (fault := untranslatable(call))
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    "code",
    ['_(f"{x} rows")', '_("{} rows")', '_("%d rows")', '_("a" + b)', '_("{n}".format(n=1))', 'N_("{")'],
)
def test_that_check_can_fail(code: str) -> None:
    call = ast.parse(code, mode="eval").body
    assert isinstance(call, ast.Call)
    assert untranslatable(call)


# ---- the script


SOURCE = {
    "a.py": 'from desktop.i18n import _, N_, ngettext, pgettext\n_("Save")\nN_("Name")\n_("")\n',
    "b/c.py": 'x = [_("Save"), ngettext("{count} row", "{count} rows", n), pgettext("verb", "Open")]\n',
}


@pytest.fixture
def package(tmp_path: Path) -> Path:
    for name, text in SOURCE.items():
        file = tmp_path / "desktop" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    return tmp_path / "desktop"


def test_extract_finds_each_way_of_marking(package: Path) -> None:
    text = messages.po_text(messages.template(package)).decode()
    assert '#: desktop/a.py desktop/b/c.py\nmsgid "Save"' in text
    assert 'msgctxt "verb"\nmsgid "Open"' in text
    assert 'msgid "{count} row"\nmsgid_plural "{count} rows"' in text
    assert text.count("msgid ") == 5  # with the header


def test_a_line_more_in_the_source_changes_no_file(package: Path) -> None:
    before = messages.po_text(messages.template(package))
    (package / "a.py").write_text("# one line more\n" + SOURCE["a.py"], "utf-8")
    assert messages.po_text(messages.template(package)) == before


def write_po(folder: Path, language: str, body: str) -> None:
    header = messages.po_text(messages.Timeless(language))
    file = messages.po_file(language, folder)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(header + body.encode())


WHOLE = """
msgid "Save"
msgstr "Guardar"

msgid "Name"
msgstr "Nombre"

msgid "{count} row"
msgid_plural "{count} rows"
msgstr[0] "{count} fila"
msgstr[1] "{count} filas"

msgctxt "verb"
msgid "Open"
msgstr "Abrir"
"""


def spanish_problems(package: Path, body: str, *, compiled: bool = True) -> list[str]:
    folder = package.parent / "translations"
    write_po(folder, "es", body)
    if compiled:
        file = messages.po_file("es", folder)
        file.with_suffix(".mo").write_bytes(messages.mo_bytes(messages.read("es", folder)))
    return list(messages.problems("es", messages.template(package), folder))


def test_a_whole_translation_has_no_problems(package: Path) -> None:
    assert spanish_problems(package, WHOLE) == []


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('msgstr "Guardar"', 'msgstr ""', "es: not translated ('Save')"),
        ('msgid "Save"', '#, fuzzy\nmsgid "Save"', "es: fuzzy"),
        ('msgid "Save"', 'msgid "Save it"', "es: missing: 'Save'"),
        ('msgid "Save"', 'msgid "Save it"', "es: stale: 'Save it'"),
        ('msgctxt "verb"\n', "", "es: missing: 'Open'"),
        ('"{count} filas"', '"{cuenta} filas"', "es: other placeholders"),
        ('"{count} filas"', '"filas"', "es: other placeholders"),
        ('"{count} filas"', '"{count filas"', "es: braces that do not pair"),
        ('"{count} filas"', '""', "es: not translated ('{count} row')"),
        ('"Guardar"', '"Guardar "', "es: a space too many"),
    ],
)
def test_each_problem_is_told(package: Path, old: str, new: str, problem: str) -> None:
    assert old in WHOLE
    found = spanish_problems(package, WHOLE.replace(old, new))
    assert any(line.startswith(problem) for line in found), found


@pytest.mark.parametrize(
    ("english", "translation", "wrong"),
    [
        ("usage: ", "uso: ", False),
        ("usage: ", "uso:", True),
        ("usage: ", "使い方：", False),  # a full-width sign brings its own room
        ("usage: ", "使い方:", True),
        (" or ", "又は", False),
        ("usage", "uso ", True),
        ("usage", "使い方 ", True),
    ],
)
def test_spaces_at_the_ends_agree_but_beside_full_width_signs(
    english: str, translation: str, wrong: bool
) -> None:
    found = list(messages.faults(Message(english, translation)))
    assert found == ([f"a space too many or too few at an end: {translation}"] if wrong else [])


def test_a_catalogue_that_was_not_compiled_is_told(package: Path) -> None:
    assert spanish_problems(package, WHOLE, compiled=False) == [
        "es: juntos.mo is not what juntos.po compiles to"
    ]


def test_fuzzy_entries_are_left_out_of_the_catalogue_and_told(tmp_path: Path) -> None:
    for language in LANGUAGES:
        write_po(tmp_path, language, '\n#, fuzzy\nmsgid "Save"\nmsgstr "Nearly"\n')
    assert messages.compile_all(tmp_path) == [f"{code}: left out as fuzzy: 'Save'" for code in LANGUAGES]
    assert b"Nearly" not in messages.po_file("ja", tmp_path).with_suffix(".mo").read_bytes()


def test_update_keeps_translations_and_drops_what_is_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = Catalog()
    source.add("Save", locations=[("desktop/a.py", 0)])
    source.add("Quit everything now", locations=[("desktop/a.py", 0)])
    monkeypatch.setattr(messages, "template", lambda: source)
    write_po(tmp_path, "es", '\nmsgid "Save"\nmsgstr "Guardar"\n\nmsgid "Gone"\nmsgstr "Ido"\n')
    messages.update(tmp_path)
    with messages.po_file("es", tmp_path).open("rb") as stream:
        found: dict[object, Message] = {message.id: message for message in read_po(stream) if message.id}
    assert {key: message.string for key, message in found.items()} == {
        "Save": "Guardar",
        "Quit everything now": "",
    }
    assert "Ido" not in messages.po_file("es", tmp_path).read_text("utf-8")


def test_a_wrong_command_gets_the_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert messages.main(["sing"]) == 2
    assert "messages.py extract" in capsys.readouterr().err

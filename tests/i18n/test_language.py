"""Which language is spoken, where and when."""

from __future__ import annotations

import io
import plistlib
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from desktop import i18n
from desktop.i18n import (
    N_,
    _,
    join_list,
    language,
    messages,
    ngettext,
    npgettext,
    pgettext,
    quoted,
    speaking,
)


@pytest.fixture
def spanish(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """A small Spanish catalogue, whatever the real one says by now."""
    catalog = Catalog(locale="es")
    catalog.add("Open {name}", "Abrir {name}")
    catalog.add(("{count} day", "{count} days"), ("{count} día", "{count} días"))
    catalog.add("Open", "Abierto", context="status")
    catalog.add(("row", "rows"), ("fila", "filas"), context="table")
    stream = io.BytesIO()
    write_mo(stream, catalog)
    file = tmp_path / "es" / "LC_MESSAGES" / "juntos.mo"
    file.parent.mkdir(parents=True)
    file.write_bytes(stream.getvalue())
    monkeypatch.setattr(messages, "bundled", lambda *parts: tmp_path.joinpath(*parts[2:]))
    messages._catalogue.cache_clear()
    yield
    messages._catalogue.cache_clear()


@pytest.mark.usefixtures("spanish")
def test_a_message_is_looked_up_when_it_is_asked_for() -> None:
    label = N_("Open {name}")
    assert _(label).format(name="x") == "Open x"
    i18n.use("es")
    assert _(label).format(name="x") == "Abrir x"
    assert [ngettext("{count} day", "{count} days", n).format(count=n) for n in (1, 2)] == ["1 día", "2 días"]
    assert pgettext("status", "Open") == "Abierto"
    assert [npgettext("table", "row", "rows", n) for n in (1, 2)] == ["fila", "filas"]


@pytest.mark.usefixtures("spanish")
def test_what_has_no_translation_is_english() -> None:
    i18n.use("es")
    assert _("Nobody translated this") == "Nobody translated this"
    assert _("Open") == "Open"
    assert _("") == ""
    assert ngettext("one", "many", 2) == "many"
    i18n.use("pt")
    assert _("Open {name}") == "Open {name}"


@pytest.mark.parametrize(
    ("tag", "spoken"),
    [
        ("ja", "ja"),
        ("pt_BR", "pt"),
        ("es-419", "es"),
        ("ja_JP.UTF-8", "ja"),
        ("fr", "en"),
        ("", "en"),
        (None, "en"),
    ],
)
def test_a_tag_becomes_a_language_of_ours(tag: str | None, spoken: str) -> None:
    assert i18n.use(tag) == language() == spoken
    i18n.use("ja")
    with speaking(tag) as inside:
        assert inside == language() == spoken
    assert language() == "ja"


def test_blocks_nest_and_end_even_by_an_exception() -> None:
    def fail() -> None:
        with speaking("ja"), speaking("pt"):
            assert language() == "pt"
            raise RuntimeError

    i18n.use("es")
    with pytest.raises(RuntimeError):
        fail()
    assert language() == "es"


def test_each_thread_speaks_for_itself() -> None:
    i18n.use("es")
    heard: dict[str, str] = {}
    inside, done = threading.Event(), threading.Event()

    def export() -> None:
        heard["before"] = language()
        with speaking("ja"):
            heard["within"] = language()
            inside.set()
            done.wait(5)

    with speaking("pt"):
        thread = threading.Thread(target=export)
        thread.start()
        assert inside.wait(5)
        heard["window"] = language()
        done.set()
        thread.join(5)
    assert heard == {"before": "es", "within": "ja", "window": "pt"}


@pytest.mark.parametrize(
    ("environment", "found"),
    [
        ({"LANG": "ja_JP.UTF-8"}, "ja"),
        ({"LANG": "ja_JP.UTF-8", "LC_ALL": "pt_BR.UTF-8"}, "pt"),
        ({"LANG": "es_CL.UTF-8", "LANGUAGE": "fr:ja:en"}, "ja"),
        ({"LANG": "C", "LANGUAGE": "ja"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({}, "en"),
    ],
)
def test_the_language_of_the_system(
    environment: dict[str, str], found: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "LANGUAGE"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert i18n.system_language() == found


def test_the_language_of_a_mac_stands_in_its_preferences(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    assert i18n.system_language() == "en"
    file = home / "Library" / "Preferences" / ".GlobalPreferences.plist"
    file.parent.mkdir(parents=True)
    file.write_bytes(plistlib.dumps({"AppleLanguages": ["fr-FR", "pt-BR"]}))
    assert i18n.system_language() == "pt"
    file.write_bytes(b"not a property list")
    assert i18n.system_language() == "en"


@pytest.mark.parametrize(
    ("tag", "territory"), [("pt_BR.UTF-8", "BR"), ("C.UTF-8", None), ("sr_Latn_RS", "RS"), ("es", None)]
)
def test_the_country_of_the_system(tag: str, territory: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("LC_ALL", tag)
    assert i18n.system_territory() == territory


def test_lists_of_things() -> None:
    lists = [[], ["Chile"], ["Chile", "Peru"], ["Chile", "Peru", "Brazil"]]
    assert [join_list(each) for each in lists] == ["", "Chile", "Chile and Peru", "Chile, Peru and Brazil"]
    with speaking("ja"):
        assert join_list(["チリ", "ペルー", "日本"]) == "チリ、ペルー、日本"
    with speaking("pt"):
        assert join_list(["Chile", "Peru", "Japão"]) == "Chile, Peru e Japão"
    with speaking("es"):
        assert join_list(["Chile", "Perú"]) == "Chile y Perú"
        assert join_list(["España", "Italia"]) == "España e Italia"
        assert join_list(["agua", "hielo"]) == "agua y hielo"


def test_quotes_are_short_and_on_one_line() -> None:
    assert quoted(" a\n b ") == "a b"
    assert quoted("x" * 1_000_000) == "x" * 39 + "…"


def test_every_language_is_named_in_its_own() -> None:
    assert list(i18n.LANGUAGES) == ["en", "ja", "es", "pt"]
    assert i18n.LANGUAGES["ja"] == "日本語"

"""What `make audit` asks about: every pin of every lock, once, and nothing else."""

from __future__ import annotations

import tomllib

import pytest

from scripts import audit, sbom


def asked() -> list[str]:
    pinned = audit.pins(*(audit.ROOT / name for name in audit.LOCKS))
    lines = audit.script(pinned).splitlines()
    assert (lines[0], lines[-1]) == ("# /// script", "# ///")
    found: list[str] = tomllib.loads("\n".join(line[2:] for line in lines[1:-1]))["dependencies"]
    return found


@pytest.mark.parametrize("name", audit.LOCKS)
def test_every_pin_is_asked_about(name: str) -> None:
    listed = sbom.pins((audit.ROOT / name).read_text("utf-8"))
    pins = {sbom.normal(each.split("==")[0].split("[")[0]): each for each in asked()}
    assert listed
    for library, (version, _hashes) in listed.items():
        assert pins[library].split("==")[1].split()[0].rstrip(";") == version


def test_where_a_library_is_needed_is_asked_too() -> None:
    assert any("sys_platform" in each or "platform_system" in each for each in asked())
    assert len(asked()) == len(set(asked()))

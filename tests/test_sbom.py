"""The list of what the program is made of names every library of the lock, with its hashes."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from scripts import sbom

LOCK = sbom.LOCK.read_text("utf-8")


def test_every_pin_is_listed_with_all_its_hashes(tmp_path: Path) -> None:
    sbom.main(tmp_path / "out" / "sbom.json")
    made = json.loads((tmp_path / "out" / "sbom.json").read_text("utf-8"))
    assert (made["bomFormat"], made["specVersion"]) == ("CycloneDX", "1.6")
    assert re.fullmatch(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", made["serialNumber"])
    found = {part["name"]: part for part in made["components"]}
    lines = [line.split("==")[0] for line in LOCK.splitlines() if "==" in line and not line.startswith(" ")]
    assert sorted(found) == sorted(sbom.normal(line) for line in lines)
    assert {"peewee", "sqlcipher3", "openpyxl", "pyside6-essentials"} <= set(found)
    assert sum(len(part["properties"]) for part in found.values()) == LOCK.count("--hash=sha256:")
    references = {part["bom-ref"] for part in found.values()}
    assert len(references) == len(found)
    for each in made["dependencies"]:
        assert set(each["dependsOn"]) <= references
    assert "licenses" in found["openpyxl"]
    assert f"pkg:pypi/et-xmlfile@{found['et-xmlfile']['version']}" in next(
        each["dependsOn"] for each in made["dependencies"] if "openpyxl" in each["ref"]
    )


def test_the_same_lock_gives_the_same_list() -> None:
    assert sbom.listed(LOCK) == sbom.listed(LOCK)
    assert sbom.listed(LOCK)["serialNumber"] != sbom.listed(f"{LOCK}\n")["serialNumber"]


def test_a_library_without_a_hash_is_refused() -> None:
    """The control."""
    with pytest.raises(ValueError, match="peewee has no hash"):
        sbom.pins("a==1 \\\n    --hash=sha256:" + "0" * 64 + "\npeewee==4.5\nz==1 --hash=sha256:" + "1" * 64)

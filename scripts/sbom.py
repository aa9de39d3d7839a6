"""What the program is made of, as a CycloneDX list for whoever checks it against known faults: `make sbom`.

Every library of `requirements.lock` with its version, the hashes of the files that may be installed, and, of those that
are installed here, their licence and what they need themselves. The same lock gives the same list, byte for byte.
"""

from __future__ import annotations

import json
import re
import sys
import uuid
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

from desktop import __version__

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements.lock"
TARGET = ROOT / "dist" / "juntos.cdx.json"
_NAMESPACE = uuid.UUID("5f0f3a5e-7f5e-4d0a-9d3c-3a0f4d1c6b7e")
_PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)", re.MULTILINE)
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
_NEEDED = re.compile(r"^([A-Za-z0-9._-]+)")


def pins(text: str) -> dict[str, tuple[str, list[str]]]:
    """The libraries of a lock: name to version and hashes; raises `ValueError` for one without a hash."""
    found: dict[str, tuple[str, list[str]]] = {}
    places = [*_PIN.finditer(text)]
    for place, following in zip(places, [*places[1:], None], strict=True):
        hashes = _HASH.findall(text, place.end(), following.start() if following else len(text))
        if not hashes:
            raise ValueError(f"{place[1]} has no hash")
        found[normal(place[1])] = (place[2], sorted(hashes))
    return found


def normal(name: str) -> str:
    """A library's name as indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def component(name: str, version: str, hashes: list[str]) -> dict[str, Any]:
    """One library."""
    reference = f"pkg:pypi/{name}@{version}"
    made: dict[str, Any] = {
        "type": "library",
        "bom-ref": reference,
        "name": name,
        "version": version,
        "purl": reference,
        # One for each file (system and version of Python) that the installer may take.
        "properties": [{"name": "juntos:sha256", "value": each} for each in hashes],
    }
    found = installed(name)
    licence = found and (found.metadata.get("License-Expression") or found.metadata.get("License"))
    if licence and "\n" not in licence:
        kind = "expression" if found and found.metadata.get("License-Expression") else None
        made["licenses"] = [{"expression": licence}] if kind else [{"license": {"name": licence}}]
    return made


def installed(name: str) -> Distribution | None:
    """What is installed under a name; None on a system that has no need of it."""
    try:
        return distribution(name)
    except PackageNotFoundError:
        return None


def needs(name: str, known: dict[str, tuple[str, list[str]]]) -> list[str]:
    """What a library needs itself, as far as the lock has it."""
    found = installed(name)
    asked = [
        _NEEDED.match(each) for each in (found.requires or [] if found else []) if "extra ==" not in each
    ]
    names = {normal(each[1]) for each in asked if each}
    return sorted(f"pkg:pypi/{each}@{known[each][0]}" for each in names if each in known)


def listed(text: str) -> dict[str, Any]:
    """The list for a lock."""
    known = pins(text)
    program = f"pkg:generic/juntos@{__version__}"
    parts = [component(name, version, hashes) for name, (version, hashes) in sorted(known.items())]
    dependencies = [{"ref": part["bom-ref"], "dependsOn": needs(part["name"], known)} for part in parts]
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(_NAMESPACE, f'{__version__}{text}')}",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": program,
                "name": "Juntos",
                "version": __version__,
                "licenses": [{"license": {"id": "MIT"}}],
            }
        },
        "components": parts,
        "dependencies": [
            {"ref": program, "dependsOn": [part["bom-ref"] for part in parts]},
            *dependencies,
        ],
    }


def main(target: Path = TARGET) -> None:
    """Write the list."""
    made = listed(LOCK.read_text("utf-8"))
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(made, ensure_ascii=False, indent=1) + "\n", "utf-8")
    print(f"{target}: {len(made['components'])} libraries")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2]))

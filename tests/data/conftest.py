"""The catalogue, the indexes of its documents and, where they are at hand, the documents themselves."""

from __future__ import annotations

import hashlib
import json
import os
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.data.anchors import ANCHORED, KINDS, Record

DATA = Path(__file__).parents[2] / "data"


@pytest.fixture(scope="session")
def catalogue() -> dict[str, list[Record]]:
    """The records by kind, in the order of their files."""
    return {
        kind: tomllib.loads((DATA / "catalogue" / f"{file}.toml").read_text("utf-8"))[kind]
        for file, kind in KINDS.items()
    }


@pytest.fixture(scope="session")
def anchored(catalogue: dict[str, list[Record]]) -> list[Record]:
    """All records that have a place in a document."""
    return [record for kind in ANCHORED for record in catalogue[kind]]


@pytest.fixture(scope="session")
def indexes() -> dict[str, Any]:
    return {
        path.stem: json.loads(path.read_text("utf-8")) for path in sorted((DATA / "index").glob("*.json"))
    }


@pytest.fixture(scope="session")
def documents(indexes: dict[str, Any]) -> dict[str, bytes]:
    """The documents by key, found in the folder JUNTOS_SOURCES by their digest, whatever they are called."""
    folder = os.environ.get("JUNTOS_SOURCES")
    if not folder:
        pytest.skip("the documents are not at hand: JUNTOS_SOURCES names no folder")
    files = [path.read_bytes() for path in sorted(Path(folder).iterdir()) if path.is_file()]
    by_digest = {hashlib.sha256(content).hexdigest(): content for content in files}
    found = {
        key: by_digest[index["document_sha256"]]
        for key, index in indexes.items()
        if index["document_sha256"] in by_digest
    }
    missing = sorted(set(indexes) - set(found))
    assert not missing, f"JUNTOS_SOURCES holds no file with the digest of {', '.join(missing)}"
    return found

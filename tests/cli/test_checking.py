"""`juntos check`."""

from __future__ import annotations

import json
from pathlib import Path

from sqlcipher3 import dbapi2 as sqlcipher

from tests.cli.conftest import Juntos


def damage(path: Path) -> None:
    connection = sqlcipher.connect(str(path), isolation_level=None)
    connection.execute("UPDATE person SET name = 'Sado Kenji' WHERE name = 'Sato Kenji'")
    connection.close()


def test_a_whole_workspace(juntos: Juntos, tmp_path: Path) -> None:
    result = juntos("--workspace", str(tmp_path / "post.juntos"), "check")
    assert result.code == 0, result.err
    assert "whole" in result.out


def test_what_is_wrong_is_told_and_mended(juntos: Juntos, tmp_path: Path) -> None:
    path = tmp_path / "post.juntos"
    damage(path)
    found = juntos("--workspace", str(path), "check")
    assert found.code == 1
    assert "Sado Kenji" in found.out
    assert "Sato Kenji" in found.out
    assert "--mend" in found.err
    told = juntos("--workspace", str(path), "check", "--format", "json")
    (flaw,) = json.loads(told.out)["flaws"]
    assert (flaw["kind"], flaw["field"], flaw["good"]) == ("value", "name", "Sato Kenji")
    assert juntos("--workspace", str(path), "check", "--mend").code == 0
    assert juntos("--workspace", str(path), "check").code == 0

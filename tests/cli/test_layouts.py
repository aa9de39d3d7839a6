"""`juntos layouts` and what `juntos export` takes from it."""

from __future__ import annotations

import json
from pathlib import Path

from .conftest import Juntos


def test_the_layouts_are_listed(juntos: Juntos) -> None:
    shown = juntos("layouts").out
    for name in ("status_report", "Decision table", "GAO style", "Plain data", "comes with Juntos"):
        assert name in shown
    found = json.loads(juntos("layouts", "--format", "json").out)
    assert [each["key"] for each in found] == [
        "status_report",
        "decision_table",
        "follow_up_table",
        "gao",
        "plain",
    ]
    assert found[1]["sheets"] == ["cover", "recommendations"]


def test_a_layout_is_copied_written_edited_read_and_deleted(juntos: Juntos, tmp_path: Path) -> None:
    assert juntos("layouts", "copy", "decision table", "Ours").out == "Ours\n"
    file = tmp_path / "ours.json"
    assert juntos("layouts", "write", "ours", str(file)).out == f"{file}\n"
    refused = juntos("layouts", "write", "Ours", str(file))
    assert refused.code == 1
    assert "--replace" in refused.err
    assert juntos("layouts", "write", "Ours", str(file), "--replace").code == 0
    data = json.loads(file.read_text("utf-8"))
    assert data == json.loads(juntos("layouts", "show", "Ours").out)
    data["sheets"][1]["columns"] = ["ref", {"key": "title", "width": 60, "label": "勧告"}]
    data["marking"] = "取扱注意"
    file.write_text(json.dumps(data), encoding="utf-8")
    again = juntos("layouts", "read", str(file))
    assert again.code == 2
    assert "already" in again.err
    assert juntos("layouts", "read", str(file), "--name", "Short").out == "Short\n"
    shown = json.loads(juntos("layouts", "show", "Short").out)
    assert shown == {**data, "name": "Short", "sheets": [{"key": "cover"}, shown["sheets"][1]]}
    assert shown["sheets"][1]["columns"] == [{"key": "ref"}, {"key": "title", "width": 60, "label": "勧告"}]
    assert juntos("layouts", "delete", "Short").code == 0
    assert "Short" not in juntos("layouts").out
    assert juntos("undo").code == 0
    assert "Short" in juntos("layouts").out


def test_what_is_wrong_is_a_sentence(juntos: Juntos, tmp_path: Path) -> None:
    file = tmp_path / "bad.json"
    file.write_text('{"name": "Bad", "sheets": ["recommendations", "treaties"]}', encoding="utf-8")
    for words, code, sentence in (
        (("read", str(file)), 2, "There is no sheet “treaties”; there are: cover, summary"),
        (("read", str(tmp_path / "none.json")), 1, "none.json"),
        (("show", "nowhere"), 2, "There is no layout “nowhere”; there are: Status report"),
        (("delete", "gao"), 2, "comes with the program"),
        (("copy", "gao", "Plain data"), 2, "comes with the program"),
    ):
        told = juntos("layouts", *words)
        assert (told.code, sentence in told.err) == (code, True), told.err
    file.write_bytes(b"\xff\xfe{}")
    assert "not a text in UTF-8" in juntos("layouts", "read", str(file)).err


def test_a_layout_is_not_written_over_the_workspace(juntos: Juntos, tmp_path: Path) -> None:
    own = tmp_path / "post.juntos"
    told = juntos("layouts", "write", "gao", str(own), "--replace")
    assert (told.code, "is the workspace itself" in told.err) == (1, True), told.err
    assert own.read_bytes().startswith(b"SQLite format 3")


def test_an_export_takes_a_layout(juntos: Juntos, tmp_path: Path) -> None:
    file = tmp_path / "Status.xlsx"
    told = juntos("export", str(file), "--layout", "nowhere")
    assert told.code == 1
    assert "There is no layout “nowhere”" in told.err
    assert not file.exists()
    assert juntos("export", str(file), "--layout", "gao", "--audience", "everyone").code == 2
    done = juntos("export", str(file), "--layout", "decision_table", "--audience", "partner")
    assert done.code == 0, done.err
    assert file.exists()

"""What leads out of the program: links to pages and mailboxes alone, files as copies under harmless names."""

from __future__ import annotations

import os
import random
import stat
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, Qt
from PySide6.QtWidgets import QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from desktop import scratch
from desktop.model import Attachment, FollowUp, Invalid
from desktop.service import attachments, records
from desktop.service.attachments import File
from desktop.service.workspace import Workspace
from desktop.store.errors import StoreError
from desktop.ui import links

LED = (
    "https://example.org/a?b=1#c", "http://example.org", "HTTPS://example.org/ü", "mailto:sato@example.org?subject=x",
)  # fmt: skip
REFUSED = (
    "file:///etc/passwd", "file://host/share", r"\\host\share\x", "//host/share", "/etc/passwd", "C:\\x.exe",
    "javascript:alert(1)", "JavaScript:alert(1)", "java\tscript:x", "data:text/html,x", "vbscript:x", "ms-msdt:/id x",
    "ms-word:ofe|u|https://x.example/x.docx", "search-ms:query=x", "smb://host/x", "ftp://host/x", "tel:1", "ssh://x",
    "http:", "https:///x", "https:\\\\host\\share", "https://exa mple.org", "https://example.org/\u202etxt.exe",
    "mailto:", "mailto:a@example.org?attach=/etc/passwd", "mailto:a@example.org?subject=x&ATTACHMENT=/etc/passwd",
    "view-source:https://x.example", "jar:https://x.example!/", "blob:https://x.example", "about:blank", "x", "", " ",
)  # fmt: skip


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    found: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: found.append(QUrl(url).toString()) or True)
    return found


@pytest.mark.parametrize("address", LED)
def test_pages_and_mailboxes_are_opened(address: str, opened: list[str]) -> None:
    assert links.open_address(address)
    assert opened == [QUrl(address).toString()]


@pytest.mark.parametrize("address", REFUSED)
def test_nothing_else_is(address: str, opened: list[str], qtbot: QtBot) -> None:
    assert not links.open_address(address)
    parent = QWidget()
    qtbot.addWidget(parent)
    box = links.ask_to_open(address, parent)
    assert box.text() == links.REFUSED
    assert [button.text() for button in box.buttons()] == ["Close"]
    box.buttons()[0].click()
    assert opened == []


def test_the_whole_address_is_shown_before(opened: list[str], qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    address = "https://аpple.example/" + "x" * 300 + "?<b>y</b>"  # the first letter is Cyrillic
    box = links.ask_to_open(address, parent)
    assert box.textFormat() == Qt.TextFormat.PlainText
    assert box.informativeText().startswith("https://xn--")
    assert "x" * 300 in box.informativeText()
    box.reject()
    assert opened == []
    box = links.ask_to_open(address, parent)
    next(each for each in box.buttons() if box.buttonRole(each) == QMessageBox.ButtonRole.AcceptRole).click()
    assert len(opened) == 1


# ---- files

PIECES = (
    *(
        "..",
        "/",
        "\\",
        "../../",
        "..\\",
        "x",
        ".",
        ". ",
        " ",
        "CON",
        "nul",
        "COM1",
        "aux.",
        ":",
        "C:",
        "a:b",
        "~",
    ),
    *(
        "\u202e",
        "\u2066",
        "\u200f",
        "\x00",
        "\n",
        "\t",
        "\x7f",
        "\ud800",
        "é",
        "議事録" * 40,
        "y" * 300,
        "*?",
        "$HOME",
    ),
    *(
        ".exe",
        ".pdf",
        ".txt",
        ".lnk",
        "::$DATA",
        "|",
        '"',
        "<",
        ">",
        "-rf",
        "😀" * 70,
        ";rm",
        "`id`",
        "file://",
    ),
    "%2e%2e%2f",
)


def fuzzed(count: int) -> list[str]:
    chance = random.Random(11)
    return ["".join(chance.choices(PIECES, k=chance.randint(1, 7))) for _number in range(count)]


def attached(workspace: Workspace, name: str) -> Attachment:
    record = FollowUp.select().first() or records.add(workspace, FollowUp, {"title": "A follow-up"})
    with workspace.operation("test") as writing:
        return attachments.keep(writing, record, File(name, b"content"))


def test_copies_stay_in_the_private_folder_under_any_name(workspace: Workspace) -> None:
    record = records.add(workspace, FollowUp, {"title": "A follow-up"})
    digest = attached(workspace, "x.txt").sha256
    refused: list[str] = []
    for name in fuzzed(500):
        # As another office's file may have it: never cleaned.
        found = Attachment(subject=record, name=name, sha256=digest, size=7)
        try:
            path = attachments.open_copy(found)
        except Invalid:
            refused.append(name)
            continue
        assert path.resolve().is_relative_to(scratch.folder().resolve()), name
        assert path.resolve().parent.name.startswith("opened-"), name
        assert len(path.name.encode()) <= attachments.MOST_NAME_BYTES + 1, name
        assert path.name.isprintable(), name
        assert path.name.rstrip(". ") == path.name, name
        assert path.name.split(".")[0].strip().lower() not in attachments._RESERVED, name
        assert path.read_bytes() == b"content"
        if os.name == "posix":
            assert stat.S_IMODE(path.stat().st_mode) == 0o400
            assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert all(map(attachments.is_program, refused))
    assert 0 < len(refused) < 400


def test_names_as_they_come_would_leave_it() -> None:
    """The control: the same names put after a folder as they are."""
    folder = Path("/private/folder")
    outside = 0
    for name in fuzzed(500):
        if "\x00" in name:
            continue
        joined = Path(os.path.normpath(folder / name.replace("\\", "/")))
        outside += not joined.is_relative_to(folder)
    assert outside > 30


def test_what_can_do_something_is_not_opened(workspace: Workspace) -> None:
    for name in ("setup.exe", "letter.pdf.exe", "gpj.\u202eexe", "sheet.xlsm", "page.html", "x.exe. "):
        with pytest.raises(Invalid, match="only saved"):
            attachments.open_copy(attached(workspace, name))


@pytest.mark.skipif(os.name != "posix", reason="needs links and pipes")
def test_a_link_in_the_way_is_not_followed(workspace: Workspace, tmp_path: Path) -> None:
    target = tmp_path / "target"
    target.write_text("mine")
    for name, leads in (("link.txt", target), ("dangling.txt", tmp_path / "made")):
        way = tmp_path / name
        way.symlink_to(leads)
        for overwrite in (False, True):
            with pytest.raises(Invalid, match="is a link"):
                attachments.save_copy(attached(workspace, "x.txt"), way, overwrite=overwrite)
        assert way.is_symlink()
    assert target.read_text() == "mine"
    assert not (tmp_path / "made").exists()


@pytest.mark.skipif(os.name != "posix", reason="needs pipes")
@pytest.mark.timeout(5)
def test_a_pipe_or_a_device_is_not_waited_for(workspace: Workspace, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    record = records.add(workspace, FollowUp, {"title": "A follow-up"})
    for path in (tmp_path / "pipe.txt", Path("/dev/zero")):
        with pytest.raises(Invalid, match="device or a pipe"):
            attachments.attach(workspace, record, path)


def test_copies_are_noted_nowhere_and_go_with_the_workspace_even_where_closing_fails(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    scratch.begin()
    scratch.hide()
    name = "Names of informants.txt"
    copy = attachments.open_copy(attached(workspace, name))
    assert copy.exists()
    assert not (scratch.on_disk() / scratch.NOTES).exists()

    def lost() -> None:
        raise StoreError("the disk is gone")

    with monkeypatch.context() as patched:
        patched.setattr(workspace.engine, "close", lost)
        with pytest.raises(StoreError):
            workspace.close()
        assert copy.exists(), "the control: in a plain one it stays to the end of the process"
        patched.setattr(workspace.engine, "key", object())
        with pytest.raises(StoreError):
            workspace.close()
    assert not copy.exists()

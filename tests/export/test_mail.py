"""E-mail drafts: read back whole, in short 7-bit lines, and no text can make a header of itself."""

from __future__ import annotations

import email
import os
import stat
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.export import mail
from desktop.export.errors import ExportError
from desktop.model import Invalid, Organisation, Person
from desktop.service import meetings, records
from desktop.service.meetings import Attendee
from desktop.service.workspace import Workspace

EVERY_BYTE = bytes(range(256)) * 50
JAPANESE = "議事録_経済産業省との協議（令和8年11月）.docx"


def read(content: bytes) -> EmailMessage:
    """A draft as a mail program reads it, after looking at its bare lines."""
    assert content.isascii()
    assert not {*b"\r\n"} & {*content.replace(b"\r\n", b"")}
    assert max(map(len, content.split(b"\r\n"))) <= 998
    message = email.message_from_bytes(content, policy=default)
    assert isinstance(message, EmailMessage)
    for part in message.walk():
        assert part.defects == []
    return message


def body(message: EmailMessage) -> str:
    """Its words."""
    part = message.get_body(("plain",))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


def draft(**given: Any) -> EmailMessage:
    """A draft with what is given, read back."""
    asked: dict[str, Any] = {"to": [], "subject": "Minutes", "text": "Dear colleagues,", "language": "en"}
    return read(mail.draft(**asked | given))


def test_what_a_draft_says_and_what_it_does_not() -> None:
    message = draft(
        to=["sato@example.org", "ana@example.cl", "sato@example.org"], subject="議事録", language="ja"
    )
    assert {name: str(value) for name, value in message.items()} == {
        "X-Unsent": "1",
        "To": "sato@example.org, ana@example.cl",
        "Subject": "議事録",
        "MIME-Version": "1.0",
        "Content-Type": 'text/plain; charset="utf-8"',
        "Content-Transfer-Encoding": "7bit",
        "Content-Language": "ja",
    }
    assert body(message) == "Dear colleagues,\n"
    assert "To" not in draft()


def test_attachments_come_back_byte_by_byte() -> None:
    given = [
        (JAPANESE, EVERY_BYTE, mail.mime_of(JAPANESE)),
        ("due.ics", b"BEGIN:VCALENDAR\r\n" + "会".encode(), "text/calendar"),
        ("empty.pdf", b"", "application/pdf"),
        ("a.eml", b"Subject: x\r\n\r\ny", "message/rfc822"),
        ("b.bin", b"x", "no type\r\nBcc: spy@example.org"),
    ]
    found = [
        (part.get_filename(), part.get_payload(decode=True), part.get_content_type())
        for part in draft(text="要旨", attachments=given).iter_attachments()
    ]
    expected = [(*each[:2], mail.BINARY if number > 2 else each[2]) for number, each in enumerate(given)]
    assert found == expected


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Minutes.docx", "Minutes.docx"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\sato\\Minutes.pdf", "Minutes.pdf"),
        ("a\r\nBcc: spy@example.org\r\n.pdf", "aBcc_ spy@example.org.pdf"),
        ('a"; filename="b.exe', "a_; filename=_b.exe"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("CON.txt", "_CON.txt"),
        ("nul", "_nul"),
        ("Console.txt", "Console.txt"),
        ("Minutes. . ", "Minutes"),
        ("", "Attachment"),
        ("...", "Attachment"),
        ("\ud800", "Attachment"),
        ("会" * 300 + ".docx", "会" * 95 + ".docx"),
        ("a." + "b" * 300, "a." + "b" * 98),
        ("Añejo – acta 🇨🇱.pdf", "Añejo – acta 🇨🇱.pdf"),
    ],
    ids=repr,
)
def test_names_of_attachments(name: str, shown: str) -> None:
    (part,) = draft(attachments=[(name, b"x", "application/pdf")]).iter_attachments()
    assert part.get_filename() == shown
    assert part.get_params(header="content-disposition") is not None


@given(st.text(max_size=200))
def test_any_name_is_one_name(name: str) -> None:
    shown = mail.attachment_name(name)
    assert 0 < len(shown) <= mail.MOST_IN_NAME + 1
    assert shown == mail.attachment_name(shown)
    assert not {*shown} & {*'<>:"/\\|?*\r\n\t\0'}
    (part,) = draft(attachments=[(name, b"x", "application/pdf")]).iter_attachments()
    assert part.get_filename() == shown


HOSTILE = (
    "Minutes\r\nBcc: spy@example.org",
    "Minutes\nBcc: spy@example.org\n\nBody",
    "Minutes\rBcc: spy@example.org",
    "Minutes\x0bBcc: spy@example.org",
    "Minutes\u2028Bcc: spy@example.org",
    "=?utf-8?q?Minutes=0D=0ABcc:_spy=40example.org?=",
    "a" * 3000,
    "会議" * 1500,
    "\ud800\x00",
)


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: repr(text[:20]))
def test_no_text_makes_a_header(text: str) -> None:
    message = draft(to=["sato@example.org"], subject=text, text=text, language=text[:50])
    assert "Bcc" not in message
    assert message["To"] == "sato@example.org"
    assert not message.is_multipart()


@given(subject=st.text(max_size=300), text=st.text(max_size=3000))
def test_any_text_comes_back(subject: str, text: str) -> None:
    message = draft(subject=subject, text=text)
    assert str(message["Subject"]).strip() == mail.clean_line(subject)[0].replace("=?", "= ?")
    assert {*message.keys()} == {
        "X-Unsent",
        "Subject",
        "Content-Language",
        "MIME-Version",
        "Content-Type",
        "Content-Transfer-Encoding",
    }
    assert body(message) == mail.clean(text)[0].rstrip("\n") + "\n"


WORDS = st.lists(
    st.sampled_from(["Minutes:", "会議", "Visita", "Presidência", "“é”", "12", "?", "<x>", "a" * 40])
)


@given(WORDS.map(" ".join))
def test_subjects_come_back_word_by_word(subject: str) -> None:
    assert str(draft(subject=subject)["Subject"]) == subject


def test_long_lines_are_broken_for_the_way_only() -> None:
    text = "word " * 5000 + "\n" + "会" * 5000 + "\n.\nFrom here"
    assert body(draft(text=text)) == text + "\n"
    assert body(draft(text="x" * 20_000)) == "x" * 20_000 + "\n"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("sato@example.org", "sato@example.org"),
        (" s.o'neill+x@sub.example.co.jp ", "s.o'neill+x@sub.example.co.jp"),
        ("ｓａｔｏ＠ｅｘａｍｐｌｅ．ｏｒｇ", "sato@example.org"),
        ("sato@日本.example", "sato@xn--wgv71a.example"),
        ("佐藤@example.org", None),
        ("sato@example", None),
        ("sato", None),
        ("", None),
        ("@example.org", None),
        ("a@b@example.org", None),
        ("a b@example.org", None),
        ("a..b@example.org", None),
        (".a@example.org", None),
        ("a,b@example.org", None),
        ("Sato <sato@example.org>", None),
        ("sato@example.org\r\nBcc: spy@example.org", None),
        ("sato@example.org, spy@example.org", None),
        ("sato@-example.org", None),
        ("sato@example..org", None),
        ("x" * 65 + "@example.org", None),
        ("x@" + "a." * 120 + "org", None),
    ],
)
def test_addresses(typed: str, kept: str | None) -> None:
    assert mail.address(typed) == kept


def test_wrong_addresses_are_told_not_dropped() -> None:
    with pytest.raises(Invalid, match="“nobody” is not an address that a mail can go to"):
        draft(to=["sato@example.org", "nobody"])
    with pytest.raises(Invalid, match="“nobody” and “a@b”") as told:
        draft(to=["nobody", "sato@example.org", "a@b"])
    assert "sato" not in str(told.value)


def test_many_recipients() -> None:
    to = [f"person.number.{number}@ministry.example.org" for number in range(200)]
    assert str(draft(to=to)["To"]).split(", ") == to


@pytest.fixture
def called(workspace: Workspace) -> Any:
    """A meeting to which people came with an address, without, with one that no mail reaches, or not at all."""
    host = Organisation.find("CORFO")

    def person(name: str, address: str) -> int:
        values = {"name": name, "organisation": host.id, "email": address}
        return int(records.add(workspace, Person, values).id)

    sato = Person.find("Kenji Sato")
    records.change(workspace, sato, {"email": "sato@example.org"})
    return meetings.log_meeting(
        workspace,
        {"title": "Call on the\u2028Minister", "on": "2026-07-12"},
        [
            Attendee(person=sato.id),
            Attendee(person=person("Ana Rojas", "ana@example.cl")),
            Attendee(person=person("Juan Soto", "juan,soto@example.cl")),
            Attendee(person=person("Eva Paz", "eva@example.cl"), presence="excused"),
            Attendee(person=person("Luis Vera", "")),
            Attendee(name="Somebody"),
        ],
    )


def test_the_mail_of_the_minutes(workspace: Workspace, called: Any, tmp_path: Path) -> None:
    path = tmp_path / "minutes.docx"
    path.write_bytes(EVERY_BYTE)
    made, told = mail.minutes_mail(workspace, called, path, JAPANESE, "en")
    message = read(made)
    assert message["To"] == "sato@example.org, ana@example.cl"
    assert message["Subject"] == "Minutes: Call on the Minister, 12 July 2026"
    words = body(message)
    assert "our meeting “Call on the Minister” of 12 July 2026." in words
    assert words.endswith("With kind regards,\nKenji Sato\nEmbassy of Japan in Chile\n")
    (part,) = message.iter_attachments()
    assert (part.get_filename(), part.get_payload(decode=True)) == (JAPANESE, EVERY_BYTE)
    assert part.get_content_type().endswith("wordprocessingml.document")
    assert told == [
        "No e-mail address is known of Luis Vera and Somebody; the draft does not go to them.",
        "No mail can go to these addresses, which the draft leaves out: Juan Soto: juan,soto@example.cl.",
    ]


def test_the_mail_speaks_its_readers_language(workspace: Workspace, called: Any) -> None:
    made, told = mail.minutes_mail(workspace, called, b"x", "議事録.pdf", "ja")
    message = read(made)
    assert "2026年7月12日" in message["Subject"]
    assert "佐藤健二" in body(message)
    assert message["Content-Language"] == "ja"
    assert told[0].startswith("No e-mail address")  # told to the officer, in the window's language


def test_minutes_that_cannot_be_read(workspace: Workspace, called: Any, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="could not be read: there is no such file"):
        mail.minutes_mail(workspace, called, tmp_path / "gone.pdf", "m.pdf", "en")


def test_nobody_is_signed_in(workspace: Workspace, called: Any) -> None:
    workspace.sign_in("")
    made, _told = mail.minutes_mail(workspace, called, b"x", "m.pdf", "en")
    assert body(read(made)).endswith("With kind regards,\nEmbassy of Japan in Chile\n")


def test_saving(tmp_path: Path) -> None:
    path = tmp_path / "Minutes.eml"
    assert mail.save(b"one", path) == path
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with pytest.raises(ExportError, match="exists already"):
        mail.save(b"two", path)
    assert path.read_bytes() == b"one"
    mail.save(b"two", path, replace=True)
    assert path.read_bytes() == b"two"
    assert [*tmp_path.iterdir()] == [path]
    with pytest.raises(ExportError, match="There is no folder"):
        mail.save(b"x", tmp_path / "gone" / "a.eml")

"""E-mail drafts (.eml) that a mail program opens as not yet sent: nothing is ever sent from here.

A draft names no sender, date, machine or program. Its lines are 7-bit and short, its texts can add no header.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from email.header import Header
from email.message import EmailMessage
from email.policy import EmailPolicy
from pathlib import Path, PurePath
from typing import Any

from desktop import i18n
from desktop.export import saving
from desktop.export.audience import seen
from desktop.export.errors import ExportError
from desktop.export.report import marking_of
from desktop.i18n import _, captioned, format_date, join_list, ngettext, quoted, speaking, why
from desktop.model import Invalid, Meeting, Person
from desktop.model.visibility import INTERNAL
from desktop.service import handling, meetings
from desktop.text import clean, clean_line

SUFFIX = ".eml"
BINARY = "application/octet-stream"
MIME = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".pdf": "application/pdf",
    ".ics": "text/calendar",
    ".txt": "text/plain",
}
"""By the end of a file's name; what the system says of it differs from one machine to the next."""
MOST_IN_NAME = 100
"""Characters of an attachment's name."""
LONGEST_SUFFIX = 10
OURS = ("post", "capital")
"""The sides of those who are no others."""
SHORT = 60
"""Characters of a subject that needs no second line."""

_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_WORD = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?=\.|$)", re.IGNORECASE)

Attached = tuple[str, bytes, str]
"""Name, content and MIME type of an attachment."""


class Draft(EmailPolicy):
    """How drafts are written: as SMTP has it, but for the subject, whose blanks Python loses or doubles."""

    def fold_binary(self, name: str, value: str) -> bytes:
        """A header as it stands in the file."""
        if name != "Subject" or (value.isascii() and len(value) <= SHORT):
            return super().fold_binary(name, value)
        folded = Header(str(value), "utf-8", header_name=name).encode(linesep=self.linesep)
        return f"{name}: {folded}{self.linesep}".encode("ascii")


def draft(
    *, to: Iterable[str], subject: str, text: str, attachments: Iterable[Attached] = (), language: str
) -> bytes:
    """An e-mail in that language, ready to be looked at and sent by hand.

    Raises `Invalid`, naming all of them, where addresses are such that no mail can go to them.
    """
    wanted = list(to)
    wrong = [each for each in wanted if address(each) is None]
    if wrong:
        raise Invalid(
            ngettext(
                "{addresses} is not an address that a mail can go to; correct it first.",
                "These are not addresses that a mail can go to; correct them first: {addresses}.",
                len(wrong),
            ).format(addresses=join_list(f"“{quoted(each)}”" for each in wrong))
        )
    message = EmailMessage(policy=Draft(cte_type="7bit", linesep="\r\n"))
    message["X-Unsent"] = "1"
    if wanted:
        message["To"] = ", ".join(dict.fromkeys(found for each in wanted if (found := address(each))))
    # Python decodes what looks encoded, line ends too, and writes it out as it then is.
    message["Subject"] = clean_line(subject)[0].replace("=?", "= ?")
    message.set_content(clean(text)[0].rstrip("\n") + "\n")
    for name, content, mime in attachments:
        main, sub = _type(mime)
        message.add_attachment(content, maintype=main, subtype=sub, filename=attachment_name(name))
    # Set earlier, it would be taken for a header of the text alone.
    message["Content-Language"] = re.sub("[^A-Za-z0-9-]", "-", language)
    return message.as_bytes()


def address(text: str) -> str | None:
    """An address as a header carries it, or None for a text that is none. Names of domains may be Japanese."""
    local, _at, domain = unicodedata.normalize("NFKC", text).strip().rpartition("@")
    try:
        host = domain.encode("idna").decode("ascii")
    except UnicodeError:
        return None
    if not re.fullmatch(rf"{_WORD}(?:\.{_WORD})*", local) or len(local) > 64:
        return None
    if not re.fullmatch(rf"{_LABEL}(?:\.{_LABEL})+", host) or len(host) > 189:
        return None
    return f"{local}@{host}"


def attachment_name(text: str) -> str:
    """A file's name that is safe on every system: no folders, nothing invisible, no device."""
    shown = "".join(
        "" if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp") else character
        for character in unicodedata.normalize("NFC", text)
    )
    plain = re.sub(r'[<>:"|?*]', "_", " ".join(re.split(r"[/\\]", shown)[-1].split())).strip(" .")
    suffix = PurePath(plain).suffix
    suffix = suffix if len(suffix) <= LONGEST_SUFFIX else ""
    plain = plain.removesuffix(suffix)[: MOST_IN_NAME - len(suffix)].rstrip(" .") + suffix
    if not plain.strip("._ "):
        return _("Attachment")
    return f"_{plain}" if _RESERVED.match(plain) else plain


def mime_of(name: str) -> str:
    """The MIME type that a file's name tells."""
    return MIME.get(PurePath(name).suffix.lower(), BINARY)


def _type(mime: str) -> tuple[str, str]:
    token = r"[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,126}"
    # What has parts of its own must not be encoded, and would be taken apart.
    if not re.fullmatch(f"{token}/{token}", mime) or mime.lower().startswith(("multipart/", "message/")):
        mime = BINARY
    main, sub = mime.lower().split("/")
    return main, sub


def minutes_mail(
    workspace: Any,
    meeting: Meeting,
    attachment: Path | bytes,
    name: str,
    language: str,
    audience: str = INTERNAL,
    marking: str = "",
) -> tuple[bytes, list[str]]:
    """A draft to all who were present, with the minutes attached; and sentences about those it cannot reach.

    `marking` is that of the minutes, with which the text begins too.

    It says what the audience may see of the meeting; to whom it goes, and what is attached, is the officer's choice.
    Raises `ExportError` where the attachment cannot be read, or the meeting is not for the audience.
    """
    content = attachment if isinstance(attachment, bytes) else _read(attachment)
    to, told = reached(meeting, theirs=audience != INTERNAL)
    with speaking(language), seen(workspace, audience, meeting) as (shown,):
        day = format_date(shown.on, "long")
        subject = _("Minutes: {title}, {date}").format(title=shown.title, date=day)
        text = "\n\n".join(
            [
                _("Dear colleagues,"),
                _(
                    "Thank you again for our meeting “{title}” of {date}. Please find its minutes attached; we should"
                    " be grateful for any comment or correction you may have."
                ).format(title=shown.title, date=day),
                signature(workspace),
            ]
        )
        text = handling.above(marking_of(workspace, marking, audience), text)
        made = draft(
            to=to, subject=subject, text=text, attachments=[(name, content, mime_of(name))], language=language
        )
    return made, told


def signature(workspace: Any) -> str:
    """How a letter of the officer ends, in the language spoken: their own script for a Japanese reader."""
    officer = workspace.officer
    name = ""
    if officer is not None:
        name = (officer.own_name if i18n.language() == "ja" else "") or officer.name
    return "\n".join(part for part in (_("With kind regards,"), name, workspace.facts.post) if part)


def reached(meeting: Meeting, *, theirs: bool = False) -> tuple[list[str], list[str]]:
    """The addresses of those who were present, and sentences about those who have none; `theirs` leaves out our own
    side, whose addresses are not for others."""
    to, without, wrong = [], [], []
    for attendance in [each for each in meetings.attendance(meeting) if each.presence == "present"]:
        if theirs and attendance.side in OURS:
            continue
        person = Person.get_or_none(Person.id == attendance.person_id) if attendance.person_id else None
        if person is None or not person.email:
            without.append(person.name if person else attendance.name)
        elif address(person.email) is None:
            wrong.append(captioned(person.name, person.email))
        else:
            to.append(person.email)
    return to, unreached(without, wrong)


def unreached(without: list[str], wrong: list[str]) -> list[str]:
    """What to say of people who have no address, or one to which no mail can go."""
    told = []
    if without:
        told.append(
            _("No e-mail address is known of {names}; the draft does not go to them.").format(
                names=join_list(without)
            )
        )
    if wrong:
        told.append(
            _("No mail can go to these addresses, which the draft leaves out: {addresses}.").format(
                addresses=join_list(wrong)
            )
        )
    return told


def _read(path: Path) -> bytes:
    saving.spare(path)
    try:
        return path.read_bytes()
    except OSError as error:
        raise ExportError(_("{path} could not be read: {why}.").format(path=path, why=why(error))) from None


def save(content: bytes, path: Path, replace: bool = False) -> Path:
    """Write a draft or a calendar to a file of the officer's own; returns the path. Raises `ExportError`."""
    target = saving.place(path)
    if target.exists() and not replace:
        raise ExportError(_("{path} exists already; choose another name.").format(path=target))
    with saving.replacing(target) as file:
        file.write(content)
    return target

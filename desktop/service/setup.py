"""Setting a workspace up: whose post it is, who works there, what it starts with."""

from __future__ import annotations

import re
import uuid
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from desktop.countries import is_country
from desktop.i18n import _, parse_date
from desktop.model import Invalid, Organisation, Person
from desktop.model import field as model_field
from desktop.model.dates import is_zone
from desktop.service import catalogue
from desktop.service import facts as facts_table
from desktop.service.facts import Facts
from desktop.service.workspace import Workspace

SOURCE = "setup"


@dataclass(frozen=True)
class Officer:
    """An officer of the post, as the first start asks for one."""

    name: str
    own_name: str = ""
    email: str = ""
    title: str = ""


@dataclass(frozen=True)
class Answers:
    """What a first start asks: the post, the governments (alpha-2 codes), the officers, and who is at the desk."""

    post: str
    country: str
    zone: str
    own_government: str
    partners: Sequence[str] = ()
    accreditations: Sequence[str] = ()
    officers: Sequence[Officer] = field(default_factory=list)
    me: int = 0
    catalogue: bool = True


def made(path: Path, answers: Answers, passphrase: str | None = None) -> Workspace:
    """A new workspace file, set up; raises `Invalid` or `StoreError`, and leaves no half-made file."""
    workspace = Workspace.create(path, passphrase=passphrase)
    try:
        set_up(workspace, answers)
    except BaseException:
        workspace.close()
        for suffix in ("", "-wal", "-shm", ".witness"):
            Path(f"{path}{suffix}").unlink(missing_ok=True)
        raise
    return workspace


def set_up(workspace: Workspace, answers: Answers) -> None:
    """Write the answers into a new workspace, load the catalogue if asked, and sign in; raises `Invalid`."""
    check(answers)
    facts = _facts(answers)
    with workspace.operation(_("Set up the workspace"), source=SOURCE) as writing:
        facts_table.write(writing, facts)
    if answers.catalogue:
        # Before anything else, so that its records have the same references in every office; an operation of
        # its own, so that it can be taken back alone.
        catalogue.load(workspace)
    with workspace.operation(_("Add the post and its officers"), source=SOURCE) as writing:
        # The facts first: whose side the post is on follows from them.
        facts_table.write(writing, replace(facts, post_uid=str(uuid.uuid4())))
        post = writing.create(
            Organisation,
            # Its name stands on the cover of whatever it sends: that it exists is no secret.
            {
                "name": facts.post,
                "kind": "embassy",
                "country": facts.own_government,
                "visibility": "public",
            },
            uid=workspace.facts.post_uid,
        )
        people = [
            writing.create(Person, {**asdict(officer), "organisation": post.id, "officer": 1})
            for officer in answers.officers
        ]
    workspace.sign_in(people[answers.me].uid if people else "")


def check(answers: Answers) -> None:
    """Raise `Invalid` for the first answer that cannot be taken; before a file is made."""
    if not is_country(answers.country):
        raise Invalid(_("Choose a country."), "country")
    _check_facts(_facts(answers))
    for officer in answers.officers:
        try:
            for name, value in asdict(officer).items():
                model_field(Person, name).check(value)
        except Invalid as error:
            raise Invalid(str(error), "officers") from None
    if answers.officers and not 0 <= answers.me < len(answers.officers):
        raise Invalid(_("Say which of the officers you are."), "me")


def _facts(answers: Answers) -> Facts:
    return Facts(
        post=answers.post.strip(),
        zone=answers.zone,
        own_government=answers.own_government,
        partners=tuple(answers.partners),
        accreditations=tuple(dict.fromkeys((answers.country, *answers.accreditations))),
    )


def _check_facts(facts: Facts) -> None:
    if not facts.post.strip():
        raise Invalid(_("Give the name of the post."), "post")
    if not is_country(facts.own_government):
        raise Invalid(_("Choose a country."), "own_government")
    for name in ("partners", "accreditations"):
        for code in getattr(facts, name):
            if not is_country(code):
                raise Invalid(_("“{code}” is not a country.").format(code=code), name)
    if not is_zone(facts.zone):
        raise Invalid(
            _("“{zone}” is not a time zone; write it as America/Santiago.").format(zone=facts.zone), "zone"
        )
    days("\n".join(facts.closed_days))


def days(text: str) -> tuple[str, ...]:
    """The days of a text, parted by lines, commas or semicolons, in order; raises `Invalid` for one that is none."""
    found = set()
    for word in filter(None, (each.strip() for each in re.split(r"[\n,;、；]", text))):
        try:
            found.add(parse_date(word).isoformat())
        except ValueError as error:
            raise Invalid(str(error), "closed_days") from None
    return tuple(sorted(found))


def change_facts(workspace: Workspace, **changed: Any) -> None:
    """Change the workspace's own facts (fields of `Facts`); sides and directions follow. Raises `Invalid`."""
    given: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in changed.items()}
    facts = replace(workspace.facts, **given)
    _check_facts(facts)
    with workspace.operation(_("Change the workspace’s settings")) as writing:
        facts_table.write(writing, facts)
        post = Organisation.get_or_none(Organisation.uid == facts.post_uid)
        if post is not None:
            writing.change(post, {"name": facts.post, "country": facts.own_government})

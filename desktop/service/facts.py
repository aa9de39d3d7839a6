"""The workspace's own facts: whose post this is, where, accredited to whom; and what follows from them."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from desktop.model import Fact
from desktop.model.organisation import GOVERNMENTAL

if TYPE_CHECKING:
    from desktop.service.operation import Writing


@dataclass(frozen=True)
class Facts:
    """What a workspace knows of its post. Countries are ISO 3166 alpha-2 codes."""

    post: str = ""
    """The post's name, such as `Embassy of Japan in Chile`."""
    post_uid: str = ""
    """The uid of the organisation that is the post."""
    zone: str = "UTC"
    """IANA time zone of the post: today and overdue follow it."""
    own_government: str = ""
    partners: tuple[str, ...] = ()
    """Partner governments."""
    accreditations: tuple[str, ...] = ()
    """All countries of accreditation; the first one is the host."""
    marking: str = ""
    """The handling marking that workbooks carry unless another is chosen."""
    closed_days: tuple[str, ...] = ()
    """Days on which the post is closed beside the public holidays, as dates."""
    extra: dict[str, Any] = field(default_factory=dict)
    """Facts of a newer program, kept as they are."""

    def side(self, uid: str, kind: str, country: str) -> str:
        """On whose side an organisation of this kind and country stands; '' where the kind is not known."""
        if uid and uid == self.post_uid:
            return "post"
        if not kind:
            return ""
        if kind in ("international", "forum") or (kind == "development_bank" and not country):
            return "international"
        if kind in GOVERNMENTAL or kind == "development_bank":
            if country and country == self.own_government:
                return "capital"
            if country in self.partners:
                return "partner"
            if country in self.accreditations:
                return "host"
            return "third"
        return "private"


DIRECTION_OF_SIDE = {"post": "us", "capital": "capital", "partner": "partner", "host": "host"}
"""Who owes, by the side of the organisation that owes; all others owe as `other`."""


def read() -> Facts:
    """The facts of the open workspace."""
    known = set(Facts.__dataclass_fields__)
    values: dict[str, Any] = {"extra": {}}
    # An export's facts have a colon in their name and are read by `reports`.
    rows: Any = Fact.select(Fact.name, Fact.value).where(~Fact.name.contains(":"))
    for name, text in list(rows.tuples()):
        value = json.loads(text)
        if name in known:
            values[name] = tuple(value) if isinstance(value, list) else value
        else:
            values["extra"][name] = value
    return Facts(**values)


def as_rows(facts: Facts) -> dict[str, str]:
    """Name and JSON of each fact, as the table keeps them."""
    values = asdict(facts)
    values.update(values.pop("extra"))
    return {name: json.dumps(value, ensure_ascii=False) for name, value in values.items()}


def write(writing: Writing, facts: Facts) -> None:
    """Keep the workspace's own facts, within an operation; what it creates from then on follows them."""
    for name, value in as_rows(facts).items():
        row = Fact.get_or_none(Fact.name == name)
        if row is None:
            writing.create(Fact, {"name": name, "value": value})
        else:
            writing.change(row, {"value": value})
    writing.workspace.facts = facts

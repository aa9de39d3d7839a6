"""The step of a record's trail that leads to where it stands in its source: into the text, where there is one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from desktop.model import RECORDS, Source
from desktop.service import passages
from desktop.ui.named import named
from desktop.ui.passages.strip import OPENING
from desktop.ui.record.recordrow import RecordButton
from desktop.ui.record.summaries import Summary


@dataclass(frozen=True)
class Place(Summary):
    """A source, and the record that stands in it."""

    kind: str = ""
    subject: int = 0


def place_of(record: Any, source: Any, words: str) -> Place:
    """The step of a record to its source."""
    return Place(Source, source.id, "", words, "", kind=record.key(), subject=record.id)


class PlaceButton(RecordButton):
    """Leads to the passage, else to the section and paragraph, else to the source."""

    def _go(self) -> None:
        source = self.summary.record()
        entity: Any = RECORDS[self.summary.kind]
        record = entity.get_or_none(entity.id == self.summary.subject)
        if source is None or record is None or passages.newest(source) is None:
            super()._go()
            return
        named(f"{OPENING}:open_text")(self.context, self, source, record)

"""The kinds of records by the words that people type for them."""

from __future__ import annotations

from desktop.i18n import _, join_parts
from desktop.model import ENTITIES, Entity, Invalid

IRREGULAR = {"people": "person", "organizations": "organisation", "organization": "organisation"}


def kind_of(word: str) -> type[Entity]:
    """The entity of a kind in singular or plural, such as `follow-ups`; raises `Invalid`."""
    wanted = word.strip().lower().replace("-", "_").replace(" ", "_")
    wanted = IRREGULAR.get(wanted, wanted)
    for entity in ENTITIES:
        if wanted in (entity.key(), entity.key() + "s"):
            return entity
    known = join_parts(*(entity.key().replace("_", "-") for entity in ENTITIES))
    raise Invalid(_("There is no kind “{word}”; there are: {known}.").format(word=word, known=known))

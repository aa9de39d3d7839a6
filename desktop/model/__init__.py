"""What is tracked: one module an entity, its fields declared once.

To add an entity: a module, its name in `ENTITIES`, a migration.
"""

from desktop.model.attachment import Attachment, Blob
from desktop.model.base import Alias, Entity, Record, Subject, database, field, fields, journalled, sets
from desktop.model.follow_up import FollowUp
from desktop.model.frozen_report import FrozenReport
from desktop.model.import_mapping import ImportMapping
from desktop.model.initiative import Initiative
from desktop.model.journal import Change, Counter, Fact, Operation
from desktop.model.kinds import Invalid
from desktop.model.layout import LabelPack, Layout
from desktop.model.meeting import Meeting
from desktop.model.minutes import AgendaItem, MinutesVersion, Point
from desktop.model.organisation import Organisation
from desktop.model.parts import Attendance, Extension, Link, Update
from desktop.model.passage import Edition, Quote
from desktop.model.person import Person
from desktop.model.recommendation import Recommendation
from desktop.model.saved_view import SavedView
from desktop.model.sector import Sector
from desktop.model.series import Series
from desktop.model.sets import SETS
from desktop.model.snooze import Snooze
from desktop.model.source import Source
from desktop.model.summaries import SUMMARIES

ENTITIES: tuple[type[Entity], ...] = (
    Source,
    Sector,
    Organisation,
    Person,
    Recommendation,
    Initiative,
    Series,
    Meeting,
    FollowUp,
)
"""What has a page, a sheet and a place on the command line, each after those that it refers to."""

PARTS: tuple[type[Record], ...] = (
    Fact,
    Update,
    Link,
    Extension,
    Attendance,
    AgendaItem,
    Point,
    MinutesVersion,
    Attachment,
    Edition,
    Quote,
    SavedView,
    FrozenReport,
    Layout,
    LabelPack,
    ImportMapping,
)
"""What the journal keeps beside the entities."""

TABLES = (Subject, *ENTITIES, *PARTS, *SETS, Operation, Change, Counter, Alias, Blob, Snooze, *SUMMARIES)
"""All tables, each after those that it refers to."""

RECORDS: dict[str, type[Record]] = {record.key(): record for record in (*ENTITIES, *PARTS)}
"""Everything journalled, by its name in the journal."""

__all__ = [
    "ENTITIES",
    "PARTS",
    "RECORDS",
    "SETS",
    "SUMMARIES",
    "TABLES",
    "AgendaItem",
    "Alias",
    "Attachment",
    "Attendance",
    "Blob",
    "Change",
    "Counter",
    "Edition",
    "Entity",
    "Extension",
    "Fact",
    "FollowUp",
    "FrozenReport",
    "ImportMapping",
    "Initiative",
    "Invalid",
    "LabelPack",
    "Layout",
    "Link",
    "Meeting",
    "MinutesVersion",
    "Operation",
    "Organisation",
    "Person",
    "Point",
    "Quote",
    "Recommendation",
    "Record",
    "SavedView",
    "Sector",
    "Series",
    "Snooze",
    "Source",
    "Subject",
    "Update",
    "database",
    "field",
    "fields",
    "journalled",
    "sets",
]

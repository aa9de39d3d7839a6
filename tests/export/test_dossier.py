"""The dossier of a country: what stands in it, in which order and language, and that it keeps to two pages."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from docx import Document as Word
from pypdfium2 import PdfDocument

from desktop.export.documents.cells import MOST, short
from desktop.export.documents.content import Document, Heading, Paragraph, Table
from desktop.export.documents.dossier import dossier
from desktop.export.documents.fitting import Section, fitted
from desktop.export.documents.saving import save
from desktop.export.errors import ExportError
from desktop.export.request import Request
from desktop.i18n import LANGUAGES, language
from desktop.model import FollowUp, Initiative, Organisation, Person, Recommendation
from desktop.service import country, meetings, progress, records
from desktop.service.apart import apart
from desktop.service.workspace import Workspace
from tests.export.conftest import JAPANESE, LONG

REQUEST = Request(language="en", marking="RESTRICTED", prepared_by="Kenji Sato")


def headings(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Heading)]


def text(spans: Any) -> str:
    return "".join(span.shown for span in spans)


def rows(document: Document, title: str) -> list[list[str]]:
    """The cells of the table under a heading."""
    place = next(n for n, b in enumerate(document.blocks) if isinstance(b, Heading) and b.text == title)
    table = document.blocks[place + 1]
    assert isinstance(table, Table)
    return [[text(cell) for cell in table.cells(n)] for n in range(len(table.rows))]


def fill(workspace: Workspace) -> None:
    """More of everything than two pages hold, in long words and in Japanese."""
    add = lambda entity, **values: records.add(workspace, entity, values)  # noqa: E731
    ours = Organisation.get(Organisation.acronym == "CORFO")
    for n in range(30):
        person = add(Person, name=f"Person {n}", own_name="佐藤健二", title=LONG[:90], organisation=ours.id)
        made = add(Recommendation, title=f"{JAPANESE[:40]} {n}", countries={"CL"})
        progress.report(workspace, made, status="in_progress", done=LONG, next=JAPANESE)
        add(
            Initiative,
            name=f"{LONG[:60]} {n}",
            countries={"CL"},
            partners={ours.id},
            value="2500000.5",
            currency="JPY",
        )
        for end in ("owed_by", "owed_to"):
            day = (dt.date(2026, 10, 1) + dt.timedelta(days=n)).isoformat()
            add(FollowUp, title=f"{LONG[20:90]} {n}", due_on=day, raised_on="2026-06-01", **{end: ours.id})
        for on in (f"2026-10-{n + 1:02d}", f"2026-12-{n + 1:02d}"):
            meetings.log_meeting(
                workspace,
                {
                    "title": LONG[:80],
                    "on": on,
                    "country": "CL",
                    "counterparts": {ours.id},
                    "place": "Santiago",
                },
                [meetings.Attendee(person=person.id)],
            )


def test_what_stands_in_it(workspace: Workspace) -> None:
    made = dossier(workspace, "CL", REQUEST)
    assert made.title == "Chile: dossier"
    assert made.subtitle == "Embassy of Japan in Chile · As of 21 Nov 2026 · Prepared by: Kenji Sato"
    assert (made.marking, made.as_of, made.language) == ("RESTRICTED", "As of 21 Nov 2026", "en")
    # Where there is nothing, there is no heading: no meeting is planned, nobody of CORFO is in the directory.
    assert headings(made) == ["Recommendations", "Initiatives", "Owed by the other sides", "Last contacts"]
    sentence, colours = (text(block.spans) for block in made.blocks[:2] if isinstance(block, Paragraph))
    assert sentence.startswith("3 recommendations, 1 initiative, ")
    assert sentence.endswith("; last contact on 12 Jul 2026.")
    assert "● 2 Green" in colours
    assert "Grey" not in colours.replace("○ 1 Grey", "")
    found = rows(made, "Recommendations")
    assert {row[0] for row in found} == {"WC-2024-1A", "WC-2024-1B", "WC-2024-1C"}, "asks are not counted"
    told = next(row for row in found if row[0] == "WC-2024-1A")
    assert told[2:4] == ["In progress", "● Green"]
    assert told[4].startswith("2026-10-05 The ministry has circulated")
    ((_ref, name, stage, rag),) = rows(made, "Initiatives")
    assert name == "Humboldt Cable\nDFC, USD 1,234,567.50"
    assert (stage, rag[0]) == ("Under way", "▲")
    assert rows(made, "Last contacts") == [
        ["2026-07-12", "Call on the Minister", "CORFO, John Whitfield; Ricardo Muñoz", "Santiago"]
    ]


def test_commitments_stand_both_ways_the_first_due_first(workspace: Workspace) -> None:
    for day in ("2026-12-24", "", "2026-12-01"):
        values = {"title": f"Ours of {day}", "due_on": day or None, "countries": {"CL"}}
        records.add(workspace, FollowUp, values)
    made = dossier(workspace, "CL", REQUEST)
    assert [row[3] for row in rows(made, "Owed by us")] == ["2026-12-01", "2026-12-24", ""]
    days = [row[3] for row in rows(made, "Owed by the other sides")]
    assert days == sorted(days)
    sides = {row[2] for row in rows(made, "Owed by the other sides")}
    assert sides <= {"METI", "DFC", "CORFO"}
    assert len(sides) > 1
    assert any("\nIn progress" in row[1] for row in rows(made, "Owed by the other sides"))


@pytest.mark.parametrize("reader", list(LANGUAGES))
def test_it_speaks_the_readers_language(workspace: Workspace, reader: str) -> None:
    before = language()
    made = dossier(workspace, "CL", Request(language=reader))
    assert language() == before
    assert made.language == reader
    assert made.title.startswith({"en": "Chile", "ja": "チリ", "es": "Chile", "pt": "Chile"}[reader])
    expected = {"en": "Recommendations", "ja": "提言", "es": "Recomendaciones", "pt": "Recomendações"}
    assert headings(made)[0] == expected[reader]


def test_a_country_of_which_nothing_is_known(workspace: Workspace) -> None:
    made = dossier(workspace, "FR", REQUEST)
    assert [text(block.spans) for block in made.blocks if isinstance(block, Paragraph)] == [
        "Nothing that concerns France has been entered yet."
    ]
    assert len(made.blocks) == 1


def test_a_day_that_is_none_and_a_marking_that_is_too_long(workspace: Workspace) -> None:
    with pytest.raises(ExportError, match="is not a day"):
        dossier(workspace, "CL", Request(as_of="yesterday"))
    with pytest.raises(ExportError, match="characters are too many"):
        dossier(workspace, "CL", Request(marking="x" * 201))


@pytest.mark.parametrize("reader", ["en", "ja"])
def test_it_keeps_to_two_pages_and_says_what_it_leaves_out(
    workspace: Workspace, tmp_path: Path, reader: str
) -> None:
    fill(workspace)
    made = dossier(workspace, "CL", Request(language=reader))
    word, pdf = tmp_path / "CL.docx", tmp_path / "CL.pdf"
    save(made, word)
    assert len(Word(str(word)).tables) == len(headings(made)) == 7
    # The printer is Qt's: in a process of its own, as on the command line.
    asked = [sys.executable, "-m", "desktop", "--home", str(tmp_path / "home"), "--workspace"]
    file = str(workspace.engine.path)
    subprocess.run([*asked, file, "dossier", "chile", str(pdf), "--in", reader], check=True, timeout=60)
    assert len(PdfDocument(pdf)) == 2
    with apart(workspace) as seen:
        known = country.view(seen, "CL")
    parts = (known.recommendations, known.initiatives, known.commitments["us"], None, known.planned)
    counts = [part.count if part else known.open - known.commitments["us"].count for part in parts]
    counts += [known.contacts.count, known.people.count]
    shown = [len(block.rows) for block in made.blocks if isinstance(block, Table)]
    more = [
        int("".join(filter(str.isdigit, text(b.spans)))) for b in made.blocks[2:] if isinstance(b, Paragraph)
    ]
    assert [s + m for s, m in zip(shown, more, strict=True)] == counts
    assert min(shown) >= 1


def test_tables_share_the_room() -> None:
    def section(title: str, count: int) -> Section:
        cells = tuple(((),) for _n in range(min(count, 10)))
        return Section(title, Table(("A",), cells), count)

    def shown(room: float) -> list[int]:
        return [
            len(block.rows)
            for block in fitted((section("Few", 2), section("Many", 50)), room)
            if isinstance(block, Table)
        ]

    assert shown(0) == [1, 1]
    assert shown(20) == [2, 4]
    assert shown(1000) == [2, 10]
    last = fitted((section("Many", 50),), 1000)[-1]
    assert isinstance(last, Paragraph)
    assert text(last.spans) == "and 40 more"
    assert fitted((section("None", 0),), 100) == []


def test_a_long_text_is_cut_between_words() -> None:
    assert short("A few words") == "A few words"
    assert short(" on\ntwo  lines ") == "on two lines"
    cut = short(LONG * 3)
    assert cut.endswith("…")
    assert LONG.startswith(cut[:-1])
    assert LONG[len(cut) - 1] in " ,;:."
    japanese = short(JAPANESE * 3)
    assert MOST / 100 - 3 < len(japanese) <= MOST / 100 + 1

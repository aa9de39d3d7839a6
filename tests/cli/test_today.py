"""The day on the command line: the figures and the first of each list."""

from __future__ import annotations

import json

from .conftest import Juntos


def test_the_day_as_tables(juntos: Juntos) -> None:
    for values in (
        ("title=Send the terms", "raised_on=2020-07-12", "due_on=2020-08-01"),
        ("title=Answer the note", "raised_on=2020-07-12", "due_on=2999-08-01"),
    ):
        assert juntos("add", "follow-up", *values).code == 0
    assert juntos("add", "initiative", "name=Cable", "stage=idea", "value=12.5", "currency=USD").code == 0
    told = juntos("today")
    assert told.code == 0, told.err
    lines = told.out.splitlines()
    assert "Overdue: 1" in lines
    assert any(line.startswith("FU-") and "Send the terms" in line for line in lines)
    assert "Answer the note" not in told.out
    assert any(line.split()[:2] == ["Idea", "1"] and "USD 12.50" in line for line in lines)
    assert lines[-1] == "Changes in the last year: 3. Days with changes: 1."


def test_the_day_as_json(juntos: Juntos) -> None:
    juntos("add", "follow-up", "title=Send the terms", "raised_on=2020-07-12", "due_on=2020-08-01")
    juntos("add", "initiative", "name=Cable", "stage=idea", "value=12.5", "currency=USD")
    juntos("add", "recommendation", "title=Lay cables", "status=stalled")
    day = json.loads(juntos("today", "--format", "json").out)
    assert day["lists"]["overdue"]["count"] == 1
    assert day["lists"]["overdue"]["first"][0]["title"] == "Send the terms"
    assert day["recommendations_by_rag"] == {"red": 1, "amber": 0, "green": 0, "grey": 0}
    assert len(day["follow_ups_by_week"]) == 26
    assert [(each["we_owe"], each["owed_to_us"]) for each in day["overdue_by_counterpart"]] == [(1, 0)]
    stage = day["pipeline_by_stage"][0]
    assert stage == {"stage": "idea", "count": 1, "values": {"USD": "12.5"}, "without_value": 0}
    assert sum(day["activity"].values()) == 3

"""The catalogue is whole, its references lead somewhere and its values are valid."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal
from importlib import import_module
from typing import Any

import pytest

from desktop.countries import is_country
from desktop.i18n import parse_fuzzy_date
from desktop.model import scales
from tests.data.anchors import KINDS, Record

Catalogue = dict[str, list[Record]]

#: Fields that hold keys of other records, by the kind of these.
POINTERS = {
    "source": "source",
    "parent": None,  # of the record's own kind
    "successor": "organisation",
    "organisation": "organisation",
    "addressees": "organisation",
    "partners": "organisation",
    "counterparts": "organisation",
    "attendees": "person",
    "sectors": "sector",
}
COUNTRIES = ("country", "countries", "partner_countries")
CHOICES = {
    ("organisation", "kind"): scales.ORGANISATION_KIND,
    ("recommendation", "level"): scales.LEVEL,
    ("initiative", "type"): scales.INITIATIVE_TYPE,
    ("initiative", "stage"): scales.STAGE,
    ("meeting", "kind"): scales.MEETING_KIND,
    ("meeting", "state"): scales.MEETING_STATE,
    ("link", "relation"): scales.RELATION,
}
#: What stands in the files and is no field of the model.
BESIDES = {"key", "figure_rows", "found_as", "attendees", "names"}
REFS = {
    "source": r"[A-Z]+-\d{4}",
    "sector": r"SEC-\d\d",
    "organisation": r"ORG-\d{3}",
    "person": r"PER-\d{3}",
    "recommendation": r"WC-2024-\d([A-C](\.\d)?)?|IAD-2020-\d(\.\d)?",
    "initiative": r"(WC-2024|IAD-2020)-I\d\d",
    "meeting": r"(WC-2024|IAD-2020)-M\d\d",
}
ENDS = {
    "advances": {("initiative", "recommendation")},
    "builds_on": {("recommendation", "recommendation")},
    "part_of": {("initiative", "initiative")},
    "discussed": {("meeting", "initiative"), ("meeting", "recommendation")},
}
#: Fields without which a record is not worth having.
NEEDED = {
    "source": ("title", "author", "publisher", "published_on", "link", "language"),
    "sector": ("name", "notes"),
    "organisation": ("name", "kind", "source", "section"),
    "person": ("name", "title", "source", "section", "paragraph"),
    "recommendation": ("title", "level", "summary", "source", "section"),
    "initiative": ("name", "type", "stage", "sectors", "description", "source", "section", "paragraph"),
    "meeting": ("title", "kind", "on", "purpose", "state", "historic", "source", "section", "paragraph"),
    "link": ("from_kind", "from", "to_kind", "to", "relation", "note"),
}


def every(catalogue: Catalogue) -> list[tuple[str, Record]]:
    return [(kind, record) for kind, records in catalogue.items() for record in records]


def as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


# ---- what must be there


def test_counts(catalogue: Catalogue) -> None:
    levels = Counter(record["level"] for record in catalogue["recommendation"])
    assert (levels["heading"], levels["recommendation"]) == (2, 9)
    assert levels["ask"] >= 20
    figure = [record for record in catalogue["initiative"] if "figure_rows" in record]
    assert len(figure) == 24
    assert len(catalogue["initiative"]) - len(figure) >= 28
    assert len(catalogue["organisation"]) >= 60
    assert len(catalogue["meeting"]) >= 12
    assert [record["key"] for record in catalogue["source"]] == ["WC-2024", "IAD-2020"]


def test_needed_fields(catalogue: Catalogue) -> None:
    missing = [
        (record.get("ref", record.get("from")), field)
        for kind, record in every(catalogue)
        for field in NEEDED[kind]
        if not record.get(field)
    ]
    assert missing == []


@pytest.mark.parametrize("kind", KINDS.values())
def test_fields_are_those_of_the_model(catalogue: Catalogue, kind: str) -> None:
    allowed = {"from_kind", "from", "to_kind", "to"} if kind == "link" else BESIDES
    model = getattr(import_module(f"desktop.model.{'parts' if kind == 'link' else kind}"), kind.title())
    unknown = {field for record in catalogue[kind] for field in record if not hasattr(model, field)} - allowed
    assert unknown == set()


@pytest.mark.parametrize("kind", [kind for kind in KINDS.values() if kind != "link"])
def test_keys_and_refs_are_unique_and_well_formed(catalogue: Catalogue, kind: str) -> None:
    for field in ("key", "ref"):
        counted = Counter(record[field] for record in catalogue[kind])
        assert [value for value, times in counted.items() if times > 1] == []
    for record in catalogue[kind]:
        assert re.fullmatch(REFS[kind], record["ref"]), record["ref"]
        assert record["key"] == record["ref"] or kind != "source"
        assert kind == "source" or re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", record["key"]), record["key"]


@pytest.mark.parametrize("kind", ["sector", "organisation", "person", "initiative", "meeting"])
def test_refs_count_up_in_the_order_of_the_file(catalogue: Catalogue, kind: str) -> None:
    last: dict[str, int] = {}
    for record in catalogue[kind]:
        series, number = re.fullmatch(r"(.*?)(\d+)", record["ref"]).groups()  # type: ignore[union-attr]
        assert int(number) == last.get(series, 0) + 1, record["ref"]
        last[series] = int(number)
        if kind in ("initiative", "meeting"):
            assert series[:-2] == record["source"], record["ref"]


# ---- what leads from record to record


def test_references_resolve(catalogue: Catalogue) -> None:
    keys = {kind: {record.get("key") for record in records} for kind, records in catalogue.items()}
    lost = [
        (record.get("ref"), field, key)
        for kind, record in every(catalogue)
        for field, target in POINTERS.items()
        for key in as_list(record.get(field, []))
        if key not in keys[target or kind]
    ]
    assert lost == []


def test_nothing_is_its_own_parent_or_named_twice_in_a_set(catalogue: Catalogue) -> None:
    for _kind, record in every(catalogue):
        assert record.get("key") not in (record.get("parent", ""), record.get("successor", ""))
        for field, value in record.items():
            if isinstance(value, list) and field != "figure_rows":
                assert len(value) == len(set(value)), (record["ref"], field)


def test_recommendations_form_the_tree_that_their_refs_say(catalogue: Catalogue) -> None:
    by_key = {record["key"]: record for record in catalogue["recommendation"]}
    order = {"heading": 0, "recommendation": 1, "ask": 2}
    for record in by_key.values():
        parent = by_key.get(record.get("parent", ""))
        if record["level"] == "heading" or (
            record["ref"].startswith("IAD") and record["level"] == "recommendation"
        ):
            assert parent is None
        else:
            assert parent is not None, record["ref"]
            assert order[parent["level"]] == order[record["level"]] - 1
            assert re.sub(r"(\.\d|[A-C])$", "", record["ref"]) == parent["ref"]


def test_asks_are_numbered_without_gaps(catalogue: Catalogue) -> None:
    asks: dict[str, list[int]] = {}
    for record in catalogue["recommendation"]:
        if record["level"] == "ask":
            asks.setdefault(record["parent"], []).append(int(record["ref"].rsplit(".", 1)[1]))
    assert len(asks) == 9
    assert all(numbers == list(range(1, len(numbers) + 1)) for numbers in asks.values())


def test_links_resolve_and_fit_their_relation(catalogue: Catalogue) -> None:
    keys = {kind: {record.get("key") for record in records} for kind, records in catalogue.items()}
    seen = Counter((link["from"], link["to"], link["relation"]) for link in catalogue["link"])
    assert [link for link, times in seen.items() if times > 1] == []
    for link in catalogue["link"]:
        pair = (link["from_kind"], link["to_kind"])
        assert link["from"] in keys[pair[0]], link
        assert link["to"] in keys[pair[1]], link
        assert link["from"] != link["to"] or pair[0] != pair[1], link
        assert pair in ENDS.get(link["relation"], {pair}), link


def test_each_recommendation_has_its_initiatives(catalogue: Catalogue) -> None:
    linked = {link["to"] for link in catalogue["link"] if link["from_kind"] == "initiative"}
    lonely = [
        record["ref"]
        for record in catalogue["recommendation"]
        if record["level"] == "recommendation" and record["key"] not in linked
    ]
    assert lonely == []


# ---- values


def test_choices_are_on_their_scales(catalogue: Catalogue) -> None:
    wrong = [
        (record.get("ref"), field, record[field])
        for (kind, field), scale in CHOICES.items()
        for record in catalogue[kind]
        if record[field] not in scale
    ]
    assert wrong == []


def test_the_officer_s_own_fields_are_left_alone(catalogue: Catalogue) -> None:
    theirs = {
        "status",
        "acceptance",
        "assessment",
        "priority",
        "owner",
        "co_owners",
        "leads",
        "rag_set",
        "uid",
    }
    assert [record["ref"] for _, record in every(catalogue) if theirs & set(record)] == []


def test_countries_are_iso_codes(catalogue: Catalogue) -> None:
    wrong = [
        (record["ref"], code)
        for _, record in every(catalogue)
        for field in COUNTRIES
        for code in as_list(record.get(field, []))
        if not is_country(code)
    ]
    assert wrong == []


def test_dates_are_dates(catalogue: Catalogue) -> None:
    for _, record in every(catalogue):
        for field in ("published_on", "founded", "on"):
            if field in record:
                assert parse_fuzzy_date(record[field]) == record[field], record["ref"]


def test_encounters_are_history(catalogue: Catalogue) -> None:
    assert {(record["state"], record["historic"]) for record in catalogue["meeting"]} == {("held", True)}


def test_amounts_have_a_currency(catalogue: Catalogue) -> None:
    for record in catalogue["initiative"]:
        assert ("value" in record) == ("currency" in record), record["ref"]
        if "value" in record:
            assert Decimal(record["value"]) > 0
            assert re.fullmatch("[A-Z]{3}", record["currency"])


def test_texts_are_tidy(catalogue: Catalogue) -> None:
    for _, record in every(catalogue):
        for field, value in record.items():
            if isinstance(value, str):
                assert value, (record["ref"], field)
                assert value == value.strip(), (record["ref"], field)
                assert "  " not in value, (record["ref"], field)
        assert record.get("own_name", "") != record.get("name"), record["ref"]


def test_words_found_in_a_document_are_a_phrase_not_a_sentence(catalogue: Catalogue) -> None:
    phrases = [record["found_as"] for record in catalogue["initiative"] if "found_as" in record]
    assert [phrase for phrase in phrases if len(phrase.split()) > 8] == []

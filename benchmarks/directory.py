"""What a workspace has before the years of work begin: the post, its officers, and whom they deal with."""

from __future__ import annotations

import datetime as dt
import random

from benchmarks import texts
from desktop.model import Organisation, Person, Recommendation, Sector
from desktop.service import setup
from desktop.service.workspace import Workspace

COUNTRIES = ("CL", "BR", "AR", "PE", "CO", "UY", "PY", "BO", "EC", "MX", "PA", "CR", "GT", "DO", "VE", "JM")
"""The first ones far more often than the last."""
FAMILY = (
    *[
        "Silva",
        "González",
        "Tanaka",
        "Müller",
        "Nuñez",
        "Satō",
        "Araújo",
        "O’Brien",
        "Suzuki",
        "Peña",
        "Ibáñez",
    ],
)
GIVEN = (
    *["Ana", "José", "Yuki", "Inês", "Søren", "Haruto", "Renée", "Luís", "Mei", "Andrés", "Zoë", "Kenji"],
)
OWN = (*["田中", "佐藤", "鈴木", "高橋", "渡辺", "伊藤", "山本", "中村"],)
ORGANISATIONS, PEOPLE, RECOMMENDATIONS = 200, 400, 30


def fill(workspace: Workspace, rng: random.Random) -> None:
    """The post, twelve officers, 200 organisations, 400 people, sectors and recommendations; by the services."""
    officers = [setup.Officer(f"{rng.choice(GIVEN)} {name}", rng.choice(OWN)) for name in (*FAMILY, "Ōkubo")]
    setup.set_up(
        workspace,
        setup.Answers(
            "Embassy of Japan in Chile",
            "CL",
            "America/Santiago",
            "JP",
            ("US",),
            ("CL", "BO"),
            officers,
            0,
            False,
        ),
    )
    with workspace.operation("Set up the directory", source="import") as writing:
        kinds = (
            "ministry",
            "agency",
            "company",
            "university",
            "international",
            "development_bank",
            "ngo",
            "embassy",
        )
        words = (
            "Digital",
            "Energía",
            "Saúde",
            "Minería",
            "通信",
            "Agrícola",
            "Finance",
            "Ciência",
            "Water",
            "教育",
        )
        organisations = [
            writing.create(
                Organisation,
                {
                    "name": f"{rng.choice(words)} {kind.replace('_', ' ')} {number}",
                    "own_name": rng.choice(OWN) + "機構" if number % 4 == 0 else "",
                    "acronym": f"{kind[0].upper()}{rng.choice('ABCDEFGHIJ')}{number:03d}"
                    if number % 3
                    else "",
                    "kind": kind,
                    "country": texts.uneven(rng, ("CL", "JP", "US", *COUNTRIES))
                    if kind != "international"
                    else "",
                },
            )
            for number, kind in ((n, rng.choice(kinds)) for n in range(1, ORGANISATIONS + 1))
        ]
        for number in range(PEOPLE):
            values = {
                "name": f"{rng.choice(GIVEN)} {rng.choice(FAMILY)} {number}",
                "own_name": rng.choice(OWN) if number % 3 == 0 else "",
                "organisation": rng.choice(organisations).id,
            }
            writing.create(Person, values)
        for name in (
            "Telecommunications",
            "Health",
            "Agriculture",
            "Energy",
            "Finance",
            "教育",
            "Mineração",
            "Agua",
        ):
            writing.create(Sector, {"name": name})
        heading = writing.create(Recommendation, {"title": "Connectivity", "level": "heading"})
        for number in range(RECOMMENDATIONS):
            values = {
                "title": texts.title(rng, texts.tongue(rng), "all partners", number),
                "parent": heading.id,
                "target_on": f"{dt.date.today().year + rng.randint(-1, 2)}-12-31",
                "status": rng.choice(("not_started", "in_progress", "stalled", "implemented")),
            }
            writing.create(Recommendation, values)

"""A tracker as an office keeps it: a sheet a month, a title over the headings, a total below, words of its own."""

from __future__ import annotations

from pathlib import Path

from openpyxl import Workbook

TITLES = [
    "No.", "Action", "Responsible / ministry", "Raised", "Deadline", "Status", "Counterpart", "Progress", "Folder",
]  # fmt: skip
MONTHS = {
    "January": [
        ("1", "Send the list of suppliers", "Sato Kenji / Ministry of Economy", "05/01/2026", "13/02/2026",
         "Underway", "MINREL", "2026-01-08: first draft sent\n2026-01-20: comments came back", "Blue folder"),
        ("2", "Share the tender calendar", "Ana Rojas / MINREL", "07/01/2026", "20/02/2026",
         "Underway", "DFC", "12 Jan 2026: shared", "Annex B"),
        ("3", "Prepare talking points on lithium", "Keiko Tanaka / Ministry of Mining", "09/01/2026", "asap",
         "Parked for now", "METI", "", ""),
    ],
    "February": [
        ("4", "Invite the cable operators", "Mori Aya", "03/02/2026", "17/03/2026", "Parked for now", "DFC", "", ""),
        ("5", "Brief the capital on tender the", "Sato Kenji", "12/02/2026", "30/03/2026", "Open", "METI", "", ""),
        ("6", "Arrange the visit to the port", "Rojas, Ana", "14/02/2026", "2 April 2026", "Open",
         "Ministerio de Relaciones Exteriore", "", "Needs a car"),
    ],
}  # fmt: skip
"""Row 6 of February is like FU-2026-003; “Parked for now” is on no scale; one deadline is no date."""


def english(path: Path) -> Path:
    """The tracker in a file."""
    book = Workbook()
    book.remove(book.active)
    for month, rows in MONTHS.items():
        sheet = book.create_sheet(month)
        sheet["A1"] = "Embassy action tracker"
        sheet.merge_cells("A1:I1")
        sheet["A2"] = "Printed on Monday"
        for number, row in enumerate([TITLES, *rows], 4):
            for column, text in enumerate(row, 1):
                sheet.cell(number, column, text or None)
        sheet.append(["Total", len(rows)])
    book.create_sheet("Legend").append(["Colours"])
    book.save(path)
    return path


SPANISH = [
    ("N.º", "Título", "Organización", "Responsable", "Fecha límite", "Estado", "Seguimiento"),
    ("1", "Enviar la nómina", "CORFO", "Pérez, Juan", "15/12/2026", "Pendiente",
     "10/10: se llamó\n23/10: respondieron\npor correo"),
    ("2", "Confirmar la sede", "Subtel", "Rojas, Pedro", "20/12/2026", "Atrasado", ""),
    ("3", "Designar contraparte", "EPE", "Núñez, Carla", "05/01/2027", "En curso", "05/10: designada"),
]  # fmt: skip
"""Surnames come first, the days of the log have no year, “Atrasado” can mean two steps."""


def spanish(path: Path) -> Path:
    """That tracker in a file."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Hoja1"
    for row in SPANISH:
        sheet.append(row)
    book.save(path)
    return path

"""Trackers as offices keep them, with our own words in them: each is written to a file by its function."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.export.intake import books


def fill(sheet: Worksheet, rows: Sequence[Sequence[Any]], first: int = 1, left: int = 1) -> None:
    """Put rows onto a sheet from this one on."""
    for number, row in enumerate(rows, first):
        for place, value in enumerate(row, left):
            if value is not None:
                sheet.cell(number, place, value)


def with_titles(folder: Path) -> Path:
    """English commitments under a merged title and blank rows, with a total and a legend below."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Tracker"
    sheet["B1"] = "Embassy of Japan in Chile"
    sheet["B2"] = "Commitments tracker – economic section"
    sheet.merge_cells("B2:I2")
    sheet["B3"] = dt.date(2026, 11, 20)
    heads = [
        "No.",
        "Action item",
        "Responsible ministry",
        "Officer",
        "Date agreed",
        "Deadline",
        "Status",
        "Progress",
    ]
    fill(sheet, [heads], 6, 2)
    rows = [
        [
            1,
            "Send the annotated draft of the memorandum",
            "Ministry of Energy",
            "Sato",
            dt.date(2026, 5, 4),
            dt.date(2026, 12, 1),
            "Ongoing",
            "2026-05-12: Draft sent.\n2026-06-03: First comments received.",
        ],
        [
            2,
            "Name a contact point for the cable",
            "Subtel",
            "Mori Aya",
            dt.date(2026, 5, 4),
            dt.date(2026, 6, 30),
            "Closed",
            "2026-06-20: Contact point named.",
        ],
        [
            3,
            "Share the list of ports",
            "Ministry of Transport",
            "Sato",
            dt.date(2026, 7, 1),
            "tbc",
            "Pending",
            "-",
        ],
        [
            4,
            "Agree on dates of the seminar",
            "CORFO",
            "Mori Aya",
            dt.date(2026, 8, 11),
            dt.date(2027, 1, 15),
            "Not yet started",
            "Waiting for the new director.",
        ],
    ]
    fill(sheet, rows, 7, 2)
    fill(sheet, [["Total", 4]], 11, 2)
    fill(
        sheet, [["Legend"], ["Closed", "the other side has confirmed"], ["Ongoing", "work has begun"]], 13, 2
    )
    path = folder / "commitments.xlsx"
    book.save(path)
    return path


def two_levels(folder: Path) -> Path:
    """Headings of two levels, merged across and down; a ministry that is merged over its rows."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"] = "Follow-up matrix"
    sheet.merge_cells("A1:G1")
    fill(
        sheet,
        [
            ["Ref", "Commitment", "Responsible", None, "Dates", None, "Status"],
            [None, None, "Ministry", "Name", "Agreed", "Due", None],
        ],
        3,
    )
    for area in ("A3:A4", "B3:B4", "C3:D3", "E3:F3", "G3:G4"):
        sheet.merge_cells(area)
    fill(
        sheet,
        [
            [
                "CL-2026-01",
                "Publish the call for tenders",
                "Ministry of Public Works",
                "Ana Silva",
                dt.date(2026, 3, 1),
                dt.date(2026, 12, 15),
                "In progress",
            ],
            [
                "CL-2026-02",
                "Translate the technical annex",
                None,
                "Luis Rojas",
                dt.date(2026, 3, 1),
                dt.date(2027, 2, 1),
                "Open",
            ],
            [
                "CL-2026-03",
                "Confirm the site visit",
                "Ministry of Mining",
                "Marta Díaz",
                dt.date(2026, 4, 9),
                dt.date(2026, 12, 20),
                "On hold",
            ],
        ],
        5,
    )
    sheet.merge_cells("C5:C6")
    path = folder / "matrix.xlsx"
    book.save(path)
    return path


def one_name_twice(folder: Path) -> Path:
    """Two columns called Date and two called Responsible."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    fill(
        sheet,
        [
            ["Task", "Date", "Responsible", "Responsible", "Date", "Status", "Remarks"],
            [
                "Prepare the visit of the delegation",
                dt.date(2026, 9, 1),
                "Sato Kenji",
                "Ministry of Foreign Affairs",
                dt.date(2026, 12, 1),
                "In progress",
                "Programme to be agreed.",
            ],
            [
                "Collect comments on the roadmap",
                dt.date(2026, 9, 8),
                "Mori Aya",
                "Ministry of Energy",
                dt.date(2026, 12, 9),
                "Open",
                None,
            ],
            [
                "Return the signed letter",
                dt.date(2026, 10, 2),
                "Sato Kenji",
                "Ministry of Finance",
                dt.date(2026, 11, 30),
                "Open",
                "The original is with the courier.",
            ],
        ],
    )
    path = folder / "tasks.xlsx"
    book.save(path)
    return path


def sheet_a_month(folder: Path) -> Path:
    """A sheet for each month, the day before the month; a hidden sheet with lists."""
    book = Workbook()
    first = book.active
    assert first is not None
    heads = ["Subject", "By whom", "Raised on", "Due by", "Status", "Update"]
    for at, (name, rows) in enumerate(
        {
            "September 2026": [
                [
                    "Draft the joint statement",
                    "METI",
                    "3/9/2026",
                    "25/11/2026",
                    "In progress",
                    "12/9: outline shared\n25/9: comments in",
                ],
                ["Book the venue", "Sato", "7/9/2026", "13/12/2026", "Done", "20/9: booked"],
            ],
            "October 2026": [
                ["Invite the companies", "JETRO", "2/10/2026", "30/11/2026", "Open", "5/10: list begun"]
            ],
            "November 2026": [
                ["Send the thank-you letters", "Mori Aya", "9/11/2026", "22/12/2026", "Not started", None]
            ],
        }.items()
    ):
        sheet = first if at == 0 else book.create_sheet()
        sheet.title = name
        sheet["A1"] = f"Actions – {name}"
        fill(sheet, [heads, *rows], 3)
    lists = book.create_sheet("Lists")
    fill(lists, [["Status"], ["Open"], ["Done"]])
    lists.sheet_state = "hidden"
    path = folder / "monthly.xlsx"
    book.save(path)
    return path


def japanese(folder: Path) -> Path:
    """Japanese headings, years of the era, a log in one cell."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "懸案一覧"
    sheet["A1"] = "対チリ経済懸案フォローアップ表"
    sheet["A2"] = "令和8年11月20日現在"
    fill(
        sheet,
        [
            ["番号", "件名", "主管省庁", "担当者", "提起日", "期限", "優先度", "対応状況", "進捗", "備考"],
            [
                1,
                "海底ケーブル協力覚書の草案送付",
                "総務省",
                "佐藤",
                "令和8年4月10日",
                "令和8年12月25日",
                "高",
                "対応中",
                "令和8年5月12日：草案を送付\n令和8年6月3日：先方より照会",
                "大使の関心事項",
            ],
            [
                2,
                "鉱物資源調査団の受入れ調整",
                "経済産業省",
                "Mori Aya",
                "R8.6.1",
                "R9.2.1",
                "中",
                "先方回答待ち",
                "6月20日 照会状を発出",
                None,
            ],
            [
                3,
                "水素セミナーの開催",
                "経済産業省",
                "佐藤",
                "令和8年7月",
                "令和9年3月末",
                "低",
                "未着手",
                "－",
                None,
            ],
        ],
        4,
    )
    fill(sheet, [["※ 対応状況は各担当者が毎週金曜日に更新する。"]], 9)
    path = folder / "kenan.xlsx"
    book.save(path)
    return path


def spanish_csv(folder: Path) -> Path:
    """A CSV of an old Excel: cp1252, semicolons, the day first."""
    lines = [
        "Matriz de seguimiento de compromisos;;;;;;",
        ";;;;;;",
        "N°;Compromiso;Institución responsable;Fecha del acuerdo;Plazo;Estado;Observaciones",
        "1;Enviar la nómina;Subsecretaría de Telecomunicaciones;03/04/2026;15/12/2026;En curso;Falta señal",
        "2;Organizar la misión técnica;Ministerio de Energía;05/06/2026;30/11/2026;Pendiente;",
        "3;Publicar la guía para la pequeña minería;Ministerio de Minería;10/02/2026;01/07/2026;Cumplido;Ya publicada",
        "4;Revisar el arancel;Ministerio de Hacienda;11/08/2026;sin plazo;Por definir;",
    ]
    path = folder / "compromisos.csv"
    path.write_bytes("\r\n".join(lines).encode("cp1252"))
    return path


def portuguese(folder: Path) -> Path:
    """Portuguese: name and ministry in one cell."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"] = "Acompanhamento de pendências"
    fill(
        sheet,
        [
            ["Pendência", "Responsável / Órgão", "Prazo", "Situação", "Andamento", "Prioridade"],
            [
                "Enviar a minuta do acordo",
                "João Souza / Ministério da Fazenda",
                "15/12/2026",
                "Em andamento",
                "10/11/2026: minuta circulada\n18/11/2026 - comentários recebidos",
                "Alta",
            ],
            [
                "Confirmar a visita ao porto",
                "Ana Lima / ANTAQ",
                "20/01/2027",
                "Aguardando resposta",
                "03/11/2026: ofício enviado",
                "Média",
            ],
            [
                "Indicar pontos focais",
                "Carla Reis / Ministério das Comunicações",
                "28/02/2027",
                "Não iniciada",
                None,
                "Baixa",
            ],
        ],
        3,
    )
    path = folder / "pendencias.xlsx"
    book.save(path)
    return path


def _ods_row(*cells: Any) -> str:
    def cell(value: Any) -> str:
        if value is None:
            return "<table:table-cell/>"
        if isinstance(value, dt.date):
            iso = value.isoformat()
            told = f'office:value-type="date" office:date-value="{iso}"'
            return f"<table:table-cell {told}><text:p>{iso}</text:p></table:table-cell>"
        if isinstance(value, int):
            told = f'office:value-type="float" office:value="{value}"'
            return f"<table:table-cell {told}><text:p>{value}</text:p></table:table-cell>"
        return f'<table:table-cell office:value-type="string"><text:p>{value}</text:p></table:table-cell>'

    return f"<table:table-row>{''.join(map(cell, cells))}</table:table-row>"


def pipeline_ods(folder: Path) -> Path:
    """A pipeline of projects as LibreOffice keeps it."""
    rows = [
        _ods_row("Project pipeline"),
        _ods_row(
            "Project name",
            "Type",
            "Phase",
            "Partner",
            "Country",
            "Budget (USD)",
            "Start date",
            "Next milestone",
            "Lead officer",
        ),
        _ods_row(
            "Green hydrogen pilot plant",
            "Project",
            "Feasibility study",
            "CORFO",
            "Chile",
            2500000,
            dt.date(2025, 4, 1),
            "Site agreed",
            "Sato Kenji",
        ),
        _ods_row(
            "Smart grid of the north",
            "Loan",
            "Financing",
            "Coordinador Eléctrico",
            "Chile; Peru",
            90000000,
            dt.date(2024, 9, 15),
            "Financial close",
            "Mori Aya",
        ),
        _ods_row(
            "Port training programme",
            "Programme",
            "Completed",
            "JICA",
            "Panama",
            400000,
            dt.date(2023, 1, 10),
            None,
            "Mori Aya",
        ),
    ]
    path = folder / "pipeline.ods"
    path.write_bytes(books.ods("".join(rows)))
    return path


def contacts(folder: Path) -> Path:
    """A list of contacts: `Name / Ministry`, e-mail, telephone."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Contacts"
    fill(
        sheet,
        [
            ["Name / Ministry", "Position", "E-mail", "Tel.", "Comments"],
            [
                "Ana Silva / Ministry of Energy",
                "Head of division",
                "ana.silva@example.org",
                "+56 2 2345 6789",
                "Speaks Japanese.",
            ],
            ["Luis Rojas / CORFO", "Adviser", "lrojas@example.org", "+56 2 2345 0000", None],
            [
                "Marta Díaz / Ministry of Mining",
                "Director",
                "mdiaz@example",
                "+56 9 8765 4321",
                "Left a card in May.",
            ],
        ],
    )
    path = folder / "contacts.xlsx"
    book.save(path)
    return path


def meetings(folder: Path) -> Path:
    """A log of meetings in Spanish, with times in the dates."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Reuniones 2026"
    fill(
        sheet,
        [
            ["Fecha", "Reunión", "Lugar", "Institución", "Asistentes", "Acuerdos", "Notas"],
            [
                dt.datetime(2026, 5, 12, 15, 30),
                "Visita al regulador",
                "Santiago",
                "Subtel",
                "Sato Kenji; Pedro Soto (Subtel)",
                "Enviar la minuta\nFijar la próxima reunión",
                "Se habló de la licitación.",
            ],
            [
                dt.datetime(2026, 6, 3),
                "Mesa técnica de hidrógeno",
                "Antofagasta",
                "CORFO",
                "Mori Aya",
                "Compartir el calendario",
                None,
            ],
            [
                dt.datetime(2026, 12, 9),
                "Almuerzo con la cámara",
                "Santiago",
                "Cámara Chileno Japonesa",
                None,
                None,
                None,
            ],
        ],
    )
    path = folder / "reuniones.xlsx"
    book.save(path)
    return path


def bilingual(folder: Path) -> Path:
    """Recommendations with headings in two languages, an untitled first column and sections between the rows."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    fill(
        sheet,
        [
            ["Implementation of recommendations / 提言の実施状況"],
            [],
            [
                "提言 / Recommendation",
                "主管省庁\nLead ministry",
                "実施状況\nStatus",
                "目標時期\nTarget date",
                "説明\nExplanation",
            ],
            ["A. Finance"],
            [
                "Set up a joint fund",
                "Ministry of Finance",
                "In progress",
                dt.date(2027, 3, 31),
                "Talks since March.",
            ],
            ["Simplify the guarantees", "NEXI", "Not started", dt.date(2027, 6, 30), "After the budget."],
            ["B. Skills"],
            ["Train port inspectors", "JICA", "Implemented", dt.date(2026, 5, 30), "Two courses were held."],
        ],
    )
    sheet.merge_cells("A4:E4")
    sheet.merge_cells("A7:E7")
    path = folder / "recommendations.xlsx"
    book.save(path)
    return path


ALL = (
    with_titles,
    two_levels,
    one_name_twice,
    sheet_a_month,
    japanese,
    spanish_csv,
    portuguese,
    pipeline_ods,
    contacts,
    meetings,
    bilingual,
)

"""Six more trackers as offices really have them: colours that say the status, rows of numbers, e-mails in the notes.

The words are ours; each is written to a file by its function.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import PatternFill

from tests.export.intake import books
from tests.export.intake.tracker.offices import _ods_row, fill

MAIL = (
    "From: Ana Silva <ana.silva@example.org>\nSent: Tuesday, 3 November 2026 10:12\nTo: Economic section\n"
    "Subject: RE: list of berths\n\nDear colleagues,\nthe list follows on Friday.\n\n"
    "> On 30 Oct 2026, the embassy wrote:\n> could you send us the list?"
)


def coloured(folder: Path) -> Path:
    """English: two-line headings, a status that is only a colour, blank rows and subtotals, a hidden column."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Actions 2026"
    sheet["A1"] = "ECONOMIC SECTION – ACTIONS AGREED WITH THE HOST GOVERNMENT"
    sheet.merge_cells("A1:J1")
    sheet["A2"] = "As of 20 November 2026 (updated by SATO)"
    heads = [
        "#", "Action\n(what was agreed)", "Action by", None, "Agreed\non", "Due\ndate", "RAG", "Folder code",
        "Latest\nposition", "Notes / e-mails",
    ]  # fmt: skip
    fill(sheet, [heads, [None, None, "Ministry / agency", "Contact", *[None] * 6]], 4)
    for area in ("A4:A5", "B4:B5", "C4:D4", "E4:E5", "F4:F5", "G4:G5", "H4:H5", "I4:I5", "J4:J5"):
        sheet.merge_cells(area)
    rows = [
        ["Ports", *[None] * 9],
        ["1.", "Send the list of berths with shore power", "Ministry of Transport", "Ana Silva", "4 May 26",
         "15 Dec 26", None, "ECO-17/a", "12 May 26: draft list seen\n3 Nov 26: promised for Friday", MAIL],
        [],
        ["2.", "Nominate two inspectors for the course", "Port Authority", "Luis Rojas", "4 May 26", "30 Nov 26", None,
         "ECO-17/b", "Names expected", None],
        ["Subtotal", "2 actions", *[None] * 8],
        [],
        ["Energy", *[None] * 9],
        ["3.", "Publish the rules on hydrogen storage", "Ministry of Energy", "Marta Díaz", "1 Jul 26", "31 Jan 27",
         None, "ECO-21", "14 Sep 26 – consultation opened\n  (until 14 Oct)\n20 Oct 26 – closed, 31 replies", None],
        [],
        ["4.", "Share the grid study", "Ministry of Energy", "Marta Díaz", "1 Jul 26", "asap", None, "ECO-22", None,
         "Phoned twice."],
        ["Subtotal", "2 actions", *[None] * 8],
        ["TOTAL", "4 actions", *[None] * 8],
    ]  # fmt: skip
    fill(sheet, rows, 6)
    for row, colour in ((7, "FFFFC000"), (9, "FFFF0000"), (13, "FF00B050"), (15, "FFFFC000")):
        sheet.cell(row, 7).fill = PatternFill("solid", fgColor=colour)
    sheet.column_dimensions["H"].hidden = True
    path = folder / "actions.xlsx"
    book.save(path)
    return path


def surnames(folder: Path) -> Path:
    """Spanish, from LibreOffice: surname before the given name, days without a year, the day of the sheet above."""
    rows = [
        _ods_row("EMBAJADA DEL JAPÓN – SECCIÓN ECONÓMICA"),
        _ods_row("Seguimiento de compromisos al 20 de noviembre de 2026"),
        _ods_row(None),
        _ods_row("N.º", "Título", "Organización", "Responsable", "Fecha límite", "Estado", "Seguimiento"),
        _ods_row("1", "Enviar la nómina de becarios", "Ministerio de Educación", "Pérez Soto, Juan", "15-dic-2026",
                 "Pendiente", "10/10: se llamó</text:p><text:p>03/11: respondieron que está en firma"),
        _ods_row("2", "Confirmar la sede del taller", "CORFO", "Rojas, Ana María", "20-dic-2026", "En curso",
                 "20/12: primer contacto</text:p><text:p>15/01: sede propuesta</text:p><text:p>falta el visto bueno"),
        _ods_row("3", "Designar contraparte técnica", "Ministerio de Energía", "Núñez, Pedro", "05-ene-2027",
                 "Cumplido", "12/08: designado"),
        _ods_row("4", "Revisar el borrador del memorando", "Ministerio de Hacienda", "Díaz, Marta", "por definir",
                 "Atrasado", None),
        _ods_row("Subtotal", 4),
    ]  # fmt: skip
    path = folder / "seguimiento.ods"
    path.write_bytes(books.ods("".join(rows)))
    return path


def stretched(folder: Path) -> Path:
    """Japanese: stretched headings, two levels, ○ and × for the status, officers between commas, month before day."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "令和8年度"
    sheet["B1"] = "懸　案　事　項　管　理　表"
    sheet.merge_cells("B1:J1")
    sheet["J2"] = "（令和8年11月20日現在）"
    fill(
        sheet,
        [
            ["番\n号", "件　　名", "相　手　方", None, "担　当", "期　限", "状　況", "経　過", "備　考"],
            [None, None, "機関名", "担当者", None, None, None, None, None],
        ],
        4,
        2,
    )
    for area in ("B4:B5", "C4:C5", "D4:E4", "F4:F5", "G4:G5", "H4:H5", "I4:I5", "J4:J5"):
        sheet.merge_cells(area)
    fill(
        sheet,
        [
            ["①", "港湾電化に関する情報提供", "運輸省", "ロペス次官", "佐藤", "12月25日", "対応中",
             "10/1　先方へ照会\n11/5　回答あり（一部）", "要フォロー"],
            ["②", "研修員の推薦", "教育省", "サラス局長", "森", "R8.12.10", "○",
             "9月20日 推薦状受領\n9/25 本省へ転達", None],
            ["③", "水素保安規則の公表", "エネルギー省", None, "佐藤", "令和9年1月末", "未了",
             "１０／８　意見公募終了", None],
            ["④", "共同声明の文言調整", "外務省", "ディアス課長", "佐藤、森", "未定", "継続中", None,
             "大臣往訪時に提起"],
            ["計", 4],
        ],
        6,
        2,
    )  # fmt: skip
    path = folder / "kanri.xlsx"
    book.save(path)
    return path


def portuguese_csv(folder: Path) -> Path:
    """Portuguese, UTF-8 with a mark, semicolons: cells of several lines, `(03-nov)` before each, subtotals."""
    lines = [
        "Embaixada do Japão;;;;;;",
        "Quadro de compromissos – atualizado em 20/11/2026;;;;;;",
        "Nº;Ação;Órgão;Responsável;Data limite;Situação;Andamento",
        "",
        'Energia;;;;;;',
        '1;Enviar a minuta do memorando;Ministério de Minas e Energia;Souza, João;15/12/2026;Em andamento;'
        '"(03-nov) minuta enviada\n(10-nov) comentários recebidos\nfalta o anexo"',
        '2;Indicar dois técnicos;EPE;Lima, Ana Paula;30/11/2026;Pendente;',
        "Subtotal;2;;;;;",
        "",
        "Portos;;;;;;",
        '3;Confirmar a visita;ANTAQ;Reis, Carla;20/01/2027;Não concluído;"(28-out) ofício enviado"',
        '4;Publicar o edital;Ministério de Portos;Alves, Rui;sem prazo;Concluído;"(05-ago) publicado no Diário"',
        "Subtotal;2;;;;;",
        "Total geral;4;;;;;",
    ]  # fmt: skip
    path = folder / "quadro.csv"
    path.write_bytes(b"\xef\xbb\xbf" + "\r\n".join(lines).encode("utf-8"))
    return path


def numbered(folder: Path) -> Path:
    """Spanish and English headings, a row of numbers under them, an axis that is merged down, shares done."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Matriz"
    sheet["A1"] = "MATRIZ DE ACUERDOS / MATRIX OF AGREEMENTS"
    sheet.merge_cells("A1:H1")
    fill(
        sheet,
        [
            ["Eje", "Acuerdo / Agreement", "Institución responsable / Responsible institution",
             "Fecha de acuerdo / Date agreed", "Vencimiento / Due date", "% de avance", "Estado / Status",
             "Gestiones realizadas / Actions taken"],
            ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8)"],
            ["I. Comercio", "Notificar el nuevo reglamento sanitario", "Servicio Agrícola", "03/03/2026", "30/11/2026",
             "50%", "En trámite", "15/06/2026 carta enviada\n02/09/2026 reunión técnica"],
            [None, "Reconocer los certificados electrónicos", "Aduanas", "03/03/2026", "fines de diciembre 2026", "0%",
             "No iniciado", "-"],
            ["II. Energía", "Compartir el catastro de líneas", "Ministerio de Energía", "18/05/2026", "31/01/2027",
             "100%", "Finalizado", "20/07/2026 catastro recibido"],
            [None, "Fijar la mesa de hidrógeno", "Ministerio de Energía; CORFO", "18/05/2026",
             "1er trimestre 2027", "25%", "Vencido", "Sin novedad"],
        ],
        3,
    )  # fmt: skip
    sheet.merge_cells("A5:A6")
    sheet.merge_cells("A7:A8")
    path = folder / "matriz.xlsx"
    book.save(path)
    return path


def directory(folder: Path) -> Path:
    """Contacts: surname first, letters of the alphabet between, telephones as numbers, two addresses, a hidden row."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Directory"
    fill(
        sheet,
        [
            ["CONTACT LIST (confidential)"],
            ["Printed on", dt.date(2026, 11, 18)],
            [],
            ["Last name, first name", "Organisation", "Position", "Tel.", "E-mail", "Last met"],
            ["D"],
            ["Díaz, Marta", "Ministry of Energy", "Head of division", 56223456789, "mdiaz@example.org",
             dt.date(2026, 9, 2)],
            ["P"],
            ["PÉREZ SOTO, Juan", "Ministry of Transport", "Adviser", 56223450000,
             "jperez@example.org; juan.perez@example.org", None],
            ["Prado, Luis Alberto", "CORFO", "Director", None, "lprado@example.org", dt.date(2026, 3, 9)],
            ["R"],
            ["Rojas, Ana", "Subtel", "Head of unit", 56223451111, None, None],
            [],
            ["Rojas, Carlos", "Subtel", "Retired", None, None, None],
        ],
    )  # fmt: skip
    sheet.row_dimensions[13].hidden = True
    path = folder / "directory.xlsx"
    book.save(path)
    return path


ALL = (coloured, surnames, stretched, portuguese_csv, numbered, directory)

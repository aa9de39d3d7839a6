"""Invented sentences in four languages: titles, details and outcomes as an embassy would write them.

Words are drawn unevenly, as words are: some stand in every third text, some in one of ten thousand.
"""

from __future__ import annotations

import random
from typing import NamedTuple


class Tongue(NamedTuple):
    """What the texts of one language are made of. Each pattern has {act}, {thing}, {who} and {number}."""

    patterns: tuple[str, ...]
    acts: tuple[str, ...]
    things: tuple[str, ...]
    details: tuple[str, ...]
    outcomes: tuple[str, ...]


ENGLISH = Tongue(
    patterns=(
        "{act} the {thing} with {who}",
        "{act} {who}’s comments on the {thing}",
        "{act} the {thing} before the next round with {who} (file {number})",
        "{who}: {act} the {thing}",
    ),
    acts=(
        "Send",
        "Draft",
        "Review",
        "Confirm",
        "Agree",
        "Circulate",
        "Translate",
        "Schedule",
        "Fund",
        "Brief on",
    ),
    things=(
        "feasibility study",
        "memorandum on open networks",
        "list of subsea cable landing points",
        "terms of reference",
        "training schedule for network engineers",
        "grant agreement",
        "position on trusted suppliers",
        "site visit to the data centre",
        "guarantee for the second tranche",
        "joint statement",
        "registry of pilot farms",
        "spectrum consultation",
        "cloud security guideline",
        "delegation list",
        "press line on the summit",
        "early-warning sensor tender",
        "health data protocol",
        "scholarship call",
        "customs waiver for test equipment",
        "procurement calendar",
    ),
    details=(
        "The counterpart asked for it in writing and will answer within three weeks.",
        "Figures are to be checked against the last quarterly report before anything is sent.",
        "Legal affairs has seen the draft; two clauses on liability remain open.",
        "Raised at the margins of the conference, to be taken up again at working level.",
        "Financing depends on the board’s decision, the technical annex does not.",
    ),
    outcomes=(
        "Sent by note verbale, receipt confirmed.",
        "Agreed at working level; nothing further is owed.",
        "Overtaken: the programme was merged with another one.",
    ),
)

SPANISH = Tongue(
    patterns=(
        "{act} {thing} con {who}",
        "{act} {thing} según lo acordado con {who} (expediente {number})",
        "Reunión técnica con {who}: {act} {thing}",
    ),
    acts=(
        "Enviar",
        "Redactar",
        "Revisar",
        "Confirmar",
        "Acordar",
        "Traducir",
        "Programar",
        "Financiar",
        "Preparar",
    ),
    things=(
        "el estudio de factibilidad",
        "la versión española del memorando",
        "el cronograma de capacitación",
        "la garantía del segundo tramo",
        "la nómina de la delegación",
        "el convenio de donación",
        "la política de proveedores confiables",
        "la visita al centro de datos de Quilicura",
        "la declaración conjunta",
        "el catastro de predios piloto",
        "la consulta sobre espectro radioeléctrico",
        "la licitación de sensores de alerta temprana",
        "el protocolo de datos de salud",
        "la exención aduanera de los equipos de prueba",
        "el calendario de compras públicas",
    ),
    details=(
        "La contraparte lo pidió por escrito y contestará dentro de tres semanas.",
        "Hay que cotejar las cifras con el último informe trimestral antes de enviarlo.",
        "Jurídica ya vio el borrador; quedan abiertas dos cláusulas de responsabilidad.",
        "Se planteó al margen de la conferencia y se retomará a nivel técnico.",
    ),
    outcomes=(
        "Enviado por nota verbal, con acuse de recibo.",
        "Acordado a nivel técnico; no queda nada pendiente.",
        "Superado: el programa se fusionó con otro.",
    ),
)

PORTUGUESE = Tongue(
    patterns=(
        "{act} {thing} com {who}",
        "{act} {thing} conforme combinado com {who} (processo {number})",
        "{who}: {act} {thing} até a próxima reunião",
    ),
    acts=(
        "Enviar",
        "Redigir",
        "Revisar",
        "Confirmar",
        "Acertar",
        "Traduzir",
        "Agendar",
        "Financiar",
        "Preparar",
    ),
    things=(
        "o estudo de viabilidade",
        "a versão em português do memorando",
        "o plano de formação de engenheiros",
        "a garantia da segunda parcela",
        "a lista da delegação",
        "o acordo de doação",
        "a posição sobre fornecedores confiáveis",
        "a visita ao centro de dados de São Paulo",
        "a declaração conjunta",
        "o cadastro das fazendas-piloto",
        "a consulta sobre radiofrequências",
        "a licitação de sensores de alerta",
        "o protocolo de dados de saúde",
        "a isenção alfandegária",
    ),
    details=(
        "A contraparte pediu por escrito e responderá em três semanas.",
        "Os números devem ser conferidos com o último relatório trimestral antes do envio.",
        "O jurídico já viu a minuta; duas cláusulas de responsabilidade continuam em aberto.",
        "Tratado à margem da conferência; será retomado em nível técnico.",
    ),
    outcomes=(
        "Enviado por nota verbal, recebimento confirmado.",
        "Acertado em nível técnico; nada mais está pendente.",
        "Superado: o programa foi fundido com outro.",
    ),
)

JAPANESE = Tongue(
    patterns=(
        "{who}と{thing}を{act}",
        "{thing}について{who}の意見を{act}（第{number}号）",
        "次回会合までに{thing}を{act}（{who}）",
    ),
    acts=("送付する", "起案する", "確認する", "調整する", "合意する", "翻訳する", "準備する", "検討する"),
    things=(
        "実現可能性調査",
        "海底ケーブルの覚書",
        "オープンな無線網の研修計画",
        "無償資金協力の交換公文",
        "信頼できる供給者の方針",
        "データセンターの視察",
        "第二期分の保証",
        "共同声明",
        "実証農場の一覧",
        "周波数の意見募集",
        "早期警報センサーの入札",
        "医療データの手順書",
        "代表団の名簿",
        "試験機材の免税",
    ),
    details=(
        "先方は書面での回答を求めており、三週間以内に返答がある見込み。",
        "送付前に直近の四半期報告書の数字と照合すること。",
        "法務が案文を確認済み。責任に関する二つの条項が未決。",
        "会議の合間に提起された。実務者の間で改めて協議する。",
    ),
    outcomes=(
        "口上書により送付し、受領を確認した。",
        "実務者間で合意した。残る事項はない。",
        "他の計画に統合された。",
    ),
)

TONGUES = (ENGLISH, SPANISH, PORTUGUESE, JAPANESE)
_SHARES = (40, 25, 15, 20)


def tongue(rng: random.Random) -> Tongue:
    """A language, the office's own ones more often."""
    return rng.choices(TONGUES, _SHARES)[0]


def uneven(rng: random.Random, words: tuple[str, ...]) -> str:
    """One of the words, the first ones far more often than the last."""
    return words[int(len(words) * rng.random() ** 2)]


def title(rng: random.Random, said: Tongue, who: str, number: int) -> str:
    """A title of a follow-up or meeting."""
    return rng.choice(said.patterns).format(
        act=uneven(rng, said.acts), thing=uneven(rng, said.things), who=who, number=number
    )


def details(rng: random.Random, said: Tongue, most: int) -> str:
    """One to `most` sentences."""
    return " ".join(rng.sample(said.details, rng.randint(1, min(most, len(said.details)))))

"""The words of quick entry that no record has: priorities, and the sectors of the catalogue in all languages."""

from __future__ import annotations

from desktop.text import fold

_PRIORITIES = {
    "high": "high alta alto 高 高い urgent urgente 至急",
    "medium": "medium normal media medio média médio 中 普通",
    "low": "low baja bajo baixa baixo 低 低い",
}
PRIORITIES = {fold(word): key for key, words in _PRIORITIES.items() for word in words.split()}

_SECTORS = {
    "Energy": "エネルギー, energía, energia",
    "Hydrogen and ammonia": "水素・アンモニア, 水素, アンモニア, hidrógeno y amoníaco, hidrogênio e amônia",
    "Climate": "気候変動, 気候, clima",
    "Critical minerals": "重要鉱物, 鉱物, minerales críticos, minerais críticos",
    "Telecommunications": "情報通信, 通信, 電気通信, telecomunicaciones, telecomunicações",
    "Digital economy": "デジタル経済, デジタル, economía digital, economia digital",
    "Cybersecurity": "サイバーセキュリティ, サイバー, ciberseguridad, cibersegurança, segurança cibernética",
    "Smart cities": "スマートシティ, ciudades inteligentes, cidades inteligentes",
    "Infrastructure": "インフラ, インフラストラクチャー, infraestructura, infraestrutura",
    "Project finance": "プロジェクトファイナンス, financiación de proyectos, financiamento de projetos",
    "Development cooperation": "開発協力, cooperación para el desarrollo, cooperação para o desenvolvimento",
    "Supply chains": "サプライチェーン, 供給網, cadenas de suministro, cadeias de suprimentos",
    "Economic security": "経済安全保障, 経済安保, seguridad económica, segurança econômica",
    "Trade and investment": "貿易・投資, 貿易, 投資, comercio e inversión, comércio e investimento",
    "Small and medium-sized enterprises": "中小企業, sme, smes, pymes, pequeñas y medianas empresas, pmes,"
    " pequenas e médias empresas",
    "Science and technology": "科学技術, ciencia y tecnología, ciência e tecnologia",
    "Space": "宇宙, espacio, espaço",
    "Health": "保健, 医療, salud, saúde",
    "Agriculture": "農業, agricultura",
    "Security and maritime order": "安全保障・海洋秩序, 安全保障, 海洋秩序, seguridad y orden marítimo,"
    " segurança e ordem marítima",
    "Democracy and governance": "民主主義・ガバナンス, 民主主義, democracia y gobernanza, democracia e governança",
    "Migration and stability": "移民・安定, 移民, migración y estabilidad, migração e estabilidade",
}
SECTORS = {
    fold(name): tuple(fold(word.strip()) for word in words.split(",")) for name, words in _SECTORS.items()
}
"""By the folded name of a sector; a sector of the office's own is found by the name that the office gave it."""

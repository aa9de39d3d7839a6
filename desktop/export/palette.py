"""The colours of paper: the light column of the program's palette. Each tone is a text and a ground to set it on."""

from __future__ import annotations

TEXT, MUTED, HAIRLINE, BAND, SURFACE = "1D232B", "5B6572", "DDE1E6", "F6F7F9", "FFFFFF"
ACCENT, ON_ACCENT, ACCENT_GROUND = "1F5FA8", "FFFFFF", "E8F0FA"

TONES = {
    "green": ("17713F", "E3F4EA"),
    "amber": ("8A5A00", "FFF1D6"),
    "red": ("B3261E", "FCE4E2"),
    "grey": ("5B6572", "EDEFF2"),
}
"""Text and ground of each RAG."""

SHAPES = {"green": "●", "amber": "▲", "red": "■", "grey": "○"}
"""The shape that goes with each RAG: what is left of the colour in a black-and-white copy."""

STRONG = {"green": "2E9E63", "amber": "E0A100", "red": "C8372E", "grey": "A3ACB8"}
"""The RAG as the fill of a chart: their greys differ too."""

"""The colours of the window, named by what they are for: one set for light, one for dark, and the same two for
high contrast.

Every pair that carries text keeps a contrast of at least 4.5 : 1, in high contrast 7 : 1 (`PAIRS`, held by a
test). To add a tone, add a field here and its value in each set; if text is drawn with it, add the pair to `PAIRS`.
"""

from __future__ import annotations

from typing import NamedTuple

RAGS = ("red", "amber", "green", "grey")
"""The RAG keys, in the order in which they are told: what needs attention comes first."""


class Tones(NamedTuple):
    """Colours as `#RRGGBB`. `<rag>` is the ink of a RAG, `<rag>_on` the ground it is drawn on."""

    dark: bool
    window: str
    surface: str
    raised: str
    text: str
    muted: str
    disabled: str
    hairline: str
    edge: str  # the outline of a button, which its words say already
    control: str  # the outline of what can be typed into: seen on any ground (3 : 1)
    thumb: str  # of a scroll bar
    hover: str  # the ground of a row or a flat button under the pointer
    pressed: str
    accent: str
    on_accent: str
    accent_strong: str  # the accent under the pointer
    accent_soft: str  # a wash of the accent: the page one is on, a chosen chip
    soft_edge: str  # its outline; seen only where high contrast leaves no wash
    shade: str  # the second colour of alternating rows
    green: str
    green_on: str
    amber: str
    amber_on: str
    red: str
    red_on: str
    grey: str
    grey_on: str
    high: bool = False  # high contrast: what a wash says elsewhere is said by an outline as well

    def rag(self, key: str | None) -> tuple[str, str]:
        """Ink and ground of a RAG key; whatever is no RAG gets those of grey."""
        name = key if key in RAGS else "grey"
        return getattr(self, name), getattr(self, f"{name}_on")


BLACK, WHITE = "#000000", "#FFFFFF"

LIGHT = Tones(
    dark=False,
    window="#F6F7F9",
    surface="#FFFFFF",
    raised="#FFFFFF",
    text="#1D232B",
    muted="#5B6572",
    disabled="#98A1AC",
    hairline="#DDE1E6",
    edge="#C8CED6",
    control="#868F9B",
    thumb="#C1C8D0",
    hover="#EBEEF2",
    pressed="#DFE3E8",
    accent="#1F5FA8",
    on_accent="#FFFFFF",
    accent_strong="#184E8C",
    accent_soft="#E2ECF7",
    soft_edge="#E2ECF7",
    shade="#F9FAFB",
    green="#17713F",
    green_on="#E3F4EA",
    amber="#8A5A00",
    amber_on="#FFF1D6",
    red="#B3261E",
    red_on="#FCE4E2",
    grey="#5B6572",
    grey_on="#EDEFF2",
)

DARK = Tones(
    dark=True,
    window="#1B1E23",
    surface="#22262C",
    raised="#2A2F36",
    text="#E7EAEE",
    muted="#A3ACB8",
    disabled="#69727E",
    hairline="#363C45",
    edge="#464E59",
    control="#747D89",
    thumb="#4A525D",
    hover="#2C3139",
    pressed="#363C45",
    accent="#6FA8E8",
    on_accent="#0E1A28",
    accent_strong="#8CBAEE",
    accent_soft="#263547",
    soft_edge="#263547",
    shade="#25292F",
    green="#6FD6A0",
    green_on="#17382A",
    amber="#F2C15C",
    amber_on="#3B2E12",
    red="#FF9C94",
    red_on="#45201D",
    grey="#A3ACB8",
    grey_on="#2F353D",
)

HIGH_LIGHT = Tones(
    dark=False,
    window="#FFFFFF",
    surface="#FFFFFF",
    raised="#FFFFFF",
    text="#000000",
    muted="#2B2B2B",
    disabled="#595959",
    hairline="#595959",
    edge="#000000",
    control="#000000",
    thumb="#000000",
    hover="#E6E6E6",
    pressed="#D9D9D9",
    accent="#00308F",
    on_accent="#FFFFFF",
    accent_strong="#001F5C",
    accent_soft="#DCE8FF",
    soft_edge="#00308F",
    shade="#FFFFFF",
    green="#00491C",
    green_on="#FFFFFF",
    amber="#573600",
    amber_on="#FFFFFF",
    red="#8F0000",
    red_on="#FFFFFF",
    grey="#2B2B2B",
    grey_on="#FFFFFF",
    high=True,
)

HIGH_DARK = Tones(
    dark=True,
    window="#000000",
    surface="#000000",
    raised="#000000",
    text="#FFFFFF",
    muted="#E0E0E0",
    disabled="#A6A6A6",
    hairline="#A6A6A6",
    edge="#FFFFFF",
    control="#FFFFFF",
    thumb="#FFFFFF",
    hover="#262626",
    pressed="#333333",
    accent="#7FD0FF",
    on_accent="#000000",
    accent_strong="#B5E4FF",
    accent_soft="#00263D",
    soft_edge="#7FD0FF",
    shade="#000000",
    green="#7CF0A4",
    green_on="#000000",
    amber="#FFD75E",
    amber_on="#000000",
    red="#FFB3AC",
    red_on="#000000",
    grey="#E0E0E0",
    grey_on="#000000",
    high=True,
)

PAIRS = (
    *(
        (ink, ground)
        for ink in ("text", "muted")
        for ground in ("window", "surface", "raised", "hover", "shade")
    ),
    *(("accent", ground) for ground in ("window", "surface", "raised", "accent_soft")),
    *((ink, ground) for ink in ("red",) for ground in ("window", "surface", "raised")),
    ("text", "pressed"),
    ("text", "accent_soft"),
    ("on_accent", "accent"),
    ("on_accent", "accent_strong"),
    *((rag, f"{rag}_on") for rag in RAGS),
    *(("surface", rag) for rag in RAGS),
)
"""Every (ink, ground) that text is drawn in."""


def contrast(a: str, b: str) -> float:
    """The contrast ratio of two colours as WCAG 2 defines it: from 1 (the same) to 21 (black on white)."""
    lighter, darker = sorted((_luminance(a), _luminance(b)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def mix(a: str, b: str, share: float) -> str:
    """The colour that is `share` of the way from `a` to `b`."""
    pairs = zip(_channels(a), _channels(b), strict=True)
    return "#" + "".join(f"{round(x + (y - x) * share):02X}" for x, y in pairs)


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    def linear(channel: int) -> float:
        part = channel / 255
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(channel) for channel in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue

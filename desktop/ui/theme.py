"""How the window is coloured: Fusion with our own palettes, light and dark, and a small style sheet.

`apply(app, scheme)` is called once at start and again when the preference changes; with "system" the theme
follows the desktop by itself. `current()` tells the tones in force. Qt repaints every widget when the palette
changes, so a widget that asks `current()` while it paints needs nothing more; what is kept beyond a paint (a
rich text, a cached picture) is renewed upon `changed`.

High contrast comes into force where the platform asks for it (Windows' contrast themes, "increase contrast" of
GNOME and macOS) or where it is chosen. Colours that the user has picked for it stay: `current()` is then derived
from the platform's palette, so that what the style sheet and we ourselves paint is in the user's text, window and
highlight colours alone. Where the platform asks without a palette of such contrast, and where it does not ask,
ours is taken. `contrast.qss` adds the outlines that colour does not give then.
"""

from __future__ import annotations

import sys
import tempfile
from functools import lru_cache
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from desktop.paths import bundled
from desktop.ui.tones import BLACK, DARK, HIGH_DARK, HIGH_LIGHT, LIGHT, WHITE, Tones, contrast, mix

Scheme = Literal["system", "light", "dark", "contrast"]
SCHEMES: tuple[Scheme, ...] = ("system", "light", "dark", "contrast")

TIGHT, SMALL, MEDIUM, LARGE, WIDE = 4, 8, 12, 16, 24
"""The steps of spacing, in device-independent pixels."""
RADIUS = 6
ROW, ROW_COMPACT = 32, 26
RING = 2
"""Width of the focus ring."""
LEAST_HIGH = 7.0
"""The contrast that text has at least where contrast is high."""
_PICTURES = {"chevron-down": "muted", "chevron-up": "muted", "check": "on_accent", "minus": "on_accent"}
"""The icons that the style sheet shows, each with its tone."""
HEADING = {1: 1.5, 2: 1.25, 3: 1.0}

__all__ = [
    "HEADING", "LARGE", "MEDIUM", "RADIUS", "RING", "ROW", "ROW_COMPACT", "SCHEMES", "SMALL", "TIGHT", "WIDE",
    "Scheme", "Tones", "apply", "changed", "colour", "contrast", "current", "heading_font", "high_contrast",
    "palette_of", "row_height", "tabular",
]  # fmt: skip


class _Theme(QObject):
    """What is in force; one a process."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.tones = LIGHT
        self.scheme: Scheme = "system"
        self.follows = False
        self.arrows: tempfile.TemporaryDirectory[str] | None = None


_theme = _Theme()
changed = _theme.changed
"""Emitted after other tones have come into force."""


def current() -> Tones:
    """The tones in force."""
    return _theme.tones


@lru_cache(maxsize=128)
def colour(tone: str) -> QColor:
    """A tone as a colour to paint with. Shared: copy it before changing it."""
    return QColor(tone)


def apply(app: QApplication, scheme: Scheme = "system") -> None:
    """Bring a scheme into force: palette, style sheet and, where the platform can, title bars."""
    hints = app.styleHints()
    if not _theme.follows:
        _theme.follows = True
        app.setStyle("fusion")
        # without it a style sheet keeps a font that changes later (larger text in the system) from the widgets
        app.setAttribute(Qt.ApplicationAttribute.AA_UseStyleSheetPropagationInWidgetStyles)
        hints.colorSchemeChanged.connect(lambda _scheme: _refresh())
        if hasattr(hints, "accessibility"):  # since Qt 6.10
            hints.accessibility().contrastPreferenceChanged.connect(lambda _preference: _refresh())
    _theme.scheme = scheme
    if hasattr(hints, "setColorScheme"):  # since Qt 6.8; does nothing without a platform theme
        wanted = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}
        hints.setColorScheme(wanted.get(scheme, Qt.ColorScheme.Unknown))
    _refresh()


def high_contrast(app: QGuiApplication) -> bool:
    """Whether the user has asked the platform for high contrast."""
    hints = app.styleHints()
    if not hasattr(hints, "accessibility"):
        return False
    return hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast


def palette_of(tones: Tones) -> QPalette:
    """The palette of a set of tones, complete for all roles and groups."""
    role = QPalette.ColorRole
    shadow = BLACK if tones.dark else mix(tones.text, tones.window, 0.6)
    colours = {
        role.Window: tones.window,
        role.WindowText: tones.text,
        role.Base: tones.surface,
        role.AlternateBase: tones.shade,
        role.Text: tones.text,
        role.PlaceholderText: tones.muted,
        role.Button: tones.raised,
        role.ButtonText: tones.text,
        role.BrightText: tones.red,
        role.ToolTipBase: tones.raised,
        role.ToolTipText: tones.text,
        role.Highlight: tones.accent,
        role.HighlightedText: tones.on_accent,
        role.Accent: tones.accent,
        role.Link: tones.accent,
        role.LinkVisited: tones.accent,
        role.Light: mix(tones.raised, WHITE, 0.1 if tones.dark else 1.0),
        role.Midlight: tones.hover,
        role.Mid: tones.hairline,
        role.Dark: tones.control,
        role.Shadow: shadow,
    }
    palette = QPalette()
    for group in (QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive, QPalette.ColorGroup.Disabled):
        for each, tone in colours.items():
            palette.setColor(group, each, QColor(tone))
    off = QPalette.ColorGroup.Disabled
    for each in (
        role.WindowText,
        role.Text,
        role.ButtonText,
        role.PlaceholderText,
        role.Link,
        role.LinkVisited,
    ):
        palette.setColor(off, each, QColor(tones.disabled))
    for each, tone in (
        (role.Base, tones.window),
        (role.Button, tones.window),
        (role.Highlight, tones.pressed),
        (role.Accent, tones.disabled),
        (role.HighlightedText, tones.text),
    ):
        palette.setColor(off, each, QColor(tone))
    return palette


def heading_font(font: QFont, level: int = 2) -> QFont:
    """The font of a heading beside text in `font`: 1 is a page's title, 2 a section's, 3 a group's."""
    heading = QFont(font)
    heading.setWeight(QFont.Weight.DemiBold)
    if font.pointSizeF() > 0:
        heading.setPointSizeF(font.pointSizeF() * HEADING[level])
    else:
        heading.setPixelSize(round(font.pixelSize() * HEADING[level]))
    return heading


def tabular(font: QFont) -> QFont:
    """The font with digits of equal width, so that numbers stand under each other."""
    numbers = QFont(font)
    numbers.setFeature(QFont.Tag("tnum"), 1)
    return numbers


def row_height(widget: QWidget, compact: bool = False) -> int:
    """The height of a list's row: the measure of the design, or what a larger font needs."""
    padding, least = (6, ROW_COMPACT) if compact else (10, ROW)
    return max(least, QFontMetrics(widget.font()).height() + padding)


def _refresh() -> None:
    """Work out the tones from scheme and platform and bring them into force if they are others."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        return
    tones, palette = _wanted(app)
    others, _theme.tones = tones != _theme.tones, tones  # known before any widget hears of the palette
    app.setPalette(palette)
    if others or not app.styleSheet():
        app.setStyleSheet(_style_sheet(tones))
    if others:
        changed.emit()


def _wanted(app: QApplication) -> tuple[Tones, QPalette]:
    """The tones and the palette that scheme and platform ask for."""
    asked = high_contrast(app)
    if asked:
        app.setPalette(QPalette())  # the platform's own
        tones = _tones_of_platform(platform_palette(app))
        if sys.platform == "win32" or _is_high(tones):  # there the user has picked each of its colours
            return tones, QPalette()
    sets = (HIGH_LIGHT, HIGH_DARK) if asked or _theme.scheme == "contrast" else (LIGHT, DARK)
    tones = sets[_wants_dark(app)]
    return tones, palette_of(tones)


def platform_palette(app: QApplication) -> QPalette:
    """What the platform gives where no palette of ours is in force."""
    return app.palette()


def _is_high(tones: Tones) -> bool:
    pairs = ((tones.text, tones.window), (tones.text, tones.surface), (tones.on_accent, tones.accent))
    return all(contrast(ink, ground) >= LEAST_HIGH for ink, ground in pairs)


def _wants_dark(app: QApplication) -> bool:
    if _theme.scheme in ("system", "contrast"):
        return app.styleHints().colorScheme() == Qt.ColorScheme.Dark
    return _theme.scheme == "dark"


def _style_sheet(tones: Tones) -> str:
    """The style sheet with tones and measures filled in, its arrows drawn in them."""
    if _theme.arrows is None:  # QSS takes pictures from files alone
        _theme.arrows = tempfile.TemporaryDirectory(prefix="juntos-", ignore_cleanup_errors=True)
    folder = Path(_theme.arrows.name)
    scheme = "dark" if tones.dark else "light"
    for name, tone in _PICTURES.items():
        source = bundled("resources", "icons", f"{name}.svg").read_text("utf-8")
        (folder / f"{name}-{scheme}.svg").write_text(
            source.replace("currentColor", getattr(tones, tone)), "utf-8"
        )
    names = ("juntos.qss", "contrast.qss") if tones.high else ("juntos.qss",)
    sheet = "\n".join(bundled("resources", "styles", name).read_text("utf-8") for name in names)
    values = {name: str(value) for name, value in tones._asdict().items()}
    values |= {"scheme": scheme, "pictures": folder.as_posix(), "radius": f"{RADIUS}px"}
    for name in sorted(values, key=len, reverse=True):  # @green_on before @green
        sheet = sheet.replace(f"@{name}", values[name])
    return sheet


def _tones_of_platform(palette: QPalette) -> Tones:
    """Tones in the colours of the user's own palette: text on window, and the highlight, nothing softer."""
    role = QPalette.ColorRole

    def of(each: QPalette.ColorRole) -> str:
        return palette.color(QPalette.ColorGroup.Active, each).name().upper()

    window, text, base = of(role.Window), of(role.WindowText), of(role.Base)
    accent, on_accent = of(role.Highlight), of(role.HighlightedText)
    disabled = palette.color(QPalette.ColorGroup.Disabled, role.WindowText).name().upper()
    return Tones(
        dark=contrast(window, WHITE) > contrast(window, BLACK),
        window=window, surface=base, raised=base, text=text, muted=text, disabled=disabled,
        hairline=text, edge=text, control=text, thumb=text, hover=base, pressed=base, shade=base,
        accent=accent, on_accent=on_accent, accent_strong=accent, accent_soft=base, soft_edge=accent,
        green=text, green_on=base, amber=text, amber_on=base, red=text, red_on=base, grey=text, grey_on=base,
        high=True,
    )  # fmt: skip

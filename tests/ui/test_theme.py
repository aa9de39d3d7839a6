"""The tones keep their contrast, the theme brings them into force everywhere, and the icons take them on."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QIcon, QPalette, QStyleHints
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QPushButton,
    QToolButton,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from desktop.export import palette
from desktop.paths import bundled
from desktop.ui import icons, theme
from desktop.ui.tones import DARK, HIGH_DARK, HIGH_LIGHT, LIGHT, PAIRS, RAGS, Tones

ROOT = Path(__file__).parents[2]
SETS = {"light": LIGHT, "dark": DARK, "high light": HIGH_LIGHT, "high dark": HIGH_DARK}
each_set = pytest.mark.parametrize("tones", SETS.values(), ids=SETS)
each_high = pytest.mark.parametrize("tones", [HIGH_LIGHT, HIGH_DARK], ids=["light", "dark"])
ICONS = sorted(path.stem for path in bundled("resources", "icons").glob("*.svg"))
NAMED_BY_THE_DESIGN = {
    "app", "today", "follow-ups", "meetings", "recommendations", "initiatives", "directory",
    "organisation", "person", "sector", "source", "activity", "add", "search", "filter", "columns",
    "export", "open-file", "folder", "undo", "redo", "progress", "link", "unlink", "calendar",
    "history", "delete", "edit", "merge", "settings", "about", "help", "close", "chevron-down",
    "chevron-right", "more", "check", "warning", "flag", "globe", "lock", "saved", "sort-asc",
    "sort-desc", "pane-right", "sidebar", "copy", "restore", "workbook",
}  # fmt: skip


@pytest.fixture(autouse=True)
def light(qapp):
    theme.apply(qapp, "light")
    yield
    theme.apply(qapp, "light")


def test_paper_has_the_colours_of_the_light_scheme():
    named = {
        "text": palette.TEXT, "muted": palette.MUTED, "hairline": palette.HAIRLINE, "window": palette.BAND,
        "surface": palette.SURFACE, "accent": palette.ACCENT, "on_accent": palette.ON_ACCENT,
    }  # fmt: skip
    assert {name: f"#{colour}" for name, colour in named.items()} == {
        name: getattr(LIGHT, name) for name in named
    }
    rags = {rag: tuple(f"#{colour}" for colour in pair) for rag, pair in palette.TONES.items()}
    assert rags == {rag: LIGHT.rag(rag) for rag in RAGS}


def weak(tones: Tones, pairs: tuple[tuple[str, str], ...], least: float) -> dict[tuple[str, str], float]:
    """The pairs of ink and ground that have less contrast, with what they have."""
    figures = {pair: theme.contrast(getattr(tones, pair[0]), getattr(tones, pair[1])) for pair in pairs}
    return {pair: round(figure, 2) for pair, figure in figures.items() if figure < least}


@each_set
def test_text_is_legible_on_its_ground(tones):
    assert weak(tones, PAIRS, theme.LEAST_HIGH if tones.high else 4.5) == {}


def test_the_figures_tell_high_contrast_from_the_usual():
    assert weak(LIGHT, PAIRS, theme.LEAST_HIGH)
    assert weak(DARK, PAIRS, theme.LEAST_HIGH)


@each_set
@pytest.mark.parametrize("ground", ["window", "surface", "raised"])
def test_what_is_typed_into_has_a_visible_outline(tones, ground):
    assert theme.contrast(tones.control, getattr(tones, ground)) >= (theme.LEAST_HIGH if tones.high else 3)


@each_high
def test_in_high_contrast_every_line_is_seen_and_what_is_off_can_be_read(tones):
    lines = ("hairline", "edge", "control", "thumb", "accent", "soft_edge")
    pairs = tuple((line, ground) for line in lines for ground in ("window", "surface", "raised"))
    assert weak(tones, pairs, 4.5) == {}
    washes = tuple((rag, ground) for rag in RAGS for ground in ("accent_soft", "hover", "window"))
    assert weak(tones, (*washes, ("disabled", "window"), ("text", "shade")), theme.LEAST_HIGH) == {}


def test_contrast_is_that_of_wcag():
    assert theme.contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert theme.contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)
    assert theme.contrast("#1F5FA8", "#1F5FA8") == 1


@each_set
def test_palette_is_complete_and_legible(qapp, tones):
    palette = theme.palette_of(tones)
    role, group = QPalette.ColorRole, QPalette.ColorGroup
    for each_group in (group.Active, group.Inactive, group.Disabled):
        for each in role:
            if each not in (role.NoRole, role.NColorRoles):
                assert palette.isBrushSet(each_group, each), (each_group, each)
    for ink, ground in (
        (role.WindowText, role.Window),
        (role.Text, role.Base),
        (role.Text, role.AlternateBase),
        (role.PlaceholderText, role.Base),
        (role.ButtonText, role.Button),
        (role.HighlightedText, role.Highlight),
        (role.ToolTipText, role.ToolTipBase),
        (role.Link, role.Base),
    ):
        for each_group in (group.Active, group.Inactive):
            pair = [palette.color(each_group, each).name() for each in (ink, ground)]
            assert theme.contrast(*pair) >= (theme.LEAST_HIGH if tones.high else 4.5), (ink, ground)


def test_scheme_changes_palette_tones_and_tells_once(qapp, qtbot):
    with qtbot.waitSignal(theme.changed):
        theme.apply(qapp, "dark")
    assert theme.current() is DARK
    assert qapp.palette().window().color().name().upper() == DARK.window
    with qtbot.assertNotEmitted(theme.changed):
        theme.apply(qapp, "dark")


def test_system_scheme_follows_the_desktop(qapp, monkeypatch):
    desktop = Qt.ColorScheme.Light
    monkeypatch.setattr(QStyleHints, "colorScheme", lambda _hints: desktop)
    theme.apply(qapp, "system")
    assert theme.current() is LIGHT
    desktop = Qt.ColorScheme.Dark
    qapp.styleHints().colorSchemeChanged.emit(desktop)
    assert theme.current() is DARK
    theme.apply(qapp, "light")
    qapp.styleHints().colorSchemeChanged.emit(desktop)
    assert theme.current() is LIGHT


def platforms(text: str, ground: str, on: str, highlight: str) -> QPalette:
    """A palette as a platform has it, of four colours."""
    made = QPalette()
    role = QPalette.ColorRole
    for each in (role.Window, role.Base, role.Button, role.AlternateBase, role.ToolTipBase):
        made.setColor(each, ground)
    for each in (role.WindowText, role.Text, role.ButtonText, role.ToolTipText, role.PlaceholderText):
        made.setColor(each, text)
    made.setColor(role.Highlight, highlight)
    made.setColor(role.HighlightedText, on)
    return made


CHOSEN = ("#FFFF00", "#000000", "#000000", "#00FF00")
"""Such as one picks for high contrast: text, ground, and what is highlighted."""
ORDINARY = ("#1D232B", "#EFEFEF", "#FFFFFF", "#308CC6")


def test_high_contrast_keeps_the_colours_that_were_picked_for_it(qapp, monkeypatch):
    monkeypatch.setattr(theme, "high_contrast", lambda _app: True)
    palette = platforms(*CHOSEN)
    monkeypatch.setattr(theme, "platform_palette", lambda _app: palette)
    theme.apply(qapp, "dark")
    tones = theme.current()
    assert (tones.text, tones.window, tones.on_accent, tones.accent) == CHOSEN
    assert tones.high
    assert tones.rag("red") == tones.rag("green") == (tones.text, tones.surface)
    drawn = {each.upper() for each in re.findall(r"#[0-9A-Fa-f]{6}", qapp.styleSheet())}
    off = palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.WindowText).name().upper()
    assert drawn <= {*CHOSEN, off}


@pytest.mark.parametrize(("scheme", "wanted"), [("light", HIGH_LIGHT), ("dark", HIGH_DARK)])
def test_high_contrast_without_colours_for_it_has_ours(qapp, monkeypatch, scheme, wanted):
    monkeypatch.setattr(theme, "high_contrast", lambda _app: True)
    monkeypatch.setattr(theme, "platform_palette", lambda _app: platforms(*ORDINARY))
    theme.apply(qapp, scheme)
    assert theme.current() is wanted
    assert qapp.palette().window().color().name().upper() == wanted.window


def test_on_windows_the_colours_of_the_user_always_stay(qapp, monkeypatch):
    monkeypatch.setattr(theme.sys, "platform", "win32")
    monkeypatch.setattr(theme, "high_contrast", lambda _app: True)
    monkeypatch.setattr(theme, "platform_palette", lambda _app: platforms(*ORDINARY))
    theme.apply(qapp, "system")
    assert (theme.current().text, theme.current().window) == ORDINARY[:2]


def test_high_contrast_can_be_chosen_and_is_light_or_dark_as_the_system(qapp, monkeypatch):
    desktop = Qt.ColorScheme.Light
    monkeypatch.setattr(QStyleHints, "colorScheme", lambda _hints: desktop)
    theme.apply(qapp, "contrast")
    assert theme.current() is HIGH_LIGHT
    desktop = Qt.ColorScheme.Dark
    qapp.styleHints().colorSchemeChanged.emit(desktop)
    assert theme.current() is HIGH_DARK


def test_the_system_asks_for_high_contrast_while_the_program_runs(qapp, monkeypatch):
    hints = qapp.styleHints()
    if not hasattr(hints, "accessibility"):
        pytest.skip("Qt tells of it since 6.10")
    asked = False
    monkeypatch.setattr(theme, "high_contrast", lambda _app: asked)
    monkeypatch.setattr(theme, "platform_palette", lambda _app: platforms(*ORDINARY))
    theme.apply(qapp, "light")
    asked = True
    hints.accessibility().contrastPreferenceChanged.emit(Qt.ContrastPreference.HighContrast)
    assert theme.current() is HIGH_LIGHT
    asked = False
    hints.accessibility().contrastPreferenceChanged.emit(Qt.ContrastPreference.NoPreference)
    assert theme.current() is LIGHT


def _drawn(widget: QWidget, tone: str) -> int:
    """How many points of a widget are in a tone."""
    image, ink = widget.grab().toImage(), theme.colour(tone).rgba()
    return sum(image.pixel(x, y) == ink for x in range(image.width()) for y in range(image.height()))


@pytest.mark.parametrize("kind", [QPushButton, QToolButton, QLineEdit, QPlainTextEdit, QComboBox, QCheckBox])
def test_in_high_contrast_each_control_has_an_outline(qapp, qtbot, kind):
    seen = {}
    for scheme in ("light", "contrast"):
        theme.apply(qapp, scheme)
        widget = kind()
        widget.setProperty("quiet", True)
        qtbot.addWidget(widget)
        widget.resize(120, 40)
        widget.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        widget.show()
        seen[scheme] = _drawn(widget, theme.current().control)
    assert seen["contrast"] >= 30
    if kind in (QToolButton, QLineEdit, QPlainTextEdit, QComboBox):
        assert seen["light"] == 0, "else only under the pointer"


def test_style_sheet_has_all_its_tones_and_pictures(qapp):
    for scheme in ("light", "dark", "contrast"):
        theme.apply(qapp, scheme)
        assert "@" not in qapp.styleSheet()
        pictures = re.findall(r'url\("([^"]+)"\)', qapp.styleSheet())
        assert pictures
        assert all(QSvgRenderer(each).isValid() for each in pictures)


@pytest.mark.parametrize(("scheme", "tones"), [("light", LIGHT), ("dark", DARK)])
@pytest.mark.parametrize("kind", [QTreeWidget, QListWidget])
def test_ticks_in_lists_are_seen_on_their_ground(qapp, qtbot, scheme, tones, kind):
    theme.apply(qapp, scheme)
    view = kind()
    qtbot.addWidget(view)
    states = (Qt.CheckState.Unchecked, Qt.CheckState.PartiallyChecked, Qt.CheckState.Checked)
    for state in states:
        if kind is QTreeWidget:
            QTreeWidgetItem(view, [""]).setCheckState(0, state)
        else:
            QListWidgetItem("", view).setCheckState(state)
    view.resize(300, 200)
    view.show()
    qtbot.waitExposed(view)
    image = view.viewport().grab().toImage()
    for row, ink in enumerate((tones.control, tones.accent, tones.accent)):
        place = view.visualRect(view.model().index(row, 0))
        points = [
            image.pixelColor(x, y).name().upper()
            for x in range(place.left(), place.left() + 24)
            for y in range(place.top(), place.bottom() + 1)
        ]
        assert points.count(ink.upper()) >= 20, states[row]


def test_colours_stand_in_one_place():
    sources = [*ROOT.glob("desktop/ui/**/*.py"), *bundled("resources", "styles").glob("*")]
    coloured = [
        path.name
        for path in (*sources, *bundled("resources", "icons").glob("*.svg"))
        if path.name != "tones.py" and re.search(r"#[0-9A-Fa-f]{6}\b", path.read_text("utf-8"))
    ]
    assert coloured == []


def test_rows_and_headings_grow_with_the_font(qapp, qtbot):
    widget = QWidget()
    qtbot.addWidget(widget)
    assert theme.row_height(widget) >= theme.ROW
    assert theme.row_height(widget, compact=True) < theme.row_height(widget)
    font = QFont(widget.font())
    font.setPointSizeF(30)
    widget.setFont(font)
    assert theme.row_height(widget) > widget.fontMetrics().height()
    assert theme.heading_font(font, 1).pointSizeF() == 45
    font.setPixelSize(20)
    assert theme.heading_font(font, 2).pixelSize() == 25


# ---- icons


def _inks(icon: QIcon, mode: QIcon.Mode = QIcon.Mode.Normal) -> set[str]:
    """The colours of the opaque pixels."""
    image = icon.pixmap(QSize(48, 48), 1.0, mode).toImage()
    points = ((x, y) for x in range(image.width()) for y in range(image.height()))
    return {
        image.pixelColor(*point).name().upper() for point in points if image.pixelColor(*point).alpha() == 255
    }


def test_the_set_is_complete():
    assert set(ICONS) >= NAMED_BY_THE_DESIGN


@pytest.mark.parametrize("name", ICONS)
def test_drawing_is_of_our_kind(qapp, name):
    source = bundled("resources", "icons", f"{name}.svg").read_text("utf-8")
    assert 'viewBox="0 0 24 24"' in source
    assert 'fill="none"' in source
    assert source.count("fill=") == 1
    assert re.findall(r'stroke="([^"]*)"', source) == ["currentColor"]
    assert _inks(icons.icon(name)) == {LIGHT.text}


def test_icon_takes_the_tone_of_scheme_and_state(qapp):
    icon = icons.icon("meetings")
    button = QToolButton(icon=icon)
    for scheme, tones in (("light", LIGHT), ("dark", DARK)):
        theme.apply(qapp, scheme)
        assert _inks(button.icon()) == {tones.text}
        assert _inks(icon, QIcon.Mode.Disabled) == {tones.disabled}
        assert _inks(icon, QIcon.Mode.Selected) == {tones.on_accent}
        assert _inks(icons.icon("meetings", "red")) == {tones.red}


def test_icon_is_sharp_at_double_scale(qapp):
    pixmap = icons.icon("add").pixmap(QSize(16, 16), 2.0)
    assert pixmap.size() == QSize(32, 32)


def test_unknown_icon_fails_at_once(qapp):
    with pytest.raises(FileNotFoundError):
        icons.icon("no-such-icon")


def test_copied_icon_outlives_its_source(qapp):
    """PySide 6.11 destroys what a Python icon engine's `clone()` returns unless somebody holds it."""
    for _round in range(50):
        copy = QIcon(QIcon(icons.icon("flag")))
        copy.addPixmap(icons.icon("add").pixmap(QSize(8, 8)))  # makes Qt clone the engine
        assert not copy.pixmap(QSize(16, 16)).isNull()

"""The tones keep their contrast, the theme brings them into force everywhere, and the icons take them on."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QIcon, QPalette, QStyleHints
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QToolButton,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from desktop.export import palette
from desktop.paths import bundled
from desktop.ui import icons, theme
from desktop.ui.tones import DARK, LIGHT, PAIRS, RAGS

ROOT = Path(__file__).parents[2]
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


@pytest.mark.parametrize("tones", [LIGHT, DARK], ids=["light", "dark"])
def test_text_is_legible_on_its_ground(tones):
    weak = {
        pair: round(theme.contrast(getattr(tones, pair[0]), getattr(tones, pair[1])), 2)
        for pair in PAIRS
        if theme.contrast(getattr(tones, pair[0]), getattr(tones, pair[1])) < 4.5
    }
    assert weak == {}


@pytest.mark.parametrize("tones", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["window", "surface", "raised"])
def test_what_is_typed_into_has_a_visible_outline(tones, ground):
    assert theme.contrast(tones.control, getattr(tones, ground)) >= 3


def test_contrast_is_that_of_wcag():
    assert theme.contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert theme.contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)
    assert theme.contrast("#1F5FA8", "#1F5FA8") == 1


@pytest.mark.parametrize("tones", [LIGHT, DARK], ids=["light", "dark"])
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
            assert theme.contrast(*pair) >= 4.5, (ink, ground)


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


def test_high_contrast_keeps_the_palette_of_the_platform(qapp, monkeypatch):
    monkeypatch.setattr(theme, "high_contrast", lambda _app: True)
    theme.apply(qapp, "dark")
    tones = theme.current()
    assert tones.text == qapp.palette().windowText().color().name().upper()
    assert tones.window == qapp.palette().window().color().name().upper()
    assert tones.rag("red") == tones.rag("green") == (tones.text, tones.surface)
    platforms = {qapp.palette().color(role).name().upper() for role in QPalette.ColorRole if role.value < 22}
    drawn = {each.upper() for each in re.findall(r"#[0-9A-Fa-f]{6}", qapp.styleSheet())}
    off = qapp.palette().color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.WindowText).name().upper()
    assert drawn <= {*platforms, off}


def test_style_sheet_has_all_its_tones_and_pictures(qapp):
    for scheme in ("light", "dark"):
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

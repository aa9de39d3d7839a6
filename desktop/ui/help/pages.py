"""The pages as they are read: in the language spoken, with the words and keys that the window has now.

What the program says itself is not written in a page but asked for, so that it is never out of date:

    {key:export}          the shortcut of a command      {keys:Ctrl+Return}   any other keys
    {command:export}      its words                      {menu:export}        its menu and its words
    {page:follow_up}      the title of a page            {word:Make final}    any message of the program

A link leads to another page by its file: [Meetings](meetings.md).
"""

from __future__ import annotations

import re
from typing import NamedTuple

from PySide6.QtGui import QKeySequence

from desktop.i18n import _
from desktop.i18n.messages import SOURCE, language
from desktop.paths import bundled
from desktop.ui import actions
from desktop.ui.actions import COMMANDS, MENUS, Command, plain
from desktop.ui.help.topics import TOPICS
from desktop.ui.navigation import PAGES

HERE = "https://help.invalid/"
"""Where links to other pages seem to lead; a name that the internet reserves for what does not exist."""
_ASKED = re.compile(r"\{(key|keys|command|menu|page|word):([^{}]+)\}")
_LINK = re.compile(r"\]\(([a-z-]+)\.md\)")


class Page(NamedTuple):
    """A page, filled and in one language."""

    topic: str
    title: str
    text: str


def pages() -> tuple[Page, ...]:
    """All pages in their order."""
    return tuple(page(topic) for topic in TOPICS)


def page(topic: str) -> Page:
    """A page in the language spoken, in English where it has none."""
    file = bundled("resources", "help", language(), f"{topic}.md")
    if not file.is_file():
        file = bundled("resources", "help", SOURCE, f"{topic}.md")
    text = filled(file.read_text("utf-8"))
    return Page(topic, text.partition("\n")[0].removeprefix("#").strip(), text)


def filled(text: str) -> str:
    """A text with what it asks for; what nothing answers stands there by its name."""
    text = _LINK.sub(lambda found: f"]({HERE}{found[1]})", text)
    return _ASKED.sub(lambda found: answer(found[1], found[2]) or found[2], text)


def answer(kind: str, name: str) -> str:
    """What a text asks for; empty for a command that there is not, or that has no keys."""
    return _ANSWERS[kind](name)


def asked(text: str) -> list[tuple[str, str]]:
    """What a text asks for, such as `("key", "export")`, in its order."""
    return _ASKED.findall(text)


def linked(text: str) -> list[str]:
    """The pages that a text leads to."""
    return _LINK.findall(text)


def shown_keys(keys: object) -> str:
    """Keys as this platform writes them."""
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)


def _key(name: str) -> str:
    command = _command(name)
    return actions.shown_keys(name) if command else ""


def _menu(name: str) -> str:
    title = next((title for title, keys in MENUS if name in keys), "")
    return f"{plain(_(title))} > {_words(name)}" if title else ""


def _words(name: str) -> str:
    command = _command(name)
    return plain(_(command.text)) if command else ""


def _command(name: str) -> Command | None:
    return next((each for each in COMMANDS if each.key == name), None)


def _title(name: str) -> str:
    return next((_(each.title) for each in PAGES if each.key == name), "")


_ANSWERS = {
    "key": _key,
    "keys": shown_keys,
    "command": _words,
    "menu": _menu,
    "page": _title,
    "word": lambda message: plain(_(message)),
}

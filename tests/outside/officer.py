"""An officer who cannot see the window: drives the program through AT-SPI alone, as a screen reader does.

Run by the system's Python, which has `pyatspi`, within a session bus of its own:

    dbus-run-session -- /usr/bin/python3 officer.py PYTHON HOME WORKSPACE

It starts the program, logs a meeting, reads a table and searches, and prints as JSON what it read and heard.
"""

import json
import os
import subprocess
import sys
import threading
import time

import pyatspi

APPLICATION, PATIENCE = "Juntos", 20
heard, spoken = [], threading.Event()


def listen(event):
    heard.append(str(event.any_data))
    spoken.set()


def walk(node, depth=0):
    """All accessible objects below one, what is not shown left out."""
    yield node
    if depth > 40:
        return
    states = node.getState()
    if states.contains(pyatspi.STATE_MANAGES_DESCENDANTS) or node.getRole() == pyatspi.ROLE_TABLE:
        return
    for place in range(node.childCount):
        child = node.getChildAtIndex(place)
        if child is not None:
            yield from walk(child, depth + 1)


def eventually(find, what):
    """What `find` returns as soon as it returns something."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            found = find()
        except Exception:  # the tree changes while it is read
            found = None
        if found:
            return found
        time.sleep(0.1)
    shown = [
        f"{node.getRoleName()}: {node.name}"
        for app in [application()]
        if app
        for node in walk(app)
        if node.name
    ]
    raise SystemExit("\n".join([*shown, f"not found in time: {what}"]))


def application():
    desktop = pyatspi.Registry.getDesktop(0)
    return next((app for app in desktop if app is not None and app.name == APPLICATION), None)


def named(within, name, *roles):
    """The object that is shown under a name, in one of these roles."""

    def find():
        for node in walk(within):
            shown = node.getState().contains(pyatspi.STATE_SHOWING)
            if node.name == name and node.getRole() in roles and shown:
                return node
        return None

    return eventually(find, name)


def menu_item(within, words):
    """A command of the menus, whatever stands before its words."""
    items = (node for node in walk(within) if node.getRole() == pyatspi.ROLE_MENU_ITEM)
    return next((node for node in items if node.name.split("  ")[-1] == words), None)


def window(app, title):
    """A window of the program, by a part of its title."""
    return eventually(
        lambda: next((each for each in app if each is not None and title in each.name), None), title
    )


def press(node):
    """Do what a click does."""
    action = node.queryAction()
    names = [action.getName(place) for place in range(action.nActions)]
    chosen = next((name for name in ("Press", "Toggle", "ShowMenu", "SetFocus") if name in names), names[0])
    action.doAction(names.index(chosen))


def write(node, text):
    """Put a text into a field."""
    node.queryEditableText().setTextContents(text)


def hear(part):
    """Wait until something is said that contains this; returns the sentence."""
    return eventually(lambda: next((each for each in heard if part in each), None), f"the words {part}")


def give_keyboard(title):
    """What a window manager does when a window is shown; there is none here."""
    subprocess.run(["xdotool", "search", "--onlyvisible", "--name", title, "windowfocus"], check=True)


def rows(table):
    """The cells of a table as texts, row by row."""
    found = table.queryTable()
    return [
        [found.getAccessibleAt(row, column).name for column in range(found.nColumns)]
        for row in range(found.nRows)
    ]


def headers(table):
    """The titles of the columns."""
    found = table.queryTable()
    return [found.getColumnHeader(column).name for column in range(found.nColumns)]


def nameless(within):
    """What is shown, can have the keyboard, and has no name to be read aloud."""
    found = []
    for node in walk(within):
        states = node.getState()
        reached = all(map(states.contains, (pyatspi.STATE_FOCUSABLE, pyatspi.STATE_SHOWING)))
        if reached and node is not within and not node.name.strip():
            found.append(f"{node.getRoleName()} in {node.parent.name or node.parent.getRoleName()}")
    return found


def work(app):
    """What the officer does; returns what was read."""
    main = window(app, "Embassy of Japan in Chile")
    button = named(main, "Log a meeting", pyatspi.ROLE_PUSH_BUTTON)
    press(button)
    dialog = window(app, "Log a meeting")
    write(named(dialog, "Title", pyatspi.ROLE_TEXT, pyatspi.ROLE_ENTRY), "Talks on 海底ケーブル")
    unnamed = nameless(dialog)
    press(named(dialog, "Log meeting", pyatspi.ROLE_PUSH_BUTTON))
    logged = hear("was logged")
    press(eventually(lambda: menu_item(main, "Meetings"), "the page of the meetings"))
    table = named(main, "Meetings", pyatspi.ROLE_TABLE)
    seen = eventually(lambda: rows(table), "rows of the table")
    read = {"logged": logged, "headers": headers(table), "rows": seen}
    write(named(main, "Search meetings", pyatspi.ROLE_TEXT, pyatspi.ROLE_ENTRY), "海底")
    read["found"] = hear("1 meeting")
    read["found_rows"] = eventually(lambda: len(rows(table)) == 1 and rows(table), "the row found")
    give_keyboard("Embassy of Japan in Chile")
    table.queryTable().addRowSelection(0)
    place = named(main, "Place", pyatspi.ROLE_TEXT, pyatspi.ROLE_ENTRY)
    place.queryComponent().grabFocus()
    write(place, "Residence")
    table.queryComponent().grabFocus()
    read["saved"] = hear("Saved")
    read["nameless"] = unnamed + nameless(main)
    return read


def main(python, home, workspace):
    """Start the program, work, and tell."""
    environment = os.environ | {"QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1", "QT_QPA_PLATFORM": "xcb"}
    command = [python, "-m", "desktop", "--home", home, "--workspace", workspace, "--language", "en"]
    pyatspi.Registry.registerEventListener(listen, "object:announcement")
    loop = threading.Thread(target=pyatspi.Registry.start, daemon=True)
    loop.start()
    program = subprocess.Popen(command, env=environment)
    try:
        app = eventually(application, "the program")
        read = work(app)
    finally:
        program.terminate()
        program.wait(20)
    # Written at once: the program leaves without the usual goodbyes.
    print(json.dumps(read | {"heard": heard}, ensure_ascii=False), flush=True)


main(*sys.argv[1:4])
os._exit(0)  # the loop of the listener has no end of its own

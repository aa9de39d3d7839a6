"""Reminders in the window and in the tray: `watch` knows when to look, `card` shows them, `tray` tells of them outside.

Nothing here keeps the program alive: with the window closed, all of it is gone.
"""

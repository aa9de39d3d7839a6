"""The minutes of a meeting in the window: how far they are, what is still open, agenda, points, versions.

`tab` puts it together; each part shows the meeting that it is handed and saves at once what is done in it.
"""

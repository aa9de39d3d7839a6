"""Search everywhere: a line over the window that leads to every record, page and command.

`entries` are its rows, `model` and `delegate` show them, `reading` asks for them on a worker, `line` is typed into,
`palette` is the whole, `opening` shows it and leads to what was chosen.
"""

"""Quick entry in the window: one shortcut anywhere, one line, Enter.

`opening` puts the bar over the window that one is in; `bar` is the bar, `line` what is typed into, `candidates`
what a mark could become.
"""

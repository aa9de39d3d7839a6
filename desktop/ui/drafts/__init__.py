"""What is being typed is on disk within a second, and offered again after a crash.

`keeper` writes it, `places` finds what is typed in a window, `inputs` reads and fills whatever one types in, `dialog`
lists what was left, `bringing` puts it back where it was typed.
"""

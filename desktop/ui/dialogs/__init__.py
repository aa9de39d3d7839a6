"""Dialogs: what is asked before something is done. None stops the window; what is typed is never lost by Esc.

To add one: a `Dialog` with its fields and `act`, a function that opens it, and a `Command` that calls this.
"""

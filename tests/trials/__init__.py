"""Trials of what must not happen: processes killed, power lost, disks that fail, files that are damaged.

`make trials` runs them in the numbers of `docs/reliability.md`, `make test` a few of each. Each has a control: the
same trial with the guard switched off, which must find something.
"""

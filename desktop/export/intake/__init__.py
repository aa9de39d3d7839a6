"""Workbooks and tables from outside, read without being believed: `reading.read(path)` is the one door.

A file is opened and read in a process of its own, under limits of time and memory (`child`); what comes out lies
in a private file that `book.SheetRead` pages through. `refusal.Refusal` says why a file is not read.
"""

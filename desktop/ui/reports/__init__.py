"""Reporting periods in the window: the frozen reports, and what changed since one, told by record and by field."""

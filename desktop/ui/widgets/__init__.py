"""Widgets that know nothing of records: each in its own file, usable alone, painted in the tones in force."""

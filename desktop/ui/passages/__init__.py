"""The reader: a source's text, its sections and passages; what is selected becomes a record, or where one comes from.

`opening.open_text` is the one door. `strip`, `block` and `step` are how the panes of records lead there.
"""

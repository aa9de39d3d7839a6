"""Texts of sources, taken in: a .txt, .docx or .pdf becomes a `SourceText` whose passages can be picked.

`reading.read` is the one door. A format is a module with `lines(content)`, which says what the format knows of
each line; `structure.build` makes sections and paragraphs of them. Nothing a file points to is followed.
"""

"""The tracker that an office already has, taken in: found, understood, shown, and only then written.

    with reading.read(path) as book:
        headers = tables.find(book)                          # where the table stands, on which sheets
        sample, known = tables.sample(book, headers), Directory(workspace).known
        guess = guessing.guess(headers[0], sample, "", known)
        mapping = understood(guess, headers, sample, known)  # which the officer corrects
        plan = planning.plan(workspace, book, mapping, path.name)  # writes nothing
    applying.apply(workspace, plan, Choices())               # one operation, one undo

* `tables`: the header row under titles and logos, one table on many sheets, and where it ends.
* `guessing`: which column is which field, by its name (`field_words`) and by what stands in it (`contents`).
* `mapping`: what was understood and corrected, as JSON.
* `orders`: in which order a column writes its days and its names (`days`, `surnames`).
* `days`, `status_words`, `names`, `log_cells`: what a cell says; `asof`, `yearless`: in which year a log was kept.
* `taking`: a row becomes values; each cell ends in a field, a note, an update, or in the report.
"""

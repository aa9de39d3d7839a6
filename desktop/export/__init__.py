"""Out: the sheets that are declared, the workbook that is written from them, and the same rows as CSV.

`report.export` is the one door; nothing here loads openpyxl before it is called.
"""

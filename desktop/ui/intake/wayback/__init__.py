"""The page of changes: what a workbook of ours that came back would change, cell by cell, before it is taken over."""

"""Recommendations as a tree: a view of their page, and the row of how long nothing has happened."""

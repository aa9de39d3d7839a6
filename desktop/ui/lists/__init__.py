"""Lists of records: a model over windows of rows, the table that shows it, its columns and its filters."""

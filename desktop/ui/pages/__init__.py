"""The pages of the window. A page of records is a `Page` with what differs; any widget can stand beside them."""

"""Who may see what: the level of a record, of each of its texts and parts, and what others see of it."""

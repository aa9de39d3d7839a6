"""Initiatives as a board: a column a stage, a card an initiative; a card that is moved is a progress update."""

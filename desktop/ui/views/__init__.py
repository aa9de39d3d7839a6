"""Saved views in the window: their list in the side bar, and what is done with them."""

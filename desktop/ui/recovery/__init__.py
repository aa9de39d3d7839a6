"""Where a workspace cannot be opened, or another one is put in its place: pages that stand for the window."""

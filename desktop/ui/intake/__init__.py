"""What comes from outside into the window: files of others, shown before anything is written."""

"""Encrypted workspaces in the window: their passphrase, and locking them while nobody is there."""

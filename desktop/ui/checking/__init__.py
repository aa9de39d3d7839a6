"""Checking the workspace: how far it is, what was found, and putting it right."""

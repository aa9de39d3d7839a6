"""Juntos: the follow-up of a policy agenda, kept on an officer's own machine."""

__version__ = "0.4.1"

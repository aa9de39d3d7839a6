"""Where the words of a search stand in a text that is shown: what lists and boards mark."""

from desktop.service.hits import Terms, hits, terms_of

__all__ = ["Terms", "hits", "terms_of"]

"""The small world of the services' tests, for the store's."""

from tests.service.conftest import filled, world

__all__ = ["filled", "world"]

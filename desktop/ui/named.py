"""Classes and functions named as `module:name`, imported when they are first needed: a start does not wait for them."""

from __future__ import annotations

from importlib import import_module
from typing import Any


def named(where: str) -> Any:
    """What `where` names. (`pkgutil.resolve_name` does it too, and takes longer to import than this to run.)"""
    module, name = where.split(":")
    return getattr(import_module(module), name)

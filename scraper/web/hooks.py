"""Datasette's mark for plugin hooks, with types (Datasette itself has none)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from datasette import hookimpl

Hook = TypeVar("Hook", bound=Callable[..., Any])


def hook(function: Hook) -> Hook:
    """Mark a function as the implementation of the hook of its name."""
    hookimpl(function)
    return function


def hook_around(function: Hook) -> Hook:
    """Mark a generator function that sees, and may change, what all implementations answer."""
    hookimpl(hookwrapper=True)(function)
    return function

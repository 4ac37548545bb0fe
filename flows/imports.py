"""Imports of much at once."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib import import_module


@contextmanager
def lasting() -> Iterator[None]:
    """For what is imported or loaded to stay: the garbage collector neither runs meanwhile nor ever looks at it again.

    It would look for garbage among hundreds of thousands of new objects time and again, which takes a quarter of the
    import of Great Expectations, and finds none. Garbage that is there already is kept as well: once in a process for
    each thing, not once a run.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.freeze()


@cache
def import_audit() -> None:
    """Import Great Expectations, once in this process."""
    with lasting():
        import_module("expectations.audit")

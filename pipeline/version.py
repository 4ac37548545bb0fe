"""The version of this code, as every row names it."""

from __future__ import annotations

from functools import cache
from importlib.metadata import PackageNotFoundError, version


@cache
def code_version() -> str:
    """The installed version of newsledger ("0.1.0"); "unknown" where it runs without being installed."""
    try:
        return version("newsledger")
    except PackageNotFoundError:
        return "unknown"


def library_versions(*names: str) -> dict[str, str]:
    """The installed versions of distributions, by name."""
    return {name: version(name) for name in names}

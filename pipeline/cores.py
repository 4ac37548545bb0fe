"""The cores that this process may use: its affinity, and the limits of its control groups."""

from __future__ import annotations

import math
import os
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

_GROUPS = Path("/sys/fs/cgroup")
_OWN = Path("/proc/self/cgroup")


def count_cores(groups: Path = _GROUPS, own: Path = _OWN) -> int:
    """The number of cores that this process may use, at least 1.

    A limit of one and a half cores counts as two: both workers are slower, and nothing stands idle.

    Args:
        groups: where the control groups are mounted.
        own: the file that says which groups this process is in.
    """
    allowed = len(os.sched_getaffinity(0))
    return max(1, min([allowed, *(math.ceil(quota) for quota in _quotas(groups, own))]))


def _quotas(groups: Path, own: Path) -> Iterator[float]:
    """The limits in cores, of version 2 (cpu.max) and 1 (cpu.cfs_quota_us), of each group and those around it."""
    for line in _read(own).splitlines():
        _, controllers, path = line.split(":", 2)
        if not controllers:
            for folder in _upwards(groups, path):
                yield from _parse_quota(*_read(folder / "cpu.max").split())
        elif "cpu" in controllers.split(","):
            for folder in _upwards(groups / "cpu", path):
                yield from _parse_quota(
                    *_read(folder / "cpu.cfs_quota_us").split(), *_read(folder / "cpu.cfs_period_us").split()
                )


def _upwards(groups: Path, path: str) -> Iterator[Path]:
    # Inside a container the path may be that of the host, which is not mounted there: the root is then its own group.
    inner = PurePosixPath(path.strip().lstrip("/"))
    yield from (groups / folder for folder in (inner, *inner.parents))


def _parse_quota(*numbers: str) -> Iterator[float]:
    match numbers:
        case (quota, period) if quota.isdecimal() and period.isdecimal() and int(period):
            yield int(quota) / int(period)


def _read(path: Path) -> str:
    try:
        return path.read_text("ascii", errors="replace")
    except OSError:
        return ""

"""The cores that may be used: affinity, and limits of control groups as the kernel writes them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pipeline.cores import count_cores

ALL = len(os.sched_getaffinity(0))


def groups(tmp_path: Path, own: str, files: dict[str, str]) -> tuple[Path, Path]:
    (tmp_path / "own").write_text(own)
    for name, text in files.items():
        file = tmp_path / "groups" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return tmp_path / "groups", tmp_path / "own"


@pytest.mark.parametrize(
    ("own", "files", "cores", "reason"),
    [
        ("0::/\n", {"cpu.max": "100000 100000\n"}, 1, "one core, in a container"),
        ("0::/\n", {"cpu.max": "50000 100000\n"}, 1, "half a core is one worker"),
        ("0::/\n", {"cpu.max": "max 100000\n"}, ALL, "no limit"),
        ("0::/\n", {"cpu.max": "9900000 100000\n"}, ALL, "more than there is"),
        ("0::/a/b\n", {"a/b/cpu.max": "max 100000\n", "a/cpu.max": "100000 100000\n"}, 1, "a limit of a group around"),
        ("0::/docker/x\n", {"cpu.max": "100000 100000\n"}, 1, "the host's path, not mounted in the container"),
        ("0::/../../x\n", {"cpu.max": "100000 100000\n"}, 1, "a path that leads out of the namespace"),
        (
            "4:cpu,cpuacct:/x\n1:name=systemd:/\n",
            {"cpu/x/cpu.cfs_quota_us": "100000\n", "cpu/x/cpu.cfs_period_us": "100000\n"},
            1,
            "version 1",
        ),
        (
            "4:cpu:/x\n",
            {"cpu/x/cpu.cfs_quota_us": "-1\n", "cpu/x/cpu.cfs_period_us": "100000\n"},
            ALL,
            "version 1, no limit",
        ),
        ("0::/\n", {"cpu.max": "nonsense"}, ALL, "a file that says nothing"),
        ("", {}, ALL, "no control groups"),
    ],
    ids=lambda value: value if isinstance(value, str) and "\n" not in value else "",
)
def test_limits_are_respected(tmp_path: Path, own: str, files: dict[str, str], cores: int, reason: str) -> None:
    assert count_cores(*groups(tmp_path, own, files)) == cores

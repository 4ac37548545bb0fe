"""A bucket of an object store under a warehouse, through Arrow's file systems.

An object has no rename, but a PUT replaces it whole: readers see the old one or the new one. So the protocol is the same
as on a disk: new files aside under `_staging/`, the journal as one object (the commit point), then one server-side copy
(one PUT) a partition, then the journal is removed.

About two writers the store promises nothing, since Arrow's S3 client cannot make a PUT conditional. What holds: two runs
on one machine exclude each other by a lock file of that machine. Two runs on different machines do not: each leaves a
claim (`_lock`) when it begins, and a run that finds another's claim there before its commit point stops with
WarehouseBusy, having changed nothing that readers see; between that look and its last copy nothing stops the other.
The schedule has to see to it that one machine writes.
"""

from __future__ import annotations

import hashlib
import json
import os
import socket
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import pyarrow as pa
from pyarrow import fs

from pipeline.warehouse.errors import WarehouseBusy, WarehouseError
from pipeline.warehouse.layout import LOCK
from pipeline.warehouse.lock import hold
from pipeline.warehouse.storage import Entry, Step, nothing

SCHEME = "s3://"


class ObjectStorage:
    """A bucket, or a folder of one.

    Credentials come from where the AWS tools look for them (environment, `~/.aws`, instance role).

    Args:
        root: `s3://bucket/prefix`.
        endpoint: address of a store that is not Amazon's, such as `http://127.0.0.1:9000`.
        step: called with the action and the path before each step that changes the store.
    """

    def __init__(self, root: str, endpoint: str | None = None, step: Step = nothing) -> None:
        self.root = root.rstrip("/")
        self.endpoint = endpoint
        self.step = step
        self._base = root.removeprefix(SCHEME).rstrip("/")
        if not self._base or self._base.startswith("/"):
            raise WarehouseError(root, "it names no bucket", "Give the warehouse as s3://bucket/prefix.")
        self.arrow = _file_system(endpoint)
        self._claim: str | None = None

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.root, self.endpoint, self.step)

    def full(self, path: str) -> str:
        """Bucket and key."""
        return f"{self._base}/{path}"

    def shown(self, path: str) -> str:
        """The address with its scheme."""
        return f"{self.root}/{path}"

    def read(self, path: str) -> bytes:
        """The bytes of an object."""
        with self._explained(path), self.arrow.open_input_stream(self.full(path)) as stream:
            return bytes(stream.read())

    def size(self, path: str) -> int | None:
        """The number of bytes of an object; None where there is none."""
        with self._explained(path):
            info = self.arrow.get_file_info(self.full(path))
        return info.size if info.type == fs.FileType.File else None

    def entries(self, folder: str) -> list[Entry]:
        """What is under a prefix, by name."""
        with self._explained(folder):
            found = self.arrow.get_file_info(fs.FileSelector(self.full(folder), allow_not_found=True))
        return sorted(Entry(i.base_name, i.type == fs.FileType.Directory, i.size or 0) for i in found)

    def write(self, path: str, data: bytes, *, sync: bool = True) -> None:
        """Put an object: it is there whole and durable when this returns, or not at all."""
        with self._explained(path):
            self.step("put", path)
            with self.arrow.open_output_stream(self.full(path)) as stream:
                stream.write(data)

    def replace(self, source: str, target: str) -> None:
        """Copy on the server, which is one PUT, then remove the source."""
        with self._explained(target):
            self.step("copy", target)
            self.arrow.copy_file(self.full(source), self.full(target))
            self.step("delete", source)
            self.arrow.delete_file(self.full(source))

    def remove(self, path: str) -> None:
        """Delete an object; no harm where there is none."""
        if self.size(path) is not None:
            with self._explained(path):
                self.step("delete", path)
                self.arrow.delete_file(self.full(path))
        folder = path.rpartition("/")[0]
        if "/" in folder and not self.entries(folder):
            self._delete_folder(folder)

    def remove_tree(self, folder: str) -> None:
        """Delete all objects under a prefix."""
        for entry in self.entries(folder):
            if entry.is_folder:
                self.remove_tree(f"{folder}/{entry.name}")
        self._delete_folder(folder)

    def sync_files(self, folder: str) -> None:
        """Nothing: a PUT that was answered is durable."""

    def sync(self, *folders: str) -> None:
        """Nothing: a PUT that was answered is durable."""

    def make_folders(self, folders: Iterable[str]) -> None:
        """Nothing: a store has no folders."""

    def check_target(self, path: str) -> None:
        """Nothing: an object can be put under any key."""

    @contextmanager
    def locked(self, wait: float) -> Iterator[None]:
        """Be the one writer of this machine, and claim the warehouse for others to see."""
        name = f"newsledger-{hashlib.sha256(self.root.encode()).hexdigest()[:16]}.lock"
        with hold(os.fspath(Path(tempfile.gettempdir()) / name), self.root, wait):
            claim = {"pid": os.getpid(), "host": socket.gethostname(), "claim": uuid4().hex}
            self._claim = json.dumps(claim)
            self.write(LOCK, self._claim.encode())
            try:
                yield
                if self._is_claimed():
                    self.remove(LOCK)
            finally:
                self._claim = None

    def check_lock(self) -> None:
        """Look whether another writer has claimed the warehouse meanwhile.

        Raises:
            WarehouseBusy: one has; the message names it.
        """
        if self._claim is not None and not self._is_claimed():
            other = self.read(LOCK).decode("utf-8", "replace") if self.size(LOCK) is not None else "nobody any more"
            raise WarehouseBusy(
                self.root,
                f"another machine writes to this warehouse: it is claimed by {other}",
                "Nothing was published. Let one machine write, and run again.",
            )

    def is_locked(self) -> bool:
        """Whether a writer has claimed the warehouse; a dead one's claim stays until the next run."""
        return self.size(LOCK) is not None

    def _delete_folder(self, folder: str) -> None:
        # Arrow puts an empty object in the place of a folder that loses its last file: that goes as well.
        with self._explained(folder):
            if self.arrow.get_file_info(self.full(folder)).type == fs.FileType.Directory:
                self.step("delete folder", folder)
                self.arrow.delete_dir(self.full(folder))

    def _is_claimed(self) -> bool:
        return self.size(LOCK) is not None and self.read(LOCK).decode("utf-8", "replace") == self._claim

    @contextmanager
    def _explained(self, path: str) -> Iterator[None]:
        try:
            yield
        except (OSError, pa.ArrowException) as error:
            first = " ".join(str(error).split())
            raise WarehouseError(
                self.shown(path),
                f"the object store refused ({first})",
                "Check the bucket, the credentials and the network, and run again; nothing is lost.",
            ) from error


def _file_system(endpoint: str | None) -> Any:
    options: dict[str, Any] = {"allow_delayed_open": True, "background_writes": False}
    if endpoint is not None:
        scheme, _, address = endpoint.rpartition("://")
        options |= {"endpoint_override": address.rstrip("/"), "scheme": scheme or "https"}
    return fs.S3FileSystem(**options)

"""The warehouse in a bucket: a real S3 server on the loopback interface, started here."""

from __future__ import annotations

import pickle
import socket
from collections.abc import Iterator
from datetime import date

import pytest
from faults import Crash, Killer
from moto.server import ThreadedMotoServer
from pyarrow import fs
from test_warehouse_retention import ago, prune, write_run
from warehouse_rows import Story, load, stage_stories

from pipeline.tables import ARTICLE_TABLES, EVENT_GROUPS
from pipeline.warehouse import Warehouse, WarehouseBusy, WarehouseDamaged, WarehouseError
from pipeline.warehouse.check import check_warehouse
from pipeline.warehouse.objects import ObjectStorage

D1, D2, D3 = date(2024, 2, 1), date(2024, 2, 2), date(2024, 2, 3)
BASE = [Story("bridge", D1), Story("flood", D2)]
NEXT = [Story("bridge", D1, words="The bridge fell"), Story("flood", D3)]


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    with pytest.MonkeyPatch.context() as patch, socket.socket() as free:
        for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
            patch.setenv(name, "test")
        patch.setenv("AWS_DEFAULT_REGION", "us-east-1")
        patch.setenv("AWS_EC2_METADATA_DISABLED", "true")
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        server = ThreadedMotoServer(ip_address="127.0.0.1", port=port, verbose=False)
        server.start()
        bucket = fs.S3FileSystem(
            endpoint_override=f"127.0.0.1:{port}", scheme="http", allow_bucket_creation=True, region="us-east-1"
        )
        bucket.create_dir("ledger")
        yield f"http://127.0.0.1:{port}"
        server.stop()


def objects(storage: ObjectStorage, folder: str = "") -> dict[str, bytes]:
    found = {}
    for entry in storage.entries(folder):
        path = f"{folder}/{entry.name}".lstrip("/")
        found |= objects(storage, path) if entry.is_folder else {path: storage.read(path)}
    return found


def house(endpoint: str, name: str, killer: Killer | None = None) -> Warehouse:
    return Warehouse("", storage=ObjectStorage(f"s3://ledger/{name}", endpoint, killer or (lambda _a, _p: None)))


def test_a_bucket_ends_with_the_bytes_of_a_folder(endpoint, tmp_path):
    bucket, folder = house(endpoint, "same"), Warehouse(str(tmp_path))
    for place in (bucket, folder):
        load(place, "r1", BASE)
        load(place, "r2", NEXT)
    files = {str(p.relative_to(tmp_path)): p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()}
    files.pop("_lock")
    assert objects(bucket.storage) == files
    assert len(folder.read(EVENT_GROUPS)) == 2
    for table in (*ARTICLE_TABLES, EVENT_GROUPS):
        assert bucket.read(table).equals(folder.read(table))
    assert check_warehouse(bucket) == []


def test_a_kill_before_any_request_is_mended_by_the_next_run(endpoint):
    load(house(endpoint, "clean"), "r1", BASE)
    before = objects(house(endpoint, "clean").storage)
    counter = Killer(10**9)
    load(house(endpoint, "clean", counter), "r2", NEXT)
    after = objects(house(endpoint, "clean").storage)
    assert counter.n > 50
    outcomes = set()
    for at in range(10, counter.n, 37):
        name = f"killed{at}"
        for path, data in before.items():
            house(endpoint, name).storage.write(path, data)
        with pytest.raises(Crash):
            load(house(endpoint, name, Killer(at)), "r2", NEXT)
        with house(endpoint, name).lock() as place:
            place.recover()
        found = objects(place.storage)
        assert found in (before, after), at
        outcomes.add(found == after)
        load(place, "r2", NEXT)
        assert objects(place.storage) == after, at
    assert outcomes == {True, False}


def test_a_stage_can_be_sent_to_a_worker(endpoint):
    place = house(endpoint, "sent")
    stage = pickle.loads(pickle.dumps(Warehouse("s3://ledger/sent", endpoint=endpoint).staging("r1")))
    stage_stories(place, "r1", BASE)
    assert stage.is_done("b0000")


def test_a_second_writer_on_this_machine_is_refused(endpoint):
    with house(endpoint, "busy").lock(), pytest.raises(WarehouseBusy, match="process"), house(endpoint, "busy").lock():
        pass


def test_a_writer_that_finds_the_claim_of_another_machine_stops_before_its_commit(endpoint):
    load(house(endpoint, "claimed"), "r1", BASE)
    before = objects(house(endpoint, "claimed").storage)

    class Elsewhere(Killer):
        def __call__(self, action: str, path: str) -> None:
            if path.endswith("_publish/000000.parquet"):
                other = house(endpoint, "claimed").storage
                other.write("_lock", b'{"host": "elsewhere"}')

    with pytest.raises(WarehouseBusy, match="elsewhere"):
        load(house(endpoint, "claimed", Elsewhere(0)), "r2", NEXT)
    left = {
        k: v for k, v in objects(house(endpoint, "claimed").storage).items() if not k.startswith(("_staging", "_lock"))
    }
    assert left == before


def test_a_torn_object_is_named(endpoint):
    place = house(endpoint, "torn")
    load(place, "r1", BASE)
    path = "statements/day=2024-02-01/part-0.parquet"
    place.storage.write(path, place.storage.read(path)[:-40])
    with pytest.raises(WarehouseDamaged, match="s3://ledger/torn/statements/day=2024-02-01"):
        place.read("statements")


def test_a_bucket_that_is_not_there_is_told(endpoint):
    with pytest.raises(WarehouseError, match="s3://nowhere/w"):
        load(Warehouse("s3://nowhere/w", endpoint=endpoint), "r1", BASE)
    with pytest.raises(WarehouseError, match="names no bucket"):
        Warehouse("s3://")


def test_old_days_go_from_a_bucket_as_from_a_folder(endpoint, tmp_path):
    bucket, folder = house(endpoint, "retention"), Warehouse(str(tmp_path))
    for place in (bucket, folder):
        load(place, "r1", BASE)
        for days in (400, 90, 1):
            write_run(place, ago(days))
        prune(place.storage)
        assert place.days("rejects") == [ago(90), ago(1)]
    files = {str(p.relative_to(tmp_path)): p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()}
    files.pop("_lock")
    assert objects(bucket.storage) == files

"""The warehouse: stage, publish, recover, read.

Beside the tables stand `_staging/` (what runs write before they publish), `_journal/` (a publication under way),
`_lock`, `_index/` (the actors of each day, from which `actors` is added up) and `_aside/` (what a repair took out).
`event_groups` needs no index: a row holds what it is counted from.

A publication in its steps, and where it is forced to disk:

1. Each partition that changes is written whole to `_staging/<run_id>/_publish/` and fsynced; then that folder is.
2. The journal, a list of renames and removals with hashes, is written beside, fsynced, renamed into `_journal/`, and that
   folder is fsynced. This is the commit point: before it the tables are as they were, after it they will be as new.
3. Each new file is renamed over the old one. Each folder that got or lost a name is fsynced.
4. The journal is removed and its folder fsynced; then staging is cleared away.

Whoever writes next finishes a journal that is open, and clears away staging that no journal names. Both can be
interrupted and done again: a rename that is done already is known by the hash of its target.

Readers need no lock. Each file is whole at any moment, the old one or the new one. What the files cannot promise:

- Partitions are replaced one after another, so for an instant one day is new and the next still old.
- A partition that loses its last article is removed: a reader that has listed it just before does not find it.
- A reader that opens one file twice, once for its footer and again for its pages (DuckDB 2.0 and Polars 2.1 do), can meet
  two versions of it, and says that the file is invalid; asked again it answers. `Warehouse.read` opens each file once.
"""

from pipeline.warehouse.errors import WarehouseBusy, WarehouseDamaged, WarehouseError, WarehouseTooNew
from pipeline.warehouse.publish import Publication
from pipeline.warehouse.recover import Recovery
from pipeline.warehouse.staging import Stage
from pipeline.warehouse.warehouse import Warehouse

__all__ = [
    "Publication",
    "Recovery",
    "Stage",
    "Warehouse",
    "WarehouseBusy",
    "WarehouseDamaged",
    "WarehouseError",
    "WarehouseTooNew",
]

"""The warehouse: stage, publish, recover, read."""

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

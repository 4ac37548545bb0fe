"""The warehouse that the settings name."""

from __future__ import annotations

from pipeline.settings import Settings
from pipeline.warehouse import Warehouse


def open_warehouse(settings: Settings) -> Warehouse:
    """Open the warehouse; nothing is read or written yet."""
    return Warehouse(settings.warehouse, endpoint=settings.endpoint_url)

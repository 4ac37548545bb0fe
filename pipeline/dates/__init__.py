"""Time expressions: found in a text, and normalized no more precisely than they say."""

from pipeline.dates.dateline import Dateline, find_dateline

__all__ = ["Dateline", "find_dateline"]

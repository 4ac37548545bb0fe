"""Time expressions: found in a text, and normalized no more precisely than they say."""

from pipeline.dates.clause import ChosenDate, choose_date
from pipeline.dates.dateline import Dateline, find_dateline
from pipeline.dates.find import find_dates

__all__ = ["ChosenDate", "Dateline", "choose_date", "find_dateline", "find_dates"]

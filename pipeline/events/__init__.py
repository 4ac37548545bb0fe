"""Events: who did what to whom, when and where, by a lexicon of triggers and the parse."""

from pipeline.events.find import find_events

__all__ = ["find_events"]

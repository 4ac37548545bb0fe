"""Actors: the registry, their mentions in a text, coreference, and codes on a day."""

from pipeline.actors.find import find_mentions
from pipeline.actors.mentions import Mentions
from pipeline.actors.registry import load_registry

__all__ = ["Mentions", "find_mentions", "load_registry"]

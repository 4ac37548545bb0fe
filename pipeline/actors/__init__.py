"""Actors: the registry, their mentions in a text, coreference, and codes on a day."""

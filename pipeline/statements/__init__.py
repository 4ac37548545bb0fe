"""Statements: who said what, to whom, when. Cue, frame, content and speaker each have a module."""

from pipeline.statements.find import find_statements

__all__ = ["find_statements"]

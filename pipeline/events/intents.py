"""Acts that are announced: "will visit" is the intent to visit, "will not lift" the refusal to lift."""

from __future__ import annotations

from dataclasses import replace

from pipeline.events import moods, status
from pipeline.events.act import Act
from pipeline.events.families import family_code
from pipeline.tree import Parse


def announce(parse: Parse, act: Act) -> Act:
    """The act as CAMEO codes it where its verb only announces it; else the act itself."""
    verb = status.carrier(parse, act)
    if moods.may_happen(parse, verb) and act.code[:2] in ("16", "17"):
        return _recode(act, "threaten")
    if not status.has_will_of(parse, act, verb):
        return act
    if not moods.is_negated(parse, verb):
        return _recode(act, "intend")
    return _recode(act, "refuse") if "03" <= act.code[:2] <= "08" else act


def _recode(act: Act, family: str) -> Act:
    code = family_code(family, act.code)
    if code is None or code == act.code:
        return act
    return replace(act, code=code, mode=None, rules=[*act.rules, family])

"""Acts that are announced: "will visit" is the intent to visit, "will not lift" the refusal to lift."""

from __future__ import annotations

from dataclasses import replace

from pipeline.events import status
from pipeline.events.acts import Act, family_code
from pipeline.tree import Parse


def announce(parse: Parse, act: Act) -> Act:
    """The act as CAMEO codes it where its verb only announces it; else the act itself."""
    verb = status.carrier(parse, act)
    if not status.has_will(parse, verb):
        return act
    negated = status.is_negated(parse, verb)
    family = "refuse" if negated else "intend"
    if negated and not "03" <= act.code[:2] <= "08":
        return act
    code = family_code(family, act.code)
    if code is None or code in ("=", act.code):
        return act
    return replace(act, code=code, mode=None, rules=[*act.rules, family])

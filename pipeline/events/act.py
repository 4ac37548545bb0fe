"""Act: one act that the text names, before its participants are resolved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from pipeline.events.triggers import Sense


@dataclass(slots=True)
class Act:
    """One act that the text names, before its participants are resolved."""

    sense: Sense
    code: str
    mode: str | None
    head: int
    """The verb or noun that names the act."""
    clause: int
    """The verb that carries tense, mood and negation: the light verb of a noun."""
    trigger: tuple[int, ...]
    actors: list[int]
    recipients: list[int]
    is_mutual: bool
    others: list[list[int]] = field(default_factory=list)
    """What stands in the frame's later recipient slots."""
    lent: list[int] = field(default_factory=list)
    """The recipients of an act that is a side of this one, where this one names none."""
    content: Act | None = None
    family: str | None = None
    rules: list[str] = field(default_factory=list)
    taken: tuple[int, ...] = ()
    """Words whose own acts are part of this one ("reach" and "agreement" in "failed to reach agreement")."""

    def recipients_outside(self, content: Act) -> bool:
        """Whether the recipients are others than the words that name the content."""
        return not self.recipients or {a.head for a in content.chain()}.isdisjoint(self.recipients)

    def chain(self) -> Iterator[Act]:
        """The act and the acts inside it, outermost first."""
        act: Act | None = self
        while act is not None:
            yield act
            act = act.content

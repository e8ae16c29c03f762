"""Who may do what: a table that can be read aloud, and rules on rows.

A right exists when any role of the actor grants it. Rules narrow the rows:
those without a role always hold and are AND-ed; those of the actor's roles are
OR-ed among themselves; when none of them applies they impose nothing.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal, get_args

from django.db.models import Q

from sarnakh.accounts.actor import Actor
from sarnakh.accounts.roles import Role

Verb = Literal["read", "write", "create", "delete"]
EVERYTHING = frozenset({"read", "write", "create", "delete"})


@dataclass(frozen=True)
class Rule:
    """A condition on rows; for a role, or for everybody when `role` is None."""

    role: Role | None
    condition: list[Any]
    verbs: frozenset[str] = EVERYTHING


@dataclass(frozen=True)
class Access:
    """Verbs per role (`"read write create delete"`) and rules.

    `extra_rule` narrows rows further where the condition language has no words,
    as for rows that name their record by type and number. Conditions that reach
    rows through a link do not know it: such a type is never the target of one.
    """

    table: Mapping[Role, str]
    rules: tuple[Rule, ...] = field(default_factory=tuple)
    extra_rule: Callable[[Actor, Verb], Q] | None = None

    def allows(self, actor: Actor, verb: Verb) -> bool:
        """Whether any role of the actor grants the verb."""
        if actor.is_system:
            return True
        return not actor.roles.isdisjoint(self._granted[verb])

    @cached_property
    def _granted(self) -> dict[Verb, frozenset[Role]]:
        """Roles by the verb that they grant."""
        return {
            verb: frozenset(
                r for r, verbs in self.table.items() if verb in verbs.split()
            )
            for verb in get_args(Verb)
        }

    def condition(self, actor: Actor, verb: Verb) -> list[Any]:
        """The condition that rows must meet for this actor and verb."""
        if actor.is_system:
            return []
        applicable = [rule for rule in self.rules if verb in rule.verbs]
        always = [rule.condition for rule in applicable if rule.role is None]
        own = [
            rule.condition
            for rule in applicable
            if rule.role is not None and actor.has(rule.role)
        ]
        joined: list[Any] = [part for parts in always for part in grouped(parts)]
        if own and [] not in own:
            joined += ["|"] * (len(own) - 1)
            for parts in own:
                joined += grouped(parts)
        return joined


def grouped(condition: list[Any]) -> list[Any]:
    """A condition as one operand: neighbours are tied together with `&`."""
    operands = _operands(condition)
    return ["&"] * (operands - 1) + list(condition) if operands > 1 else condition


def _operands(condition: list[Any]) -> int:
    count = 0
    for member in reversed(condition):
        if member in ("&", "|"):
            count -= 1
        elif member != "!":
            count += 1
    return count

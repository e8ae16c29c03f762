"""Who may do what with taxes, terms, rates and rounding."""

from sarnakh.accounts.roles import Role
from sarnakh.records.access import Access, Rule

TABLE = {
    Role.INTERNAL: "read",
    Role.SALES_MANAGER: "read write create delete",
    Role.ACCOUNTANT: "read write create delete",
}


def _own(path: str = "company") -> tuple[Rule, ...]:
    return (Rule(None, [[path, "in", "@companies"]]),)


def _own_or_shared(path: str = "company") -> tuple[Rule, ...]:
    return (Rule(None, ["|", [path, "=", None], [path, "in", "@companies"]]),)


TAXES = Access(TABLE, rules=_own())
TAX_GROUPS = Access(TABLE)
POSITIONS = Access(TABLE, rules=_own())
MAPPINGS = Access(TABLE, rules=_own("position.company"))
TERMS = Access(TABLE, rules=_own_or_shared())
TERM_LINES = Access(TABLE, rules=_own_or_shared("term.company"))
RATES = Access(TABLE, rules=_own_or_shared())
ROUNDINGS = Access(TABLE)

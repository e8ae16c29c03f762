"""Where a cheque may go from where it is. Pure."""

STEPS = {
    "received": {"deposited", "cleared", "returned"},
    "deposited": {"cleared", "bounced", "returned"},
    "bounced": {"deposited", "returned"},
    "cleared": set(),
    "returned": set(),
}
FAILED = frozenset({"bounced", "returned"})
"""It brought no money: what it settled is due again."""


def may_go(present: str, to: str) -> bool:
    """Whether a cheque may take this step."""
    return to in STEPS.get(present, set())

"""Payment terms as their arithmetic wants them."""

from collections.abc import Iterable

from sarnakh.money.models import PaymentTerm, PaymentTermLine
from sarnakh.money.terms.plan import TermLineRule, TermRule


def rule(term: PaymentTerm | None) -> TermRule | None:
    """The rule of one term; None without a term. One statement."""
    return rules([term])[term.pk] if term else None


def rules(terms: Iterable[PaymentTerm]) -> dict[int, TermRule]:
    """The rules of many terms by id, in one statement."""
    by_key = {term.pk: term for term in terms}
    lines: dict[int, list[TermLineRule]] = {key: [] for key in by_key}
    rows = PaymentTermLine.objects.filter(term__in=by_key)
    for line in rows.order_by("term_id", "sequence", "pk"):
        lines[line.term_id].append(
            TermLineRule(
                kind=line.kind,
                percent=line.percent,
                amount=line.amount,
                delay=line.delay,
                days=line.days,
            )
        )
    return {
        key: TermRule(
            lines=tuple(lines[key]),
            early_percent=term.early_percent,
            early_days=term.early_days,
            early_tax=term.early_tax,
        )
        for key, term in by_key.items()
    }

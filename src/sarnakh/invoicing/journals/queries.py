"""Which book something is written in."""

from collections.abc import Iterable
from dataclasses import dataclass

from sarnakh.accounts.models import Company
from sarnakh.invoicing import seed
from sarnakh.invoicing.errors import WrongJournal
from sarnakh.invoicing.invoices import numbers
from sarnakh.invoicing.models import Invoice, Journal, Payment
from sarnakh.records.models import Counter

PAYING = ("bank", "cash", "card", "cheque")


def default(company: Company, *kinds: str) -> Journal:
    """The first active journal of these kinds; a company without any gets some."""
    found = _first(company, kinds)
    if found is None and not Journal.objects.filter(company=company).exists():
        seed.seed(company)
        found = _first(company, kinds)
    if found is None:
        raise WrongJournal(str(Journal.Kind(kinds[0]).label))
    return found


def _first(company: Company, kinds: Iterable[str]) -> Journal | None:
    rows = Journal.objects.filter(company=company, active=True, kind__in=kinds)
    return rows.order_by("sequence", "pk").first()


def series_of_invoice(invoice: Invoice, year: int) -> str:
    """The chain of numbers that a document belongs to."""
    return f"invoice:{invoice.company_id}:{invoice.journal_id}:{invoice.kind}:{year}"


def series_of_payment(payment: Payment, year: int) -> str:
    """The chain of numbers that a payment belongs to."""
    return f"payment:{payment.company_id}:{payment.journal_id}:{year}"


@dataclass(frozen=True)
class Chain:
    """A chain of numbers with its missing runs."""

    journal: Journal
    is_credit: bool
    year: int
    prefix: str
    first: int
    last: int
    count: int
    holes: tuple[tuple[int, int], ...]

    @property
    def missing(self) -> list[str]:
        """The missing runs as people read them."""
        return [
            numbers.written(self.prefix, start)
            if start == end
            else numbers.written(self.prefix, start)
            + " – "
            + numbers.written(self.prefix, end)
            for start, end in self.holes
        ]


def chains(companies: Iterable[int]) -> list[Chain]:
    """Every chain of documents of these companies, newest year first."""
    places: dict[tuple[int, bool, int, str], list[int]] = {}
    rows = Invoice.objects.filter(company_id__in=companies).exclude(number="")
    for journal_id, kind, number in rows.values_list("journal_id", "kind", "number"):
        year, place = numbers.year_in(number), numbers.place_in(number)
        is_credit = kind == Invoice.Kind.CREDIT_NOTE
        start = number.rpartition("/")[0] + "/"
        places.setdefault((journal_id, is_credit, year, start), []).append(place)
    journals = Journal.objects.in_bulk({key[0] for key in places})
    kinds = {True: Invoice.Kind.CREDIT_NOTE, False: Invoice.Kind.INVOICE}
    series = {
        key: f"invoice:{journals[key[0]].company_id}:{key[0]}:{kinds[key[1]]}:{key[2]}"
        for key in places
    }
    last = dict(
        Counter.objects.filter(series__in=series.values()).values_list("series", "last")
    )
    found = [
        Chain(
            journal=journals[key[0]],
            is_credit=key[1],
            year=key[2],
            prefix=key[3],
            first=min(own),
            last=max([*own, last.get(series[key], 0)]),
            count=len(own),
            holes=tuple(numbers.holes(own, max([*own, last.get(series[key], 0)]))),
        )
        for key, own in places.items()
    ]
    return sorted(found, key=lambda c: (-c.year, c.journal.sequence, c.is_credit))

"""Numbers of a company's year, taken inside the transaction that uses them."""

import datetime as dt

from sarnakh.accounts.models import Company
from sarnakh.invoicing.invoices import numbers
from sarnakh.records.numbering import next_number


def year_of(company: Company, day: dt.date) -> int:
    """The year of a day in the company's calendar."""
    return company.profile().cal.parts(day)[0]


def take(series: str, code: str, year: int, *, is_credit: bool = False) -> str:
    """The next number of a chain; its counter is held until the transaction ends."""
    start = numbers.prefix(code, year, is_credit=is_credit)
    return numbers.written(start, next_number(series))

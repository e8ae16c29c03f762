"""Measure the product against its aims and print Markdown tables.

    python bench/run.py [--runs 15] [--only board] [--no-writes] [--exchange]
                        [--trade] [--http] [--memory] [--start] [--browser]

Without options: pages and clicks, timed inside this process. The database is the one
that the environment names, loaded by load.py.
"""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import product

product.start()

from django.db import connection

import people
import reads
import table
import truth
import writes
from sarnakh.crm.tally.actions import fold
from sarnakh.crm.tally.queries import differences
from timing import Measured, Operation, measure

# SQLite may take twice as long as PostgreSQL.
SQLITE = 2.0
SERVED = ("http", "memory", "start", "browser")


def main() -> None:
    """Do what the options ask for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=15, help="counted runs")
    parser.add_argument("--only", default="", help="words that names must hold")
    parser.add_argument("--no-writes", action="store_true")
    parser.add_argument("--exchange", action="store_true", help="export and import")
    parser.add_argument("--trade", action="store_true", help="orders and invoices")
    parser.add_argument("--http", action="store_true", help="clients at two workers")
    parser.add_argument("--memory", action="store_true", help="of two idle workers")
    parser.add_argument("--start", action="store_true", help="until the first answer")
    parser.add_argument("--browser", action="store_true", help="a cold cache")
    parser.add_argument("--port", type=int, default=8765)
    options = parser.parse_args()
    leads = truth.number("SELECT COUNT(*) FROM crm_lead")
    print(f"\n{product.database_name()}, {leads:,} leads\n")
    factor = SQLITE if connection.vendor == "sqlite" else 1.0
    if any(getattr(options, name) for name in SERVED):
        import served

        served.measure(options, people.manager(), people.salesperson())
        return
    # A running server does so every minute.
    fold()
    table.show(_measured(options), factor=factor)
    if wrong := differences():
        raise SystemExit(f"\nThe tally differs from the leads: {wrong[:3]}")
    print("\nThe tally is exact.")


def _measured(options: argparse.Namespace) -> Iterator[Measured]:
    for operation in _operations(options):
        if options.only in operation.name:
            yield measure(operation, options.runs)


def _operations(options: argparse.Namespace) -> Iterator[Operation]:
    boss, seller = people.manager(), people.salesperson()
    if options.exchange:
        import exchanging

        yield from exchanging.all_of(boss)
        return
    if options.trade:
        import trading

        yield from trading.all_of(boss, seller, options.runs)
        return
    yield from reads.all_of(boss, seller)
    if not options.no_writes:
        yield from writes.all_of(boss, seller, options.runs)


if __name__ == "__main__":
    main()

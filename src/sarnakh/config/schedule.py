"""What runs again and again: (name, task, every).

A `timedelta` counts from the last run; a `time` is a clock time of the company.
"""

from datetime import time, timedelta

SCHEDULE: list[tuple[str, str, timedelta | time]] = [
    ("tend-database", "sarnakh.administration.jobs.tend_database", time(4, 10)),
    ("clear-sessions", "sarnakh.administration.jobs.clear_sessions", time(3, 40)),
    ("fold-tally", "sarnakh.crm.jobs.fold_tally", timedelta(minutes=1)),
    ("carry-letters", "sarnakh.mail.jobs.sweep", timedelta(minutes=1)),
    ("forget-answers", "sarnakh.api.jobs.forget_answers", time(3, 20)),
    ("tidy-exchange", "sarnakh.exchange.jobs.tidy", time(3, 50)),
    ("post-invoices", "sarnakh.invoicing.jobs.post_invoices", time(0, 20)),
    ("remind-invoices", "sarnakh.invoicing.jobs.remind", time(7, 0)),
    ("remind-of-quotations", "sarnakh.sales.jobs.remind", time(6, 0)),
    ("run-subscriptions", "sarnakh.recurring.jobs.run", time(1, 0)),
    ("back-up", "sarnakh.administration.jobs.back_up", time(2, 30)),
    ("remind-of-deliveries", "sarnakh.delivery.jobs.remind", time(6, 50)),
    ("remind-of-rentals", "sarnakh.rental.jobs.remind", time(6, 55)),
]

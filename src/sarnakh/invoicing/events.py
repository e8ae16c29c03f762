"""What rooms above may listen to."""

from django.dispatch import Signal

# invoice_ids, by: after any change of state or lines, in its transaction.
invoices_changed = Signal()

# pairs (old line id to new one), by: a document took over the lines of another.
lines_copied = Signal()

# line_ids, by: before lines are deleted, alone or with their document.
lines_going = Signal()

# invoice, by: the last of it was paid; sent once for each time that it gets paid.
invoice_paid = Signal()

# invoice_ids, by: allocations or payments changed what is due.
residuals_changed = Signal()

# payment, invoice_ids (what it had settled), by: a cheque bounced or was returned.
cheque_failed = Signal()

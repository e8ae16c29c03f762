"""What rooms above may listen to."""

from django.dispatch import Signal

# user, by: after archiving, in its transaction. Keys, feeds and running exports end.
user_archived = Signal()

# user: the password was set or changed. Keys that rest on it may end.
password_changed = Signal()

# company, changes (new values by field name), by: before the write. A receiver that
# knows why it cannot be (amounts in the old currency, say) raises Refused.
company_changing = Signal()

# company: the first one of an installation, with its settings manager, in the
# transaction that made them.
company_set_up = Signal()

# company: any new one, in the transaction that made it. Rooms above give it what a
# company begins with: taxes, terms, a warehouse.
company_created = Signal()

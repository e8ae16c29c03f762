"""Everything that a payment can do."""

from sarnakh.invoicing.payments.allocating import (
    add_credit,
    allocate,
    allocate_oldest,
    unallocate,
    use_for_oldest,
)
from sarnakh.invoicing.payments.editing import (
    cancel,
    change,
    create,
    delete,
    move_cheque,
    post,
    reset_to_draft,
)
from sarnakh.invoicing.payments.registering import Cheque, register, register_by_values

__all__ = [
    "Cheque",
    "add_credit",
    "allocate",
    "allocate_oldest",
    "cancel",
    "change",
    "create",
    "delete",
    "move_cheque",
    "post",
    "register",
    "register_by_values",
    "reset_to_draft",
    "unallocate",
    "use_for_oldest",
]

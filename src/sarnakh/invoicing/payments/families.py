"""A customer with everybody of the same firm: they owe together."""

from sarnakh.contacts.models import Contact

DEEPEST = 20


def root_of(contact_id: int) -> int:
    """The firm at the top."""
    seen = {contact_id}
    for _level in range(DEEPEST):
        parent = Contact.objects.filter(pk=contact_id).values_list(
            "parent_id", flat=True
        )
        found = next(iter(parent), None)
        if found is None or found in seen:
            break
        contact_id = found
        seen.add(found)
    return contact_id


def family(contact_id: int) -> set[int]:
    """The firm at the top and everybody below it."""
    found = {root_of(contact_id)}
    level = set(found)
    for _depth in range(DEEPEST):
        level = (
            set(
                Contact.objects.filter(parent_id__in=level).values_list("pk", flat=True)
            )
            - found
        )
        if not level:
            break
        found |= level
    return found


def same_family(one: int, other: int) -> bool:
    """Whether two contacts belong to one firm."""
    return one == other or root_of(one) == root_of(other)

"""How a condition is refused."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sarnakh.lib.errors import Refused

LIMITS = {
    "terms": gettext_lazy("at most %(count)s terms"),
    "depth": gettext_lazy("at most %(count)s levels"),
    "path": gettext_lazy("at most %(count)s steps in a path"),
    "values": gettext_lazy("at most %(count)s values in a list"),
    "text": gettext_lazy("at most %(count)s characters of text"),
    "groups": gettext_lazy("at most %(count)s groups"),
}


class Invalid(Refused):
    """A condition that cannot be understood; never "matches nothing"."""


def wrong_shape() -> Invalid:
    """An operand is missing, or a member is neither connector nor triple."""
    return Invalid(_("The condition is invalid."), "condition_shape")


def unknown_field(path: str) -> Invalid:
    """No such field for this reader; unreadable ones sound the same."""
    message = _("There is no field “%(path)s” to filter by.")
    return Invalid(message % {"path": path[:100]}, "condition_field")


def wrong_operator(operator: object, path: str) -> Invalid:
    """The operator is unknown or does not suit the kind of field."""
    message = _("The operator “%(operator)s” does not fit the field “%(path)s”.")
    values = {"operator": str(operator)[:40], "path": path[:100]}
    return Invalid(message % values, "condition_operator")


def wrong_value(path: str) -> Invalid:
    """The value does not suit the kind of field or the operator."""
    message = _("The value does not fit the field “%(path)s”.")
    return Invalid(message % {"path": path[:100]}, "condition_value")


def too_much(limit: str, most: int) -> Invalid:
    """A limit is exceeded; `limit` is one of LIMITS, `most` its number."""
    allowed = LIMITS[limit] % {"count": most}
    message = _("The condition is too large: %(limit)s.")
    return Invalid(message % {"limit": allowed}, "condition_limit")

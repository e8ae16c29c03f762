"""Why something about money is refused."""

from django.utils.translation import gettext as _

from sarnakh.lib.errors import Refused


class TaxInUse(Refused):
    """Documents were computed with the tax as it is."""

    def __init__(self, name: str) -> None:
        message = _(
            "“%(name)s” is used on documents. Make a tax of the same series that is "
            "valid from a day, and archive this one."
        )
        super().__init__(message % {"name": name}, "tax-in-use")


class OtherCompany(Refused):
    """What is tied together belongs to one company."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _("“%(name)s” belongs to another company.") % {"name": name},
            "other-company",
        )


class NestedGroup(Refused):
    """A tax that stands for several cannot be part of another one."""

    def __init__(self) -> None:
        super().__init__(
            _("A tax of several taxes cannot be part of another one."), "nested-group"
        )

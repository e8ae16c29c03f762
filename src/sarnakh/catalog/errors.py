"""What the catalogue refuses."""

from django.utils.translation import gettext as _

from sarnakh.lib.errors import Refused


class OtherUnitCategory(Refused):
    """Kilograms do not become hours."""

    def __init__(self, source: object, target: object) -> None:
        super().__init__(
            _("“%(source)s” cannot be converted to “%(target)s”.")
            % {"source": source, "target": target},
            "other-unit-category",
        )


class SecondReference(Refused):
    """Everything of a category is measured by one unit."""

    def __init__(self, name: object) -> None:
        super().__init__(
            _("The reference unit of this category is “%(name)s”.") % {"name": name},
            "second-reference",
        )


class NoReference(Refused):
    """A category begins with its reference unit, and keeps it."""

    def __init__(self) -> None:
        super().__init__(
            _("A category needs its reference unit as long as it has other units."),
            "no-reference",
        )


class UnitInUse(Refused):
    """Quantities that were written down must keep their meaning."""

    def __init__(self, name: object) -> None:
        super().__init__(
            _("“%(name)s” is in use, so its size cannot change. Make a new unit.")
            % {"name": name},
            "unit-in-use",
        )


class CategoryCircle(Refused):
    """A category cannot lie in itself."""

    def __init__(self) -> None:
        super().__init__(_("A category cannot lie within itself."), "category-circle")


class CategoryTooDeep(Refused):
    """Paths are kept in a column of limited length."""

    def __init__(self) -> None:
        super().__init__(
            _("Categories cannot be nested that deeply."), "category-too-deep"
        )


class AttributeInUse(Refused):
    """Whether it makes variants was decided with the first product."""

    def __init__(self, name: object) -> None:
        super().__init__(
            _("“%(name)s” is used by products, so this cannot change any more.")
            % {"name": name},
            "attribute-in-use",
        )


class TooManyVariants(Refused):
    """A family stays small enough to look at."""

    def __init__(self, count: int, limit: int) -> None:
        super().__init__(
            _("These values make %(count)s variants; at most %(limit)s are allowed.")
            % {"count": count, "limit": limit},
            "too-many-variants",
        )


class SetOnFamily(Refused):
    """What all variants share is changed at one place."""

    def __init__(self, family: object) -> None:
        super().__init__(
            _("This is the same for all variants: change it on “%(family)s”.")
            % {"family": family},
            "set-on-family",
        )


class KindIsFixed(Refused):
    """Deliveries and taxes of sold goods depend on the kind."""

    def __init__(self, name: object) -> None:
        super().__init__(
            _("“%(name)s” has been sold, so its type cannot change any more.")
            % {"name": name},
            "kind-is-fixed",
        )


class UnitIsFixed(Refused):
    """Sold quantities must go on converting."""

    def __init__(self, name: object) -> None:
        super().__init__(
            _("“%(name)s” has been sold; its unit must stay in the same category.")
            % {"name": name},
            "unit-is-fixed",
        )


class SoldElsewhere(Refused):
    """A company cannot keep for itself what another one has sold."""

    def __init__(self, name: object) -> None:
        super().__init__(
            _(
                "Another company has sold “%(name)s”, so it cannot belong to one company."
            )
            % {"name": name},
            "sold-elsewhere",
        )


class NotSold(Refused):
    """Only for new lines; what is on a document stays there."""

    def __init__(self, name: object) -> None:
        super().__init__(_("“%(name)s” is not for sale.") % {"name": name}, "not-sold")


class OfOtherCompany(Refused):
    """A document holds products of its own company and shared ones."""

    def __init__(self, name: object) -> None:
        super().__init__(
            _("“%(name)s” belongs to another company.") % {"name": name},
            "of-other-company",
        )

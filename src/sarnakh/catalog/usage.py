"""Who has sold a product: rooms above answer, this room asks.

A probe is given ids of products and gives pairs: a product and a company that has
it on a document. Rooms register theirs in `apps.ready()`.
"""

from collections.abc import Callable, Collection, Iterable

Probe = Callable[[Collection[int]], Iterable[tuple[int, int]]]

_probes: list[Probe] = []


def register(probe: Probe) -> None:
    """Ask this room as well; once, however often it registers."""
    if probe not in _probes:
        _probes.append(probe)


def unregister(probe: Probe) -> None:
    """Ask no longer; for tests."""
    if probe in _probes:
        _probes.remove(probe)


def companies(product_ids: Collection[int]) -> set[int]:
    """The companies that have any of the products on a document."""
    return {company for probe in _probes for _product, company in probe(product_ids)}

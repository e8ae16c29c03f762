"""Numbers of documents: `‹journal›/‹year›/00001`, credit notes `R‹journal›/…`."""

WIDTH = 5


def prefix(code: str, year: int, *, is_credit: bool = False) -> str:
    """What the numbers of a chain begin with."""
    return f"{'R' if is_credit else ''}{code}/{year}/"


def written(start: str, place: int) -> str:
    """The number at a place of the chain."""
    return f"{start}{place:0{WIDTH}d}"


def place_in(number: str) -> int:
    """The place of a number in its chain."""
    return int(number.rpartition("/")[2])


def year_in(number: str) -> int:
    """The year that a number says."""
    return int(number.split("/")[-2])


def holes(places: list[int], last: int) -> list[tuple[int, int]]:
    """Missing runs (from, to) between the first place that is there and the last.

    A chain may begin anywhere: an accountant chooses its first number.
    """
    found: list[tuple[int, int]] = []
    present = sorted(places)
    if not present:
        return []
    for here, after in zip(present, [*present[1:], last + 1], strict=True):
        if after - here > 1:
            found.append((here + 1, after - 1))
    return found

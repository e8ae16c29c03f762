"""The part of a team's address before the @."""

import pytest

from sarnakh.teams.alias import local_part


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" Sales ", "sales"),
        ("info@azin.example", "info"),
        ("Équipe Nord", "equipe-nord"),
        (".a..b.", "a.b"),
        ("", ""),
    ],
)
def test_an_alias_is_kept_as_addresses_have_it(typed: str, kept: str) -> None:
    assert local_part(typed) == kept


@pytest.mark.parametrize("typed", ["فروش", "---"])
def test_what_no_address_can_hold_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=typed):
        local_part(typed)
